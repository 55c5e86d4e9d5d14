"""Define a mention, one stretch of words that may stand for who spoke, and an entity, whom mentions stand for."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from search.names.given_names import Gender


class MentionKind(StrEnum):
    """What a mention is printed as, in the terms of coreference resolution."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Mention:
    """One possible source of a quotation.

    first..last  its items in the outline, titles and modifiers included; `core` is where the name or head noun begins
    head         the name without titles, the head noun, or the pronoun, as printed
    title        what stands before a name ("Foreign Minister"), or ""
    start..end   the printed source, code points
    """

    kind: MentionKind
    first: int
    last: int
    core: int
    head: str
    title: str
    start: int
    end: int


@dataclass(slots=True)
class Entity:
    """Somebody or some body that the document names.

    key       the folded words of `name`
    titled    a title stands at one of its names
    mentions  indexes into the document's mentions, in order
    roles     head nouns of the titles and appositions that stand at its names
    role      the fullest of them as printed ("foreign minister"); None when there is none
    place     it is named after "in" and the like alone
    names_nobody  its words show that it is no person whom "he" could mean
    """

    name: str
    key: tuple[str, ...]
    person: bool
    gender: Gender = Gender.UNKNOWN
    titled: bool = False
    mentions: list[int] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    role: str | None = None
    place: bool = False
    names_nobody: bool = False
