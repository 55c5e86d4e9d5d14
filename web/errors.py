"""Errors as answers: a page for a person, problem+json (RFC 9457) for a program. The one table of status codes."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Final, NotRequired, TypedDict

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.wrappers import Response as AnyResponse

from search.errors import ConfigError, PartsFail, QueryError, QuoteNotFound, QuotesError, StoreError
from search.message import Message
from search.plain_line import plain_line
from web.language.messages import translated

# First match counts, so a class stands before its base.
STATUS_CODES: Final[tuple[tuple[type[QuotesError], int], ...]] = (
    (QueryError, 400),
    (QuoteNotFound, 404),
    (StoreError, 503),
    (ConfigError, 500),
    (QuotesError, 500),
)
_HEADINGS = {
    400: Message("This question could not be understood"),
    403: Message("This is not allowed"),
    404: Message("Nothing at this address"),
    405: Message("Not done at this address"),
    413: Message("This is too large"),
    414: Message("The address is too long"),
    421: Message("Not served under this name"),
    429: Message("Too many requests"),
    500: Message("Something went wrong"),
    503: Message("The archive cannot be read just now"),
}
_SENTENCES = {
    404: Message("There is no page at this address. It may be mistyped, or what it showed may have been deleted."),
    405: Message("This address can only be read, with GET."),
    413: Message("The request is larger than this server accepts."),
    414: Message("The address is too long."),
    429: Message("So many requests a minute are not answered here; ask again in a while."),
    500: Message("Something went wrong on our side; the server’s log says what."),
}
_ONLY_SENT_TO: Final = Message("Something is sent to this address, with POST; there is nothing to be read at it.")
PROBLEM_TYPE: Final = "application/problem+json"
_OF_PROGRAMS: Final = frozenset(("/healthz", "/oembed"))  # addresses that no person reads, besides those of the API
RETRY_SECONDS: Final = 10  # a lock is held for one batch of documents, mostly some seconds
AROUND_SHOWN: Final = 60  # characters before and after what could not be understood
TYPED_SHOWN: Final = 500  # characters of a refused query that the form shows again


class ProblemObject(TypedDict):
    """What went wrong (RFC 9457): `detail` is a sentence for a person, `position` where in the query the trouble is, from 0.

    `failing` names the parts that do not answer: "archive", "index".
    """

    type: str
    title: str
    status: int
    detail: str
    position: NotRequired[int]
    failing: NotRequired[list[str]]


def problem_title(status: int) -> str:
    """Return the name of an HTTP status."""
    return HTTPStatus(status).phrase if status in set(HTTPStatus) else "Error"


def status_code(error: QuotesError) -> int:
    """Return the HTTP status of an error of this project."""
    return next(code for kind, code in STATUS_CODES if isinstance(error, kind))


def handle_errors(app: Flask) -> None:
    """Have `app` answer every error, those of routing and of bugs too, in the form that fits the address."""

    @app.errorhandler(QuotesError)
    def own(error: QuotesError) -> Response:
        status = status_code(error)
        if status >= 500:
            # The view and not the address, which is a stranger's, names whom somebody looked for and may hold what a terminal obeys.
            app.logger.error("%s: %s", request.endpoint, plain_line(str(error)))
        position = error.position if isinstance(error, QueryError) else None
        failing = error.parts if isinstance(error, PartsFail) else ()
        return _answer(status, error.args[0] if error.args else "", position, failing)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> AnyResponse:
        status = error.code or 500
        if status < 400:
            return error.get_response()
        sentence = _SENTENCES.get(status, error.description or "")
        if isinstance(error, MethodNotAllowed) and "GET" not in (error.valid_methods or ()):
            sentence = _ONLY_SENT_TO
        response = _answer(status, sentence, None)
        for name, value in error.get_headers(request.environ):
            if name not in ("Content-Type", "Content-Length"):
                response.headers[name] = value
        return response


def _answer(status: int, detail: str, position: int | None, failing: Sequence[str] = ()) -> Response:
    title = problem_title(status)
    if request.path.startswith("/api/") or request.path in _OF_PROGRAMS:
        return _problem(status, title, detail, position, failing)
    typed = request.args.get("q", "")
    page = render_template(
        "error.html",
        status=status,
        title=translated(_HEADINGS.get(status, title)),
        detail=detail,
        typed=typed[:TYPED_SHOWN],
        wrong=_around(typed, position),
    )
    return _not_stored(make_response(page, status))


def _around(typed: str, position: int | None) -> tuple[str, str, str] | None:
    """Return what was typed before the word at a position, that word, and what follows; None without a position."""
    if position is None or not 0 <= position < len(typed):
        return None
    before, rest = typed[max(0, position - AROUND_SHOWN) : position], typed[position : position + TYPED_SHOWN]
    word = re.match(r"\S*", rest)
    end = word.end() if word else 0
    return before, rest[:end], rest[end : end + AROUND_SHOWN]


def _problem(status: int, title: str, detail: str, position: int | None, failing: Sequence[str]) -> Response:
    body: ProblemObject = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if position is not None:
        body["position"] = position
    if failing:
        body["failing"] = list(failing)
    answer = Response(json.dumps(body, ensure_ascii=False) + "\n", status, content_type=PROBLEM_TYPE)
    return _not_stored(answer)


def _not_stored(response: Response) -> Response:
    """Return the response with headers that keep it out of caches: an error is true for this moment only."""
    response.headers["Cache-Control"] = "no-store"
    if response.status_code == 503:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
