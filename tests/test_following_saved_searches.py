"""Saved searches as a file: kept whole, read by its owner alone, refused where it is broken."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import ConfigError, StoreUnavailable
from search.following.saved_searches import (
    SAVED_FILE,
    SavedSearch,
    read_saved_searches,
    saved_searches,
    write_saved_searches,
)

ONE = SavedSearch("strike", '"stay out"', "mail desk", "https://desk.example/", "whsec_eA==", 7)


def test_what_is_saved_is_there_again_and_for_its_owner_alone(tmp_path: Path) -> None:
    assert read_saved_searches(tmp_path) == {}
    with saved_searches(tmp_path, "a test") as searches:
        searches["strike"] = ONE
    assert read_saved_searches(tmp_path) == {"strike": ONE}
    assert (tmp_path / SAVED_FILE).stat().st_mode & 0o777 == 0o600
    with saved_searches(tmp_path, "a test") as searches:
        searches["strike"] = replace(ONE, seen=8)
    assert (tmp_path / SAVED_FILE).stat().st_mode & 0o777 == 0o600


def test_what_was_told_before_a_crash_is_kept(tmp_path: Path) -> None:
    write_saved_searches(tmp_path, {"strike": ONE})

    def killed() -> None:
        with saved_searches(tmp_path, "a test") as searches:
            searches["strike"] = replace(ONE, seen=9)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed()
    assert read_saved_searches(tmp_path)["strike"].seen == 9


def test_one_run_has_them_at_a_time(tmp_path: Path) -> None:
    second = saved_searches(tmp_path, "the second")
    with saved_searches(tmp_path, "the first run"), pytest.raises(StoreUnavailable, match="the first run"):
        second.__enter__()


@given(st.dictionaries(st.text(), st.text()))
def test_whatever_is_saved_is_read_back(tmp_path_factory: pytest.TempPathFactory, queries: dict[str, str]) -> None:
    folder = tmp_path_factory.mktemp("saved")
    searches = {name: SavedSearch(name, query) for name, query in queries.items()}
    write_saved_searches(folder, searches)
    assert read_saved_searches(folder) == searches


@pytest.mark.parametrize(
    "text",
    ["{", "{}x", "[1]", '[{"name": "a"}]', '[{"name": "a", "query": "b", "more": 1}]', '[{"name": 1, "query": "b"}]',
     '[{"name": "a", "query": "b", "seen": "1"}]', '[{"name": "a", "query": "b", "seen": true}]', "[" * 50_000, "\x00", "3"],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_and_left_alone(tmp_path: Path, text: str) -> None:
    (tmp_path / SAVED_FILE).write_text(text)
    with pytest.raises(ConfigError, match="mend it"), saved_searches(tmp_path, "a test"):
        pass
    assert (tmp_path / SAVED_FILE).read_text() == text


def test_a_file_without_end_is_not_read(tmp_path: Path) -> None:
    (tmp_path / SAVED_FILE).write_text(json.dumps([{"name": "a", "query": "x" * 6_000_000}]))
    with pytest.raises(ConfigError):
        read_saved_searches(tmp_path)


def test_a_file_that_was_made_and_never_written_holds_none(tmp_path: Path) -> None:
    (tmp_path / SAVED_FILE).touch()
    assert read_saved_searches(tmp_path) == {}
