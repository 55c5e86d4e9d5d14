"""Who quotes whom: the speaker, who heard it from him, who quotes these, as the places of names in a drawing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from search.model import Quote

NAMES_DRAWN: Final = 40  # names: a longer drawing is no help, and the list below has all places
_DEEPEST: Final = 8  # levels: nobody quotes through more


@dataclass(frozen=True, slots=True)
class TreeRow:
    """A name in the drawing: its level and row from 0, the row of the one whom it quotes, and how many quotes pass through it.

    `chain` are the names from the speaker down to this one. `is_outlet`: whether it printed the quote; `id` is that of the first.
    """

    level: int
    row: int
    parent_row: int
    chain: tuple[str | None, ...]
    quotes: int
    is_outlet: bool
    id: str | None

    @property
    def name(self) -> str | None:
        """Return the name itself; None where it is not known."""
        return self.chain[-1]


@dataclass(frozen=True, slots=True)
class QuotingTree:
    """The rows from top to bottom, each below the one whom it quotes; `more` are left out."""

    rows: tuple[TreeRow, ...]
    more: int


class _Node:
    def __init__(self) -> None:
        self.quotes: list[Quote] = []
        self.heard: dict[tuple[str | None, bool], _Node] = {}


def quoting_tree(quotes: Iterable[Quote]) -> QuotingTree | None:
    """Return the chains in which an utterance is quoted, as a drawing; None where every outlet has it from the speaker himself."""
    listed = list(quotes)
    if not any(not _is_itself(name, quote.outlet) for quote in listed for name in quote.via):
        return None
    root = _Node()
    for quote in listed:
        node = root
        chain = [
            (quote.speaker, False),
            *((name, False) for name in reversed(quote.via) if not _is_itself(name, quote.outlet)),
            (quote.outlet, True),
        ]
        for step in chain[:1] + chain[1:][-_DEEPEST:]:
            node = node.heard.setdefault(step, _Node())
            node.quotes.append(quote)
    rows: list[TreeRow] = []
    _add(root, (), -1, rows)
    return QuotingTree(tuple(rows[:NAMES_DRAWN]), max(len(rows) - NAMES_DRAWN, 0))


def _is_itself(name: str, outlet: str | None) -> bool:
    """Whether an outlet speaks of itself: "the Observer" in the Veldania Observer."""
    return set(name.casefold().split()) <= set((outlet or "").casefold().split())


def _add(node: _Node, chain: tuple[str | None, ...], parent_row: int, rows: list[TreeRow]) -> None:
    ordered = sorted(node.heard.items(), key=lambda item: (-len(item[1].quotes), item[0][1], item[0][0] or ""))
    for (name, is_outlet), child in ordered:
        row, names = len(rows), (*chain, name)
        id_ = child.quotes[0].id if is_outlet else None
        rows.append(TreeRow(len(chain), row, parent_row, names, len(child.quotes), is_outlet, id_))
        _add(child, names, row, rows)
