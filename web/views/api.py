"""The HTTP API: the bytes of `quotes find --json` and its like, for any program. GET only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from shutil import disk_usage
from typing import Any, Final, TypedDict

from flask import Blueprint, Response, request, url_for

from search import renderers
from search.answer_shapes import DocumentObject, ResultObject, RevisionObject, SpeakerObject, UtteranceObject
from search.documents.revisions import revisions_of
from search.documents.syndication import copies
from search.errors import QueryError, QuoteNotFound
from search.find.bylines import only_quote, with_bylines
from search.find.find import find
from search.find.utterance_page import utterance_of_quote
from search.message import Message
from search.model import Document, Query, Result
from search.renderers import CITATION_FORMATS
from search.renderers.json import document_object, encoded, revision_object, speaker_object, utterance_object
from search.settings import Settings
from search.storage.store import Store
from web.caching import revalidated
from web.description.arguments import (
    CitationArguments,
    FindArguments,
    NoArguments,
    PageArguments,
    RevisionArguments,
)
from web.description.cursor import cursor_at, read_cursor
from web.description.operation import operation
from web.presentation.revision_view import revision_view
from web.query_string import args_from_query, query_from_args
from web.views.answers import json_answer

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
SPEAKERS_LISTED: Final = 100  # where the address does not say how many
_CITED: Final = {
    MEDIA_TYPES[name][0].partition(";")[0]: list[dict[str, Any]] if name == "csl" else None for name in CITATION_FORMATS
}
_SPEAKERS: Final = "speakers"
_CHANGED: Final = (
    "The archive has changed since the part before this one: some utterances may stand in both, or in neither."
)
_SAVED_AS: Final = {"bibtex": "bib", "csl": "json"}  # other names of files than those of the formats


class HealthObject(TypedDict):
    """How many quotes can be searched, how many changes the index has not seen yet, and the bytes that are free on the disk."""

    status: str
    quotes: int
    behind: int
    free_bytes: int


def api_blueprint(settings: Settings, store: Store) -> Blueprint:
    """Return the API over one store."""
    api = Blueprint("api", __name__)

    def found(given: FindArguments, format_: str) -> Response:
        state = store.state()
        part = _part(query_from_args(request.args, settings), given, state)
        return revalidated(store, lambda: _rendered(_found(store, part, format_), format_, state))

    @api.get("/api/v1/quotes")
    @operation({"application/json": ResultObject}, arguments=FindArguments, linked=True)
    def quotes(given: FindArguments) -> Response:
        """Find every version of a quote: the answer of `quotes find --json`."""
        return found(given, "json")

    @api.get("/api/v1/quotes.csv")
    @operation({"text/csv": None}, arguments=FindArguments, linked=True)
    def quotes_csv(given: FindArguments) -> Response:
        """Find quotes, as a table that Excel opens."""
        return found(given, "csv")

    @api.get("/api/v1/quotes.jsonl")
    @operation({"application/x-ndjson": None}, arguments=FindArguments, linked=True)
    def quotes_jsonl(given: FindArguments) -> Response:
        """Find quotes, one JSON object a line."""
        return found(given, "jsonl")

    @api.get(f"/api/v1/quotes.<any({', '.join(CITATION_FORMATS)}):format_>")
    @operation(_CITED, arguments=FindArguments, linked=True)
    def cited_quotes(given: FindArguments, format_: str) -> Response:
        """Find quotes, as references to the articles that print them."""
        return found(given, format_)

    @api.get("/api/v1/citations/<path:id_>")
    @operation(_CITED, arguments=CitationArguments)
    def citation(given: CitationArguments, id_: str) -> Response:
        """Cite one quote by the article that prints it."""
        cited = only_quote(utterance_of_quote(store, id_, possible=False), id_)
        return revalidated(store, lambda: _rendered(with_bylines(store, cited), given.format, store.state()))

    @api.get("/api/v1/utterances/<path:id_>")
    @operation({"application/json": UtteranceObject})
    def utterance(_: NoArguments, id_: str) -> Response:
        """Show the utterance that a quote belongs to, with every version of it.

        Versions stand earliest known first. The id is that of any of its quotes, which stays when utterances are joined or parted.
        """
        return revalidated(store, lambda: json_answer(utterance_object(utterance_of_quote(store, id_))))

    @api.get("/api/v1/documents/<path:id_>")
    @operation({"application/json": DocumentObject})
    def document(_: NoArguments, id_: str) -> Response:
        """Show a stored document."""
        stored = stored_document(store, id_)
        return revalidated(
            store, lambda: json_answer(document_object(stored, revisions_of(store, stored), copies(store, stored)))
        )

    @api.get("/api/v1/revisions/<path:id_>")
    @operation({"application/json": RevisionObject}, arguments=RevisionArguments)
    def revision(given: RevisionArguments, id_: str) -> Response:
        """Show what changed between two revisions of a page."""
        stored = stored_document(store, id_)
        return revalidated(store, lambda: _revision(store, stored, given.against or None))

    @api.get("/api/v1/speakers")
    @operation({"application/json": list[SpeakerObject]}, arguments=PageArguments, linked=True)
    def speakers(given: PageArguments) -> Response:
        """List who is quoted, most quoted first: the answer of `quotes speakers list --json`."""
        state = store.state()
        first = read_cursor(given.cursor, _SPEAKERS, state).offset if given.cursor else 0
        end = first + (given.limit or SPEAKERS_LISTED)

        def listed() -> Response:
            rows = store.speaker_table()
            response = json_answer([speaker_object(row) for row in rows[first:end]])
            if end < len(rows):
                response.headers["Link"] = _link(cursor_at(end, _SPEAKERS, state), {"limit": end - first})
            return response

        return revalidated(store, listed)

    @api.get("/healthz")
    @operation({"application/json": HealthObject}, tagged=False)
    def healthz(_: NoArguments) -> Response:
        """Answer 200 once a search can be answered; else 503, `failing` naming the parts that do not answer."""
        store.health.check()
        with store.reading() as reader:
            size = reader.size
        health: HealthObject = {
            "status": "ok",
            "quotes": size,
            "behind": store.behind(),
            "free_bytes": disk_usage(store.folder).free,
        }
        response = json_answer(health)
        response.headers["Cache-Control"] = "no-store"
        return response

    return api


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of an answer that is asked for; `is_current` unless the archive has changed since the part before."""

    query: Query
    is_current: bool = True


