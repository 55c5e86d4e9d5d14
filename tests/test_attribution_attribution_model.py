"""The model file: what it was learned with is checked, and a wrong one is refused."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import numpy as np
import pytest

from indexer.attribution.attribution_model import MODEL_FEATURES, MODEL_FILE, Calibration, packaged_model, read_model
from indexer.entities.mentions import Mention, MentionKind
from search.errors import ConfigError

PARTS = sorted(MODEL_FEATURES)


def shipped() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(files("indexer").joinpath("data", MODEL_FILE).read_text("utf-8"))
    return data


@pytest.mark.parametrize("part", PARTS)
def test_a_model_with_five_reversed_names_is_refused(part: str) -> None:
    data = shipped()
    names = data[part]["features"]
    names[:5] = reversed(names[:5])
    with pytest.raises(ConfigError, match=rf"other features for '{part}'.*column 0 is {names[0]}.*learn it anew"):
        read_model(data)


@pytest.mark.parametrize("part", PARTS)
def test_a_model_with_another_name_or_number_of_features_is_refused(part: str) -> None:
    renamed, shorter, longer = shipped(), shipped(), shipped()
    renamed[part]["features"][3] = "phase_of_the_moon"
    with pytest.raises(ConfigError, match="it has phase_of_the_moon; it lacks"):
        read_model(renamed)
    dropped = shorter[part]["features"].pop()
    with pytest.raises(ConfigError, match=f"it lacks {dropped}"):
        read_model(shorter)
    longer[part]["features"].append("one_more")
    with pytest.raises(ConfigError, match="one_more"):
        read_model(longer)


@pytest.mark.parametrize("part", PARTS)
def test_the_names_of_the_features_are_unique_and_every_tree_asks_for_one_of_them(part: str) -> None:
    names, trees = MODEL_FEATURES[part], shipped()[part]["trees"]
    assert len(set(names)) == len(names)
    assert all(0 <= feature < len(names) for tree in trees for feature in tree["feature"])


def test_a_calibration_is_a_rising_line() -> None:
    line = packaged_model().calibration
    values = [line(probability) for probability in np.linspace(0, 1, 101)]
    assert values == sorted(values)
    assert (values[0], values[-1]) == (0.0, pytest.approx(0.99, abs=0.01))
    assert Calibration(np.array([0.0, 1.0]), np.array([0.0, 0.5]))(0.5) == 0.25


def test_words_weigh_as_learned_else_as_listed() -> None:
    model = packaged_model()
    assert model.cue_weight_of("said") == model.cues["said"]
    assert model.cue_weight_of("sagte") == pytest.approx(0.8 * 0.9)
    assert model.cue_weight_of("bridge") == 0.0


def test_every_name_has_the_same_prior() -> None:
    model = packaged_model()
    one, other = (Mention(MentionKind.NAME, 0, 1, 0, name, "", 0, 3) for name in ("Ann", "he"))
    pronoun = Mention(MentionKind.PRONOUN, 0, 1, 0, "He", "", 0, 2)
    assert model.source_prior(one) == model.source_prior(other)
    assert model.source_prior(pronoun) == model.source_priors["he"]
