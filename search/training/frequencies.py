"""Learn how common words are: `python -m search.training.frequencies ARTICLES.jsonl[.gz] ...`.

Writes `search/data/frequencies.tsv`. What the file means and how it was made: `search/data/README.md`.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from search.text.analysis import AnalysedText
from search.training.json_lines import read_rows

MOST_STEMS_KEPT: Final = 30_000
FEWEST_DOCUMENTS: Final = 5  # documents: what stands in fewer is a slip of the pen or a private name


def count_stems(paths: Sequence[Path]) -> tuple[Counter[str], Counter[str], int]:
    """Return how often each stem stands in the texts, in how many texts, and how many words there are in all."""
    often: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    total = 0
    for path in paths:
        for row in read_rows(path):
            stems = [
                token.stem
                for token in AnalysedText(row.get("text") or "", "en").tokens
                if not token.stem[0].isdecimal()
            ]
            total += len(stems)
            often.update(stems)
            documents.update(set(stems))
    return often, documents, total


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the articles, write the table; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", nargs="+", type=Path, help="JSON Lines with a key `text`, gzip or not")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "data" / "frequencies.tsv")
    chosen = parser.parse_args(arguments)
    often, documents, total = count_stems(chosen.articles)
    kept = [(stem, times) for stem, times in often.most_common() if documents[stem] >= FEWEST_DOCUMENTS][
        :MOST_STEMS_KEPT
    ]
    with chosen.out.open("w", encoding="utf-8") as out:
        out.writelines(f"{stem}\t{times * 1e6 / total:.3g}\n" for stem, times in kept)
    print(f"{len(kept)} stems of {total} words written to {chosen.out}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
