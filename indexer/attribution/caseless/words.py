"""Words of Arabic and Persian news: their tokens, their lists, and a spelling in which two ways to write a letter are one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from indexer.word_lists import word_list

_MOST_SUBJECT: Final = 9  # words of a subject with its office
_SIGNS: Final = "\u064b-\u065f\u0670"  # of vowels, which are no letters to a pattern: "بيّن" would be two words
_LETTERS: Final = f"(?:[^\\W_]|[{_SIGNS}])+"
WORD_WITH_JOINERS: Final = re.compile(f"{_LETTERS}(?:[\u200c’'-]{_LETTERS})*[\u200c]?")
_TOKEN = re.compile(f'{_LETTERS}(?:[\u200c-]{_LETTERS})*|[،,؛;:()«»"“”.]')
CLAUSE_BREAKS: Final = frozenset("،,؛;:.()")
_MARKS: Final = frozenset('«»"“”')
_FOLDED = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ؤ": "و", "\u200c": None, "ـ": None}
)
NAME_PARTICLES: Final = frozenset(("بن", "ابن", "ابو", "ابی", "ال", "عبد", "فان", "دی", "بنت", "ام"))


@lru_cache(20_000)
def fold_letters(word: str) -> str:
    """Return a word in small letters of one spelling: Persian ی and ک for Arabic ي and ك, no vowel signs."""
    return re.sub(f"[{_SIGNS}]", "", word).translate(_FOLDED)


def folded_list(words: Iterable[str]) -> frozenset[str]:
    """Return words in that spelling."""
    return frozenset(map(fold_letters, words))


PERSIAN: Final = {
    "cues": folded_list(word_list("caseless_cues", "fa")),
    "plain_verbs": folded_list(word_list("caseless_plain_verbs", "fa")),
    "cue_nouns": folded_list(word_list("caseless_cue_nouns", "fa")),
    "light_verbs": folded_list(word_list("caseless_light_verbs", "fa")),
    "pronouns": folded_list(word_list("caseless_pronouns", "fa")),
    "demonstratives": folded_list(word_list("caseless_demonstratives", "fa")),
    "roles": folded_list(word_list("caseless_roles", "fa")),
    "honorifics": folded_list(word_list("caseless_honorifics", "fa")),
    "stops": folded_list(word_list("caseless_stops", "fa")),
    "no_names": folded_list(word_list("caseless_no_names", "fa")),
    "first_names": folded_list(word_list("caseless_first_names", "fa")),
    "documents": folded_list(word_list("caseless_documents", "fa")),
    "media": folded_list(word_list("caseless_media", "fa")),
}
ARABIC: Final = {
    "cues": folded_list(word_list("caseless_cues", "ar")),
    "participles": folded_list(word_list("caseless_participles", "ar")),
    "according": folded_list(word_list("caseless_according", "ar")),
    "documents": folded_list(word_list("caseless_documents", "ar")),
    "stands_written": folded_list(word_list("caseless_stands_written", "ar")),
    "pronouns": folded_list(word_list("caseless_pronouns", "ar")),
    "roles": folded_list(word_list("caseless_roles", "ar")),
    "honorifics": folded_list(word_list("caseless_honorifics", "ar")),
    "stops": folded_list(word_list("caseless_stops", "ar")),
    "bodies": folded_list(word_list("caseless_bodies", "ar")),
    "unnamed": folded_list(word_list("caseless_unnamed", "ar")),
}
PERSIAN_FUNCTION_WORDS: Final = frozenset(("است", "را", "که", "این", "برای", "شد", "کرد"))


@dataclass(frozen=True, slots=True)
class Subject:
    """Who speaks, as the clause prints it: a name or an office's holder, or "" for who spoke last.

    office  what a named person is called beside the name, or a phrase that is nothing but an office: "minister"; else ""
    """

    text: str
    cue: str
    is_name: bool = True
    office: str = ""


def clause_tokens(clause: str) -> list[str]:
    """Return the words and marks of a clause, without quotation marks."""
    return [token for token in _TOKEN.findall(clause) if token not in _MARKS]


def subject_run(tokens: Sequence[str], lists: Mapping[str, frozenset[str]]) -> list[str]:
    """Return the words up to a comma, a preposition or whatever else ends a subject."""
    return list(until_stop(tokens, lists["stops"]))[:_MOST_SUBJECT]


def until_stop(tokens: Sequence[str], stops: frozenset[str]) -> Iterator[str]:
    """Yield the words up to one of `stops`, a mark or a number."""
    for token in tokens:
        if token in CLAUSE_BREAKS or fold_letters(token) in stops or token.isdigit():
            return
        yield token
