"""The terms under which a text is indexed and looked up: opaque strings, the same for every engine.

`s` and a stem; `b` and two neighbouring stems.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from search.text.tokens import Token

if TYPE_CHECKING:
    from search.text.analysis import AnalysedText


def stem_term(stem: str) -> str:
    """Return the term of a stem."""
    return "s" + stem


def pair_term(left: str, right: str) -> str:
    """Return the term of two stems that stand side by side."""
    return f"b{left} {right}"


def lookup_stems(words: Sequence[Token]) -> tuple[str, ...]:
    """Return the stems by which a text is looked up, in order.

    Those outside brackets; of a script without spaces each pair of neighbouring characters.
    """
    stems: list[str] = []
    for index, token in enumerate(words):
        if token.bracketed:
            continue
        following = words[index + 1] if index + 1 < len(words) else None
        if not token.spaceless:
            stems.append(token.stem)
        elif following is not None and following.spaceless and following.start == token.end:
            stems.append(token.key + following.key)
        elif not (index and words[index - 1].spaceless and words[index - 1].end == token.start):
            stems.append(token.key)
    return tuple(stems)


def index_terms(text: AnalysedText) -> tuple[str, ...]:
    """Return the terms under which a text is indexed, each once.

    A text in another language than English also gets the terms of its reading as English, since a query of two words
    cannot show its language.
    """
    terms = dict.fromkeys(_own_terms(text))
    if text.language != "en":
        terms.update(dict.fromkeys(_terms_of(text.read_as("en").stems)))
    return tuple(terms)


def _own_terms(text: AnalysedText) -> Iterator[str]:
    if not text.has_brackets:
        yield from _terms_of(text.stems)
    elif text.stems:
        yield from _terms_of(text.stems)
        # The editor's words are found one by one, and never as neighbours of the speaker's.
        yield from (stem_term(token.stem) for token in text.tokens if token.bracketed)
    else:
        yield from _terms_of(lookup_stems([token._replace(bracketed=False) for token in text.tokens]))


def _terms_of(stems: Sequence[str]) -> Iterator[str]:
    yield from map(stem_term, stems)
    for left, right in pairwise(stems):
        yield pair_term(left, right)
