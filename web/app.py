"""The application factory: settings in, a Flask application out."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Flask

from search.settings import Settings
from search.storage.store import Store
from web.errors import handle_errors
from web.presentation import template_filters as typesetting
from web.presentation.outbound_links import deep_link, safe_url
from web.security import secure
from web.views import api, pages

FOLDER = Path(__file__).parent
# The server takes GET only; whoever sends more than this with it is no reader.
MOST_SENT = 64 * 1024
FILTERS = (
    "after_marks", "anchor", "apart", "before_marks", "coded", "counted", "day", "file_name", "how_known", "language",
    "language_name", "listed", "moment", "shortened", "tail", "told", "unmarked",
)  # fmt: skip


def create_app(settings: Settings, store: Store | None = None) -> Flask:
    """The page and the API of one instance. All requests share `store`, from which any thread may read."""
    app = Flask("web", root_path=str(FOLDER), instance_path=str(settings.instance.absolute()))
    app.config.update(MAX_CONTENT_LENGTH=MOST_SENT, SEND_FILE_MAX_AGE_DEFAULT=3600)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    _set_up_templates(app)
    secure(app)
    handle_errors(app)
    if store is None:
        store = Store(settings)
    # A run that was killed may have left the index behind the archive.
    store.catch_up_if_free()
    app.register_blueprint(pages.blueprint(settings, store))
    app.register_blueprint(api.blueprint(settings, store))
    return app


def _set_up_templates(app: Flask) -> None:
    app.jinja_options = {"finalize": typesetting.visible, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.filters.update({name: getattr(typesetting, name) for name in FILTERS})
    app.jinja_env.filters.update(safe_url=safe_url, deep_link=deep_link)
    app.jinja_env.globals.update(
        matches=typesetting.MATCHES,
        alters=typesetting.ALTERS,
        kinds=typesetting.KINDS,
        places=typesetting.PLACES,
        # A new style sheet has a new address, so that no browser sets a new page with an old one.
        stamp=hashlib.sha256((FOLDER / "static" / "style.css").read_bytes()).hexdigest()[:8],
    )
