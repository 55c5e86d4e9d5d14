"""The overview of the archive, made once for each state of it."""

from __future__ import annotations

import threading

import pytest

from search.find.overview import Overview
from search.storage.store import Store
from web.presentation import home_page
from web.presentation.home_page import HomePage


def test_the_overview_is_made_anew_only_when_the_archive_has_changed(
    samples: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Overview] = []
    real = home_page.overview
    monkeypatch.setattr(home_page, "overview", lambda store: made.append(real(store)) or made[-1])
    page = HomePage(samples)
    assert page.overview("one") is page.overview("one") is made[0]
    assert page.overview("two") is made[1]
    assert made[0].status.quotes == samples.count_quotes()
    assert page.overview("one") is made[2]


def test_requests_that_come_at_once_share_one_look_up(samples: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    entered, go, made = threading.Event(), threading.Event(), []

    def slow(store: Store) -> object:
        made.append(store)
        entered.set()
        assert go.wait(30)
        return object()

    monkeypatch.setattr(home_page, "overview", slow)
    page = HomePage(samples)
    seen: list[object] = []
    threads = [threading.Thread(target=lambda: seen.append(page.overview("one"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    assert entered.wait(30)
    go.set()
    for thread in threads:
        thread.join(30)
    assert len(made) == 1
    assert len(set(map(id, seen))) == 1
    assert len(seen) == 4
