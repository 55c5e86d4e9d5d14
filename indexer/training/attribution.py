"""Learn the numbers of attribution anew: `python -m indexer.training.attribution --gold train.jsonl.gz`.

The gold is one JSON object a line with `text`, `title`, `attributions` (cue and source spans) and `quotations` (start,
end, direct, nested, overlap, speaker); indexer/data/MODEL_CARD.md says more. The extra `learn` is needed for it.
Every eighth article is kept aside to judge by and to set the calibration; the shipped trees are then learned from all.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from indexer.attribution.annotated_document import AnnotatedDocument
from indexer.attribution.attribute import annotate_document, likeliest_source
from indexer.attribution.attribution_model import (
    MODEL_FEATURES,
    MODEL_FILE,
    AttributionModel,
    Calibration,
    read_model,
)  # fmt: skip
from indexer.attribution.clauses.named_things import names_thing
from indexer.attribution.features.coreference_features import (
    PRONOUN_GENDERS,
    QuotationsSaid,
    candidate_antecedents,
    coreference_table,
)  # fmt: skip
from indexer.attribution.features.scare_quote_features import repeated_wordings, scare_quote_features
from indexer.attribution.features.source_features import candidate_sources, source_table
from indexer.attribution.source_selection import rank_sources
from indexer.attribution.tree_ensemble import TreeEnsemble, build_ensemble
from indexer.entities.entities import name_key
from indexer.entities.lexicon import cue_weight
from indexer.entities.mention_detection import find_mentions
from indexer.entities.mentions import MentionKind
from indexer.quotations.outline import build_outline
from indexer.quotations.quotation_marks import find_quotations
from indexer.training.boosted_trees import TrainingTable, boost
from indexer.training.calibration import JudgedAnswer, fit_calibration, judge_answers, reliability_table, trim
from indexer.word_lists import word_list
from search.model import Document

GoldArticle = dict[str, Any]
Annotated = Sequence[tuple[GoldArticle, AnnotatedDocument]]
_KEPT_ASIDE = 8  # one article in so many judges
_SOURCE_TREES: dict[str, Any] = {"rounds": 400, "rate": 0.08, "least": 20, "choice": True}
_COREFERENCE_TREES: dict[str, Any] = {"rounds": 80, "rate": 0.07, "least": 30, "choice": True}
_SCARE_QUOTE_TREES: dict[str, Any] = {"rounds": 400, "rate": 0.03, "least": 40, "choice": False}
# A word is kept as a cue when the gold has it in a cue so often and in such a share of its uses, or when it is listed
# and was seen so often; a listed cue counts as if it had been seen four times more, a noun as if seen five times more.
_LEAST_CUES, _LEAST_CUE_SHARE, _LEAST_SEEN_CUE, _LEAST_SEEN_SOURCE = 3, 0.2, 5, 4


def read_gold(path: Path) -> list[GoldArticle]:
    """Return the articles of a JSON Lines file, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def count_words(gold: Iterable[GoldArticle]) -> tuple[dict[str, float], dict[str, float]]:
    """Return the share of each word's uses that are in a cue, and of each head noun's or pronoun's that are in a source."""
    seen: Counter[str] = Counter()
    in_cues: Counter[str] = Counter()
    heads: Counter[str] = Counter()
    in_sources: Counter[str] = Counter()
    for article in gold:
        outline = build_outline(article["text"], find_quotations(article["text"]))
        source_offsets, cue_offsets = _offsets(article, "source"), _offsets(article, "cue")
        for mention in find_mentions(outline):
            if mention.kind != MentionKind.NAME:
                heads[mention.head.lower()] += 1
                in_sources[mention.head.lower()] += mention.start in source_offsets
        for low, start, number in zip(outline.lower, outline.starts, outline.quotation, strict=True):
            if number < 0:
                seen[low] += 1
                in_cues[low] += start in cue_offsets
    priors = {
        head: round((in_sources[head] + 1) / (heads[head] + 5), 3)
        for head in sorted(heads)
        if heads[head] >= _LEAST_SEEN_SOURCE
    }
    return dict(_cue_shares(seen, in_cues)), priors


def _offsets(article: GoldArticle, part: str) -> set[int]:
    """Return the code points that the gold has in a `part` of an attribution."""
    return {at for each in article["attributions"] for start, end in each[part] for at in range(start, end)}


def _cue_shares(seen: Mapping[str, int], in_cues: Mapping[str, int]) -> Iterator[tuple[str, float]]:
    """Yield the words that report speech with the share of their uses that do."""
    excluded = word_list("function_words") | {"also"}
    for word in sorted(seen):
        listed = cue_weight(word)
        share = (in_cues[word] + 2.4 * listed) / (seen[word] + 4)
        counted = in_cues[word] >= _LEAST_CUES and share >= _LEAST_CUE_SHARE
        if (counted or (listed and seen[word] >= _LEAST_SEEN_CUE)) and word[0].isalpha() and word not in excluded:
            yield word, round(share, 2)


