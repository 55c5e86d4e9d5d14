"""For a server such as gunicorn, which wants an application by name: `QUOTES_INSTANCE=DIR gunicorn web.wsgi`."""

from __future__ import annotations

from search.settings import load
from web.app import create_app

application = create_app(load())
