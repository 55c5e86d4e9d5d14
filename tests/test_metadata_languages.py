"""Which language a text is in, and what a tag says."""

from __future__ import annotations

import pytest

from indexer.metadata.languages import choose_language, detect_language, primary_language
from search.provenance import Provenance


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en-GB", "en"), ("en_US.UTF-8", "en"), ("DE", "de"), ("nb-NO", "no"), ("iw", "he"), ("deu", "de"), ("english", None), ("", None), (None, None)],
)  # fmt: skip
def test_the_primary_part_of_a_tag(tag: str | None, code: str | None) -> None:
    assert primary_language(tag) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The minister said that the talks had failed and that she would not be at the table again.", "en"),
        ("Die Ministerin sagte, dass die Gespräche gescheitert sind und sie nicht mehr an den Tisch kommt.", "de"),
        ("La ministre a déclaré que les négociations ont échoué et qu’elle ne sera plus dans la salle.", "fr"),
        ("Министр сказала, что переговоры не удались и что она больше не придет.", "ru"),
        ("وزیر گفت که مذاکرات شکست خورده است و او دیگر به این میز باز نمی گردد", "fa"),
        ("大臣は交渉が失敗したと述べた。", "ja"),
        ("部长说谈判已经失败了", "zh"),
        ("장관은 협상이 실패했다고 말했다.", "ko"),
        ("12345 !?", None),
        ("", None),
    ],
)
def test_a_text_says_its_language(text: str, code: str | None) -> None:
    assert detect_language(text) == code


def test_the_text_goes_before_the_declaration_but_between_neighbours() -> None:
    english = "The minister said that the talks had failed and that she would not be at the table again."
    assert choose_language("de", english) == ("en", Provenance.DETECTED)
    assert choose_language("en-GB", english) == ("en", Provenance.DECLARED)
    assert choose_language("fr", "...") == ("fr", Provenance.DECLARED)
    assert choose_language(None, "...") == (None, None)
