"""An utterance for search engines and other programs: JSON-LD of schema.org, a Claim with its appearances and its Quotations."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from markupsafe import Markup

from search.instants import printed_day
from search.model import Quote, QuoteFlag, Utterance
from search.plain_line import plain_line
from search.safe_address import safe_url
from web.presentation.template_filters import lang_attribute

QUOTES_DESCRIBED: Final = 12  # of an utterance: with a hundred places of a wire copy the page would weigh twice as much
_WIKIDATA_ID: Final = re.compile("Q[1-9][0-9]{0,12}", re.ASCII)
_NOBODY_SAID: Final = {QuoteFlag.SCARE, QuoteFlag.DENIED}


def quotation_json_ld(utterance: Utterance, page_url: Callable[[str], str]) -> Markup:
    """Return the JSON of a `<script type="application/ld+json">`; `page_url` gives the whole address of a quote's page.

    What the marks quote nobody as saying, and what a paper says was not said, is an appearance of the claim and no quotation.
    """
    first, *others = quotes = [quote for version in utterance.versions for quote in version.quotes][:QUOTES_DESCRIBED]
    dated = sorted((quote for quote in quotes if quote.published), key=lambda quote: quote.published or "")
    earliest = dated[0] if dated else None
    claim: dict[str, Any] = {
        "@type": "Claim",
        "@id": f"{page_url(utterance.id)}#claim",
        "url": page_url(utterance.id),
        "text": plain_line(utterance.text),
        "inLanguage": lang_attribute(first.language),
        "firstAppearance": _article(earliest) if earliest else None,
        "appearance": [_article(quote) for quote in (first, *others) if quote is not earliest],
    }
    quotations: list[dict[str, Any]] = [
        {
            "@type": "Quotation",
            "@id": page_url(quote.id),
            "url": page_url(quote.id),
            "text": plain_line(quote.text),
            "inLanguage": lang_attribute(quote.language),
            "spokenByCharacter": _speaker(quote) if quote.speaker and not quote.speaker_in_doubt else None,
            "isPartOf": _article(quote),
        }
        for quote in quotes
        if not _NOBODY_SAID.intersection(quote.all_flags)
    ]
    graph = {"@context": "https://schema.org", "@graph": [_known(each) for each in (claim, *quotations)]}
    text = json.dumps(graph, ensure_ascii=False)
    # Nothing in it ends the script element or opens a comment in it (HTML, 4.12.1.3).
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _speaker(quote: Quote) -> dict[str, Any]:
    wikidata = quote.speaker_id if quote.speaker_id and _WIKIDATA_ID.fullmatch(quote.speaker_id) else None
    return _known(
        {
            "@type": "Person",
            "name": plain_line(quote.speaker or ""),
            "sameAs": f"http://www.wikidata.org/entity/{wikidata}" if wikidata else None,
        }
    )


def _article(quote: Quote) -> dict[str, Any]:
    return _known(
        {
            "@type": "NewsArticle",
            "headline": plain_line(quote.title or ""),
            "url": safe_url(quote.link),
            "datePublished": _day(quote.published),
            "publisher": {"@type": "Organization", "name": plain_line(quote.outlet)} if quote.outlet else None,
        }
    )


def _day(published: str | None) -> str | None:
    """Return the day on which something was printed; None for what is no day, as an imported date may be."""
    day = printed_day(published) or ""
    try:
        date.fromisoformat(f"{day}-01-01"[:10])  # a month or a year alone is a date of schema.org, too
    except ValueError:
        return None
    return day


def _known(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value not in (None, "", [])}
