"""A list of quotations as a manuscript, so that they are checked as the quotations of a text are."""

from __future__ import annotations

from collections.abc import Iterable

from search.checking.report import Manuscript
from search.model import Attribution, Span

_BETWEEN = "\n"


def manuscript_of(quotations: Iterable[tuple[str, str | None]]) -> Manuscript:
    """Return a manuscript of (words, speaker), one after the other; None is a speaker that is not known."""
    texts: list[str] = []
    attributions: list[Attribution] = []
    start = 0
    for text, speaker in quotations:
        # The list says who spoke: it is not guessed.
        attributions.append(Attribution((Span(start, start + len(text)),), speaker=speaker or None, confidence=1.0))
        texts.append(text)
        start += len(text) + len(_BETWEEN)
    return Manuscript("", _BETWEEN.join(texts), tuple(attributions))
