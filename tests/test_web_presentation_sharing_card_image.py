"""The picture of a quote: its size, scripts that it can set, words that it cannot hold."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from web.presentation.sharing import card_image
from web.presentation.sharing.card_image import IMAGE_HEIGHT, IMAGE_WIDTH, can_draw, card_png
from web.presentation.sharing.quote_card import QuoteCard

CARD = QuoteCard("q", "We will stay", "Ann Lee", "Evening Tide", "9 March 2024", "2 versions, printed twice", (), "en")


def drawn(card: QuoteCard) -> Image.Image:
    image = Image.open(io.BytesIO(card_png(card)))
    assert (image.format, image.size) == ("PNG", (IMAGE_WIDTH, IMAGE_HEIGHT))
    return image.convert("RGB")


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    """The box that holds all that is drawn below the line at the top and above the name at the bottom."""
    words = image.crop((0, 20, IMAGE_WIDTH, IMAGE_HEIGHT - 90))
    box = ImageChops.difference(words, Image.new("RGB", words.size, words.getpixel((2, 2)))).getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize(
    "words", ["We will stay", "Мы останемся", "Θα μείνουμε", "ما خواهیم ماند", "نحن باقون", "Lǐ “é” – …"]
)
def test_a_quote_of_these_scripts_is_drawn(words: str) -> None:
    card = replace(CARD, words=words)
    assert can_draw(card)
    assert drawn(card).getcolors(10_000) is not None


@pytest.mark.parametrize("words", ["我们会留下", "נישאר", "हम रहेंगे", "We 🙂 stay", "ما stay 留"])
def test_a_quote_without_letters_here_is_not(words: str) -> None:
    assert not can_draw(replace(CARD, words=words))
    assert not can_draw(replace(CARD, speaker=words))


def test_persian_is_joined_and_runs_from_the_right() -> None:
    left, right = (
        ink(drawn(CARD)),
        ink(drawn(replace(CARD, words="می‌خواهیم بمانیم", speaker="سارا", outlet="خبر", extent=""))),
    )
    assert left[0] < 100 < right[0]
    assert right[2] > IMAGE_WIDTH - 100 > left[2]
    # Letters that are joined take less room than the same letters apart.
    apart = "‌".join("بمانیم")
    joined, loose = (
        ink(drawn(replace(CARD, words=w, speaker=".", outlet=".", when="", extent=""))) for w in ("بمانیم", apart)
    )
    assert joined[2] - joined[0] < loose[2] - loose[0]


@settings(max_examples=15)
@given(st.text(st.sampled_from("Wi .خ,"), min_size=1, max_size=300), st.text(st.sampled_from("Wن "), max_size=300))
def test_no_words_stick_out(words: str, speaker: str) -> None:
    box = ink(drawn(replace(CARD, words=words, speaker=speaker or "x", warnings=("somebody denies this",))))
    assert box[0] > 30
    assert box[2] < IMAGE_WIDTH - 30


def test_without_the_extra_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card_image, "_installed", lambda: False)
    assert not can_draw(CARD)
