"""Jobs: done in the background, one after another; what is known of them outlives the page and the server."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage

import web.intake_jobs
from indexer.intake import IntakeProgress
from search.errors import QueryError, QuoteNotFound
from search.settings import Settings
from search.storage.store import Store
from web.intake_jobs import NAME_BYTES, IntakeJob, IntakeJobs, job_summary, kept_name

SAID = "“We will not sell the ferry to anybody,” said Ann Lee, the mayor, on Monday.\n"


def upload(name: str, text: str = SAID) -> FileStorage:
    return FileStorage(BytesIO(text.encode()), name)


@pytest.fixture
def jobs(store: Store, settings: Settings) -> Iterator[IntakeJobs]:
    made = IntakeJobs(settings, store)
    yield made
    made.close()


def finished(jobs: IntakeJobs, job_id: str) -> IntakeJob:
    """Return a job when it has ended; its thread says so by letting go of its lock."""
    ended = threading.Event()
    for _ in range(6000):
        if jobs.get(job_id).has_ended and job_id not in jobs._mine:
            return jobs.get(job_id)
        ended.wait(0.01)
    raise AssertionError(jobs.get(job_id))


def test_files_are_read_and_what_was_skipped_is_said_by_name(
    jobs: IntakeJobs, store: Store, settings: Settings
) -> None:
    id_ = jobs.submit("Ann", [], [], [upload("a.txt"), upload("a.txt", SAID.replace("ferry", "bridge")), upload("x.png", "\x89PNG\0")])  # fmt: skip
    job = finished(jobs, id_)
    assert (job.state, job.documents, job.quotes, job.skips) == ("done", 2, 2, 1)
    assert job.skipped[0][0] == "x.png"
    assert job_summary(job) == "2 new documents, 2 quotes, 1 skipped"
    assert store.count_documents() == 2
    assert [one.id for one in IntakeJobs(settings, store).latest(5)] == [id_]
    with pytest.raises(QueryError, match="nothing left to do"):
        jobs.go_on(id_)


def test_no_file_of_a_job_takes_the_place_of_another(jobs: IntakeJobs, store: Store) -> None:
    """The third one was kept as "3-a.txt", which was the first one's name, and that was never read."""
    words = ("ferry", "bridge", "pier", "dam", "lock")
    names = ("3-a.txt", "a.txt", "a.txt", "2-a.txt", "x/a.txt")
    id_ = jobs.submit(
        "Ann", [], [], [upload(name, SAID.replace("ferry", word)) for name, word in zip(names, words, strict=True)]
    )
    assert finished(jobs, id_).documents == len(words)
    assert store.count_documents() == len(words)


def test_a_job_whose_server_was_stopped_is_interrupted_and_goes_on(
    jobs: IntakeJobs, store: Store, settings: Settings
) -> None:
    id_ = jobs.submit("Ann", [], [], [upload("a.txt")])
    finished(jobs, id_)
    path = settings.instance / "jobs" / f"{id_}.json"
    row = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(row | {"state": "running", "ended": ""}), encoding="utf-8")  # as a kill leaves it
    after = IntakeJobs(settings, store)
    assert after.get(id_).state == "interrupted"
    after.go_on(id_)
    job = finished(after, id_)
    after.close()
    assert (job.state, job.documents, job.unchanged) == ("done", 0, 1)


def test_what_is_being_read_when_the_server_ends_is_interrupted(jobs: IntakeJobs, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    begun = threading.Event()

    def read(
        request: object, settings: object, store: object, report: Callable[[IntakeProgress], bool]
    ) -> IntakeProgress:
        begun.set()
        while report(IntakeProgress()):
            pass
        return IntakeProgress(documents=3)

    monkeypatch.setattr(web.intake_jobs, "take_in", read)
    id_ = jobs.submit("Ann", ["https://ledger.example/a"], [], [])
    assert begun.wait(60)
    jobs.close()
    assert (jobs.get(id_).state, jobs.get(id_).documents) == ("interrupted", 3)
    with pytest.raises(QueryError):
        jobs.submit("Ann", ["https://ledger.example/a"], [], [])


def test_a_job_that_is_waiting_elsewhere_is_not_interrupted_and_not_begun_twice(jobs: IntakeJobs, store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    go = threading.Event()
    monkeypatch.setattr(web.intake_jobs, "take_in", lambda *_: go.wait(60) and IntakeProgress())
    other = IntakeJobs(settings, store)
    id_ = jobs.submit("Ann", ["https://ledger.example/a"], [], [])
    assert other.get(id_).state in ("waiting", "running")
    with pytest.raises(QueryError):
        other.go_on(id_)
    jobs.stop(id_)
    go.set()
    assert finished(jobs, id_).state == "stopped"


def test_a_job_that_fails_says_why_and_the_next_is_done(jobs: IntakeJobs, store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    with monkeypatch.context() as patched:
        patched.setattr(web.intake_jobs, "take_in", broken)
        job = finished(jobs, jobs.submit("Ann", [], [], [upload("a.txt")]))
        assert (job.state, job.trouble) == ("failed", "Something went wrong on our side; the server’s log says what.")
    assert finished(jobs, jobs.submit("Ann", [], [], [upload("a.txt")])).state == "done"


def test_what_is_nothing_or_too_much_is_one_sentence_and_leaves_nothing(
    jobs: IntakeJobs, store: Store, settings: Settings
) -> None:
    for addresses, uploads in (([], []), ([], [upload("")]), (["x"] * 501, []), ([], [upload("a.txt")] * 201)):
        with pytest.raises(QueryError):
            jobs.submit("Ann", addresses, [], uploads)
    assert not (settings.instance / "uploads").exists()
    assert jobs.latest(5) == []


@pytest.mark.parametrize("id_", ["", "../../etc/passwd", "20261102-100000-0123abcd", "a\0b", "x" * 500])
def test_an_id_of_no_job_leads_nowhere(store: Store, settings: Settings, id_: str) -> None:
    with pytest.raises(QuoteNotFound):
        IntakeJobs(settings, store).get(id_)


def test_a_damaged_file_is_no_job(jobs: IntakeJobs, store: Store, settings: Settings) -> None:
    id_ = jobs.submit("Ann", [], [], [upload("a.txt")])
    finished(jobs, id_)
    for text in ("", "[]", "{}", '{"request": 3}'):
        (settings.instance / "jobs" / f"{id_}.json").write_text(text, encoding="utf-8")
        assert jobs.latest(5) == []


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("article.html", "article.html"), ("../../etc/passwd", "passwd"), ("C:\\Temp\\a.docx", "a.docx"), (".bashrc", "bashrc"),
        ("خبر روز.pdf", "خبر روز.pdf"), ("-rf", "rf"), ("a\n\x1b[31mb.txt", "a[31mb.txt"), ("", "document"), ("\u202e", "document"), ("...", "document"),
    ],
)  # fmt: skip
def test_a_file_is_kept_under_a_name_without_folders_and_controls(given_name: str, kept: str) -> None:
    assert kept_name(given_name) == kept


@given(st.text(max_size=400))
@example("/" * 400 + "x" * 400 + ".html")
@example("\ud800.txt")
def test_any_name_becomes_one_that_a_disk_takes(given_name: str) -> None:
    name = kept_name(given_name)
    assert name
    assert "/" not in name
    assert not name.startswith(".")
    assert len(name.encode("utf-8", "replace")) <= NAME_BYTES + len("document")
    assert Path(name).name == name
