"""The check of a manuscript: a page with a form, and the same for programs. Nothing of it is stored, logged or put into an address."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, abort, make_response, render_template, request

from indexer.input.input_file import ReadOptions
from indexer.manuscript import PASTED, read_manuscript
from search.checking.check import check_manuscript
from search.checking.formats import COMPARED, render_reports
from search.checking.formats.json import ListReportObject, ReportObject, list_report_object
from search.checking.listed_quotations import manuscript_of
from search.checking.report import CheckReport, Manuscript
from search.errors import QueryError, ReadError
from search.message import Message
from search.renderers.json import encoded
from search.storage.store import Store
from web.description.arguments import MOST_QUOTATIONS, ListedQuotations, ManuscriptArguments, NoArguments, read_body
from web.description.operation import operation
from web.language.messages import said
from web.rate_limits import charge_quotations

MANUSCRIPT_BYTES: Final = 2_000_000  # that are taken: a long book is 1.5 MB, a novel in DOCX less
_NAME_LENGTH: Final = 200  # code points of a file name that are shown again


def check_blueprint(store: Store) -> Blueprint:
    """Return the page and the API of the check."""
    check = Blueprint("check", __name__)

    @check.before_request
    def take_a_manuscript() -> None:
        # The other addresses take no body at all (`web.app.REQUEST_BYTES`).
        request.max_content_length = MANUSCRIPT_BYTES
        request.max_form_memory_size = MANUSCRIPT_BYTES

    @check.after_request
    def keep_nowhere(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        return response

    @check.get("/check")
    def form() -> str:
        return _page(typed="", reports=(), trouble=None)

    @check.post("/check")
    def checked() -> Response:
        """Answer with the verdicts, the pasted words in the form again; what cannot be read is said in its place."""
        typed = request.form.get("text", "")
        try:
            reports, trouble = _reports(store, *_sent(typed)), None
        except ReadError as error:
            reports, trouble = [], said(error)
        page = _page(typed=typed, reports=reports, trouble=trouble)
        return make_response(page, 200 if trouble is None else 400)

    @check.post("/api/v1/check")
    @operation(
        {"application/json": ReportObject, "application/x-ndjson": None},
        arguments=ManuscriptArguments,
        body={"text/plain": None, "application/octet-stream": None},
        tagged=False,
    )
    def check_manuscript_sent(given: ManuscriptArguments) -> Response:
        """Check a manuscript: the verdict on each of its quotations, as `quotes check --json` prints it.

        The body is the manuscript itself, of at most 2 MB and 500 quotations; nothing of it is stored. A file of several manuscripts
        is answered with one JSON object a line.
        """
        try:
            reports = _reports(store, request.get_data(cache=False), given.name[:_NAME_LENGTH] or PASTED)
        except ReadError as error:
            raise QueryError(str(error)) from error
        several = len(reports) > 1
        media_type = "application/x-ndjson" if several else "application/json"
        return Response(render_reports("json", reports), content_type=f"{media_type}; charset=utf-8")

    @check.post("/api/v1/check/quotations")
    @operation({"application/json": ListReportObject}, body={"application/json": ListedQuotations}, tagged=False)
    def check_list(_: NoArguments) -> Response:
        """Check a list of quotations: the verdict on each, in its order.

        At most 500 quotations and 2 MB; nothing of them is stored.
        """
        if request.mimetype != "application/json":
            abort(415, Message("A list of quotations is sent as application/json."))
        listed = read_body(ListedQuotations, request.get_data(cache=False)).quotations
        charge_quotations(len(listed))
        report = check_manuscript(store, manuscript_of((one.text, one.speaker) for one in listed))
        return Response(
            encoded(list_report_object(report, [one.id for one in listed])), content_type="application/json"
        )

    return check


def _sent(typed: str) -> tuple[bytes, str]:
    """Return the bytes of the form's file, or of the words pasted into it, and the name to read them by."""
    file = request.files.get("file")
    if file is not None and file.filename:
        return file.read(), file.filename[:_NAME_LENGTH]
    if not typed.strip():
        raise ReadError(Message("There is nothing to check: paste a text, or choose a file."))
    return typed.encode("utf-8", "replace"), PASTED


def _reports(store: Store, data: bytes, name: str) -> list[CheckReport]:
    manuscripts: list[Manuscript] = []
    quotations = 0
    for manuscript in read_manuscript(data, name, ReadOptions(max_bytes=10 * MANUSCRIPT_BYTES)):
        quotations += len(manuscript.attributions)
        if quotations > MOST_QUOTATIONS:
            raise ReadError(
                Message(
                    "This manuscript has more than %(most)s quotations: `quotes check FILE` takes any number.",
                    most=MOST_QUOTATIONS,
                )
            )
        manuscripts.append(manuscript)
    charge_quotations(quotations)
    return [check_manuscript(store, manuscript) for manuscript in manuscripts]


def _page(**values: object) -> str:
    return render_template("check.html", compared=COMPARED, **values)
