"""An archive in PostgreSQL answers as one in SQLite, is written to by several at once, and outlives its server's faults."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import as_file, files
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from indexer.pipeline.import_extracted import documents_from_lines
from indexer.pipeline.store_quotes import store_documents
from search.cli import quotes
from search.errors import ConfigError, StoreBusy, StoreUnavailable
from search.find.find import find
from search.model import Document, Query, Quote
from search.settings import Settings, load
from search.storage.databases.opening import open_postgresql
from search.storage.databases.postgresql_database import PostgresqlDatabase
from search.storage.store import Store
from search.storage.store_turns import StoreTurns
from search.storage.upkeep.examination import examine
from web.app import create_app

if TYPE_CHECKING:
    from postgresql_server import PostgresqlServer

COMMAND = Path(sys.executable).parent / "quotes"


def instance(folder: Path, url: str, **more: object) -> Settings:
    return load({"instance": folder, **more}, environ={"QUOTES_ARCHIVE_URL": url})


def run(folder: Path, url: str, *words: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"QUOTES_ARCHIVE_URL": url, "QUOTES_BATCH": "3", "NO_COLOR": "1"}
    return subprocess.run(
        [COMMAND, "--instance", folder, *words], capture_output=True, text=True, env=environment, check=False
    )


def grouped(store: Store) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for quote, utterance in store.export():
        groups.setdefault(utterance, set()).add(quote.id)
    return set(map(frozenset, groups.values()))


def pairs(store: Store) -> set[frozenset[str]]:
    return {frozenset(pair) for group in grouped(store) for pair in combinations(group, 2)}


def numbered(count: int, prefix: str = "q") -> list[Quote]:
    return [
        Quote(f"{prefix}{n}", "", f"The harbour wall {n} will be built in {2000 + n}", outlet="Ledger")
        for n in range(count)
    ]


@pytest.fixture(scope="module")
def lines() -> list[bytes]:
    with as_file(files("indexer") / "samples") as folder:
        found = CliRunner().invoke(quotes, ["extract", str(folder / "articles")])
    return found.stdout_bytes.splitlines(keepends=True)


def test_a_config_file_names_no_server_and_no_password_is_shown(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('archive_url = "postgresql://elsewhere/x"', encoding="utf-8")
    with pytest.raises(ConfigError, match="QUOTES_ARCHIVE_URL"):
        load({"instance": tmp_path}, environ={})
    (tmp_path / "config.toml").unlink()
    shown = run(tmp_path, "postgresql://ann:secret@127.0.0.1/x", "config")
    assert shown.returncode == 0
    assert "secret" not in shown.stdout
    with pytest.raises(ConfigError, match="postgresql://"):
        open_postgresql("mysql://127.0.0.1/x")


@pytest.mark.cluster
def test_it_answers_as_sqlite_does(tmp_path: Path, archive_url: str, samples: Store, lines: list[bytes]) -> None:
    with as_file(files("indexer") / "samples") as folder:
        told = json.loads((folder / "utterances.json").read_text(encoding="utf-8"))
    settings = instance(tmp_path / "i", archive_url)
    with Store(settings) as store:
        store_documents(documents_from_lines((("line", line) for line in lines), 10**7), store, batch=100)
        assert grouped(store) == grouped(samples)
        for text in [each["query"] for each in told if "query" in each]:
            ours, theirs = (find(each, Query(text=text, limit=50)) for each in (store, samples))
            assert [[q.id for q in u.quotes] for u in ours.utterances] == [
                [q.id for q in u.quotes] for u in theirs.utterances
            ]
            assert (ours.facets, ours.notes) == (theirs.facets, theirs.notes)
        before = grouped(store)
        store.rebuild()
        assert grouped(store) == before
    assert list(examine(settings)) == []


@pytest.mark.cluster
def test_hosts_that_write_at_once_come_to_the_same_groups(
    tmp_path: Path, archive_url: str, samples: Store, lines: list[bytes]
) -> None:
    """Four hosts, each with a folder of its own; what few ties the order settles otherwise is counted."""
    for number in range(4):
        (tmp_path / f"{number}.jsonl").write_bytes(b"".join(lines[number::4] + lines[:5]))
    with ThreadPoolExecutor() as hosts:
        done = hosts.map(
            lambda n: run(tmp_path / f"host{n}", archive_url, "import", "--extracted", str(tmp_path / f"{n}.jsonl")),
            range(4),
        )
        assert [(each.returncode, each.stderr) for each in done] == [(0, "")] * 4
    settings = instance(tmp_path / "host0", archive_url)
    with Store(settings) as store:
        store.catch_up_if_free()
        assert store.count_quotes() == samples.count_quotes()
        ours, theirs = pairs(store), pairs(samples)
        assert len(ours & theirs) / len(ours | theirs) > 0.98
    assert list(examine(settings)) == []


@pytest.mark.cluster
def test_one_derives_and_others_store_meanwhile(tmp_path: Path, archive_url: str) -> None:
    one, two = (instance(tmp_path / name, archive_url) for name in "ab")
    with Store(one) as first, Store(two) as second, ThreadPoolExecutor(1) as thread:
        assert isinstance(first, StoreTurns)
        with first.writing("quotes rebuild"):
            with pytest.raises(StoreBusy, match="quotes rebuild"):
                thread.submit(second.catch_up).result()
            assert thread.submit(second.add_quotes, numbered(1)).result() == (1, 0)
        second.catch_up()
        first.catch_up()
        assert first.behind() == second.behind() == 0


@pytest.mark.cluster
def test_a_host_indexes_in_its_folder_while_another_derives(tmp_path: Path, archive_url: str) -> None:
    with (
        Store(instance(tmp_path / "a", archive_url)) as first,
        Store(instance(tmp_path / "b", archive_url)) as second,
        ThreadPoolExecutor(1) as thread,
    ):
        second.add_quotes(numbered(30))
        with first.writing("quotes rebuild"):
            caught_up = thread.submit(second.catch_up, wait=True)
            until = time.monotonic() + 120
            position = 0
            while position < 30 and time.monotonic() < until:
                time.sleep(0.05)
                with second.reading() as reader:
                    position = reader.position
            assert (position, second.behind(), caught_up.done()) == (30, 30, False)
        caught_up.result()
        assert second.behind() == 0
        first.catch_up()
        assert grouped(first) == grouped(second)


@pytest.mark.cluster
def test_positions_of_the_log_become_readable_in_order(archive_url: str) -> None:
    """Whoever reads on from a position misses nothing, though another transaction began before."""
    from contextlib import closing

    from search.storage.archive import Archive

    with closing(PostgresqlDatabase(archive_url)) as database:
        archive, seen, position = Archive(database), list[int](), 0

        def store_some(name: str) -> None:
            for quote in numbered(15, name):
                with database.transaction():
                    archive.add_quotes([quote])

        with ThreadPoolExecutor() as writers:
            jobs = [writers.submit(store_some, name) for name in "abcd"]
            while not all(job.done() for job in jobs) or len(seen) < 60:
                for change in archive.changes(position, 7):
                    seen.append(change.quote)
                    position = change.position
        assert len(set(seen)) == len(seen) == archive.count_quotes() == 60


@pytest.mark.cluster
def test_texts_that_sql_and_utf8_do_not_like_come_back(tmp_path: Path, archive_url: str) -> None:
    strange = "a ? b %s c % d \\ e ' f \0 g \ud800 h \U0001f600 'json_each(?)'"
    with Store(instance(tmp_path / "i", archive_url)) as store:
        store.add([(Document("d", strange), strange, [Quote("q", "d", strange, speaker=strange, confidence=1)])])
        store.catch_up()
        kept = strange.replace("\0", "\ufffd").replace("\ud800", "?")
        assert store.document_text("d") == kept
        assert [quote.text for quote in store.quotes_of_document("d")] == [kept]
        assert store.is_deleted("\0") is False
        assert find(store, Query(text="x", speaker=("\0",))).total_quotes == 0
    assert list(examine(instance(tmp_path / "i", archive_url))) == []


WRITER = """
import sys
from search.model import Quote
from search.settings import load
from search.storage.store import Store
from search.storage.store_turns import StoreTurns
from search.errors import StoreUnavailable
import time
with Store(load({"instance": sys.argv[1]})) as store:
    for n in range(10_000):
        quote = Quote(f"q{n}", "", f"The harbour wall {n} will be built", outlet="Ledger")
        while True:
            try:
                store.add_quotes([quote])
                break
            except StoreUnavailable as error:
                assert str(error).count("\\n") == 0
                time.sleep(0.05)
        print(n, flush=True)
