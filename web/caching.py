"""Conditional requests (RFC 9110, section 13): an answer stays good until the archive changes."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from typing import Final

from flask import Response, request
from flask_login import current_user

from search.storage.store import Store
from web.language.choice import language

# Another run of the server may be another version of the program, with another way to say the same.
_RUN: Final = secrets.token_hex(4)
TAG_DIGITS: Final = 20  # hexadecimal digits, 80 bits: no two answers of one address will ever share a tag


def revalidated(store: Store, make_response: Callable[[], Response]) -> Response:
    """Return what `make_response` makes, or 304 without making it where the answer that the client holds is still right.

    The tag is weak: an answer says how long it took, which is all that differs between two. What whoever is logged in sees
    is kept nowhere.
    """
    if current_user.is_authenticated:
        response = make_response()
        response.headers["Cache-Control"] = "no-store"
        return response
    name = "\x1f".join((_RUN, store.state(), language(), request.full_path))
    tag = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:TAG_DIGITS]
    response = Response(status=304) if request.if_none_match.contains_weak(tag) else make_response()
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    return response
