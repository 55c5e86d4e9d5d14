"""Pages that are no article, each with its reason: a listing, a wall, an error page, an empty shell."""

from __future__ import annotations

import re

from indexer.html.blocks import TextBlock
from indexer.html.metadata import PageMetadata
from indexer.metadata.phrases import compile_phrases

_NOT_FOUND = compile_phrases("non_articles", "not_found", r"^\W*")
_MISSING = re.compile(
    r"(?:could\s+not\s+be|cannot\s+be|can't\s+be|was\s+not|no\s+longer|nicht)\s+(?:found|available|exists?|gefunden|verfügbar)|does\s?n[o']t\s+exist",
    re.IGNORECASE,
)
_COOKIES = compile_phrases("non_articles", "consent")
_SCRIPT = compile_phrases("non_articles", "needs_script")
_WALL = compile_phrases("non_articles", "paywall", flags=re.NOFLAG)
# Enough words for a page to be an article whatever else it looks like.
ARTICLE_CHARS = 1200


def reason_in_title(about: PageMetadata, blocks: list[TextBlock]) -> str | None:
    """Return why a page is no article, if its title tells; None when it may be one."""
    titles = [words for words in (about.page_title, *about.headings[:1]) if words]
    total = sum(len(block.text) - block.links for block in blocks)
    if (
        any(_NOT_FOUND.search(words) for words in titles)
        and total < ARTICLE_CHARS
        and (total < 500 or any(_MISSING.search(block.text) for block in blocks))
    ):
        return "not-found: it is an error page, not an article."
    return None


def reason_in_text(about: PageMetadata, text: str) -> str | None:
    """Return why a page is no article, if its chosen text tells; None when it may be one."""
    if len(text) >= ARTICLE_CHARS:
        return None
    if len(_COOKIES.findall(text)) >= 2 and about.published is None:
        return "consent: it is a cookie wall, without the article."
    if _SCRIPT.search(text) and len(text) < 400:
        return "it shows no words without running its scripts."
    return None


def reason_for_no_text(about: PageMetadata, blocks: list[TextBlock]) -> str:
    """Return why no text was found on a page that has words."""
    words = " ".join(block.text for block in blocks)[:5000]
    if _COOKIES.search(words) and len(words) < ARTICLE_CHARS:
        return "consent: it is a cookie wall, without the article."
    if _SCRIPT.search(words) or not blocks:
        return "it shows no words without running its scripts."
    return "no article was found on this page."


def is_paywalled(blocks: list[TextBlock]) -> bool:
    """Return whether the page says that the rest is for subscribers."""
    return any(map(is_paywall_notice, blocks))


def is_paywall_notice(block: TextBlock) -> bool:
    """Return whether a block belongs to what hides the rest of an article."""
    return len(block.text) < 300 and bool(_WALL.search(block.text.lower()))


def is_listing(about: PageMetadata, blocks: list[TextBlock], chosen: list[TextBlock]) -> bool:
    """Return whether a page is a list of articles: many linked headlines, and no paragraph that is not a teaser."""
    if about.kind and re.search(r"article|posting|report|review", about.kind, re.IGNORECASE):
        return False
    if any(len(block.text) - block.links > 180 for block in chosen):
        return False
    cards = [block for block in blocks if block.links > 15 and block.links * 3 > len(block.text) * 2]
    return len(cards) >= 8 and len(cards) * 3 >= len([block for block in blocks if len(block.text) > 30])
