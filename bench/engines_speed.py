"""What the engines take side by side: `python bench/engines_speed.py QUOTES.jsonl[.gz] [--size 100000] [--writers 1 2 4] [--keep FOLDER]`.

Starts a node of OpenSearch (tools/cluster) and makes an instance on Whoosh and one on OpenSearch of the same archive, which is
filled as in `bench/find_speed.py`: each quote is an utterance of its own. With `--postgresql` the archive of the second is in a
PostgreSQL of its own (tools/cluster), filled for itself. Prints quotes a second while storing and while indexing, bytes a quote of the archive and of the index, and p50 and p95
of a whole `find`, by the clock and of this process's CPU, each question asked of both engines in turn; then how many quotes a
second OpenSearch takes from several processes, each writing an index of its own.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from find_speed import BATCH, grown, load, placed, questions

sys.path.append(str(Path(__file__).parent.parent / "tools" / "cluster"))
from opensearch_nodes import OpensearchNodes
from postgresql_server import PostgresqlServer

from search import settings
from search.find.find import find
from search.model import Query
from search.storage.indexing.indexed_quote import indexed_quote
from search.storage.store import Store
from search.term_index.opensearch.server import OpensearchServer
from search.term_index.opensearch_index import OpensearchIndex

WRITTEN = 5_000  # quotes of each process
ASKED = 200
WARMING = 20  # questions that are not counted
MERGE_SECONDS = 1_800  # for which the segments of an index are waited for to be one


def stored(instance: settings.Settings, texts: Sequence[str]) -> str:
    """Store quotes without indexing them, and return how many a second that were."""
    with Store(instance) as store:
        begun = time.monotonic()
        quotes = placed(texts, random.Random(len(texts)))
        while part := list(islice(quotes, BATCH)):
            store.add_quotes(part)
    return f"{len(texts) / (time.monotonic() - begun):.0f} stored a second"


def indexed(instance: settings.Settings) -> str:
    """Index what is stored, and return how many quotes a second that were."""
    with Store(instance) as store:
        begun = time.monotonic()
        behind = store.behind()
        store.catch_up(link=False)
        return f"{behind / (time.monotonic() - begun):.0f} indexed a second" if behind else "indexed before"


def bytes_of_archive(instance: settings.Settings) -> int:
    """Return the bytes of an archive, without its index."""
    if instance.archive_url:
        with Store(instance) as store:
            return store._db.bytes_elsewhere()
    return sum(path.stat().st_size for path in instance.instance.glob("archive.sqlite3*"))


def bytes_of_index(engine: str, folder: Path, nodes: OpensearchNodes) -> int:
    """Return the bytes of an index, on OpenSearch those of its one segment."""
    if engine == "whoosh":
        return sum(path.stat().st_size for path in (folder / "index").rglob("*") if path.is_file())
    nodes.ask("POST", "/quotes-1/_forcemerge?max_num_segments=1", seconds=MERGE_SECONDS)
    size: int = nodes.ask("GET", "/quotes-1/_stats/store")["_all"]["primaries"]["store"]["size_in_bytes"]
    return size


def asked(instances: Mapping[str, settings.Settings], texts: Sequence[str]) -> None:
    """Print what a find takes on each engine, in ms; the first twenty questions are left out."""
    with ExitStack() as opened:
        stores = {engine: opened.enter_context(Store(instance)) for engine, instance in instances.items()}
        for kind, texts_asked in questions(texts, random.Random(2), ASKED).items():
            clock: dict[str, list[float]] = {engine: [] for engine in stores}
            cpu: dict[str, list[float]] = {engine: [] for engine in stores}
            for text in texts_asked:
                for engine, store in stores.items():
                    begun, spent = time.monotonic(), time.process_time()
                    find(store, Query(text))
                    clock[engine].append((time.monotonic() - begun) * 1000)
                    cpu[engine].append((time.process_time() - spent) * 1000)
            for engine in stores:
                print(
                    f"    find, {kind:10} {engine:10}  clock {shares(clock[engine])}  CPU {shares(cpu[engine])}",
                    flush=True,
                )


def shares(took: Sequence[float]) -> str:
    """Return p50 and p95 as they are printed."""
    rest = sorted(took[WARMING:])
    return f"p50 {rest[len(rest) // 2]:6.1f} p95 {rest[int(len(rest) * 0.95)]:6.1f}"


def write(url: str, name: str, texts: Sequence[str], ready: multiprocessing.synchronize.Barrier) -> None:
    """Write an index of its own, as soon as the other processes are ready."""
    index = OpensearchIndex.made(OpensearchServer(url), name, 1, 0)
    quotes = [indexed_quote(number, quote) for number, quote in enumerate(placed(texts, random.Random(3)), 1)]
    ready.wait()
    index.update(quotes, [], 1)
    ready.wait()


def main() -> int:
    """Measure both engines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("quotes", type=Path)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--writers", type=int, nargs="*", default=[1, 2, 4])
    parser.add_argument("--postgresql", action="store_true", help="keep the second archive in PostgreSQL")
    parser.add_argument("--keep", type=Path, help="keep the instances in this folder, and use them if they are there")
    chosen = parser.parse_args()
    texts = grown(load(chosen.quotes), chosen.size, random.Random(chosen.size))
    with ExitStack() as ended:
        folder = chosen.keep or Path(ended.enter_context(tempfile.TemporaryDirectory()))
        nodes = ended.enter_context(OpensearchNodes(folder / "nodes"))
        environ = {
            "QUOTES_ENGINE": "opensearch", "QUOTES_OPENSEARCH_URL": nodes.urls[0], "QUOTES_OPENSEARCH_REPLICAS": "0",
        }  # fmt: skip
        if chosen.postgresql:
            server = ended.enter_context(PostgresqlServer())
            environ["QUOTES_ARCHIVE_URL"] = server.make_database("archive")
        instances = {
            engine: settings.load({"instance": folder / engine}, environ=given)
            for engine, given in (("whoosh", {}), ("opensearch", environ))
        }
        storing = dict.fromkeys(instances, "stored before")
        if not (folder / "whoosh").exists():
            storing["whoosh"] = stored(instances["whoosh"], texts)
        if chosen.postgresql:
            storing["opensearch"] = stored(instances["opensearch"], texts)
        elif not (folder / "opensearch").exists():
            (folder / "opensearch").mkdir()
            shutil.copy(folder / "whoosh" / "archive.sqlite3", folder / "opensearch")
        for engine, instance in instances.items():
            rate = indexed(instance)
            size = bytes_of_index(engine, folder / engine, nodes)
            print(
                f"{engine}: {len(texts)} quotes, {storing[engine]}, {rate}, {size / len(texts):.0f} bytes each, "
                f"{bytes_of_archive(instance) / len(texts):.0f} in the archive",
                flush=True,
            )
        asked(instances, texts)
        for writers in chosen.writers:
            ready = multiprocessing.Barrier(writers + 1)
            processes = [
                multiprocessing.Process(
                    target=write, args=(nodes.urls[0], f"writers-{writers}-{one}", texts[:WRITTEN], ready)
                )
                for one in range(writers)
            ]
            for process in processes:
                process.start()
            ready.wait()
            begun = time.monotonic()
            ready.wait()
            rate = writers * min(WRITTEN, len(texts)) / (time.monotonic() - begun)
            print(f"opensearch, {writers} writer(s), terms ready: {rate:.0f} quotes a second", flush=True)
            for process in processes:
                process.join()
    return 0


if __name__ == "__main__":
    sys.exit(main())
