"""A quote drawn as a picture, for previews of links: needs the extra `cards` (Pillow, and two fonts as packages).

Latin, Greek and Cyrillic are set in Noto Serif, Arabic and Persian in Amiri, shaped and from right to left by the Raqm library
that Pillow brings. A quote in a script that neither has is not drawn: a preview without a picture is better than one of boxes.
"""

from __future__ import annotations

import functools
import io
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from importlib import resources
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from web.presentation.sharing.quote_card import QuoteCard

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

IMAGE_WIDTH, IMAGE_HEIGHT = 1200, 630  # pixels: what previews of links are cut to (Open Graph)
_MARGIN: Final = 80
_PAPER, _INK, _SOFT, _ACCENT = "#fcfaf5", "#1b1916", "#5d574d", "#8b1a1a"
_SIZES: Final = (64, 56, 48, 42, 36)  # of the words, largest first, in pixels
_WORDS_HEIGHT: Final = 300  # pixels that they may take
_LINE: Final = 1.32  # line height, in sizes
_COMMON: Final = r"\u0020-\u007e\u00a0-\u00ff\u2010-\u2027\u200c-\u200f\u202f\u2030-\u203a\u20ac"
_ARABIC: Final = r"\u0600-\u06ff"
_IN_SERIF: Final = re.compile(rf"[{_COMMON}\u0100-\u0377\u037a-\u03ff\u0400-\u052f\u1e00-\u1eff]*")
_IN_NASKH: Final = re.compile(rf"[{_COMMON}{_ARABIC}]*")
_HAS_ARABIC: Final = re.compile(rf"[{_ARABIC}]")
_FONTS: Final = {
    "serif": ("fontpkg_noto_serif", "NotoSerif[wdth,wght].ttf"),
    "naskh": ("fontpkg_amiri", "Amiri-Regular.ttf"),
}


def can_draw(card: QuoteCard) -> bool:
    """Return whether the extra is installed, and its fonts have all letters of the card."""
    return _installed() and all(map(_face, _texts(card)))


def card_png(card: QuoteCard) -> bytes:
    """Return the card as a PNG of `IMAGE_WIDTH` by `IMAGE_HEIGHT` pixels; only for one that `can_draw` has said yes to."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (IMAGE_WIDTH, IMAGE_HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, IMAGE_WIDTH, 14), _ACCENT)
    right_to_left = bool(_HAS_ARABIC.search(card.words))
    set_line = functools.partial(_set_line, draw, right_to_left)
    lines, size = _fitted(f"«{card.words}»" if right_to_left else f"“{card.words}”")
    top = float(_MARGIN - 10)
    for line in lines:
        set_line(line, size, _INK, top)
        top += size * _LINE
    top = max(top + 24, 395.0)
    for text, height, color in _captions(card):
        set_line(_shortened(text, height), height, color, top)
        top += height * 1.4
    draw.text((IMAGE_WIDTH - _MARGIN, IMAGE_HEIGHT - 40), "Quotes", _ACCENT, _font("serif", 34), anchor="rs")
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG")
    return out.getvalue()


def _texts(card: QuoteCard) -> Iterator[str]:
    yield card.words
    yield from (text for text, _, _ in _captions(card))


def _captions(card: QuoteCard) -> Iterator[tuple[str, int, str]]:
    yield card.speaker, 40, _ACCENT
    yield card.source, 30, _SOFT
    yield from ((f"! {warning}", 28, _INK) for warning in card.warnings[:1])
    if card.extent and not card.warnings:
        yield card.extent, 28, _SOFT


def _set_line(draw: Any, right_to_left: bool, text: str, size: int, color: str, top: float) -> None:
    """Draw one line at the margin from which the quote's own script is read."""
    direction = "rtl" if _HAS_ARABIC.search(text) else "ltr"
    place, anchor = (IMAGE_WIDTH - _MARGIN, "ra") if right_to_left else (_MARGIN, "la")
    draw.text((place, top), text, color, _font(_face(text) or "serif", size), anchor=anchor, direction=direction)


def _fitted(text: str) -> tuple[list[str], int]:
    """Return the words as lines at the largest size at which all of them fit; at the smallest, as many as do."""
    for size in _SIZES:
        lines = list(_wrapped(text, _measure(text, size)))
        most = int(_WORDS_HEIGHT / (size * _LINE))
        if len(lines) <= most:
            return lines, size
    return [*lines[: most - 1], _shortened(f"{lines[most - 1]} …", size)], size


def _wrapped(text: str, width: Callable[[str], float]) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and width(longer) > IMAGE_WIDTH - 2 * _MARGIN:
            yield line
            longer = word
        line = longer
        while width(line) > IMAGE_WIDTH - 2 * _MARGIN:
            part = line  # a word without end: as much of it as a line holds
            fits = bisect_right(range(len(part)), IMAGE_WIDTH - 2 * _MARGIN, key=lambda at: int(width(part[:at])))
            cut = max(fits - 1, 1)
            yield line[:cut]
            line = line[cut:]
    yield line


def _shortened(text: str, size: int) -> str:
    """Return `text` cut at the end to one line, with an ellipsis where something is left out."""
    width = _measure(text, size)
    if width(text) <= IMAGE_WIDTH - 2 * _MARGIN:
        return text
    kept = text.removesuffix(" …")[:120]
    while width(f"{kept} …") > IMAGE_WIDTH - 2 * _MARGIN:
        kept = kept[:-1]
    return f"{kept.rstrip()} …"


def _measure(text: str, size: int) -> Callable[[str], float]:
    font = _font(_face(text) or "serif", size)
    return lambda words: float(font.getlength(words))


def _face(text: str) -> str | None:
    """Return the name of the font that has all letters of a text; None if none has."""
    if _IN_SERIF.fullmatch(text):
        return "serif"
    return "naskh" if _IN_NASKH.fullmatch(text) else None


@functools.cache
def _installed() -> bool:
    if not all(map(find_spec, ("PIL", *(package for package, _ in _FONTS.values())))):
        return False
    from PIL import features

    return bool(features.check("raqm"))


@functools.lru_cache(maxsize=32)
def _font(name: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    package, file = _FONTS[name]
    data = (resources.files(package) / "files" / file).read_bytes()
    return ImageFont.truetype(io.BytesIO(data), size, layout_engine=ImageFont.Layout.RAQM)
