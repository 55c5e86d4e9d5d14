"""Rich Text as editors write it: marks by code page or by number, what is hidden, and the properties of the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.input.input_file import ReadOptions, input_from_bytes
from indexer.readers import rtf
from search.model import Document, Skip


def items(data: bytes) -> list[Document | Skip]:
    """What the reader makes of some bytes."""
    return list(rtf.read(input_from_bytes(data, "x", "x.rtf", ReadOptions())))


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (rb"{\rtf1\ansi\ansicpg1252 \'93It floats,\'94 said Nora Blum.\par}", "“It floats,” said Nora Blum."),
        (rb"{\rtf1\ansi\uc0\u8220 It floats,\u8221  said Nora Blum.\ }", "“It floats,” said Nora Blum."),
        (rb"{\rtf1\ansi\uc1\u8222?Es schwimmt\u8220?, sagte Blum.}", "„Es schwimmt“, sagte Blum."),
        (rb"{\rtf1{\fonttbl{\f0\fcharset204 A;}{\f1\fcharset0 B;}}\f0 \'cf\'e0\'f0\'ee\'ec\f1  \'93x\'94}", "Паром “x”"),
        (rb"{\rtf1\ansicpg932\deff0{\fonttbl{\f0\fcharset128 M;}}\f0\'93\'fa\'96\'7b}", "日本"),
        (rb"{\rtf1\uc1\rtlpar \u171?\u1705?\u1588?\u1578?\u1740?\u187?}", "«کشتی»"),
        ("{\\rtf1\\ansi\\ansicpg65001 „Fähre“}".encode(), "„Fähre“"),
        (rb"{\rtf1 a \u-10179?\u-8704? b}", "a 😀 b"),
        (rb"{\rtf1\mac \'d2It floats\'d3}", "“It floats”"),
        (rb"{\rtf1 One.\par Two.\line Three.}", "One.\n\nTwo.\nThree."),
        (rb"{\rtf1 Seen {\v hidden}{\deleted gone}\v no\v0 here.{\footnote note}{\header head}}", "Seen here."),
        (rb'{\rtf1 See {\field{\*\fldinst{HYPERLINK "https://a.example"}}{\fldrslt this}}.}', "See this."),
        (rb"{\rtf1 Text.{\*\shpinst{\sp{\sv 1}}{\shptxt In a box.\par}}{\shprslt In a box.} More.}", "Text. More.\n\nIn a box."),
        (rb"{\rtf1 {\pict\bin5 }}{{}x}{\listtext 1.\tab}after}", "after"),
    ],
)  # fmt: skip
def test_the_words_are_those_that_are_printed(source: bytes, words: str) -> None:
    (item,) = items(source)
    assert isinstance(item, Document)
    assert item.text == words


def test_the_file_says_who_wrote_it_and_when() -> None:
    source = rb"{\rtf1{\info{\title The \u8222?Aurora\u8220?}{\author Nora Blum}{\creatim\yr2024\mo5\dy6\hr9\min5}}It floats.}"
    (item,) = items(source)
    assert isinstance(item, Document)
    assert (item.title, item.authors, item.published) == ("The „Aurora“", ("Nora Blum",), "2024-05-06")


@pytest.mark.parametrize("head", [b"{\\rtf1", b"\xef\xbb\xbf{\\rtf1", b"\r\n{\\rtf\\ansi"])
def test_a_file_is_known_by_how_it_begins(head: bytes) -> None:
    assert rtf.recognises("release.txt", head) > 90
    assert rtf.recognises("release.rtf", b"{ not this }") == 0


@given(st.text(alphabet="{}\\'*;u1f0ab \n-", max_size=80))
def test_anything_may_stand_in_a_file(noise: str) -> None:
    rtf.parse_rtf("{\\rtf1 " + noise)


def test_groups_that_open_for_ever_take_no_more_than_their_length() -> None:
    assert not any(words for words, _ in rtf.parse_rtf("{\\rtf1 " + "{" * 200_000).paragraphs)
