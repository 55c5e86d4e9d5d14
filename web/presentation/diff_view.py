"""How a version differs from what was asked, as pieces that a template sets in type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from search.find.coverage import shared_words
from search.model import Difference, DifferenceKind, MatchKind, Version


class PieceKind(StrEnum):
    """How a piece of a version relates to what was asked."""

    HIT = "hit"  # words that were asked for
    BEYOND = "beyond"  # more of the printed quote, at either end of it: nothing was changed there
    ADDED = "added"  # words that were not asked for, between such that were
    REMOVED = "removed"  # words that were asked for and are not printed
    BETWEEN = "between"  # marks, dashes and spaces between the words


@dataclass(frozen=True, slots=True)
class DiffPiece:
    """Some text of a version, or some that it lacks."""

    kind: PieceKind
    text: str


def version_pieces(version: Version, asked: str = "") -> list[DiffPiece]:
    """Return the words of a version, cut where they differ; where nothing is compared or all differs, at what it shares.

    `asked` are the words typed; with none of them nothing is shared.
    """
    match = version.match
    if match.kind == MatchKind.DIFFERENT or match.is_in_other_words or not match.differences:
        return shared_pieces(version.text, asked)
    return diff_pieces(version.text, version.match.differences)


def shared_pieces(text: str, asked: str) -> list[DiffPiece]:
    """Return a text cut at the telling words that it has, in whatever form, of those that were asked for."""
    pieces: list[DiffPiece] = []
    end = 0
    for start, word_end in shared_words(text, asked):
        pieces += [DiffPiece(PieceKind.BETWEEN, text[end:start]), DiffPiece(PieceKind.HIT, text[start:word_end])]
        end = word_end
    pieces.append(DiffPiece(PieceKind.BETWEEN, text[end:]))
    return [piece for piece in pieces if piece.text]


def diff_pieces(text: str, differences: Sequence[Difference]) -> list[DiffPiece]:
    """Return the printed text in order, cut where it differs; what it lacks stands where it would have stood.

    The `quote` sides of the differences occur in `text` in this order; what stands between them is kept. All pieces but
    the removed ones, joined, are the text, spaces aside.
    """
    located = list(_located(text, differences))
    asked_for = [number for number, (step, _, _) in enumerate(located) if step.kind != DifferenceKind.ADDED]
    pieces: list[DiffPiece] = []
    cursor = 0
    for number, (step, start, end) in enumerate(located):
        if step.query and step.kind in (DifferenceKind.REMOVED, DifferenceKind.CHANGED):
            pieces.append(DiffPiece(PieceKind.REMOVED, step.query.strip()))
        if step.kind == DifferenceKind.REMOVED:
            continue
        if start > cursor:
            pieces.append(DiffPiece(PieceKind.BETWEEN, text[cursor:start]))
        outside = not asked_for or not asked_for[0] <= number <= asked_for[-1]
        pieces.append(DiffPiece(_piece_kind(step, outside), text[start:end]))
        cursor = max(cursor, end)
    if cursor < len(text):
        pieces.append(DiffPiece(PieceKind.BETWEEN, text[cursor:]))
    return list(_spaced(pieces))


def _piece_kind(step: Difference, outside: bool) -> PieceKind:
    if step.kind == DifferenceKind.SAME:
        return PieceKind.HIT
    return PieceKind.BEYOND if step.kind == DifferenceKind.ADDED and outside else PieceKind.ADDED


def _spaced(pieces: Sequence[DiffPiece]) -> Iterator[DiffPiece]:
    """Yield the pieces with a space around those that are not part of the printed text, where there is none."""
    last = DiffPiece(PieceKind.BETWEEN, "")
    for piece in pieces:
        touching = last.text and not last.text[-1].isspace() and not piece.text[:1].isspace()
        if touching and PieceKind.REMOVED in (piece.kind, last.kind):
            yield DiffPiece(PieceKind.BETWEEN, " ")
        yield piece
        last = piece


def _located(text: str, differences: Sequence[Difference]) -> Iterator[tuple[Difference, int, int]]:
    """Yield each difference with the place of its `quote` side in `text`; looked for forwards only, so in linear time."""
    cursor = 0
    for step in differences:
        start = text.find(step.quote, cursor) if step.quote else cursor
        if start < 0:
            # The comparison may put words in another form than they are printed in; then nothing here is their place.
            yield step, cursor, cursor
            continue
        cursor = start + len(step.quote)
        yield step, start, cursor
