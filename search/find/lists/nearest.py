"""The quotes nearest in words to what was typed, of those that are no answer: a lead for whoever remembers the words otherwise.

Nothing says that they are versions, and they are shown as what they are. Of the versions of translated news that stand among
ten quotes, .92 of those of a whole quote are shown without them and .95 with them; of a fragment .65 and .74.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from search.find.classify import TELLING_WORDS
from search.find.coverage import coverage
from search.find.filters import default_filter, query_filter
from search.find.retrieve import Retrieved, resolve_speakers
from search.model import Query, Quote, Utterance
from search.storage.quote_filter import EVERY_QUOTE
from search.storage.store import Store
from search.text.analysis import AnalysedText, analyse, stored

NEAREST: Final = 5  # quotes
FULL_ANSWER: Final = 10  # quotes: an answer that has so many needs none beside it
LEAST_SHARE: Final = 0.4  # of the information typed: below it what is shown was noise, and one version in a hundred
_LOOKED_AT: Final = 25  # candidates: what stands behind them shares a word or two with anything


def nearest_in_words(store: Store, query: Query, left: Retrieved, shown: Sequence[Utterance]) -> tuple[Quote, ...]:
    """Return those of the candidates that are left that are likeliest to be versions, best first, one of each utterance.

    One place of each has two telling words of what was typed, and `LEAST_SHARE` of it, and it passes the query's filters.
    """
    shown_ids = {quote.id for utterance in shown for quote in utterance.quotes}
    most = min(NEAREST, FULL_ANSWER - len(shown_ids))
    if not query.text or query.exact or most <= 0:
        return ()
    numbers = list(_near(analyse(query.text), left))
    passing = store.passing(numbers, default_filter(query) & (query_filter(store, query) or EVERY_QUOTE))
    chosen = _one_of_each([n for n in numbers if n in passing], store.utterances_of(passing))[:most]
    quotes = resolve_speakers(store, store.quotes(chosen))
    return tuple(quotes[n] for n in chosen if n in quotes and quotes[n].id not in shown_ids)


def _near(asked: AnalysedText, left: Retrieved) -> Iterator[int]:
    """The candidates that have telling words of what was typed, the likeliest first."""
    ordered = sorted(left.quotes, key=lambda one: -left.likelihoods.get(one.number, 0.0))
    for one in ordered[:_LOOKED_AT]:
        place = coverage(asked, stored(one.text, one.stems).all_stems)
        if place.telling >= TELLING_WORDS and place.share >= LEAST_SHARE:
            yield one.number


def _one_of_each(numbers: Iterable[int], utterance_of: Mapping[int, int]) -> list[int]:
    """The first of the numbers of each utterance."""
    first: dict[int, int] = {}
    for number in numbers:
        first.setdefault(utterance_of[number], number)
    return list(first.values())
