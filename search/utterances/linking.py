"""Which two versions are one utterance: the pairwise step of entity resolution (docs/versions.md, "Groups").

A record is a version: what quotes with the same folded words and the same speaker share, so that wire copies are one
record however many outlets print them. A new record is compared with the few that the term index ranks highest for its
words (blocking); a link says that two are surely versions of one utterance by their words and speakers. What the days
and places of print say besides, and which links make an utterance, is for `search.utterances.clustering`.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import eq
from types import MappingProxyType
from typing import Final

from rapidfuzz.distance import LCSseq

from search.matching.many_bounds import most_log_odds
from search.matching.similarity import (
    ComparisonVector,
    NumberAgreement,
    comparison_vector,
    in_one_language,
    match_probability,
    most_in_common,
    speaker_log_odds,
)
from search.matching.thresholds import SAME_SPEAKER
from search.model import digest
from search.names.agreement import names_agree
from search.ranking.candidates import nearest_quotes
from search.term_index import TermReader
from search.text.analysis import AnalysedText, analyse
from search.text.folding import fold
from search.text.language import DEFAULT_LANGUAGE
from search.utterances.publications import Publication, occasion, week_of, weeks_apart

VERBATIM_SCORE: Final = 1.0  # of the same words, or of VERBATIM_NATS under two names: one utterance
SAME_SPEAKER_VERBATIM_SCORE: Final = 0.8  # at least, of VERBATIM_NATS by one speaker or nobody known
MAX_OTHER_WORDS_SCORE: Final = 0.999  # of a pair with other words, so that it is told from the former
# Probability from which a pair is linked (log odds -.90): what the same day can still make one utterance
# (`publications.SAME_DAY_LOG_ODDS`). A link alone joins nothing: for that the clusters ask for JOIN_LOG_ODDS, once the
# days and places of print have been weighed.
LINK_PROBABILITY: Final = 0.29
_LINK_LOG_ODDS: Final = math.log(LINK_PROBABILITY / (1 - LINK_PROBABILITY))
# Nats. What says less ("yes", "a disaster") is a version for each occasion, hangs on an utterance and never joins two.
BRIDGING_NATS: Final = 18.0
# Nats. What says less is of the news of its days alone: in the same words it is said again on another occasion.
DATED_NATS: Final = 24.0
# Nats. What says less and is said by two people is a stock phrase ("enough is enough"), not one utterance.
STOCK_PHRASE_NATS: Final = 30.0
# Nats in one unbroken stretch: so much is never said twice alike, so that one of two names that stand for it is wrong.
VERBATIM_NATS: Final = 60.0
# The same for a piece that has hardly a word besides; then the names say nothing, and all else is weighed as ever.
VERBATIM_PIECE_NATS: Final = 40.0
VERBATIM_PIECE_SHARE: Final = 0.85  # of the piece's information that the stretch has to be
_KNOWN_PAIRS: Final = 100_000  # of speakers' names, of which it is remembered whether they are one person's
# With which a new one is compared: 1.8 ms of CPU (p50) for an arriving quote among 100,000 (docs/versions.md).
COMPARED_RECORDS: Final = 16
CONTAINED_SHARE: Final = 0.95  # of the shorter's words, in order, from which it was cut out of the longer
CONTAINED_SHARE_OF_WORDS: Final = 0.9  # the same where these have CONTAINED_SHARE of its information, and it is
PIECE_SHARE_OF_LONGER: Final = 0.7  # no more than this share of the longer: else it is an edit of the whole
PHRASE_WEEKS: Final = (
    5  # between two occasions, from which the same words are another utterance (`publications.PHRASE_DAYS`)
)
_NOWHERE: Final = Publication()


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """A version as it is linked and clustered: the words that some quotes share.

    id        the store's own number of it
    occasion  when it was said, as far as its words say little (`search.utterances.publications.occasion`); else empty
    nats      the information in its words
    reported  whether they are a reporter's words for what was said, without marks
    first     where its first quote is printed
    """

    id: int
    text: AnalysedText
    speaker: str | None
    occasion: str
    nats: float
    reported: bool = False
    first: Publication = _NOWHERE


def version_record(id_: int, text: str, speaker: str | None = None, occasion: str = "") -> VersionRecord:
    """Return the record of a text that has not been analysed yet."""
    analysed = analyse(text)
    return VersionRecord(id_, analysed, speaker, occasion, analysed.weight)


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Two versions, `left` < `right` by id, that are surely one utterance by their words and speakers.

    score      0 to 1: the probability that they are
    contained  whether the shorter was cut out of the longer and has no word of its own
    """

    left: int
    right: int
    score: float
    contained: bool = False


