"""How long one `find` takes inside a running process: `python bench/find_speed.py QUOTES.jsonl[.gz] [--sizes ...]`.

QUOTES has a line with `text` a quote. For each size an instance of so many quotes is made (the given ones, then mixtures
of them: three words of each exchanged for those of others, so that the words keep their frequencies), in documents of
ten, with speakers, outlets and days; each wording is a version group of its own, since grouping a million takes an hour.
Then queries are asked one after another: whole quotes, fragments of five to nine words, and pairs of words. Prints CPU
ms, p50 and p95, for the whole `find`, for a list of 200 hits as `find --batch` gives it, and for arriving quotes (linking
a new wording).
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from search.find.find import find, hits
from search.model import Query, Quote
from search.settings import Settings
from search.storage.store import Store
from search.term_index.whoosh_index import WhooshIndex
from search.text.tokens import terms
from search.utterances.clustering import links_for, wording

BATCH = 200_000  # quotes in one commit of the index
DOCUMENT = 10  # quotes
READ = 10_000  # quotes whose stems are kept at once
NEAR = 200  # code points of the surroundings of a quote
LISTED = 200  # hits
SPEAKERS, OUTLETS = 3_000, 60


def load(path: Path) -> list[str]:
    """The texts of a JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return [text for line in lines if (text := json.loads(line)["text"]).split()]


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


def placed(texts: Sequence[str], chance: random.Random) -> Iterator[Quote]:
    """The texts as quotes in documents, a few speakers having said much and many little."""
    for number, text in enumerate(texts):
        document = number // DOCUMENT
        name = int(SPEAKERS * chance.random() ** 3)
        yield Quote(
            id=f"q{number}",
            document_id=f"d{document}",
            text=text,
            speaker=f"{chr(65 + name % 26)}ira Name{name}" if chance.random() < 0.8 else None,
            confidence=1.0,
            outlet=f"Outlet {document % OUTLETS}",
            published=f"20{10 + document % 15}-{1 + document % 12:02}-{1 + document % 28:02}",
            language="en",
            before=texts[number - 1][-NEAR:] if number % DOCUMENT else "",
            after=texts[number + 1][:NEAR] if (number + 1) % DOCUMENT and number + 1 < len(texts) else "",
        )


def fill(folder: Path, texts: Sequence[str], chance: random.Random) -> None:
    """Make an instance as importing would, but for the links between wordings."""
    with Store(Settings(instance=folder)) as store:
        archive = store.archive
        started = time.process_time()
        with archive.transaction():
            archive.add_quotes(placed(texts, chance))
            archive.execute_many(
                "INSERT INTO wordings (id, fingerprint, text, occasion, weight, version) VALUES (?1, ?2, ?3, '', 0, ?1)",
                ((number, f"{number:016}", text) for number, text in enumerate(texts, 1)),
            )
            archive.execute_many(
                "INSERT INTO worded VALUES (?1, ?1)", ((number,) for number in range(1, len(texts) + 1))
            )
            archive.set_meta("versions_position", str(archive.last_position()))
        stored = time.process_time()
        with archive.transaction():
            for start in range(1, len(texts) + 1, READ):
                store.readings.keep(archive.quotes(range(start, start + READ)).items())
    index = WhooshIndex(folder / "index" / "1")
    for start in range(0, len(texts), BATCH):
        end = min(start + BATCH, len(texts))
        index.update(((number + 1, terms(texts[number], "en")) for number in range(start, end)), [], end)
    index.close()
    each = 1e6 / len(texts)
    print(
        f"    stored in {(stored - started) * each:.0f} us each, indexed in {(time.process_time() - stored) * each:.0f}"
    )


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


def measure(folder: Path, given: Sequence[str], chance: random.Random, count: int) -> None:
    """Print the lines of the table for one instance."""
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    with Store(Settings(instance=folder)) as store:
        quotes = store.archive.count("quotes")
        print(f"{quotes:9} quotes, {size / quotes:5.0f} bytes each")
        for kind, asked in questions(given, chance, count).items():
            print(f"    find, {kind:10}", timed(lambda text: find(store, Query(text)), asked))
            print(f"    list, {kind:10}", timed(lambda text: hits(store, Query(text), LISTED), asked))

        with store.reading() as reader:
            arriving = questions(given, chance, count)["whole"]
            print(
                "    group an arriving",
                timed(
                    lambda text: links_for(wording(-1, text, "S"), reader=reader, wordings=store.versions.wordings),
                    arriving,
                ),
            )
    print(f"    {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at the most so far")


def main() -> int:
    """Measure each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("quotes", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--keep", type=Path, help="keep the instances in this folder, and use them if they are there")
    chosen = parser.parse_args()
    given = load(chosen.quotes)
    with tempfile.TemporaryDirectory() as scratch:
        for size in chosen.sizes:
            folder = (chosen.keep or Path(scratch)) / str(size)
            if not folder.exists():
                fill(folder, grown(given, size, random.Random(size)), random.Random(size))
            measure(folder, given, random.Random(size), chosen.queries)
    return 0


if __name__ == "__main__":
    sys.exit(main())
