"""Learn how common words are, and which belong together: `python -m search.training.frequencies ARTICLES.jsonl[.gz] ...`.

Writes `search/data/frequencies.tsv`. What the file means and how it was made: `search/data/README.md`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from search.text.tokens import tokens

KEPT = 30_000
FEWEST = 5  # documents: what stands in fewer is a slip of the pen or a private name


def texts(path: Path) -> Iterator[str]:
    """The `text` of each line of a JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line).get("text") or ""


def count(paths: list[Path]) -> tuple[Counter[str], Counter[str], int]:
    """How often each stem stands in the texts, in how many texts, and how many words there are in all."""
    often: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    total = 0
    for path in paths:
        for text in texts(path):
            stems = [token.stem for token in tokens(text, "en") if not token.stem[0].isdecimal()]
            total += len(stems)
            often.update(stems)
            documents.update(set(stems))
    return often, documents, total


def main(arguments: list[str] | None = None) -> int:
    """Read the articles, write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", nargs="+", type=Path, help="JSON Lines with a key `text`, gzip or not")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "data" / "frequencies.tsv")
    chosen = parser.parse_args(arguments)
    often, documents, total = count(chosen.articles)
    kept = [(stem, times) for stem, times in often.most_common() if documents[stem] >= FEWEST][:KEPT]
    with chosen.out.open("w", encoding="utf-8") as out:
        out.writelines(f"{stem}\t{times * 1e6 / total:.3g}\n" for stem, times in kept)
    print(f"{len(kept)} stems of {total} words written to {chosen.out}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
