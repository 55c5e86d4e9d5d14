"""Headers that every answer carries: what a browser may do with pages that print the words of strangers."""

from __future__ import annotations

import ipaddress
import re
from typing import Final

from flask import Flask, Response, abort, request

# No inline script, font, frame or request to another server: whatever a stranger's words become, they can do nothing.
CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
SECURITY_HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def send_security_headers(app: Flask) -> None:
    """Have `app` send the headers with each answer, errors and static files too."""

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        return response


def accept_hosts(app: Flask, others: str) -> None:
    """Let `app` answer only under this machine's own names, and `others`, separated by commas.

    A page of a stranger may lead a browser here under a name of its own, which it has pointed at 127.0.0.1 meanwhile, and
    read the archive as if it were its own (DNS rebinding); the browser then says that name.
    """
    names = {name.strip().lower() for name in others.split(",") if name.strip()}

    @app.before_request
    def refuse() -> None:
        if not _is_own(request.host, names):
            abort(421, "This archive is not served under that name; the setting `hosts` adds one.")


def _is_own(host: str, names: set[str]) -> bool:
    name = re.sub(r":\d{1,5}$", "", host.lower()) if not host.endswith("]") else host.lower()
    name = name.removesuffix(".")
    if name == "localhost" or name.endswith(".localhost") or name in names:
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False
