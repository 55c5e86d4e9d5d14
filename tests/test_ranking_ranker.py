"""The order of the answers: by features and by group, with weights that belong to those very features."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from importlib import resources

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import ConfigError
from search.ranking.features import RankingFeatures
from search.ranking.ranker import (
    CONSTANT,
    ranked,
    read_ranking_model,
    shipped_model,
)
from search.term_index import IndexedQuote
from search.term_index.memory_index import MemoryIndex, MemoryReader
from search.text.analysis import analyse
from search.text.terms import index_terms

QUOTES = (
    "The ferry to the northern islands was sold to pay for the new harbour.",
    "They sold the northern ferry so that a harbour could be paid for.",
    "Nobody asked the islanders before the boat was given away.",
    "A good harbour is worth more than any number of speeches.",
    "We have always been honest about the price of bread.",
    "The price of bread has doubled since the harvest failed.",
    "The islanders were never asked whether their boat could be given away.",
    "Speeches do not build schools, and they do not mend roads.",
)


def held(quotes: Sequence[str]) -> MemoryReader:
    index = MemoryIndex()
    index.update([IndexedQuote(number, index_terms(analyse(quote))) for number, quote in enumerate(quotes)], [], 1)
    return index.reader()


def read(numbers: Sequence[int]) -> list[list[str]]:
    return [list(analyse(QUOTES[number]).stems) for number in numbers]


def alone(numbers: Collection[int]) -> dict[int, int]:
    """Each quote is a version group of its own."""
    return {number: number for number in numbers}


def test_a_group_brings_its_members_along() -> None:
    """Its best member decides where it stands; a member that shares no word with the query stands with it."""
    groups = {0: 0, 1: 0, 4: 0}
    found = ranked(
        held(QUOTES),
        analyse("the ferry to the northern islands"),
        read=read,
        groups=lambda numbers: {number: groups.get(number, -number) for number in numbers},
        members=lambda some: {n: g for g in some for n in range(len(QUOTES)) if groups.get(n, -n) == g},
    )
    assert set(found[:3]) == {0, 1, 4}


def test_members_of_a_group_pass_the_filter_too() -> None:
    """A group never smuggles in what was filtered out."""
    found = ranked(
        held(QUOTES),
        analyse("the ferry to the northern islands"),
        read=read,
        accept=lambda numbers: numbers != 4,
        groups=lambda numbers: dict.fromkeys(numbers, 7),
        members=lambda some: dict.fromkeys(range(len(QUOTES)), 7),
    )
    assert 4 not in found


def test_what_the_members_of_a_group_have_together_counts() -> None:
    """Two wordings that have a half each stand before one of another group that has more than either."""
    quotes = [
        "They sold the northern ferry to a bank.",
        "It was to pay for the harbour and the school.",
        "They sold the northern harbour, and nobody minded much about it.",
        *QUOTES[3:],
    ]
    of = {0: 9, 1: 9}
    found = ranked(
        held(quotes),
        analyse("They sold the northern ferry to pay for the harbour and the school"),
        read=lambda numbers: [analyse(quotes[number]).stems for number in numbers],
        groups=lambda numbers: {number: of.get(number, -number) for number in numbers},
        members=lambda some: {n: g for g in some for n in range(len(quotes)) if of.get(n, -n) == g},
    )
    assert set(found[:2]) == {0, 1}


@given(st.text(max_size=200), st.lists(st.text(max_size=60), max_size=6))
def test_any_query_is_answered_with_what_is_there(query: str, quotes: list[str]) -> None:
    """No text fails, no number is made up or given twice."""
    found = ranked(
        held(quotes),
        analyse(query),
        read=lambda numbers: [analyse(quotes[number]).stems for number in numbers],
        groups=alone,
        members=alone,
    )
    assert len(set(found)) == len(found)
    assert all(0 <= number < len(quotes) for number in found)


MODEL = (resources.files("search") / "data" / "ranking.json").read_text(encoding="utf-8")


def test_the_shipped_model_has_a_weight_for_each_feature() -> None:
    names = list(json.loads(MODEL)["weights"])
    assert names == [*RankingFeatures._fields, CONSTANT]
    assert read_ranking_model(MODEL).weights.shape == shipped_model().per_log_length.shape == (len(names),)


def renamed(names: Sequence[str]) -> str:
    model = json.loads(MODEL)
    return json.dumps({"weights": dict(zip(names, model["weights"].values(), strict=False))})


NAMES = [*RankingFeatures._fields, CONSTANT]


@pytest.mark.parametrize(
    "names",
    [
        [*NAMES[:3], *reversed(NAMES[3:8]), *NAMES[8:]],
        [*NAMES[1:], NAMES[0]],
        ["echo", *NAMES[1:]],
        NAMES[:-1],
        NAMES[1:],
        [],
    ],
)
def test_a_model_of_other_features_or_in_another_order_is_refused(names: list[str]) -> None:
    """Its weights would fall to features that they were not learned for."""
    with pytest.raises(ConfigError, match="other features"):
        read_ranking_model(renamed(names))


def test_a_longer_query_has_other_weights() -> None:
    model = shipped_model()
    assert np.allclose(model.weights_for(1), model.weights)
    assert np.allclose(model.weights_for(20) - model.weights_for(10), np.log(2) * model.per_log_length)
