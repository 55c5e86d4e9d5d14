"""Saved searches as a file: kept whole, read by its owner alone, refused where it is broken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import StoreUnavailable
from search.following.saved_searches import (
    SAVED_FILE,
    SavedSearch,
    saved_searches,
)

ONE = SavedSearch("strike", '"stay out"', "mail desk", "https://desk.example/", "whsec_eA==", 7)


def test_what_is_saved_is_there_again_and_for_its_owner_alone(tmp_path: Path) -> None:
    assert saved_searches(tmp_path).read() == {}
    with saved_searches(tmp_path).changing("a test") as searches:
        searches["strike"] = ONE
    assert saved_searches(tmp_path).read() == {"strike": ONE}
    assert (tmp_path / SAVED_FILE).stat().st_mode & 0o777 == 0o600
    with saved_searches(tmp_path).changing("a test") as searches:
        searches["strike"] = replace(ONE, seen=8)
    assert (tmp_path / SAVED_FILE).stat().st_mode & 0o777 == 0o600


def test_what_was_told_before_a_crash_is_kept(tmp_path: Path) -> None:
    with saved_searches(tmp_path).changing("a test") as kept:
        kept["strike"] = ONE

    def killed() -> None:
        with saved_searches(tmp_path).changing("a test") as searches:
            searches["strike"] = replace(ONE, seen=9)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed()
    assert saved_searches(tmp_path).read()["strike"].seen == 9


def test_one_run_has_them_at_a_time(tmp_path: Path) -> None:
    second = saved_searches(tmp_path).changing("the second")
    with saved_searches(tmp_path).changing("the first run"), pytest.raises(StoreUnavailable, match="the first run"):
        second.__enter__()


@given(st.dictionaries(st.text(), st.text()))
def test_whatever_is_saved_is_read_back(tmp_path_factory: pytest.TempPathFactory, queries: dict[str, str]) -> None:
    folder = tmp_path_factory.mktemp("saved")
    searches = {name: SavedSearch(name, query) for name, query in queries.items()}
    with saved_searches(folder).changing("a test") as kept:
        kept.update(searches)
    assert saved_searches(folder).read() == searches
