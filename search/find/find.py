"""`find`: a query in, every version of the quote out. The one line that the command, the page and the API all call.

    query -> own filter -> candidates -> hits -> whole utterances -> filtered -> grouped -> ordered -> one page

Filters of the query are applied after the utterances are whole, so that an utterance is the same whoever asks, and the
number beside a facet is what its link shows.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from search.find.alternatives import alternatives, known_speakers, named_instead, speaker_note
from search.find.classify import (
    ALSO_REASON,
    COMMON_PHRASE_NATS,
    LIKELY_REASON,
    MAY_BE_LIKELY,
    Classified,
    Hit,
    Tier,
    classify,
    possible_match,
)
from search.find.filters import default_filter, query_filter
from search.find.group import flag_conflicts, group_hits
from search.find.lists.listing import LISTED, listing, present_listing
from search.find.lists.nearest import nearest_in_words
from search.find.order import ordered_utterances, sorted_by_day
from search.find.other_words.kinship import kindred_quotes
from search.find.other_words.meaning import near_in_meaning, probable_translations
from search.find.present import present
from search.find.query_language import has_filters, without_filters
from search.find.retrieve import POOL, Retrieved, lacks_unwanted, resolve_speakers, retrieve
from search.matching.similarity import days_apart
from search.model import Match, MatchKind, Query, Quote, Result, Utterance
from search.storage.analysed_quotes import AnalysedQuote
from search.storage.quote_filter import QuoteFilter
from search.storage.store import Store
from search.text.analysis import AnalysedText, analyse

MOST_MEMBERS: Final = 1_000  # quotes that are shown because another quote of their utterance was found
SAME_OCCASION_DAYS: Final = 14  # so long papers go on quoting pieces of what was said


def find(store: Store, query: Query, *, as_typed: bool = False) -> Result:
    """Return the utterances that answer `query`, sure ones first, each with all its versions and quotes.

    Where nothing sure is there, what else the archive has of it: `search.find.alternatives`. The query of the answer is
    then the one that it answers, with names of speakers as the archive has them. `as_typed`: the words are a quotation
    that is to be checked, so that a quotation within it does not stand for it, and what differs is told from it whatever
    spelling found it. `took_ms` is wall time in milliseconds. Raises StoreUnavailable when the store cannot be read.
    """
    started = time.perf_counter()
    with store.caught_up_moment():
        return _found(store, query, started, as_typed=as_typed)


def _found(store: Store, typed: Query, started: float, *, as_typed: bool) -> Result:
    query, misspelt = known_speakers(store, typed)
    notes = [*store.notices(), *misspelt]
    if not query.text:
        return _listed(store, query, notes, started)
    answer = _answer(store, query)
    utterances, compared = answer.utterances, query.text
    if not any(utterance.sure for utterance in utterances):
        for alternative in alternatives(store, query, in_marks=not as_typed):
            others = [one for one in find_utterances(store, alternative.query) if alternative.is_answered_by(one)]
            if others:
                found_so = {one.id for one in others}
                utterances = alternative.shown(others) + [one for one in utterances if one.id not in found_so]
                compared = query.text if as_typed else alternative.query.text
                notes.append(alternative.note(others))
                break
    if not utterances and (named := named_instead(store, query)):
        listed, note = named
        # "plan outlet:courier" names nobody whom the Courier quotes: there is nothing to list, so nothing is said of a list.
        if (found := listing(store, listed, query_filter(store, listed))).quotes:
            return present_listing(store, listed, found, [*notes, note], started=started)
    notes += speaker_note(store, query) if utterances else ()
    unfiltered = 0
    if not utterances and has_filters(query):
        unfiltered = sum(len(utterance.quotes) for utterance in find_utterances(store, without_filters(query)))
    nearest = () if query.offset else nearest_in_words(store, query, answer.left, utterances)
    return present(
        store,
        query,
        utterances,
        notes,
        compared=compared,
        unfiltered_quotes=unfiltered,
        nearest=nearest,
        started=started,
    )


def _listed(store: Store, query: Query, notes: Sequence[str], started: float) -> Result:
    return present_listing(store, query, listing(store, query, query_filter(store, query)), notes, started=started)


def find_utterances(store: Store, query: Query, among: QuoteFilter | None = None) -> list[Utterance]:
    """Return all utterances that answer `query`, in their order, without what differs.

    `among` is a filter that the query cannot say itself; as the query's own it is applied once the utterances are whole.
    """
    return _answer(store, query, among).utterances


def found_hits(store: Store, query: Query) -> dict[int, Hit]:
    """Return all quotes that answer `query`, by number, in the order in which their utterances and versions are shown."""
    hits, utterances, _ = _answer(store, query)
    number_of = {hit.quote.id: number for number, hit in hits.items()}
    shown: dict[int, Hit] = {}
    for utterance in utterances:
        for version in (*utterance.versions, *utterance.also):
            for quote in version.quotes:
                number = number_of[quote.id]
                shown[number] = replace(hits[number], quote=quote, match=version.match)
    return shown


class _Answer(NamedTuple):
    """The quotes that answer a query, by number, the utterances that they make, in their order, and the candidates left."""

    hits: Mapping[int, Hit]
    utterances: list[Utterance]
    left: Retrieved


def _answer(store: Store, query: Query, among: QuoteFilter | None = None) -> _Answer:
    own_filter = query_filter(store, query)
    if among is not None:
        own_filter = among if own_filter is None else own_filter & among
    retrieved = retrieve(store, query, own_filter, POOL)
    hits = classify_candidates(store, query, retrieved)
    is_whole = bool(query.text) and not query.exact
    if is_whole:
        hits |= kindred_quotes(store, query, hits)
        hits |= near_in_meaning(store, query, hits)
        hits |= probable_translations(store, query, hits)
    utterance_of = store.utterances_of(hits)
    if is_whole:
        hits, utterance_of = complete_utterances(store, query, hits, utterance_of)
    names = {number: hit.quote.id for number, hit in hits.items()} if is_whole else {}
    # Before the filters, which must not change who is in the majority.
    hits = flag_conflicts(hits, utterance_of)
    hits = filter_hits(store, hits, own_filter)
    if query.without:  # which the candidates lack, and what their utterances brought along may have
        lacks = lacks_unwanted(query)
        hits = {number: hit for number, hit in hits.items() if lacks(analyse(hit.quote.text))}
    placed = group_hits(hits, utterance_of, _utterance_ids(store, {utterance_of[n] for n in hits}, utterance_of, names))
    # Without words the order is that of the list, newest first.
    ordered = ordered_utterances(placed) if query.text else [one.utterance for one in placed]
    left = [one for one in retrieved.quotes if one.number not in utterance_of]
    ordered = ordered if query.sort is None else sorted_by_day(ordered, query.sort)
    return _Answer(hits, ordered, retrieved._replace(quotes=left))


def _utterance_ids(
    store: Store, utterances: set[int], utterance_of: Mapping[int, int], quote_ids: Mapping[int, str]
) -> dict[int, str]:
    """What utterances are called by: the ids of their first quotes; `quote_ids` are known ids, of whole utterances alone."""
    first: dict[int, int] = {}
    for number, utterance in utterance_of.items():
        first[utterance] = min(number, first.get(utterance, number))
    known = {one: quote_ids[first[one]] for one in utterances if first[one] in quote_ids}
    return known | store.utterance_ids(utterances - known.keys())


def classify_candidates(store: Store, query: Query, candidates: Retrieved) -> dict[int, Hit]:
    """Return those of the candidates that answer the query, by quote number, in their order."""
    answers = (
        _classified(query, candidates)
        if query.text
        else dict.fromkeys((one.number for one in candidates.quotes), LISTED)
    )
    quotes = resolve_speakers(store, store.quotes(answers))
    # What was taken out meanwhile is no answer.
    hits = {number: Hit(quotes[number], *answer) for number, answer in answers.items() if number in quotes}
    hits = _without_common_phrases(hits)
    # A quote around a nested one that is found itself says the same thing once more, in the same place.
    around = {hit.quote.parent for hit in hits.values() if hit.quote.parent}
    return {n: hit for n, hit in hits.items() if hit.quote.id not in around or hit.tier == Tier.SAME_WORDS}


def _without_common_phrases(hits: Mapping[int, Hit]) -> dict[int, Hit]:
    """Leave out the phrases contained in what was typed that anybody may say, unless a sure answer vouches for them."""
    sure = [hit.quote for hit in hits.values() if hit.match.sure]
    speakers = {quote.speaker for quote in sure} - {None}
    days = {quote.published for quote in sure} - {None}

    def is_vouched_for(quote: Quote) -> bool:
        near = (days_apart(quote.published, day) for day in days)
        return quote.speaker in speakers or any(apart is not None and apart <= SAME_OCCASION_DAYS for apart in near)

    return {
        number: hit
        for number, hit in hits.items()
        if hit.tier != Tier.CONTAINED
        or hit.match.sure
        or is_vouched_for(hit.quote)
        or analyse(hit.quote.text).weight >= COMMON_PHRASE_NATS
    }


def _classified(query: Query, retrieved: Retrieved) -> dict[int, Classified]:
    asked, candidates = analyse(query.text), retrieved.quotes
    by_words: dict[str, Classified | None] = {}  # wire copies have one wording in many places
    for candidate in candidates:
        if candidate.text not in by_words:
            by_words[candidate.text] = classify(asked, candidate, exact=query.exact)
    sure_documents = {
        candidate.document_id
        for candidate in candidates
        if (answer := by_words[candidate.text]) is not None and answer.match.sure
    }
    answers: dict[int, Classified] = {}
    for candidate in candidates:
        answer, likelihood = by_words[candidate.text], retrieved.likelihoods.get(candidate.number, 0.0)
        if answer is None and not query.exact:
            # Next to a sure answer every quote has the words around it, which therefore do not count.
            around = () if candidate.document_id in sure_documents else _around(candidate)
            match = possible_match(asked, candidate, around, beside_sure=bool(sure_documents), likelihood=likelihood)
            answer = Classified(match, Tier.POSSIBLE, match.reason == LIKELY_REASON) if match is not None else None
        elif answer is not None and likelihood >= MAY_BE_LIKELY:
            answer = answer._replace(likely=True)
        if answer is not None:
            answers[candidate.number] = answer._replace(likelihood=likelihood)
    return answers


def _around(candidate: AnalysedQuote) -> Iterator[str]:
    """The telling stems next to a candidate, unpacked when they are looked at: of most that is never."""
    yield from candidate.around


def complete_utterances(
    store: Store, query: Query, hits: Mapping[int, Hit], utterance_of: Mapping[int, int]
) -> tuple[dict[int, Hit], dict[int, int]]:
    """Return the hits with the other quotes of their utterances, and the utterance of each quote number."""
    groups = {utterance_of[number] for number in hits}
    others = {number: group for number, group in store.quotes_of_utterances(groups).items() if number not in hits}
    members = resolve_speakers(store, store.quotes(list(others)[:MOST_MEMBERS], default_filter(query)))
    asked = analyse(query.text)
    matches: dict[str, Classified] = {}
    for quote in members.values():
        if quote.text not in matches:
            matches[quote.text] = _as_member(asked, quote.text)
    completed = {number: Hit(quote, *matches[quote.text]) for number, quote in members.items()}
    return {**hits, **completed}, {**utterance_of, **others}


def _as_member(asked: AnalysedText, text: str) -> Classified:
    """How a quote answers that is in by its utterance: by its words, where the index did not give it; else as "also"."""
    own = classify(asked, AnalysedQuote(0, text, analyse(text).stems, ""))
    if own is not None and own.match.sure:
        return own
    return Classified(Match(MatchKind.REWORDED, 0.0, reason=ALSO_REASON), Tier.ALSO)


def filter_hits(store: Store, hits: dict[int, Hit], own_filter: QuoteFilter | None) -> dict[int, Hit]:
    """Return the hits that pass the query's own filter; None is no filter."""
    if own_filter is None:
        return hits
    passed = store.passing(hits, own_filter)
    return {number: hit for number, hit in hits.items() if number in passed}
