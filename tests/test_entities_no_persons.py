"""Which names of unknown words nobody bears."""

from __future__ import annotations

import pytest

from indexer.entities.entities import cluster_names
from indexer.entities.mention_detection import find_mentions
from indexer.entities.no_persons import names_people
from indexer.quotations.outline import build_outline


def nobodies(text: str) -> dict[str, bool]:
    outline = build_outline(text, [])
    entities = cluster_names(text, outline, find_mentions(outline), [], "").entities
    return {each.name: each.names_nobody for each in entities}


@pytest.mark.parametrize(
    "name",
    ["Hidden Problems", "Quillon EPA", "QUILLON-TV", "Norvik A320", "many Germans", "African-Americans"],
)
def test_things_peoples_and_abbreviations_are_nobody(name: str) -> None:
    assert list(nobodies(f"Then {name} came up.").values()) == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Then Quillon came up.",
        "Then Ann Power came up.",
        "Power said so.",
        "Then Quillon Lind III came up.",
        "Then QUILLON LIND came up.",
        "Then Hidden Commander came up.",
    ],
)
def test_what_may_be_somebodys_name_stays(text: str) -> None:
    assert not any(nobodies(text).values())


def test_a_name_that_mostly_has_an_article_is_nobodys() -> None:
    assert nobodies("He drove the Quillon. Then the Quillon left.") == {"Quillon": True}
    assert nobodies("Then Quillon spoke. It was the Quillon of old.") == {"Quillon": False}
    assert nobodies("Then the Quillon regime fell. He left the Quillon regime.") == {"Quillon": False}


def test_a_people_is_told_by_its_adjective() -> None:
    assert names_people("americans")
    assert not names_people("simmons")
