"""Links out of the archive."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.model import Quote, Span
from web.presentation.outbound_links import deep_link, safe_url


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


def test_a_deep_link_names_the_words_as_a_text_fragment() -> None:
    quote = Quote(id="a", document_id="d", text="war-weary, a & b", url="https://a.example/x?y=1")
    assert deep_link(quote) == "https://a.example/x?y=1#:~:text=war%2Dweary%2C%20a%20%26%20b"
    long = replace(quote, text="one two three four five six seven eight nine", url="https://a.example/#part")
    assert deep_link(long) == "https://a.example/#part:~:text=one%20two%20three%20four,six%20seven%20eight%20nine"
    split = replace(quote, text="I will, not resign", spans=(Span(0, 7), Span(20, 30)))
    assert deep_link(split) == "https://a.example/x?y=1#:~:text=I%20will%2C"
    assert deep_link(replace(quote, url="javascript:x")) is None
