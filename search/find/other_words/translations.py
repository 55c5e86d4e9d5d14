"""Find what an utterance probably is in other languages: an original and its translations, printed in the same days.

What nobody decided is never made one utterance across languages: the link is drawn anew whenever it is shown, from the vectors and
from what agrees. The speaker is the same, by names in whatever scripts; the days are; what survives translation does not
conflict, either way; and each is the other's nearest, so that of two sentences of one speech the right one is linked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from search.find.classify import Hit, Tier
from search.find.group import earliest, versions_from
from search.find.other_words.meaning import TRANSLATION_REASON, statement_of
from search.find.retrieve import resolve_speakers
from search.matching.names_across_scripts import may_be_one_person
from search.matching.translation_conflicts import translation_conflicts
from search.model import Match, MatchKind, Quote, Translation, Utterance
from search.storage.quote_filter import QuoteFilter
from search.storage.store import Store
from search.text.language import guess_language

LINKED_COSINE: Final = 0.5
"""The cosine from which two quotes of one speaker, in the same days, may be one in two languages (docs/semantic.md)."""
LINKED_DAYS: Final = 3  # between two printings: later the same speaker says something else about the same things
LINKED_WORDS: Final = 4  # of a quote: fewer mean too little
COMPARED_QUOTES: Final = 200  # of an utterance that are compared
MOST_CANDIDATES: Final = 12  # quotes in other languages, nearest first, whose speakers and words are looked at
TRANSLATED_UTTERANCES: Final = (
    3  # of a page of an answer, best first, that are shown with what they are in other languages
)
_NEARLY: Final = 0.02  # by which another quote may be nearer: one place more or less of the sixty-four bits in a word


def with_translations(store: Store, utterances: Sequence[Utterance]) -> list[Utterance]:
    """Return the utterances, the first sure ones with their translations; what is shown with one does not stand alone, too."""
    first = [
        replace(one, translations=translations_of(store, one)) if one.sure else one
        for one in utterances[:TRANSLATED_UTTERANCES]
    ]
    linked = {translation.utterance for one in first for translation in one.translations}
    return [one for one in (*first, *utterances[TRANSLATED_UTTERANCES:]) if one.sure or one.id not in linked]


def translations_of(store: Store, utterance: Utterance) -> tuple[Translation, ...]:
    """Return what an utterance probably is in other languages, what was printed earlier first."""
    days = sorted(quote.published[:10] for quote in utterance.quotes if quote.published)
    if not days or len(store.vectors.languages()) < 2:
        return ()
    group = store.utterances_of([store.number_of(utterance.quotes[0].id)])
    members = list(store.quotes_of_utterances(group.values()))[:COMPARED_QUOTES]
    ours = resolve_speakers(store, store.quotes(members))
    language = language_of(utterance.versions[0].quotes[0])
    window = store.findable.numbers(_around(days[0], days[-1]))
    cosines = _nearest(store, [n for n, quote in ours.items() if language_of(quote) == language], window, language)
    candidates = resolve_speakers(store, store.quotes(cosines))
    apart = store.told_apart(ours)
    linked = {
        number: quote
        for number, quote in candidates.items()
        if _agrees(ours[cosines[number][0]], quote)
        and frozenset((cosines[number][0], number)) not in apart
        and _is_nearest(store, number, ours, language, window)
    }
    return tuple(sorted(_translations(store, linked, cosines, utterance), key=lambda one: not one.is_earlier))


def language_of(quote: Quote) -> str:
    """Return the language of a quote, ISO 639-1: its document's, else that of its words."""
    return (quote.language or guess_language(quote.text)).partition("-")[0].lower()


def _around(first: str, last: str) -> QuoteFilter:
    """The quotes that were printed in the days around some others."""
    try:
        begin, end = date.fromisoformat(first), date.fromisoformat(last)
        after, before = begin - timedelta(LINKED_DAYS), end + timedelta(LINKED_DAYS + 1)
    except (ValueError, OverflowError):
        return QuoteFilter(speakers=())
    return QuoteFilter(
        published_from=after.isoformat(), published_before=before.isoformat(), scare=False, comments=False
    )


def _nearest(store: Store, ours: Sequence[int], window: Sequence[int], language: str) -> dict[int, tuple[int, float]]:
    """The quotes in other languages nearest to some, each with the one that it is nearest to and the cosine."""
    found = store.vectors.likeness(ours, window)
    if found is None or not found.ours or not found.theirs:
        return {}
    best, cosines = found.cosines.argmax(axis=0).tolist(), found.cosines.max(axis=0).tolist()
    near = [
        (cosine, number, found.ours[place])
        for number, its_language, place, cosine in zip(found.theirs, found.languages, best, cosines, strict=True)
        if cosine >= LINKED_COSINE and its_language != language
    ]
    near.sort(key=lambda one: (-one[0], one[1]))
    return {number: (own, cosine) for cosine, number, own in near[:MOST_CANDIDATES]}


def _agrees(own: Quote, other: Quote) -> bool:
    """Whether nothing but the language keeps two quotes from being one."""
    if own.speaker is None or other.speaker is None or language_of(own) == language_of(other):
        return False
    if own.speaker != other.speaker and not may_be_one_person(own.speaker, other.speaker):
        return False
    if (
        min(len(own.text.split()), len(other.text.split())) < LINKED_WORDS
        and own.text.isascii() == other.text.isascii()
    ):
        return False
    left, right = statement_of(own), statement_of(other)
    return not translation_conflicts(left, right) and not translation_conflicts(right, left)


def _is_nearest(store: Store, number: int, ours: Collection[int], language: str, window: Sequence[int]) -> bool:
    """Whether no other utterance of a language is nearer to a quote in another."""
    found = store.vectors.likeness([number], window)
    if found is None or not found.ours:
        return False
    rivals = [
        (cosine, other)
        for other, its_language, cosine in zip(found.theirs, found.languages, found.cosines[0].tolist(), strict=True)
        if its_language == language
    ]
    own = max((cosine for cosine, other in rivals if other in ours), default=0.0)
    return own + _NEARLY >= max((cosine for cosine, _ in rivals), default=0.0)


def _translations(
    store: Store, linked: Mapping[int, Quote], cosines: Mapping[int, tuple[int, float]], utterance: Utterance
) -> Iterable[Translation]:
    groups = store.utterances_of(linked)
    ids = store.utterance_ids(set(groups.values()))
    members = store.quotes_of_utterances(set(groups.values()))
    quotes = resolve_speakers(store, store.quotes(members))
    first = min(utterance.quotes, key=earliest)
    for group in dict.fromkeys(groups.values()):
        near = [number for number, its in groups.items() if its == group]
        score = max(cosines[number][1] for number in near)
        match = Match(MatchKind.REWORDED, round(score, 4), reason=TRANSLATION_REASON, translation=True)
        language = language_of(linked[near[0]])
        its_quotes = [quotes[n] for n, its in members.items() if its == group and n in quotes]
        hits = [Hit(quote, match, Tier.TRANSLATION) for quote in its_quotes if language_of(quote) == language]
        if group in ids and ids[group] != utterance.id and hits:
            versions = sorted(versions_from(hits), key=lambda version: earliest(version.quotes[0]))
            is_earlier = earliest(versions[0].quotes[0])[0] < earliest(first)[0]
            yield Translation(language, ids[group], tuple(versions), is_earlier)
