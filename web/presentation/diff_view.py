"""How a wording differs from what was asked, as pieces that a template sets in type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from search.model import Difference, Hit, Version
from search.text.tokens import key


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text. hit: words that were asked for; beyond: more of the printed quote, at either end of it."""

    kind: Literal["hit", "beyond", "added", "removed", "between"]
    text: str


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording, and every place that prints it, earliest known first."""

    number: int
    hits: tuple[Hit, ...]

    @property
    def best(self) -> Hit:
        return self.hits[0]

    @property
    def outlets(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(hit.quote.outlet for hit in self.hits if hit.quote.outlet))


def wordings(hits: Sequence[Hit]) -> list[Wording]:
    """The hits by wording: capitals, marks and dashes make no new one. Earliest known first, numbered from 1."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(key(hit.quote.text) or hit.quote.text, []).append(hit)
    ordered = sorted((sorted(group, key=earliest) for group in groups.values()), key=lambda group: earliest(group[0]))
    return [Wording(number, tuple(group)) for number, group in enumerate(ordered, 1)]


def other_wordings(version: Version) -> list[Wording]:
    """The wordings of a version besides that of its best hit; those nearest to what was asked first."""
    best = version.hits[0]
    rest = [wording for wording in wordings(version.hits) if best not in wording.hits]
    return sorted(rest, key=lambda wording: -wording.best.match.score)


def compared(hit: Hit) -> list[Piece]:
    """The words of a hit, cut where they differ; whole, where there is nothing to compare or all of it differs."""
    if hit.match.kind in ("reworded", "different") or not hit.match.differences:
        return [Piece("between", hit.quote.text)]
    return pieces(hit.quote.text, hit.match.differences)


def earliest(hit: Hit) -> tuple[bool, str]:
    """Orders hits by date, those without one last. A day stands before the instants in it, as text does."""
    return hit.quote.published is None, hit.quote.published or ""


def pieces(text: str, differences: Sequence[Difference]) -> list[Piece]:
    """The printed text in order, cut where it differs; what it lacks stands where it would have stood.

    The `quote` sides of the differences occur in `text` in this order; what stands between them (marks, dashes) is
    kept. Words before the first and after the last one that was asked for are `beyond`: nothing was changed there.
    """
    located = list(_located(text, differences))
    core = [number for number, (step, _, _) in enumerate(located) if step.kind != "added"]
    found: list[Piece] = []
    cursor = 0
    for number, (step, start, end) in enumerate(located):
        if step.query and step.kind in ("removed", "changed"):
            found.append(Piece("removed", step.query.strip()))
        if step.kind == "removed":
            continue
        if start > cursor:
            found.append(Piece("between", text[cursor:start]))
        outside = not core or number < core[0] or number > core[-1]
        kind: Literal["hit", "beyond", "added"] = (
            "hit" if step.kind == "same" else "beyond" if step.kind == "added" and outside else "added"
        )
        found.append(Piece(kind, text[start:end]))
        cursor = max(cursor, end)
    if cursor < len(text):
        found.append(Piece("between", text[cursor:]))
    return list(_spaced(found))


def _spaced(found: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces with a space around those that are not part of the printed text, where there is none."""
    last, last_kind = "", ""
    for piece in found:
        if last and "removed" in (piece.kind, last_kind) and not last[-1].isspace() and not piece.text[:1].isspace():
            yield Piece("between", " ")
        yield piece
        last, last_kind = piece.text, piece.kind


def _located(text: str, differences: Sequence[Difference]) -> Iterator[tuple[Difference, int, int]]:
    """Each difference with the place of its `quote` side in `text`; looked for forwards only, so in linear time."""
    cursor = 0
    for step in differences:
        start = text.find(step.quote, cursor) if step.quote else cursor
        if start < 0:
            # The comparison may put words in another form than they are printed in; then nothing here is their place.
            yield step, cursor, cursor
            continue
        cursor = start + len(step.quote)
        yield step, start, cursor