def annotate_gold(article: GoldArticle, model: AttributionModel) -> AnnotatedDocument:
    """Return an article of the gold annotated as extraction does it."""
    return annotate_document(Document(id="", text=article["text"], title=article.get("title")), model)


def gold_quotations(article: GoldArticle, doc: AnnotatedDocument) -> dict[int, GoldArticle]:
    """Return the gold's quotation for each outermost one found, by number."""
    text = article["text"]
    marked = {trim(text, q["start"], q["end"]): q for q in article["quotations"]}
    spans = {number: doc.quotations[number] for number in sorted(doc.item_of_quotation)}
    matched = {number: marked.get(trim(text, span.start, span.end)) for number, span in spans.items()}
    return {number: gold for number, gold in matched.items() if gold is not None}


def right_source(doc: AnnotatedDocument, speaker: GoldArticle | None, candidates: Sequence[int]) -> int | None:
    """Return the candidate that stands in the gold's source span: the name when it is one, else its first mention."""
    if not speaker or speaker.get("start") is None:
        return None
    start, end = speaker["start"], speaker["end"]
    inside = [m for m in candidates if start <= doc.outline.starts[doc.mentions[m].core] < end]
    kind = {"org": "name", "none": "nominal"}.get(speaker["kind"], speaker["kind"])
    same = [m for m in inside if doc.mentions[m].kind == kind]
    if kind == MentionKind.NAME and same:
        last = name_key(speaker.get("canonical") or speaker["text"])[-1:]
        same = [m for m in same if last and last[0] in doc.mentions[m].head.lower()] or same
    return next(iter(same or inside), None)


def right_antecedent(doc: AnnotatedDocument, speaker: GoldArticle, candidates: Sequence[tuple[int, int]]) -> int | None:
    """Return the place of the antecedent with the surname of the gold's canonical speaker; None when none has it."""
    key = name_key(speaker.get("canonical") or "")
    keys = [doc.entities[entity].key for entity, _ in candidates]
    fits = [place for place, each in enumerate(keys) if key and each[-1] == key[-1]]
    first = [place for place in fits if keys[place][0] == key[0]]
    return next(iter(first or fits), None)


def source_training_table(docs: Annotated) -> TrainingTable:
    """Return a question for every quotation whose source is among its candidates."""
    table = TrainingTable()
    for article, doc in docs:
        for number, gold in gold_quotations(article, doc).items():
            candidates = candidate_sources(doc, number)
            right = right_source(doc, gold.get("speaker"), candidates)
            if right is not None:
                table.add(source_table(doc, [number], [candidates]), [float(m == right) for m in candidates])
    return table


def coreference_training_table(docs: Annotated, ranker: TreeEnsemble | None = None) -> TrainingTable:
    """Return a question for every "he" and "she": each pronoun once, at its first quotation.

    Who spoke before is told as `ranker` would have it: told as the gold has it, the ranker would learn to trust an answer
    that it does not have at work (.97 in learning, .87 at work). Without `ranker` the gold's answers are used.
    """
    table = TrainingTable()
    for article, doc in docs:
        said: dict[int, QuotationsSaid] = {}
        last_speaker = -1
        resolved: dict[int, int] = {}
        for number, gold in gold_quotations(article, doc).items():
            speaker = gold.get("speaker")
            right = right_source(doc, speaker, candidate_sources(doc, number))
            if right is None or speaker is None:
                continue
            mention = doc.mentions[right]
            is_pronoun = mention.kind == MentionKind.PRONOUN and mention.head.lower() in PRONOUN_GENDERS
            candidates = candidate_antecedents(doc, right) if is_pronoun and right not in resolved else []
            if candidates:
                best = right_antecedent(doc, speaker, candidates)
                quotation = doc.quotations[number]
                words = article["text"][quotation.start : quotation.end].lower()
                rows = coreference_table(doc, right, words, candidates, said, last_speaker)
                if best is not None:
                    table.add(rows, [float(place == best) for place in range(len(candidates))])
                guess = best if ranker is None else int(ranker.scores(rows).argmax())
                resolved[right] = candidates[guess][0] if guess is not None else -1
            entity = doc.entity_of[right] if doc.entity_of[right] >= 0 else resolved.get(right, -1)
            if entity >= 0:
                count = said[entity].quotations if entity in said else 0
                said[entity] = QuotationsSaid(doc.item_of_quotation[number], count + 1)
            last_speaker = entity
    return table


def scare_quote_training_table(docs: Annotated, model: AttributionModel) -> TrainingTable:
    """Return a row for every outermost stretch, 1 when no attribution of the gold covers it or its words name a thing."""
    table = TrainingTable()
    for article, doc in docs:
        marked = gold_quotations(article, doc)
        rankings = rank_sources(doc, model, list(marked))
        repeated = repeated_wordings(doc)
        for number, gold in marked.items():
            if not gold["nested"]:
                source = likeliest_source(rankings[number])
                # The gold has a title within reported speech as speech.
                quoted = bool(gold["direct"] or gold["overlap"] > 0) and not names_thing(doc, number)
                table.add([scare_quote_features(doc, number, *source, repeated)], [float(not quoted)])
    return table


