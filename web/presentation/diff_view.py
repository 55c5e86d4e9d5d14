"""How a version differs from what was asked, as pieces that a template sets in type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from search.model import Difference, Version


@dataclass(frozen=True, slots=True)
class DiffPiece:
    """Some text. hit: words that were asked for; beyond: more of the printed quote, at either end of it."""

    kind: Literal["hit", "beyond", "added", "removed", "between"]
    text: str


def version_pieces(version: Version) -> list[DiffPiece]:
    """Return the words of a version, cut where they differ; in one piece where nothing is compared or all of it differs."""
    if version.match.kind in ("reworded", "different") or not version.match.differences:
        return [DiffPiece("between", version.text)]
    return diff_pieces(version.text, version.match.differences)


def diff_pieces(text: str, differences: Sequence[Difference]) -> list[DiffPiece]:
    """The printed text in order, cut where it differs; what it lacks stands where it would have stood.

    The `quote` sides of the differences occur in `text` in this order; what stands between them (marks, dashes) is
    kept. Words before the first and after the last one that was asked for are `beyond`: nothing was changed there.
    """
    located = list(_located(text, differences))
    core = [number for number, (step, _, _) in enumerate(located) if step.kind != "added"]
    found: list[DiffPiece] = []
    cursor = 0
    for number, (step, start, end) in enumerate(located):
        if step.query and step.kind in ("removed", "changed"):
            found.append(DiffPiece("removed", step.query.strip()))
        if step.kind == "removed":
            continue
        if start > cursor:
            found.append(DiffPiece("between", text[cursor:start]))
        outside = not core or number < core[0] or number > core[-1]
        kind: Literal["hit", "beyond", "added"] = (
            "hit" if step.kind == "same" else "beyond" if step.kind == "added" and outside else "added"
        )
        found.append(DiffPiece(kind, text[start:end]))
        cursor = max(cursor, end)
    if cursor < len(text):
        found.append(DiffPiece("between", text[cursor:]))
    return list(_spaced(found))


def _spaced(found: Sequence[DiffPiece]) -> Iterator[DiffPiece]:
    """The pieces with a space around those that are not part of the printed text, where there is none."""
    last, last_kind = "", ""
    for piece in found:
        if last and "removed" in (piece.kind, last_kind) and not last[-1].isspace() and not piece.text[:1].isspace():
            yield DiffPiece("between", " ")
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
