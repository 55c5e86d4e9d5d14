"""The tables of docs/speed.md, for anyone: `make bench`, or `python bench/search_tables.py [QUOTES.jsonl[.gz]] [--sizes ...]`.

QUOTES has a line with `text` a quote, and with `utt`, the same for all versions of one utterance; without it the quotes of the
sample archive are taken. One version of some utterances is left out of the archive and asked for: whole, as a fragment of
five to nine words, and by two neighbouring words of it, so that no query was ever seen before. A quote without another version
is asked for with three words exchanged. Found is what stands among the first ten (R@10); of two words, the quotes that have
them side by side. Prints CPU ms, p50 / p95, of `find`, of `find --batch`, and of the rivals, in the same run; then what takes
longest: filters, listings, a text of 1,500 words, an offset behind the last.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import Final, NamedTuple

from find_speed import fill, grown
from rivals import BEST, Search, rivals

from search.find.find import find
from search.find.lists.list_hits import list_hits
from search.find.query_language import parse_query
from search.model import Query, Quote, Result
from search.rare_collections import rare_collections
from search.settings import Settings
from search.storage.store import Store
from search.text.analysis import analyse

WARMING: Final = 5  # queries of each kind that are asked first and not counted
PASTED: Final = 1_500  # words


class Question(NamedTuple):
    """A query, and the places of the quotes that answer it."""

    text: str
    right: frozenset[int]


def load(path: Path | None) -> list[tuple[str, str]]:
    """The quotes with the names of their utterances, of a JSON Lines file or of the sample archive."""
    if path is None:
        with tempfile.TemporaryDirectory() as folder:
            command = [str(Path(sys.executable).with_name("quotes")), "--instance", folder]
            # It ends with 1, since some of the samples are there to be skipped.
            subprocess.run([*command, "index", "indexer/samples"], check=False, capture_output=True)
            printed = subprocess.run([*command, "export", "--jsonl"], check=True, capture_output=True, text=True).stdout
    else:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            printed = lines.read()
    rows = [json.loads(line) for line in printed.splitlines() if line.strip()]
    named = [(row["text"], str(row.get("utt", row.get("utterance", place)))) for place, row in enumerate(rows)]
    return [(text, name) for text, name in named if len(text.split()) > 1]


def held_out(
    given: Sequence[tuple[str, str]], count: int, chance: random.Random
) -> tuple[list[str], dict[str, set[int]]]:
    """The quotes that are stored, and what is asked for instead of others: each with the places of its versions."""
    members: dict[str, list[str]] = defaultdict(list)
    for text, name in given:
        members[name].append(text)
    asked_of = set(chance.sample(sorted(members), min(count, len(members))))
    pool = [word for text, _ in given for word in text.split()]
    stored: list[str] = []
    asked: dict[str, set[int]] = {}
    for name, texts in members.items():
        kept = texts
        if name in asked_of:
            left_out = texts[-1]
            kept = [text for text in texts if text != left_out] or texts
            question = left_out if left_out not in kept else _altered(left_out, pool, chance)
            asked[question] = set(range(len(stored), len(stored) + len(kept)))
        stored += kept
    return stored, asked


def _altered(text: str, pool: Sequence[str], chance: random.Random) -> str:
    words = text.split()
    for _ in range(min(3, len(words) // 3)):
        words[chance.randrange(len(words))] = chance.choice(pool)
    return " ".join(words)


def questions(asked: Mapping[str, set[int]], stored: Sequence[str], chance: random.Random) -> dict[str, list[Question]]:
    """The queries of three kinds with what is right."""
    having: dict[tuple[str, str], set[int]] = defaultdict(set)
    for place, text in enumerate(stored):
        keys = analyse(text).keys
        for pair in pairwise(keys):
            having[pair].add(place)
    kinds: dict[str, list[Question]] = {"whole": [], "fragment": [], "two words": []}
    for text, right in asked.items():
        words = text.split()
        kinds["whole"].append(Question(text, frozenset(right)))
        length = chance.randint(5, 9)
        start = chance.randint(0, max(0, len(words) - length))
        kinds["fragment"].append(Question(" ".join(words[start : start + length]), frozenset(right)))
        keys = analyse(text).keys
        pairs = [pair for pair in pairwise(keys) if having.get(pair)]
        if pairs:
            pair = chance.choice(pairs)
            kinds["two words"].append(Question(" ".join(pair), frozenset(having[pair])))
    return kinds


def measured(search: Search, asked: Sequence[Question]) -> tuple[str, float]:
    """CPU ms, p50 / p95, and R@10."""
    for question in asked[:WARMING]:
        search(question.text)
    took, recall = [], []
    for question in asked[WARMING:]:
        started = time.process_time()
        found = search(question.text)
        took.append((time.process_time() - started) * 1000)
        recall.append(len(question.right.intersection(found[:BEST])) / min(BEST, len(question.right)))
    return _percentiles(took), sum(recall) / max(1, len(recall))


def _percentiles(took: Iterable[float]) -> str:
    ordered = sorted(took)
    return f"{ordered[len(ordered) // 2]:.2f} / {ordered[int(len(ordered) * 0.95)]:.2f}" if ordered else "-"


def quote_engines(store: Store) -> dict[str, Search]:
    """This program, as the page and as a list for machines."""
    return {
        "**`find`**: page, API, command": lambda text: [int(quote.id[1:]) for quote in _seen(find(store, Query(text)))],
        "**`find --batch`**": lambda text: [int(hit.quote.id[1:]) for hit in list_hits(store, Query(text), BEST)],
    }


def _seen(answer: Result) -> Iterable[Quote]:
    """The quotes that a page shows, in their order: those that answer, then those near in words."""
    return chain((quote for one in answer.utterances for quote in one.quotes), answer.nearest)


def worst_cases(store: Store, texts: Sequence[str], chance: random.Random) -> dict[str, Callable[[], object]]:
    """What takes longest, each as something to call."""
    speakers = [name for name in store.speaker_names() if " " in name]

    def words() -> str:
        return chance.choice(texts)

    def asking(make: Callable[[], str]) -> Callable[[], object]:
        return lambda: find(store, parse_query(make()))

    def speaker() -> str:
        return f'speaker:"{chance.choice(speakers)}"'

    def since() -> str:
        return f"after:20{chance.randint(11, 24)}-{chance.randint(1, 12):02}-01"

    def pasted() -> object:
        text = " ".join(chance.choices(texts, k=PASTED // 5))
        return find(store, Query(" ".join(text.split()[:PASTED])[:9_900]))

    return {
        "whole + date": asking(lambda: f"{words()} {since()}"),
        "whole + speaker": asking(lambda: f"{words()} {speaker()}"),
        "speaker alone": asking(speaker),
        "outlet alone": asking(lambda: f'outlet:"Outlet {chance.randrange(60)}"'),
        "date alone": asking(since),
        f"a text of {PASTED:,} words": pasted,
        "a common word at offset 900": lambda: find(store, Query("people", offset=900)),
    }


def main() -> int:
    """Print the tables of each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("quotes", type=Path, nargs="?")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000])
    parser.add_argument("--queries", type=int, default=60, help="of each kind, default: 60")
    parser.add_argument("--seed", type=int, help="default: another one at each run")
    parser.add_argument("--without-rivals", action="store_true")
    chosen = parser.parse_args()
    seed = chosen.seed if chosen.seed is not None else random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    given = load(chosen.quotes)
    for size in chosen.sizes:
        chance = random.Random(seed)
        stored, asked = held_out(given[:size], chosen.queries + WARMING, chance)
        texts = grown(stored, size, chance)
        with tempfile.TemporaryDirectory() as folder:
            fill(Path(folder) / "instance", texts, chance)
            with (
                Store(Settings(instance=Path(folder) / "instance")) as store,
                rare_collections(),
            ):  # as in `quotes serve`
                kinds = questions(asked, texts, chance)
                engines = quote_engines(store) | ({} if chosen.without_rivals else rivals(texts))
                print(f"\n| {len(texts):,} quotes: CPU ms p50 / p95 (R@10) | {' | '.join(kinds)} |")
                print(f"|---{'|---' * len(kinds)}|")
                for name, search in engines.items():
                    cells = [measured(search, some) for some in kinds.values()]
                    print(f"| {name} | {' | '.join(f'{took} ({recall:.2f})' for took, recall in cells)} |", flush=True)
                print("\n| worst cases | CPU ms p50 / p95 |\n|---|---|")
                for name, call in worst_cases(store, texts, chance).items():
                    took = []
                    for _ in range(WARMING + 25):
                        started = time.process_time()
                        call()
                        took.append((time.process_time() - started) * 1000)
                    print(f"| {name} | {_percentiles(took[WARMING:])} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
