"""Quotes of one utterance that name another speaker than most documents that print it: one of the two is wrong.

Long words under two names are one utterance all the same (`search.utterances.linking.VERBATIM_NATS`), so that a reader
who sees only one of the places has to be told of the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from search.model import Quote, QuoteFlag
from search.names.agreement import names_agree


class SpeakerConflict(NamedTuple):
    """How many documents give an utterance to another speaker than a quote does, of all that name one."""

    others: int
    documents: int


def speaker_conflicts(quotes: Iterable[Quote]) -> dict[str, SpeakerConflict]:
    """Return, by id, the quotes of an utterance whose speaker is not the one that most of its documents name.

    A document counts once for each name; a quote whose speaker is not known is in no conflict, and where no name has
    more documents than the other nobody can tell who is wrong, so that no quote is in conflict with it.
    """
    named = [quote for quote in quotes if quote.speaker]
    documents: dict[str, set[str]] = {}
    for quote in named:
        documents.setdefault(quote.speaker or "", set()).add(quote.document_id or quote.id)
    if len(documents) < 2:
        return {}
    backing = {name: _backing(name, documents) for name in documents}
    # The fuller name of one person stands for the others; names decide between equals, so that the order does not.
    most = max(backing, key=lambda name: (len(backing[name]), len(documents[name]), name))
    whole = len(set().union(*documents.values()))
    return {
        quote.id: SpeakerConflict(len(backing[most] - backing[quote.speaker or ""]), whole)
        for quote in named
        if names_agree(quote.speaker, most) is False and len(backing[most]) > len(backing[quote.speaker or ""])
    }


def with_conflicts_flagged(quotes: Iterable[Quote]) -> list[Quote]:
    """Return the quotes of an utterance in their order, those in conflict flagged `QuoteFlag.OTHER_SPEAKER`."""
    all_quotes = list(quotes)
    conflicts = speaker_conflicts(all_quotes)
    return [
        replace(quote, flags=(*quote.flags, QuoteFlag.OTHER_SPEAKER)) if quote.id in conflicts else quote
        for quote in all_quotes
    ]


def _backing(name: str, documents: dict[str, set[str]]) -> set[str]:
    """Return the documents that name a speaker, in any form of the name."""
    return set().union(*(its for other, its in documents.items() if other == name or names_agree(name, other) is True))
