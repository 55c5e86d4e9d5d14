"""Learn which English words are no names: `python -m indexer.training.ordinary_words ARTICLES.jsonl[.gz] ...`.

Writes `indexer/data/ordinary_words.txt`: words that articles print small, and hardly ever with a capital inside a sentence.
At the head of a sentence a capital says nothing, so a word is counted there neither way.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from search.training.json_lines import read_rows

_WORD: Final = re.compile(r"[A-Za-z][a-z]+(?:['’-][a-z]+)*")
_INSIDE: Final = re.compile(r"[a-z] |, ")  # two code points before a capital that begins no sentence
FEWEST_ARTICLES: Final = 10  # that print it small: in fewer it is a slip of the pen
MOST_CAPITALS: Final = 0.1  # capitals inside sentences for each small one: "times" (.4), "hill" (1.7) are names too

_HEAD: Final = """\
# English words that are printed small: alone at the head of a sentence they name nobody.
# Written by `python -m indexer.training.ordinary_words`; MODEL_CARD.md says out of what.
"""


def printed_small(paths: Sequence[Path]) -> list[str]:
    """Return the words, lower case, sorted. Raises OSError for a file that cannot be read."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    for path in paths:
        for row in read_rows(path):
            text = row.get("text") or ""
            own = Counter(match.group() for match in _WORD.finditer(text) if match.group()[0].islower())
            small.update(own)
            articles.update(own.keys())
            capital.update(
                match.group().lower()
                for match in _WORD.finditer(text)
                if match.group()[0].isupper() and _INSIDE.fullmatch(text, max(0, match.start() - 2), match.start())
            )
    return sorted(
        word for word, times in articles.items()
        if times >= FEWEST_ARTICLES and capital[word] <= MOST_CAPITALS * small[word]
    )  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the articles, write the list; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", nargs="+", type=Path, help="JSON Lines with a key `text`, gzip or not")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "data" / "ordinary_words.txt")
    chosen = parser.parse_args(arguments)
    words = printed_small(chosen.articles)
    chosen.out.write_text(_HEAD + "\n".join(words) + "\n", encoding="utf-8")
    print(f"{len(words)} words written to {chosen.out}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
