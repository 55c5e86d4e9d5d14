"""What a large archive costs to read: `python bench/scale.py ARTICLES.jsonl[.gz] [--instance FOLDER] [--jobs 2] [--first N]`.

Extracts the first N articles alone (one process, nothing stored), then indexes all of them end to end into a new instance
folder, which is kept if it is named, and prints the table of bench/scale.md. CPU seconds of all processes, workers too;
the split is by what the main process was at. Peak memory is that of the largest process, and of the largest worker.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import islice
from pathlib import Path

COMMAND = "from search.cli import quotes; quotes()"
UNIT = 1e6 if sys.platform == "darwin" else 1024  # ru_maxrss counts bytes there, kilobytes elsewhere


def extracted(path: Path) -> tuple[float, float]:
    """CPU seconds and peak memory in MB of extracting a file."""
    command = [sys.executable, "-c", COMMAND, "extract", str(path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as child:
        _, _, used = os.wait4(child.pid, 0)
        child.returncode = 0
    return used.ru_utime + used.ru_stime, used.ru_maxrss / UNIT


def index(path: str, folder: str, jobs: int) -> None:
    """Index a file into a folder, as `quotes index` does; prints what that cost as JSON."""
    from indexer.input.input_file import ReadOptions
    from indexer.pipeline.store_quotes import store_documents
    from indexer.pipeline.workers import extract_files
    from search.settings import load
    from search.storage.store import Store

    settings = load({"instance": Path(folder)}, environ={})
    parts: Counter[str] = Counter()
    last = time.process_time()

    def progress(what: str, done: int, total: int | None) -> None:
        nonlocal last
        now = time.process_time()
        parts[what] += now - last
        last = now

    begun = time.monotonic()
    with Store(settings) as store:
        report = store_documents(
            extract_files([path], ReadOptions(), jobs=jobs), store, batch=settings.batch, progress=progress
        )
        status = store.status()
    passed = time.monotonic() - begun
    own, workers = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    facts = {
        "documents": report.documents, "quotes": report.quotes, "skipped": len(report.skipped), "versions": status.versions,
        "disk": status.bytes / 1e6, "wall": passed, "own": own.ru_utime + own.ru_stime, "parts": parts,
        "workers": workers.ru_utime + workers.ru_stime, "peak": own.ru_maxrss / UNIT, "worker_peak": workers.ru_maxrss / UNIT,
    }  # fmt: skip
    json.dump(facts, sys.stdout)


def table(first: int, alone: tuple[float, float], facts: dict[str, float], parts: dict[str, float], jobs: int) -> str:
    cpu = facts["own"] + facts["workers"]
    rows = [
        ("reading and extracting alone", f"{first:,} articles", f"{alone[0]:.1f} CPU s", f"**{first / alone[0]:.0f} articles a CPU second**", f"{alone[1]:.0f} MB"),
        (f"end to end, {jobs} processes", f"{facts['documents']:,} articles, {facts['quotes']:,} quotes, {facts['versions']:,} versions", f"{cpu:.0f} CPU s, {facts['wall']:.0f} s by the clock", f"{facts['documents'] / cpu:.1f} articles a CPU second, {facts['documents'] / facts['wall']:.1f} a second", f"{facts['peak']:.0f} MB, workers {facts['worker_peak']:.0f} MB"),
        ("- workers: extracting", "", f"{facts['workers']:.0f} CPU s", f"{facts['workers'] / cpu:.0%}", ""),
        *((f"- main process: {name}", "", f"{parts.get(key, 0.0):.0f} CPU s", f"{parts.get(key, 0.0) / cpu:.0%}", "")
          for key, name in (("stored", "reading, handing out, storing"), ("indexing", "term index"), ("matching", "version groups"))),
        ("on disk", f"{facts['disk']:.0f} MB", "", "", ""),
    ]  # fmt: skip
    lines = ["| | what | cost | rate, share | peak memory |", "|---|---|---|---|---|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--instance", type=Path, help="a new folder for the archive, kept; default: a temporary one")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--first", type=int, default=2000, help="articles that are extracted alone, default: 2000")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        index(str(asked.articles), str(asked.instance), asked.jobs)
        return 0
    if asked.instance and asked.instance.exists():
        parser.error(f"{asked.instance} is there already.")
    with tempfile.TemporaryDirectory() as scratch:
        some, whole = Path(scratch) / "some.jsonl", Path(scratch) / "articles.jsonl"
        with (
            (gzip.open if asked.articles.suffix == ".gz" else open)(asked.articles, "rb") as given,
            whole.open("wb") as out,
        ):
            shutil.copyfileobj(given, out)
        with whole.open("rb") as lines:
            some.write_bytes(b"".join(islice(lines, asked.first)))
        alone = extracted(some)
        print(f"extracted alone: {asked.first / alone[0]:.1f} articles a CPU second", file=sys.stderr, flush=True)
        folder = asked.instance or Path(scratch) / "instance"
        command = [
            sys.executable,
            __file__,
            str(whole),
            "--instance",
            str(folder),
            "--jobs",
            str(asked.jobs),
            "--inside",
        ]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    facts = json.loads(done.stdout)
    print(table(asked.first, alone, facts, facts["parts"], asked.jobs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
