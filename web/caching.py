"""Conditional requests (RFC 9110, section 13): an answer stays good until the archive changes."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from flask import Response, request
from flask_login import current_user

from search.storage.store import Store
from web.language.choice import language

# Another run of the server may be another version of the program, with another way to say the same.
_RUN: Final = secrets.token_hex(4)
KEPT_PAGES: Final = 8  # of an address: each language, and some that ask otherwise; a page has some 100 kB
TAG_DIGITS: Final = 20  # hexadecimal digits, 80 bits: no two answers of one address will ever share a tag


class KeptPages:
    """The last few pages of one address, for a page that takes long to make. Safe to use from several threads.

    Each is kept by its tag, so that one of an archive that has changed since is never met again.
    """

    def __init__(self, most: int = KEPT_PAGES) -> None:
        self._most = most
        self._pages: OrderedDict[tuple[str, str], tuple[bytes, str | None]] = OrderedDict()
        self._lock = threading.Lock()

    def page(self, tag: str, make_response: Callable[[], Response]) -> Response:
        """Return the page of a tag and of the host that it was asked from, made where it is not kept."""
        key = tag, request.host_url
        with self._lock:
            known = self._pages.get(key)
        if known is None:
            response = make_response()
            if response.status_code == HTTPStatus.OK:
                with self._lock:
                    self._pages[key] = response.get_data(), response.mimetype
                    while len(self._pages) > self._most:
                        self._pages.popitem(last=False)
            return response
        body, mimetype = known
        return Response(body, mimetype=mimetype)


def revalidated(store: Store, make_response: Callable[[], Response], kept: KeptPages | None = None) -> Response:
    """Return what `make_response` makes, or 304 without making it where the answer that the client holds is still right.

    The tag is weak: an answer says how long it took, which is all that differs between two. What whoever is logged in sees
    is kept nowhere; `kept` has what others see.
    """
    if current_user.is_authenticated:
        response = make_response()
        response.headers["Cache-Control"] = "no-store"
        return response
    name = "\x1f".join((_RUN, store.state(), language(), request.full_path))
    tag = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:TAG_DIGITS]
    if request.if_none_match.contains_weak(tag):
        response = Response(status=HTTPStatus.NOT_MODIFIED)
    else:
        response = kept.page(tag, make_response) if kept is not None else make_response()
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    return response
