"""When a request began, for whatever tells how long it took."""

from __future__ import annotations

import time

from flask import Flask, g


def time_requests(app: Flask) -> None:
    """Let `app` remember when each request began, one that is refused before it comes here excepted."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()


def seconds_taken() -> float | None:
    """Return the seconds since the request began; None for one that was refused before it was timed."""
    return time.perf_counter() - g.began if "began" in g else None
