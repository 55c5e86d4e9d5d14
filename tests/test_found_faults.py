"""Faults that were found by hand and are held nowhere else; docs/faults.md names the test of each."""

from __future__ import annotations

import errno
import gzip
import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.crawler.http import HttpResponse
from indexer.crawler.page_archive import archive_page, archived_page
from indexer.intake import IntakeRequest, take_in
from search.cli import quotes
from search.files.plain_file import MAX_LINE_BYTES
from search.settings import load
from search.storage.store import Store
from search.term_index.whoosh_files import DurableStorage

SAID = "“We will not sell the ferry number {},” said Ann Lee, the mayor, on Monday.\n"


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Result]:
    """Run the command on an instance folder of its own."""
    return lambda *words, stdin=None: CliRunner().invoke(
        quotes, ["--instance", str(tmp_path / "instance"), *words], input=stdin
    )


def articles(folder: Path, count: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"{number:03}.txt").write_text(SAID.format(number), encoding="utf-8")
    return folder


def test_a_disk_that_fills_up_under_the_index_loses_no_stored_quote_and_every_answer_says_so(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ "Nothing of this batch is stored" was said of what was stored, and "not found" of quotes that were not indexed."""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    run("index", str(articles(tmp_path / "in", 1)))
    with monkeypatch.context() as faulty:
        faulty.setattr(DurableStorage, "rename_file", full)
        indexed = run("index", str(articles(tmp_path / "in", 3)))
        found = run("find", "sell the ferry")
    assert (indexed.exit_code, found.exit_code) == (2, 0)
    assert "What is stored is kept." in indexed.stderr
    assert "2 stored quotes are not searchable yet" in found.stderr
    assert "Traceback" not in indexed.output + found.output
    assert run("find", "sell the ferry").stderr == ""
    assert run("index", str(tmp_path / "in")).stdout.startswith("indexed 0 documents, 0 quotes; 3 unchanged")


def test_a_whole_archive_in_a_folder_that_nobody_may_write_to_is_read_and_nothing_is_made_there(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("index", str(articles(tmp_path / "in", 2)))
    folder = tmp_path / "instance"
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    may = os.access
    # Root may write anywhere, so that the permissions of a folder alone would tell nothing here.
    monkeypatch.setattr(os, "access", lambda path, mode, **more: not mode & os.W_OK and may(path, mode, **more))
    with Store(load({"instance": folder}, environ={})) as store:
        assert store.count_documents() == 2
        with pytest.raises(Exception, match=r"readonly|read-only|cannot be written"):
            store._db.set_meta("written", "")
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


@pytest.mark.parametrize("verb", ["rename", "split", "merge"])
def test_a_decision_on_a_speaker_is_one_row_of_the_archive_and_one_more_changes_nothing(
    run: Callable[..., Result], tmp_path: Path, verb: str
) -> None:
    """It was two writes of a file, between which a kill lost a person's aliases; a second one wrote them twice."""
    run("index", str(articles(tmp_path / "in", 1)))
    told = []
    for number in (1, 2):
        assert run("speakers", verb, "Ann Lee", "Ann B. Lee").exit_code == 0
        assert len(json.loads(run("corrections", "list", "--json").stdout)) == number
        told.append((run("export").stdout, run("speakers", "list").stdout))
    assert told[0] == told[1]
    assert not (tmp_path / "instance" / "speakers.toml").exists()


def test_what_files_that_have_not_changed_cost_grows_as_their_number(tmp_path: Path) -> None:
    """It grew as the square. Calls are counted, which no load of the machine changes."""
    with Store(load({"instance": tmp_path / "instance"}, environ={})) as store:
        settings = load({"instance": tmp_path / "instance"}, environ={})
        counts = []
        for number in (10, 40):
            request = IntakeRequest((str(articles(tmp_path / "in", number)),))
            take_in(request, settings, store, lambda _: True)
            calls = [0]

            def count(_frame: object, _event: str, _argument: object, calls: list[int] = calls) -> None:
                calls[0] += 1

            sys.setprofile(count)
            try:
                done = take_in(request, settings, store, lambda _: True)
            finally:
                sys.setprofile(None)
            assert (done.documents, done.unchanged) == (0, number)
            counts.append(calls[0])
    assert counts[1] < 5 * counts[0]


@pytest.mark.parametrize(
    "words", [("find", "--batch", "-"), ("compare", "--batch", "-"), ("corrections", "import", "-")]
)
@pytest.mark.parametrize(
    "line", [b'{"query": "\xff"}\n', b'{"query": "' + b"x" * MAX_LINE_BYTES + b'"}\n', b"[" * 100_000, b"\0\n"],
    ids=["no UTF-8", "long", "deep", "NUL"],
)  # fmt: skip
def test_a_line_of_a_list_that_no_program_would_send_is_one_sentence(
    run: Callable[..., Result], words: tuple[str, ...], line: bytes
) -> None:
    done = run(*words, stdin=line)
    assert done.exit_code == 2
    assert "line 1" in done.stderr
    assert ("is longer than" in done.stderr) == (len(line) > MAX_LINE_BYTES)
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "name", ["lock", "archive.sqlite3", "archive.sqlite3-wal", "speakers.toml", "index", "index/current", "semantic"]
)
@pytest.mark.parametrize(
    "words",
    [
        ("find", "ferry"),
        ("index", "{in}"),
        ("rebuild",),
        ("doctor",),
        ("backup", "{out}"),
        ("regroup", "--since", "2021"),
    ],
    ids=lambda words: words[0],
)
def test_nothing_is_read_or_written_through_a_link_in_the_folder_of_a_stranger(
    run: Callable[..., Result], tmp_path: Path, name: str, words: tuple[str, ...]
) -> None:
    """A `lock` that led to a file of the reader's emptied it, an `archive.sqlite3-wal` had it overwritten."""
    run("index", str(articles(tmp_path / "in", 1)))
    theirs = tmp_path / "instance" / name
    mine = tmp_path / "mine"
    if theirs.is_dir() or name == "semantic":
        mine.mkdir()
        (mine / "letter").write_text("dear")
        shutil.rmtree(theirs, ignore_errors=True)
    else:
        mine.write_text("dear")
        theirs.unlink(missing_ok=True)
    theirs.symlink_to(mine)
    done = run(*(word.format(**{"in": tmp_path / "in", "out": tmp_path / "out.zip"}) for word in words))
    assert done.exit_code in (1, 2)
    reason = "archive" if name == "archive.sqlite3" else "is a link"  # which is gone, where a link is in its place
    assert reason in done.stdout + done.stderr
    assert (mine / "letter" if mine.is_dir() else mine).read_text() == "dear"
    assert not (tmp_path / "out.zip").exists()
    assert [path.name for path in mine.glob("*")] in ([], ["letter"])


