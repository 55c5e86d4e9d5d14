"""Parse names of people, and say whether two of them can be one person's.

The one place for it: what joins names across documents, what weighs two speakers in a verdict, and what a filter means by
a name all ask here, with the same titles (`search/data/names.toml`). None of the rules guesses between two people.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Sequence
from importlib import resources
from typing import Final, NamedTuple

from search.text.folding import fold

_LONGEST_NAME: Final = 200  # code points that are looked at: what is longer is no name
_POSSESSIVE: Final = re.compile(r"['’]s\b")
_WORD: Final = re.compile(r"\w+")
_ROLE_FOR: Final = re.compile(r"\b([a-z]+) (?:for|of|to) \w")
_DOUBLED: Final = re.compile(r"(.)\1+")


class PersonName(NamedTuple):
    """A name taken apart. `words` are all its words, folded; `core` those that are no title or suffix (all, if none)."""

    words: tuple[str, ...]
    core: tuple[str, ...]

    @property
    def last_word(self) -> str:
        """The word that the name is looked up by: the last one of its core; empty for a name without words."""
        return self.core[-1] if self.core else ""


class _NameWords(NamedTuple):
    titles: frozenset[str]
    suffixes: frozenset[str]
    bodies: frozenset[str]
    nobodies: frozenset[str]


@functools.cache
def _name_words() -> _NameWords:
    data = (resources.files("search") / "data" / "names.toml").read_text(encoding="utf-8")
    lists = tomllib.loads(data)
    folded = {kind: frozenset(fold(word) for words in some.values() for word in words) for kind, some in lists.items()}
    return _NameWords(**folded)


@functools.lru_cache(maxsize=20_000)  # names are parsed again and again while they are joined
def parse_name(name: str) -> PersonName:
    """Return a name as it is printed, taken apart; what stands behind a comma is no part of its core."""
    known = _name_words()
    before_comma = _words(name.partition(",")[0])
    core = tuple(word for word in before_comma if word not in known.titles and word not in known.suffixes)
    return PersonName(_words(name), core or before_comma)


def _words(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_POSSESSIVE.sub("", fold(name[:_LONGEST_NAME]))))


def last_word(name: str) -> str:
    """Return the word that a name is looked up by: its surname, as far as can be told."""
    return parse_name(name).last_word


def fits(short: Sequence[str], full: Sequence[str]) -> bool:
    """Return whether a shorter name can be the fuller one, both given by their cores.

    The last word is the same, and the others of the shorter are words or initials of the fuller.
    """
    if not short or not full or short[-1] != full[-1] or len(short) > len(full):
        return False
    rest = list(full[:-1])
    for word in short[:-1]:
        match = next((w for w in rest if spelling(w) == spelling(word) or (len(word) == 1 and w[0] == word)), None)
        if match is None:
            return False
        rest.remove(match)
    return True


@functools.lru_cache(maxsize=20_000)
def names_nobody(name: str) -> bool:
    """Return whether a speaker is a pronoun, a role or a common noun: "he", "the minister", "Officials", "a spokesman for Lind".

    Somebody is meant, but not said whom: such a speaker can neither be nor not be another.
    """
    known = _name_words()
    words = parse_name(name).words
    if all(word in known.nobodies or word in known.titles for word in words):
        return True
    if name == name.lower() != name.upper():
        return True  # no name in a script that has capitals
    # "a spokesman for Marta Lind" is another than she; who it is, is not said.
    role = _ROLE_FOR.search(name)
    return role is not None and (fold(role[1]) in known.nobodies or fold(role[1]) in known.titles)


def names_agree(left: str | None, right: str | None) -> bool | None:
    """Return whether two names are one person's; None when one is not known or names nobody, or only the last name is the same.

    "Lind", "J. Lind" and "Jane Lind" agree, as do "Xi" and "Xi Jinping"; "Jane Lind" and "Bo Lind" may be one another's
    sister or a mistake, and "Bill" may be "William" or his brother: that is not known.
    """
    if not left or not right or names_nobody(left) or names_nobody(right):
        return None
    ours, theirs = parse_name(left).core, parse_name(right).core
    if not ours or not theirs:
        return None
    if fits(ours, theirs) or fits(theirs, ours) or set(ours) <= set(theirs) or set(theirs) <= set(ours):
        return True
    return False if spelling(ours[-1]) != spelling(theirs[-1]) else None


def has_all_words(name: str, wanted: str) -> bool:
    """Return whether all words of `wanted` stand in a name, in any order: "zarif" and "zarif javad" name Javad Zarif."""
    words = parse_name(wanted).words
    return bool(words) and set(words) <= set(parse_name(name).words)


def can_be_surname(name: str) -> bool:
    """Return whether a name of one word can be a person's surname: "the police" and "spokesman" are nobody's."""
    word = name.rpartition(" ")[2]
    return word[:1] != word[:1].lower() and fold(word) not in _name_words().bodies


def folded_name(name: str) -> str:
    """Return the words of a name, folded, one space between them: equal for two ways to print one name."""
    return " ".join(parse_name(name).words)


def spelling(word: str) -> str:
    """Return a folded word without what transliterations differ in: Muhammad and Mohammad, Hussein and Hossein, Qassem."""
    word = word.replace("ou", "o").replace("oo", "o").replace("ee", "i").replace("u", "o").replace("y", "i")
    return _DOUBLED.sub(r"\1", word)
