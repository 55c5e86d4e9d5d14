"""What several writers come to in one PostgreSQL: `python bench/many_writers.py QUOTES.jsonl[.gz] [--size N] [--writers 1 2 4]`.

QUOTES is what `quotes import` takes. They are stored and linked by one writer in SQLite, then by several at once in PostgreSQL
(tools/cluster), each a process with a folder of its own; the quotes go to the writers in turn. Prints quotes a second, from
the first line read to the last utterance made, bytes a quote, p50 and p95 of a whole `find` in ms, each question asked of all archives
in turn, and how far the utterances agree with those of the one writer: of the pairs of quotes that are one utterance in either, the
share that is so in both.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import combinations, islice
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "tools" / "cluster"))
from postgresql_server import PostgresqlServer

from search.find.find import find
from search.model import Query
from search.plural import counted
from search.settings import Settings, load
from search.storage.store import Store

ASKED = 200
WARMING = 20  # questions that are not counted
IMPORT = [sys.executable, "-c", "from search.cli import quotes; quotes()", "import"]


def loaded(lines: Sequence[str], writers: int, folder: Path, url: str) -> float:
    """Import the lines by several processes at once, and return how many quotes a second were stored and linked."""
    environ = os.environ | {"QUOTES_ARCHIVE_URL": url}
    begun = time.monotonic()
    running = []
    for number in range(writers):
        piece = folder / f"{number}.jsonl"
        piece.write_text("\n".join(lines[number::writers]), "utf-8")
        command = [*IMPORT, str(piece), "--instance", str(folder / f"host{number}")]
        running.append(subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL))
    if sum(process.wait() for process in running):
        raise SystemExit("A writer failed.")
    with Store(load({"instance": folder / "host0"}, environ=environ)) as store:
        store.catch_up()
    return len(lines) / (time.monotonic() - begun)


def pairs(store: Store) -> set[tuple[str, str]]:
    """Return the pairs of quotes that are one utterance."""
    groups: dict[str, list[str]] = defaultdict(list)
    for quote, utterance in store.export():
        groups[utterance].append(quote.id)
    return {pair for members in groups.values() for pair in combinations(sorted(members), 2)}


def size_of(store: Store, settings: Settings) -> int:
    """Return the bytes of an archive, without its index."""
    if settings.archive_url:
        return store._db.bytes_elsewhere()
    return sum(path.stat().st_size for path in settings.instance.glob("archive.sqlite3*"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("quotes", type=Path)
    parser.add_argument("--size", type=int, default=30_000)
    parser.add_argument("--writers", type=int, nargs="+", default=[1, 2, 4])
    asked = parser.parse_args()
    opener = gzip.open if asked.quotes.suffix == ".gz" else open
    with opener(asked.quotes, "rt", encoding="utf-8") as file:
        lines = list(islice((line.strip() for line in file if line.strip()), asked.size))
    texts = random.Random(2).sample([json.loads(line)["text"] for line in lines], ASKED + WARMING)
    with tempfile.TemporaryDirectory() as folder, PostgresqlServer() as server, ExitStack() as opened:
        instances: dict[str, Settings] = {}
        speed: dict[str, float] = {}
        for name, writers in [
            ("SQLite, 1 writer", 1),
            *((f"PostgreSQL, {counted(n, 'writer')}", n) for n in asked.writers),
        ]:
            place = Path(folder) / str(len(instances))
            place.mkdir()
            url = server.make_database(f"archive{len(instances)}") if instances else ""
            speed[name] = loaded(lines, writers, place, url)
            instances[name] = load({"instance": place / "host0"}, environ={"QUOTES_ARCHIVE_URL": url})
            print(f"{name}: {speed[name]:.0f} quotes a second", flush=True)
        stores = {name: opened.enter_context(Store(settings)) for name, settings in instances.items()}
        took: dict[str, list[float]] = {name: [] for name in stores}
        for text in texts:
            for name, store in stores.items():
                begun = time.perf_counter()
                find(store, Query(text))
                took[name].append((time.perf_counter() - begun) * 1000)
        first = pairs(next(iter(stores.values())))
        print(
            "| archive | quotes a second | bytes a quote | find p50 | p95 | pairs that agree |\n|---|---|---|---|---|---|"
        )
        for name, store in stores.items():
            told, these = took[name][WARMING:], pairs(store)
            agreement = len(first & these) / max(1, len(first | these))
            print(
                f"| {name} | {speed[name]:.0f} | {size_of(store, instances[name]) / len(lines):.0f} | {statistics.median(told):.1f} "
                f"| {statistics.quantiles(told, n=20)[-1]:.1f} | {agreement:.4f} |"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