def learn_model(
    gold: Sequence[GoldArticle], *, rounds: int | None = None, kept: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return everything but the calibration, learned from these articles, as the model file has it.

    rounds  the trees of each part, for a quick trial; None for as many as ship
    kept    a model whose word tables and source ranker are taken as they are
    """
    fewer = {} if rounds is None else {"rounds": rounds}
    cues, priors = (kept["cues"], kept["source_priors"]) if kept else count_words(gold)
    words_only = _model_of(cues, priors, source=build_ensemble([]))
    docs = [(article, annotate_gold(article, words_only)) for article in gold]
    first = build_ensemble(boost(coreference_training_table(docs), **(_COREFERENCE_TREES | fewer)))
    source = kept["source"]["trees"] if kept else boost(source_training_table(docs), **(_SOURCE_TREES | fewer))
    coreference = boost(coreference_training_table(docs, first), **(_COREFERENCE_TREES | fewer))
    ranked = _model_of(cues, priors, source=build_ensemble(source))
    scare_quotes = boost(scare_quote_training_table(docs, ranked), **(_SCARE_QUOTE_TREES | fewer))
    parts = {"source": source, "coreference": coreference, "scare_quotes": scare_quotes}
    return {
        "cues": cues,
        "source_priors": priors,
        **{name: {"features": list(MODEL_FEATURES[name]), "trees": trees} for name, trees in parts.items()},
        "calibration": {"raw": [0.0, 1.0], "right": [0.0, 1.0]},
    }


def _model_of(cues: Mapping[str, float], priors: Mapping[str, float], source: TreeEnsemble) -> AttributionModel:
    """Return a model that knows words and sources alone, uncalibrated."""
    empty, diagonal = build_ensemble([]), np.array([0.0, 1.0])
    return AttributionModel(source, empty, empty, cues, priors, Calibration(diagonal, diagonal))


def model_json(data: Mapping[str, Any]) -> str:
    """Return the model as JSON with a line for each tree and each word table, so that a difference can be read."""
    lines = []
    for name, value in data.items():
        if "trees" in value:
            trees = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in value["trees"])
            lines.append(f'"{name}": {{"features": {json.dumps(value["features"])}, "trees": [\n{trees}\n]}}')
        else:
            lines.append(f'"{name}": {json.dumps(value, ensure_ascii=False, separators=(",", ":"))}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def report(answers: Sequence[JudgedAnswer]) -> str:
    """Return the reliability table, and the share right of the more confident half, as lines to print."""
    half = sorted(answers, reverse=True)[: len(answers) // 2]
    lines = [
        f"{low:.2f}-{high:.2f}  {count:5}  said {mean:.3f}  right {right:.3f}"
        for low, high, count, mean, right in reliability_table(answers)
    ]
    return "\n".join([*lines, f"all {_share_right(answers):.3f}, upper half {_share_right(half):.3f}"])


def _share_right(answers: Sequence[JudgedAnswer]) -> float:
    return sum(right for _, right in answers) / max(1, len(answers))


def _main(arguments: Sequence[str] | None = None) -> int:
    """Learn a model as the arguments say, print how it does on articles kept aside, and write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="the articles to learn from, JSON Lines, may be .gz")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "data" / MODEL_FILE)
    parser.add_argument("--judge", type=Path, help="articles to judge on besides those kept aside")
    parser.add_argument("--aside", action="store_true", help="write the model learned without every eighth article")
    parser.add_argument(
        "--keep-source", action="store_true", help="take words, source ranker and calibration from --out"
    )
    parser.add_argument("--rounds", type=int, help="trees of each part, for a quick trial")
    options = parser.parse_args(arguments)
    gold = read_gold(options.gold)
    aside = gold[_KEPT_ASIDE - 1 :: _KEPT_ASIDE]
    kept = [article for number, article in enumerate(gold) if number % _KEPT_ASIDE != _KEPT_ASIDE - 1]
    given = json.loads(options.out.read_text(encoding="utf-8")) if options.keep_source else None
    data = learn_model(kept, rounds=options.rounds, kept=given)
    data["calibration"] = fit_calibration(judge_answers(aside, read_model(data)))
    judged = {"kept aside": aside} | ({"judge": read_gold(options.judge)} if options.judge else {})
    for name, articles in judged.items():
        print(f"{name}, {len(articles)} articles\n{report(judge_answers(articles, read_model(data)))}", file=sys.stderr)
    if not options.aside:
        calibration = given["calibration"] if given else data["calibration"]
        data = learn_model(gold, rounds=options.rounds, kept=given) | {"calibration": calibration}
    options.out.write_text(model_json(data), encoding="utf-8")
    print(f"written: {options.out}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(_main())
