"""Version groups: which wordings are one utterance. Kept as a graph of links; the groups are a function of it.

A node is a *wording*: what quotes with the same folded words and the same speaker share, so that wire copies are one
node however many outlets print them. A link says that two wordings are surely versions of one another. Groups are
computed from a connected part of the graph alone, without regard to the order in which things came: built at once or
bit by bit, the same links give the same groups.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from rapidfuzz.distance import LCSseq

from search.matching.similarity import alike, all_stems, bag, likeness, most_alike, plain, speakers_agree, words_of
from search.model import digest
from search.ranking.candidates import candidates
from search.term_index import TermReader
from search.text.information import information
from search.text.tokens import fold, key, stems_of
from search.utterances.publications import Printing, against, later, weeks_apart

SAME_WORDS: Final = (
    1.0  # the score of a pair with the same words, and enough of them to be one utterance whoever says it
)
CLOSEST: Final = 0.999  # the highest score of a pair with other words
LINKED: Final = 0.525  # the score of a pair from which it is linked
HANGING: Final = 18.0  # nats: a wording that says less than this hangs on a group and never joins two
LITTLE: Final = 24.0  # nats: what says less is in other words only what it is within some days
STOCK: Final = 30.0  # nats: what says less and is said by two people is a stock phrase, not one utterance
CHECKED: Final = 16  # wordings that an arriving one is compared with
CERTAIN: Final = 5.0  # log odds: more says no more about a group
PART: Final = 0.95  # the share of the shorter's words, in order, from which it is a part of the longer
# Two groups are joined when the mean evidence of all pairs across them (log odds; a pair without a link counts 0) is at
# least JOINED, and STEEPER for each doubling of the smaller: two groups that have both grown without a link between
# most of their members are two sentences of one kind.
JOINED: Final = 0.45
STEEPER: Final = 1.1
BRIEF: Final = 1.2  # the mean evidence (log odds) from which a wording that says little joins others that do
_ROUNDING: Final = 1e-9  # sums of the same numbers in another order differ by less


@dataclass(frozen=True, slots=True)
class Wording:
    """A node: the words that some quotes share. `id` is the store's own; for `occasion` see `search.utterances.publications`.

    `stems` and `weight` (nats) are what `all_stems` and `weight` say of the text, kept so that it is read once.
    `reported`: they are a reporter's words for what was said, without marks.
    """

    id: int
    text: str
    speaker: str | None
    occasion: str
    stems: Sequence[str]
    weight: float
    reported: bool = False


def wording(id_: int, text: str, speaker: str | None = None, occasion: str = "") -> Wording:
    """The wording of a text that has not been read yet."""
    return Wording(id_, text, speaker, occasion, all_stems(text), weight(text))


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Two wordings, `left` < `right`, that are surely versions of one another by their words and speakers.

    `score` is 0 to 1; `part` says that the shorter was cut out of the longer and has no word of its own.
    """

    left: int
    right: int
    score: float
    part: bool = False


def fingerprint(text: str, speaker: str | None, occasion: str = "") -> str:
    """The name of the wording that a quote belongs to: the same folded words by the same speaker.

    Where the words say little, only on the same `occasion` (`search.utterances.publications.occasion`).
    """
    return digest(key(text), " ".join(fold(speaker or "").split()), occasion)


def weight(text: str) -> float:
    """How much a text says, in nats, what stands in brackets left out."""
    if plain(text):
        return sum(map(information, stems_of(text)))
    return sum(information(word.stem) for word in words_of(text) if not word.bracketed)


def links_for(
    fresh: Wording,
    *,
    reader: TermReader,
    wordings: Callable[[Sequence[int]], Sequence[Wording | None]],
    beside: Sequence[Wording] = (),
    checked: int = CHECKED,
) -> list[Link]:
    """The links of a wording that is new, to those that the index knows already, and to those `beside` it.

    `wordings` gives the wording of each quote number (None for a number that is gone). The index may hold the wording
    itself already.
    """
    found = {other.id: other for other in beside}
    ranked = [one.number for one in candidates(reader, fresh.text, limit=6 * checked)]
    for start in range(0, len(ranked), 2 * checked):
        for other in wordings(ranked[start : start + 2 * checked]):
            if other is not None and other.id != fresh.id and len(found) < checked:
                found.setdefault(other.id, other)
        if len(found) >= checked:
            break
    links = (link(fresh, other) for other in found.values())
    return sorted(made for made in links if made is not None)


