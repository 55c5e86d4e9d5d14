"""Who may read from other sites (CORS): nobody, unless the instance is public, and then what is read without changing anything."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, request

PUBLIC_READS: Final = (
    "/api/",
    "/feeds/",
    "/search.",
    "/oembed",
    "/healthz",
)  # how the addresses begin that a page of any site may read
MADE_FOR_OTHERS: Final = (
    "static",
    "embed",
)  # blueprints: a card in a frame without an origin loads its own style and script
READING: Final = ("GET", "HEAD", "OPTIONS")
PREFLIGHT_SECONDS: Final = 600  # for which a browser need not ask again whether it may ask


def share_public_reads(app: Flask, *, public: bool) -> None:
    """Let `app` tell browsers that pages of any site may read the API; where it is not `public`, that none may load it.

    What takes a body (a check) and what is shown to a person is never shared; a card is shown in a frame by whoever has its address.
    """

    @app.after_request
    def share(response: Response) -> Response:
        if not public and (request.blueprint or request.endpoint) not in MADE_FOR_OTHERS:
            response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if public and _reads():
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
            if request.method == "OPTIONS":
                response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
                response.headers["Access-Control-Allow-Headers"] = "Authorization, If-None-Match"
                response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
        return response


def _reads() -> bool:
    """Return whether the request reads an address of the API; what has no address there reads it as well as it can."""
    rule = request.url_rule
    methods = rule.methods if rule is not None and rule.methods is not None else {"GET"}
    return request.path.startswith(PUBLIC_READS) and request.method in READING and "GET" in methods