def response(body: bytes) -> HttpResponse:
    return HttpResponse("https://ledger.example/a", 200, {"content-type": "text/html"}, body)


@pytest.mark.parametrize(
    "change",
    [{"file": "../secret.gz"}, {"file": "/nowhere/at/all"}, {"etag": 5}, {"earlier": 3}, {"more": "x"}, {"url": None}],
    ids=lambda change: next(iter(change)),
)
def test_a_card_of_a_fetched_page_that_a_stranger_wrote_leads_nowhere(
    tmp_path: Path, change: dict[str, object]
) -> None:
    """Its `file` was read, and for a feed removed, wherever it led to."""
    folder, address = tmp_path / "pages", "https://ledger.example/a"
    archive_page(folder, address, response(b"<p>kept</p>"), None, "2026-01-01T00:00:00Z")
    assert archived_page(folder, address) is not None
    (tmp_path / "secret.gz").write_bytes(gzip.compress(b"<p>kept</p>"))
    (card,) = folder.glob("*/*.json")
    card.write_text(json.dumps({**json.loads(card.read_text()), **change}))
    assert archived_page(folder, address) is None
    assert (tmp_path / "secret.gz").exists()


def test_a_fetched_page_that_unpacks_without_an_end_is_none(tmp_path: Path) -> None:
    folder, address = tmp_path / "pages", "https://ledger.example/a"
    archive_page(folder, address, response(b"<p>kept</p>"), None, "2026-01-01T00:00:00Z")
    (card,) = folder.glob("*/*.json")
    zeros = bytes(65_000_000)
    sha256 = hashlib.sha256(zeros).hexdigest()
    name = f"{card.stem}-{sha256[:16]}.gz"
    (card.parent / name).write_bytes(gzip.compress(zeros, 1))
    card.write_text(
        json.dumps({**json.loads(card.read_text()), "sha256": sha256, "file": f"{card.parent.name}/{name}"})
    )
    assert archived_page(folder, address) is None


def test_an_alias_file_of_anything_else_is_one_sentence(run: Callable[..., Result], tmp_path: Path) -> None:
    run("index", str(articles(tmp_path / "in", 1)))
    for text in (
        '[[speaker]]\nname = "A"\naliases = 5',
        '[[apart]]\nnames = "Ann"',
        '[[speaker]]\nname = "A"\naliases = [[1]]',
    ):
        (tmp_path / "instance" / "speakers.toml").write_text(text)
        done = run("find", "sell the ferry")
        assert (done.exit_code, done.stderr.count("\n")) == (2, 1)


def test_every_test_that_the_table_of_faults_names_is_there() -> None:
    tests = Path(__file__).parent
    named = re.findall(r"`(test_\w+\.py)(?:::(test_\w+))?`", (tests.parent / "docs" / "faults.md").read_text("utf-8"))
    assert len(named) > 20
    for file, name in named:
        assert f"def {name}" in (tests / file).read_text(encoding="utf-8")


def test_that_the_last_changes_may_be_lost_is_said_where_a_log_was_damaged(
    run: Callable[..., Result], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    run("index", str(articles(tmp_path / "in", 1)))
    log = tmp_path / "instance" / "archive.sqlite3-wal"
    with Store(load({"instance": tmp_path / "instance"}, environ={})):  # as `quotes serve` keeps the log
        run("index", str(articles(tmp_path / "in", 3)))
        (tmp_path / "copy").mkdir()
        for path in (log, log.with_name("archive.sqlite3")):
            shutil.copy(path, tmp_path / "copy")
    (tmp_path / "copy" / log.name).write_bytes(b"damaged" * 100)
    for path in (tmp_path / "copy").iterdir():
        shutil.copy(path, tmp_path / "instance")
    run("find", "sell the ferry")
    assert "or the last changes been lost" in caplog.text
    # The index that was made in its place no longer shows it, so that it is remembered until somebody rebuilds.
    assert "or the last changes been lost" in run("doctor").output
    run("rebuild")
    assert "been lost" not in run("doctor").output
