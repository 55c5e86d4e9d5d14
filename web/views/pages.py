"""The pages. Each view is one line of data flow: request.args -> Query -> Result -> template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Final

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from search.corrections.correction import Correction
from search.documents.syndication import copies
from search.find.find import find
from search.find.query_language import without_filters
from search.find.utterance_page import utterance_of_quote
from search.model import Document, Query, Quote, QuoteFlag, Result, Utterance
from search.renderers.json import encoded
from search.settings import Settings
from search.storage.store import Store
from web.caching import KeptPages, revalidated
from web.presentation import document_view, facets
from web.presentation.diff_view import shared_pieces, version_pieces
from web.presentation.home_page import HomePage
from web.presentation.quoting_tree import quoting_tree
from web.presentation.revision_view import revision_view
from web.presentation.sharing.citations import DOWNLOADS, context_object, references
from web.presentation.sharing.oembed import script_html
from web.presentation.sharing.quote_card import quote_card
from web.presentation.sharing.structured_data import quotation_json_ld
from web.presentation.suggestions import SearchSuggestions
from web.presentation.timeline import timeline
from web.query_string import args_from_query, asks_nothing, at_page, query_from_args
from web.views.answers import page
from web.views.api import stored_document
from web.views.embed import embed_addresses
from web.views.feeds import links_to_feed

# Further versions of an utterance are on its own page; a page of answers shows what makes one click there.
VERSIONS_SHOWN: Final = 3
# Copies of one text say the same around it, too: beyond these a place is a line.
PLACES_SHOWN: Final = 6
# A page of 10,000 places had 9 MB and took 6 s: what is beyond these is in the page's JSON, and the page says so.
PLACES_LISTED, VERSIONS_LISTED = 500, 200
# Facts of documents are looked up for so many quotes of an utterance; the page still lists the others.
DOCUMENTS_LOOKED_UP: Final = 200
# Nobody reads further down a list of names; the search box finds the others.
SPEAKERS_SHOWN: Final = 500
# A spreadsheet or a program takes the whole answer, not a page of it.
DOWNLOADED: Final = 1000  # utterances
TYPED_LENGTH: Final = 200  # characters of a beginning that are looked at and said back
PAGES_AROUND: Final = 2  # links to so many pages before and after the one shown


def page_blueprint(settings: Settings, store: Store) -> Blueprint:
    """Return the pages over one store."""
    pages = Blueprint("pages", __name__)
    home_page = HomePage(store)
    suggestions = SearchSuggestions(store)

    @pages.get("/")
    def home() -> Response:
        return revalidated(store, lambda: page("home.html", overview=home_page.overview(store.state())))

    @pages.get("/search")
    def search() -> AnyResponse:
        if asks_nothing(request.args):
            return redirect(url_for("pages.home"))
        query = at_page(query_from_args(request.args, settings), request.args)
        return revalidated(store, lambda: _answer(find(store, query)))

    @pages.get("/quotes/<path:id_>")
    def quote(id_: str) -> Response:
        """Answer with the utterance of a quote: the address to cite, since ids of quotes stay when utterances are joined."""
        return revalidated(store, lambda: _utterance_page(store, utterance_of_quote(store, id_), id_))

    @pages.get("/documents/<path:id_>")
    def document(id_: str) -> Response:
        stored, against = stored_document(store, id_), request.args.get("against")
        return revalidated(store, lambda: _document_page(store, stored, against))

    kept_speakers = KeptPages()

    @pages.get("/speakers")
    def speakers() -> Response:
        return revalidated(
            store, lambda: page("speakers.html", speakers=store.speaker_table()[:SPEAKERS_SHOWN]), kept_speakers
        )

    @pages.get("/about")
    def about() -> Response:
        return page("about.html")

    @pages.get("/opensearch.xml")
    def opensearch() -> Response:
        response = page("opensearch.xml", base=request.url_root)
        response.mimetype = "application/opensearchdescription+xml"
        return response

    @pages.get("/suggest")
    def suggest() -> Response:
        """Answer the names that go on as what is typed into a browser's search box begins."""
        typed = request.args.get("q", "")[:TYPED_LENGTH]
        return revalidated(
            store, lambda: Response(encoded(suggestions.answer(typed)), content_type="application/x-suggestions+json")
        )

    return pages


