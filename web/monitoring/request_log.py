"""A line of JSON for each request, on standard error: what was answered and how long it took, without the words that were searched."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Final

from flask import Flask, Response, request

from search.errors import ConfigError
from search.settings import Settings
from web.monitoring.timing import seconds_taken

LOGS: Final = ("off", "requests", "words")
_LONGEST: Final = 2000  # code points of an address that are written


def log_requests(app: Flask, settings: Settings) -> None:
    """Let `app` write a line for each request, as the setting `log` says. Raises ConfigError for a value that is none.

    off         nothing is written
    requests    when, which view, method, status, milliseconds, bytes; never what was searched, nor by whom
    words       the address with its query as well

    What is sent in a form or a manuscript is never written, nor from which address a reader came.
    """
    if settings.log not in LOGS:
        raise ConfigError(f"log must be one of: {', '.join(LOGS)}; not {settings.log!r}.")
    if settings.log == "off":
        return

    @app.after_request
    def write(response: Response) -> Response:
        line: dict[str, object] = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "view": request.endpoint,
            "method": request.method[:16],
            "status": response.status_code,
            "ms": round((seconds_taken() or 0.0) * 1000, 2),
            "bytes": response.calculate_content_length(),
        }
        if settings.log == "words":
            line["address"] = request.full_path.rstrip("?")[:_LONGEST]
        # Without characters that a terminal would obey: JSON escapes them.
        print(json.dumps(line), file=sys.stderr, flush=True)
        return response
