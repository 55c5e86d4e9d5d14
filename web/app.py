"""The application factory: settings in, a Flask application out."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any, Final

from flask import Flask, Request, request
from werkzeug.exceptions import BadRequest
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import MapAdapter, PathConverter

from search.checking.formats import VERDICT_LABELS, report_summary
from search.model import WARNING_FLAGS
from search.provenance import provenance_wording
from search.safe_address import safe_url
from search.settings import Settings
from search.storage.store import Store
from web.accounts.sessions import csrf, set_up_sessions
from web.errors import handle_errors
from web.intake_jobs import IntakeJobs
from web.language.choice import SpokenFlask, set_up_language
from web.language.formats import decimal, digits, language_called, number, text_direction
from web.language.messages import translated
from web.monitoring.metrics import measure_requests
from web.monitoring.request_log import log_requests
from web.monitoring.timing import time_requests
from web.presentation import facets, template_filters, wording
from web.presentation.outbound_links import deep_link
from web.presentation.revision_view import revision_summary
from web.presentation.template_messages import set_up_messages
from web.public_reads import share_public_reads
from web.rate_limits import limit_requests
from web.security import accept_own_hosts, only_http, refuse_posts_of_other_sites, send_security_headers
from web.serving.processes import SHARED_NUMBERS
from web.views import account, add, api, api_description, check, correct, embed, feeds, pages, profiles

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"
# Bytes. Only a manuscript to be checked comes with more (`web.views.check`); whoever else sends it is not a reader.
REQUEST_BYTES: Final = 64 * 1024
STATIC_SECONDS: Final = 3600  # an hour; a changed style sheet has another address anyway
TEMPLATE_FILTERS: Final = (
    "after_marks", "before_marks", "date_and_time", "file_name", "first_words", "how_widely", "isolated_names", "lang_attribute",
    "last_words", "long_date", "naming_sides", "quote_anchor", "some_names", "space_before", "with_code",
    "without_end_comma",
)  # fmt: skip


class _App(SpokenFlask):
    """Flask, whose log names the view that failed, never the address: that is a stranger's, and says whom somebody looked for."""

    def log_exception(self, exc_info: Any) -> None:
        """Log an error of the program with its traceback."""
        self.logger.error("%s failed", request.endpoint, exc_info=exc_info)

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Return what makes addresses, for the page that refuses a name which is none, too (`accept_own_hosts`)."""
        try:
            return super().create_url_adapter(request)
        except BadRequest:  # a label of more than 63 letters, or none between two dots
            assert request is not None
            return self.url_map.bind("localhost", path_info=request.path, default_method=request.method)


class _AnyId(PathConverter):
    """An id as it was imported: it may be an address, or begin with a slash, which Werkzeug's own converter does not take."""

    regex = ".+?"
    part_isolating = False  # it goes over slashes


def create_app(settings: Settings, store: Store | None = None) -> Flask:
    """Return the page and the API of one instance. All requests share `store`, from which any thread may read.

    Without `store` it opens one. Raises StoreError if that cannot be opened.
    """
    app = _App("web", root_path=str(FOLDER), instance_path=str(settings.instance.absolute()))
    app.config.update(MAX_CONTENT_LENGTH=REQUEST_BYTES, SEND_FILE_MAX_AGE_DEFAULT=STATIC_SECONDS)
    app.url_map.merge_slashes = False
    app.url_map.converters["path"] = _AnyId
    app.json.sort_keys = False  # type: ignore[attr-defined]
    set_up_language(app, settings)
    _set_up_templates(app)
    set_up_messages(app)
    _set_up_access(app, settings)
    handle_errors(app)
    accounts = set_up_sessions(app, settings.instance)
    if store is None:
        store = Store(settings)
    # A run that was killed may have left the index behind the archive.
    store.catch_up_if_free()
    time_requests(app)
    log_requests(app, settings)
    measure_requests(app, settings, store, os.environ.get(SHARED_NUMBERS))
    app.register_blueprint(pages.page_blueprint(settings, store))
    app.register_blueprint(profiles.profile_blueprint(settings, store))
    app.register_blueprint(api.api_blueprint(settings, store))
    app.register_blueprint(embed.embed_blueprint(store))
    app.register_blueprint(feeds.feed_blueprint(settings, store))
    checking = check.check_blueprint(store)
    app.register_blueprint(checking)
    csrf.exempt(checking)  # it changes nothing, and programs send manuscripts, too
    app.register_blueprint(account.account_blueprint(settings, accounts))
    app.register_blueprint(correct.correction_blueprint(store))
    app.extensions["intake_jobs"] = IntakeJobs(settings, store)
    adding = add.add_blueprint(app.extensions["intake_jobs"])
    app.register_blueprint(adding)
    csrf.exempt(adding)  # it asks for the token itself, when it is known how large a form may be
    app.register_blueprint(api_description.description_blueprint())
    return app


def _set_up_access(app: Flask, settings: Settings) -> None:
    send_security_headers(app)
    share_public_reads(app, public=settings.public)
    accept_own_hosts(app, settings)
    refuse_posts_of_other_sites(app)
    if settings.proxies:
        # Not X-Forwarded-Host: proxies hand on what a reader writes there, and pass the name itself as Host if they are told to.
        inner = only_http(app.wsgi_app)
        app.wsgi_app = ProxyFix(inner, x_for=settings.proxies, x_proto=settings.proxies, x_host=0)  # type: ignore[method-assign]
    if settings.public:
        limit_requests(app, settings)


def _set_up_templates(app: Flask) -> None:
    app.jinja_options = {"finalize": template_filters.visible, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.filters.update({name: getattr(template_filters, name) for name in TEMPLATE_FILTERS})
    app.jinja_env.filters.update(
        counted=template_filters.counted_noun,
        decimal=decimal,
        deep_link=deep_link,
        digits=digits,
        language_name=language_called,
        number=number,
        provenance_wording=lambda value: translated(provenance_wording(value)),
        report_summary=report_summary,
        revision_summary=revision_summary,
        safe_url=safe_url,
        text_direction=text_direction,
        translated=translated,
        value_label=facets.value_label,
    )
    app.jinja_env.globals.update(
        correction_kinds=wording.CORRECTION_KINDS,
        document_facts=wording.DOCUMENT_FACTS,
        document_flags=wording.DOCUMENT_FLAGS,
        job_states=wording.JOB_STATES,
        match_kinds=wording.MATCH_KINDS,
        meaning_changes=wording.MEANING_CHANGES,
        places=wording.DOCUMENT_PLACES,
        quote_flags=wording.QUOTE_FLAGS,
        quote_kinds=wording.QUOTE_KINDS,
        region_roles=wording.REGION_ROLES,
        sort_orders=wording.SORT_ORDERS,
        verdict_labels=VERDICT_LABELS,
        warning_flags=WARNING_FLAGS,
        # A new style sheet or script has a new address, so that no browser sets a new page with an old one.
        stamp=hashlib.sha256(b"".join(path.read_bytes() for path in sorted(STATIC.iterdir()))).hexdigest()[:8],
    )
