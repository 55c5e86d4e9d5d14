"""Labels of transcripts: what is one, whom it names, and how far it reaches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.attribution.attribute import annotate_document
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.transcripts import (
    find_transcript_lines,
    label_quotations,
    line_around,
    parse_label,
    speaker_for_label,
)  # fmt: skip
from indexer.entities.entities import Entity, name_key
from search.model import Document

PEOPLE = [Entity(name, name_key(name), True) for name in ("Ann Lee", "Robert Cole", "Susan Cole")]


@pytest.mark.parametrize(
    ("line", "label", "words"),
    [
        ("PENCE: Well, look", "PENCE", "Well, look"),
        ("Mike Pence: Well, look", "Mike Pence", "Well, look"),
        ("MR. PENCE (on tape): Well, look", "MR. PENCE", "Well, look"),
        ("“PENCE: Well, look", "PENCE", "Well, look"),
        ("Q: Is it?", "Q", "Is it?"),
        ("NOTE: not a speaker", None, None),
        ("Photo: a bridge", None, None),
        ("pence: well", None, None),
        ("PENCE:well", None, None),
        ("The minister said this: no", None, None),
        ("One Two Three Four Five Six: no", None, None),
    ],
)
def test_a_label_is_a_few_capitals_and_a_colon(line: str, label: str | None, words: str | None) -> None:
    parsed = parse_label(line, 0, len(line))
    assert (parsed and (parsed[0], line[parsed[1] :])) == (label and (label, words))


@pytest.mark.parametrize(
    ("label", "speaker"),
    [
        ("LEE", "Ann Lee"), ("Lee", "Ann Lee"), ("ROBERT COLE", "Robert Cole"), ("SUSAN COLE", "Susan Cole"),
        ("POOLE", "Poole"), ("Q", None), ("QUESTION", None), ("Reporter", None),
    ],
)  # fmt: skip
def test_a_label_is_the_fullest_name_that_fits(label: str, speaker: str | None) -> None:
    assert speaker_for_label(label, PEOPLE) == speaker


def speakers(text: str) -> list[str | None]:
    labelled = label_quotations(annotate_document(Document(id="t", text=text), packaged_model()))
    return [labelled[number].speaker if number in labelled else "-" for number in sorted(labelled)]


def test_an_unlabelled_paragraph_goes_on_with_the_speech_before() -> None:
    text = "Ann Lee met Robert Cole.\n\n“LEE: Is it safe?”\n\n“COLE: It is.”\n\n“And dry.”\n\n“(LAUGHTER)”\n\nThe end came.\n\n“No.”"
    assert speakers(text) == ["Ann Lee", "Robert Cole", "Robert Cole"]


def test_two_lines_without_marks_are_no_transcript_and_three_are() -> None:
    lines = ["LEE: Is it safe?", "COLE: It is as safe as can be.", "LEE: Thank you."]
    for count, wanted in ((2, 0), (3, 3)):
        text = "\n\n".join(lines[:count])
        doc = annotate_document(Document(id="t", text=text), packaged_model())
        found = find_transcript_lines(text, doc)
        assert len(found) == wanted
        assert all(text[line.start : line.end] in lines[n] for n, line in enumerate(found))
        assert line_around(found, text.index("safe")) == (found[0] if found else None)
        assert line_around(found, 0) is None


@given(st.text(alphabet="AB a:.(“\n", max_size=80), st.integers(0, 80))
def test_the_words_after_a_label_start_inside_the_text(text: str, start: int) -> None:
    parsed = parse_label(text, min(start, len(text)), len(text))
    assert parsed is None or (start < parsed[1] < len(text) and not text[parsed[1]].isspace())
