"""A monitor is told which part of an instance does not answer, by /healthz and by /metrics."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from search.errors import PartsFail, StoreUnavailable
from search.model import Quote
from search.settings import load
from search.storage.database import Database
from search.storage.index_folder import IndexFolder
from search.storage.store import Store
from search.storage.upkeep.health import PARTS
from web.app import create_app


def archive_fails(*_: object) -> None:
    raise StoreUnavailable("The archive is on a disk that is gone.")


def index_fails(*_: object) -> None:
    raise StoreUnavailable("The search index does not answer.")


@pytest.mark.parametrize("broken", [(), ("archive",), ("index",), ("archive", "index")])
def test_the_parts_that_fail_are_named(broken: Sequence[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load({"instance": tmp_path}, environ={})
    with Store(settings) as store:
        store.add_quotes([Quote("q", "d", "The harbour was never asked about it")])
        store.catch_up()
        client = create_app(settings, store).test_client()
        if "archive" in broken:
            # All that is asked of the archive, what the index is compared with included.
            monkeypatch.setattr(Database, "value", archive_fails)
        if "index" in broken:
            monkeypatch.setattr(IndexFolder, "reading", index_fails)
        assert tuple(store.health.faults()) == tuple(broken)
        answer = client.get("/healthz")
        told = answer.get_json()
        assert answer.status_code == (503 if broken else 200)
        assert told.get("failing", []) == list(broken)
        if broken:
            with pytest.raises(PartsFail) as found:
                store.health.check()
            assert told["detail"] == str(found.value)
        up = {
            sample.labels["part"]: sample.value
            for family in text_string_to_metric_families(client.get("/metrics").get_data(as_text=True))
            for sample in family.samples
            if sample.name == "quotes_part_up"
        }
        assert up == {part: float(part not in broken) for part in PARTS}
