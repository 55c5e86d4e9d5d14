"""People of an authority file as values."""

from __future__ import annotations

from search.names.authority import AuthorityEntry, Office


def test_an_entry_without_offices_has_none() -> None:
    assert AuthorityEntry("Q1", "Ann Lind").offices == ()
    assert Office("governor").end is None
