"""A text analysed once, from the query to the verdict: its words, keys, stems and weight, each found when first asked for."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final, NamedTuple

from search.text.folding import fold
from search.text.information import information
from search.text.language import guess_language
from search.text.scripts import has_spaceless_script
from search.text.terms import lookup_stems
from search.text.tokens import Token, plain_words, tokens
from search.text.word_families import root
from search.text.words import WrittenWord

ANALYSIS_VERSION: Final = "5"
"""Raised with every change of tokens, keys or stems: what was indexed by another version is indexed anew.

1: words as they are spelled. 2: spellings, dotted letters, signs and units are folded. 3: ".5" is a half. 4: "youre" is
"you are". 5: no minus in "Су-24", but one in "‑7"; "１２，０００" is one number.
"""
_KEPT: Final = 2_048  # analysed texts: a find compares some 200 candidates with one query, a link 16 with each other
_LONG: Final = 2_000  # code points: of longer texts fewer are kept, so that the memory stays bounded
_LONGEST_KEPT: Final = 20_000  # code points: twice the longest query; a longer text is analysed anew each time
_DOTS: Final = re.compile(r"\.\s?\.")
_KEPT_LONG: Final = 16  # a query, and the long quotes that it is compared with


class StemSet(NamedTuple):
    """The stems of a text in no order: each once, their roots (word families), and the information of all words, nats."""

    stems: frozenset[str]
    roots: frozenset[str]
    nats: float


@dataclass(frozen=True)
class AnalysedText:
    """A text and all that is read out of it. Made by `analyse`, or `stored` where the stems are known already.

    Each attribute is computed when it is first asked for and kept, since most readers need few of them: the index needs
    no key, and most candidates of a query are told from it by their stems alone.
    """

    text: str
    known_language: str | None = None

    @cached_property
    def language(self) -> str:
        """Return the language that the words are stemmed as (ISO 639-1)."""
        return self.known_language or guess_language(self.text)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Return the words in order, with where they stand."""
        return tokens(self.text, self.language)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Return the folded words in order."""
        words = self._plain_words
        if words is None:
            return tuple(token.key for token in self.tokens)
        return tuple(chain.from_iterable(word.keys for word in words))

    @cached_property
    def word_stems(self) -> Sequence[str]:
        """Return the stem of each of `keys`: those of the tokens, found without them where nothing but words stands there."""
        words = self._plain_words
        if words is None:
            return tuple(token.stem for token in self.tokens)
        return tuple(chain.from_iterable(word.stems for word in words))

    @cached_property
    def key(self) -> str:
        """Return the words alone: equal for two texts exactly when they say the same words in the same order."""
        return " ".join(self.keys)

    @cached_property
    def stems(self) -> Sequence[str]:
        """Return the stems by which the text is looked up, in order; see `lookup_stems`."""
        words = self._plain_words
        return lookup_stems(self.tokens) if words is None else tuple(chain.from_iterable(word.stems for word in words))

    @cached_property
    def all_stems(self) -> Sequence[str]:
        """Return the stems of all words in order, those in brackets included."""
        return self.stems if self.is_plain else tuple(token.stem for token in self.tokens)

    @cached_property
    def stem_set(self) -> StemSet:
        """Return all stems in no order."""
        stems = self.all_stems
        return StemSet(frozenset(stems), frozenset(map(root, stems)), sum(map(information, stems)))

    @cached_property
    def weight(self) -> float:
        """Return how much the words say, in nats, what stands in brackets left out."""
        if self.is_plain:
            return sum(map(information, self.stems))
        return sum(information(token.stem) for token in self.tokens if not token.bracketed)

    @property
    def has_brackets(self) -> bool:
        """Return whether there are square brackets, as an editor's notes have."""
        return "[" in self.text or "［" in self.text

    @cached_property
    def may_have_gaps(self) -> bool:
        """Return whether an ellipsis may stand before a word; told without its tokens."""
        return "…" in self.text or _DOTS.search(self.text) is not None

    @cached_property
    def is_plain(self) -> bool:
        """Return whether `stems` are all its words: no brackets, no script that is written without spaces."""
        return not self.has_brackets and not has_spaceless_script(self.text)

    @cached_property
    def folded_words(self) -> tuple[str, ...]:
        """Return the text folded and cut at white space: a text that has its words has these."""
        return tuple(fold(self.text).split())

    def read_as(self, language: str) -> AnalysedText:
        """Return the same text with its words stemmed as of another language."""
        return self if language == self.language else analyse(self.text, language)

    @cached_property
    def _plain_words(self) -> tuple[WrittenWord, ...] | None:
        return plain_words(self.text, self.language)


def analyse(text: str, language: str | None = None) -> AnalysedText:
    """Return the analysis of a text; a short text that was analysed lately is not analysed again.

    `language` (ISO 639-1) chooses the stemmer; where it is not given, it is guessed.
    """
    if len(text) > _LONGEST_KEPT:
        return AnalysedText(text, language)
    kept = _analysed if len(text) <= _LONG else _analysed_long
    guessed = kept(text, None)
    # A document that names its language and a quote that shows it are read once.
    return guessed if language in (None, guessed.language) else kept(text, language)


@functools.lru_cache(maxsize=_KEPT)
def _analysed(text: str, language: str | None) -> AnalysedText:
    return AnalysedText(text, language)


@functools.lru_cache(maxsize=_KEPT_LONG)
def _analysed_long(text: str, language: str | None) -> AnalysedText:
    return AnalysedText(text, language)


def stored(text: str, stems: Sequence[str]) -> AnalysedText:
    """Return the analysis of a text whose look-up stems were kept beside it when it was indexed.

    It is that of `analyse`: a quote is judged, grouped and shown by one reading of its words.
    """
    analysed = analyse(text)
    analysed.__dict__.setdefault("stems", stems)  # as `cached_property` would have kept them
    return analysed
