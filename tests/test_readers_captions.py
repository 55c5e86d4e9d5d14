"""Captions to quotes: who said it, at which second, with a link to it."""

from __future__ import annotations

import pytest

from indexer.input.input_file import ReadOptions, input_from_bytes
from indexer.pipeline.extract import with_attributions
from indexer.pipeline.items import ExtractedDocument
from indexer.pipeline.store_quotes import quotes_of
from indexer.readers import captions
from search.model import Document, Quote
from search.renderers.json import quote_object
from web.presentation.outbound_links import deep_link


def quotes(source: str) -> list[Quote]:
    (item,) = captions.read(
        input_from_bytes(source.encode(), "x", "x.vtt", ReadOptions(), url="https://harbour.example/board.mp4")
    )
    assert isinstance(item, Document)
    extracted = with_attributions(item, 0)
    assert isinstance(extracted, ExtractedDocument)
    return list(quotes_of(extracted))


def cues(*words: str) -> str:
    return "WEBVTT\n\n" + "\n".join(
        f"00:{number * 2:02d}:01.500 --> 00:{number * 2:02d}:02.000\n{each}\n" for number, each in enumerate(words)
    )


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["<v Nora Blum>It floats.</v>", "At night.", "<v Ines Roth>Does it?"], ["Nora Blum", "Nora Blum", "Ines Roth"]),
        (["NORA BLUM: It floats.", "At night.", "INES ROTH: Does it?"], ["Nora Blum", "Nora Blum", "Ines Roth"]),
        (["Blum: Sie schwimmt.", "Roth: Wirklich?", "Blum: Ja."], ["Blum", "Roth", "Blum"]),
        (["نورا بلوم: شناور است.", "اینس روت: شب هم؟", "نورا بلوم: بله."], ["نورا بلوم", "اینس روت", "نورا بلوم"]),
        (["NORA BLUM, HOST: It floats.", "ROTH: Does it?", "BLUM: It does."], ["Nora Blum", "Roth", "Nora Blum"]),
        (["NORA BLUM: It floats.", "Remember: it is late."], ["Nora Blum", "Nora Blum"]),
        (["NORA BLUM: It floats.", "- Remember: it is late."], ["Nora Blum", None]),
        (["NORA BLUM:\nIt floats.", "- Ines Roth: Does it?"], ["Nora Blum", "Ines Roth"]),
        ([">> BLUM: It floats.", ">> Does it?"], ["Blum", None]),
        (["It floats.", "At night."], [None, None]),
    ],
)  # fmt: skip
def test_each_speech_is_a_quote_of_its_speaker(words: list[str], wanted: list[str | None]) -> None:
    found = quotes(cues(*words))
    assert [quote.speaker for quote in found] == wanted
    assert [quote.second for quote in found] == [1.5 + 120 * number for number in range(len(words))]


def test_a_quote_links_to_its_second() -> None:
    first, second = quotes(cues("<v Nora Blum>It floats.", "<v Ines Roth>Does it?"))
    assert deep_link(second) == second.link == "https://harbour.example/board.mp4#t=121"
    assert quote_object(second)["url"] == second.link
    assert quote_object(second)["second"] == 121.5
    assert quote_object(first)["url"] == "https://harbour.example/board.mp4#t=1"
    assert "second" not in quote_object(Quote("q", "d", "It floats.", url="https://harbour.example/a"))


def test_a_quotation_within_a_speech_knows_its_second_too() -> None:
    outer, inner = quotes(cues("NORA BLUM: She told us, “The ferry will never sail at night again,” and it does."))
    assert (inner.parent, inner.second) == (outer.id, outer.second)


@pytest.mark.parametrize(
    "head",
    [b"WEBVTT\n", b"\xef\xbb\xbfWEBVTT - x", b"1\r\n00:00:01,000 --> 00:00:02,000\r\n", b"0:00:01.000,0:00:02.000\n"],
)
def test_content_goes_before_the_name(head: bytes) -> None:
    assert captions.recognises("a.txt", head) > 90
    assert captions.recognises("a.srt", b"The ferry left at 10:30.") == 0