"""


@pytest.mark.cluster
@pytest.mark.parametrize("fault", ["restart", "kill"])
def test_a_server_that_ends_while_it_is_written_to_loses_nothing_and_doubles_nothing(
    tmp_path: Path, fault: str
) -> None:
    from postgresql_server import PostgresqlServer

    with PostgresqlServer(in_memory=True) as server:
        url = server.make_database("archive")
        settings = instance(tmp_path / "i", url)
        Store(settings).close()
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(settings.instance)], stdout=subprocess.PIPE, text=True,
            env=os.environ | {"QUOTES_ARCHIVE_URL": url},
        )  # fmt: skip
        assert writer.stdout is not None
        try:
            acknowledged = [int(writer.stdout.readline()) for _ in range(20)]
            with Store(settings) as reader:
                reader.catch_up(wait=True)
                for _ in range(2):
                    server.restart() if fault == "restart" else (server.kill(), server.start())
                    # The same thread asks again, by a new connection.
                    assert reader.count_quotes() >= len(acknowledged)
                    acknowledged += [int(writer.stdout.readline()) for _ in range(20)]
                writer.kill()
                acknowledged += [int(line) for line in writer.stdout.read().split() if line]
                reader.catch_up(wait=True)
                assert {f"q{n}" for n in acknowledged} <= set(reader.quote_ids(range(1, 10_000)).values())
                assert find(reader, Query(text="The harbour wall 7 will be built")).total_quotes > 0
                assert reader.notices() == []
        finally:
            writer.kill()
            writer.communicate()
        assert list(examine(settings)) == []


@pytest.mark.cluster
def test_a_server_that_was_restarted_is_well_for_each_thread_at_once_but_not_for_one_that_held_a_lock(tmp_path: Path) -> None:  # fmt: skip
    from postgresql_server import PostgresqlServer

    with PostgresqlServer(in_memory=True) as server:
        settings = instance(tmp_path / "i", server.make_database("archive"))
        with Store(settings) as store, ThreadPoolExecutor(3) as threads:
            store.add_quotes(numbered(3))
            store.catch_up()
            client = create_app(settings, store).test_client()
            together = threading.Barrier(3)

            def asked(_: int) -> tuple[int, bool]:
                together.wait(30)  # so that each is a thread of its own
                metrics = client.get("/metrics").get_data(as_text=True)
                return client.get("/healthz").status_code, 'quotes_part_up{part="archive"} 1' in metrics

            assert set(threads.map(asked, range(3))) == {(200, True)}
            server.restart()
            assert set(threads.map(asked, range(3))) == {(200, True)}
        database = PostgresqlDatabase(server.url("archive"))
        for hold in (lambda: database.held("storing", "a test", wait=True), lambda: database.tables_beside(["links"])):
            with hold():
                server.restart()
                with pytest.raises(StoreUnavailable, match="not reached"):
                    database.value("SELECT 1")
            assert database.value("SELECT 1") == 1
        database.close()


@pytest.mark.cluster
def test_a_page_says_that_the_archive_does_not_answer_and_goes_on_when_it_does(tmp_path: Path) -> None:
    from postgresql_server import PostgresqlServer

    with PostgresqlServer(in_memory=True) as server:
        settings = instance(tmp_path / "i", server.make_database("archive"))
        with Store(settings) as store:
            store.add_quotes(numbered(3))
            store.catch_up()
            client = create_app(settings, store).test_client()
            asked = "/search?q=The+harbour+wall+2+will+be+built"
            assert (client.get("/healthz").status_code, client.get(asked).status_code) == (200, 200)
            server.kill()
            health = client.get("/healthz")
            assert (health.status_code, health.get_json()["failing"]) == (503, ["archive"])
            shown = client.get(asked)
            assert shown.status_code == 503
            for answer in (health, shown):
                assert "127.0.0.1" not in answer.text
            server.start()
            assert (client.get("/healthz").status_code, client.get(asked).status_code) == (200, 200)
        # What another host stored meanwhile is found without anybody doing anything.
        with Store(instance(tmp_path / "other", settings.archive_url)) as other:
            other.add_quotes(numbered(9))
        with Store(settings) as store:
            assert create_app(settings, store).test_client().get(asked.replace("+2+", "+8+")).status_code == 200
            assert (store.behind(), store.count_quotes()) == (0, 9)


@pytest.mark.cluster
def test_a_network_that_is_cut_is_said_and_what_follows_is_caught_up(
    tmp_path: Path, postgresql: PostgresqlServer, archive_url: str
) -> None:
    import socket

    listener = socket.create_server(("127.0.0.1", 0))
    pipes: list[socket.socket] = []
    cut = threading.Event()

    def pump(one: socket.socket, other: socket.socket) -> None:
        try:
            while data := one.recv(65536):
                other.sendall(data)
        except OSError:
            pass

    def forward() -> None:
        while True:
            try:
                near = listener.accept()[0]
            except OSError:
                return
            if cut.is_set():
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", postgresql.port))
            pipes.extend((near, far))
            for pair in ((near, far), (far, near)):
                threading.Thread(target=pump, args=pair, daemon=True).start()

    def hang_up() -> None:
        for pipe in pipes:
            pipe.shutdown(socket.SHUT_RDWR)
            pipe.close()
        pipes.clear()

    threading.Thread(target=forward, daemon=True).start()
    port = listener.getsockname()[1]
    with Store(instance(tmp_path / "i", postgresql.url(archive_url.rpartition("/")[2], port))) as store:
        store.add_quotes(numbered(3))
        cut.set()
        hang_up()
        with pytest.raises(StoreUnavailable, match="not reached"):
            store.add_quotes(numbered(5))
        cut.clear()
        assert store.add_quotes(numbered(5)) == (2, 3)
        hang_up()  # between two statements that is seen by nobody
        assert store.add_quotes(numbered(6)) == (1, 5)
        store.catch_up()
        assert find(store, Query(text="The harbour wall 4 will be built")).total_quotes > 0
    listener.close()
    for pipe in pipes:
        pipe.close()


@pytest.mark.cluster
def test_a_server_that_is_not_there_and_an_archive_that_is_gone_are_one_sentence(
    tmp_path: Path, postgresql: PostgresqlServer, archive_url: str
) -> None:
    begun = time.monotonic()
    shown = run(tmp_path / "i", "postgresql://owner@127.0.0.1:1/x", "find", "words")
    assert (shown.returncode, shown.stderr.count("\n")) == (2, 1)
    assert "PostgreSQL, which is not reached" in shown.stderr
    assert time.monotonic() - begun < 60
    with Store(instance(tmp_path / "i", archive_url)) as store:
        store.add_quotes(numbered(1))
        store.catch_up()
    empty = postgresql.make_database(f"empty{os.getpid()}")
    with pytest.raises(StoreUnavailable, match="no archive is in"):
        Store(instance(tmp_path / "i", empty))
