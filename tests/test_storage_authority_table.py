"""What an instance has been told of people: ids, names, and who held an office on a day."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.names.authority import AuthorityEntry, Office
from search.storage.databases.sqlite_database import SqliteDatabase
from search.storage.speakers.authority_table import AuthorityTable

LIND = AuthorityEntry(
    "Q901", "Marta Lind", ("مارتا لیند",), (Office("Governor", "Indrania", "2009-01-12", "2013-01-14"),)
)
BERG = AuthorityEntry(
    "Q902", "Otto Berg", (), (Office("Governor of Indrania", "", "2013-01-14", None), Office("senator", "Indrania"))
)


@pytest.fixture
def table(tmp_path: Path) -> Iterator[AuthorityTable]:
    database = SqliteDatabase(tmp_path / "archive.sqlite3")
    filled = AuthorityTable(database)
    with database.transaction():
        assert filled.put([LIND, BERG]) == 2
        filled.put([LIND])  # once more adds nothing
    yield filled
    database.close()


def test_names_and_ids(table: AuthorityTable) -> None:
    assert table.count() == 2
    assert table.ids_of("MARTA LIND") == {"Q901"}
    assert table.ids_of("nobody") == frozenset()
    assert table.names_of("Q901") == ["Marta Lind", "مارتا لیند"]


@pytest.mark.parametrize(
    ("role", "place", "day", "holder"),
    [
        ("governor", "Indrania", "2010-05-01", "Marta Lind"),
        ("Gov.", "indrania", "2012-12-31", "Marta Lind"),
        ("governor", "Indrania", "2014-05-01", "Otto Berg"),
        ("governor", "Indrania", "2005-05-01", None),
        ("governor", "Dania", "2010-05-01", None),
        ("senator", "Indrania", "2010-05-01", "Otto Berg"),
        ("fisherman", "Indrania", "2010-05-01", None),
        ("governor", "", "2010-05-01", None),
        ("governor", "%", "2010-05-01", None),
    ],
)
def test_who_held_an_office(table: AuthorityTable, role: str, place: str, day: str, holder: str | None) -> None:
    assert table.holder(role, place, day) == holder
