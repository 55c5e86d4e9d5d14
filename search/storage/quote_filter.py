"""Which quotes are wanted, as a value: the only way in which the rest of the program narrows what the store gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from search.model import QuoteKind

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class QuoteFilter:
    """Conditions that a quote meets all of; without any, every quote passes. Two are combined by `&`.

    Where a tuple names what is wanted, None asks for nothing, and an empty one is met by no quote. What is not known of
    a quote (None) is none of the values that are wanted, and none of those that are left out either.

    speakers, outlets   names as the archive has them, to the letter
    languages           two-letter codes in lower case; "de" is met by "de-AT", too
    published_from, published_before   ISO 8601, a day or an instant: at or after the first, before the second
    scare, indirect, comments   whether marks that quote nobody, speech without marks, and what readers wrote below an
                                article may pass
    documents, not_documents    ids
    stored_after        the number of a quote: those that were stored later
    min_confidence      0 to 1: the least chance that the quote's speaker is right
    """

    speakers: tuple[str, ...] | None = None
    not_speakers: tuple[str, ...] = ()
    outlets: tuple[str, ...] | None = None
    not_outlets: tuple[str, ...] = ()
    languages: tuple[str, ...] | None = None
    kinds: tuple[QuoteKind, ...] | None = None
    published_from: str | None = None
    published_before: str | None = None
    scare: bool = True
    indirect: bool = True
    comments: bool = True
    documents: tuple[str, ...] | None = None
    not_documents: tuple[str, ...] = ()
    min_confidence: float = 0.0
    stored_after: int = 0

    def __and__(self, other: QuoteFilter) -> QuoteFilter:
        """Return the filter that the quotes pass which pass both."""
        return QuoteFilter(
            speakers=_both(self.speakers, other.speakers),
            not_speakers=self.not_speakers + other.not_speakers,
            outlets=_both(self.outlets, other.outlets),
            not_outlets=self.not_outlets + other.not_outlets,
            languages=_both(self.languages, other.languages),
            kinds=_both(self.kinds, other.kinds),
            published_from=max(filter(None, (self.published_from, other.published_from)), default=None),
            published_before=min(filter(None, (self.published_before, other.published_before)), default=None),
            scare=self.scare and other.scare,
            indirect=self.indirect and other.indirect,
            comments=self.comments and other.comments,
            documents=_both(self.documents, other.documents),
            not_documents=self.not_documents + other.not_documents,
            min_confidence=max(self.min_confidence, other.min_confidence),
            stored_after=max(self.stored_after, other.stored_after),
        )


EVERY_QUOTE = QuoteFilter()


def _both(one: tuple[_T, ...] | None, other: tuple[_T, ...] | None) -> tuple[_T, ...] | None:
    """Return the values that both want; None wants nothing in particular."""
    if one is None or other is None:
        return one if other is None else other
    return tuple(value for value in one if value in set(other))
