"""Reading with one process or several: the same answers in the same order, and nothing read twice without need."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer.input.input_file import ReadOptions
from indexer.pipeline.extract import file_stamp
from indexer.pipeline.items import ExtractedDocument, FileDone, FileUnchanged, PipelineItem
from indexer.pipeline.store_quotes import store_documents
from indexer.pipeline.workers import _held_back, extract_files
from search.settings import Settings
from search.storage.store import Store

TEXT = (
    "“The bridge will stand for winter {n},” said Ann Lee, the mayor of Marnholt.\n\nShe added: “Nobody asked {n}.”\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twenty small articles, one large file of records, one file that cannot be read."""
    place = tmp_path / "articles"
    place.mkdir()
    for n in range(20):
        (place / f"{n:02}.txt").write_text(TEXT.format(n=n), encoding="utf-8")
    rows = [json.dumps({"id": f"r{n}", "text": TEXT.format(n=100 + n), "outlet": "Courier"}) for n in range(30)]
    (place / "records.jsonl").write_text("\n".join(rows) + "\n" + " " * 4_100_000 + "\n", encoding="utf-8")
    (place / "zz.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    return place


def test_several_processes_give_the_same_in_the_same_order(folder: Path) -> None:
    alone = list(extract_files([str(folder)], ReadOptions()))
    assert list(extract_files([str(folder)], ReadOptions(), jobs=2)) == alone
    assert sum(isinstance(item, ExtractedDocument) for item in alone) == 50
    assert sum(isinstance(item, FileDone) for item in alone) == 22


def test_nobody_waits_for_workers_whose_answers_are_not_wanted(folder: Path) -> None:
    items = extract_files([str(folder)], ReadOptions(), jobs=2)
    next(items)
    workers = multiprocessing.active_children()
    assert workers
    items.close()
    for worker in workers:
        worker.join()
    assert {worker.exitcode for worker in workers} == {-signal.SIGTERM}


def test_ctrl_c_is_held_back_from_a_worker_that_begins() -> None:
    """Python's own traceback stood there where Ctrl-C came before a worker had imported anything."""
    blocked = "import signal; print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, []))"
    with _held_back():
        begun = subprocess.run([sys.executable, "-c", blocked], capture_output=True, text=True, check=True)
    assert begun.stdout == "True\n"
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_an_unchanged_file_is_not_read_again_and_a_changed_one_is(folder: Path, settings: Settings) -> None:
    def run(jobs: int) -> tuple[int, int, int]:
        with Store(settings) as store:
            items = extract_files([str(folder)], ReadOptions(), jobs=jobs, known=store.is_read)
            done = store_documents(items, store, batch=7)
        return done.documents, done.unchanged, len(done.skipped)

    assert run(1) == (50, 0, 1)
    # What could not be read is tried, and said, again.
    assert run(1) == (0, 50, 1)
    assert run(2) == (0, 50, 1)
    (folder / "03.txt").write_text(TEXT.format(n="three"), encoding="utf-8")
    assert run(1) == (1, 49, 1)
    with Store(settings) as store:
        both = [document.id for document in store.documents() if document.path.endswith("03.txt")]
        assert len(both) == 2
        assert store.revision_ids(both[0]) == store.revision_ids(both[1]) == both


def test_a_document_of_a_known_id_with_another_text_is_another_revision(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "a.jsonl"
    for text in ("“We agreed to it,” said Ann Lee.", "“We never agreed to it,” said Ann Lee."):
        path.write_text(json.dumps({"id": "a", "text": text}), encoding="utf-8")
        with Store(settings) as store:
            assert store_documents(extract_files([str(path)], ReadOptions()), store, batch=5).documents == 1
    with Store(settings) as store:
        documents = [document.id for document in store.documents()]
        assert documents[0] == "a"
        assert documents[1].startswith("a@")
        assert store.status().quotes == 2


def test_a_stamp_tells_ways_of_reading_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("words", encoding="utf-8")
    one = file_stamp(str(path), ReadOptions())
    assert one != file_stamp(str(path), ReadOptions(outlet="Courier"))
    path.write_text("other words", encoding="utf-8")
    assert one != file_stamp(str(path), ReadOptions())
    assert file_stamp("-", ReadOptions()) == ""


def test_what_is_known_is_passed_over(folder: Path) -> None:
    found: list[PipelineItem] = list(
        extract_files([str(folder)], ReadOptions(), known=lambda path, state: path.endswith(".txt"))
    )
    assert sum(isinstance(item, FileUnchanged) for item in found) == 20


def test_index_killed_and_begun_again_loses_and_doubles_nothing(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from search.cli import quotes; quotes()", "--instance", str(tmp_path / "i")]
    environ = os.environ | {"QUOTES_BATCH": "3", "PYTHONPATH": str(Path(__file__).resolve().parent.parent)}
    for delay in (0.8, 1.2):
        run = subprocess.Popen([*command, "index", str(folder), "--jobs", "2"], env=environ, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        run.send_signal(signal.SIGKILL)
        run.wait()
    done = subprocess.run(
        [*command, "index", str(folder), "--json"], env=environ, capture_output=True, text=True, check=False
    )
    answer = json.loads(done.stdout)
    assert answer["documents"] + answer["unchanged"] == 50
    status = subprocess.run([*command, "status", "--json"], env=environ, capture_output=True, text=True, check=True)
    assert json.loads(status.stdout)["documents"] == 50
    found = subprocess.run(
        [*command, "find", "the bridge will stand for winter 7", "--json"],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    texts = [v["text"] for u in json.loads(found.stdout)["utterances"] for v in u["versions"]]
    assert texts.count("The bridge will stand for winter 7,") == 1
