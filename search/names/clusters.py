"""Say who is who across documents: "Zarif", "Javad Zarif" and "Mohammad Javad Zarif" as one speaker, when names allow it.

Within a document the indexer resolves mentions; here the names that different documents give are joined by two rules
that never guess between two people: a fuller name takes in a shorter one with the same last word whose other words (or
initials) it has, and a surname alone belongs to the only full name that ends in it. What a person has decided
(`search.names.alias_file`) comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from search.names.alias_file import AliasFile
from search.names.person_name import can_be_surname, fits, folded_name, has_all_words, last_word, parse_name, spelling

RARE_NAME_SHARE: Final = 0.1
"""The share of the commonest name's quotes below which a name does not name its speaker: it has a slip of the pen in it."""


class Speakers:
    """The names in an archive, each with the speaker that it stands for.

    `names_ending` gives all names whose last word (`last_word`) is a word, with how many quotes each has: only those can
    be one person without a decision.
    """

    def __init__(self, decided: AliasFile, names_ending: Callable[[str], Mapping[str, int]]) -> None:
        self._decided = decided
        self._names_ending = names_ending
        self._looked_up: set[str] = set()
        self._speaker_of: dict[str, str] = {}
        self._names: dict[str, list[str]] = {}

    def of(self, name: str | None) -> str | None:
        """Return the speaker that a name stands for; None for None."""
        if name is None or name in self._speaker_of:
            return self._speaker_of[name] if name is not None else None
        self._look_up(last_word(name))
        return self._speaker_of.setdefault(name, name)

    def names(self, speaker: str) -> list[str]:
        """Return the names in the archive that stand for a speaker."""
        aliases = [alias for alias, name in self._decided.aliases.items() if name == speaker]
        for last in {last_word(name) for name in (speaker, *aliases)}:
            self._look_up(last)
        return self._names.get(speaker, [])

    def _look_up(self, last: str) -> None:
        """Find out who is meant by the names that end with a word."""
        if last not in self._looked_up:
            clustered = join_names(self._names_ending(last), self._decided)
            for name, speaker in clustered.items():
                self._names.setdefault(speaker, []).append(name)
            self._speaker_of |= clustered
            self._looked_up.add(last)

    def meant(self, wanted: str, names: Sequence[str]) -> list[str]:
        """Return which of all `names` belong to speakers whom `wanted` may mean: one of their names has all its words."""
        speakers = {name: self.of(name) for name in names}
        meant = {
            speaker
            for name, speaker in speakers.items()
            if has_all_words(name, wanted) or has_all_words(speaker or "", wanted)
        }
        return [name for name, speaker in speakers.items() if speaker in meant]


def join_names(counts: Mapping[str, int], decided: AliasFile) -> dict[str, str]:
    """Return each of some names with its speaker's name; the order of the names is no matter.

    `counts` says for each name how many quotes it has.
    """
    clusters = _Clusters(decided)
    for name in sorted(counts, key=lambda name: (-len(parse_name(name).core), name)):
        clusters.take(name)
    return clusters.named(counts)


class _Clusters:
    """Names by speaker while they are being joined, fullest names first."""

    def __init__(self, decided: AliasFile) -> None:
        self._decided = decided
        self._leader_of: dict[str, str] = {}
        # Full names that a person has given lead even where no document has them.
        self._given = frozenset(decided.aliases.values())
        self._leaders: list[str] = []
        self._by_first_name: dict[str, list[str]] = {}  # a first name, as it is spelled -> the leaders that have it
        for name in sorted(self._given):
            self._lead(name)

    def take(self, name: str) -> None:
        """Put a name into the cluster of the only leader that it fits, or let it lead one of its own."""
        core = parse_name(name).core
        decided = self._decided.aliases.get(folded_name(name))
        if decided is not None:
            self._leader_of[name] = decided
            return
        leaders = {
            self._leader_of.get(leader, leader)
            for leader in self._possible(core)
            if fits(core, parse_name(leader).core) and not self._told_apart(name, leader)
        }
        joins = len(leaders) == 1 and (len(core) > 1 or can_be_surname(name))
        self._leader_of[name] = leaders.pop() if joins else name
        self._lead(name)

    def _lead(self, name: str) -> None:
        """Keep a name that shorter ones may turn out to stand for."""
        self._leaders.append(name)
        for word in set(map(spelling, parse_name(name).core[:-1])):
            self._by_first_name.setdefault(word, []).append(name)

    def _possible(self, core: Sequence[str]) -> Sequence[str]:
        """The leaders that a name of this core may fit: those that have one of its first names, if it has any."""
        first = next((word for word in core[:-1] if len(word) > 1), None)
        return self._leaders if first is None else self._by_first_name.get(spelling(first), ())

    def named(self, counts: Mapping[str, int]) -> dict[str, str]:
        """Return each name with its speaker's name: the one that a person gave, else the fullest that is not a rarity.

        A name of more words that hardly anybody prints has a title or a slip of the pen in it.
        """
        members: dict[str, list[str]] = {}
        for name, leader in self._leader_of.items():
            members.setdefault(leader, []).append(name)
        chosen: dict[str, str] = {}
        for leader, names in members.items():
            most = max(counts.get(name, 0) for name in names)
            usual = [name for name in names if counts.get(name, 0) >= RARE_NAME_SHARE * most]
            fullest = min(usual, key=lambda name: (-len(parse_name(name).core), len(name), name))
            chosen[leader] = leader if leader in self._given else fullest
        return {name: chosen[leader] for name, leader in self._leader_of.items()}

    def _told_apart(self, name: str, leader: str) -> bool:
        both = {folded_name(name), folded_name(leader)}
        return len(both) > 1 and any(both <= names for names in self._decided.apart)
