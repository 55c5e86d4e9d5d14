"""Adding documents in the browser: files, addresses, feeds; and how far each of these jobs is."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask_login import current_user, login_required
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from search.errors import QuotesError
from web.accounts.sessions import csrf
from web.errors import status_code
from web.intake_jobs import MOST_ADDRESSES, MOST_FILES, IntakeJobs, job_summary
from web.language.messages import gettext, said

UPLOAD_PATH: Final = "/add"
UPLOAD_BYTES: Final = 20_000_000  # of all files of one form: a hundred PDFs; the command takes any number
JOBS_LISTED: Final = 20


def add_blueprint(jobs: IntakeJobs) -> Blueprint:
    """Return the pages by which people add documents."""
    add = Blueprint("add", __name__)

    @add.before_request
    def take_files() -> None:
        if current_user.is_authenticated and request.path == UPLOAD_PATH:
            request.max_content_length = UPLOAD_BYTES
            request.max_form_parts = MOST_FILES + 10
        # Not before: to look for the token the form is read.
        csrf.protect()

    @add.after_request
    def keep_nowhere(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        return response

    @add.get(UPLOAD_PATH)
    @login_required  # type: ignore[untyped-decorator]
    def form() -> str:
        return _page(jobs)

    @add.post(UPLOAD_PATH)
    @login_required  # type: ignore[untyped-decorator]
    def submitted() -> AnyResponse:
        """Begin a job and lead to how far it is; what cannot be begun is said, with what was typed in its place."""
        try:
            addresses, feeds = (request.form.get(name, "").split() for name in ("addresses", "feeds"))
            job = jobs.submit(current_user.name, addresses, feeds, request.files.getlist("files"))
        except QuotesError as error:
            return make_response(_page(jobs, said(error)), status_code(error))
        return redirect(url_for("add.job", id_=job), 303)

    @add.get("/jobs/<id_>")
    @login_required  # type: ignore[untyped-decorator]
    def job(id_: str) -> str:
        found = jobs.get(id_)
        return render_template("job.html", job=found, summary=job_summary(found), trouble=None)

    @add.post("/jobs/<id_>")
    @login_required  # type: ignore[untyped-decorator]
    def changed(id_: str) -> AnyResponse:
        """Stop a job, or let it go on."""
        try:
            if request.form.get("action") == "stop":
                jobs.stop(jobs.get(id_).id)
            else:
                jobs.go_on(id_)
        except QuotesError as error:
            found = jobs.get(id_)
            page = render_template("job.html", job=found, summary=job_summary(found), trouble=said(error))
            return make_response(page, status_code(error))
        return redirect(url_for("add.job", id_=id_), 303)

    @add.errorhandler(RequestEntityTooLarge)
    def too_large(_error: RequestEntityTooLarge) -> tuple[str, int]:
        return _page(
            jobs,
            gettext(
                "These files are more than %(megabytes)s MB together: send fewer at once.",
                megabytes=UPLOAD_BYTES // 1_000_000,
            ),
        ), 413

    return add


def _page(jobs: IntakeJobs, trouble: str | None = None) -> str:
    try:
        typed = request.form if trouble else {}
    except RequestEntityTooLarge:
        typed = {}
    return render_template(
        "add.html",
        jobs=[(job, job_summary(job)) for job in jobs.latest(JOBS_LISTED)],
        trouble=trouble,
        typed=typed,
        most_files=MOST_FILES,
        most_addresses=MOST_ADDRESSES,
        most_megabytes=UPLOAD_BYTES // 1_000_000,
    )
