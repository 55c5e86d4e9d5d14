"""What is followed is read when its time has come, once, whoever follows."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from news_server import NewsServer, serving_news

from indexer.cli.follow_command import follow_command
from indexer.follow import FOLLOWED_FILE, FollowList, follow, read_due
from search.cli import quotes
from search.errors import ConfigError, QueryError
from search.settings import Settings
from search.storage.store import Store

NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)
FEED = "https://ledger.example/feed.xml"


@pytest.fixture
def near(settings: Settings) -> Settings:
    """Settings by which a paper on this machine may be asked."""
    return replace(settings, allow_private=True, fetch_delay=0.0)


def test_what_is_followed_is_remembered_once_and_let_go(settings: Settings) -> None:
    followed = FollowList(settings)
    assert followed.add([FEED, FEED], sitemaps=False) == 1
    assert FollowList(settings).add([FEED, "https://ledger.example/sitemap.xml"], sitemaps=True) == 1
    assert [(one.address, one.is_sitemap) for one in followed.all()] == [(FEED, False), ("https://ledger.example/sitemap.xml", True)]  # fmt: skip
    assert followed.remove(FEED)
    assert not followed.remove(FEED)


@pytest.mark.parametrize("address", ["ftp://ledger.example/", "http://127.0.0.1/feed", "file:///etc/passwd", "nothing", "http://user:pw@ledger.example/"])  # fmt: skip
def test_an_address_that_may_not_be_asked_is_refused_and_nothing_kept(settings: Settings, address: str) -> None:
    with pytest.raises(QueryError):
        FollowList(settings).add([FEED, address], sitemaps=False)
    assert FollowList(settings).all() == []


def test_the_one_that_waited_longest_is_due_and_none_twice(settings: Settings) -> None:
    followed = FollowList(settings)
    followed.add([FEED, f"{FEED}?2"], sitemaps=False)
    assert [due.address for _ in range(3) if (due := followed.due(NOW)) is not None] == [FEED, f"{FEED}?2"]
    assert followed.due(NOW + timedelta(minutes=settings.follow_minutes - 1)) is None
    again = followed.due(NOW + timedelta(minutes=settings.follow_minutes))
    assert again is not None
    assert again.address == FEED


def test_a_clock_that_was_ahead_keeps_no_feed_from_being_read(settings: Settings) -> None:
    followed = FollowList(settings)
    followed.add([FEED], sitemaps=False)
    assert followed.due(NOW + timedelta(days=20_000)) is not None
    due = followed.due(NOW)
    assert due is not None
    assert due.address == FEED
    assert followed.due(NOW) is None


@pytest.mark.parametrize("text", ["{", "[3]", '[{"x": 1}]', "{}x"])
def test_a_file_that_is_no_list_is_named(settings: Settings, text: str) -> None:
    settings.instance.mkdir()
    (settings.instance / FOLLOWED_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=FOLLOWED_FILE):
        FollowList(settings).all()


@pytest.mark.parametrize(("path", "sitemaps"), [("/feed.xml", False), ("/sitemap.xml", True)])
def test_new_articles_come_in_and_known_ones_are_left_alone(near: Settings, store: Store, path: str, sitemaps: bool) -> None:  # fmt: skip
    said: list[str] = []
    near = replace(near, follow_minutes=0)
    with serving_news() as news:
        news.put("/a", "We will not sell the ferry to anybody")
        FollowList(near).add([news.base + path], sitemaps=sitemaps)
        for words in ("Nobody in the council asked the ferrymen", "The bridge will not survive the winter"):
            rounds = iter([False, True])
            assert read_due(near, store, said.append, lambda rounds=rounds: next(rounds, True)) == 1
            news.put(f"/{len(news.pages)}", words)
        assert news.asked["/a"] == 1
    assert store.count_documents() == 2 or said


def test_it_follows_until_it_is_stopped(near: Settings, store: Store) -> None:
    stop = threading.Event()
    with serving_news() as news:
        news.put("/a", "We will not sell the ferry to anybody")
        FollowList(near).add([f"{news.base}/feed.xml", f"{news.base}/nothing.xml"], sitemaps=False)
        said: list[str] = []

        def tell(sentence: str) -> None:
            said.append(sentence)
            if len(said) >= 3:
                stop.set()

        follow(near, store, tell, stop)
    assert f"{news.base}/feed.xml: 1 new document, 1 quote" in said
    assert any("nothing.xml" in sentence for sentence in said)


def test_a_disk_that_is_full_for_a_moment_does_not_end_it(
    near: Settings, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside `quotes serve` its thread died, and the page went on without anything new."""
    monkeypatch.setattr("indexer.follow.LOOK_SECONDS", 0.01)
    stop, said, tried = threading.Event(), list[str](), list[int]()
    refused = [ConfigError("followed.json cannot be written."), OSError(28, "No space left on device")]

    def read(*_: object) -> int:
        tried.append(1)
        if len(tried) > 4:
            stop.set()
            return 0
        raise refused[len(tried) > 2]

    monkeypatch.setattr("indexer.follow.read_due", read)
    follow(near, store, said.append, stop)
    assert said == ["followed.json cannot be written.", "[Errno 28] No space left on device"]


@pytest.mark.parametrize(("path", "sitemaps"), [("/feed.xml", False), ("/index.xml", True)])
def test_one_of_many_pages_keeps_no_other_waiting_and_is_read_to_its_end(near: Settings, store: Store, path: str, sitemaps: bool) -> None:  # fmt: skip
    with serving_news() as large, serving_news() as small:
        for name in ("/a", "/b", "/c"):
            large.put(name, f"We will not sell the {name[1]} ferry to anybody")
        named = "".join(f"<sitemap><loc>{large.base}{one}</loc></sitemap>" for one in ("/sitemap.xml", "/nothing.xml"))
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        large.pages["/index.xml"] = ("application/xml", f"<sitemapindex xmlns='{space}'>{named}</sitemapindex>")
        small.put("/d", "Nobody in the council asked the ferrymen")
        FollowList(near).add([large.base + path], sitemaps=sitemaps)
        FollowList(near).add([f"{small.base}/feed.xml"], sitemaps=False)
        said: list[str] = []
        # A share that is over at once is one page.
        assert read_due(near, store, said.append, share_seconds=0.0) == 2
        assert [large.asked[name] for name in ("/a", "/b", "/c")] == [1, 1, 1]
    assert store.count_documents() == 4
    turns = [sentence.startswith(small.base) for sentence in said if "document" in sentence]
    assert turns[:2] == [False, True]
    assert any("pages of it not read yet" in sentence for sentence in said)
    assert all("names no page" not in sentence for sentence in said)


def test_the_command_reads_what_is_due_and_lists_and_removes(near: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTES_ALLOW_PRIVATE", "true")
    monkeypatch.setenv("QUOTES_FETCH_DELAY", "0")

    def run(*words: str) -> str:
        done = CliRunner().invoke(quotes, [follow_command.name or "", *words, "--instance", str(near.instance)])
        return f"{done.exit_code} {done.output}"

    assert run().startswith("2 ")
    with serving_news() as news:
        address = _with_article(news)
        assert "1 new document, 1 quote" in run(address, "--once")
        assert run("--once") == "0 "  # not due yet
        assert news.asked["/feed.xml"] == 1
    assert address in run("--list")
    assert run("--remove", address) == "0 removed\n"
    assert run("--remove", address).startswith("1 ")


def _with_article(news: NewsServer) -> str:
    news.put("/a", "We will not sell the ferry to anybody")
    return f"{news.base}/feed.xml"
