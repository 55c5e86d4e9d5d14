"""What changed between the editions of a page, as a part of the page that shows one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.documents import revisions as editions
from search.errors import QuoteNotFound
from search.model import Document, EditionDifference, Passage, Piece
from search.storage.store import Store

# A page rewritten from end to end is better read in its two editions than in their difference.
PASSAGES_SHOWN = 100
# Words of a passage that stayed the same are there to find one's way: their ends are enough. Words of any piece at most.
AROUND, MOST = 12, 400


@dataclass(frozen=True, slots=True)
class Changes:
    """The editions of a page, oldest first, the one shown among them, and how it differs from one of the others."""

    known: tuple[Document, ...]
    earlier: Document
    later: Document
    found: EditionDifference
    passages: tuple[Passage, ...]

    @property
    def more(self) -> int:
        """Passages that are not shown."""
        return len(self.found.passages) - len(self.passages)


def changes(store: Store, document: Document, against: str | None = None) -> Changes | None:
    """How a document differs from the edition of that id, else from the one before it; None if it is the only one."""
    known = editions.editions(store, document)
    chosen = (
        next((each for each in known if each.id == against), None)
        if against
        else editions.compared_edition(known, document)
    )
    if against and (chosen is None or chosen.id == document.id):
        raise QuoteNotFound("There is no other edition of that name.")
    if chosen is None:
        return None
    earlier, later = sorted((document, chosen), key=known.index)
    found = editions.edition_difference(earlier, later)
    shown = tuple(Passage(each.kind, _shortened(each.pieces)) for each in found.passages[:PASSAGES_SHOWN])
    return Changes(tuple(known), earlier, later, found, shown)


def _shortened(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    last = len(pieces) - 1
    return tuple(
        Piece(
            piece.kind, _ends(piece.text, AROUND, first=at > 0, last=at < last) if piece.kind == "same" else _cut(piece)
        )
        for at, piece in enumerate(pieces)
    )


def _ends(text: str, most: int, *, first: bool, last: bool) -> str:
    """The ends of a text that stand beside a change."""
    words = text.split(" ")
    if len(words) <= most * (first + last):
        return text
    return " ".join([*(words[:most] if first else []), "…", *(words[-most:] if last else [])])


def _cut(piece: Piece) -> str:
    words = piece.text.split(" ", MOST)
    return " ".join([*words[:MOST], "…"]) if len(words) > MOST else piece.text
