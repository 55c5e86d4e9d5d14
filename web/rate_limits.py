"""How much one reader may ask of a public instance: so many requests a minute, a check counting as several."""

from __future__ import annotations

import ipaddress
from typing import Final

from flask import Flask, g, request
from flask_limiter import Limiter
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from search.settings import Settings
from web.accounts.api_keys import ApiKeys

# A check of a manuscript searches for up to 500 quotations; an answer of 30 ms is what counts as one.
CHECK_COST: Final = 10
NETWORK_BITS: Final = 64  # of an IPv6 address: whoever has one of them has all that begin with these


def limit_requests(app: Flask, settings: Settings) -> None:
    """Let `app` answer 429 with Retry-After to an address that asks more often than the setting allows; static files are free.

    The count is kept in this process: with several workers behind one address, each counts what it answers itself.
    """
    allowed = max(settings.requests_per_minute, CHECK_COST)
    keys = ApiKeys(settings.instance)

    @app.before_request
    def know_the_holder() -> None:
        scheme, _, presented = request.headers.get("Authorization", "").partition(" ")
        g.key = keys.holder(presented.strip()) if scheme.lower() == "bearer" else None

    Limiter(
        _who_asks,
        app=app,
        application_limits=[lambda: f"{g.key.per_minute if g.key else allowed} per minute"],
        application_limits_cost=_cost,
        headers_enabled=True,
        storage_uri="memory://",
        # Two counters a reader; a moving window would keep the time of each request.
        strategy="sliding-window-counter",
    )

    # Behind the limit, so that guessing is limited, too.
    @app.before_request
    def refuse_unknown_keys() -> None:
        if g.key is None and request.headers.get("Authorization", "").lower().startswith("bearer "):
            raise Unauthorized(
                "This key is not known here, or was taken back; without any, the API answers too.",
                www_authenticate=WWWAuthenticate("bearer"),
            )


def _who_asks() -> str:
    """Return the holder of the key, or the reader's address, of IPv6 its network."""
    if g.key is not None:
        return f"key {g.key.hash}"
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, NETWORK_BITS), strict=False))
    return str(address)


def _cost() -> int:
    return CHECK_COST if request.method == "POST" else 1
