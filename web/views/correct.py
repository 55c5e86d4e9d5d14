"""Correcting quotes, utterances and names, by whoever is logged in: each form is one correction, with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import unquote

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response as AnyResponse

from search.corrections.correction import REASON_LENGTH, CorrectionKind
from search.errors import QueryError, QuoteNotFound, QuotesError
from search.find.utterance_page import translated_quote_ids, utterance_of_quote
from search.message import Message
from search.model import Quote, Utterance
from search.storage.store import Store
from web.errors import status_code
from web.language.messages import said

CORRECTIONS_SHOWN: Final = 500  # corrections on their page, the last first; the command lists all
_QUOTE_PATH: Final = "/quotes/"


def correction_blueprint(store: Store) -> Blueprint:
    """Return the pages by which people correct."""
    correct = Blueprint("correct", __name__)

    @correct.after_request
    def keep_nowhere(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        return response

    @correct.get("/correct/<path:id_>")
    @login_required  # type: ignore[untyped-decorator]
    def form(id_: str) -> str:
        return _page(store, id_)

    @correct.post("/correct/<path:id_>")
    @login_required  # type: ignore[untyped-decorator]
    def corrected(id_: str) -> AnyResponse:
        """Make the correction of the form that was sent; what cannot be done is said, with what was typed in its place."""
        try:
            _make(store, id_)
        except QuotesError as error:
            return make_response(_page(store, id_, trouble=said(error)), status_code(error))
        return redirect(url_for("correct.form", id_=id_), 303)

    @correct.get("/corrections")
    @login_required  # type: ignore[untyped-decorator]
    def listed() -> str:
        return _listing(store)

    @correct.post("/undo/<id_>")
    @login_required  # type: ignore[untyped-decorator]
    def undone(id_: str) -> AnyResponse:
        try:
            correction = store.undo_correction(id_, current_user.name, _reason())
        except QuotesError as error:
            return make_response(_listing(store, trouble=said(error)), status_code(error))
        quote = correction.quotes[0].id if correction.quotes and request.form.get("back") else None
        return redirect(url_for("correct.form", id_=quote) if quote else url_for("correct.listed"), 303)

    return correct


def _make(store: Store, id_: str) -> None:
    """Make the correction that the form asks for. Raises QueryError or QuoteNotFound where it cannot be made."""
    action, reason = request.form.get("action", ""), _reason()
    name = " ".join(request.form.get("name", "").split())
    shown = _shown(_utterance(store, id_), id_)
    quotes: Sequence[str] = [id_]
    names: Sequence[str] = []
    if action == "speaker":
        kind, names = CorrectionKind.SPEAKER, [name] if name else []
    elif action in ("scare", "said", "hide"):
        kind = CorrectionKind(action)
    elif action == "join":
        kind, quotes = CorrectionKind.JOIN, [id_, quote_of_address(request.form.get("other", ""))]
    elif action == "split":
        kind, quotes = CorrectionKind.SPLIT, [id_, *store.other_versions(id_), *translated_quote_ids(store, id_)]
    elif action == "rename" and shown is not None and shown.speaker:
        also = next((row.names for row in store.speaker_table() if row.name == shown.speaker), ())
        kind, quotes, names = CorrectionKind.SAME_PERSON, [], [name, shown.speaker, *also]
    elif action == "apart" and shown is not None and shown.speaker:
        kind, quotes, names = CorrectionKind.OTHER_PERSON, [], [shown.speaker, name]
    else:
        raise QueryError(Message("That is nothing that can be corrected here."))
    store.correct(kind, current_user.name, reason, quotes=quotes, names=names)


def _reason() -> str:
    reason = " ".join(request.form.get("reason", "").split())
    if not reason:
        raise QueryError(Message("A reason is missing: say in a few words why, for those who come after you."))
    return reason


def quote_of_address(typed: str) -> str:
    """Return the id of the quote that somebody means who pastes its address, or types its id."""
    named = typed.strip()
    if _QUOTE_PATH in named:
        return unquote(named.partition(_QUOTE_PATH)[2].partition("?")[0].partition("#")[0])
    return named


def _utterance(store: Store, id_: str) -> Utterance | None:
    """Return the utterance of a quote; None where the quote is hidden."""
    try:
        return utterance_of_quote(store, id_, possible=False)
    except QuoteNotFound:
        return None


def _shown(utterance: Utterance | None, id_: str) -> Quote | None:
    """Return a quote as it is shown, with its speaker across documents; None where it is hidden."""
    return next((quote for quote in utterance.quotes if quote.id == id_), None) if utterance is not None else None


def _page(store: Store, id_: str, trouble: str | None = None) -> str:
    read = store.quote_as_read(id_)
    if read is None:
        raise QuoteNotFound(Message("There is no quote of that name in this archive."))
    utterance = _utterance(store, id_)
    shown = _shown(utterance, id_)
    return render_template(
        "correct.html",
        read=read,
        shown=shown,
        corrections=store.corrections_of(id_)[::-1],
        versions=len(utterance.versions) if utterance is not None else 0,
        can_be_split=shown is not None and bool(store.other_versions(id_)),
        translations=len(translated_quote_ids(store, id_)) if shown is not None else 0,
        trouble=trouble,
        typed=request.form if trouble else {},
        reason_length=REASON_LENGTH,
    )


def _listing(store: Store, trouble: str | None = None) -> str:
    corrections = store.corrections()[::-1]
    return render_template(
        "corrections.html",
        corrections=corrections[:CORRECTIONS_SHOWN],
        more=len(corrections[CORRECTIONS_SHOWN:]),
        trouble=trouble,
    )
