"""Who is meant by what somebody has typed: names that go on as it begins, and names that it misspells ("Barak Obama")."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.names.person_name import parse_name, words_within
from search.names.speaker_table import SpeakerRow
from search.text.folding import fold

SUGGESTED: Final = 8  # names: a browser shows no more
_LONGEST_TYPED: Final = 100  # characters: no name is longer
_FEWEST_LETTERS: Final = 4  # of a word that may be misspelt: shorter ones have a neighbour for every letter
_TWO_EDITS_LETTERS: Final = 7  # from which two edits leave most of the word as it is
_MOST_WORDS: Final = 5  # of what is typed: a longer text is no name
_LONGEST_WORD: Final = 40  # letters


@dataclass(frozen=True, slots=True)
class SuggestedName:
    """A name, and the field of a query that asks for it; `quotes` is None for an outlet, whose quotes nobody has counted."""

    field: str
    name: str
    quotes: int | None

    @property
    def query(self) -> str:
        """Return the name as a filter in the query language: `speaker:"Ann Lee"`."""
        return f'{self.field}:"{self.name}"'


class NameBeginnings:
    """The names of speakers and outlets, folded once: of 30,000 names, those that fit are found in some 5 ms."""

    def __init__(self, speakers: Iterable[SpeakerRow], outlets: Iterable[str]) -> None:
        names = [SuggestedName("speaker", row.name, row.quotes) for row in speakers]
        names += [SuggestedName("outlet", name, None) for name in outlets]
        # A mark inside a name would end the filter that asks for it.
        self._rows = [(f" {_folded(each.name)}", each) for each in names if '"' not in each.name]

    def going_on(self, typed: str) -> list[SuggestedName]:
        """Return the names in which some word, with those after it, begins as `typed`; at most `SUGGESTED`."""
        beginning = _folded(typed[:_LONGEST_TYPED])
        if not beginning:
            return []
        fitting = (suggestion for words, suggestion in self._rows if f" {beginning}" in words)
        return [suggestion for suggestion, _ in zip(fitting, range(SUGGESTED), strict=False)]


def _folded(name: str) -> str:
    return " ".join(fold(word) for word in name.split())


def may_be_meant(typed: str, names: tuple[str, ...]) -> bool:
    """Return whether `names_meant` may find a speaker who has some of these names, before anybody has told who is who.

    It says yes too often, but to tell who is who takes a hundred times as long, and most of what is typed is nobody's name.
    """
    words = _typed_words(typed)
    if not words:
        return False
    having = _names_having(names)
    near = _near_words(words, having.keys())
    return bool(set.intersection(*({name for word in alike for name in having[word]} for alike in near)))


@functools.lru_cache(maxsize=2)  # of one archive, and of what it was before quotes came
def _names_having(names: tuple[str, ...]) -> Mapping[str, Sequence[int]]:
    """The places of the names that have each word."""
    having: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        for word in words_within(name):
            having.setdefault(word, []).append(place)
    return having


def names_meant(typed: str, speakers: Iterable[SpeakerRow]) -> tuple[str, ...]:
    """Return the speakers whose name differs from a typed one by the fewest edits, most quoted first.

    Each word that is typed, titles apart, has its word in the name, in the same order and with the same first letter, and the surname is
    among them; letters put in, left out, exchanged or swapped count as edits (Damerau 1964): one in a word of four to six
    letters, two in a longer one. None where a name has all the words as they are typed: it is not misspelt.
    """
    words = _typed_words(typed)
    if not words:
        return ()
    rows = [(row, parse_name(name).core) for row in speakers for name in (row.name, *row.names)]
    near = _near_words(words, {word for _, names in rows for word in names})
    best: dict[str, tuple[int, int]] = {}
    for row, names in rows:
        edits = _edits(words, names, near)
        if edits is not None:
            best[row.name] = min(best.get(row.name, (edits, 0)), (edits, -row.quotes))
    fewest = min((edits for edits, _ in best.values()), default=0)
    if fewest == 0:
        return ()
    return tuple(sorted((name for name, (edits, _) in best.items() if edits == fewest), key=lambda name: best[name]))


def _typed_words(typed: str) -> tuple[str, ...]:
    """The words of a name that was typed, without titles; none where it is too long to be one."""
    words = parse_name(typed).core
    return words if len(words) <= _MOST_WORDS and all(len(word) <= _LONGEST_WORD for word in words) else ()


def _near_words(words: Sequence[str], known: Collection[str]) -> list[Mapping[str, int]]:
    """For each word the known words that it may be, with their edits."""
    near: list[Mapping[str, int]] = []
    for word in words:
        most = 0 if len(word) < _FEWEST_LETTERS else 1 if len(word) < _TWO_EDITS_LETTERS else 2
        alike = [other for other in known if other[:1] == word[:1] and abs(len(other) - len(word)) <= most]
        matches = process.extract(word, alike, scorer=OSA.distance, score_cutoff=most, limit=None)
        near.append({other: int(distance) for other, distance, _ in matches})
    return near


def _edits(words: Sequence[str], name: Sequence[str], near: Sequence[Mapping[str, int]]) -> int | None:
    """The edits between typed words and those words of a name, its last among them, that they may be; None if they are not."""
    if not words or len(words) > len(name) or name[-1] not in near[-1]:
        return None
    fewest = None
    for others in combinations(name[:-1], len(words) - 1):
        chosen = (*others, name[-1])
        if all(other in words_near for other, words_near in zip(chosen, near, strict=True)):
            edits = sum(words_near[other] for other, words_near in zip(chosen, near, strict=True))
            fewest = edits if fewest is None else min(fewest, edits)
    return fewest
