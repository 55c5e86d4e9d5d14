"""Findings put together: pieces, kinds, flags, parents, scare quotes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.attribution.assembly import MIN_SPEAKER_CONFIDENCE, assemble, assemble_with_sources
from indexer.attribution.attribute import analyse_quotations
from indexer.attribution.attribution_model import packaged_model
from search.model import Attribution, Document

SOUP = st.lists(
    st.sampled_from(
        ["“", "”", "‘", "’", " said ", " Ann Lee", " he", ", ", ". ", "\n", " the minister", "LEE: ", "Q: ", "…", "="]
    ),
    max_size=50,
).map("".join)


def assembled(text: str) -> list[Attribution]:
    return list(assemble(analyse_quotations(Document(id="t", text=text), packaged_model())))


def marked(text: str) -> list[Attribution]:
    return [each for each in assembled(text) if each.kind != "indirect"]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("“The bridge,” Ann Lee said, “will open in May.”", [2]),
        ("“The bridge will open,” Ann Lee said. “We have waited long enough.”", [1, 1]),
        (
            "“The bridge,” Ann Lee said on Monday in the old hall of the port of Northport by the sea, “will open.”",
            [1, 1],
        ),
        (
            "„Prace mogą potrwać trzy lata” – ostrzega inżynier Piotr Lasota. Według eksperta „najgorsze przed nami”.",
            [1, 1],
        ),
        ("“The bridge,” Ann Lee said.\n\n“will open in May.”", [1, 1]),
        ("Ann Lee said: “It is late.\n\n“It is ugly.\n\n“It is ours.”", [3]),
    ],
)
def test_pieces_of_one_quotation_are_joined(text: str, pieces: list[int]) -> None:
    assert [len(each.contents) for each in marked(text)] == pieces


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ann Lee said the bridge “will open in May, come what may.”", "mixed"),
        ("Ann Lee said, “the bridge will open in May.”", "direct"),
        ("Ann Lee said: “The bridge will open in May.”", "direct"),
    ],
)
def test_a_quotation_that_goes_on_with_the_sentence_is_mixed(text: str, kind: str) -> None:
    assert [each.kind for each in marked(text)] == [kind]


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("Ann Lee said: “It is late.", ("unclosed",)),
        ("Ann Lee said: “It is late.\n\n“It is ugly.”", ("joined",)),
        ("Ann Lee said: “… it is late.”", ("truncated",)),
        ("Ann Lee said: “It is late...”", ("truncated",)),
        ("Ann Lee said: “It is late.”", ()),
    ],
)
def test_what_was_odd_about_the_marks_is_flagged(text: str, flags: tuple[str, ...]) -> None:
    assert marked(text)[0].flags == flags


@pytest.mark.parametrize(
    ("text", "scare"),
    [
        ('Left over: <a title="an old page of the paper">', True),
        ("He read it.\n\n“Bridge Opens At Last”\n\nThen Ann Lee left for the day.", True),
        ("The so-called “smart” bridges are neither new nor cheap, engineers know.", True),
        ("“LEE: Yes.\n\n“COLE: No.\n\n“LEE: Fine.”", False),
        ("“The bridge will open in May,” Ann Lee said.", False),
    ],
)
def test_marks_that_quote_nobody(text: str, scare: bool) -> None:
    assert all(each.scare is scare for each in marked(text))


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("“The bridge is late,” Ann Lee said.", "said"),
        ("“The bridge is late,” according to Ann Lee.", "according to Ann Lee"),
        ("According to Ann Lee, “the bridge is late.”", "According to Ann Lee"),
        ("Ann Lee warned: “The bridge is late.”", "warned"),
        ("“The bridge is late.” — Ann Lee", None),
    ],
)
def test_the_cue_is_the_reporting_word_beside_the_source(text: str, cue: str | None) -> None:
    printed = marked(text)[0].cue
    assert (printed and cue and cue.startswith(printed)) or printed == cue


def test_a_guess_names_nobody() -> None:
    text = "Ada Roth once lived in Norwick. Once we put aside the rest, the question is: “What will the boats do in the winter?”"
    (made,) = marked(text)
    assert (made.speaker, made.mention) == (None, "Ada Roth")
    assert 0 < made.confidence < MIN_SPEAKER_CONFIDENCE


@settings(deadline=None)
@given(SOUP)
def test_every_outermost_quotation_is_in_one_attribution_and_parents_come_first(text: str) -> None:
    findings = analyse_quotations(Document(id="t", text=text), packaged_model())
    made = assemble_with_sources(findings)
    numbers = sorted(number for each in made for number in each.quotations)
    assert numbers == list(range(len(findings.doc.quotations)))
    for index, each in enumerate(made):
        assert each.attribution.parent is None or each.attribution.parent < index
        assert each.attribution.speaker is None or each.attribution.confidence >= MIN_SPEAKER_CONFIDENCE
