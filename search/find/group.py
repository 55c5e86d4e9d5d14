"""Quotes that answer a query, put together as versions and utterances.

Quotes that print the same words are one version; versions of one utterance group (`search.utterances`) are one utterance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from search.find.hit import Hit
from search.model import Match, Quote, Utterance, Version
from search.text.analysis import analyse

NO_DATE = "9"  # sorts behind every ISO date


def group_utterances(
    hits: Mapping[int, Hit], utterance_of: Mapping[int, int], ids: Mapping[int, str]
) -> list[Utterance]:
    """Return the utterances of some hits, in the order in which their first hits come.

    `hits` are given by quote number, `utterance_of` is the utterance group of each number, `ids` the name of each group.
    """
    grouped: dict[int, list[Hit]] = {}
    for number, hit in hits.items():
        grouped.setdefault(utterance_of[number], []).append(hit)
    return [utterance_from(ids.get(group), versions_from(members)) for group, members in grouped.items()]


def versions_from(hits: Iterable[Hit]) -> list[Version]:
    """Return the versions of some hits: best match first, then earliest known first."""
    same_words: dict[str, list[Hit]] = {}
    # Wire copies print one text to the letter, so that its words are read once.
    read: dict[str, str] = {}
    for hit in hits:
        text = hit.quote.text
        if text not in read:
            read[text] = printed_words(text)
        same_words.setdefault(read[text], []).append(hit)
    versions = [version_from(members) for members in same_words.values()]
    return sorted(versions, key=lambda version: (not version.sure, -version.match.score, earliest(version.quotes[0])))


def version_from(hits: Sequence[Hit]) -> Version:
    """Return one version out of hits that print the same words; it has the best of their matches."""
    quotes = sorted((hit.quote for hit in hits), key=earliest)
    best = max((hit.match for hit in hits), key=_strength)
    return Version(quotes[0].text, best, tuple(quotes))


def utterance_from(id_: str | None, versions: Sequence[Version]) -> Utterance:
    """Return the utterance that some versions, best first, belong to; it is named by `id_`, else by its first quote."""
    quotes = [quote for version in versions for quote in version.quotes]
    return Utterance(
        id=id_ or quotes[0].id,
        text=versions[0].text,
        match=versions[0].match,
        versions=tuple(versions),
        first_published=min((quote.published for quote in quotes if quote.published), default=None),
        outlets=_distinct(quote.outlet for quote in sorted(quotes, key=earliest)),
        speakers=_distinct(quote.speaker for quote in quotes),
    )


def printed_words(text: str) -> str:
    """Return the words by which two texts are one version: case, marks, dashes, accents and number words folded.

    What an editor put into brackets counts as such: "the general's wars" and "[the general's] wars" are two versions.
    A text without a word stands for itself.
    """
    analysed = analyse(text)
    if analysed.has_brackets:
        return " ".join(f"[{token.key}]" if token.bracketed else token.key for token in analysed.tokens) or text
    return analysed.key or text


def earliest(quote: Quote) -> tuple[str, str]:
    """Return what sorts quotes by date, those without one last."""
    return (quote.published or NO_DATE, quote.id)


def _strength(match: Match) -> tuple[bool, float]:
    return (match.kind != "reworded", match.score)


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
