"""Answers as a feed: entries in the order in which they were stored, each with an id that no move of the server changes."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any, Final

from markupsafe import Markup

from search.following.additions import AddedQuote
from search.model import Query, SortOrder
from search.plain_line import plain_line
from search.safe_address import safe_url
from web.language.choice import language
from web.language.formats import comma_list
from web.language.messages import gettext
from web.presentation.facets import value_label
from web.presentation.sharing.quote_card import QuoteCard, card_of_quote
from web.presentation.template_filters import first_words, lang_attribute, visible
from web.presentation.wording import CHIP_NAMES, SORT_ORDERS
from web.query_string import SWITCH_FIELDS, args_from_query

FEED_ENTRIES: Final = 50  # quotes: what a reader that asks once a day of a busy search has not missed
_TITLE_LENGTH: Final = 120  # characters
_NEVER: Final = "1970-01-01T00:00:00+00:00"  # when a feed changed that never had an entry
_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "quotes feeds")


@dataclass(frozen=True, slots=True)
class QuoteEntry:
    """A quote: `page` is its address here, `source` that of the page which prints it, `added` ISO 8601 in UTC."""

    id: str
    title: str
    html: Markup
    page: str
    source: str | None
    speaker: str | None
    language: str | None
    added: str

    @property
    def added_for_rss(self) -> str:
        """Return when it was stored as RFC 822 has it, which RSS asks for."""
        return format_datetime(datetime.fromisoformat(self.added))


@dataclass(frozen=True, slots=True)
class QuoteFeed:
    """A list of entries, last stored first; `page` shows the same to a person, `address` is the feed's own."""

    id: str
    title: str
    page: str
    address: str
    entries: tuple[QuoteEntry, ...]

    @property
    def updated(self) -> str:
        """Return when the last entry was stored, ISO 8601 in UTC."""
        return self.entries[0].added if self.entries else _NEVER


def feed_of(
    name: str, title: str, page: str, address: str, added: Sequence[AddedQuote], page_url: Callable[[str], str]
) -> QuoteFeed:
    """Return a feed of quotes; `name` is what its id is made of, the same on every server."""
    return QuoteFeed(
        _id("feed", name), first_words(plain_line(title), _TITLE_LENGTH), page, address,
        tuple(_entry(each, page_url) for each in added),
    )  # fmt: skip


def query_name(query: Query) -> str:
    """Return a query as the name of its feed: the same for the same query, however its address was written."""
    return repr(sorted(args_from_query(query).items()))


def query_title(query: Query) -> str:
    """Return a query in a line for a person: its words, then its filters."""
    filters = [
        " ".join(part for part in (gettext(CHIP_NAMES[name]), _filter_value(name, value)) if part)
        for name, values in args_from_query(query).items()
        if name != "q"
        for value in (values if isinstance(values, list) else [values])
    ]
    return comma_list(([f"“{query.text}”"] if query.text else []) + filters)


def _filter_value(name: str, value: str) -> str:
    if name in SWITCH_FIELDS:
        return ""
    return gettext(SORT_ORDERS[SortOrder(value)]) if name == "sort" else value_label(value, name)


def json_feed(feed: QuoteFeed) -> dict[str, Any]:
    """Return a feed as JSON Feed 1.1 has it (jsonfeed.org)."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{feed.title} – {gettext('Quotes')}",
        "language": language(),
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "items": [_item(entry) for entry in feed.entries],
    }


def _item(entry: QuoteEntry) -> dict[str, Any]:
    known = {
        "external_url": entry.source,
        "authors": [{"name": entry.speaker}] if entry.speaker else None,
        "language": entry.language,
    }
    item = {
        "id": entry.id, "url": entry.page, "title": entry.title, "content_html": str(visible(str(entry.html))),
        "date_published": entry.added,
    }  # fmt: skip
    return item | {name: value for name, value in known.items() if value}


def _entry(added: AddedQuote, page_url: Callable[[str], str]) -> QuoteEntry:
    quote, card = added.quote, card_of_quote(added.quote)
    page, source = page_url(quote.id), safe_url(quote.link)
    return QuoteEntry(
        id=_id("quote", quote.id),
        title=f"{card.speaker}: “{first_words(card.words, _TITLE_LENGTH)}”",
        html=_html(card, plain_line(quote.title or ""), page, source),
        page=page,
        source=source,
        speaker=None if quote.speaker_in_doubt else plain_line(quote.speaker or "") or None,
        language=lang_attribute(quote.language),
        added=added.added,
    )


def _html(card: QuoteCard, headline: str, page: str, source: str | None) -> Markup:
    """Return what a reader of feeds shows: the words, what must be known of them, where they were printed, every version."""
    parts = [Markup("<blockquote><p>“{}”</p></blockquote>").format(card.words)]
    parts += [Markup("<p><strong>{}</strong> {}.</p>").format(gettext("Mind:"), warning) for warning in card.warnings]
    where = Markup('<a href="{}">{}</a>').format(source, card.source) if source else card.source
    headline_shown = Markup(": <cite>{}</cite>").format(headline) if headline else ""
    parts.append(Markup("<p>{}, {}{}</p>").format(card.speaker, where, headline_shown))
    parts.append(Markup('<p><a href="{}">{}</a></p>').format(page, gettext("Every version of it")))
    return Markup("").join(parts)


def _id(kind: str, name: str) -> str:
    return uuid.uuid5(_NAMESPACE, f"{kind}\x1f{name}").urn
