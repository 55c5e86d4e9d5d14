"""RIS, read back by rispy: whatever was printed, one record a quote, and no value that begins a tag."""

from __future__ import annotations

import rispy
from hypothesis import given
from hypothesis import strategies as st

from search.find.bylines import only_quote
from search.model import Match, MatchKind, Quote, Result, Utterance, Version
from search.renderers import Style
from search.renderers.ris import render


def answer(quote: Quote) -> Result:
    match = Match(MatchKind.EXACT, 1.0)
    return only_quote(Utterance("q", "x", match, (Version("x", match, (quote,)),), None, (), ()), quote.id)


def test_a_record_has_what_is_known() -> None:
    quote = Quote(
        "q", "d", "We will\nER  - \nTY  - BOOK", speaker="Ann Lee", title="Ships in the Fog", outlet="Evening Tide",
        published="2024-03", url="https://tide.example/a", language="en", authors=("Joren T. Brask", "Reuters"),
    )  # fmt: skip
    (record,) = rispy.loads(render(answer(quote), Style()))
    assert record["type_of_reference"] == "NEWS"
    assert record["authors"] == ["Brask, Joren T.", "Reuters"]
    assert (record["title"], record["secondary_title"]) == ("Ships in the Fog", "Evening Tide")
    assert (record["year"], record["date"], record["language"]) == ("2024", "2024/03//", "en")
    assert record["urls"] == ["https://tide.example/a"]
    assert record["notes"] == ["Ann Lee: “We will ER - TY - BOOK”"]


@given(st.text(), st.text(), st.text(), st.lists(st.text(min_size=1), max_size=4))
def test_whatever_was_printed_is_one_record(text: str, title: str, outlet: str, authors: list[str]) -> None:
    shown = render(answer(Quote("q", "d", text, title=title, outlet=outlet, authors=tuple(authors))), Style())
    assert len(rispy.loads(shown)) == 1
    assert all(line[2:6] == "  - " for line in shown.split("\r\n")[:-1])
    assert shown.splitlines() == shown.split("\r\n")[:-1]
