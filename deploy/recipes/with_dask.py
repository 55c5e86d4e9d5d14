"""Extract quotes with Dask: `python deploy/recipes/with_dask.py 'articles/*' OUT [--scheduler tcp://HOST:8786]`.

The pattern may be of an object store, as fsspec spells it: 's3://bucket/2021/*.html'. Each task reads some files and writes
one file of OUT, named by its number: a task that is done again writes the same once more. Then, on the host of the archive:

    quotes import --extracted OUT/*.jsonl
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import dask.bag
import fsspec

from indexer.pipeline.extracted_lines import extracted_lines

FILES_PER_TASK = 100  # some seconds of work: a host that is lost costs no more


def lines_of(file: Any) -> list[str]:
    """Return the lines of one file that fsspec found."""
    with file as content:
        return [line.rstrip("\n") for line in extracted_lines(content, file.path)]


def main() -> int:
    """Extract what a pattern stands for, on this machine in as many processes as it has cores, or on a cluster."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pattern")
    parser.add_argument("out", type=Path)
    parser.add_argument("--scheduler", help="address of a cluster of Dask's; its hosts have this program and see OUT")
    parser.add_argument("--files-per-task", type=int, default=FILES_PER_TASK)
    chosen = parser.parse_args()
    files = sorted(fsspec.open_files(chosen.pattern), key=lambda file: file.path)
    if not files:
        print(f"No file fits {chosen.pattern}.", file=sys.stderr)
        return 2
    if chosen.scheduler:
        from dask.distributed import Client

        Client(chosen.scheduler)
    chosen.out.mkdir(parents=True, exist_ok=True)
    bag = dask.bag.from_sequence(files, partition_size=chosen.files_per_task)
    written = bag.map(lines_of).flatten().to_textfiles(f"{chosen.out}/*.jsonl", last_endline=True)
    print(f"{len(files)} files, {len(written)} of lines in {chosen.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
