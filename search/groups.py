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
from typing import Final

from search.candidates import candidates
from search.evidence import likeness, speakers_agree, words_of
from search.information import information
from search.model import digest
from search.normalise import fold, key
from search.stores import TermReader

LINKED: Final = 0.525  # the score of a pair from which it is linked
HANGING: Final = 18.0  # nats: a wording that says less than this hangs on a group and never joins two
STOCK: Final = 30.0  # nats: what says less and is said by two people is a stock phrase, not one utterance
CHECKED: Final = 16  # wordings that an arriving one is compared with
CERTAIN: Final = 5.0  # log odds: more says no more about a group
# Two groups are joined when the mean evidence of all pairs across them (log odds; a pair without a link counts 0) is at
# least JOINED, and STEEPER for each doubling of the smaller: two groups that have both grown without a link between
# most of their members are two sentences of one kind.
JOINED: Final = 0.6
STEEPER: Final = 1.2
_ROUNDING: Final = 1e-9  # sums of the same numbers in another order differ by less


@dataclass(frozen=True, slots=True)
class Wording:
    """A node: the words that some quotes share. `id` is the store's own."""

    id: int
    text: str
    speaker: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Two wordings, `left` < `right`, that are surely versions of one another. `score` is 0 to 1."""

    left: int
    right: int
    score: float


def fingerprint(text: str, speaker: str | None) -> str:
    """The name of the wording that a quote belongs to: the same folded words by the same speaker."""
    return digest(key(text), " ".join(fold(speaker or "").split()))


def weight(text: str) -> float:
    """How much a wording says, in nats."""
    return sum(information(word.stem) for word in words_of(text) if not word.bracketed)


def links_for(
    wording: Wording,
    *,
    reader: TermReader,
    wordings: Callable[[Sequence[int]], Sequence[Wording | None]],
    checked: int = CHECKED,
) -> list[Link]:
    """The links of a wording that is new, to those that the index knows already.

    `wordings` gives the wording of each quote number (None for a number that is gone). The index may hold the wording
    itself already.
    """
    found: dict[int, Wording] = {}
    ranked = candidates(reader, wording.text, limit=6 * checked)
    for other in wordings([number for number, _ in ranked]):
        if other is not None and other.id != wording.id:
            found.setdefault(other.id, other)
            if len(found) == checked:
                break
    links = (link(wording, other) for other in found.values())
    return sorted(made for made in links if made is not None)


def link(one: Wording, other: Wording) -> Link | None:
    """The link between two wordings, or None when they are not surely one utterance."""
    same = speakers_agree(one.speaker, other.speaker)
    # A word or two that anybody may say are one utterance only when one person is known to have said both.
    if same is not True and min(weight(one.text), weight(other.text)) < (STOCK if same is False else HANGING):
        return None
    score = round(likeness(one.text, other.text, same_speaker=same, least=LINKED), 6)
    return Link(min(one.id, other.id), max(one.id, other.id), score) if score >= LINKED else None


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
        frontier = {
            node for edge in fresh if evidence(edge.score) >= JOINED for node in (edge.left, edge.right)
        } - reached
        reached |= frontier
    return reached, {edge for edge in edges if edge.left in reached and edge.right in reached}


def partition(
    weights: Mapping[int, float],
    links: Iterable[Link],
    *,
    names: Mapping[int, str] | None = None,
    together: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> tuple[tuple[int, ...], ...]:
    """The groups of some wordings, given how much each says (nats) and all links between them.

    Best links first, two groups are joined when the pairs across them are well linked on the whole. A wording that
    says little is no bridge: it hangs on the group that it is linked with best. `together` and `apart` are what a
    person has decided, and win. `names`, the fingerprints of the wordings, settle which of two equally good links comes
    first: without them their ids do, which depend on the order in which the wordings came.
    """
    called = names if names is not None else {node: f"{node:020}" for node in weights}
    edges = sorted(set(links), key=lambda edge: (-edge.score, sorted((called[edge.left], called[edge.right]))))
    groups = _Groups(weights, edges, apart)
    for left, right in sorted(together):
        groups.force(left, right)
    heavy = {node for node, nats in weights.items() if nats >= HANGING}
    for edge in edges:
        if edge.left in heavy and edge.right in heavy:
            groups.join(edge.left, edge.right)
    for edge in edges:
        if edge.left not in heavy or edge.right not in heavy:
            first, second = sorted((edge.left, edge.right), key=called.__getitem__)
            if evidence(edge.score) >= JOINED:
                groups.hang(first, second, heavy)
    return groups.result()


def evidence(score: float) -> float:
    """A score as log odds, between 0 and `CERTAIN`."""
    return min(CERTAIN, max(0.0, math.log(score / (1 - score)))) if score < 1 else CERTAIN


class _Groups:
    """Groups that are being merged, with the sum of the evidence between each two of them."""

    def __init__(self, weights: Mapping[int, float], edges: Sequence[Link], apart: Iterable[tuple[int, int]]) -> None:
        self._of = {node: node for node in weights}
        self._members = {node: [node] for node in weights}
        self._across: dict[int, dict[int, float]] = {node: {} for node in weights}
        self._apart: dict[int, set[int]] = {node: set() for node in weights}
        for edge in edges:
            self._across[edge.left][edge.right] = self._across[edge.right][edge.left] = evidence(edge.score)
        for left, right in apart:
            if left in self._of and right in self._of:
                self._apart[left].add(right)
                self._apart[right].add(left)

    def join(self, left: int, right: int) -> None:
        """Join the groups of two wordings, if the pairs across them are well enough linked."""
        one, other = self._of[left], self._of[right]
        if one == other or other in self._apart[one]:
            return
        ours, theirs = len(self._members[one]), len(self._members[other])
        mean = self._across[one].get(other, 0.0) / (ours * theirs)
        if mean >= JOINED + STEEPER * math.log2(min(ours, theirs)) - _ROUNDING:
            self._merge(one, other)

    def hang(self, left: int, right: int, heavy: Collection[int]) -> None:
        """Put a wording of little weight, when it is alone still, into the group of the one it is linked with."""
        for small, large in ((left, right), (right, left)):
            one, other = self._of[small], self._of[large]
            free = small not in heavy and len(self._members[one]) == 1 and other not in self._apart[one]
            if one == other or not free:
                continue
            self._merge(one, other)
            return

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
        for group, total in self._across.pop(other).items():
            del self._across[group][other]
            if group != one:
                self._across[one][group] = self._across[group][one] = self._across[one].get(group, 0.0) + total
        for group in self._apart.pop(other):
            self._apart[group].discard(other)
            self._apart[group].add(one)
            self._apart[one].add(group)

    def result(self) -> tuple[tuple[int, ...], ...]:
        return tuple(sorted(tuple(sorted(members)) for members in self._members.values()))
