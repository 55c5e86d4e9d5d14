"""How long one `find` takes inside a running process: `python bench/find_speed.py QUOTES.jsonl[.gz] [--sizes ...]`.

QUOTES has a line with `text` a quote. For each size an instance of so many quotes is made (the given ones, then mixtures
of them: three words of each exchanged for those of others, so that the words keep their frequencies), in documents of
ten, with speakers, outlets and days; each is an utterance of its own, since linking a million takes an hour.
Then queries are asked one after another: whole quotes, fragments of five to nine words, and pairs of words. Prints CPU
ms, p50 and p95, for the whole `find`, for a list of 200 hits as `find --batch` gives it, and for arriving quotes (linking
a new version, as many at once as a load does).
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
from itertools import islice
from pathlib import Path

from search.find.find import find
from search.find.lists.list_hits import list_hits
from search.model import Query, Quote
from search.rare_collections import rare_collections
from search.settings import Settings
from search.storage.store import Store
from search.storage.utterance_builder import LINKED_AT_ONCE
from search.utterances.linking import find_links, version_record

BATCH = 50_000  # quotes stored in one transaction
DOCUMENT = 10  # quotes
NEAR = 200  # code points of the surroundings of a quote
LISTED = 200  # hits
SPEAKERS, OUTLETS = 3_000, 60
CONSONANTS = "bdfghklmnprstvz"


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


def speaker(chance: random.Random) -> str | None:
    """A speaker's name, a few being much quoted and many little; of one in five quotes none is known."""
    name = int(SPEAKERS * chance.random() ** 3)
    return f"{chr(65 + name % 26)}ira {surname(name)}" if chance.random() < 0.8 else None


def surname(number: int) -> str:
    """A surname with consonants of its own for each number: by these the names that may be one person's are looked up."""
    syllables = ""
    while number or not syllables:
        number, digit = divmod(number, len(CONSONANTS))
        syllables += CONSONANTS[digit] + "aeiou"[digit % 5]
    return f"{syllables}sson".capitalize()


def placed(texts: Sequence[str], chance: random.Random) -> Iterator[Quote]:
    """The texts as quotes in documents, a few speakers having said much and many little."""
    for number, text in enumerate(texts):
        document = number // DOCUMENT
        yield Quote(
            id=f"q{number}",
            document_id=f"d{document}",
            text=text,
            speaker=speaker(chance),
            confidence=1.0,
            outlet=f"Outlet {document % OUTLETS}",
            published=f"20{10 + document % 15}-{1 + document % 12:02}-{1 + document % 28:02}",
            language="en",
            before=texts[number - 1][-NEAR:] if number % DOCUMENT else "",
            after=texts[number + 1][:NEAR] if (number + 1) % DOCUMENT and number + 1 < len(texts) else "",
        )


def fill(folder: Path, texts: Sequence[str], chance: random.Random) -> None:
    """Make an instance as importing would, but for the links between versions."""
    with Store(Settings(instance=folder)) as store:
        started = time.process_time()
        quotes = placed(texts, chance)
        while part := list(islice(quotes, BATCH)):
            store.add_quotes(part)
        stored = time.process_time()
        store.catch_up(link=False)
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
    with Store(Settings(instance=folder)) as store, rare_collections():  # as in `quotes serve`
        quotes = store.count_quotes()
        print(f"{quotes:9} quotes, {size / quotes:5.0f} bytes each")
        for kind, asked in questions(given, chance, count).items():
            print(f"    find, {kind:10}", timed(lambda text: find(store, Query(text)), asked))
            print(f"    list, {kind:10}", timed(lambda text: list_hits(store, Query(text), LISTED), asked))

        link_arriving(store, questions(given, chance, 2 * LINKED_AT_ONCE)["whole"], chance)
    print(f"    {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at the most so far")


def link_arriving(store: Store, texts: Sequence[str], chance: random.Random) -> None:
    """Print CPU ms for each of some arriving quotes, linked as many at once as a load links; the first batch warms up."""
    # With a speaker as often as those that are there have one, so that as many pairs are judged as in a load.
    records = [version_record(-1 - number, text, speaker(chance)) for number, text in enumerate(texts)]
    with store.reading() as reader:
        for batch in (records[:LINKED_AT_ONCE], records[LINKED_AT_ONCE:]):
            started = time.process_time()
            links = find_links(batch, reader=reader, versions=store.versions_of, records=store.version_records)
            took = (time.process_time() - started) * 1000
    made = sum(map(len, links))
    print(f"    link an arriving, {len(batch)} at once {took / len(batch):6.2f}  {made / len(batch):.1f} links each")


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
