"""Conditional requests: an answer stays good until the archive changes."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable

from flask import Response, request

from search.storage.store import Store

# Another run of the server may be another version of the program, with another way to say the same.
_RUN = secrets.token_hex(4)


def kept_fresh(store: Store, make: Callable[[], Response]) -> Response:
    """The answer that `make` makes, or 304 without making it when the one that the client holds is still right.

    The tag is weak: an answer says how long it took, which is all that differs.
    """
    name = "\x1f".join((_RUN, store.state(), request.full_path))
    tag = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:20]
    response = Response(status=304) if request.if_none_match.contains_weak(tag) else make()
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    return response
