"""Which versions make one utterance: the clusters of the graph whose edges are links (docs/versions.md, "Groups").

Clusters are computed from a connected part of the graph alone, without regard to the order in which things came: built
at once or bit by bit, the same links give the same utterances.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from search.utterances.linking import BRIDGING_NATS, DATED_NATS, VERBATIM_SCORE, Link
from search.utterances.publications import (
    SAME_DAY_LOG_ODDS,
    Publication,
    Saying,
    copublication_penalty,
    elapsed_log_odds,
)

# Nats. A piece that says less, and less than PHRASE_SHARE of what it stands in, is said again on other occasions ("let's
# sit down and work this out"); who prints more of the words, or the same, means the same occasion.
PHRASE_NATS: Final = 32.0
PHRASE_SHARE: Final = 0.6
LEAST_LOG_ODDS: Final = (
    0.1  # of a link, its days weighed: a weaker one is none, so that it tells nothing against either
)
MAX_LOG_ODDS: Final = 5.0  # of one link: a surer one (.993) says no more about a cluster
# Two clusters are joined when the mean evidence of all pairs across them (log odds; a pair without a link counts 0) is
# at least JOIN_LOG_ODDS, and JOIN_LOG_ODDS_PER_DOUBLING more for each doubling of the smaller: two clusters that have
# both grown without a link between most of their members are two sentences of one kind. On the 57,532
# quotes of `wmt22` that has a B-cubed F of .948; half of the pairs across linked had .940 (docs/versions.md).
JOIN_LOG_ODDS: Final = 0.45
JOIN_LOG_ODDS_PER_DOUBLING: Final = 1.1
# The same for two clusters of versions that say less than BRIDGING_NATS: few words are alike by chance.
BRIEF_JOIN_LOG_ODDS: Final = 1.2
# Log odds of a link from which a version that was cut out of another hangs on it, however many other pieces of that
# are there already: two pieces of one speech share no word.
PIECE_LOG_ODDS: Final = 1.5
_ROUNDING: Final = 1e-9  # sums of the same numbers in another order differ by less


def connected_component(
    start: Iterable[int], links_of: Callable[[Collection[int]], Iterable[Link]]
) -> tuple[set[int], set[Link]]:
    """Return all versions that can come into one utterance with some, and the links between them.

    `links_of` gives all links of some versions. Only links that could join two versions by themselves are followed: the
    mean over the pairs across two clusters is never above the best of them, so weaker ones join nothing that these do
    not connect.
    """
    least = JOIN_LOG_ODDS - SAME_DAY_LOG_ODDS
    reached = set(start)
    edges: set[Link] = set()
    frontier: set[int] = set(reached)
    while frontier:
        fresh = set(links_of(frontier))
        edges |= fresh
        strong = {node for edge in fresh if log_odds(edge) >= least for node in (edge.left, edge.right)}
        frontier = strong - reached
        reached |= frontier
    return reached, {edge for edge in edges if edge.left in reached and edge.right in reached}


def partition(
    nats: Mapping[int, float],
    links: Iterable[Link],
    *,
    publications: Mapping[int, Collection[Publication]] | None = None,
    names: Mapping[int, str] | None = None,
    together: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> tuple[tuple[int, ...], ...]:
    """Return the utterances that some versions make: each version in exactly one, ids in order.

    Best links first, two clusters are joined when the pairs across them are well linked on the whole, and no paper
    prints both as two things. A version that says little is no bridge: it hangs on the cluster it is linked with best.

    nats          the information in each version
    links         all links between them
    publications  where and when they were printed
    names         their fingerprints, which settle which of two equally good links comes first: without them their ids
                  do, which depend on the order in which the versions came
    together, apart   what a person has decided, which wins
    """
    called = names if names is not None else {node: f"{node:020}" for node in nats}
    weighed = [_weighed(link, publications or {}, nats) for link in set(links)]
    edges = [edge for edge in weighed if edge is not None]
    edges.sort(key=lambda edge: (-edge.evidence, -edge.score, sorted((called[edge.left], called[edge.right]))))
    clusters = _Clusters(nats, edges, apart)
    for left, right in sorted(together):
        clusters.force(left, right)
    brief = {node for node, amount in nats.items() if amount < BRIDGING_NATS}
    for edge in edges:
        if edge.left not in brief and edge.right not in brief:
            clusters.join(edge.left, edge.right, -math.inf if edge.certain else JOIN_LOG_ODDS)
    for edge in edges:
        if edge.contained and edge.evidence >= PIECE_LOG_ODDS and edge.left not in brief and edge.right not in brief:
            small, large = sorted((edge.left, edge.right), key=lambda node: (nats[node], called[node]))
            clusters.hang(small, large, edge.evidence)
    # What says little goes to what says more, before others that say as little.
    for edge in edges:
        if edge.evidence >= JOIN_LOG_ODDS and (edge.left in brief) != (edge.right in brief):
            small, large = (edge.left, edge.right) if edge.left in brief else (edge.right, edge.left)
            clusters.hang(small, large, edge.evidence)
    for edge in edges:
        if edge.left in brief and edge.right in brief:
            clusters.join(edge.left, edge.right, BRIEF_JOIN_LOG_ODDS)
    return clusters.result()


def log_odds(link: Link) -> float:
    """Return the score of a link as log odds; infinite for the same words."""
    return math.log(link.score / (1 - link.score)) if link.score < 1 else math.inf


class _Edge(NamedTuple):
    """A link as the days and places of print leave it: log odds for, and against, one utterance.

    `certain`: the same stretch of words, which needs no weighing.
    """

    left: int
    right: int
    score: float
    contained: bool
    certain: bool
    evidence: float
    against: float


def _weighed(
    link: Link, publications: Mapping[int, Collection[Publication]], nats: Mapping[int, float]
) -> _Edge | None:
    """Return a link with its days and places weighed; None when these leave nothing of it."""
    ours, theirs = publications.get(link.left, ()), publications.get(link.right, ())
    saying = _saying(*sorted((nats[link.left], nats[link.right])))
    verbatim = link.score == VERBATIM_SCORE
    elapsed = 0.0
    if saying == Saying.DATED or not verbatim:
        elapsed = elapsed_log_odds(ours, theirs, contained=link.contained, saying=saying)
    evidence = min(MAX_LOG_ODDS, min(MAX_LOG_ODDS, log_odds(link)) + elapsed)
    against = 0.0 if link.contained else copublication_penalty(ours, theirs)
    if log_odds(link) + max(0.0, elapsed) < LEAST_LOG_ODDS:
        return None
    certain = verbatim and elapsed >= 0.0
    return _Edge(link.left, link.right, link.score, link.contained, certain, max(0.0, evidence), against)


def _saying(shorter: float, longer: float) -> Saying:
    """Return how much two versions of so many nats say, as far as days are concerned."""
    if shorter < BRIDGING_NATS:
        return Saying.BRIEF
    if shorter < DATED_NATS:
        return Saying.DATED
    return Saying.PHRASE if shorter < PHRASE_NATS and shorter < PHRASE_SHARE * longer else Saying.DISTINCT


class _Clusters:
    """Clusters that are being merged, with the sums of the evidence for and against between each two of them."""

    def __init__(self, nodes: Iterable[int], edges: Sequence[_Edge], apart: Iterable[tuple[int, int]]) -> None:
        self._of = {node: node for node in nodes}
        self._members = {node: [node] for node in self._of}
        self._across: dict[int, dict[int, tuple[float, float]]] = {node: {} for node in self._of}
        self._apart: dict[int, set[int]] = {node: set() for node in self._of}
        for edge in edges:
            self._across[edge.left][edge.right] = self._across[edge.right][edge.left] = edge.evidence, edge.against
        for left, right in apart:
            if left in self._of and right in self._of:
                self._apart[left].add(right)
                self._apart[right].add(left)

    def join(self, left: int, right: int, least: float) -> None:
        """Join the clusters of two versions, if the mean evidence across them is at least `least`."""
        one, other = self._of[left], self._of[right]
        if one == other or other in self._apart[one]:
            return
        ours, theirs = len(self._members[one]), len(self._members[other])
        pro, contra = self._across[one].get(other, (0.0, 0.0))
        needed = least + JOIN_LOG_ODDS_PER_DOUBLING * math.log2(min(ours, theirs))
        if pro / (ours * theirs) - contra >= needed - _ROUNDING:
            self._merge(one, other)

    def hang(self, small: int, large: int, evidence: float) -> None:
        """Put a version that says little, when it is alone still, into the cluster of the one it is linked with."""
        one, other = self._of[small], self._of[large]
        if len(self._members[one]) > 1 or other in self._apart[one]:
            return
        if evidence - self._across[one][other][1] >= JOIN_LOG_ODDS:
            self._merge(one, other)

    def force(self, left: int, right: int) -> None:
        """Join what a person has put together."""
        if left in self._of and right in self._of and self._of[left] != self._of[right]:
            self._merge(self._of[left], self._of[right])

    def result(self) -> tuple[tuple[int, ...], ...]:
        """Return the clusters, each in order, and in order."""
        return tuple(sorted(tuple(sorted(members)) for members in self._members.values()))

    def _merge(self, one: int, other: int) -> None:
        # The smaller into the larger, so that a node moves at most log2(n) times.
        if len(self._members[one]) < len(self._members[other]):
            one, other = other, one
        for node in self._members[other]:
            self._of[node] = one
        self._members[one].extend(self._members.pop(other))
        for cluster, (pro, contra) in self._across.pop(other).items():
            del self._across[cluster][other]
            if cluster != one:
                known = self._across[one].get(cluster, (0.0, 0.0))
                self._across[one][cluster] = self._across[cluster][one] = known[0] + pro, known[1] + contra
        for cluster in self._apart.pop(other):
            self._apart[cluster].discard(other)
            self._apart[cluster].add(one)
            self._apart[one].add(cluster)
