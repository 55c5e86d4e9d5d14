"""Labels of transcripts: what is one, whom it names, and how far it reaches."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.attribution.attribute import annotate_document
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.transcripts import (
    cited_speaker,
    entities_for,
    find_transcript_lines,
    label_quotations,
    line_around,
    parse_label,
    speaker_for_label,
)  # fmt: skip
from indexer.entities.entities import name_key
from indexer.entities.mentions import Entity
from search.model import Document, Region, RegionRole, Span

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
        ("WINNER: Ann Lee", None, None),
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
        ("POOLE", "Poole"), ("AL", "Ann Lee"), ("RC", "Robert Cole"), ("XY", "XY"), ("WQTV", "WQTV"), ("ABC", "ABC"), ("LYNN", "Lynn"), ("НИНА БЕЛОВА", "Нина Белова"), ("Q", None), ("QUESTION", None), ("Reporter", None),
    ],
)  # fmt: skip
def test_a_label_is_the_fullest_name_that_fits(label: str, speaker: str | None) -> None:
    assert speaker_for_label(label, PEOPLE) == speaker


@pytest.mark.parametrize(
    ("cited", "speaker"), [("NOVAR", "NOVAR"), ("LEE", "Ann Lee"), ("BO POOLE", "Bo Poole"), ("Poole", "Poole")]
)
def test_who_signs_a_post_with_a_word_in_capitals_keeps_them(cited: str, speaker: str) -> None:
    assert cited_speaker(cited, PEOPLE) == speaker


def test_a_label_is_asked_of_those_alone_whom_it_may_name() -> None:
    """Each was asked of all: 8,000 speakers of one transcript took 12 s, and took four times that where they were twice as many."""
    names = [f"{first} {last}son" for first in ("Ann", "Bo", "Cy") for last in ("Ab", "Ed", "Ig", "Ol", "Um", "Yr")]
    text = "\n".join(f"{name.upper()}: We are glad to be here with {other}." for name, other in pairwise(names))
    doc = annotate_document(Document("d", text), packaged_model())
    assert len(doc.entities) > 15
    for name in [*names, "AA", "Senator Edson", "Q", ""]:
        some = entities_for(name, doc)
        assert len(some) <= 6
        assert speaker_for_label(name, some) == speaker_for_label(name, doc.entities)


def test_a_label_of_several_words_is_no_body_by_its_last_word_alone() -> None:
    some = [*PEOPLE, Entity("Congress", ("congress",), False), Entity("Roe", ("roe",), True)]
    asked = ("Ann Poe For Congress", "Senator Roe", "Chief Robert Cole", "Congress")
    assert [speaker_for_label(label, some) for label in asked] == [
        "Ann Poe For Congress",
        "Roe",
        "Robert Cole",
        "Congress",
    ]


def speakers(text: str) -> list[str | None]:
    labelled = label_quotations(annotate_document(Document(id="t", text=text), packaged_model()))
    return [labelled[number].speaker if number in labelled else "-" for number in sorted(labelled)]


def test_an_unlabelled_paragraph_goes_on_with_the_speech_before() -> None:
    text = "Ann Lee met Robert Cole.\n\n“LEE: Is it safe?”\n\n“COLE: It is.”\n\n“And dry.”\n\n“(LAUGHTER)”\n\nThe end came.\n\n“No.”"
    assert speakers(text) == ["Ann Lee", "Robert Cole", "Robert Cole"]


def test_a_title_with_a_colon_is_no_label() -> None:
    assert speakers("Ann Lee left. Lee signs her second book, “Lee: Staying at the Top,” in May.") == []
    assert speakers("Ann Lee left.\n\n“Lee: We will stay at the top.”") == ["Ann Lee"]


def test_two_lines_without_marks_are_no_transcript_and_three_are() -> None:
    lines = ["LEE: Is it safe?", "COLE: It is as safe as can be.", "LEE: Thank you."]
    for count, wanted in ((2, 0), (3, 3)):
        text = "\n\n".join(lines[:count])
        document = Document(id="t", text=text)
        found = find_transcript_lines(document, annotate_document(document, packaged_model()))
        assert len(found) == wanted
        assert all(text[line.start : line.end] in lines[n] for n, line in enumerate(found))
        assert line_around(found, text.index("safe")) == (found[0] if found else None)
        assert line_around(found, 0) is None


@given(st.text(alphabet="AB a:.(“\n", max_size=80), st.integers(0, 80))
def test_the_words_after_a_label_start_inside_the_text(text: str, start: int) -> None:
    parsed = parse_label(text, min(start, len(text)), len(text))
    assert parsed is None or (start < parsed[1] < len(text) and not text[parsed[1]].isspace())


def said(text: str, *headings: str) -> list[tuple[str | None, str]]:
    """Who is said to say what in a transcript without marks."""
    regions = tuple(
        Region(Span(text.index(each), text.index(each) + len(each)), RegionRole.HEADING) for each in headings
    )
    document = Document(id="t", text=text, regions=regions)
    lines = find_transcript_lines(document, annotate_document(document, packaged_model()))
    return [(line.speaker, text[line.start : line.end]) for line in lines]


def test_later_paragraphs_belong_to_the_label_before() -> None:
    text = "NORA BLUM: It floats.\n\nIt floats at night.\n\n(Laughter.)\n\nPIET AALTO: Does it?\n\nBLUM: It does.\n\nThank you."
    assert said(text) == [
        ("Nora Blum", "It floats."), ("Nora Blum", "It floats at night."), ("Piet Aalto", "Does it?"), ("Nora Blum", "It does."),
        ("Nora Blum", "Thank you."),
    ]  # fmt: skip


def test_what_the_outlet_tells_between_labels_is_nobodys() -> None:
    text = (
        "The town met.\n\nIt rained.\n\nMany came.\n\nSome left.\n\nIt was late.\n\nQ: Does it float?\n\nBLUM: It does.\n\n"
        "Blum then drank some water.\n\nQ: At night?\n\nBLUM: Yes.\n\nThe town will meet again."
    )
    assert said(text) == [(None, "Does it float?"), ("Blum", "It does."), (None, "At night?"), ("Blum", "Yes.")]
    heads = "BLUM: It floats.\n\nROTH: Does it?\n\nOn money\n\nIt costs much.\n\nBLUM: It does."
    assert [words for _, words in said(heads, "On money")] == ["It floats.", "Does it?", "It does."]


def test_a_short_label_is_the_full_name_of_another() -> None:
    text = "NORA BLUM, HOST: Hello.\n\nMr. ROTH. It floats.\n\nBLUM: It does.\n\nMr. ROTH. Yes."
    assert [speaker for speaker, _ in said(text)] == ["Nora Blum", "Mr. Roth", "Nora Blum", "Mr. Roth"]


def test_a_heading_is_nobody_and_a_moderator_is() -> None:
    lines = "\n\n".join(
        f"{label}: {words}"
        for label, words in [
            ("LEE", "It rains today."),
            ("COLE", "It does not."),
            ("INVESTIGATION", "The police came."),
            ("SENATE", "Nobody came."),
            ("MODERATOR", "Who came?"),
            ("LEE", "I came."),
            ("COLE", "I came, too."),
        ]
    )
    document = Document(id="t", text=lines)
    found = find_transcript_lines(document, annotate_document(document, packaged_model()))
    assert [line.label for line in found if line.label] == ["LEE", "COLE", "MODERATOR", "LEE", "COLE"]


def test_an_ordinary_word_that_asks_again_is_who_asks() -> None:
    lines = "\n\n".join(
        f"{label}: {words}"
        for label, words in [
            ("REASON", "Does it rain today?"),
            ("COLE", "It does not."),
            ("REASON", "Did it rain before?"),
            ("COLE", "I was not there."),
        ]
    )
    document = Document(id="t", text=lines)
    found = find_transcript_lines(document, annotate_document(document, packaged_model()))
    assert [line.label for line in found] == ["REASON", "COLE", "REASON", "COLE"]