def _search_url(query: Query) -> str:
    """Return the address of the page of answers to `query`, the offset as the number of a page."""
    return _page_url(query, query.offset // query.limit + 1)


def _page_url(query: Query, number: int) -> str:
    args = args_from_query(query) | ({"page": number} if number > 1 else {})
    return url_for("pages.search", **args)


def _answer(result: Result) -> Response:
    query = result.query
    return page(
        "search.html",
        result=result,
        query=query,
        sure=[utterance for utterance in result.utterances if utterance.sure],
        possible=[utterance for utterance in result.utterances if not utterance.sure],
        facets=facets.facets(result, _search_url),
        chips=facets.chips(query, _search_url),
        clear_url=_search_url(without_filters(query)) if query.text else url_for("pages.home"),
        form_fields=_form_fields(query),
        pages=_Pages(query, result.total_utterances),
        downloads=_downloads(query),
        feeds=links_to_feed(lambda format_: url_for("feeds.search_feed", format_=format_, **args_from_query(query))),
        versions_shown=VERSIONS_SHOWN,
        values_shown=facets.VALUES_SHOWN,
        version_pieces=partial(version_pieces, asked=query.text),
        shared_pieces=partial(shared_pieces, asked=query.text),
        search_url=_search_url,
        query_with=replace,
    )


class _Pages:
    """The pages of an answer around the one that is shown, each with its address."""

    def __init__(self, query: Query, total: int) -> None:
        self.number = query.offset // query.limit + 1
        self.last = max((total + query.limit - 1) // query.limit, 1)
        self._query = query

    def url(self, number: int) -> str:
        """Return the address of a page, from 1."""
        return _page_url(self._query, number)

    @property
    def near(self) -> range:
        """Return the numbers of the pages around the one that is shown."""
        return range(max(1, self.number - PAGES_AROUND), min(self.last, self.number + PAGES_AROUND) + 1)


def _form_fields(query: Query) -> list[tuple[str, str]]:
    """Return the filters as fields of a form, which sends them again with the words."""
    fields = []
    for name, value in args_from_query(query).items():
        if name != "q":
            fields += [(name, item) for item in (value if isinstance(value, list) else [value])]
    return fields


def _downloads(query: Query) -> list[tuple[str, str]]:
    args = args_from_query(query) | {"limit": DOWNLOADED}
    views = {"CSV": "api.quotes_csv", "JSON": "api.quotes", "JSON Lines": "api.quotes_jsonl"}
    tables = [(name, url_for(view, **args)) for name, view in views.items()]
    return tables + [(label, url_for("api.cited_quotes", format_=name, **args)) for name, label in DOWNLOADS.items()]


def _utterance_page(store: Store, utterance: Utterance, asked_id: str) -> Response:
    documents = _documents(store, utterance)
    cited = _cited_quote(utterance, asked_id)
    card = quote_card(utterance, cited.id)
    addresses = embed_addresses(card)
    return page(
        "utterance.html",
        utterance=utterance,
        asked_id=asked_id,
        version_pieces=version_pieces,
        places_shown=PLACES_SHOWN,
        places_listed=PLACES_LISTED,
        versions_listed=VERSIONS_LISTED,
        printings=list(islice(_printings(utterance), PLACES_LISTED)),
        timeline=timeline(utterance.versions),
        quoting=quoting_tree(utterance.quotes),
        speakers=_tally(quote.speaker for quote in utterance.quotes),
        outlets=_tally(quote.outlet for quote in utterance.quotes),
        documents=documents,
        corrections=_corrections(store, utterance),
        cited=cited,
        references=references(cited, documents),
        context_object=context_object,
        citation_downloads=DOWNLOADS,
        feeds=links_to_feed(lambda format_: url_for("feeds.utterance_feed", id_=asked_id, format=format_)),
        card=card,
        addresses=addresses,
        snippet=script_html(card, addresses, url_for("embed.script", _external=True)),
        json_ld=quotation_json_ld(utterance, lambda id_: url_for("pages.quote", id_=id_, _external=True)),
    )


def _printings(utterance: Utterance) -> Iterator[tuple[int, Quote]]:
    """Yield each quote of an utterance with the number of its version, from 1."""
    for number, version in enumerate(utterance.versions, 1):
        yield from ((number, quote) for quote in version.quotes)


def _cited_quote(utterance: Utterance, asked_id: str) -> Quote:
    """Return the quote that was asked for; the earliest known one where the utterance itself was."""
    asked = (quote for quote in utterance.quotes if quote.id == asked_id != utterance.id)
    return next(asked, utterance.versions[0].quotes[0])


def _documents(store: Store, utterance: Utterance) -> dict[str, Document]:
    """Return the documents that print an utterance, by id: what is known of their dates, and how."""
    ids = dict.fromkeys(quote.document_id for quote in utterance.quotes if quote.document_id)
    documents = {id_: store.document(id_) for id_ in list(ids)[:DOCUMENTS_LOOKED_UP]}
    return {id_: document for id_, document in documents.items() if document is not None}


def _corrections(store: Store, utterance: Utterance) -> dict[str, list[Correction]]:
    """Return what people corrected of the quotes of an utterance, by id."""
    corrected = [quote.id for quote in utterance.quotes if QuoteFlag.CORRECTED in quote.flags]
    return {id_: store.corrections_of(id_) for id_ in corrected[:DOCUMENTS_LOOKED_UP]}


def _document_page(store: Store, document: Document, against: str | None) -> Response:
    quotes = store.quotes_of_document(document.id)
    quotes.sort(key=lambda quote: quote.spans[:1])
    paragraphs = document_view.marked_paragraphs(document, quotes)
    headline, paragraphs_below = document_view.split_headline(paragraphs, document.title)
    return page(
        "document.html",
        document=document,
        headline=headline,
        sections=document_view.split_comments(paragraphs_below),
        quotes=quotes,
        speakers=_tally(quote.speaker for quote in quotes if not quote.scare),
        revision_view=revision_view(store, document, against),
        copies=copies(store, document),
    )


def _tally(values: Iterable[str | None]) -> list[tuple[str, int]]:
    """Return each value and how often it comes, in the order in which they come first."""
    return list(Counter(value for value in values if value).items())
