"""When a request began."""

from __future__ import annotations

from flask import Flask

from web.monitoring.timing import seconds_taken, time_requests


def taken(*, is_timed: bool) -> float | None:
    app = Flask(__name__)
    told: list[float | None] = []
    app.add_url_rule("/", view_func=lambda: told.append(seconds_taken()) or "done")
    if is_timed:
        time_requests(app)
    app.test_client().get("/")
    return told[0]


def test_a_request_is_timed_from_where_it_comes_in() -> None:
    seconds = taken(is_timed=True)
    assert seconds is not None
    assert seconds >= 0
    assert taken(is_timed=False) is None
