"""The headers that every answer carries."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from web.security import SECURITY_HEADERS


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
