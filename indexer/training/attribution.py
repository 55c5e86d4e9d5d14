"""Learn the numbers of attribution anew: `python -m indexer.training.attribution --gold train.jsonl.gz --out attribution_model.json`.

The gold is one JSON object a line with `text`, `title`, `attributions` (cue and source spans) and `quotations` (start,
end, direct, nested, overlap, speaker); indexer/data/MODEL_CARD.md says more. LightGBM is needed here and only here.
Every eighth article is kept aside to judge by and to set the calibration; the shipped trees are then learned from all.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.attribution.annotated_document import Scene, make_scene
from indexer.attribution.coreference import RESOLUTION_FEATURES, WANTED, antecedents, resolution_rows
from indexer.attribution.scare_quotes import SCARE_FEATURES, repeated_words, scare_row
from indexer.attribution.source_features import FEATURES, candidates, rows
from indexer.attribution.source_selection import chances, cue_strength, head_odds
from indexer.attribution.tree_ensemble import MODEL_FILE, Forest, Model, forest, read_model
from indexer.entities.entities import cast, name_key
from indexer.entities.lexicon import cue_weight
from indexer.entities.mentions import FUNCTION, Mention, find_mentions
from indexer.quotations.outline import outline
from indexer.quotations.quotation_marks import find_quotations
from indexer.training.calibration import Pair, answers, knots, table, trim

Row = dict[str, Any]
Arrays = tuple[npt.NDArray[np.float32], npt.NDArray[np.float64], npt.NDArray[np.intp]]
RESOLUTION: dict[str, Any] = {"rounds": 80, "rate": 0.07, "least": 30, "choice": True}
KEPT_ASIDE = 8  # one article in so many judges


@dataclass(slots=True)
class Table:
    """Rows to learn from: a question's candidates follow each other, `groups` counts them."""

    rows: list[list[float]] = field(default_factory=list)
    right: list[float] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)

    def add(self, rows: list[list[float]], right: list[float]) -> None:
        self.rows += rows
        self.right += right
        self.groups.append(len(rows))

    def arrays(self) -> Arrays:
        return np.array(self.rows, np.float32), np.array(self.right), np.array(self.groups, np.intp)


def read_gold(path: Path) -> list[Row]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def word_tables(gold: Iterable[Row]) -> tuple[dict[str, float], dict[str, float]]:
    """How often a word is part of a cue, and how often a head noun or pronoun is (part of) a source."""
    seen: Counter[str] = Counter()
    cue: Counter[str] = Counter()
    heads: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    for row in gold:
        lines = outline(row["text"], find_quotations(row["text"]))
        in_source = {at for a in row["attributions"] for start, end in a["source"] for at in range(start, end)}
        in_cue = {at for a in row["attributions"] for start, end in a["cue"] for at in range(start, end)}
        for mention in find_mentions(lines):
            if mention.kind != "name":
                heads[mention.head.lower()] += 1
                sources[mention.head.lower()] += mention.start in in_source
        for low, start, number in zip(lines.lower, lines.starts, lines.quote, strict=True):
            if number < 0:
                seen[low] += 1
                cue[low] += start in in_cue
    odds = {word: round((sources[word] + 1) / (heads[word] + 5), 3) for word in sorted(heads) if heads[word] >= 4}
    cues = {}
    for word in sorted(seen):
        listed = cue_weight(word)
        share = (cue[word] + 2.4 * listed) / (seen[word] + 4)
        often = (cue[word] >= 3 and share >= 0.2) or (listed and seen[word] >= 5)
        if often and word[0].isalpha() and word not in FUNCTION and word != "also":
            cues[word] = round(share, 2)
    return cues, odds


def scene_of(row: Row, cue_of: Callable[[str], float], odds: Callable[[Mention, Scene], float]) -> Scene:
    text, title = row["text"], row.get("title") or ""
    quotations = find_quotations(text)
    lines = outline(text, quotations)
    mentions = find_mentions(lines)
    people = cast(text, lines, mentions, [(q.start, q.end) for q in quotations if q.parent is None], title)
    return make_scene(lines, quotations, mentions, people, title, cue_of, odds)


def gold_of(row: Row, scene: Scene) -> dict[int, Row]:
    """The gold's quotation for each outermost one found, by number."""
    marked = {trim(row["text"], q["start"], q["end"]): q for q in row["quotations"]}
    found = {n: marked.get(trim(row["text"], scene.quotations[n].start, scene.quotations[n].end)) for n in scene.place}
    return {number: gold for number, gold in sorted(found.items()) if gold is not None}


