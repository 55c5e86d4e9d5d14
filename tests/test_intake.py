"""Files and addresses in, documents stored: in parts, so that others write in between, and no page asked for twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from news_server import serving_news

from indexer import intake
from indexer.intake import IntakeProgress, IntakeRequest, take_in
from search.errors import StoreBusy
from search.settings import Settings
from search.storage.store import Store

SAID = "“We will not sell the ferry number {},” said Ann Lee, the mayor, on Monday.\n"


def on(_: IntakeProgress) -> bool:
    return True


def files(folder: Path, count: int) -> tuple[str, ...]:
    folder.mkdir(exist_ok=True)
    for number in range(count):
        (folder / f"{number:02}.txt").write_text(SAID.format(number), encoding="utf-8")
    return tuple(str(path) for path in sorted(folder.iterdir()))


def test_files_are_read_once_and_what_cannot_be_read_is_said(store: Store, settings: Settings, tmp_path: Path) -> None:
    paths = files(tmp_path / "in", 3)
    (tmp_path / "in" / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    request = IntakeRequest((*paths, str(tmp_path / "in" / "x.png")))
    done = take_in(request, settings, store, on)
    assert (done.documents, done.quotes, done.unchanged) == (3, 3, 0)
    assert [skip.path.rpartition("/")[2] for skip in done.skipped] == ["x.png"]
    again = take_in(request, settings, store, on)
    assert (again.documents, again.unchanged, len(again.skipped)) == (0, 3, 1)


def test_it_goes_on_for_as_long_as_it_is_told_and_keeps_what_it_had(store: Store, settings: Settings, tmp_path: Path) -> None:  # fmt: skip
    request = IntakeRequest(files(tmp_path / "in", 30))
    stopped = take_in(request, settings, store, lambda _: False)
    assert 0 < stopped.documents < 30
    assert store.count_documents() == stopped.documents
    assert take_in(request, settings, store, on).documents == 30 - stopped.documents


def test_others_write_in_between_and_it_waits_for_who_is_writing(store: Store, settings: Settings, tmp_path: Path) -> None:  # fmt: skip
    said: list[str] = []
    other = Store(settings)
    holding = other.writing("quotes elsewhere")
    holding.__enter__()

    def let_go(_: float) -> None:
        holding.__exit__(None, None, None)

    def report(progress: IntakeProgress) -> bool:
        said.append(progress.waiting)
        if not progress.waiting:
            with other.writing("in between"):
                pass
        return True

    done = take_in(IntakeRequest(files(tmp_path / "in", 2)), settings, store, report, sleep=let_go)
    assert done.documents == 2
    assert "`quotes elsewhere`" in said[0]
    assert said[-1] == ""
    other.close()


def test_it_does_not_wait_for_ever(store: Store, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr(intake, "PATIENCE", 2)
    waited: list[float] = []
    with Store(settings) as other, other.writing("quotes elsewhere"), pytest.raises(StoreBusy):
        take_in(IntakeRequest(files(tmp_path / "in", 1)), settings, store, on, sleep=waited.append)
    assert len(waited) == 2


def test_a_page_that_was_just_looked_at_is_not_asked_for_again_but_its_feed_is(store: Store, settings: Settings) -> None:  # fmt: skip
    settings = replace(settings, allow_private=True, fetch_delay=0.0)
    with serving_news() as news:
        news.put("/a", "We will not sell the ferry to anybody")
        request = IntakeRequest(feeds=(f"{news.base}/feed.xml",))
        assert take_in(request, settings, store, on, fresh_seconds=3600).documents == 1
        news.put("/b", "Nobody in the council asked the ferrymen")
        assert take_in(request, settings, store, on, fresh_seconds=3600).documents == 1
        assert (news.asked["/a"], news.asked["/b"], news.asked["/feed.xml"]) == (1, 1, 2)
        take_in(request, settings, store, on)
        assert (news.asked["/a"], news.asked["/b"]) == (2, 2)


def test_inner_addresses_are_refused_unless_they_are_allowed(store: Store, settings: Settings) -> None:
    with serving_news() as news:
        news.put("/a", "We will not sell the ferry to anybody")
        done = take_in(IntakeRequest(addresses=(f"{news.base}/a", "file:///etc/passwd")), settings, store, on)
        assert (done.documents, len(done.skipped)) == (0, 2)
        assert news.asked == {}
