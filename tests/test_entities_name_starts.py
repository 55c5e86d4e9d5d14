"""Where a name begins behind titles, offices and places."""

from __future__ import annotations

import pytest

from indexer.entities.name_starts import core_of, is_title
from indexer.quotations.outline import build_outline


@pytest.mark.parametrize(
    ("before", "run", "name"),
    [
        ("", "Deputy Chief of Mission Ann Lee", "Ann Lee"),
        ("the ambassador to", "Sri Lanka Quillon Lee", "Quillon Lee"),
        ("the manager of the", "George Lind Bridge Ann Lee", "Ann Lee"),
        ("", "Secretary of State Quillon Lee", "Quillon Lee"),
        ("", "Deputy Secretary of State Quillon Lee", "Quillon Lee"),
        ("", "U.S. Attorney’s Office for Northport", "U.S. Attorney ’s Office for Northport"),
        ("the head of", "Maine Community Health Options", "Maine Community Health Options"),
        ("the chairman of the", "United States Harbour Council", "United States Harbour Council"),
        ("", "Illinois Democrat Quillon Lee", "Quillon Lee"),
        ("", "House Democrat Quillon Lee", "Quillon Lee"),
        ("", "Miss Universe Ann Lee", "Ann Lee"),
        ("", "Miss Emma Ann Lee", "Emma Ann Lee"),
        ("", "North Carolina State Board", "North Carolina State Board"),
        ("", "Former Presidents Ann Lee", "Ann Lee"),
        ("", "Commissioners Quillon", "Quillon"),
        ("", "Mayor Ann Bloomberg", "Ann Bloomberg"),
        ("", "New York Congressmember Ann Lee", "Ann Lee"),
        ("", "Chief Quillon", "Quillon"),
        ("the ambassador to the", "U.S. Quillon Lee", "Quillon Lee"),
        ("", "Deputy Chief of Mission Gregory H. Lee", "Gregory H. Lee"),
        ("", "Harbour Deputy Administrator Bob Lee", "Bob Lee"),
        ("", "Harbour Review Editor Quillon Lee", "Quillon Lee"),
        ("", "Harbour Caucus Co-Chairmen Mark Lee", "Mark Lee"),
        ("", "Then-Representative Todd Lee", "Todd Lee"),
        ("", "Norvik Chamber of Commerce Tom Lee", "Tom Lee"),
        ("", "Miguel Del Lee", "Miguel Del Lee"),
        ("", "Del. Ann Lee", "Ann Lee"),
    ],
)
def test_a_name_begins_behind_an_office_and_what_it_is_over(before: str, run: str, name: str) -> None:
    outline = build_outline(f"{before} {run}".strip(), [])
    first = len(before.split())
    assert " ".join(outline.words[core_of(outline, first, len(outline)) :]) == name


@pytest.mark.parametrize(
    ("word", "is_one"),
    [
        ("director", True),
        ("co-director", True),
        ("director-in-waiting", True),
        ("lee-director", False),
        ("co-op", False),
    ],
)
def test_what_is_joined_to_a_title_is_one(word: str, is_one: bool) -> None:
    assert is_title(word) is is_one
