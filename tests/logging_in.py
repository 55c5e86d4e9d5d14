"""Logging in to the page in tests: the form as a browser gets it, sent back with its token."""

from __future__ import annotations

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PASSWORD = "eleven ferries"


def token(client: FlaskClient, url: str = "/login") -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(url).text)
    return found[1] if found else ""


def log_in(client: FlaskClient, name: str = "Ann Lind", password: str = PASSWORD, **fields: str) -> TestResponse:
    return client.post("/login", data={"csrf_token": token(client), "name": name, "password": password, **fields})
