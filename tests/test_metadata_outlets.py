"""Who published a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.metadata.outlets import (
    host_of,
    load_outlets,
    looks_like_host,
    outlet_by_host,
    outlet_by_name,
    packaged_outlets,
    tidy_publisher,
)
from search.errors import ConfigError


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://www.nytimes.com/2024/05/06/x.html", "The New York Times"),
        ("https://amp.cnn.com/x", "CNN"),
        ("https://abcnews.go.com/x", "ABC News"),
        # The longest known host first.
        ("https://g1.globo.com/x", "G1"),
        ("https://www-nytimes-com.cdn.ampproject.org/c/s/x", "The New York Times"),
        ("https://courier.example/x", None),
        ("https://nytimes.com.evil.example/x", None),
        ("not an address", None),
        (None, None),
    ],
)
def test_an_address_names_its_outlet(url: str | None, outlet: str | None) -> None:
    assert outlet_by_host(url) == outlet


def test_a_table_of_ones_own_goes_first(tmp_path: Path) -> None:
    own = tmp_path / "outlets.toml"
    own.write_text('"courier.example" = "Example Courier"\n[us]\n"CNN.com" = "Mine"\n[more]\n"Other" = ["a.example"]\n')
    table = load_outlets(own)
    assert outlet_by_host("https://news.courier.example/x", table) == "Example Courier"
    assert outlet_by_host("https://cnn.com/x", table) == "Mine"
    assert outlet_by_host("https://a.example/", table) == "Other"
    own.write_text("courier.example = Example")
    with pytest.raises(ConfigError, match="table of outlets"):
        load_outlets(own)


@pytest.mark.parametrize(
    ("said", "tidy"),
    [
        ("Example Courier Ltd.", "Example Courier"),
        ("Example Courier | All the news", "Example Courier"),
        ("Example Courier - Home", "Example Courier"),
        ("Beispiel GmbH & Co. KG", "Beispiel"),
        ("  Example   Courier ", "Example Courier"),
        ("X" * 80, None),
        ("", None),
        (None, None),
    ],
)
def test_a_publisher_as_a_person_would_say_it(said: str | None, tidy: str | None) -> None:
    assert tidy_publisher(said) == tidy


def test_names_hosts_and_the_packaged_table() -> None:
    assert outlet_by_name("New York Times") == "The New York Times"
    assert outlet_by_name("Example Courier") is None
    assert looks_like_host("www.courier.example")
    assert not looks_like_host("Example Courier")
    assert host_of("https://M.Courier.Example./x") == "courier.example"
    assert len(packaged_outlets()) > 900
    assert all(host == host.lower() and "." in host for host in packaged_outlets())
