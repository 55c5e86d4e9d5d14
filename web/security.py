"""What a browser may do with pages that print the words of strangers, and under which names they are answered at all."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
from typing import Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, abort, request

from search.message import Message
from search.settings import Settings

# No inline script, font, frame or request to another server: whatever a stranger's words become, they can do nothing.
CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_PORT: Final = re.compile(r":\d{1,5}$")
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


def only_http(application: WSGIApplication) -> WSGIApplication:
    """Return `application` for requests of which a proxy says any scheme: what is neither http nor https is taken for http.

    A proxy that is not told to write X-Forwarded-Proto hands on what a reader wrote there, and it begins the addresses of pages.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        scheme = environ["wsgi.url_scheme"].lower()
        environ["wsgi.url_scheme"] = scheme if scheme == "https" else "http"
        return application(environ, start_response)

    return answer


def accept_own_hosts(app: Flask, settings: Settings) -> None:
    """Let `app` answer only under this machine's own names and those of the setting `hosts`, others with 421.

    A page of a stranger may lead a browser here under a name of its own, which it has pointed at this machine meanwhile, and
    read the archive as if it were its own (DNS rebinding); the browser then says that name.
    """
    names = {name.strip().lower() for name in settings.hosts.split(",") if name.strip()}
    on_loopback = is_loopback(settings.host)
    if not on_loopback:
        # What colleagues in one house type; nobody can own a name without a dot, or one that ends in .local (RFC 6762).
        own = socket.gethostname().lower().partition(".")[0]
        names |= {own, f"{own}.local"}

    @app.before_request
    def refuse() -> None:
        if not _is_own(request.host, names, on_loopback=on_loopback):
            abort(421, Message("This archive is not served under that name; the setting `hosts` adds one."))


def refuse_posts_of_other_sites(app: Flask) -> None:
    """Let `app` answer 403 to what the page of another site sends: it may ask, but not keep this machine busy with checks."""

    @app.before_request
    def refuse_post() -> None:
        if request.method == "POST" and _is_from_elsewhere():
            abort(403, Message("Another site has sent this; nothing was done with it."))


def _is_from_elsewhere() -> bool:
    """Whether a browser says that the page of another site has sent the request; programs say nothing of it."""
    # Every browser since 2023 says this, and no script can.
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    # Older ones say this. It is "null" where no referrer is sent, as by the forms here.
    origin = request.headers.get("Origin", "null")
    return origin != "null" and _host_name(origin.partition("://")[2]) != _host_name(request.host)


def _host_name(host: str) -> str:
    """The name of a host without its port."""
    return _PORT.sub("", host.lower()).removesuffix(".")


def is_loopback(host: str) -> bool:
    """Return whether what listens on `host` can be reached from this machine alone."""
    name = host.strip("[]").lower()
    return name == "localhost" or _address_is_loopback(name) is True


def _is_own(host: str, names: set[str], *, on_loopback: bool) -> bool:
    name = _host_name(host)
    if name == "localhost" or name.endswith(".localhost") or name in names:
        return True
    loopback = _address_is_loopback(name.strip("[]"))
    # A number is no name that could be pointed elsewhere.
    return loopback is True or (loopback is False and not on_loopback)


def _address_is_loopback(name: str) -> bool | None:
    """Return whether an address is loopback; None for what is no address."""
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return None
