"""One quote with what a reader elsewhere has to know of it: for the card that is embedded, its oEmbed, previews of links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from search.model import WARNING_FLAGS, Quote, Utterance
from search.plain_line import plain_line
from web.language.messages import gettext
from web.presentation.template_filters import first_words, how_widely, long_date, without_end_comma
from web.presentation.wording import QUOTE_FLAGS

_RIGHT_TO_LEFT: Final = re.compile(r"[\u0590-\u08ff]")
_CARD_NAME: Final = 100  # characters of a name
CARD_WORDS: Final = 300  # characters: a card is to be read at a glance, the page behind it has the rest


@dataclass(frozen=True, slots=True)
class QuoteCard:
    """What a card says; each text is one line. `warnings` are sentences without which the quote would mislead."""

    id: str
    words: str
    speaker: str
    outlet: str
    when: str
    extent: str
    warnings: tuple[str, ...]
    language: str | None

    @property
    def source(self) -> str:
        """Return where and when it was printed: "Evening Tide, 9 March 2024"."""
        # Behind letters that run from right to left the day would be read as a part of them, and its parts change places.
        mark = "\u200e" if _RIGHT_TO_LEFT.search(self.outlet) else ""
        return f", {mark}".join(part for part in (self.outlet, self.when) if part) or gettext("outlet not known")

    @property
    def sentence(self) -> str:
        """Return the quote with its speaker in a line."""
        return f"“{self.words}” – {self.speaker}"


def quote_card(utterance: Utterance, quote_id: str) -> QuoteCard:
    """Return the card of one quote of an utterance: of the one that has the id, not of another with other words."""
    versions, printed = len(utterance.versions) + len(utterance.also), len(utterance.quotes)
    printed_so = how_widely(versions, printed) if printed > 1 else ""
    return card_of_quote(_quote(utterance, quote_id), printed_so)


def card_of_quote(quote: Quote, printed_so: str = "") -> QuoteCard:
    """Return the card of a quote by itself; `printed_so` says how widely its utterance was printed."""
    return QuoteCard(
        id=quote.id,
        words=without_end_comma(first_words(plain_line(quote.text), CARD_WORDS)),
        speaker=_speaker(quote),
        outlet=first_words(plain_line(quote.outlet or ""), _CARD_NAME),
        when=first_words(plain_line(long_date(quote.published)), _CARD_NAME) if quote.published else "",
        extent=printed_so,
        warnings=tuple(gettext(QUOTE_FLAGS[flag]) for flag in quote.all_flags if flag in WARNING_FLAGS),
        language=quote.language,
    )


def _speaker(quote: Quote) -> str:
    name = first_words(plain_line(quote.speaker or ""), _CARD_NAME)
    if not name:
        return gettext("Speaker not known")
    return gettext("perhaps %(name)s", name=name) if quote.speaker_in_doubt else name


def _quote(utterance: Utterance, quote_id: str) -> Quote:
    quotes = utterance.quotes
    return next((quote for quote in quotes if quote.id == quote_id), quotes[0])
