"""The HTTP API: the bytes of `quotes find --json` and its like, for any program. GET only."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, request, url_for

from search import renderers
from search.documents.revisions import revisions_of
from search.documents.syndication import copies
from search.errors import QueryError, QuoteNotFound
from search.find.bylines import only_quote, with_bylines
from search.find.find import find
from search.find.utterance_page import utterance_of_quote
from search.model import Document, Query, Result
from search.renderers.json import document_object, encoded, revision_object, utterance_object
from search.settings import Settings
from search.storage.store import Store
from web.caching import revalidated
from web.presentation.revision_view import revision_view
from web.query_string import args_from_query, at_offset, query_from_args

# Format of the answer: its renderer, its type, and whether a browser should save it rather than show it.
MEDIA_TYPES: Final = {
    "json": ("application/json", False),
    "jsonl": ("application/x-ndjson", True),
    "csv": ("text/csv; charset=utf-8", True),
    "apa": ("text/plain; charset=utf-8", False),
    "chicago": ("text/plain; charset=utf-8", False),
    "mla": ("text/plain; charset=utf-8", False),
    "bibtex": ("application/x-bibtex; charset=utf-8", True),
    "ris": ("application/x-research-info-systems; charset=utf-8", True),
    "csl": ("application/vnd.citationstyles.csl+json", True),
}
CITATIONS: Final = ("apa", "chicago", "mla", "bibtex", "ris", "csl")
_SAVED_AS: Final = {"bibtex": "bib", "csl": "json"}  # other names of files than those of the formats


def api_blueprint(settings: Settings, store: Store) -> Blueprint:
    """Return the API over one store."""
    api = Blueprint("api", __name__)

    def answer(format_: str) -> Response:
        query = at_offset(query_from_args(request.args, settings), request.args)
        return revalidated(store, lambda: _rendered(_found(store, query, format_), format_))

    @api.get("/api/v1/quotes")
    def quotes() -> Response:
        return answer("json")

    @api.get("/api/v1/quotes.csv")
    def quotes_csv() -> Response:
        return answer("csv")

    @api.get("/api/v1/quotes.jsonl")
    def quotes_jsonl() -> Response:
        return answer("jsonl")

    @api.get(f"/api/v1/quotes.<any({', '.join(CITATIONS)}):format_>")
    def cited_quotes(format_: str) -> Response:
        """Answer references to the articles that print what is found."""
        return answer(format_)

    @api.get("/api/v1/citations/<path:id_>")
    def citation(id_: str) -> Response:
        """Answer a reference to the article that prints a quote, as `?format=apa` (the default) and its like says."""
        format_ = request.args.get("format", CITATIONS[0])
        if format_ not in CITATIONS:
            raise QueryError(f"`format` must be one of: {', '.join(CITATIONS)}.")
        cited = only_quote(utterance_of_quote(store, id_, possible=False), id_)
        return revalidated(store, lambda: _rendered(with_bylines(store, cited), format_))

    @api.get("/api/v1/utterances/<path:id_>")
    def utterance(id_: str) -> Response:
        return revalidated(store, lambda: _json(utterance_object(utterance_of_quote(store, id_))))

    @api.get("/api/v1/documents/<path:id_>")
    def document(id_: str) -> Response:
        stored = stored_document(store, id_)
        return revalidated(
            store, lambda: _json(document_object(stored, revisions_of(store, stored), copies(store, stored)))
        )

    @api.get("/api/v1/revisions/<path:id_>")
    def revision(id_: str) -> Response:
        """Answer what changed between a revision of a page and another: `?against=ID`, else the one before it."""
        stored, against = stored_document(store, id_), request.args.get("against")
        return revalidated(store, lambda: _revision(store, stored, against))

    @api.get("/healthz")
    def healthz() -> Response:
        """Answer 200 once a search can be answered; opening a snapshot of the index is what a search begins with."""
        with store.reading() as reader:
            size = reader.size
        response = _json({"status": "ok", "quotes": size, "behind": store.behind()})
        response.headers["Cache-Control"] = "no-store"
        return response

    return api


def _found(store: Store, query: Query, format_: str) -> Result:
    result = find(store, query)
    return with_bylines(store, result) if format_ in CITATIONS else result


def stored_document(store: Store, id_: str) -> Document:
    """Return the document of that id. Raises QuoteNotFound if there is none."""
    document = store.document(id_)
    if document is None:
        raise QuoteNotFound("There is no document of that name in this archive.")
    return document


def _json(body: object) -> Response:
    return Response(encoded(body), content_type=MEDIA_TYPES["json"][0])


def _revision(store: Store, document: Document, against: str | None) -> Response:
    view = revision_view(store, document, against)
    if view is None:
        raise QuoteNotFound("There is only one revision of that document in this archive.")
    return _json(revision_object(view.diff))


def _rendered(result: Result, format_: str) -> Response:
    media_type, saved = MEDIA_TYPES[format_]
    response = Response(renderers.render_as(format_, result), content_type=media_type)
    if saved:
        response.headers["Content-Disposition"] = f'attachment; filename="quotes.{_SAVED_AS.get(format_, format_)}"'
    following = _next_url(result)
    if following is not None:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response


def _next_url(result: Result) -> str | None:
    """Return the address of the next part of the answer (RFC 8288), or None after the last."""
    query = result.query
    offset = query.offset + query.limit
    if offset >= result.total_utterances:
        return None
    return url_for(
        str(request.endpoint), **args_from_query(query), **(request.view_args or {}), limit=query.limit, offset=offset
    )
