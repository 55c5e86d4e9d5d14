"""Block quotations and who signs them: the signature is no part of what is quoted."""

from __future__ import annotations

import pytest

from indexer.html.blocks import text_blocks
from indexer.html.page import compose_text
from indexer.html.parse import parse_html

FIGURE = "<figure><blockquote><p>It floats.</p>{}</blockquote>{}</figure>"


def quoted(markup: str) -> list[tuple[str, str | None]]:
    """The words of each block quotation of some markup, with what is noted of it."""
    root = parse_html(f"<p>Before.</p>{markup}<p>After.</p>")
    assert root is not None
    words = compose_text(text_blocks(root))
    return [(region.span.of(words.text), region.note) for region in words.regions if region.role == "blockquote"]


@pytest.mark.parametrize(
    ("inside", "note"),
    [
        ("<p>It floats.</p><cite>Nora Blum<br>Harbour master</cite>", "Nora Blum, Harbour master"),
        ("<p>It floats.</p><cite><span>Nora Blum</span><span>Harbour master</span></cite>", "Nora Blum, Harbour master"),
        ("<p>It floats.</p><cite><span>Nora</span> <span>Blum</span></cite>", "Nora Blum"),
        ("<p>It floats. <cite>Nora Blum</cite></p>", "Nora Blum"),
        ("<p>It floats.<br>— Nora Blum</p>", "Nora Blum"),
        ("<p>It floats.</p><footer>— Nora Blum in <cite>The Ferry</cite></footer>", "Nora Blum in The Ferry"),
        ("<p>It floats.</p><div>—&#8202;<cite>Nora Blum (1934)</cite></div>", "Nora Blum (1934)"),
        ("<p>It floats.</p><p>— Nora Blum</p>", "Nora Blum"),
        ("<p>It floats.</p><p>-- Nora Blum, harbour master</p>", "Nora Blum, harbour master"),
        ("<p>It floats.</p><p>– Käthe Blum, Hafenmeisterin</p>", "Käthe Blum, Hafenmeisterin"),
        ("<p>It floats.</p><p>— نورا بلوم</p>", "نورا بلوم"),
        ("<p>It floats.</p><p class=quote-author>Nora Blum, harbour master</p>", "Nora Blum, harbour master"),
        ("<p>It floats. pic.twitter.com/a1 https://t.co/b2</p>&mdash; Nora Blum (@nb) <a>May 6, 2024</a>", "Nora Blum (@nb) May 6, 2024"),
        ("<p>It floats.</p>&mdash; Nora Blum (<a>@nb.example</a>) <a>May 6, 2024 at 9:00</a>", "Nora Blum (@nb.example) May 6, 2024 at 9:00"),
    ],
)  # fmt: skip
def test_a_signature_says_who_is_quoted_and_is_not_quoted(inside: str, note: str) -> None:
    assert quoted(f"<blockquote>{inside}</blockquote>") == [("It floats.", note)]


def test_a_quotation_in_a_figure_is_signed_by_its_caption() -> None:
    assert quoted(FIGURE.format("", "<figcaption>— Nora Blum, <cite>The Ferry</cite></figcaption>")) == [
        ("It floats.", "Nora Blum, The Ferry")
    ]
    assert quoted(FIGURE.format("<cite>Nora Blum</cite>", "")) == [("It floats.", "Nora Blum")]


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("<p>I read <cite>The Long Night</cite> twice.</p>", "I read The Long Night twice."),
        ("<p>I liked <cite>The Long Night</cite>.</p>", "I liked The Long Night."),
        ("<p>—No lo sé.</p><p>—Yo tampoco.</p>", "—No lo sé.\n\n—Yo tampoco."),
        ("<p>It floats.</p><p>And it is fast.</p>", "It floats.\n\nAnd it is fast."),
    ],
)
def test_titles_of_books_and_speech_after_dashes_are_quoted(inside: str, words: str) -> None:
    assert quoted(f"<blockquote>{inside}</blockquote>") == [(words, None)]
