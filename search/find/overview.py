"""An archive at a glance: how much it holds, quotes to try, and what came in last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from search.errors import QuoteNotFound
from search.find.utterance_page import utterance_of_quote
from search.model import Quote, Utterance
from search.storage.status import Status
from search.storage.store import Store

LATEST: Final = 6  # documents
EXAMPLES: Final = 4  # utterances
LOOKED_AT: Final = 40  # of the last quotes: each costs a look at its utterance, some 2 ms


@dataclass(frozen=True, slots=True)
class Example:
    """A quote to try, and the utterance that it belongs to."""

    quote: Quote
    utterance: Utterance


@dataclass(frozen=True, slots=True)
class Overview:
    """How much an archive holds, quotes to try, and the last quote of each of the documents that came in last."""

    status: Status
    examples: tuple[Example, ...]
    latest: tuple[Quote, ...]


def overview(store: Store) -> Overview:
    """Return the overview of an archive as it is now."""
    with store.one_moment():
        return Overview(store.status(), _examples(store), tuple(store.recent_quotes(LATEST)))


def _examples(store: Store) -> tuple[Example, ...]:
    """Utterances that several outlets printed, the most of them first, each of another speaker if possible."""
    found: dict[str, Example] = {}
    for quote in store.example_quotes(LOOKED_AT):
        try:
            utterance = utterance_of_quote(store, quote.id, possible=False)
        except QuoteNotFound:
            continue  # taken out meanwhile
        found.setdefault(utterance.id, Example(quote, utterance))
    ordered = sorted(found.values(), key=_widest)
    speakers: set[str] = set()
    chosen = []
    for example in ordered:
        if not speakers.intersection(example.utterance.speakers):
            chosen.append(example)
            speakers.update(example.utterance.speakers)
    chosen += [example for example in ordered if example not in chosen]
    return tuple(chosen[:EXAMPLES])


def _widest(example: Example) -> tuple[int, int, str]:
    utterance = example.utterance
    return -len(utterance.outlets), -len(utterance.versions), utterance.id