def fingerprint(text: str, speaker: str | None, occasion: str = "") -> str:
    """Return the name of the version that a quote belongs to: 16 hexadecimal digits.

    It is the same for the same folded words by the same speaker, on the same occasion where that is given.
    """
    return digest(analyse(text).key, " ".join(fold(speaker or "").split()), occasion)


def find_links(
    fresh: Sequence[VersionRecord],
    *,
    reader: TermReader,
    versions: Callable[[Collection[int]], Mapping[int, int]],
    records: Callable[[Sequence[int]], Sequence[VersionRecord | None]],
    beside: Mapping[int, Sequence[VersionRecord]] = MappingProxyType({}),
    compared: int = COMPARED_RECORDS,
) -> list[list[Link]]:
    """Return the links of each new record, in their order, to those that the index knows already, and to those `beside` it, by its id.

    `versions` gives the version of each quote number that has one, and `records` the record of it, both for all new records
    at once: that a version was met already is known before a word of it is read. The index may hold the new records
    themselves already. At most `compared` others are looked at for each, those beside it among them.
    """
    # Several quotes may print one version, so that more quotes are asked for than records are wanted.
    ranked = nearest_quotes(reader, [one.text for one in fresh], 6 * compared)
    version_of = versions({number for numbers in ranked for number in numbers})
    near = [{other.id: other for other in beside.get(one.id, ())} for one in fresh]
    chosen: list[list[int]] = []
    for one, others, numbers in zip(fresh, near, ranked, strict=True):
        first: dict[int, int] = {}
        for number in numbers:
            version = version_of.get(number, one.id)
            if version != one.id and version not in others:
                first.setdefault(version, number)
        chosen.append(list(first.values())[: max(0, compared - len(others))])
    wanted = sorted({number for numbers in chosen for number in numbers})
    read = dict(zip(wanted, records(wanted), strict=True))
    met = [
        [*others.values(), *(record for number in numbers if (record := read[number]) is not None)]
        for others, numbers in zip(near, chosen, strict=True)
    ]
    return [
        sorted(link for other, most in promising if (link := link_between(one, other, most)) is not None)
        for one, promising in zip(fresh, _promising(fresh, met), strict=True)
    ]


def _promising(
    fresh: Sequence[VersionRecord], met: Sequence[Sequence[VersionRecord]]
) -> list[list[tuple[VersionRecord, float]]]:
    """Return of those that each new record was met with the ones that are linked with it if one person said both, or more.

    Each with the log odds that the words of the two have at the most.
    """
    texts: dict[int, AnalysedText] = {id(record.text): record.text for records in (fresh, *met) for record in records}
    place = {key: number for number, key in enumerate(texts)}
    pairs = [
        (place[id(one.text)], place[id(other.text)]) for one, others in zip(fresh, met, strict=True) for other in others
    ]
    bounds = iter(most_log_odds(list(texts.values()), pairs).tolist())
    least = _LINK_LOG_ODDS - SAME_SPEAKER
    # What is written with accents and without has the same words, and other stems.
    return [
        [
            (other, most)
            for other in others
            if (most := next(bounds)) >= least or _may_be_same_words(one.text, other.text)
        ]
        for one, others in zip(fresh, met, strict=True)
    ]


