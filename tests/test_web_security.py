"""The headers that every answer carries."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from search.settings import Settings
from search.storage.store import Store
from web.app import create_app
from web.security import SECURITY_HEADERS, accept_hosts


@pytest.mark.parametrize(
    "url", ["/", "/search", "/search?q=!!", "/nowhere", "/api/v1/quotes", "/healthz", "/static/style.css"]
)
def test_every_answer_carries_the_security_headers(client: FlaskClient, url: str) -> None:
    with client.get(url) as response:
        headers = response.headers
    for name, value in SECURITY_HEADERS.items():
        assert headers[name] == value
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:5000", 200), ("localhost", 200), ("LOCALHOST:80", 200), ("[::1]:5000", 200), ("127.8.9.1", 200),
        ("a.localhost", 200), ("archive.example", 200), ("evil.example", 421), ("127.0.0.1.evil.example", 421),
        ("localhost.evil.example:5000", 421), ("10.0.0.1", 421), ("evil.example@127.0.0.1", 421),
    ],
)  # fmt: skip
def test_on_this_machine_only_its_own_names_are_answered(
    settings: Settings, store: Store, host: str, status: int
) -> None:
    app = create_app(settings, store)
    accept_hosts(app, "archive.example, other.example")
    for address in ("/", "/healthz", "/api/v1/quotes?q=word", "/static/style.css"):
        with app.test_client().get(address, headers={"Host": host}) as response:
            # What is no name of a host at all is refused by Werkzeug itself.
            assert response.status_code in ((421, 400) if status == 421 else (200,))
