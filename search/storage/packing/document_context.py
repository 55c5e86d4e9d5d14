"""What a quote has of its document, kept once: the words around it, the address and the title.

A row of `quotes` says of the words around it how many of its document's words they are, wherever just these can be cut out of the
text, and that address and title are the document's. What cannot, since furniture stands between, say, or the quote came without its
document, is spelled out in the row.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

# Code points of the text in which the words around a quote are looked for: they are 240, with some blanks between.
REACH: Final = 480
LEFT_TO_DOCUMENT: Final = ("words_before", "words_after", "as_document")
"""The columns of a quote that say what its row leaves to its document."""


class DocumentContext(NamedTuple):
    """What the quotes of a document have of it."""

    text: str
    url: str | None
    title: str | None


def cut_before(text: str, start: int, count: int) -> str:
    """Return the last `count` words of a text before the code point `start`, a blank between each."""
    return " ".join(text[max(0, start - REACH) : start].rsplit(None, count)[-count:]) if count else ""


def cut_after(text: str, end: int, count: int) -> str:
    """Return the first `count` words of a text behind the code point `end`, a blank between each."""
    return " ".join(text[end : end + REACH].split(None, count)[:count]) if count else ""


def words_before(text: str, start: int, before: str) -> int | None:
    """Return how many words `cut_before` takes to give `before`; None if it cannot."""
    count = len(before.split(" ")) if before else 0
    return count if cut_before(text, start, count) == before else None


def words_after(text: str, end: int, after: str) -> int | None:
    """Return how many words `cut_after` takes to give `after`; None if it cannot."""
    count = len(after.split(" ")) if after else 0
    return count if cut_after(text, end, count) == after else None


def _places(spans: str | None) -> Sequence[Sequence[int]]:
    return json.loads(spans) if spans else []


def kept_before(text: str | None, spans: str | None, before: str | None) -> int | None:
    """Return how many words of a document stand for those before a quote; None where they have to be spelled out.

    Of a text that is not known, None, nothing can be cut; `spans` are those of the quote as its row has them.
    """
    places = _places(spans)
    return words_before(text, places[0][0], before or "") if text is not None and places else None


def kept_after(text: str | None, spans: str | None, after: str | None) -> int | None:
    """Return the same for the words behind a quote."""
    places = _places(spans)
    return words_after(text, places[-1][1], after or "") if text is not None and places else None


def left_to_document(row: Mapping[str, Any], document: DocumentContext | None) -> dict[str, Any]:
    """Return the columns of a quote without what its document has, and with the columns that say so."""
    stored = dict(row) | {"words_before": None, "words_after": None, "as_document": 0}
    if document is None:
        return stored
    stored["words_before"] = kept_before(document.text, row["spans"], row["before"])
    stored["words_after"] = kept_after(document.text, row["spans"], row["after"])
    if stored["words_before"] is not None:
        stored["before"] = None
    if stored["words_after"] is not None:
        stored["after"] = None
    if (row["url"], row["title"]) == (document.url, document.title):
        stored |= {"url": None, "title": None, "as_document": 1}
    return stored
