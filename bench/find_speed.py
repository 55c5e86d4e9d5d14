"""How long one `find` takes inside a running process: `python bench/find_speed.py QUOTES.jsonl[.gz] [--sizes ...]`.

QUOTES has a line with `text` a quote. For each size an instance of so many quotes is made (the given ones over and over,
with three words of each exchanged for those of others, so that the words keep their frequencies), then queries are asked
one after another: whole quotes, fragments of five to nine words, and pairs of words. Prints CPU ms, p50 and p95, for the
ranking alone (index and order) and for arriving quotes (linking a new wording).
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from search.groups import Wording, links_for
from search.normalise import stems_of, terms
from search.ranking import ranked
from search.stores.whoosh_index import WhooshIndex

BATCH = 16_000


def load(path: Path) -> list[str]:
    """The texts of a JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def grown(given: Sequence[str], size: int, chance: random.Random) -> list[str]:
    """So many quotes: the given ones, then mixtures of them."""
    quotes = list(given[:size])
    pool = [word for text in given[:20_000] for word in text.split()]
    while len(quotes) < size:
        words = chance.choice(given).split()
        for _ in range(3):
            words[chance.randrange(len(words))] = chance.choice(pool)
        quotes.append(" ".join(words))
    return quotes


def timed(what: Callable[[str], object], asked: Sequence[str]) -> str:
    """p50 and p95 of CPU ms, the first fifty calls left out."""
    took = []
    for text in asked:
        started = time.process_time()
        what(text)
        took.append((time.process_time() - started) * 1000)
    took = sorted(took[50:])
    return f"p50 {took[len(took) // 2]:6.2f}  p95 {took[int(len(took) * 0.95)]:6.2f}"


def questions(quotes: Sequence[str], chance: random.Random, count: int) -> dict[str, list[str]]:
    """Queries of three lengths."""
    chosen = [text.split() for text in chance.choices(quotes, k=count)]

    def cut(words: list[str], least: int, most: int) -> str:
        length = chance.randint(least, most)
        start = chance.randint(0, max(0, len(words) - length))
        return " ".join(words[start : start + length])

    return {
        "whole": [" ".join(words) for words in chosen],
        "fragment": [cut(words, 5, 9) for words in chosen],
        "two words": [cut(words, 2, 2) for words in chosen],
    }


def measure(quotes: list[str], folder: Path, chance: random.Random, count: int) -> None:
    """Build an index and print its line of the table."""
    index = WhooshIndex(folder)
    started = time.process_time()
    for start in range(0, len(quotes), BATCH):
        batch = ((n, terms(quotes[n])) for n in range(start, min(start + BATCH, len(quotes))))
        index.update(batch, [], start + 1)
    rate = len(quotes) / (time.process_time() - started)
    size = sum(file.stat().st_size for file in folder.iterdir()) / len(quotes)
    print(f"{len(quotes):9} quotes, {rate:6.0f} indexed a CPU second, {size:5.0f} bytes each")
    reader = index.reader()

    def read(numbers: Sequence[int]) -> list[list[str]]:
        return [stems_of(quotes[number]) for number in numbers]

    def wordings(numbers: Sequence[int]) -> list[Wording | None]:
        return [Wording(number, quotes[number], "S") for number in numbers]

    for kind, asked in questions(quotes, chance, count).items():
        print(f"    find, {kind:10}", timed(lambda text: ranked(reader, text, read=read), asked))
    arriving = questions(quotes, chance, count)["whole"]
    new = -1
    print(
        "    group an arriving",
        timed(lambda t: links_for(Wording(new, t, "S"), reader=reader, wordings=wordings), arriving),
    )


def main() -> int:
    """Measure each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("quotes", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--queries", type=int, default=300)
    chosen = parser.parse_args()
    given = [text for text in load(chosen.quotes) if text.split()]
    for size in chosen.sizes:
        chance = random.Random(size)
        with tempfile.TemporaryDirectory() as folder:
            measure(grown(given, size, chance), Path(folder), chance, chosen.queries)
    return 0


if __name__ == "__main__":
    sys.exit(main())
