"""Define a mention: one stretch of words that may stand for who spoke."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
