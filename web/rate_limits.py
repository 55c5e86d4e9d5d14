"""How much one reader may ask of a public instance: so many requests a minute, a check counting as several."""

from __future__ import annotations

import ipaddress
from typing import Final

from flask import Flask, request
from flask_limiter import Limiter

from search.settings import Settings

# A check of a manuscript searches for up to 500 quotations; an answer of 30 ms is what counts as one.
CHECK_COST: Final = 10
NETWORK_BITS: Final = 64  # of an IPv6 address: whoever has one of them has all that begin with these


def limit_requests(app: Flask, settings: Settings) -> None:
    """Let `app` answer 429 with Retry-After to an address that asks more often than the setting allows; static files are free.

    The count is kept in this process: with several workers behind one address, each counts what it answers itself.
    """
    allowed = max(settings.requests_per_minute, CHECK_COST)
    Limiter(
        _who_asks,
        app=app,
        application_limits=[f"{allowed} per minute"],
        application_limits_cost=_cost,
        headers_enabled=True,
        storage_uri="memory://",
        # Two counters a reader; a moving window would keep the time of each request.
        strategy="sliding-window-counter",
    )


def _who_asks() -> str:
    """Return the reader's address, of IPv6 its network."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, NETWORK_BITS), strict=False))
    return str(address)


def _cost() -> int:
    return CHECK_COST if request.method == "POST" else 1
