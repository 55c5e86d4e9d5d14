"""Which reader an address is, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.reader_address import reader_of


@pytest.mark.parametrize(
    ("address", "reader"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("192.0.2.1:4711", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("[::ffff:192.0.2.1]:80", "192.0.2.1"),
        ("2001:db8:1:2::7", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::7]", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::7]:443", "2001:db8:1:2::/64"),
        ("::1", "::/64"),
        ("", "unknown"),
        ("192.0.2.1:x", "unknown"),
        ("192.0.2.256:80", "unknown"),
    ],
)
def test_an_address_is_one_reader_however_it_is_written(address: str, reader: str) -> None:
    assert reader_of(address) == reader


@given(st.text())
def test_whatever_stands_there_is_some_reader(address: str) -> None:
    assert reader_of(address)
