"""BibTeX, read back by pybtex: whatever was printed, one entry a quote, and nothing that TeX would obey."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from search.find.bylines import only_quote
from search.model import Match, MatchKind, Quote, Result, Utterance, Version
from search.renderers import Style
from search.renderers.bibtex import render

HOSTILE = 'a}} , note = {x} \\input{/etc/passwd} @article{b, % $ & # _ ~ ^ "'


def answer(quote: Quote) -> Result:
    match = Match(MatchKind.EXACT, 1.0)
    return only_quote(Utterance("q", "x", match, (Version("x", match, (quote,)),), None, (), ()), quote.id)


def test_an_entry_has_what_is_known() -> None:
    quote = Quote(
        "q", "d", "We will stay", speaker="Ann Lee", title="Ships & Fog", outlet="Evening Tide", published="2024-03-09",
        url="https://tide.example/a_b?c=%20", language="en", authors=("Joren T. Brask", "Robert Hill Jr.", "Northern Press Agency"),
    )  # fmt: skip
    (entry,) = parse_string(render(answer(quote), Style()), "bibtex").entries.values()
    assert dict(entry.fields) == {
        "title": "{Ships \\& Fog}", "journal": "Evening Tide", "year": "2024", "month": "3", "day": "9",
        "url": "https://tide.example/a_b?c=%20", "language": "en", "note": "Ann Lee: “We will stay”",
    }  # fmt: skip
    people = entry.persons["author"]
    assert [str(person) for person in people] == ["Brask, Joren T.", "Hill, Jr., Robert", "{Northern Press Agency}"]


def test_what_tex_would_obey_is_spelled_out() -> None:
    shown = render(answer(Quote("q", "d", HOSTILE, title=HOSTILE, outlet=HOSTILE, authors=(HOSTILE,))), Style())
    (entry,) = parse_string(shown, "bibtex").entries.values()
    assert set(entry.fields) == {"title", "journal", "note"}
    for value in entry.fields.values():
        kept = re.sub(r"\{\\text(?:backslash|brace(?:left|right)|ascii(?:tilde|circum))\}|\\[$&#%_]", "", value)
        assert not re.search(r"[\\$&#%_~^]", kept)


@given(st.text(), st.text(), st.text(), st.lists(st.text(min_size=1), max_size=4))
def test_whatever_was_printed_is_one_entry(text: str, title: str, outlet: str, authors: list[str]) -> None:
    shown = render(answer(Quote("q", "d", text, title=title, outlet=outlet, authors=tuple(authors))), Style())
    (entry,) = parse_string(shown, "bibtex").entries.values()
    assert set(entry.fields) <= {"title", "journal", "note"}
    assert len(entry.persons.get("author", ())) <= len(authors)


def test_a_comma_or_an_and_in_a_name_makes_no_second_author() -> None:
    shown = render(answer(Quote("q", "d", "x", authors=("Fox And Hound", "Bell, Book and Candle"))), Style())
    (entry,) = parse_string(shown, "bibtex").entries.values()
    assert len(entry.persons["author"]) == 2
