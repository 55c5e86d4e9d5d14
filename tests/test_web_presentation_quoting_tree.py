"""Who quotes whom, from the speaker to the outlets."""

from __future__ import annotations

from search.model import Quote, QuoteKind
from web.presentation.quoting_tree import NAMES_DRAWN, quoting_tree


def quote(id_: str, outlet: str | None, *via: str, speaker: str | None = "Ann Lind") -> Quote:
    return Quote(id_, "d", "words", (), QuoteKind.DIRECT, speaker=speaker, via=via, outlet=outlet)


def test_names_stand_below_whom_they_quote() -> None:
    tree = quoting_tree([quote("1", "Ledger", "Radio", "Bo Berg"), quote("2", "Radio", "Bo Berg"), quote("3", "Post")])
    assert tree is not None
    assert [(row.level, row.name, row.parent_row, row.quotes, row.id) for row in tree.rows] == [
        (0, "Ann Lind", -1, 3, None),
        (1, "Bo Berg", 0, 2, None),
        (2, "Radio", 1, 1, None),
        (3, "Ledger", 2, 1, "1"),
        (2, "Radio", 1, 1, "2"),
        (1, "Post", 0, 1, "3"),
    ]


def test_nothing_is_drawn_where_everybody_has_it_from_the_speaker() -> None:
    assert quoting_tree([quote("1", "Ledger"), quote("2", "The Harbour Post", "Harbour Post")]) is None


def test_a_long_tree_is_cut_and_says_so() -> None:
    tree = quoting_tree([quote(str(n), f"Outlet {n}", "Radio") for n in range(100)])
    assert tree is not None
    assert len(tree.rows) == NAMES_DRAWN
    assert tree.more == 102 - NAMES_DRAWN


def test_chains_of_any_length_and_unknown_names_are_drawn() -> None:
    tree = quoting_tree([quote("1", None, *[f"n{n}" for n in range(500)], speaker=None)])
    assert tree is not None
    assert tree.rows[0].name is None
    assert max(row.level for row in tree.rows) <= 8
