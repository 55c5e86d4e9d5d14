"""The pages. Each view is one line of data flow: request.args -> Query -> Result -> template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from search.documents.syndication import copies
from search.errors import QuoteNotFound
from search.find.find import find
from search.find.query_language import without_filters
from search.find.utterance_page import utterance_of_quote
from search.model import Document, Query, Result, Utterance
from search.settings import Settings
from search.storage.store import Store
from web.caching import kept_fresh
from web.presentation import document_view, facets
from web.presentation.diff_view import version_pieces
from web.presentation.home_page import HomePage
from web.presentation.revision_view import changes
from web.presentation.timeline import timeline
from web.query_string import arguments, asked, is_empty, page_of

# Further versions of an utterance are on its own page; a page of answers shows what makes one click there.
VERSIONS_SHOWN = 3
# Copies of one text say the same around it, too: beyond these a place is a line.
PLACES_SHOWN = 6
# Facts of documents are looked up for so many quotes of an utterance; the page still lists them all.
DOCUMENTS_LOOKED_UP = 200
# Nobody reads further down a list of names; the search box finds the others.
SPEAKERS_SHOWN = 500
# A spreadsheet or a program takes the whole answer, not a page of it.
DOWNLOADED = 1000


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """The pages over one store."""
    pages = Blueprint("pages", __name__)
    front = HomePage(store)

    @pages.get("/")
    def home() -> Response:
        return kept_fresh(store, lambda: _page("home.html", front=front.facts(store.state())))

    @pages.get("/search")
    def search() -> AnyResponse:
        if is_empty(request.args):
            return redirect(url_for("pages.home"))
        query = page_of(asked(request.args, settings), request.args)
        return kept_fresh(store, lambda: _answer(find(store, query)))

    @pages.get("/quotes/<path:id_>")
    def quote(id_: str) -> Response:
        """The address to cite: utterances may be joined and named anew, a quote's own id stays, and always leads here."""
        return kept_fresh(store, lambda: _utterance_page(store, utterance_of_quote(store, id_), id_))

    @pages.get("/documents/<path:id_>")
    def document(id_: str) -> Response:
        found = store.document(id_)
        if found is None:
            raise QuoteNotFound("There is no document of that name in this archive.")
        against = request.args.get("against")
        return kept_fresh(store, lambda: _document_page(store, found, against))

    @pages.get("/speakers")
    def speakers() -> Response:
        return kept_fresh(store, lambda: _page("speakers.html", speakers=store.speaker_table()[:SPEAKERS_SHOWN]))

    @pages.get("/about")
    def about() -> Response:
        return _page("about.html")

    @pages.get("/opensearch.xml")
    def opensearch() -> Response:
        response = _page("opensearch.xml", base=request.url_root)
        response.mimetype = "application/opensearchdescription+xml"
        return response

    return pages


def _page(template: str, **values: Any) -> Response:
    return make_response(render_template(template, **values))


def _search_url(query: Query) -> str:
    """The address of the page of answers to `query`, the offset as the number of a page."""
    return _page_url(query, query.offset // query.limit + 1)


def _page_url(query: Query, number: int) -> str:
    given = arguments(query) | ({"page": number} if number > 1 else {})
    return url_for("pages.search", **given)


def _answer(result: Result) -> Response:
    query = result.query
    return _page(
        "search.html",
        result=result,
        query=query,
        sure=[utterance for utterance in result.utterances if utterance.sure],
        possible=[utterance for utterance in result.utterances if not utterance.sure],
        facets=facets.facets(result, _search_url),
        chips=facets.chips(query, _search_url),
        clear_url=_search_url(without_filters(query)) if query.text else url_for("pages.home"),
        carried=_carried(query),
        pages=_Pages(query, result.total_utterances),
        downloads=_downloads(query),
        shown=VERSIONS_SHOWN,
        facet_shown=facets.SHOWN,
        version_pieces=version_pieces,
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
        return _page_url(self._query, number)

    @property
    def near(self) -> list[int]:
        return [n for n in range(1, self.last + 1) if abs(n - self.number) <= 2] if self.last < 100_000 else []


def _carried(query: Query) -> list[tuple[str, str]]:
    """The filters as fields of a form, which sends them again with the words."""
    found = []
    for name, value in arguments(query).items():
        if name != "q":
            found += [(name, item) for item in (value if isinstance(value, list) else [value])]
    return found


def _downloads(query: Query) -> list[tuple[str, str]]:
    given = arguments(query) | {"limit": DOWNLOADED}
    names = {"CSV": "api.quotes_csv", "JSON": "api.quotes", "JSON Lines": "api.quotes_jsonl"}
    return [(name, url_for(view, **given)) for name, view in names.items()]


def _utterance_page(store: Store, utterance: Utterance, asked_id: str) -> Response:
    return _page(
        "utterance.html",
        utterance=utterance,
        asked_id=asked_id,
        version_pieces=version_pieces,
        places_shown=PLACES_SHOWN,
        timeline=timeline(utterance.versions),
        speakers=_counted(quote.speaker for quote in utterance.quotes),
        outlets=_counted(quote.outlet for quote in utterance.quotes),
        provenance=_provenance(store, utterance),
    )


def _provenance(store: Store, utterance: Utterance) -> dict[str, Document]:
    """The documents that print an utterance, by id: what is known of their dates, and how."""
    ids = dict.fromkeys(quote.document_id for quote in utterance.quotes if quote.document_id)
    found = {id_: store.document(id_) for id_ in list(ids)[:DOCUMENTS_LOOKED_UP]}
    return {id_: document for id_, document in found.items() if document is not None}


def _document_page(store: Store, document: Document, against: str | None) -> Response:
    quotes = store.quotes_of_document(document.id)
    quotes.sort(key=lambda quote: quote.spans[:1])
    headline, blocks = document_view.headline_apart(document_view.blocks(document, quotes), document.title)
    return _page(
        "document.html",
        document=document,
        headline=headline,
        parts=document_view.parts(blocks),
        quotes=quotes,
        speakers=_counted(quote.speaker for quote in quotes if not quote.scare),
        changes=changes(store, document, against),
        copies=copies(store, document),
    )


def _counted(values: Iterable[str | None]) -> list[tuple[str, int]]:
    """Each value and how often it comes, in the order in which they come first."""
    return list(Counter(value for value in values if value).items())
