"""What an instance takes on disk, each part a quote: `python bench/disk.py INSTANCE` prints the table of bench/scale.md.

The archive's tables with their indexes, as SQLite itself counts their pages; of the two largest tables, what is in each column;
and the files of the term index by kind.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

_LARGEST = ("quotes", "documents")
_LEAST = 5  # bytes a quote of a part that has a line of its own
_INDEX_FILES = {
    ".words": "words",
    ".trm": "labels",
    ".pst": "labels",
    ".col": "columns and stored records",
    ".toc": "contents",
}


def archive_parts(archive: sqlite3.Connection) -> Counter[str]:
    """Return the bytes of each table, and of all indexes of each table together."""
    parts: Counter[str] = Counter()
    rows = archive.execute(
        "SELECT tbl_name, type, sum(pgsize) FROM dbstat JOIN sqlite_master USING (name) GROUP BY dbstat.name"
    )
    for table, kind, size in rows:
        parts[f"table {table}" if kind == "table" else f"indexes of {table}"] += size
    return parts


def columns(archive: sqlite3.Connection, table: str) -> Counter[str]:
    """Return the bytes of each column of a table; numbers count as their digits."""
    names = [row[1] for row in archive.execute(f"PRAGMA table_info({table})")]
    sums = ", ".join(f"sum(length(CAST({name} AS BLOB)))" for name in names)
    (sizes,) = archive.execute(f"SELECT {sums} FROM {table}")
    return Counter({name: size or 0 for name, size in zip(names, sizes, strict=True)})


def index_parts(folder: Path) -> Counter[str]:
    """Return the bytes of the files of the term index by what they hold."""
    parts: Counter[str] = Counter()
    for file in folder.rglob("*"):
        if file.is_file():
            parts[f"term index: {_INDEX_FILES.get(file.suffix, file.suffix or file.name)}"] += file.stat().st_size
    return parts


def lines(parts: Counter[str], quotes: int) -> list[str]:
    """Return the parts as rows of a table, the largest first, the small ones in one row."""
    large = [(name, size / quotes) for name, size in parts.most_common() if size / quotes >= _LEAST]
    rest = sum(parts.values()) / quotes - sum(size for _, size in large)
    return [f"| {name} | {size:,.0f} |" for name, size in large] + ([f"| the rest | {rest:,.1f} |"] if rest else [])


def main() -> int:
    """Print the table of one instance."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("instance", type=Path)
    asked = parser.parse_args()
    with closing(
        sqlite3.connect(f"{(asked.instance / 'archive.sqlite3').absolute().as_uri()}?mode=ro", uri=True)
    ) as archive:
        (quotes,) = archive.execute("SELECT count(*) FROM quotes").fetchone()
        if not quotes:
            parser.error(f"{asked.instance} has no quotes.")
        parts = archive_parts(archive) + index_parts(asked.instance / "index")
        print(f"| of {quotes:,} quotes | bytes a quote |\n|---|---|")
        print("\n".join([f"| **in all** | {sum(parts.values()) / quotes:,.0f} |", *lines(parts, quotes)]))
        for table in _LARGEST:
            print(f"\n| column of {table} | bytes a quote |\n|---|---|")
            print("\n".join(lines(columns(archive, table), quotes)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
