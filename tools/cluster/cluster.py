"""A cluster on this machine: `python tools/cluster/cluster.py check`, whether one can be started here."""

from __future__ import annotations

import sys

from missing import MissingHere
from opensearch_nodes import libraries


def check() -> int:
    """Fetch what a cluster needs; return 0 if all is there, else say what is missing."""
    try:
        libraries()
    except MissingHere as why:
        print(f"{why} The tests of the cluster are NOT RUN.", file=sys.stderr)
        return 1
    return 0


COMMANDS = {"check": check}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit(f"usage: python tools/cluster/cluster.py {'|'.join(COMMANDS)}")
    sys.exit(COMMANDS[sys.argv[1]]())
