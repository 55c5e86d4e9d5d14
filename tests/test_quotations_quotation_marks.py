"""Where quotation marks open and close, in every style that newspapers use."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.quotations.quotation_marks import find_quotations, is_markup, with_block_quotations

MARKS = "\"“”„‟«»''’‘‚‛`´‹›「」『』｢｣״׳ \n.,aB—(1说：שב"


def outer(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotations(text) if q.parent is None]


def inner(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotations(text) if q.parent is not None]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('She said "we will open the bridge" today.', "we will open the bridge"),
        ("She said “we will open the bridge” today.", "we will open the bridge"),
        ('She said “we will open the bridge" today.', "we will open the bridge"),
        ("She said ''we will open the bridge'' today.", "we will open the bridge"),
        ("She said ``we will open the bridge'' today.", "we will open the bridge"),
        ("She said ‘we will open the bridge’ today.", "we will open the bridge"),
        ("She said 'we will open the bridge' today.", "we will open the bridge"),
        ("Sie sagte: „Wir öffnen die Brücke“, gestern.", "Wir öffnen die Brücke"),
        ("Sie sagte: »Wir öffnen die Brücke«, gestern.", "Wir öffnen die Brücke"),
        ("Elle a dit : « nous ouvrirons le pont » hier.", "nous ouvrirons le pont"),
        ("Hon sade: ”vi öppnar bron” i går.", "vi öppnar bron"),
        ("Hon sade: »vi öppnar bron» i går.", "vi öppnar bron"),
        ("彼女は「橋を開ける」と述べた。", "橋を開ける"),
        ("彼女は『橋を開ける』と述べた。", "橋を開ける"),
        ("Она сказала: «Мы откроем мост» вчера.", "Мы откроем мост"),
        ("او گفت: «پل را باز می‌کنیم» و رفت.", "پل را باز می‌کنیم"),
        ("قالت: «سنفتح الجسر» أمس.", "سنفتح الجسر"),
        ("قالت: ”سنفتح الجسر“ أمس.", "سنفتح الجسر"),
    ],
)
def test_every_style_of_marks_gives_the_words_between_them(text: str, wanted: str) -> None:
    assert outer(text) == [wanted]


def test_two_quotations_of_different_marks_in_one_paragraph_stay_apart() -> None:
    assert outer("“One two,” he said, and then \"three four\" and 'five six'.") == [
        "One two,",
        "three four",
        "five six",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "It's the workers' choice, and the dogs' bowls aren't Bob's.",
        "Rock ’n’ roll in the ’90s: get ’em while it’s hot, ’cause ’tis cheap.",
        "He is 5'10\" tall and the board is 6'2\" long.",
        'A tag <a href="page.html" title="An old page"> was left over.',
    ],
)
def test_apostrophes_inches_and_mark_up_open_nothing(text: str) -> None:
    assert outer(text) == []


def test_the_value_of_an_attribute_is_mark_up() -> None:
    (value,) = find_quotations("a =“page” left over")
    assert is_markup("a =“page” left over", value)
    assert not is_markup("“page” left over", find_quotations("“page” left over")[0])


def test_a_possessive_inside_single_marks_does_not_close_them() -> None:
    assert outer("She called it 'the voters' own choice', he said.") == ["the voters' own choice"]


def test_a_nested_quotation_is_the_child_of_the_one_around_it() -> None:
    text = "“He told me ‘never again’ and left,” Ann Lee said."
    assert outer(text) == ["He told me ‘never again’ and left,"]
    assert inner(text) == ["never again"]
    assert [q.parent for q in find_quotations(text)] == [None, 0]


def test_three_apostrophes_close_a_single_and_a_double_mark() -> None:
    text = "''It read 'all is well,''' she said."
    assert outer(text) == ["It read 'all is well,'"]
    assert inner(text) == ["all is well,"]


def test_an_unclosed_mark_ends_with_its_paragraph() -> None:
    text = "He said: “This goes on and on.\n\nThe bridge opens today. “Fine,” she said."
    found = find_quotations(text)
    assert outer(text) == ["This goes on and on.", "Fine,"]
    assert [q.unclosed for q in found] == [True, False]
    assert [q.follows for q in found] == [None, None]


def test_a_speech_over_three_paragraphs_is_carried_on() -> None:
    text = "He said: “One is here.\n\n“Two is here.\n\n“Three is here.”\n\n“Another thing,” she said."
    assert [q.follows for q in find_quotations(text)] == [None, 0, 1, None]


def test_a_missing_closing_mark_does_not_swallow_the_quotations_after_it() -> None:
    assert outer('"One is here, he said. "Two is there," he added. "Three."')[1:] == ["Two is there,", "Three."]


def test_a_mark_right_before_a_name_closes() -> None:
    assert outer('"I knew of it,"Lee said, adding "no more" to that.') == ["I knew of it,", "no more"]


def test_a_block_quotation_is_one_without_marks_and_its_marks_are_nested() -> None:
    text = "He wrote:\nWe open “the bridge” soon.\nMore to come.\nEnd."
    start, end = text.index("We"), text.index("\nEnd")
    found = with_block_quotations(text, find_quotations(text), [(start, end)])
    assert [(text[q.start : q.end], q.parent) for q in found] == [
        ("We open “the bridge” soon.", None),
        ("the bridge", 0),
        ("More to come.", None),
    ]


@given(st.text(alphabet=MARKS, max_size=300) | st.text(max_size=200))
def test_any_string_is_legal_and_offsets_lie_inside_the_marks(text: str) -> None:
    found = find_quotations(text)
    for number, q in enumerate(found):
        assert 0 <= q.open <= q.start < q.end <= q.close <= len(text)
        if q.parent is not None:
            around = found[q.parent]
            assert q.parent < number
            assert around.open <= q.open
            assert q.close <= around.close
        if q.follows is not None:
            assert q.follows < number
            assert "\n" in text[found[q.follows].end : q.start] or "\r" in text or "\u2028" in text or "\u2029" in text
    assert [q.open for q in found] == sorted(q.open for q in found)


@pytest.mark.parametrize("piece", ["“", '"', "'", "’", "« ", '"a ', "'a ", "“a” ", "“a\n", "''"])
def test_a_hundred_thousand_marks_do_not_hang(piece: str) -> None:
    # Not a timing: this takes a second or two, and hours if the work grows with the square of the length.
    started = time.process_time()
    find_quotations(piece * 100_000)
    assert time.process_time() - started < 60
