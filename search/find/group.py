"""Quotes that answer a query, put together as versions and utterances.

Quotes that print the same words are one version; versions of one utterance group (`search.utterances`) are one utterance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from search.find.classify import Hit, Tier
from search.instants import in_utc
from search.model import Quote, Utterance, Version
from search.storage.indexing.quote_outline import QuoteOutline
from search.text.analysis import analyse
from search.utterances.speaker_conflicts import with_conflicts_flagged

NO_DATE: Final = "9"  # sorts behind every ISO date


class Placed(NamedTuple):
    """An utterance, the tier of the answer in which its best version puts it, and the best that is told of its quotes (`Hit`)."""

    utterance: Utterance
    tier: Tier
    likely: bool = False
    likelihood: float = 0.0


def group_hits(hits: Mapping[int, Hit], utterance_of: Mapping[int, int], ids: Mapping[int, str]) -> list[Placed]:
    """Return the utterances of some hits, in the order in which their first hits come.

    `hits` are given by quote number, `utterance_of` is the utterance of each number, `ids` the name of each utterance.
    Hits that are in by their utterance alone are kept apart, as `Utterance.also`.
    """
    grouped: dict[int, list[Hit]] = {}
    for number, hit in hits.items():
        grouped.setdefault(utterance_of[number], []).append(hit)
    placed = []
    for group, members in grouped.items():
        own = [hit for hit in members if hit.tier != Tier.ALSO]
        if own:  # a filter may have left nothing of what was found
            # A copy of words that were found belongs to their version, though the index did not give it.
            others = [hit for hit in members if hit.tier == Tier.ALSO]
            words = {printed_words(hit.quote.text) for hit in own} if others else set()
            copies = [hit for hit in others if printed_words(hit.quote.text) in words]
            own += copies
            also = versions_from(hit for hit in others if hit not in copies)
            tier = min(hit.tier for hit in own)
            utterance = utterance_from(ids.get(group), versions_from(own), also, tier.label)
            likely = any(hit.likely for hit in own)
            likelihood = max(hit.likelihood for hit in own)
            placed.append(Placed(utterance, tier, likely, likelihood))
    return placed


def flag_conflicts(hits: Mapping[int, Hit], utterance_of: Mapping[int, int]) -> dict[int, Hit]:
    """Return the hits, those flagged whose speaker is not the one that most documents of their utterance name."""
    members: dict[int, list[int]] = {}
    for number in hits:
        members.setdefault(utterance_of[number], []).append(number)
    flagged = {
        number: quote
        for numbers in members.values()
        for number, quote in zip(numbers, with_conflicts_flagged(hits[number].quote for number in numbers), strict=True)
    }
    return {
        number: hit if flagged[number] is hit.quote else replace(hit, quote=flagged[number])
        for number, hit in hits.items()
    }


def versions_from(hits: Iterable[Hit]) -> list[Version]:
    """Return the versions of some hits: sure ones first, then by tier, best match first, earliest known first."""
    same_text: dict[str, list[Hit]] = {}
    for hit in hits:
        same_text.setdefault(hit.quote.text, []).append(hit)
    if len(same_text) < 2:  # as of most utterances, whose words are not read for it
        return [version_from(members) for members in same_text.values()]
    # Wire copies print one text to the letter, so that its words are read once.
    same_words: dict[str, list[Hit]] = {}
    for text, members in same_text.items():
        same_words.setdefault(printed_words(text), []).extend(members)
    ordered = sorted(same_words.values(), key=lambda members: (_place(_best(members)), earliest(_first(members))))
    return [version_from(members) for members in ordered]


def version_from(hits: Sequence[Hit]) -> Version:
    """Return one version out of hits that print the same words; it has the best of their matches."""
    quotes = _by_day([hit.quote for hit in hits])
    return Version(quotes[0].text, _best(hits).match, tuple(quotes))


def utterance_from(
    id_: str | None, versions: Sequence[Version], also: Sequence[Version] = (), tier: str = ""
) -> Utterance:
    """Return the utterance that some versions, best first, belong to; it is named by `id_`, else by its first quote."""
    quotes = [quote for version in (*versions, *also) for quote in version.quotes]
    by_day = _by_day(quotes)
    return Utterance(
        id=id_ or quotes[0].id,
        text=versions[0].text,
        match=versions[0].match,
        versions=tuple(versions),
        also=tuple(also),
        first_published=by_day[0].published,
        outlets=_distinct(quote.outlet for quote in by_day),
        speakers=_distinct(quote.speaker for quote in quotes),
        tier=tier,
    )


def printed_words(text: str) -> str:
    """Return the words by which two texts are one version: case, marks, dashes, accents and number words folded.

    What an editor put into brackets counts as such: "the general's wars" and "[the general's] wars" are two versions.
    A text without a word stands for itself.
    """
    analysed = analyse(text, "en")  # one reading for all, so that the words do not depend on a guess of the language
    if not analysed.has_brackets:
        return analysed.key or text
    return " ".join(f"[{token.key}]" if token.bracketed else token.key for token in analysed.tokens) or text


def earliest(quote: Quote | QuoteOutline) -> tuple[str, str]:
    """Return what sorts quotes by date, those without one last."""
    return (in_utc(quote.published) or NO_DATE, quote.id)


def _by_day(quotes: list[Quote]) -> list[Quote]:
    return sorted(quotes, key=earliest) if len(quotes) > 1 else quotes  # most stand alone


def _first(hits: Sequence[Hit]) -> Quote:
    return min((hit.quote for hit in hits), key=earliest)


def _best(hits: Sequence[Hit]) -> Hit:
    return min(hits, key=_place)


def _place(hit: Hit) -> tuple[bool, Tier, float]:
    return (not hit.match.sure, hit.tier, -hit.match.score)


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
