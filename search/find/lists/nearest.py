"""The quotes nearest in words to what was typed, of those that are no answer: a lead for whoever remembers the words otherwise.

Nothing says that they are versions, and they are shown as what they are. Where nothing sure is there they are most of what a
reader has to go on, so that less in common is enough: docs/design.md says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from search.find.classify import TELLING_WORDS
from search.find.coverage import coverage
from search.find.filters import default_filter, query_filter
from search.find.retrieve import Retrieved, resolve_speakers
from search.model import MatchKind, Query, Quote, Utterance
from search.ranking.ranker import SHORT_QUERY
from search.storage.analysed_quotes import AnalysedQuote
from search.storage.quote_filter import EVERY_QUOTE
from search.storage.store import Store
from search.text.analysis import AnalysedText, analyse, stored

NEAREST: Final = 5  # quotes
FULL_ANSWER: Final = 10  # quotes: an answer that has so many needs none beside it
_LOOKED_AT: Final = 25  # candidates: what stands behind them shares a word or two with anything


class Nearness(NamedTuple):
    """What one place of a quote has at least of the words typed.

    share    of their information, 0 to 1
    telling  telling words
    """

    share: float
    telling: int


STRICT: Final = Nearness(0.4, TELLING_WORDS)  # with less what is shown was noise, and one version in a hundred
BESIDE_VERY_WORDS: Final = Nearness(0.7, TELLING_WORDS)
"""Whoever finds the very words has what he looked for: beside 120 quotes of 4 to 14 words `STRICT` showed 302 others, of which
hardly one had more than everyday words of them."""
OF_FEW_WORDS: Final = Nearness(0.4, 1)  # the rarer of two: whoever types "basket of adorables" may mean another basket
LOOSE: Final = Nearness(0.3, 1)
"""Of 18 paraphrases without an answer in 2,000 articles it shows a right quote for ten, `STRICT` for five. Eight quotes in place
of `NEAREST` would show none more, and two of 81 fragments of translations."""


def nearest_in_words(store: Store, query: Query, left: Retrieved, shown: Sequence[Utterance]) -> tuple[Quote, ...]:
    """Return the candidates left that are likeliest to be versions, best first, one of each utterance and of each wording.

    One place of each has what `Nearness` asks of the words typed, and each passes the query's filters.
    """
    shown_ids = {quote.id for utterance in shown for quote in utterance.quotes}
    asked = analyse(query.text)
    loose = OF_FEW_WORDS if len(asked.stems) < SHORT_QUERY else LOOSE
    sure = [utterance for utterance in shown if utterance.sure]
    is_found = any(utterance.match.kind == MatchKind.EXACT for utterance in sure)
    nearness = BESIDE_VERY_WORDS if is_found else STRICT if sure else loose
    most = min(NEAREST, FULL_ANSWER - len(shown_ids))
    if not query.text or query.exact or most <= 0:
        return ()
    near = list(_near(asked, left, nearness))
    passing = store.passing(
        [one.number for one in near], default_filter(query) & (query_filter(store, query) or EVERY_QUOTE)
    )
    chosen = _one_of_each([one for one in near if one.number in passing], store.utterances_of(passing))[:most]
    quotes = resolve_speakers(store, store.quotes(chosen))
    return tuple(quotes[n] for n in chosen if n in quotes and quotes[n].id not in shown_ids)


def _near(asked: AnalysedText, left: Retrieved, nearness: Nearness) -> Iterator[AnalysedQuote]:
    """The candidates that are so near to what was typed, the likeliest first."""
    ordered = sorted(left.quotes, key=lambda one: -left.likelihoods.get(one.number, 0.0))
    for one in ordered[:_LOOKED_AT]:
        place = coverage(asked, stored(one.text, one.stems).all_stems)
        if place.telling >= nearness.telling and place.share >= nearness.share:
            yield one


def _one_of_each(near: Iterable[AnalysedQuote], utterance_of: Mapping[int, int]) -> list[int]:
    """The numbers of the first quote of each utterance and of each row of stems: "fake news" is a lead once."""
    seen: set[int | tuple[str, ...]] = set()
    first = []
    for one in near:
        kinds: set[int | tuple[str, ...]] = {utterance_of[one.number], tuple(one.stems)}
        if seen.isdisjoint(kinds):
            first.append(one.number)
        seen |= kinds
    return first
