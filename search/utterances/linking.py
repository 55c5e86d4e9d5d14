"""Which two versions are one utterance: the pairwise step of entity resolution (docs/versions.md, "Groups").

A record is a version: what quotes with the same folded words and the same speaker share, so that wire copies are one
record however many outlets print them. A new record is compared with the few that the term index ranks highest for its
words (blocking); a link says that two are surely versions of one utterance by their words and speakers. What the days
and places of print say besides, and which links make an utterance, is for `search.utterances.clustering`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import LCSseq

from search.matching.similarity import similarity, similarity_bound
from search.model import digest
from search.names.person_name import names_agree
from search.ranking.candidates import candidates
from search.term_index import TermReader
from search.text.analysis import AnalysedText, analyse
from search.text.folding import fold
from search.utterances.publications import weeks_apart

SAME_WORDS_SCORE: Final = 1.0  # of a pair with the same words that say enough to be one utterance whoever says them
MAX_OTHER_WORDS_SCORE: Final = 0.999  # of a pair with other words, so that it is told from the former
# Probability from which a pair is linked: a little above an even chance (log odds .10). A link alone joins nothing: for
# that the clusters ask for JOIN_LOG_ODDS, once the days and places of print have been weighed.
LINK_PROBABILITY: Final = 0.525
# Nats. What says less ("yes", "a disaster") is a version for each occasion, hangs on an utterance and never joins two.
BRIDGING_NATS: Final = 18.0
# Nats. What says less and is said by two people is a stock phrase ("enough is enough"), not one utterance.
STOCK_PHRASE_NATS: Final = 30.0
# With which a new one is compared: 1.8 ms of CPU (p50) for an arriving quote among 100,000 (docs/versions.md).
COMPARED_RECORDS: Final = 16
CONTAINED_SHARE: Final = 0.95  # of the shorter's words, in order, from which it was cut out of the longer


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """A version as it is linked and clustered: the words that some quotes share.

    id        the store's own number of it
    occasion  when it was said, as far as its words say little (`search.utterances.publications.occasion`); else empty
    nats      the information in its words
    reported  whether they are a reporter's words for what was said, without marks
    """

    id: int
    text: AnalysedText
    speaker: str | None
    occasion: str
    nats: float
    reported: bool = False


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
    fresh: VersionRecord,
    *,
    reader: TermReader,
    records: Callable[[Sequence[int]], Sequence[VersionRecord | None]],
    beside: Sequence[VersionRecord] = (),
    compared: int = COMPARED_RECORDS,
) -> list[Link]:
    """Return the links of a new record to those that the index knows already, and to those `beside` it.

    `records` gives the record of each quote number, None for a number that is gone. The index may hold the new record
    itself already. At most `compared` others are looked at, those beside it among them.
    """
    others = {other.id: other for other in beside}
    # Several quotes may print one version, so that more quotes are asked for than records are wanted.
    ranked = [candidate.number for candidate in candidates(reader, fresh.text, limit=6 * compared)]
    for start in range(0, len(ranked), 2 * compared):
        for other in records(ranked[start : start + 2 * compared]):
            if other is not None and other.id != fresh.id and len(others) < compared:
                others.setdefault(other.id, other)
        if len(others) >= compared:
            break
    links = (link_between(fresh, other) for other in others.values())
    return sorted(link for link in links if link is not None)


def link_between(one: VersionRecord, other: VersionRecord) -> Link | None:
    """Return the link between two records; None when they are not surely one utterance."""
    same_speaker = names_agree(one.speaker, other.speaker)
    # A word or two that anybody may say are one utterance only when one person is known to have said both.
    least = min(one.nats, other.nats)
    if same_speaker is not True and least < (STOCK_PHRASE_NATS if same_speaker is False else BRIDGING_NATS):
        return None
    if one.occasion and other.occasion and weeks_apart(one.occasion, other.occasion) > 1:
        return None
    left, right = min(one.id, other.id), max(one.id, other.id)
    same_length = len(one.text.stems) == len(other.text.stems)
    if least >= BRIDGING_NATS and same_length and one.text.keys == other.text.keys:
        return Link(left, right, SAME_WORDS_SCORE, True)
    score = min(MAX_OTHER_WORDS_SCORE, round(_probability(one, other, same_speaker), 6))
    if score < LINK_PROBABILITY:
        return None
    contained = _contains(one.text.all_stems, other.text.all_stems)
    # Two reporters who tell the same have many words in common whatever was said.
    return None if one.reported and other.reported and not contained else Link(left, right, score, contained)


def _probability(one: VersionRecord, other: VersionRecord, same_speaker: bool | None) -> float:
    """Return how likely two records are one utterance; 0 as soon as it is known that they cannot be linked."""
    plain = one.text.is_plain and other.text.is_plain
    # The bound needs no alignment, and settles most pairs.
    if plain and similarity_bound(one.text, other.text, same_speaker=same_speaker) < LINK_PROBABILITY:
        return 0.0
    return similarity(one.text, other.text, same_speaker=same_speaker)


def _contains(left: Sequence[str], right: Sequence[str]) -> bool:
    """Return whether nearly all words of one side stand in the other, in order."""
    return LCSseq.similarity(left, right) >= CONTAINED_SHARE * min(len(left), len(right))
