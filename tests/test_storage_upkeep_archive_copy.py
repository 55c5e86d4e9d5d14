"""An archive is copied whole to another database, goes on after a kill, and what is half is opened by nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from search.corrections.correction import CorrectionKind
from search.errors import ConfigError, StoreUnavailable
from search.find.find import find
from search.model import Document, Query, Quote, Span
from search.settings import Settings, load
from search.storage.databases.opening import open_database
from search.storage.store import Store
from search.storage.upkeep import archive_copy
from search.storage.upkeep.archive_copy import copy_archive, tables_of_archive
from search.storage.upkeep.examination import examine

TEXT = "Marta Lind said: “The ferry was sold to pay for the harbour wall in {}.”"


@pytest.fixture
def filled(settings: Settings) -> Settings:
    """An instance with revisions, corrections, a deletion and a quote that is gone, the last one that was stored."""
    with Store(settings) as store:
        for n in range(12):
            text = TEXT.format(1990 + n // 2)
            start = text.index("The")
            quote = Quote(f"q{n}", f"d{n}", text[start:-2], speaker="Marta Lind", spans=(Span(start, len(text) - 2),))
            store.add([(Document(f"d{n}", text, url=f"https://a.example/{n}"), f"page{n // 2}", [quote])])
        store.catch_up()
        store.correct(CorrectionKind.SPEAKER, "Ann", "another spoke", quotes=["q1"], names=["Otto Berg"])
        store.correct(CorrectionKind.HIDE, "Ann", "no quote", quotes=["q2"])
        store.correct(CorrectionKind.SPLIT, "Ann", "two events", quotes=["q4", "q6"])
        assert store.delete_document("d11") == 1
    return settings


def told(settings: Settings) -> tuple[object, ...]:
    """What can be asked of an instance."""
    with Store(settings) as store:
        groups: dict[str, set[str]] = {}
        for quote, utterance in store.export():
            groups.setdefault(utterance, set()).add(quote.id)
        found = find(store, Query(text="The ferry was sold to pay for the harbour wall", limit=50))
        return (
            list(store.documents()),
            [store.revision_ids(f"d{n}") for n in range(12)],
            {frozenset(group) for group in groups.values()},
            store.corrections(),
            store.hidden_quotes(),
            [store.is_deleted(f"d{n}") for n in range(12)],
            [list(utterance.quotes) for utterance in found.utterances],
            store.notices(),
        )


def goes_on(settings: Settings) -> int | None:
    with Store(settings) as store:
        store.add_quotes([Quote("new", "", "The nets were mended before the winter came to the islands")])
        return store.number_of("new")


def test_a_copy_in_a_folder_answers_as_the_archive_does(filled: Settings, tmp_path: Path) -> None:
    made = copy_archive(filled, str(tmp_path / "other"))
    assert (made.documents, made.quotes) == (11, 10)
    copy = load({"instance": tmp_path / "other"}, environ={})
    assert told(copy) == told(filled)
    assert list(examine(copy)) == []
    assert goes_on(copy) == goes_on(filled)  # a number that was given to a quote that is gone is not given again


@pytest.mark.cluster
def test_to_postgresql_and_back_nothing_is_lost(filled: Settings, tmp_path: Path, archive_url: str) -> None:
    copy_archive(filled, archive_url)
    inside = load({"instance": tmp_path / "host"}, environ={"QUOTES_ARCHIVE_URL": archive_url})
    assert told(inside) == told(filled)
    # The index of the folder fits the copy, whose log has the same marks.
    there = load({"instance": filled.instance}, environ={"QUOTES_ARCHIVE_URL": archive_url})
    assert told(there) == told(filled)
    copy_archive(inside, str(tmp_path / "back"))
    back = load({"instance": tmp_path / "back"}, environ={})
    assert told(back) == told(filled)
    assert [list(examine(each)) for each in (inside, back)] == [[], []]
    assert goes_on(inside) == goes_on(back) == goes_on(filled)


def stopped_after(parts: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each copy end after so many parts of rows, as a kill would end it."""
    put, left = archive_copy._put, [parts]

    def put_or_stop(*args: object) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        put(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(archive_copy, "_put", put_or_stop)


@pytest.mark.parametrize("place", ["folder", pytest.param("server", marks=pytest.mark.cluster)])
def test_whatever_part_it_is_stopped_at_it_is_taken_up_and_opened_by_nobody_before(
    filled: Settings, tmp_path: Path, place: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = request.getfixturevalue("archive_url") if place == "server" else str(tmp_path / "other")
    copy = (
        load({"instance": tmp_path / "host"}, environ={"QUOTES_ARCHIVE_URL": to})
        if place == "server"
        else load({"instance": Path(to)}, environ={})
    )
    monkeypatch.setattr(archive_copy, "ROWS_AT_ONCE", 4)
    runs = 0
    while True:
        with monkeypatch.context() as stopped:
            stopped_after(9, stopped)
            try:
                copy_archive(filled, to)
                break
            except KeyboardInterrupt:
                runs += 1
        with pytest.raises(StoreUnavailable, match="not whole yet"):
            Store(copy)
    assert runs > 2
    assert told(copy) == told(filled)


def test_what_changed_between_two_runs_is_copied_as_it_is_now(
    filled: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = str(tmp_path / "other")
    monkeypatch.setattr(archive_copy, "ROWS_AT_ONCE", 4)
    with monkeypatch.context() as stopped:
        stopped_after(30, stopped)
        with pytest.raises(KeyboardInterrupt):
            copy_archive(filled, to)
    with Store(filled) as store:
        store.delete_document("d3")
        store.undo_correction(store.corrections()[0].id, "Ann", "it was her")
    copy_archive(filled, to)
    assert told(load({"instance": Path(to)}, environ={})) == told(filled)


def test_a_process_that_is_killed_leaves_a_copy_that_the_next_one_ends(filled: Settings, tmp_path: Path) -> None:
    program = (
        "import sys, time; from search.settings import load; from search.storage.upkeep import archive_copy\n"
        "archive_copy.ROWS_AT_ONCE = 1; put = archive_copy._put\n"
        "def slow(*args): put(*args); print('put', flush=True); time.sleep(0.01)\n"
        "archive_copy._put = slow\n"
        "archive_copy.copy_archive(load({'instance': sys.argv[1]}), sys.argv[2])\n"
    )
    to = tmp_path / "other"
    with subprocess.Popen(
        [sys.executable, "-c", program, filled.instance, to], stdout=subprocess.PIPE, env=os.environ
    ) as running:
        assert running.stdout is not None
        for _ in range(20):
            assert running.stdout.readline()
        running.send_signal(signal.SIGKILL)
    copy_archive(filled, str(to))
    assert told(load({"instance": to}, environ={})) == told(filled)


def test_an_archive_is_written_over_by_no_copy(filled: Settings, tmp_path: Path) -> None:
    other = load({"instance": tmp_path / "other"}, environ={})
    assert goes_on(other) == 1
    with pytest.raises(StoreUnavailable, match="has an archive already"):
        copy_archive(filled, str(other.instance))
    with pytest.raises(ConfigError, match="to itself"):
        copy_archive(filled, str(filled.instance))
    with pytest.raises(StoreUnavailable, match="There is no archive"):
        copy_archive(load({"instance": tmp_path / "none"}, environ={}), str(tmp_path / "third"))


def test_what_a_disk_changed_is_not_taken_for_a_copy(filled: Settings, tmp_path: Path) -> None:
    with closing(open_database(filled)) as database, database.transaction():
        database.execute("UPDATE quotes SET text = 'Nobody said this' WHERE number = 5")
    with pytest.raises(StoreUnavailable, match="damaged"):
        copy_archive(filled, str(tmp_path / "other"))


def test_every_table_has_a_key_or_is_small() -> None:
    assert [table.name for table in tables_of_archive() if not table.key] == ["authority_offices"]
