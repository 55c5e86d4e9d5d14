"""What an archive of any size takes, out of the tables of a page: `python bench/arithmetic.py docs/two-hundred-million.md [--write]`.

The page has the prices, sizes and measures, a name and a number a row; printed, or written into the page, is what follows.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
from pathlib import Path
from typing import Final

_ROW: Final = re.compile(r"^\| (\w+) \| ([0-9.]+) \|", re.MULTILINE)
_PLACE: Final = re.compile(r"(<!-- reckoned by .*? -->\n).*?(<!-- end -->)", re.DOTALL)
_GB: Final = 1e9
_HOUR_MS: Final = 3_600_000
_MONTH_HOURS: Final = 730


def given(page: str) -> dict[str, float]:
    """Return the numbers of the page's tables by their names."""
    return {name: float(value) for name, value in _ROW.findall(page)}


def reckoned(page: str) -> str:
    """Return the table of what follows from a page's numbers, as Markdown. Raises KeyError for one that is not there."""
    n = given(page)
    quotes = n["quotes"]
    extract_hours = quotes * n["extract_ms"] / _HOUR_MS
    store_hours, index_hours, link_hours = (quotes * n[part] / _HOUR_MS for part in ("store_ms", "index_ms", "link_ms"))
    lines, archive, index = (quotes * n[part] / _GB for part in ("lines_bytes", "archive_bytes", "index_bytes"))
    held = index * n["copies"]
    nodes = max(3, math.ceil(held / (n["node_disk"] * n["disk_filled"])))
    hosts = nodes + 1
    loading = store_hours + index_hours + link_hours
    reading_money = extract_hours * n["core_hour"]
    loading_money = loading * hosts * n["node_cores"] * n["core_hour"]
    cores_money = hosts * n["node_cores"] * n["core_hour"] * _MONTH_HOURS
    disk_money = (nodes * n["node_disk"] + archive / n["disk_filled"]) * n["disk_month"]
    finds = 1000 / n["find_ms"]
    rows = [
        ("documents", f"{quotes / n['quotes_per_document'] / 1e6:.1f} million", "quotes / quotes_per_document"),
        ("extracting", f"{extract_hours:.0f} core hours, {extract_hours / n['reading_cores']:.1f} h by the clock", "quotes × extract_ms, over reading_cores"),
        ("what is extracted", f"{lines:.0f} GB", "quotes × lines_bytes"),
        ("storing", f"{store_hours:.0f} h", "quotes × store_ms, one writer"),
        ("indexing", f"{index_hours:.0f} h", "quotes × index_ms, one writer"),
        ("linking", f"{link_hours:.0f} h, {link_hours / 24:.1f} days", "quotes × link_ms, one writer"),
        ("archive", f"{archive:.0f} GB", "quotes × archive_bytes"),
        ("index", f"{index:.0f} GB, {held:.0f} GB with its copies", "quotes × index_bytes × copies"),
        ("shards", f"{math.ceil(index / n['shard'])}", "index / shard: `opensearch_shards`"),
        ("machines", f"{nodes} nodes and one host of the archive", "index and copies / (node_disk × disk_filled), at least 3"),
        ("finds a second of an asking core", f"{finds:.0f}", "1000 / find_ms; the nodes' own work comes to it"),
        ("**to load it**", f"**{loading / 24:.1f} days, ${reading_money + loading_money:,.0f}**", "reading cores while they read, all machines while they load"),
        ("**a month of it**", f"**${cores_money + disk_money + lines * n['object_month']:,.0f}**", f"machines ${cores_money:,.0f}, disks ${disk_money:,.0f}, what was extracted ${lines * n['object_month']:,.0f}"),
    ]  # fmt: skip
    return "\n".join(["| | | out of |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"


def written(page: str) -> str:
    """Return a page with the table of what follows in its place."""
    return _PLACE.sub(lambda found: found[1] + reckoned(page) + found[2], page)


def main() -> int:
    """Print what follows from a page, or write it there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page", type=Path)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    page = chosen.page.read_text(encoding="utf-8")
    if chosen.write:
        chosen.page.write_text(written(page), encoding="utf-8")
    else:
        print(reckoned(page), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
