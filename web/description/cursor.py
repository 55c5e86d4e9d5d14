"""Cursors: where the next part of an answer begins, as a word that nobody has to understand."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Final

from search.errors import QueryError
from search.model import digest
from web.query_string import LAST_OFFSET

_DIGITS: Final = 8  # hexadecimal, of the question and of the archive: a slip is told, nothing is guarded by them
_FORM: Final = re.compile(rf"1\.(\d{{1,9}})\.([0-9a-f]{{{_DIGITS}}})\.([0-9a-f]{{{_DIGITS}}})")
_LONGEST: Final = 100  # characters: a cursor has some 40


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a part begins, in items of the list, and whether the archive is still the one that the part before was made from."""

    offset: int
    is_current: bool


def cursor_at(offset: int, question: str, state: str) -> str:
    """Return the cursor at `offset` in the answer to `question`, made from the archive in `state`."""
    plain = f"1.{offset}.{digest(question, length=_DIGITS)}.{digest(state, length=_DIGITS)}"
    return urlsafe_b64encode(plain.encode("ascii")).decode("ascii").rstrip("=")


def read_cursor(cursor: str, question: str, state: str) -> Cursor:
    """Return what a cursor says. Raises QueryError for what is none, or was given for another question."""
    try:
        padded = cursor[:_LONGEST] + "=" * (-len(cursor[:_LONGEST]) % 4)
        plain = urlsafe_b64decode(padded.encode("ascii")).decode("ascii")
    except ValueError:  # of base64 and of both codecs
        plain = ""
    found = _FORM.fullmatch(plain)
    if found is None or int(found[1]) > LAST_OFFSET:
        raise QueryError("`cursor` is none that was given here: follow the `Link` of the part before.")
    if found[2] != digest(question, length=_DIGITS):
        raise QueryError("`cursor` was given for another question: follow the `Link` of the part before.")
    return Cursor(int(found[1]), found[3] == digest(state, length=_DIGITS))
