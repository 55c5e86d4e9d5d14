"""The table for a spreadsheet: nothing in it is run, every quote is a row."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.model import Match, MatchKind, Query, Quote, Result, Utterance, Version
from search.renderers import Style
from search.renderers.csv import COLUMNS, guarded, render


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def answer(*texts: str) -> Result:
    versions = tuple(
        Version(
            text, Match(MatchKind.REWORDED, 0.41239), (Quote(f"q{n}", "d", text, via=("Post", "Cara"), scare=True),)
        )
        for n, text in enumerate(texts)
    )
    return Result(Query(text="x"), len(texts), len(texts), 1, (Utterance("u", texts[0], versions[0].match, versions, None, (), ()),))  # fmt: skip


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1+1", "\n-cmd|' /C calc'!A0"])
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(cell: str) -> None:
    assert guarded(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["we = us", "\ufeffwords", "1-2", "", "“=1+1”", None, 0.5, -1])
def test_other_cells_stay_as_they_are(cell: object) -> None:
    assert guarded(cell) == cell


@given(st.text())
def test_no_cell_begins_as_a_formula_does(text: str) -> None:
    assert str(guarded(text)).lstrip()[:1] not in ("=", "+", "-", "@")


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), min_size=1, max_size=5))
def test_every_quote_is_a_row_with_its_words(texts: list[str]) -> None:
    read = rows(render(answer(*texts), Style()))
    assert [row["text"] for row in read] == [guarded(text) for text in texts]


def test_a_row_says_how_its_version_relates_and_where_it_stands() -> None:
    (row,) = rows(render(answer("We will stay"), Style()))
    assert tuple(row) == COLUMNS
    assert (row["utterance"], row["match"], row["score"], row["sure"]) == ("u", "reworded", "0.4124", "no")
    assert (row["via"], row["flags"], row["kind"], row["id"]) == ("Post > Cara", "scare", "direct", "q0")


def test_excel_is_told_that_it_is_utf_8() -> None:
    assert render(answer("x"), Style()).startswith("\ufeffutterance,")


@pytest.mark.parametrize("before", ["", " ", "\ufeff", "\u200b", "\u2060\u00a0", "\u202e", "\u3000", "\u00ad"])
@pytest.mark.parametrize("sign", "=+-@＝＋－＠﹦﹢")
def test_no_invisible_character_and_no_other_width_hides_a_formula(before: str, sign: str) -> None:
    assert guarded(f"{before}{sign}1+1") == f"'{before}{sign}1+1"


def test_no_cell_holds_a_control_that_a_terminal_obeys() -> None:
    """`quotes find --csv` printed them as they stood."""
    assert guarded("\x1b]0;gone\x07\x1b[31mred\x9b2J\x00") == "]0;gone[31mred2J"
    assert guarded("\x00=1+1") == "'=1+1"
    assert guarded("two\tcells\r\nand\x85lines") == "two\tcells\r\nand\x85lines"
