"""Hold what was learned of attribution, and read it from its file; a file learned with other features is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.attribution.features.coreference_features import CoreferenceFeatures
from indexer.attribution.features.scare_quote_features import ScareQuoteFeatures
from indexer.attribution.features.source_features import SOURCE_FEATURES
from indexer.attribution.tree_ensemble import TreeEnsemble, build_ensemble
from indexer.entities.lexicon import cue_weight
from indexer.entities.mentions import Mention, MentionKind
from search.errors import ConfigError

MODEL_FILE = "attribution_model.json"
# The features that each part reads, in the order of its columns: the one list of their names.
MODEL_FEATURES: dict[str, tuple[str, ...]] = {
    "source": SOURCE_FEATURES,
    "coreference": CoreferenceFeatures._fields,
    "scare_quotes": ScareQuoteFeatures._fields,
}
# For words that the training articles do not have often enough to count: shares of uses, set by hand between those of the
# counted words. A name is always taken at the same share, so that no name is a feature.
_UNSEEN_CUE, _NAME_PRIOR, _UNSEEN_PRIOR = 0.8, 0.4, 0.15


@dataclass(frozen=True, slots=True)
class Calibration:
    """The line from the ranker's probability to the share that is right: `raw` ascending, `right` at each of them."""

    raw: npt.NDArray[np.float64]
    right: npt.NDArray[np.float64]

    def __call__(self, probability: float) -> float:
        """Return the share of answers of this probability that are right, 0 to 1."""
        return float(np.interp(probability, self.raw, self.right))


@dataclass(frozen=True, slots=True)
class AttributionModel:
    """All that was learned: three ensembles, two word tables, and how far a probability can be trusted.

    source         scores the candidate sources of a quotation
    coreference    scores the candidate antecedents of a pronoun
    scare_quotes   log odds that nobody is quoted
    cues           the share of a word's uses that report speech
    source_priors  the share of a head noun's or pronoun's uses that are a source
    """

    source: TreeEnsemble
    coreference: TreeEnsemble
    scare_quotes: TreeEnsemble
    cues: Mapping[str, float]
    source_priors: Mapping[str, float]
    calibration: Calibration

    def cue_weight_of(self, word: str) -> float:
        """Return how much a lower-case word reports speech, 0 to 1: as learned, else as listed."""
        return self.cues.get(word, _UNSEEN_CUE * cue_weight(word))

    def source_prior(self, mention: Mention) -> float:
        """Return the share of such mentions that are a source, 0 to 1."""
        if mention.kind == MentionKind.NAME:
            return _NAME_PRIOR
        return self.source_priors.get(mention.head.lower(), _UNSEEN_PRIOR)


@cache
def packaged_model() -> AttributionModel:
    """Return the model that ships with the package, read once a process."""
    return read_model(json.loads(files("indexer").joinpath("data", MODEL_FILE).read_text(encoding="utf-8")))


def read_model(data: Mapping[str, Any]) -> AttributionModel:
    """Return the model that the JSON of a model file holds.

    Raises ConfigError when it was learned with other features, or with these in another order: its trees would test
    one number and mean another, and every answer would be wrong without a sign of it.
    """
    for part, expected in MODEL_FEATURES.items():
        _check_features(part, data[part]["features"], expected)
    line = data["calibration"]
    return AttributionModel(
        source=build_ensemble(data["source"]["trees"]),
        coreference=build_ensemble(data["coreference"]["trees"]),
        scare_quotes=build_ensemble(data["scare_quotes"]["trees"]),
        cues=data["cues"],
        source_priors=data["source_priors"],
        calibration=Calibration(np.asarray(line["raw"], np.float64), np.asarray(line["right"], np.float64)),
    )


def _check_features(part: str, learned: Sequence[str], expected: Sequence[str]) -> None:
    """Raise ConfigError unless the names of a part's features are the expected ones in their order."""
    if tuple(learned) == tuple(expected):
        return
    unknown, missing = sorted(set(learned) - set(expected)), sorted(set(expected) - set(learned))
    differing = next((n for n, pair in enumerate(zip(learned, expected, strict=False)) if pair[0] != pair[1]), None)
    reasons = [
        f"it has {', '.join(unknown)}" if unknown else "",
        f"it lacks {', '.join(missing)}" if missing else "",
        f"column {differing} is {learned[differing]} instead of {expected[differing]}" if differing is not None else "",
        f"it has {len(learned)} of {len(expected)} columns" if len(learned) != len(expected) else "",
    ]
    raise ConfigError(
        f"The attribution model was learned with other features for {part!r} "
        f"({'; '.join(reason for reason in reasons if reason)}): learn it anew with indexer.training.attribution."
    )