def link(one: Wording, other: Wording) -> Link | None:
    """The link between two wordings, or None when they are not surely one utterance."""
    same = speakers_agree(one.speaker, other.speaker)
    # A word or two that anybody may say are one utterance only when one person is known to have said both.
    least = min(one.weight, other.weight)
    if same is not True and least < (STOCK if same is False else HANGING):
        return None
    if one.occasion and other.occasion and weeks_apart(one.occasion, other.occasion) > 1:
        return None
    left, right = min(one.id, other.id), max(one.id, other.id)
    if least >= HANGING and list(one.stems) == list(other.stems) and key(one.text) == key(other.text):
        return Link(left, right, SAME_WORDS, True)
    score = min(CLOSEST, round(_likeness(one, other, same), 6))
    if score < LINKED:
        return None
    part = _contains(one.stems, other.stems)
    # Two reporters who tell the same have many words in common whatever was said.
    return None if one.reported and other.reported and not part else Link(left, right, score, part)


def _likeness(one: Wording, other: Wording, same_speaker: bool | None) -> float:
    """How likely it is that two wordings are one utterance; 0 as soon as it is known that they cannot be linked."""
    if plain(one.text) and plain(other.text):
        if most_alike(bag(tuple(one.stems)), other.stems, same_speaker) < LINKED:
            return 0.0
        # The two in one order, so that the direction cannot change the score.
        one, other = (one, other) if one.text <= other.text else (other, one)
        return alike(one.stems, other.stems, same_speaker=same_speaker)
    return likeness(one.text, other.text, same_speaker=same_speaker)