def link_between(one: VersionRecord, other: VersionRecord, most: float = math.inf) -> Link | None:
    """Return the link between two records; None when they cannot be one utterance.

    `most`: the log odds that their words have at the most (`most_log_odds`), where that is known.
    """
    same_speaker = _same_speaker(one.speaker, other.speaker)
    # A word or two that anybody may say are one utterance only when one person is known to have said both.
    least = min(one.nats, other.nats)
    if same_speaker is not True and least < (STOCK_PHRASE_NATS if same_speaker is False else BRIDGING_NATS):
        return None
    if same_speaker is not True and least < DATED_NATS and _is_of_no_day(one, other):
        return None
    if one.occasion and other.occasion and weeks_apart(one.occasion, other.occasion) > occasion_reach(least):
        return None
    left, right = min(one.id, other.id), max(one.id, other.id)
    same_words = _may_be_same_words(one.text, other.text) and one.text.keys == other.text.keys
    if least >= BRIDGING_NATS and same_words:
        return Link(left, right, VERBATIM_SCORE, True)
    # "Rigged" and "rigging" are two remarks: a single word has nothing but its form.
    if not same_words and 1 in (len(one.text.stems), len(other.text.stems)):
        return None
    if most < math.inf and same_speaker is not False:
        if most + speaker_log_odds(same_speaker) < _LINK_LOG_ODDS:
            return None
    elif _is_far(one, other, same_speaker):
        return None
    vector = _vector_of(one, other)
    contained = _contains(vector, one.text.all_stems, other.text.all_stems)
    verbatim = vector.longest_run >= VERBATIM_NATS
    if verbatim and same_speaker is False:
        return Link(left, right, VERBATIM_SCORE, contained)
    if same_speaker is False and vector.longest_run >= max(VERBATIM_PIECE_NATS, VERBATIM_PIECE_SHARE * vector.shorter):
        same_speaker = None
    score = min(MAX_OTHER_WORDS_SCORE, round(match_probability(vector, same_speaker=same_speaker), 6))
    # One person may say a long formula twice, with other numbers or without: the days and places of print decide.
    if verbatim and vector.numbers == NumberAgreement.SAME:
        score = max(score, SAME_SPEAKER_VERBATIM_SCORE)
    if score < LINK_PROBABILITY:
        return None
    # Two reporters who tell the same have many words in common whatever was said.
    return None if one.reported and other.reported and not contained else Link(left, right, score, contained)


def _is_of_no_day(one: VersionRecord, other: VersionRecord) -> bool:
    """Whether somebody said one of two in another document than the other, and nobody knows when.

    Words that are of the news of their days alone are then not known to be one utterance: "quid pro quo" of a lawyer in 2014
    and of a minister and a senator without a date was one, first printed in 2014.
    """
    if not (one.speaker or other.speaker) or not (one.first.document and other.first.document):
        return False
    return one.first.document != other.first.document and not (week_of(one.first) and week_of(other.first))


def occasion_of(nats: float, publication: Publication, speaker: str | None) -> str:
    """Return the occasion that is part of the name of a version of so many nats; empty where its words are enough."""
    if nats < BRIDGING_NATS:
        return occasion(publication, speaker)
    return week_of(publication) if nats < DATED_NATS else ""


def occasion_reach(nats: float) -> int:
    """Return the most weeks between two occasions on which words of so many nats are one utterance."""
    return 1 if nats < BRIDGING_NATS else PHRASE_WEEKS


def _may_be_same_words(one: AnalysedText, other: AnalysedText) -> bool:
    """Return whether two texts may have the same keys, which takes longer to find out than their stems, kept beside them."""
    if len(one.stems) != len(other.stems):
        return False
    # What an English word is stemmed to follows from its key; the stems of others keep accents, and brackets have none.
    follows = one.language == other.language == DEFAULT_LANGUAGE and one.is_plain and other.is_plain
    return not follows or all(map(eq, one.stems, other.stems))


def _is_far(one: VersionRecord, other: VersionRecord, same_speaker: bool | None) -> bool:
    """Return whether two records have too little in common for a link in whatever order it stands.

    `one` is the one that many others are told from.
    """
    most = most_in_common(one.text, other.text)
    # Two names stand for one speaker only where much stands in both alike: else they tell against a link.
    in_brackets = not (one.text.is_plain and other.text.is_plain)
    if in_brackets and most.in_order >= VERBATIM_NATS:
        return False
    piece = max(VERBATIM_PIECE_NATS, VERBATIM_PIECE_SHARE * most.shorter)
    if same_speaker is False and most.in_order >= min(piece, VERBATIM_NATS):
        same_speaker = None
    return match_probability(most, same_speaker=same_speaker) < LINK_PROBABILITY


@functools.lru_cache(maxsize=_KNOWN_PAIRS)
def _same_speaker(one: str | None, other: str | None) -> bool | None:
    """Return what `names_agree` says: the same names meet again and again."""
    return names_agree(one, other)


def _vector_of(one: VersionRecord, other: VersionRecord) -> ComparisonVector:
    """Return what two records have in common, the same in both directions."""
    left, right = in_one_language(one.text, other.text)
    return comparison_vector(*((left, right) if left.text <= right.text else (right, left)))


def _contains(vector: ComparisonVector, left: Sequence[str], right: Sequence[str]) -> bool:
    """Return whether nearly all words of one side stand in the other, in order; a small word may be another."""
    words = LCSseq.similarity(left, right) / max(1, min(len(left), len(right)))
    return words >= CONTAINED_SHARE or (
        words >= CONTAINED_SHARE_OF_WORDS
        and vector.share_of_shorter >= CONTAINED_SHARE
        and vector.share_of_longer < PIECE_SHARE_OF_LONGER
    )
