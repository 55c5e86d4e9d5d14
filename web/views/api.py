"""The HTTP API: the bytes of `quotes find --json` and its like, for any program on any site. GET only."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from search import renderers
from search.documents.revisions import editions
from search.documents.syndication import copies
from search.errors import QuoteNotFound
from search.find.find import find
from search.find.utterance_page import utterance_of_quote
from search.model import Query, Result
from search.renderers.json import document_object, edition_object, encoded, utterance_object
from search.settings import Settings
from search.storage.store import Store
from web.caching import kept_fresh
from web.presentation.revision_view import changes
from web.query_string import arguments, asked, part_of

# Format of the answer: its renderer, its type, and whether a browser should save it rather than show it.
TYPES = {
    "json": ("application/json", False),
    "jsonl": ("application/x-ndjson", True),
    "csv": ("text/csv; charset=utf-8", True),
}


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """The API over one store."""
    api = Blueprint("api", __name__)

    @api.after_request
    def allow(response: Response) -> Response:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Link"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    def found(format_: str) -> Response:
        query = part_of(asked(request.args, settings), request.args)
        return kept_fresh(store, lambda: _rendered(find(store, query), format_))

    @api.get("/api/v1/quotes")
    def quotes() -> Response:
        return found("json")

    @api.get("/api/v1/quotes.csv")
    def quotes_csv() -> Response:
        return found("csv")

    @api.get("/api/v1/quotes.jsonl")
    def quotes_jsonl() -> Response:
        return found("jsonl")

    @api.get("/api/v1/utterances/<path:id_>")
    def utterance(id_: str) -> Response:
        return kept_fresh(store, lambda: _json(encoded(utterance_object(utterance_of_quote(store, id_)))))

    @api.get("/api/v1/documents/<path:id_>")
    def document(id_: str) -> Response:
        stored = store.document(id_)
        if stored is None:
            raise QuoteNotFound("There is no document of that name in this archive.")
        known = editions(store, stored)
        return kept_fresh(store, lambda: _json(encoded(document_object(stored, known, copies(store, stored)))))

    @api.get("/api/v1/editions/<path:id_>")
    def edition(id_: str) -> Response:
        """What changed between an edition of a page and another one: `?against=ID`, else the one before it."""
        stored = store.document(id_)
        found = changes(store, stored, request.args.get("against")) if stored is not None else None
        if found is None:
            raise QuoteNotFound("There is no document of that name with two editions in this archive.")
        return kept_fresh(store, lambda: _json(encoded(edition_object(found.found))))

    @api.get("/healthz")
    def healthz() -> Response:
        """200 once a search can be answered; opening a snapshot of the index is what a search begins with."""
        with store.reading() as reader:
            size = reader.size
        response = _json(encoded({"status": "ok", "quotes": size, "behind": store.behind()}))
        response.headers["Cache-Control"] = "no-store"
        return response

    return api


def _json(body: str) -> Response:
    return Response(body, content_type=TYPES["json"][0])


def _rendered(result: Result, format_: str) -> Response:
    type_, saved = TYPES[format_]
    response = Response(renderers.render(format_, result), content_type=type_)
    if saved:
        response.headers["Content-Disposition"] = f'attachment; filename="quotes.{format_}"'
    following = _following(result)
    if following is not None:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response


def _following(result: Result) -> str | None:
    """The address of the next part of the answer (RFC 8288), or None after the last."""
    query: Query = result.query
    offset = query.offset + query.limit
    if offset >= result.total_utterances:
        return None
    return url_for(str(request.endpoint), **arguments(query), limit=query.limit, offset=offset)
