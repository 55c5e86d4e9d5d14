"""Learn which words stand for one another (IBM model 1, Brown et al. 1993): `python -m search.training.translation_table QUOTES.jsonl[.gz] ... [--without QUERIES]`.

QUOTES has a line `{"text", "utt"}` a quote; those with the same `utt` are wordings of one utterance. Two of them are
laid side by side without the words that both have, and how often one of the rest stands for another is found by
expectation and maximisation. Utterances of QUERIES are left out, so that they can be asked for a measurement. Writes
`search/data/translation_table.tsv`; what the file means: `search/data/README.md`.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.text.analysis import AnalysedText
from search.text.information import common_stems, information
from search.training.json_lines import read_rows

MOST_WORDINGS: Final = 6  # of an utterance that are compared
MOST_PAIRS: Final = 4  # of an utterance
EM_ROUNDS: Final = 5
FEWEST_TIMES: Final = 3.0  # times that a word has stood for another, as far as can be told
LEAST_PROBABILITY: Final = 0.02  # the share of the times that a word is not kept
LEAST_RATIO: Final = 3.0  # times as often as by chance
NULL_WEIGHT: Final = 0.002  # how likely a word is that stands for none, next to those that stand for one
MOST_WORDS_LEFT: Final = 40  # words that are left of a wording
LEAST_SHARED: Final = 0.2  # the share of the shorter that two wordings have in common at least: less is no translation
_Pair = tuple[list[int], list[int]]
_Whole = npt.NDArray[np.int64]


def unshared_words(wordings: Sequence[Sequence[str]]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the words of each two wordings that the other does not have."""
    kept = list(dict.fromkeys(map(tuple, wordings)))[:MOST_WORDINGS]
    # The first and the second, then those two apart, and so on: of many wordings not always the same one.
    for left, right in sorted(combinations(range(len(kept)), 2), key=lambda pair: (pair[1] - pair[0], pair))[
        :MOST_PAIRS
    ]:
        ours, theirs = (set(filter(_is_word, kept[side])) for side in (left, right))
        rest, other = sorted(ours - theirs), sorted(theirs - ours)
        alike = len(ours & theirs) >= LEAST_SHARED * min(len(ours), len(theirs))
        if alike and 0 < len(rest) <= MOST_WORDS_LEFT and 0 < len(other) <= MOST_WORDS_LEFT:
            yield rest, other


def _is_word(stem: str) -> bool:
    """Names and numbers stand for one another only in the texts that were learned from."""
    return stem.isalpha() and stem in common_stems()


def translation_probabilities(pairs: Sequence[_Pair], size: int) -> dict[tuple[int, int], float]:
    """Return, of the times that a word of the left is not kept, the share in which one of the right stands for it.

    For two words, given by number, of which there are `size`. By expectation and maximisation.
    """
    left = np.concatenate([np.repeat(a, len(b)) for a, b in pairs])
    right = np.concatenate([np.tile(b, len(a)) for a, b in pairs])
    starts = np.cumsum([0] + [len(b) for _, b in pairs])
    slots = np.concatenate([np.tile(np.arange(len(b)), len(a)) + s for (a, b), s in zip(pairs, starts, strict=False)])
    codes, places = np.unique(left * size + right, return_inverse=True)
    source: _Whole = codes // size
    times = np.bincount(np.concatenate([a for a, _ in pairs]), minlength=size)[source]
    chance = np.full(len(codes), 0.01)
    counts: npt.NDArray[Any] = chance
    for _ in range(EM_ROUNDS):
        weights = chance[places]
        counts = np.bincount(places, weights=weights / (np.bincount(slots, weights=weights) + NULL_WEIGHT)[slots])
        chance = counts / (np.bincount(source, weights=counts, minlength=size) + 0.5)[source]
    # Two times more than there were: what has been seen once or twice is less sure than it looks.
    share = counts / (times + 2.0)
    kept = np.flatnonzero((share >= LEAST_PROBABILITY) & (counts >= FEWEST_TIMES))
    return {(int(codes[k]) // size, int(codes[k]) % size): float(share[k]) for k in kept}


def learn_translations(utterances: Sequence[Sequence[Sequence[str]]]) -> dict[tuple[str, str], float]:
    """Return how often the second of two stems stands for the first, from the wordings of each utterance."""
    numbers: dict[str, int] = {}
    pairs: list[_Pair] = []
    for wordings in utterances:
        for sides in unshared_words(wordings):
            left, right = ([numbers.setdefault(stem, len(numbers)) for stem in side] for side in sides)
            pairs += [(left, right), (right, left)]
    if not pairs:
        return {}
    names = list(numbers)
    found = {
        (names[one], names[other]): share
        for (one, other), share in translation_probabilities(pairs, len(names)).items()
    }
    return {pair: share for pair, share in found.items() if share * math.exp(information(pair[1])) >= LEAST_RATIO}


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the quotes, write the table; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("quotes", nargs="+", type=Path)
    parser.add_argument("--without", nargs="*", type=Path, default=[], metavar="QUERIES")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "data" / "translation_table.tsv")
    chosen = parser.parse_args(arguments)
    asked = {row["utt"] for path in chosen.without for row in read_rows(path)}
    found: dict[tuple[str, str], float] = {}
    for path in chosen.quotes:
        utterances: defaultdict[str, list[list[str]]] = defaultdict(list)
        for row in read_rows(path):
            if row["utt"] not in asked:
                utterances[row["utt"]].append(list(AnalysedText(row["text"]).stems))
        for pair, often in learn_translations(list(utterances.values())).items():
            found[pair] = max(often, found.get(pair, 0.0))
    lines = (f"{stem}\t{other}\t{often:.2f}\n" for (stem, other), often in sorted(found.items()))
    chosen.out.write_text("".join(lines), encoding="utf-8")
    print(f"{len(found)} pairs of stems written to {chosen.out}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
