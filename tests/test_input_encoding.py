"""Bytes to text without losing a quotation mark."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.input.encoding import clean_text, decode, repair_mojibake, replace_unstorable, text_encoding
from indexer.input.transcoding import wide_encoding
from search.provenance import DocumentFlag

SAID = "“We won’t,” she said – „nein“ «нет»."
REPAIRED = (DocumentFlag.ENCODING_REPAIRED,)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_recognised_with_a_mark_or_without(encoding: str) -> None:
    assert decode(SAID.encode(encoding)).text == SAID


RUSSIAN = "Министр сказала, что переговоры прекращены: «Мы не подпишем этот текст». " * 3


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        ("“We won’t,” she said – twice.", "cp1252", None),
        ("“We won’t,” she said – twice.", "cp1252", "iso-8859-1"),
        ("“We won’t,” she said – twice.", "cp1252", "utf-8"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN.replace("«", '"').replace("»", '"'), "koi8-r", "koi8-r"),
        (RUSSIAN, "cp1251", None),
        ("„Nie podpiszemy tego”, powiedziała minister, wychodząc z sali.", "cp1250", "windows-1250"),
        ("「署名しません」と大臣は述べた。", "shift_jis", "shift_jis"),
        ("「署名しません」と大臣は述べた。", "euc_jp", "euc-jp"),
        ("“我们不会签字，”她说。", "gb18030", "gb2312"),
    ],
)
def test_bytes_of_one_or_two_a_letter(text: str, encoding: str, declared: str | None) -> None:
    assert decode(text.encode(encoding), declared).text == text


@pytest.mark.parametrize("declared", ["utf-16", "utf-16le", "UTF-16BE", "utf-32"])
@pytest.mark.parametrize("end", ["", " "])
def test_two_bytes_a_letter_are_not_taken_on_trust(declared: str, end: str) -> None:
    """An even number of bytes of one a letter is Chinese as UTF-16, and no quotation was found in it."""
    text = f"“We will not sell the ferry,” said Renée Lee.{end}"
    assert decode(text.encode("cp1252"), declared).text == text
    assert decode(f'<meta charset="{declared}"><p>{text}'.encode("cp1252")).text.endswith(text)
    assert decode(RUSSIAN.encode("utf-16-le"), "utf-16-le").text == RUSSIAN


def test_the_markup_may_declare_its_encoding_or_its_language() -> None:
    text = "Εκείνη είπε: «Δεν θα υπογράψουμε» και έφυγε."
    assert text in decode(f'<meta charset="iso-8859-7"><p>{text}'.encode("iso-8859-7")).text
    assert text in decode(f'<html lang="el"><p>{text}'.encode("cp1253")).text


@pytest.mark.parametrize(
    ("data", "text", "flags"),
    [
        # One stray byte does not decode a page anew.
        ("“Nein”, sagte sie. ".encode() * 5 + b"\x93ja\x94", "“Nein”, sagte sie. " * 5 + "“ja”", REPAIRED),
        # Halves of a surrogate pair, each a sequence of its own (CESU-8); an overlong sequence.
        (b"\xe2\x80\x9cGen\xed\xa0\xbd\xed\xb8\x80eva\xe2\x80\x9d", "“Gen😀eva”", REPAIRED),
        (b"\xe2\x80\x9cno\xc0\xaf\xe2\x80\x9d", "“no”", REPAIRED),
        # Cut off within a letter.
        (b"\xe2\x80\x9cno\xe2\x80", "“no", REPAIRED),
        ("“no\ufffd”".encode(), "“no\ufffd”", (DocumentFlag.LOSSY,)),
        (b"", "", ()),
    ],
)
def test_what_others_broke_is_mended_and_said(data: bytes, text: str, flags: tuple[str, ...]) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.flags) == (text, flags)


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("â€œWe wonâ€™t,â€\x9d she said.", "“We won’t,” she said."),
        # The last byte of the closing mark has no glyph in Windows-1252 and was lost.
        ("â€œWe wonâ€™t,â€ she said.", "“We won’t,” she said."),
        ("CafÃ© in ZÃ¼rich", "Café in Zürich"),
        ("Â© 2024 Courier", "© 2024 Courier"),
        # Misread twice.
        ("Ã¢â‚¬Å“No,Ã¢â‚¬Â\x9d she said.", "“No,” she said."),
        # One part broken, the rest whole.
        ("“fine” and â€œbadâ€\x9d", "“fine” and “bad”"),
        ("Ä“ven ŷ", "Ä“ven ŷ"),
        ("São Paulo, Ágora, Âme", "São Paulo, Ágora, Âme"),
    ],
)
def test_mojibake_is_repaired_where_it_is(broken: str, mended: str) -> None:
    assert repair_mojibake(broken) == (mended, broken != mended)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x00b\x07c\x7f", "abc"),
        ("a\x85b", "a\nb"),
        ("\x93no\x94", "“no”"),
        ("\x1b[31mred\x1b[0m \x1b]0;title\x07", "red "),
        ("Cafe\u0301", "Café"),
        ("tab\tstays", "tab\tstays"),
        ("half \ud83d a letter\x00", "half \ufffd a letter"),
    ],
)
def test_text_is_made_fit_to_be_shown(text: str, clean: str) -> None:
    assert clean_text(text) == clean


@given(st.binary(max_size=400))
def test_any_bytes_are_text(data: bytes) -> None:
    text = clean_text(decode(data).text)
    text.encode()
    assert clean_text(text) == text


@given(st.text(max_size=200))
def test_text_comes_back_as_it_was(text: str) -> None:
    assert len(replace_unstorable(text)) == len(text)
    replace_unstorable(text).encode()


@pytest.mark.parametrize(
    ("name", "python"),
    [("UTF8", "utf-8"), ("windows-1252", "cp1252"), ("base64", None), ("no-such", None), ("", None), (None, None), ("utf-8\0", None)],
)  # fmt: skip
def test_only_encodings_of_text_are_encodings(name: str | None, python: str | None) -> None:
    assert text_encoding(name) == python


def test_markup_in_two_bytes_a_letter_is_left_to_say_so_itself() -> None:
    assert wide_encoding("text".encode("utf-16")) == "utf-16"
    assert wide_encoding("<html>".encode("utf-16")) is None
    assert wide_encoding(b"text") is None
