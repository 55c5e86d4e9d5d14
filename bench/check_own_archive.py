"""Checks each article of a file against the archive that holds it, in one process: every quotation should be exact.

    quotes --instance DIR index ARTICLES.jsonl
    python bench/check_own_archive.py DIR ARTICLES.jsonl [--every N] [--offset N]

Prints each quotation whose verdict is another, as JSON Lines, and the counts on standard error. Ends 1 unless all are exact.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path

from indexer.input.input_file import ReadOptions
from indexer.manuscript import read_manuscript
from search.checking.check import check_manuscript
from search.checking.report import Verdict
from search.settings import load
from search.storage.store import Store


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("instance")
    parser.add_argument("articles", type=Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--offset", type=int, default=0)
    asked = parser.parse_args()
    counts: Counter[Verdict] = Counter()
    began, articles = time.monotonic(), 0
    with Store(load({"instance": asked.instance})) as store, asked.articles.open("rb") as lines:
        for number, line in enumerate(lines):
            if number % asked.every != asked.offset:
                continue
            articles += 1
            for manuscript in read_manuscript(line, asked.articles.name, ReadOptions()):
                for one in check_manuscript(store, manuscript).quotations:
                    counts[one.verdict] += 1
                    if one.verdict in (Verdict.EXACT, Verdict.UNCHECKED):
                        continue
                    said = {"article": number, "verdict": one.verdict, "text": one.text, "speaker": one.speaker}
                    printed = {"printed": one.source.text, "by": one.source.speaker} if one.source else {}
                    print(json.dumps(said | printed, ensure_ascii=False), flush=True)
    seconds = time.monotonic() - began
    shown = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict)
    print(f"{articles} articles, {counts.total()} quotations in {seconds:.0f} s: {shown}", file=sys.stderr)
    return 0 if set(counts) <= {Verdict.EXACT, Verdict.UNCHECKED} else 1


if __name__ == "__main__":
    sys.exit(main())