def _part(query: Query, given: FindArguments, state: str) -> _Part:
    query = replace(query, limit=given.limit or query.limit)
    if not given.cursor:
        return _Part(replace(query, offset=given.offset))
    if given.offset:
        raise QueryError("`offset` and `cursor` say the same thing; give one of them.")
    cursor = read_cursor(given.cursor, _question(query), state)
    return _Part(replace(query, offset=cursor.offset), cursor.is_current)


def _question(query: Query) -> str:
    """Return what a query asks for, as text, without the part of the answer that it asks for."""
    return encoded(args_from_query(query))


def _found(store: Store, part: _Part, format_: str) -> Result:
    result = find(store, part.query)
    if not part.is_current:
        result = replace(result, notes=(*result.notes, _CHANGED))
    return with_bylines(store, result) if format_ in CITATION_FORMATS else result


def stored_document(store: Store, id_: str) -> Document:
    """Return the document of that id. Raises QuoteNotFound if there is none."""
    document = store.document(id_)
    if document is None:
        raise QuoteNotFound(Message("There is no document of that name in this archive."))
    return document


def _revision(store: Store, document: Document, against: str | None) -> Response:
    view = revision_view(store, document, against)
    if view is None:
        raise QuoteNotFound("There is only one revision of that document in this archive.")
    return json_answer(revision_object(view.diff))


def _rendered(result: Result, format_: str, state: str) -> Response:
    media_type, saved = MEDIA_TYPES[format_]
    response = Response(renderers.render_as(format_, result), content_type=media_type)
    if saved:
        response.headers["Content-Disposition"] = f'attachment; filename="quotes.{_SAVED_AS.get(format_, format_)}"'
    query = result.query
    following = query.offset + query.limit
    if following < result.total_utterances:
        cursor = cursor_at(following, _question(query), state)
        response.headers["Link"] = _link(cursor, args_from_query(query) | {"limit": query.limit})
    return response


def _link(cursor: str, args: Mapping[str, Any]) -> str:
    """Return the `Link` to the next part of what is answered (RFC 8288)."""
    address = url_for(str(request.endpoint), **args, **(request.view_args or {}), cursor=cursor)
    return f'<{address}>; rel="next"'
