"""A cluster on this machine: `python tools/cluster/cluster.py check` whether one can be started, `demo` to see one.

The demonstration starts three nodes of OpenSearch (one where there is little memory) and, where its programs are, PostgreSQL; it
extracts the sample archive, loads it through two writers at once, and finds every version of one quote in it. All of it is gone afterwards.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from missing import MissingHere
from opensearch_nodes import OpensearchNodes, libraries
from postgresql_server import PostgresqlServer

ROOT: Final = Path(__file__).resolve().parents[2]
QUOTES: Final = ROOT / ".venv" / "bin" / "quotes"
QUERY: Final = "minister of apologies for other men's wars"
THREE_NODES_BYTES: Final = 6 * 2**30  # of memory that is free


def check() -> int:
    """Fetch what a cluster needs; return 0 if all is there, else say what is missing."""
    try:
        libraries()
    except MissingHere as why:
        print(f"{why} The tests of the cluster are NOT RUN.", file=sys.stderr)
        return 1
    return 0


def demo() -> int:
    """Load the sample archive through two writers into PostgreSQL and an index on OpenSearch, and find in it."""
    free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    count = 3 if free > THREE_NODES_BYTES else 1
    with tempfile.TemporaryDirectory() as folder, ExitStack() as servers:
        try:
            print(f"Starting OpenSearch, {count} node(s) ...", flush=True)
            with OpensearchNodes(Path(folder), count) as nodes:
                environ = os.environ | {
                    "QUOTES_INSTANCE": str(Path(folder) / "host0"),
                    "QUOTES_ARCHIVE_URL": archive_server(servers),
                    "QUOTES_ENGINE": "opensearch",
                    "QUOTES_OPENSEARCH_URL": ",".join(nodes.urls),
                    "QUOTES_OPENSEARCH_SHARDS": "2",
                    "QUOTES_OPENSEARCH_REPLICAS": str(min(1, count - 1)),
                }
                load_by_two(Path(folder), environ)
                nodes.wait_for_green()
                print(f'\nquotes find "{QUERY}"', flush=True)
                return subprocess.run([QUOTES, "find", QUERY], env=environ, check=False).returncode
        except MissingHere as why:
            print(f"{why} There is nothing to show.", file=sys.stderr)
            return 0


def archive_server(servers: ExitStack) -> str:
    """Start PostgreSQL, and return the address of an empty archive in it; "" where it cannot be, and a file has to do."""
    print("Starting PostgreSQL ...", flush=True)
    try:
        return servers.enter_context(PostgresqlServer()).make_database("quotes")
    except MissingHere as why:
        print(f"{why} The archive is a file instead.", file=sys.stderr)
        return ""


def load_by_two(folder: Path, environ: dict[str, str]) -> None:
    """Extract the sample articles in two halves, and store both at once, where the archive is in a server as two hosts would.

    Raises:
        CalledProcessError: one of the commands failed.
    """
    articles = sorted(path for path in (ROOT / "indexer" / "samples" / "articles").iterdir() if path.is_file())
    commands: list[list[str | Path]] = []
    for half in range(2):
        lines = folder / f"extracted-{half}.jsonl"
        with lines.open("wb") as out:
            subprocess.run([QUOTES, "extract", *articles[half::2]], env=environ, check=True, stdout=out)
        commands.append([QUOTES, "import", "--extracted", lines])
    writers = []
    for host, command in enumerate(commands):
        own = {"QUOTES_INSTANCE": str(folder / f"host{host}")} if environ["QUOTES_ARCHIVE_URL"] else {}
        writers.append(subprocess.Popen(command, env=environ | own))
    if any(codes := [writer.wait() for writer in writers]):
        raise subprocess.CalledProcessError(max(codes), commands[codes.index(max(codes))])


COMMANDS: Final = {"check": check, "demo": demo}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit(f"usage: python tools/cluster/cluster.py {'|'.join(COMMANDS)}")
    sys.exit(COMMANDS[sys.argv[1]]())