def right_source(scene: Scene, speaker: Row | None, picks: Sequence[int]) -> int | None:
    """The candidate that stands in the gold's source span: the name when it is one, else its first mention."""
    if not speaker or speaker.get("start") is None:
        return None
    start, end = speaker["start"], speaker["end"]
    inside = [m for m in picks if start <= scene.outline.starts[scene.mentions[m].core] < end]
    kind = {"org": "name", "none": "nominal"}.get(speaker["kind"], speaker["kind"])
    same = [m for m in inside if scene.mentions[m].kind == kind]
    if kind == "name" and same:
        last = name_key(speaker.get("canonical") or speaker["text"])[-1:]
        same = [m for m in same if last and last[0] in scene.mentions[m].head.lower()] or same
    return next(iter(same or inside), None)


def right_entity(scene: Scene, speaker: Row, pairs: Sequence[tuple[int, int]]) -> int | None:
    """Which antecedent has the surname of the gold's canonical speaker; None when none has."""
    key = name_key(speaker.get("canonical") or "")
    fits = [i for i, (entity, _) in enumerate(pairs) if key and scene.cast.entities[entity].key[-1] == key[-1]]
    first = [i for i in fits if scene.cast.entities[pairs[i][0]].key[0] == key[0]]
    return next(iter(first or fits), None)


def source_table(scenes: Sequence[tuple[Row, Scene]]) -> Table:
    """Rows for the source ranker: every quotation whose source is among its candidates."""
    table = Table()
    for row, scene in scenes:
        for number, gold in gold_of(row, scene).items():
            picks = candidates(scene, number)
            right = right_source(scene, gold.get("speaker"), picks)
            if right is not None:
                table.add(rows(scene, number, picks), [float(m == right) for m in picks])
    return table


def resolution_table(scenes: Sequence[tuple[Row, Scene]], resolution: Forest | None = None) -> Table:
    """Rows for the resolution of he and she: each pronoun once, at its first quotation.

    Who spoke before is told as `resolution` would have it: told as the gold has it, the ranker would learn to trust
    an answer that it does not have at work. Without it the gold's answers are used.
    """
    table = Table()
    for row, scene in scenes:
        spoke: dict[int, tuple[int, int]] = {}
        last = -1
        known: dict[int, int] = {}
        for number, gold in gold_of(row, scene).items():
            speaker = gold.get("speaker")
            right = right_source(scene, speaker, candidates(scene, number))
            if right is None or speaker is None:
                continue
            mention = scene.mentions[right]
            if mention.kind == "pronoun" and mention.head.lower() in WANTED and right not in known:
                pairs = antecedents(scene, right)
                best = right_entity(scene, speaker, pairs)
                quotation = scene.quotations[number]
                quote = row["text"][quotation.start : quotation.end].lower()
                if pairs:
                    asked = resolution_rows(scene, right, quote, pairs, spoke, last)
                    if best is not None:
                        table.add(asked, [float(i == best) for i in range(len(pairs))])
                    guess = best if resolution is None else int(resolution.scores(asked).argmax())
                    known[right] = pairs[guess][0] if guess is not None else -1
            entity = scene.cast.of[right] if scene.cast.of[right] >= 0 else known.get(right, -1)
            if entity >= 0:
                spoke[entity] = (scene.place[number], spoke.get(entity, (0, 0))[1] + 1)
            last = entity
    return table


def scare_table(scenes: Sequence[tuple[Row, Scene]], model: Model) -> Table:
    """Rows for the scare filter: every outermost stretch, 1 when no attribution covers it."""
    table = Table()
    for row, scene in scenes:
        marked = gold_of(row, scene)
        found = chances(scene, model, list(marked))
        repeated = repeated_words(scene)
        for number, gold in marked.items():
            if gold["nested"]:
                continue
            quoted = bool(gold["direct"] or gold["overlap"] > 0)
            table.add([scare_row(scene, number, *nearest(scene, number, found[number]), repeated)], [float(not quoted)])
    return table


def nearest(scene: Scene, number: int, ranked: Sequence[tuple[int, float]]) -> tuple[float, float]:
    """The chance of the likeliest source and how many words away it stands."""
    if not ranked:
        return 0.0, 60.0
    mention, chance = ranked[0]
    return chance, float(abs(scene.mentions[mention].first - scene.place[number]))