def _contains(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether all words of one side stand in the other, in order."""
    return LCSseq.similarity(left, right) >= PART * min(len(left), len(right))


def component(
    start: Iterable[int], links_of: Callable[[Collection[int]], Iterable[Link]]
) -> tuple[set[int], set[Link]]:
    """All wordings that can come into one group with some, and the links between them.

    `links_of` gives all links of wordings. Only links that could join two wordings by themselves are followed: the mean
    over the pairs across two groups is never above the best of them, so weaker ones join nothing that these do not
    connect.
    """
    reached = set(start)
    edges: set[Link] = set()
    frontier: set[int] = set(reached)
    while frontier:
        fresh = set(links_of(frontier))
        edges |= fresh
        frontier = {node for edge in fresh if log_odds(edge) >= JOINED for node in (edge.left, edge.right)} - reached
        reached |= frontier
    return reached, {edge for edge in edges if edge.left in reached and edge.right in reached}


def partition(
    weights: Mapping[int, float],
    links: Iterable[Link],
    *,
    printings: Mapping[int, Collection[Printing]] | None = None,
    names: Mapping[int, str] | None = None,
    together: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> tuple[tuple[int, ...], ...]:
    """The groups of some wordings, given how much each says (nats), all links between them, and where they stand.

    Best links first, two groups are joined when the pairs across them are well linked on the whole, and no paper prints
    both as two things. A wording that says little is no bridge: it hangs on the group that it is linked with best.
    `together` and `apart` are what a person has decided, and win. `names`, the fingerprints of the wordings, settle
    which of two equally good links comes first: without them their ids do, which depend on the order in which the
    wordings came.
    """
    called = names if names is not None else {node: f"{node:020}" for node in weights}
    edges = [_weighed(link, printings or {}, weights) for link in set(links)]
    edges.sort(key=lambda edge: (-edge.evidence, -edge.score, sorted((called[edge.left], called[edge.right]))))
    groups = _Groups(weights, edges, apart)
    for left, right in sorted(together):
        groups.force(left, right)
    light = {node for node, nats in weights.items() if nats < HANGING}
    for edge in edges:
        if edge.left not in light and edge.right not in light:
            groups.join(edge.left, edge.right, -math.inf if edge.score == SAME_WORDS else JOINED)
    # What says little goes to what says more, before others that say as little.
    for edge in edges:
        if edge.evidence >= JOINED and (edge.left in light) != (edge.right in light):
            small, large = (edge.left, edge.right) if edge.left in light else (edge.right, edge.left)
            groups.hang(small, large, edge.evidence)
    for edge in edges:
        if edge.left in light and edge.right in light:
            groups.join(edge.left, edge.right, BRIEF)
    return groups.result()


def log_odds(link: Link) -> float:
    """The score of a link as log odds."""
    return math.log(link.score / (1 - link.score)) if link.score < 1 else math.inf


class _Edge(NamedTuple):
    """A link as the days and places of print leave it."""

    left: int
    right: int
    score: float
    evidence: float
    against: float


def _weighed(link: Link, printings: Mapping[int, Collection[Printing]], weights: Mapping[int, float]) -> _Edge:
    ours, theirs = printings.get(link.left, ()), printings.get(link.right, ())
    nats = min(weights[link.left], weights[link.right])
    days = (
        0.0
        if link.score == SAME_WORDS
        else later(ours, theirs, part=link.part, little=nats < LITTLE, least=nats < HANGING)
    )
    evidence = max(0.0, min(CERTAIN, log_odds(link)) - days)
    return _Edge(link.left, link.right, link.score, evidence, 0.0 if link.part else against(ours, theirs))


class _Groups:
    """Groups that are being merged, with the sums of the evidence for and against between each two of them."""

    def __init__(self, weights: Mapping[int, float], edges: Sequence[_Edge], apart: Iterable[tuple[int, int]]) -> None:
        self._of = {node: node for node in weights}
        self._members = {node: [node] for node in weights}
        self._across: dict[int, dict[int, tuple[float, float]]] = {node: {} for node in weights}
        self._apart: dict[int, set[int]] = {node: set() for node in weights}
        for edge in edges:
            self._across[edge.left][edge.right] = self._across[edge.right][edge.left] = edge.evidence, edge.against
        for left, right in apart:
            if left in self._of and right in self._of:
                self._apart[left].add(right)
                self._apart[right].add(left)

    def join(self, left: int, right: int, least: float) -> None:
        """Join the groups of two wordings, if the pairs across them are well enough linked."""
        one, other = self._of[left], self._of[right]
        if one == other or other in self._apart[one]:
            return
        ours, theirs = len(self._members[one]), len(self._members[other])
        pro, contra = self._across[one].get(other, (0.0, 0.0))
        needed = least + STEEPER * math.log2(min(ours, theirs))
        if pro / (ours * theirs) - contra >= needed - _ROUNDING:
            self._merge(one, other)

    def hang(self, small: int, large: int, evidence: float) -> None:
        """Put a wording of little weight, when it is alone still, into the group of the one it is linked with."""
        one, other = self._of[small], self._of[large]
        if len(self._members[one]) > 1 or other in self._apart[one]:
            return
        if evidence - self._across[one][other][1] >= JOINED:
            self._merge(one, other)

    def force(self, left: int, right: int) -> None:
        """What a person has put together."""
        if left in self._of and right in self._of and self._of[left] != self._of[right]:
            self._merge(self._of[left], self._of[right])

    def _merge(self, one: int, other: int) -> None:
        if len(self._members[one]) < len(self._members[other]):
            one, other = other, one
        for node in self._members[other]:
            self._of[node] = one
        self._members[one].extend(self._members.pop(other))
        for group, (pro, contra) in self._across.pop(other).items():
            del self._across[group][other]
            if group != one:
                known = self._across[one].get(group, (0.0, 0.0))
                self._across[one][group] = self._across[group][one] = known[0] + pro, known[1] + contra
        for group in self._apart.pop(other):
            self._apart[group].discard(other)
            self._apart[group].add(one)
            self._apart[one].add(group)

    def result(self) -> tuple[tuple[int, ...], ...]:
        return tuple(sorted(tuple(sorted(members)) for members in self._members.values()))
