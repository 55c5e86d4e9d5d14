"""What a monitor is told at /metrics, in the text format of Prometheus: how long requests take, how far the index is, memory."""

from __future__ import annotations

import os
from collections.abc import Sized
from contextlib import suppress
from typing import Final

from flask import Flask, Response, abort, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
    multiprocess,
)

from search.errors import StoreError
from search.settings import Settings
from search.storage.store import Store
from search.storage.upkeep.health import PARTS
from web.monitoring.timing import seconds_taken
from web.serving.processes import SHARED_NUMBERS

# Seconds: from what a page out of the cache of a browser takes to what nobody waits for.
SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The numbers of one application; those of the archive are read when they are asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.registry = CollectorRegistry()
        self.seconds = Histogram(
            "quotes_request_seconds",
            "How long a request took to answer, by the view that answered it",
            ("view", "method", "status"),
            buckets=SECONDS,
            registry=self.registry,
        )
        self.in_progress = Gauge(
            "quotes_requests_in_progress",
            "Requests being answered",
            registry=self.registry,
            multiprocess_mode="livesum",
        )
        self._waiting = Gauge(
            "quotes_requests_waiting",
            "Requests that no thread had taken up when the last one was",
            registry=self.registry,
            multiprocess_mode="livesum",
        )
        self._queue: Sized = ()
        self._quotes = self._archive_gauge("quotes_searchable_quotes", "Quotes that can be searched")
        self._behind = self._archive_gauge("quotes_index_behind", "Changes of the archive that the index has not seen")
        self._up = Gauge(
            "quotes_part_up",
            "1 where a part of the store answers, else 0: without one of them no search can be answered",
            ("part",),
            registry=self.registry,
            multiprocess_mode="mostrecent",
        )
        ProcessCollector(registry=self.registry)

    def watch_queue(self, queue: Sized) -> None:
        """Tell, with each request, how many wait in the queue of the server of this process."""
        self._queue = queue

    def begin_request(self) -> None:
        """Count a request that is answered from now on, and those that wait behind it."""
        self.in_progress.inc()
        self._waiting.set(len(self._queue))

    def _archive_gauge(self, name: str, meaning: str) -> Gauge:
        return Gauge(name, meaning, registry=self.registry, multiprocess_mode="mostrecent")

    def text(self, shared_folder: str | None) -> bytes:
        """Return all numbers as Prometheus reads them; of all processes where they share a folder."""
        faults = self._store.health.faults()
        for part in PARTS:
            self._up.labels(part).set(part not in faults)
        with suppress(StoreError):
            with self._store.reading() as reader:
                self._quotes.set(reader.size)
            self._behind.set(self._store.behind())
        self._waiting.set(len(self._queue))
        if not shared_folder:
            return generate_latest(self.registry)
        together = CollectorRegistry()
        multiprocess.MultiProcessCollector(together, path=shared_folder)  # type: ignore[no-untyped-call]
        return generate_latest(together)


def forget_process(process: int) -> None:
    """Count no more what a process that has ended was doing, where several share their numbers."""
    if shared_folder := os.environ.get(SHARED_NUMBERS):
        multiprocess.mark_process_dead(process, shared_folder)  # type: ignore[no-untyped-call]


def measure_requests(app: Flask, settings: Settings, store: Store, shared_folder: str | None) -> None:
    """Let `app` time its requests and answer /metrics; on a public instance only where the setting `metrics` is on."""
    metrics = Metrics(store)
    app.extensions["metrics"] = metrics

    @app.before_request
    def begin() -> None:
        g.is_counted = True
        metrics.begin_request()

    @app.after_request
    def end(response: Response) -> Response:
        seconds = seconds_taken()
        if seconds is not None:
            # By the view, never by the address: whoever searches would else be in the numbers, and make them without end.
            labels = (request.endpoint or "none", _method(), str(response.status_code))
            metrics.seconds.labels(*labels).observe(seconds)
        return response

    @app.teardown_request
    def leave(_: BaseException | None) -> None:
        if "is_counted" in g:
            metrics.in_progress.dec()

    @app.get("/metrics")
    def monitor() -> Response:
        if settings.public and not settings.metrics:
            abort(404)
        response = Response(metrics.text(shared_folder), content_type=CONTENT_TYPE_LATEST)
        response.headers["Cache-Control"] = "no-store"
        return response


def _method() -> str:
    """Return the method of the request; "OTHER" for one that a stranger made up."""
    return request.method if request.method in {"GET", "HEAD", "POST", "OPTIONS"} else "OTHER"
