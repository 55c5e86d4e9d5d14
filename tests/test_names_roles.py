"""The offices that a printed role names, and the place of "the Indiana governor"."""

from __future__ import annotations

import pytest

from search.names.roles import office_nouns, role_and_place


@pytest.mark.parametrize(
    ("role", "nouns"),
    [
        ("Sen.", {"senator"}),
        ("Democratic Sens.", {"senator"}),
        ("Former Congresswoman", {"representative"}),
        ("Senate Minority Leader", {"leader"}),
        ("Secretary of State", {"secretary"}),
        ("spokesman for House Speaker Otto Lind", {"spokesman"}),
        ("oldest son of the harbour's leader", set()),
        ("Executive Vice President", {"vice president"}),
        ("own party", set()),
        ("", set()),
    ],
)
def test_offices(role: str, nouns: set[str]) -> None:
    assert office_nouns(role) == nouns


@pytest.mark.parametrize(
    ("described", "role", "place"),
    [
        ("the Indrania governor", "governor", "Indrania"),
        ("governor of New Indrania", "governor", "New Indrania"),
        ("Indrania Governor", "Governor", "Indrania"),
        ("official", "official", ""),
        ("former Indrania governor", "former Indrania governor", ""),
        ("spokesman for the Indrania governor", "spokesman for the Indrania governor", ""),
    ],
)
def test_role_and_place(described: str, role: str, place: str) -> None:
    found, where = role_and_place(described)
    assert where == place
    assert office_nouns(found) == office_nouns(role) or not place
