"""Words, sentences and paragraphs outside quotations, with a placeholder for each of these."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.quotations.outline import PLACEHOLDER, build_outline, split_words, tokenise
from indexer.quotations.quotation_marks import find_quotations

TEXTS = st.text(alphabet="AaB b.,'’-“”\"\n!?…1:", max_size=120) | st.text(max_size=120)


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in tokenise(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Mr. Lee left.", ["Mr.", "Lee", "left", "."]),
        ("Gov. Lee met Govs. Roe and Poole.", ["Gov.", "Lee", "met", "Govs.", "Roe", "and", "Poole", "."]),
        ("the U.S. and J. Lee", ["the", "U.S.", "and", "J.", "Lee"]),
        ("Lee's plan", ["Lee", "'s", "plan"]),
        ("Lee’s plan", ["Lee", "’s", "plan"]),
        ("don't, co-founder", ["don't", ",", "co-founder"]),
        ("1,000.50 or 12:30.", ["1,000.50", "or", "12:30", "."]),
        ("well... no -- yes", ["well", "...", "no", "--", "yes"]),
        ("@ann_lee #bridge", ["@ann_lee", "#bridge"]),
        ("мост открыт。", ["мост", "открыт", "。"]),
        ("vs. and etc. done", ["vs.", "and", "etc.", "done"]),
        ("It was Mr.x", ["It", "was", "Mr", ".", "x"]),
    ],
)
def test_words_and_marks_are_told_apart(text: str, wanted: list[str]) -> None:
    assert words(text) == wanted


def test_a_quotation_is_one_item() -> None:
    text = "“A long one. With two,” he said, “B.”"
    outline = build_outline(text, find_quotations(text))
    assert outline.words == [PLACEHOLDER, "he", "said", ",", PLACEHOLDER]
    assert outline.quotation == [0, -1, -1, -1, 1]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Mr. Lee left. He ran.", 2),
        ("“It is late.” He ran.", 2),
        ("“It is late.” said Lee", 1),
        ("“It is late,” Lee said.", 1),
        ("One line\nand another", 2),
        ("Is it? Yes! No.", 3),
        ("Is it? perhaps not.", 1),
    ],
)
def test_sentences_end_at_stops_and_quotations_and_lines(text: str, sentences: int) -> None:
    outline = build_outline(text, find_quotations(text))
    assert len(set(outline.sentence)) == sentences


def test_empty_lines_are_no_paragraphs() -> None:
    outline = build_outline("a\n\n \nb\r\nc", ())
    assert outline.paragraph == [0, 1, 2]


@given(TEXTS)
def test_the_spans_give_the_words_back(text: str) -> None:
    outline = build_outline(text, find_quotations(text))
    for word, low, start, end, number in zip(
        outline.words, outline.lower, outline.starts, outline.ends, outline.quotation, strict=True
    ):
        assert low == word.lower()
        assert number >= 0 or text[start:end] == word
    assert outline.starts == sorted(outline.starts)
    assert outline.sentence == sorted(outline.sentence)
    assert outline.paragraph == sorted(outline.paragraph)


@given(TEXTS)
def test_no_letter_is_lost(text: str) -> None:
    assert "".join(words(text)) == "".join(text.split())


@pytest.mark.parametrize("piece", ["A.", "a-", "a'", "Mr.", "1.", "--", "x", "@"])
def test_words_take_time_by_their_length_alone(piece: str) -> None:
    # Not a timing: this takes a second or two, and hours if the work grows with the square of the length.
    started = time.process_time()
    build_outline(piece * 200_000, ())
    assert time.process_time() - started < 60


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("two words", 2), ("橋は五月に開く", 4), ("สะพาน", 3), ("한국어 두 말", 3), ("the 橋 opens", 3)],
)
def test_words_without_spaces_are_counted_by_pairs_of_characters(text: str, count: int) -> None:
    assert len(split_words(text)) == count


def test_a_hebrew_abbreviation_is_one_word() -> None:
    outline = build_outline('דובר צה"ל אמר', [])
    assert outline.words == ["דובר", 'צה"ל', "אמר"]
