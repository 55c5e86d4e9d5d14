"""Links out of the archive, to where a quote was printed. Addresses come from strangers' pages."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote as percent

from search.model import Quote
from search.safe_address import safe_url

# Words. A longer quote is named by its first and last ones: white space or an advertisement in between does no harm.
WHOLE_QUOTE, QUOTE_ENDS = 8, 4
_QID: Final = re.compile(r"Q[1-9][0-9]{0,11}")


def deep_link(quote: Quote) -> str | None:
    """Return the address of the printed page, scrolled to the quote by a text fragment; None where no browser may go.

    The fragment is that of https://wicg.github.io/scroll-to-text-fragment: `#:~:text=first words,last words`.
    """
    url = safe_url(quote.url)
    if url is None:
        return None
    if quote.second is not None:
        return quote.link
    words = _first_piece(quote).split()
    if not words:
        return url
    if len(words) <= WHOLE_QUOTE:
        directive = _encoded(words)
    else:
        directive = f"{_encoded(words[:QUOTE_ENDS])},{_encoded(words[-QUOTE_ENDS:])}"
    return f"{url}{'' if '#' in url else '#'}:~:text={directive}"


def authority_link(id_: str | None) -> str | None:
    """Return the page about whom an authority file has an id for; None where the id is none of Wikidata's."""
    return f"https://www.wikidata.org/wiki/{id_}" if id_ and _QID.fullmatch(id_) else None


def _first_piece(quote: Quote) -> str:
    """Return the words up to where a cue interrupts them ("I will," he said, "not resign."): they stand together."""
    if len(quote.spans) > 1:
        return quote.text[: quote.spans[0].end - quote.spans[0].start]
    return quote.text


def _encoded(words: list[str]) -> str:
    # A dash has a meaning of its own in a text fragment, and percent() lets it through.
    return percent(" ".join(words), safe="").replace("-", "%2D")
