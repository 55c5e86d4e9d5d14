"""What the subject of a reporting clause is: a name, a noun phrase, a pronoun, or none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from search.names.given_names import Gender


class SubjectKind(StrEnum):
    """How a clause names its subject."""

    NAME = "name"
    PHRASE = "phrase"  # "el ministro", "la Casa Blanca"
    PRONOUN = "pronoun"
    DROPPED = "dropped"  # the verb alone


@dataclass(frozen=True, slots=True)
class ClauseSubject:
    """The subject of a clause, words first..last; both are -1 for a dropped one.

    name      of a NAME, its words without roles; of a PHRASE, its words in the basic form where that is another
    head      of a PHRASE, its noun in small letters
    definite  whether its article says that it is known
    alone     whether a PHRASE is an article and a noun, with no complement
    cue       the word that reports, -1 while that is not known
    """

    kind: SubjectKind
    first: int
    last: int
    cue: int = -1
    name: tuple[str, ...] = ()
    head: str = ""
    definite: bool = True
    alone: bool = True
    gender: Gender = Gender.UNKNOWN
