"""The filters of the templates."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from search.matching.reasons import Reason, ReasonKind, Side
from web.presentation import template_filters as filters


@pytest.mark.parametrize(
    ("published", "day", "instant"),
    [
        (None, "date not known", "date not known"),
        ("", "date not known", "date not known"),
        ("2024-03-04", "4 March 2024", "4 March 2024"),
        ("2024-03-04T09:12:00Z", "4 March 2024", "4 March 2024, 09:12 UTC"),
        ("1987-12-31T23:59:59+00:00", "31 December 1987", "31 December 1987, 23:59 UTC"),
        ("2024-02-30", "2024-02-30", "2024-02-30"),
        ("soon", "soon", "soon"),
    ],
)
def test_dates_are_written_out(published: str | None, day: str, instant: str) -> None:
    assert (filters.long_date(published), filters.date_and_time(published)) == (day, instant)


@given(st.one_of(st.text(), st.datetimes().map(str), st.dates().map(str)))
def test_whatever_a_date_is_it_can_be_shown(published: str) -> None:
    assert filters.long_date(published)
    assert filters.date_and_time(published)


@given(st.text(), st.integers(5, 50))
def test_a_cut_text_is_short(text: str, most: int) -> None:
    for cut in (filters.first_words(text, most), filters.last_words(text, most)):
        assert len(cut) <= most + 2


@given(st.lists(st.text("abc", min_size=1, max_size=9), min_size=1), st.integers(10, 50))
def test_a_cut_text_is_made_of_whole_words(words: list[str], most: int) -> None:
    text = " ".join(words)
    assert filters.first_words(text, most).removesuffix("\u00a0…").split() == words[: len(filters.first_words(text, most).removesuffix("\u00a0…").split())]  # fmt: skip
    tail = filters.last_words(text, most).removeprefix("…\u00a0").split()
    assert tail == words[-len(tail) :]


@pytest.mark.parametrize(
    ("names", "shown"),
    [((), ""), (("A",), "A"), (("A", "B", "C"), "A, B, C"), (("A", "B", "C", "D"), "A, B and 2 more"), (tuple("ABCDEF"), "A, B and 4 more")],
)  # fmt: skip
def test_many_names_are_counted(names: tuple[str, ...], shown: str) -> None:
    assert filters.some_names(names) == shown


@pytest.mark.parametrize(
    ("code", "kept"),
    [("en", "en"), ("pt-BR", "pt-BR"), ("zh-Hant-TW", "zh-Hant-TW"), (None, None), ("", None), ("e", None), ("en_GB", None),
     ('en" onload="x', None), ("en-", None), ("en\n", None)],
)  # fmt: skip
def test_only_a_language_tag_becomes_an_attribute(code: str | None, kept: str | None) -> None:
    assert filters.lang_attribute(code) == kept


@given(st.text(st.characters(codec=None)))
def test_what_is_printed_has_no_controls_and_keeps_all_letters(text: str) -> None:
    shown = str(filters.visible(text))
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    assert [c for c in text if c.isalnum()] == [c for c in shown if c.isalnum()]


def test_markup_and_numbers_are_printed_as_they_are() -> None:
    markup = Markup("<b>\u202e</b>")
    assert filters.visible(markup) is markup
    assert filters.visible(5) == 5


@pytest.mark.parametrize(
    ("text", "shown"),
    [("We will stay,", "We will stay"), ("We will –", "We will"), ("Stay!", "Stay!"), (",", ","), ("a, b;", "a, b")],
)
def test_a_headline_ends_without_the_comma_of_the_cue(text: str, shown: str) -> None:
    assert filters.without_end_comma(text) == shown


def test_the_page_sets_quotation_marks_of_its_own() -> None:
    assert filters.before_marks("He said: “") == "He said:"
    assert filters.after_marks("”, he said.") == ", he said."


@pytest.mark.parametrize(
    ("text", "shown"), [(", he", ", he"), ("he", " he"), ("", ""), ("، گفت", "، گفت"), ("“so”", " “so”")]
)
def test_a_space_stands_where_print_has_one(text: str, shown: str) -> None:
    assert filters.space_before(text) == shown


def test_a_reason_names_its_sides() -> None:
    reason = Reason(ReasonKind.ELLIPSIS, Side.FIRST, other_forms=True).sentence()
    assert filters.naming_sides(reason, "version 1", "this one") == (
        "this one contains version 1 with an ellipsis, and other forms of words"
    )


@pytest.mark.parametrize(
    ("sentence", "html"),
    [
        ("run `quotes rebuild`.", "run <code>quotes rebuild</code>."),
        ("`<b>` & co", "<code>&lt;b&gt;</code> &amp; co"),
        ("one ` alone", "one ` alone"),
        ("`a`b`c`", "<code>a</code>b<code>c</code>"),
        ("", ""),
    ],
)
def test_what_stands_in_backticks_is_code(sentence: str, html: str) -> None:
    assert filters.with_code(sentence) == html


@given(st.text())
def test_no_sentence_becomes_markup(sentence: str) -> None:
    assert not re.search(r"<(?!/?code>)", filters.with_code(sentence))


@pytest.mark.parametrize(
    ("path", "name"), [("/home/ann/a.html", "a.html"), ("C:\\news\\b.txt", "b.txt"), ("c.warc#2", "c.warc#2"), ("d/", "d"), ("", "")]
)  # fmt: skip
def test_of_a_path_only_the_name_is_shown(path: str, name: str) -> None:
    assert filters.file_name(path) == name


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_an_anchor_is_fit_for_an_address_and_each_quote_has_its_own(one: str, other: str) -> None:
    assert re.fullmatch(r"q-[\w.~%-]*", filters.quote_anchor(one), re.ASCII)
    assert (filters.quote_anchor(one) == filters.quote_anchor(other)) is (one == other)
