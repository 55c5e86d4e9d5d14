"""The disk of PostgreSQL is full, as the system has it: a small file system, filled, and emptied again."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
from faulty_cluster import comes, system
from flask.testing import FlaskClient
from html_page import HtmlPage
from logging_in import PASSWORD, log_in

from search.errors import StoreUnavailable
from search.find.find import find
from search.model import Query, Quote
from search.settings import load
from search.storage.store import Store
from search.storage.upkeep.examination import examine
from web.accounts.account_file import AccountFile
from web.app import create_app

pytestmark = pytest.mark.cluster
DISK_MB = 256  # of which the server has 60, and 80 its log at most
LEFT_BYTES = 1_000_000  # of the disk, for some batches
BATCH = 100


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of some hundred MB, into which another user may go."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        disk = Path(folder) / "disk"
        disk.mkdir()
        system("mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m,mode=1777", "tmpfs", str(disk))
        yield disk
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def batch(number: int) -> list[Quote]:
    return [
        Quote(f"q{n}", "", f"The harbour wall {n} will be built by {n % 97} masons out of stone {n * 7919}")
        for n in range(number * BATCH, (number + 1) * BATCH)
    ]


def fill(disk: Path) -> Path:
    """Write a file that leaves `LEFT_BYTES` of a disk, and return it."""
    with (disk / "filling").open("wb") as file, suppress(OSError):
        while True:
            file.write(bytes(1_000_000))
            file.flush()
    filled = disk / "filling"
    with filled.open("r+b") as file:
        file.truncate(filled.stat().st_size - LEFT_BYTES)
    return filled


def correct_until_refused(client: FlaskClient) -> tuple[str | None, set[str]]:
    """What the page says of the first correction that it cannot keep, or None, and which quotes were corrected before."""
    made: set[str] = set()
    for n in range(BATCH):
        page = client.get(f"/correct/q{n}")
        found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        data = {
            "csrf_token": found[1] if found else "",
            "action": "speaker",
            "name": f"Ada Voss {n}",
            "reason": "so " * 100,
        }
        answer = client.post(f"/correct/q{n}", data=data) if found else page
        if answer.status_code != 303:
            assert answer.status_code == 503
            return HtmlPage(answer.text).text, made
        made.add(f"q{n}")
    return None, made


@pytest.mark.parametrize("full", ["tables", "log"])
def test_a_full_disk_of_the_server_loses_nothing_and_doubles_nothing(
    small_disk: Path, tmp_path: Path, full: str
) -> None:
    """Where its log finds no room the server stops by itself, and is started anew once there is room, as its host does."""
    from postgresql_server import PostgresqlServer

    places = [small_disk, small_disk.parent]
    tables, log = places if full == "tables" else reversed(places)
    with PostgresqlServer(within=tables, log_within=log) as server:
        settings = load({"instance": tmp_path / "i"}, environ={"QUOTES_ARCHIVE_URL": server.make_database("archive")})
        with Store(settings) as store:
            assert store.add_quotes(batch(0)) == (BATCH, 0)
            store.catch_up()
            AccountFile(settings.instance).put("Ann Lind", PASSWORD)
            client = create_app(settings, store).test_client()
            log_in(client)
            filling = fill(small_disk)
            acknowledged, why = 1, ""
            for number in count(1):
                try:
                    store.add_quotes(batch(number))
                    acknowledged = number + 1
                    store.catch_up()
                except StoreUnavailable as error:
                    why = str(error)
                    break
            assert why.startswith("The archive in PostgreSQL")
            assert why.count("\n") == 0
            # A person who corrects meanwhile is told so, too.
            refused, corrected = correct_until_refused(client)
            assert ("No space left on device" if full == "tables" else "not reached") in (refused or "")
            asked = "/search?q=The+harbour+wall+7+will+be+built"
            if full == "log":
                assert comes(lambda: server.has_ended)
            health = client.get("/healthz")
            if full == "tables":
                assert "cannot be read or written: No space left on device" in why
                assert health.status_code == client.get(asked).status_code == 200
                assert store.count_quotes() == acknowledged * BATCH
            else:
                assert (health.status_code, health.get_json()["failing"]) == (503, ["archive"])
                assert client.get(asked).status_code == 503
            filling.unlink()
            if full == "log":
                server.start()
            # Nobody does anything: what was stored meanwhile is caught up by the question itself.
            assert client.get(asked).status_code == client.get("/healthz").status_code == 200
            assert store.behind() == 0
            assert {one.quotes[0].id for one in store.corrections()} == corrected
            assert set(correct_until_refused(client)[1]) >= corrected
            for number in range(acknowledged + 2):
                store.add_quotes(batch(number))
            store.catch_up()
            total = (acknowledged + 2) * BATCH
            assert sorted(store.quote_ids(range(1, 10 * total)).values()) == sorted(f"q{n}" for n in range(total))
            assert find(store, Query(f"The harbour wall {total - 1} will be built")).total_quotes
            assert store.notices() == []
        assert list(examine(settings)) == []
