"""A plain list of quotes for a machine, best first: what `quotes find --batch` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

from search.find import filters
from search.find.classify import by_stems, judged
from search.find.find import MOST_MEMBERS, POOL
from search.find.hit import Hit
from search.find.retrieve import passing, retrieved
from search.model import MatchKind, Query, Quote
from search.storage.analysed_quotes import AnalysedQuote
from search.storage.store import Store

UNSURE_MOST: Final = 0.2  # the highest score that a quote is listed with whose words do not make it an answer


def list_hits(store: Store, query: Query, limit: int) -> list[Hit]:
    """Return the best `limit` quotes for `query`, one by one, without what differs.

    In the order of the index, each followed at once by the other quotes of its utterance. What is no sure answer is in
    too, as "reworded" with its low score: whoever asks for a list of so many wants to judge for himself.
    """
    narrowed = filters.asked(query, store)
    read = {one.number: one for one in retrieved(store, query, narrowed, max(limit, POOL), ordered=True)}
    usual = filters.default(query)
    condition = usual if narrowed is None else usual & narrowed
    numbers = _with_members(store, query, list(read))
    answer: list[Hit] = []
    while numbers and len(answer) < limit:
        part, numbers = numbers[:limit], numbers[limit:]
        quotes = passing(store, part, condition)
        answer += _listed(query, [(quotes[number], read.get(number)) for number in part if number in quotes])
    return answer[:limit]


def _with_members(store: Store, query: Query, numbers: Sequence[int]) -> list[int]:
    """The numbers, utterance by utterance, each utterance with those of its quotes that were not found."""
    utterance_of = store.utterances_of(numbers)
    ordered: dict[int, list[int]] = {}
    for number in numbers:
        ordered.setdefault(utterance_of[number], []).append(number)
    if not query.exact:
        others: dict[int, list[int]] = {}
        for number, group in store.quotes_of_utterances(ordered).items():
            if number not in utterance_of:
                others.setdefault(group, []).append(number)
        for group, members in others.items():
            ordered[group] += members[:MOST_MEMBERS]
    return list(chain.from_iterable(ordered.values()))


def _listed(query: Query, some: Sequence[tuple[Quote, AnalysedQuote | None]]) -> Iterator[Hit]:
    for quote, one in some:
        match = (by_stems(query, one, scored=True) if one else None) or judged(query, quote.text)
        if match.kind != MatchKind.DIFFERENT:
            yield Hit(quote, match)
        elif not query.exact:
            yield Hit(quote, replace(match, kind=MatchKind.REWORDED, score=min(match.score, UNSURE_MOST)))
