"""Which addresses are one page, one site."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.metadata.urls import canonical_url, registrable_domain, same_site


@pytest.mark.parametrize(
    ("url", "one"),
    [
        ("HTTPS://Courier.example:443/world/talks?utm_source=x&id=3#top", "https://courier.example/world/talks?id=3"),
        ("http://courier.example:8080/a", "http://courier.example:8080/a"),
        ("https://courier.example", "https://courier.example/"),
        ("https://courier.example/talks/amp/", "https://courier.example/talks"),
        ("https://courier.example/talks.amp.html", "https://courier.example/talks.html"),
        ("https://courier.example/talks?output=amp", "https://courier.example/talks"),
        ("https://courier.example/talks?view=chart", "https://courier.example/talks?view=chart"),
        ("https://courier.example/talks?fbclid=1&page=2&ref=home", "https://courier.example/talks?page=2"),
        ("https://courier.example/print-industry", "https://courier.example/print-industry"),
        ("ftp://courier.example/a", None),
        ("https://localhost/a", None),
        ("https://courier.example:port/", None),
        ("not an address", None),
        ("", None),
        (None, None),
        ("https://courier.example/" + "a" * 2000, None),
    ],
)
def test_one_page_has_one_address(url: str | None, one: str | None) -> None:
    assert canonical_url(url) == one


def test_an_address_may_stand_beside_another() -> None:
    assert canonical_url("../b?id=1", "https://courier.example/a/c") == "https://courier.example/b?id=1"


@pytest.mark.parametrize(
    ("url", "other", "same"),
    [
        ("https://taz.de/a", "https://blogs.taz.de/b", True),
        ("https://orf.at/a", "https://news.orf.at/b", True),
        ("https://nrk.no/a", "https://p3.nrk.no/b", True),
        ("https://yle.fi/a", "https://areena.yle.fi/b", True),
        ("https://www.bbc.co.uk/a", "https://news.bbc.co.uk/b", True),
        ("https://impots.gouv.fr/", "https://sante.gouv.fr/", False),
        ("https://bbc.co.uk/", "https://sky.co.uk/", False),
        ("https://smh.com.au/", "https://abc.net.au/", False),
        ("https://anna.github.io/", "https://ben.github.io/", False),
        ("https://courier.example/", "https://m.courier.example/", True),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/b", True),
        ("", "", False),
        (None, "https://taz.de/", False),
    ],
)
def test_a_site_is_what_somebody_registered(url: str | None, other: str | None, same: bool) -> None:
    assert same_site(url, other) is same


@given(st.text(max_size=80))
def test_any_text_has_a_site_or_none_and_a_page_or_none(text: str) -> None:
    for url in (text, f"https://{text}", f"https://courier.example/{text}"):
        one = canonical_url(url)
        assert one is None or canonical_url(one) == one
        assert isinstance(registrable_domain(url), str)
