"""Learn which words stand for one another: `python -m search.learn_kindred QUOTES.jsonl[.gz] ... [--without QUERIES]`.

QUOTES has a line `{"text", "utt"}` a quote; those with the same `utt` are wordings of one utterance. Two of them are
laid side by side without the words that both have, and the chance that one of the rest stands for another is found by
expectation and maximisation, in both directions. Utterances of QUERIES are left out, so that they can be asked for a
measurement. Writes `search/data/kindred.tsv`; what the file means: `search/data/README.md`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from search.information import common_stems
from search.normalise import stems_of

WORDINGS: Final = 6  # of an utterance that are compared
PAIRS: Final = 4  # of an utterance
ROUNDS: Final = 5
FEWEST: Final = 6  # pairs that two words stand in
LIKELY: Final = 0.02  # in either direction
KEPT: Final = 0.05  # in both: the geometric mean
LONGEST: Final = 40  # words that are left of a wording
ALIKE: Final = 0.2  # the share of the shorter that two wordings have in common at least: less is no translation
Pair = tuple[list[int], list[int]]
Whole = npt.NDArray[np.int64]


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The lines of a JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def rests(wordings: Sequence[Sequence[str]]) -> Iterator[tuple[list[str], list[str]]]:
    """The words of each two wordings that the other does not have."""
    kept = list(dict.fromkeys(map(tuple, wordings)))[:WORDINGS]
    # The first and the second, then those two apart, and so on: of many wordings not always the same one.
    for left, right in sorted(combinations(range(len(kept)), 2), key=lambda pair: (pair[1] - pair[0], pair))[:PAIRS]:
        ours, theirs = (set(filter(_is_word, kept[side])) for side in (left, right))
        rest, other = sorted(ours - theirs), sorted(theirs - ours)
        alike = len(ours & theirs) >= ALIKE * min(len(ours), len(theirs))
        if alike and 0 < len(rest) <= LONGEST and 0 < len(other) <= LONGEST:
            yield rest, other


def _is_word(stem: str) -> bool:
    """Names and numbers stand for one another only in the texts that were learned from."""
    return stem.isalpha() and stem in common_stems()


def chances(pairs: Sequence[Pair], size: int) -> dict[tuple[int, int], float]:
    """How likely each word of the left stands for one of the right: for two words, given by number."""
    left = np.concatenate([np.repeat(a, len(b)) for a, b in pairs])
    right = np.concatenate([np.tile(b, len(a)) for a, b in pairs])
    starts = np.cumsum([0] + [len(b) for _, b in pairs])
    slots = np.concatenate([np.tile(np.arange(len(b)), len(a)) + s for (a, b), s in zip(pairs, starts, strict=False)])
    codes, places = np.unique(left * size + right, return_inverse=True)
    source: Whole = codes // size
    often = np.bincount(places)
    chance = np.full(len(codes), 0.01)
    for _ in range(ROUNDS):
        weights = chance[places]
        counts = np.bincount(places, weights=weights / (np.bincount(slots, weights=weights) + 1e-3)[slots])
        chance = counts / (np.bincount(source, weights=counts, minlength=size) + 0.5)[source]
    kept = np.flatnonzero((chance > LIKELY) & (often >= FEWEST))
    return {(int(codes[k]) // size, int(codes[k]) % size): float(chance[k]) for k in kept}


def learn(utterances: Sequence[Sequence[Sequence[str]]]) -> dict[tuple[str, str], float]:
    """How often two stems stand for one another, the lesser stem first, from the wordings of each utterance."""
    numbers: dict[str, int] = {}
    pairs: list[Pair] = []
    for wordings in utterances:
        for sides in rests(wordings):
            left, right = ([numbers.setdefault(stem, len(numbers)) for stem in side] for side in sides)
            pairs.append((left, right))
    if not pairs:
        return {}
    names = list(numbers)
    there = chances(pairs, len(names))
    back = chances([(right, left) for left, right in pairs], len(names))
    found: dict[tuple[str, str], float] = {}
    for (source, target), chance in there.items():
        mean = (chance * back.get((target, source), 0.0)) ** 0.5
        if mean >= KEPT:
            one, other = sorted((names[source], names[target]))
            found[one, other] = max(mean, found.get((one, other), 0.0))
    return found


def main(arguments: list[str] | None = None) -> int:
    """Read the quotes, write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("quotes", nargs="+", type=Path)
    parser.add_argument("--without", nargs="*", type=Path, default=[], metavar="QUERIES")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "data" / "kindred.tsv")
    chosen = parser.parse_args(arguments)
    asked = {row["utt"] for path in chosen.without for row in rows(path)}
    found: dict[tuple[str, str], float] = {}
    for path in chosen.quotes:
        utterances: defaultdict[str, list[list[str]]] = defaultdict(list)
        for row in rows(path):
            if row["utt"] not in asked:
                utterances[row["utt"]].append(stems_of(row["text"]))
        for pair, often in learn(list(utterances.values())).items():
            found[pair] = max(often, found.get(pair, 0.0))
    lines = (f"{left}\t{right}\t{often:.2f}\n" for (left, right), often in sorted(found.items()))
    chosen.out.write_text("".join(lines), encoding="utf-8")
    print(f"{len(found)} pairs of stems written to {chosen.out}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
