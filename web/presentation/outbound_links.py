"""Links out of the archive, to where a quote was printed. Addresses come from strangers' pages."""

from __future__ import annotations

import re
from urllib.parse import quote as percent
from urllib.parse import urlsplit

from search.model import Quote

# Longer quotes are named by their first and last words: a page's white space or an advertisement in between is no harm.
WHOLE, END_WORDS = 8, 4
_NOT_IN_AN_ADDRESS = re.compile(r"[\x00-\x20\x7f-\x9f\\<>\"`{}|^]")


def safe_url(url: str | None) -> str | None:
    """`url` if a browser may be sent there: http or https, a host, no user name in front of it; else None."""
    if not url or len(url) > 4000 or _NOT_IN_AN_ADDRESS.search(url):
        return None
    try:
        parts = urlsplit(url)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname or parts.username is not None:
            return None
        _ = parts.port
    except ValueError:
        return None
    return url


def deep_link(quote: Quote) -> str | None:
    """The printed page, scrolled to the quote by a text fragment (https://wicg.github.io/scroll-to-text-fragment)."""
    url = safe_url(quote.url)
    if url is None:
        return None
    words = _first_piece(quote).split()
    if not words:
        return url
    if len(words) <= WHOLE:
        directive = _encoded(words)
    else:
        directive = f"{_encoded(words[:END_WORDS])},{_encoded(words[-END_WORDS:])}"
    return f"{url}{'' if '#' in url else '#'}:~:text={directive}"


def _first_piece(quote: Quote) -> str:
    """The words up to where a cue interrupts them ("I will," he said, "not resign."): they stand together."""
    if len(quote.spans) > 1:
        return quote.text[: quote.spans[0].end - quote.spans[0].start]
    return quote.text


def _encoded(words: list[str]) -> str:
    # A dash has a meaning of its own in a text fragment, and percent() lets it through.
    return percent(" ".join(words), safe="").replace("-", "%2D")
