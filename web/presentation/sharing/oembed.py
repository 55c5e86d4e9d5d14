"""oEmbed (oembed.com, version 1.0) of a quote: what a content management system asks for when an editor pastes an address.

WordPress keeps of an unknown provider's `html` one blockquote without attributes, links, and one bare iframe, all on one line;
so that is what stands in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from web.language.messages import gettext
from web.presentation.sharing.quote_card import QuoteCard
from web.presentation.template_filters import visible

WIDTH: Final = 600  # pixels of the frame, where the page that embeds it sets no narrower bound
# Pixels: what a card has around its words, and a line of some 45 letters at this width.
_HEIGHT_AROUND, _HEIGHT_OF_LINE, _LETTERS = 190, 30, 45
CACHE_SECONDS: Final = 86_400  # a quote's words never change; who else printed it may


@dataclass(frozen=True, slots=True)
class EmbedAddresses:
    """The addresses that an embedded card needs, all of them whole (`https://...`)."""

    home: str
    page: str
    card: str
    speaker: str | None
    image: str | None


def oembed_answer(card: QuoteCard, addresses: EmbedAddresses, max_width: int, max_height: int) -> dict[str, object]:
    """Return the members of the answer in the order of the specification; `max_*` are pixels, never exceeded."""
    width, height = frame_size(card, max_width, max_height)
    known = {
        "version": "1.0",
        "type": "rich",
        "title": str(visible(f"{card.sentence} – {card.source}")),
        "author_name": card.speaker,
        "author_url": addresses.speaker,
        "provider_name": gettext("Quotes"),
        "provider_url": addresses.home,
        "cache_age": CACHE_SECONDS,
        "html": str(embed_html(card, addresses, width, height)),
        "width": width,
        "height": height,
        "thumbnail_url": addresses.image,
        "thumbnail_width": addresses.image and 1200,
        "thumbnail_height": addresses.image and 630,
    }
    return {name: value for name, value in known.items() if value is not None}


def frame_size(card: QuoteCard, max_width: int, max_height: int) -> tuple[int, int]:
    """Return width and height of the card's frame in pixels; the card scrolls in one that is too low for it."""
    width = min(WIDTH, max_width)
    lines = len(card.words) * WIDTH // (_LETTERS * width) + 1 + 2 * len(card.warnings)
    height = _HEIGHT_AROUND + _HEIGHT_OF_LINE * lines
    return width, min(height, max_height)


def embed_html(card: QuoteCard, addresses: EmbedAddresses, width: int, height: int) -> Markup:
    """Return the quote as a blockquote and a frame, on one line; whoever takes the frame away has the words and the source."""
    warnings = "".join(f" ({warning})" for warning in card.warnings)
    return Markup(
        '<blockquote>“{}” – {}{}, <a href="{}">{}</a></blockquote>'
        '<iframe src="{}" width="{}" height="{}" title="{}" frameborder="0"></iframe>'
    ).format(
        card.words, card.speaker, warnings, addresses.page, card.source,
        addresses.card, width, height, gettext("Quote of %(speaker)s", speaker=card.speaker),
    )  # fmt: skip


def script_html(card: QuoteCard, addresses: EmbedAddresses, script: str) -> Markup:
    """Return what a person pastes into a page of his own: a blockquote that `script` turns into the card."""
    return Markup(
        '<blockquote class="quote-card" data-id="{}">“{}” – {}{}, <a href="{}">{}</a></blockquote>'
        '<script async src="{}"></script>'
    ).format(
        _attribute(card.id), card.words, card.speaker, "".join(f" ({warning})" for warning in card.warnings), addresses.page,
        card.source, script,
    )  # fmt: skip


def _attribute(id_: str) -> Markup:
    """Return an id for an attribute to copy: an imported one may hold what turns the words behind it round, written as its number."""
    return Markup("").join(escape(c) if visible(c) else Markup(f"&#{ord(c)};") for c in id_)
