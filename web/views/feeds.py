"""Searches, speakers and utterances to be followed: Atom, RSS 2.0 and JSON Feed, in the order in which quotes came in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from flask import Blueprint, Response, render_template, request, url_for

from search.errors import QueryError
from search.find.utterance_page import utterance_of_quote
from search.following.additions import added_quotes, newest_quotes
from search.model import Query
from search.renderers.json import encoded
from search.settings import Settings
from search.storage.store import Store
from web.caching import revalidated
from web.presentation.sharing.feed import FEED_ENTRIES, QuoteFeed, feed_of, json_feed, query_name, query_title
from web.query_string import args_from_query, query_from_args

FEED_TYPES: Final = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}


def feed_blueprint(settings: Settings, store: Store) -> Blueprint:
    """Return the feeds over one store."""
    feeds = Blueprint("feeds", __name__)

    @feeds.get(f"/search.<any({', '.join(FEED_TYPES)}):format_>")
    def search_feed(format_: str) -> Response:
        """Answer the newest quotes that surely answer a search, or that pass its filters, as a speaker's."""
        query = query_from_args(request.args, settings)
        return revalidated(store, lambda: _response(_search_feed(store, query, format_), format_))

    @feeds.get("/feeds/<path:id_>")
    def utterance_feed(id_: str) -> Response:
        """Answer the quotes that print an utterance, as `?format=atom` (the default), `rss` or `json`."""
        format_ = request.args.get("format", "atom")
        if format_ not in FEED_TYPES:
            raise QueryError(f"`format` must be one of: {', '.join(FEED_TYPES)}.")
        return revalidated(store, lambda: _response(_utterance_feed(store, id_, format_), format_))

    return feeds


class FeedLink(NamedTuple):
    """A feed as a page names it."""

    label: str
    media_type: str
    url: str


def links_to_feed(url_of: Callable[[str], str]) -> list[FeedLink]:
    """Return the links to a feed in each format, whose address `url_of` gives."""
    labels = {"atom": "Atom", "rss": "RSS", "json": "JSON Feed"}
    return [FeedLink(labels[name], media.partition(";")[0], url_of(name)) for name, media in FEED_TYPES.items()]


def _search_feed(store: Store, query: Query, format_: str) -> QuoteFeed:
    args = args_from_query(query)
    page = url_for("pages.search", **args, _external=True)
    address = url_for("feeds.search_feed", format_=format_, **args, _external=True)
    newest = newest_quotes(store, query, FEED_ENTRIES)
    return feed_of(query_name(query), query_title(query), page, address, newest, _page_url())


def _utterance_feed(store: Store, id_: str, format_: str) -> QuoteFeed:
    said = utterance_of_quote(store, id_, possible=False)
    page_url = _page_url()
    address = url_for("feeds.utterance_feed", id_=id_, format=format_, _external=True)
    newest = added_quotes(store, said.quotes, FEED_ENTRIES)
    # By the id that was asked for, which stays when utterances are joined.
    return feed_of(id_, f"“{said.text}”", page_url(id_), address, newest, page_url)


def _page_url() -> Callable[[str], str]:
    return lambda id_: url_for("pages.quote", id_=id_, _external=True)


def _response(feed: QuoteFeed, format_: str) -> Response:
    body = encoded(json_feed(feed)) if format_ == "json" else render_template(f"feed.{format_}.xml", feed=feed)
    return Response(body, content_type=FEED_TYPES[format_])
