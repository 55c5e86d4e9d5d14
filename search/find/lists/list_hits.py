"""A plain list of quotes for a machine, best first: what `quotes find --batch` prints."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from typing import Final

from search.find.classify import Hit, Tier, classify, quick_verdict
from search.find.filters import default_filter, query_filter
from search.find.find import MOST_MEMBERS, found_hits
from search.find.lists.listing import LISTED
from search.find.other_words.meaning import translated_numbers
from search.find.retrieve import POOL, resolve_speakers, retrieve_ordered
from search.model import Match, MatchKind, Query, Quote
from search.storage.analysed_quotes import AnalysedQuote
from search.storage.quote_filter import EVERY_QUOTE
from search.storage.store import Store
from search.text.analysis import analyse, stored

SURE_AMONG: Final = 3  # of the first quotes one that is sure says that the query's own language has an answer
UNSURE_MOST: Final = 0.2  # the highest score that a quote is listed with whose words do not make it an answer


def list_hits(store: Store, query: Query, limit: int) -> list[Hit]:
    """Return the best `limit` quotes for `query`, one by one, without what differs.

    First what the page shows, in its order; then the other candidates in the learned order of the index, each followed at
    once by the other quotes of its utterance, as "reworded" with their low scores: whoever asks for a list of so many wants
    to judge for himself.
    """
    own_filter = query_filter(store, query)
    shown = found_hits(store, query) if query.text else {}
    read = {one.number: one for one in retrieve_ordered(store, query, own_filter, max(limit, POOL))}
    wanted = default_filter(query) & (own_filter or EVERY_QUOTE)
    numbers = [*shown, *(number for number in _with_members(store, query, list(read)) if number not in shown)]
    if query.text and store.vectors.is_on and not query.exact:
        sure = {number for number, hit in shown.items() if hit.match.sure}
        numbers = _with_translations(store, query.text, numbers, sure, limit)
    answer: list[Hit] = []
    while numbers and len(answer) < limit:
        part, numbers = numbers[:limit], numbers[limit:]
        quotes = resolve_speakers(store, store.quotes([number for number in part if number not in shown], wanted))
        for number in part:
            if number in shown:
                answer.append(shown[number])
            elif number in quotes:
                answer += _listed(query, quotes[number], read.get(number))
    return answer[:limit]


def _with_translations(store: Store, text: str, numbers: Sequence[int], sure: Collection[int], limit: int) -> list[int]:
    """Return the numbers and those of the quotes in other languages that are nearest in meaning, taken in turn.

    Words say nothing about quotes in other languages, and cosines nothing about words: summed ranks put a Persian original
    behind everything that shares an English word with the query (R@10 .35 instead of .99, docs/semantic.md).
    """
    translated = [number for number, _ in translated_numbers(store, text, limit)]
    if not translated:
        return list(numbers)
    known = set(translated)
    own = [number for number in numbers if number not in known]
    # Where no words are surely what was asked for, the other languages have two places of three.
    turns = 1 if any(number in sure for number in own[:SURE_AMONG]) else 2
    in_turn: list[int] = []
    for place in range(max(len(own), len(translated))):
        in_turn += translated[place * turns : (place + 1) * turns] + own[place : place + 1]
    return in_turn


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


def _listed(query: Query, quote: Quote, known: AnalysedQuote | None) -> Iterator[Hit]:
    """A quote that the page does not show, with how it relates to the query, as a list for a machine has it."""
    if not query.text:
        yield Hit(quote, *LISTED)
        return
    asked = analyse(query.text)
    candidate = known or AnalysedQuote(0, quote.text, analyse(quote.text).stems, "")
    answer = classify(asked, candidate, exact=query.exact)
    if answer is not None:
        yield Hit(quote, *answer)
    elif not query.exact:
        match = quick_verdict(asked, stored(candidate.text, candidate.stems), scored=True)
        score = min(match.score, UNSURE_MOST) if match is not None else UNSURE_MOST
        yield Hit(quote, Match(MatchKind.REWORDED, score), Tier.POSSIBLE)
