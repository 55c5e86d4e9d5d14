"""The query language: text as pasted is text, fields are filters, and a mistake says where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import QueryError
from search.find.query_language import has_words, parse_query, without_marks
from search.model import Query


def test_plain_text_is_the_quote_to_find() -> None:
    assert parse_query("  the bridge will stand ") == Query(text="the bridge will stand")


@pytest.mark.parametrize(
    ("typed", "bare"),
    [
        ("“the bridge will stand”", "the bridge will stand"),
        ('"the bridge"', "the bridge"),
        ('"the bridge" and "the storm"', '"the bridge" and "the storm"'),
        ("the bridge", "the bridge"),
        ('""', '""'),
    ],
)
def test_marks_around_all_that_was_typed_are_none_of_its_words(typed: str, bare: str) -> None:
    assert without_marks(typed) == bare


def test_fields_are_taken_out_of_the_text() -> None:
    found = parse_query(
        'the bridge speaker:"Ann Lee" -outlet:Courier lang:EN after:2024-02 before:2025 kind:direct -storm'
    )
    assert found.text == "the bridge"
    assert found.speaker == ("Ann Lee",)
    assert found.not_outlet == ("Courier",)
    assert found.language == ("en",)
    assert (found.after, found.before) == ("2024-02-01", "2025-01-01")
    assert found.kind == ("direct",)
    assert found.without == ("storm",)


def test_curly_marks_enclose_a_value() -> None:
    assert parse_query("speaker:“Ann Lee” bridge").speaker == ("Ann Lee",)


@pytest.mark.parametrize(
    "text",
    ["he said: we will not go", "see https://example.org/a", "a - b", "the so-called fix — at last -", "note:this"],
)
def test_pasted_text_with_colons_and_dashes_stays_text(text: str) -> None:
    assert parse_query(text).text == text


@pytest.mark.parametrize(
    ("text", "position"),
    [("bridge after:soon", 7), ("kind:loud bridge", 0), ("bridge before:2024-13", 7), ("a is:odd", 2)],
)
def test_a_mistake_names_its_position(text: str, position: int) -> None:
    with pytest.raises(QueryError) as raised:
        parse_query(text)
    assert raised.value.position == position


@pytest.mark.parametrize("text", ["", "   ", "“ … ”", "---", "-word"])
def test_nothing_to_search_for_is_an_error(text: str) -> None:
    with pytest.raises(QueryError, match="nothing to search for"):
        parse_query(text)


def test_a_filter_alone_is_a_query() -> None:
    assert parse_query("speaker:lee").speaker == ("lee",)


def test_too_long_a_query_says_how_long_it_is() -> None:
    with pytest.raises(QueryError, match="20,000 characters"):
        parse_query("a" * 20_000)


@given(st.text(max_size=300))
def test_any_text_is_a_query_or_an_error(text: str) -> None:
    try:
        found = parse_query(text)
    except QueryError:
        return
    assert (
        has_words(found.text)
        or found.speaker
        or found.outlet
        or found.language
        or found.kind
        or found.after
        or found.before
    )


@pytest.mark.parametrize("field", ["speaker:", "-speaker:", "outlet:", "-outlet:", "lang:", "-"])
def test_one_limit_holds_however_the_values_are_given(field: str) -> None:
    """700 filters in the words took 20 s of CPU, past a limit that looked at the address alone."""
    typed = " ".join(f"{field}v{number}" for number in range(51))
    with pytest.raises(QueryError, match="51 times; 50 are the most"):
        parse_query(f"words {typed}")
    assert parse_query(f"words {' '.join([f'{field}v'] * 60)}")  # the same again is one
    name = {"-": "without", "lang:": "language"}.get(field, field.strip(":").replace("-", "not_"))
    base = Query(**{name: tuple(f"b{number}" for number in range(30))})  # type: ignore[arg-type]
    with pytest.raises(QueryError, match="51 times"):
        parse_query("words " + " ".join(f"{field}v{number}" for number in range(21)), base)


def test_a_value_has_a_length() -> None:
    with pytest.raises(QueryError, match="301 characters"):
        parse_query("words speaker:" + "x" * 301)


def test_words_are_left_out_together_too() -> None:
    found = parse_query('bridge -"will not stand" -“last ferry”')
    assert (found.text, found.without) == ("bridge", ("will not stand", "last ferry"))


@pytest.mark.parametrize("typed", ["Speaker:Lee", "SPEAKER:Lee", "speaker：Lee", "\u202bspeaker:\u200fLee\u202c"])
def test_a_field_is_one_however_a_keyboard_writes_it(typed: str) -> None:
    assert parse_query(f"bridge {typed}").speaker == ("Lee",)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("-lang:de bridge", "a minus is for speaker:, outlet: and words"),
        ('bridge speaker:"Ann Lee', "The quotation mark behind `speaker:` is not closed"),
        ('bridge -speaker:"Ann Lee', "The quotation mark behind `speaker:` is not closed"),
        ("bridge \udcd8", "no text in UTF-8"),
    ],
)
def test_what_would_be_passed_over_or_turned_round_is_an_error(text: str, sentence: str) -> None:
    with pytest.raises(QueryError, match=sentence):
        parse_query(text)


def test_a_value_that_is_no_text_is_an_error() -> None:
    with pytest.raises(QueryError, match="no text in UTF-8"):
        parse_query("bridge", Query(speaker=("\udcff",)))


@pytest.mark.parametrize(
    "text", ["bridge after:2025 after:2020 before:2030 before:2040", "bridge after:2020 before:2030"]
)
def test_of_two_days_both_hold(text: str) -> None:
    found = parse_query(text, Query(after="2025", before="2040-01"))
    assert (found.after, found.before) == ("2025-01-01", "2030-01-01")
