"""Names without the words that merely stand before or behind them."""

from __future__ import annotations

import pytest

from indexer.entities.mention_detection import find_mentions
from indexer.entities.name_trimming import trim_names
from indexer.quotations.outline import build_outline
from indexer.quotations.quotation_marks import find_quotations


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("WATCHED Cora Blunt tells all.", "Cora Blunt"),
        ("Fact-checking Donald Marsh on taxes, we said it all. Donald Marsh said so.", "Donald Marsh"),
        ("He met secretary of State Rex Marsh there.", "Rex Marsh"),
        ("He met secretary of Agriculture Sonny Marsh there.", "Sonny Marsh"),
        ("House Leader Nancy Marsh of California said no.", "Nancy Marsh"),
        ("Regarding Marsh he said no. Donald Marsh left.", "Marsh"),
        ("Sometimes Marsh said no. Donald Marsh left.", "Marsh"),
        ("Poor Cora Marsh. She left.", "Cora Marsh"),
        ("Chart Westcott said no. Westcott left.", "Chart Westcott"),
        ("Reps. Mark Marsh and others left.", "Mark Marsh"),
        ("Representatives Mark Marsh and others left.", "Mark Marsh"),
        ("Historian Henry Louis Marsh said no.", "Henry Louis Marsh"),
        ("Harbour COO Cora Blunt said no.", "Cora Blunt"),
        ("Honduran Ana Marsh said no.", "Ana Marsh"),
        ("He met Honduran Quillon Westcott. Westcott said no.", "Quillon Westcott"),
        ("Ana Marsh Ana Marsh said no.", "Ana Marsh"),
        ("Ranking Member Devin Marsh said no. Devin Marsh left.", "Devin Marsh"),
        ("Scorecard For A President: Assessing Marsh\n\nPresident Marsh left. Marsh said no.", "Marsh"),
        ("He met the PACs Westcott ran. Westcott said no. Westcott left.", "Westcott"),
        ("The Recovery Act Westcott signed. Westcott said no. Westcott left.", "Westcott"),
        ("On Monday in Washington Westcott said it. Westcott said no. Westcott left.", "Westcott"),
        ("He went to Japan and Italy Westcott said. Westcott left. Westcott said no.", "Westcott"),
        (
            "It is too early to call President Cora Blunt Marsh's closer. Blunt left. Marsh left. Blunt and Marsh stay.",
            "Cora Blunt",
        ),
    ],
)
def test_a_word_before_or_behind_a_name_is_no_part_of_it(text: str, name: str) -> None:
    assert name in [mention.head for mention in find_mentions(build_outline(text, find_quotations(text)))]


@pytest.mark.parametrize(
    "name",
    [
        "J.B. Marsh",
        "U.S. Central Command",
        "Cora Blunt Jr.",
        "Cora Blunt Foundation",
        "Tareck El Amari",
        "Governor of New South Wales",
        "JR Marsh",
        "LDS Church",
        "Southern California Westcott",
        "HSBC Bank",
    ],
)
def test_what_belongs_to_a_name_stays(name: str) -> None:
    outline = build_outline(f"{name} won. Marsh, Cora Blunt and El Amari met {name} there.", [])
    mentions = find_mentions(outline)
    assert trim_names(outline, mentions) == mentions


def test_himself_belongs_to_the_name_before_it() -> None:
    outline = build_outline("Cora Blunt herself said no.", [])
    (blunt,) = find_mentions(outline)
    assert (blunt.head, outline.words[blunt.last]) == ("Cora Blunt", "said")


@pytest.mark.parametrize(
    ("text", "follows"), [("Speaker Ann Lee of South Carolina, who left", ","), ("Ann Lee of Ohio left", "left")]
)
def test_where_somebody_is_from_belongs_to_the_name_and_is_nobody(text: str, follows: str) -> None:
    outline = build_outline(text, [])
    lee = find_mentions(outline)[0]
    assert (lee.head, outline.words[lee.last], outline.text[lee.start : lee.end][-3:]) == ("Ann Lee", follows, "Lee")
    assert "South Carolina" not in [mention.head for mention in find_mentions(outline)]


def test_a_body_of_a_place_is_named_after_a_name() -> None:
    outline = build_outline("Then Ann Lee of Ohio's Harbour Council left.", [])
    assert [mention.head for mention in find_mentions(outline)] == ["Ann Lee", "Ohio", "Harbour Council"]
