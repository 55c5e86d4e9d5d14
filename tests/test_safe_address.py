"""Addresses that strangers wrote."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.safe_address import safe_url


@pytest.mark.parametrize(
    "url",
    [
        None, "", "javascript:alert(1)", "JAVASCRIPT:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x",
        "//evil.example/", "/relative", "ftp://a.example/", "http:///nohost", "https://user@a.example/", "http://[::1",
        "https://a.example/\u0000", "https://a.example:port/", "https://a.example/" + "x" * 5000, "vbscript:x", "file:///etc/passwd",
    ],
)  # fmt: skip
def test_only_plain_web_addresses_become_links(url: str | None) -> None:
    assert safe_url(url) is None


@given(st.text())
def test_whatever_becomes_a_link_leads_to_the_web(url: str) -> None:
    link = safe_url(url)
    assert link is None or urlsplit(link).scheme.lower() in ("http", "https")
