"""A line of JSON a request, without what was searched."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from search.errors import ConfigError
from search.settings import Settings
from search.storage.store import Store
from web.app import create_app
from web.monitoring.request_log import LOGS


def lines(capsys: pytest.CaptureFixture[str], settings: Settings, store: Store, log: str) -> list[dict[str, object]]:
    client = create_app(replace(settings, log=log), store).test_client()
    client.get("/search?q=minister+of+apologies\u202e")
    client.post("/check", data={"text": "He said “I was the minister of apologies”."})
    return [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]


def test_a_line_says_how_it_was_answered_and_not_what_was_asked(
    capsys: pytest.CaptureFixture[str], samples: Store, sample_settings: Settings
) -> None:
    first, second = lines(capsys, sample_settings, samples, "requests")
    assert (first["view"], first["method"], first["status"]) == ("pages.search", "GET", 200)
    assert set(first) == {"time", "view", "method", "status", "ms", "bytes"}
    assert "apologies" not in json.dumps([first, second])


def test_words_are_written_where_they_are_asked_for_but_never_a_manuscript(
    capsys: pytest.CaptureFixture[str], samples: Store, sample_settings: Settings
) -> None:
    first, second = lines(capsys, sample_settings, samples, "words")
    assert "minister" in str(first["address"])
    assert second["address"] == "/check"
    assert "apologies" not in json.dumps(second)


def test_off_writes_nothing_and_another_word_is_refused(
    capsys: pytest.CaptureFixture[str], samples: Store, sample_settings: Settings
) -> None:
    assert LOGS[0] == sample_settings.log
    assert lines(capsys, sample_settings, samples, LOGS[0]) == []
    with pytest.raises(ConfigError):
        create_app(replace(sample_settings, log="all"), samples)
