"""The filters of a query as a condition over the archive's quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.model import Query
from search.normalise import fold, key
from search.store import Store


@dataclass(frozen=True, slots=True)
class Condition:
    """An SQL condition over the table of quotes, with its values; `explicit` if a person asked for part of it."""

    sql: str
    values: tuple[object, ...]
    explicit: bool


def condition(query: Query, store: Store) -> Condition:
    """What a quote must meet to be an answer, whatever its words."""
    parts: list[tuple[str, Sequence[object]]] = []
    for column, wanted, sign in (
        ("speaker", query.speaker, ""),
        ("outlet", query.outlet, ""),
        ("speaker", query.not_speaker, "NOT "),
        ("outlet", query.not_outlet, "NOT "),
    ):
        if wanted:
            names = _names(store, column, wanted)
            marks = ",".join("?" * len(names))
            # A quote without a speaker is not by the speaker who is left out.
            parts.append((f"coalesce({column} {sign}IN ({marks}), {1 if sign else 0})", names))
    if query.language:
        marks = ",".join("?" * len(query.language))
        parts.append((f"substr(language, 1, 2) IN ({marks})", [code[:2].lower() for code in query.language]))
    if query.kind:
        parts.append((f"kind IN ({','.join('?' * len(query.kind))})", query.kind))
    if query.after:
        parts.append(("published >= ?", [query.after]))
    if query.before:
        parts.append(("published < ?", [query.before]))
    explicit = bool(parts)
    if not query.scare:
        parts.append(("scare = 0", []))
    if not query.indirect and "indirect" not in query.kind:
        parts.append(("kind != 'indirect'", []))
    # What readers write below an article is kept for the reader's page, and nobody's utterance in an answer.
    parts.append(("place != 'comment'", []))
    return Condition(
        " AND ".join(sql for sql, _ in parts), tuple(value for _, values in parts for value in values), explicit
    )


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


def holds(text_key: str, words: Iterable[str]) -> bool:
    """Whether a normalised text holds any of the words."""
    padded = f" {text_key} "
    return any(f" {found} " in padded for found in map(key, words) if found)


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", fold(name))
