"""Learn the numbers of indexer/data/block_classifier.json anew from pages with their text made by hand.

    python -m indexer.training.block_classifier GOLD.jsonl [--write]

GOLD.jsonl has a page a line: `html` (a file beside it, gzip or not), `body`, `set`, and `outlet` or `url`. Prints body
precision, recall and F1 by 4-word shingles for each set: by cross-validation over outlets (what unknown outlets will
get), and with --write also writes the numbers learned from all pages.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zlib import crc32

import numpy as np
import numpy.typing as npt

from indexer.html.block_classifier import KEEP_PROBABILITY, neighbour_features
from indexer.html.block_features import block_features
from indexer.html.blocks import alphanumeric_key, text_blocks
from indexer.html.main_content import extractor_shares
from indexer.html.metadata import read_metadata
from indexer.html.parse import parse_html
from indexer.input.encoding import decode
from indexer.input.input_file import ReadOptions

_Matrix = npt.NDArray[np.float64]
# Outlets are dealt into so many folds, so that no fold's rule has seen a page of its outlets.
_FOLDS = 6
# Inverse of the ridge; between .1 and 2 the figures do not differ.
_STRENGTH = 0.5
_ROUNDS = 50  # Newton's steps at most; it takes about ten
_MODEL_FILE = Path(__file__).parents[1] / "data" / "block_classifier.json"
_CARD = (
    "Chance that a block of a page is part of the article: two logistic rules, the second over the first's view of the "
    "surroundings. Learned by indexer.training.block_classifier from pages whose text was made by hand; figures in docs/reading.md."
)


@dataclass(slots=True)
class LabelledPage:
    kind: str
    fold: int
    gold: str
    texts: list[str]
    rows: list[dict[str, float]]
    labels: list[float]


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    pages = [_page(json.loads(line), asked.gold.parent) for line in asked.gold.read_text("utf-8").splitlines()]
    names = sorted({name for page in pages for row in page.rows for name in row})
    guess = _held_out(pages, names, [page.rows for page in pages])
    second = [
        [
            row | more if row else row
            for row, more in zip(p.rows, neighbour_features(g, list(map(len, p.texts))), strict=True)
        ]
        for p, g in zip(pages, guess, strict=True)
    ]
    both = sorted({name for rows in second for row in rows for name in row})
    chances = _held_out(pages, both, second)
    _report(pages, chances)
    if asked.write:
        model = {
            "about": _CARD,
            "pages": len(pages),
            "first": _named(names, _fit(*_matrix(pages, names, [p.rows for p in pages]))),
            "second": _named(both, _fit(*_matrix(pages, both, second))),
        }
        _MODEL_FILE.write_text(json.dumps(model, indent=1) + "\n", "utf-8")


def _page(row: dict[str, str], folder: Path) -> LabelledPage:
    raw = (folder / row["html"]).read_bytes()
    root = parse_html(decode(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).text)
    assert root is not None
    about = read_metadata(root, ReadOptions())
    blocks = text_blocks(root, (about.language or "en")[:2])
    rows = block_features(blocks, extractor_shares(root, blocks), about)
    whose = row.get("outlet") or urlsplit(row["url"]).hostname or ""
    gold = word_shingles(row["body"])
    lines = {alphanumeric_key(line) for line in row["body"].split("\n")}
    labels = [_label(block.text, gold, lines) for block in blocks]
    return LabelledPage(
        row["set"], crc32(whose.encode()) % _FOLDS, row["body"], [block.text for block in blocks], rows, labels
    )


def _label(text: str, gold: Counter[tuple[str, ...]], lines: set[str]) -> float:
    """How much of a block is in the text made by hand; a short one has to be a line of it."""
    mine = word_shingles(text)
    found = sum((mine & gold).values())
    if len(re.findall(r"\w+", text)) < 8:
        return float(alphanumeric_key(text) in lines or (len(text) > 15 and found == sum(mine.values())))
    return found / max(1, sum(mine.values()))


def word_shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1)) if words)


def _matrix(
    pages: list[LabelledPage], names: list[str], rows: list[list[dict[str, float]]]
) -> tuple[_Matrix, _Matrix, _Matrix]:
    values = np.array([[row.get(name, 0.0) for name in names] for page in rows for row in page])
    labels = np.array([float(label > 0.5) for page in pages for label in page.labels])
    weight = []
    for page, page_rows in zip(pages, rows, strict=True):
        total = max(50, len(re.findall(r"\w+", page.gold)))
        sizes = (min(300, len(re.findall(r"\w+", text))) + 2 for text in page.texts)
        weight += [100 * size / total if row else 0.0 for size, row in zip(sizes, page_rows, strict=True)]
    return values, labels, np.array(weight)


def _fit(values: _Matrix, labels: _Matrix, weight: _Matrix) -> _Matrix:
    """Return the weights (features,) of a logistic regression with a ridge; the bias is a feature like the others."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=_STRENGTH, fit_intercept=False, solver="newton-cholesky", max_iter=_ROUNDS, tol=1e-8)
    weights: _Matrix = model.fit(values, labels, sample_weight=weight).coef_[0]
    return weights


def _held_out(pages: list[LabelledPage], names: list[str], rows: list[list[dict[str, float]]]) -> list[list[float]]:
    """The chance of every block by a rule that never saw a page of its outlet."""
    values, labels, weight = _matrix(pages, names, rows)
    fold = np.array([page.fold for page in pages for _ in page.texts])
    chance = np.zeros(len(labels))
    for number in range(_FOLDS):
        seen, unseen = fold != number, fold == number
        chance[unseen] = 1 / (
            1 + np.exp(-np.clip(values[unseen] @ _fit(values[seen], labels[seen], weight[seen]), -30, 30))
        )
    chance[~values.any(axis=1)] = 0.0
    ends = np.cumsum([len(page.texts) for page in pages])[:-1]
    return [list(map(float, part)) for part in np.split(chance, ends)]


def _report(pages: list[LabelledPage], chances: list[list[float]]) -> None:
    for kind in sorted({page.kind for page in pages}):
        scores = []
        for page, chance in zip(pages, chances, strict=True):
            if page.kind == kind:
                mine = word_shingles(
                    "\n\n".join(
                        text for text, value in zip(page.texts, chance, strict=True) if value >= KEEP_PROBABILITY
                    )
                )
                gold = word_shingles(page.gold)
                both = sum((mine & gold).values())
                scores.append((both / max(1, sum(mine.values())), both / max(1, sum(gold.values()))))
        precision, recall = (float(np.mean(column)) for column in zip(*scores, strict=True))
        print(
            f"{kind:14} precision {precision:.4f} recall {recall:.4f} F1 {2 * precision * recall / (precision + recall):.4f}"
        )


def _named(names: list[str], values: _Matrix) -> dict[str, float]:
    return {name: round(float(value), 3) for name, value in zip(names, values, strict=True) if abs(value) >= 0.005}


if __name__ == "__main__":
    _main()
