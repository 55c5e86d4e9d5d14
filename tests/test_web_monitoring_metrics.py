"""What a monitor is told, and who may ask."""

from __future__ import annotations

from dataclasses import replace

from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from search.settings import Settings
from search.storage.store import Store
from web.app import create_app
from web.monitoring.metrics import Metrics


def samples_of(text: str) -> dict[tuple[str, tuple[str, ...]], float]:
    return {
        (sample.name, tuple(sorted(sample.labels.values()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_requests_are_timed_by_view_and_never_by_what_was_searched(client: FlaskClient, samples: Store) -> None:
    client.get("/search?q=minister+of+apologies")
    client.get("/search?q=something+else")
    client.open("/search", method="MADEUP")
    text = client.get("/metrics").get_data(as_text=True)
    told = samples_of(text)
    assert told["quotes_request_seconds_count", ("200", "GET", "pages.search")] == 2
    assert told["quotes_searchable_quotes", ()] == samples.count_quotes()
    assert told["quotes_index_behind", ()] == 0
    assert (told["quotes_part_up", ("archive",)], told["quotes_part_up", ("index",)]) == (1, 1)
    assert told["quotes_requests_in_progress", ()] == 1
    assert "apologies" not in text
    assert "MADEUP" not in text


def test_a_public_instance_tells_nobody_unless_it_is_asked_to(samples: Store, sample_settings: Settings) -> None:
    public = replace(sample_settings, public=True)
    assert create_app(public, samples).test_client().get("/metrics").status_code == 404
    assert create_app(replace(public, metrics=True), samples).test_client().get("/metrics").status_code == 200


def test_what_waits_in_a_queue_is_told(samples: Store) -> None:
    metrics = Metrics(samples)
    metrics.watch_queue([1, 2, 3])
    assert samples_of(metrics.text(None).decode())["quotes_requests_waiting", ()] == 3
