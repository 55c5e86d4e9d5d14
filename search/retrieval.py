"""Quotes out of the store for a query: the candidates of the index, read, filtered, and with their speakers named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from search.candidates import Accept
from search.filters import Condition, default, holds, may_hold
from search.model import Query, Quote
from search.normalise import fold
from search.ranking import ranked
from search.store import Store
from search.stores.readings import Reading

ALWAYS = 12  # candidates that are read in any case
ALWAYS_LONG = 4  # the same for a long query, whose words leave less to doubt
READ = 25  # candidates that are read unless they are unlikely
UNLIKELY = 0.02  # measured on news and scripture: below it 1 in 350 is a version, and none that `compare` would accept
LONG = 8  # words of a query: a quote that has all of them stands among the first in any case
LISTED = 1_000  # quotes that a query without words lists at most


def retrieved(
    store: Store, query: Query, narrowed: Condition | None, pool: int, *, all_of_them: bool = False
) -> list[Reading]:
    """The quotes that may answer the query, most promising first; without words, the newest that pass its filters.

    With words, the query's own filters (`narrowed`) are not applied yet, since a version shows by all its quotes what
    it is; but they see to it that quotes which pass are among the candidates, however many others there are. Unless
    `all_of_them` are wanted, only those are read that rank first or seem to have the words typed.
    """
    usual = default(query)
    if not query.text:
        every = usual if narrowed is None else usual & narrowed
        order = store.archive.numbers_where(f"{every.sql} ORDER BY published DESC, number LIMIT {LISTED}", every.values)
    elif all_of_them or narrowed is not None:
        ranks = dict(ranking(store, query.text, pool))
        if narrowed is not None:
            ranks = dict(ranking(store, query.text, pool, _accepted(store, usual & narrowed))) | ranks
        order = list(ranks)
    else:
        order = _worth_reading(store, query.text, pool)
    read = {one.number: one for one in store.readings.where(order, usual.sql, usual.values)}
    return [
        read[number]
        for number in order
        if number in read and not (query.without and holds(read[number].text, query.without))
    ]


def _worth_reading(store: Store, text: str, pool: int) -> list[int]:
    """The first of the candidates that are likely at all, and those of the others that seem to have all words typed.

    A quote that has all words of a long query stands among the first in any case.
    """
    typed = fold(text).split()
    long = len(typed) >= LONG
    ranks = dict(ranking(store, text, READ if long else pool, with_groups=False))
    always = ALWAYS_LONG if long else ALWAYS
    first = [n for rank, n in enumerate(list(ranks)[:READ]) if rank < always or ranks[n] >= UNLIKELY]
    if long:
        return first
    known = set(first)
    rest = [number for number in ranks if number not in known]
    return first + [n for n, text in zip(rest, store.archive.texts(rest), strict=True) if may_hold(text, typed)]


def ranking(
    store: Store, text: str, limit: int, accept: Accept | None = None, *, with_groups: bool = True
) -> list[tuple[int, float]]:
    """Numbers of quotes that may be versions of a text, best first; each followed by the others of its group, if asked."""
    with store.reading() as reader:
        return ranked(
            reader,
            text,
            limit=limit,
            accept=accept,
            read=store.readings.stems,
            groups=store.versions.groups,
            members=store.versions.members if with_groups else None,
        )


def passing(store: Store, numbers: Sequence[int], condition: Condition) -> dict[int, Quote]:
    """The quotes of these numbers that meet a condition."""
    found: dict[int, Quote] = {}
    for narrowed in _among(numbers, condition):
        found |= store.archive.quotes_where(narrowed.sql, narrowed.values)
    return named(store, found)


def numbers_passing(store: Store, numbers: Sequence[int], condition: Condition) -> set[int]:
    """Those of the numbers whose quotes meet a condition."""
    return {
        number
        for narrowed in _among(numbers, condition)
        for number in store.archive.numbers_where(narrowed.sql, narrowed.values)
    }


def spoken_by(store: Store, speaker: str, numbers: Sequence[int], condition: Condition) -> set[int]:
    """Those of the quotes that meet a condition and are by a speaker, whatever they call him."""
    names = store.speakers().names(speaker)
    his = Condition(f"speaker IN ({','.join('?' * len(names))}) AND confidence >= ?", (*names, store.min_confidence))
    return numbers_passing(store, numbers, condition & his)


def _among(numbers: Sequence[int], condition: Condition) -> Iterator[Condition]:
    """The condition for some numbers, in parts that fit into one statement."""
    for start in range(0, len(numbers), 500):
        marks = ",".join(str(int(number)) for number in numbers[start : start + 500])
        yield Condition(f"number IN ({marks}) AND {condition.sql}", condition.values)


def named(store: Store, quotes: Mapping[int, Quote]) -> dict[int, Quote]:
    """Quotes with the speaker that their name stands for across documents; with none where that is too unsure."""
    who, least = store.speakers(), store.min_confidence
    found = dict(quotes)
    for number, quote in quotes.items():
        speaker = who.of(quote.speaker) if quote.confidence >= least else None
        if speaker != quote.speaker:
            found[number] = replace(quote, speaker=speaker)
    return found


def _accepted(store: Store, allowed: Condition) -> Accept:
    numbers = np.array(store.archive.numbers_where(allowed.sql, allowed.values), dtype=np.int64)
    return lambda asked: np.isin(asked, numbers)
