"""The filters of a query as a condition over the archive's quotes."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.model import Query
from search.storage.store import Store
from search.text.tokens import fold, key


@dataclass(frozen=True, slots=True)
class Condition:
    """An SQL condition over the table of quotes, with its values."""

    sql: str
    values: tuple[object, ...] = ()

    def __and__(self, other: Condition) -> Condition:
        return Condition(f"({self.sql}) AND ({other.sql})", self.values + other.values)


def default(query: Query) -> Condition:
    """What every quote must meet whose like the query does not ask for: no scare quotes, no reported speech."""
    parts = []
    if not query.scare:
        parts.append("scare = 0")
    if not query.indirect and "indirect" not in query.kind:
        parts.append("kind != 'indirect'")
    # What readers write below an article is kept for the reader's page, and nobody's utterance in an answer.
    return Condition(" AND ".join([*parts, "place != 'comment'"]))


def asked(query: Query, store: Store) -> Condition | None:
    """What the query's own filters demand of a quote; None if it has none."""
    parts: list[Condition] = []
    for column, wanted, sign in (
        ("speaker", query.speaker, ""),
        ("outlet", query.outlet, ""),
        ("speaker", query.not_speaker, "NOT "),
        ("outlet", query.not_outlet, "NOT "),
    ):
        if wanted:
            names = _names(store, column, wanted)
            # A quote without a speaker is not by the speaker who is left out.
            parts.append(Condition(f"coalesce({column} {sign}IN ({_marks(names)}), {1 if sign else 0})", tuple(names)))
    if query.language:
        codes = tuple(code[:2].lower() for code in query.language)
        parts.append(Condition(f"substr(language, 1, 2) IN ({_marks(codes)})", codes))
    if query.kind:
        parts.append(Condition(f"kind IN ({_marks(query.kind)})", query.kind))
    if query.after:
        parts.append(Condition("published >= ?", (query.after,)))
    if query.before:
        parts.append(Condition("published < ?", (query.before,)))
    return functools.reduce(Condition.__and__, parts) if parts else None


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _names(store: Store, column: str, wanted: Sequence[str]) -> list[str]:
    """The values of a column that a person may mean; of speakers, with all their other names."""
    known = store.archive.distinct(column)
    if column == "speaker":
        speakers = store.speakers()
        return list(dict.fromkeys(name for one in wanted for name in speakers.meant(one, known)))
    return [name for name in known if any(named(name, one) for one in wanted)]


def named(name: str, wanted: str) -> bool:
    """Whether all words of `wanted` stand in `name`, in any order: "zarif" and "zarif javad" name Javad Zarif."""
    words = set(_words(name))
    asked = _words(wanted)
    return bool(asked) and all(word in words for word in asked)


def holds(text: str, words: Iterable[str]) -> bool:
    """Whether a text has any of some words, or rows of words, whatever their marks, case and spacing."""
    padded = f" {key(text)} "
    return any(f" {found} " in padded for found in map(_asked, words) if found)


_asked = functools.lru_cache(maxsize=64)(key)


def may_hold(text: str, words: Sequence[str]) -> bool:
    """Whether a text may have all of some folded words: says yes too often, but costs next to nothing."""
    folded = text.casefold() if text.isascii() else fold(text)
    return all(word in folded for word in words)


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", fold(name))
