"""The party and state behind a member's name."""

from __future__ import annotations

import pytest

from indexer.entities.party_tags import is_party_tag, past_party_tag
from indexer.quotations.outline import build_outline


@pytest.mark.parametrize(
    ("behind", "items"),
    [
        (", R-Maine, said", 3),
        ("(D-Calif.) said", 3),
        ("(R-S.C.) said", 3),
        ("(D-New Hampshire) said", 4),
        ("D-Calif., said", 2),
        ("D-Calif. said", 1),
        (", a member, said", 0),
        ("(left) said", 0),
        (", R-Maine", 0),
        ("", 0),
    ],
)
def test_how_long_a_tag_is(behind: str, items: int) -> None:
    assert past_party_tag(build_outline(f"Lee {behind}", ()), 1) - 1 == items


def test_what_is_a_tag() -> None:
    assert is_party_tag("R-Mo.")
    assert not is_party_tag("Re-Election")
