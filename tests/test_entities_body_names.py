"""Names of bodies whose parts small words part are one name; two names that stand beside each other stay two."""

from __future__ import annotations

import pytest

from indexer.entities.mention_detection import find_mentions
from indexer.entities.mentions import MentionKind
from indexer.quotations.outline import build_outline


def names(text: str) -> list[str]:
    return [one.head for one in find_mentions(build_outline(text, [])) if one.kind == MentionKind.NAME]


@pytest.mark.parametrize(
    "name",
    [
        "Campaign to Mend the Debt",
        "Center for Science in the Public Interest",
        "4th Circuit",
        "9th Circuit Court of Appeals",
        "America’s Voice",
        "Democracy for Norvik",
        "People for Ann Lee",
        "Teach for Norvik",
        "Petra’s List",
        "Norvik Legal and Policy Center",
        "Citizenship and Immigration Services",
        "Norvik Ports v. Quillon",
        "Army Corps of Engineers",
        "Norvik Conference of Mayors",
        "New Norvik Journal of Medicine",
    ],
)
def test_a_body_is_called_by_its_whole_name(name: str) -> None:
    assert names(f"Then the {name} said that it was late.") == [name]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Then Ann Lee of Debt said so.", ["Ann Lee", "Debt"]),
        ("Then Ann Lee’s Voice said so.", ["Ann Lee", "Voice"]),
        ("Then Norvik Council and Power said so.", ["Norvik Council", "Power"]),
        ("Then the Norvik Campaign in the House said so.", ["Norvik Campaign", "House"]),
    ],
)
def test_a_person_and_a_body_stay_apart_from_what_follows(text: str, wanted: list[str]) -> None:
    assert names(text) == wanted


def test_a_fleet_has_its_number() -> None:
    assert names("Then the Navy’s 7th Fleet said so.") == ["Navy", "7th Fleet"]