def _starts(groups: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    return np.concatenate([[0], np.cumsum(groups)[:-1]])


def group_softmax(scores: npt.NDArray[np.float64], groups: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
    """Scores as chances that add up to 1 in each group."""
    starts, owner = _starts(groups), np.repeat(np.arange(len(groups)), groups)
    powers = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
    shares: npt.NDArray[np.float64] = powers / np.add.reduceat(powers, starts)[owner]
    return shares


def boost(arrays: Arrays, *, rounds: int, rate: float, least: int, choice: bool, leaves: int = 8) -> list[Row]:
    """Boosted trees; `choice` learns which of a group's candidates is right (softmax), else each row by itself."""
    import lightgbm  # learning only: nothing else needs it

    table, right, groups = arrays

    def objective(scores: Any, data: Any) -> tuple[Any, Any]:
        shares = group_softmax(scores, groups)
        return shares - data.get_label(), np.maximum(2 * shares * (1 - shares), 1e-3)

    settings = {
        "objective": objective if choice else "binary", "num_leaves": leaves, "learning_rate": rate,
        "min_data_in_leaf": least, "lambda_l2": 2.0, "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1,
        "max_bin": 127, "num_threads": 1, "seed": 1, "deterministic": True, "verbose": -1, "boost_from_average": False,
    }  # fmt: skip
    data = lightgbm.Dataset(table, right, params={"max_bin": 127, "verbose": -1})
    return [_flat(tree["tree_structure"]) for tree in lightgbm.train(settings, data, rounds).dump_model()["tree_info"]]


def _flat(root: Row) -> Row:
    """LightGBM's nested tree as lists: a child >= 0 is a node, one < 0 is the leaf -1 - child."""
    flat: Row = {"feature": [], "threshold": [], "left": [], "right": [], "value": []}

    def walk(node: Row) -> int:
        if "leaf_value" in node:
            flat["value"].append(round(node["leaf_value"], 4))
            return -len(flat["value"])
        here = len(flat["feature"])
        flat["feature"].append(node["split_feature"])
        flat["threshold"].append(float(np.float32(node["threshold"]).round(5)))
        flat["left"].append(0)
        flat["right"].append(0)
        flat["left"][here] = walk(node["left_child"])
        flat["right"][here] = walk(node["right_child"])
        return here

    walk(root)
    return flat


def learn(gold: Sequence[Row], *, quick: bool = False) -> Row:
    """Everything but the calibration, learned from these articles, as the model file has it."""
    cues, odds = word_tables(gold)
    none = np.array([0.0, 1.0])
    blank = forest([])
    words_only = Model(blank, blank, blank, cues, odds, (none, none), {})
    scenes = [(row, scene_of(row, cue_strength(words_only), head_odds(words_only))) for row in gold]
    first = forest(boost(resolution_table(scenes).arrays(), **RESOLUTION))
    resolution = resolution_table(scenes, first)
    rounds = 120 if quick else 400
    data: Row = {
        "cues": cues,
        "odds": odds,
        "source": {
            "features": list(FEATURES),
            "trees": boost(source_table(scenes).arrays(), rounds=rounds, rate=0.08, least=20, choice=True),
        },
        "resolution": {
            "features": list(RESOLUTION_FEATURES),
            "trees": boost(resolution.arrays(), **RESOLUTION),
        },
        "calibration": {"raw": [0.0, 1.0], "right": [0.0, 1.0]},
    }
    ranked = Model(forest(data["source"]["trees"]), blank, blank, cues, odds, (none, none), {})
    scare = scare_table(scenes, ranked)
    data["scare"] = {
        "features": list(SCARE_FEATURES),
        "trees": boost(scare.arrays(), rounds=120, rate=0.06, least=25, choice=False),
    }
    return data


def readable(data: Row) -> str:
    """The model as JSON with a line for each tree and each word table, so that a difference can be read."""
    lines = []
    for name, value in data.items():
        if "trees" in value:
            trees = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in value["trees"])
            lines.append(f'"{name}": {{"features": {json.dumps(value["features"])}, "trees": [\n{trees}\n]}}')
        else:
            lines.append(f'"{name}": {json.dumps(value, ensure_ascii=False, separators=(",", ":"))}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def report(pairs: Sequence[Pair]) -> str:
    """The reliability table, and the share right of the more confident half."""
    half = sorted(pairs, reverse=True)[: len(pairs) // 2]
    lines = [
        f"{low:.2f}-{high:.2f}  {count:5}  said {mean:.3f}  right {right:.3f}"
        for low, high, count, mean, right in table(pairs)
    ]
    lines.append(
        f"all {sum(p[1] for p in pairs) / len(pairs):.3f}, upper half {sum(p[1] for p in half) / len(half):.3f}"
    )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="the articles to learn from, JSON Lines, may be .gz")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "data" / MODEL_FILE)
    parser.add_argument("--judge", type=Path, help="articles to judge on besides those kept aside")
    parser.add_argument("--aside", action="store_true", help="write the model learned without every eighth article")
    asked = parser.parse_args(arguments)
    gold = read_gold(asked.gold)
    aside = gold[KEPT_ASIDE - 1 :: KEPT_ASIDE]
    data = learn([row for number, row in enumerate(gold) if number % KEPT_ASIDE != KEPT_ASIDE - 1])
    pairs = answers(aside, read_model(data))
    data["calibration"] = knots(pairs)
    judged = {"kept aside": aside} | ({"judge": read_gold(asked.judge)} if asked.judge else {})
    for name, rows_ in judged.items():
        print(f"{name}, {len(rows_)} articles\n{report(answers(rows_, read_model(data)))}", file=sys.stderr)
    if not asked.aside:
        data = learn(gold) | {"calibration": data["calibration"]}
    asked.out.write_text(readable(data), encoding="utf-8")
    print(f"written: {asked.out}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
