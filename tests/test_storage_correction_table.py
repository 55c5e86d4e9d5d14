"""The corrections as they are kept: in order, found by what they are of, whatever a person wrote into them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from search.corrections.correction import CorrectionKind, QuoteName, new_correction, taken_back
from search.errors import StoreUnavailable
from search.storage.database import Database
from search.storage.tables.correction_table import CorrectionTable

NAME = QuoteName("q1", "d1", "https://a.example/", "The ferry was sold")


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200)


@given(WORDS, WORDS.filter(bool), WORDS)
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_written_comes_back_and_is_found(database: Database, reason: str, words: str, page: str) -> None:
    table = CorrectionTable(database)
    made = new_correction(CorrectionKind.HIDE, "Ann", reason, (replace(NAME, exact=words, page=page),))
    with database.transaction():
        table.put(made)
    assert table.get(made.id) == made
    assert made in table.with_keys(["d1"])
    assert made in table.all()


def test_what_was_taken_back_is_listed_and_not_in_force(database: Database) -> None:
    table = CorrectionTable(database)
    made = new_correction(CorrectionKind.HIDE, "Ann", "", (NAME,))
    before = table.count_changes()
    with database.transaction():
        table.put(made)
        table.put(taken_back(made, "Bo", ""))
    assert table.all() == [table.get(made.id)]
    assert table.in_force({CorrectionKind.HIDE}) == table.with_keys(["q1"]) == []
    assert table.known_keys(["q1", "x"]) == ["q1"]
    assert table.count_changes() == before + 2


def test_a_correction_that_a_disk_has_changed_is_refused(database: Database) -> None:
    table = CorrectionTable(database)
    with database.transaction():
        table.put(new_correction(CorrectionKind.HIDE, "Ann", "", (NAME,)))
        database.execute("UPDATE corrections SET person = 'Bo'")
    with pytest.raises(StoreUnavailable, match="damaged"):
        table.all()
