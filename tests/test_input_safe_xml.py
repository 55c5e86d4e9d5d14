"""XML from strangers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.input.safe_xml import (
    children_named,
    first_descendant,
    inner_markup,
    iterate_children,
    local_name,
    parse_xml,
    text_of,
)
from search.errors import ReadError

FEED = b"""<?xml version="1.0"?><!DOCTYPE feed [ ]><a:feed xmlns:a="http://a.example/"><!-- no --><?pi no?>
<a:entry><Title>One &amp; two&nbsp;three &frobnicate;</Title><body>&lt;p&gt;x&lt;/p&gt;</body></a:entry>
<entry><real><b>y</b> tail</real></entry></a:feed>"""


def test_elements_are_found_by_their_local_names() -> None:
    root = parse_xml(FEED)
    assert local_name(root) == "feed"
    first, second = children_named(root, "entry")
    assert text_of(first_descendant(first, "headline", "title")) == "One & two three &frobnicate;"
    assert inner_markup(children_named(first, "body")[0]) == "<p>x</p>"
    assert inner_markup(children_named(second, "real")[0]) == '<b xmlns:a="http://a.example/">y</b> tail'
    assert first_descendant(second, "title") is None
    assert text_of(None) == ""


@pytest.mark.parametrize("fault", ["&nbsp;", "&frobnicate;", "AT&T", "<br>", "&", "&;"])
def test_what_follows_a_fault_keeps_its_entities(fault: str) -> None:
    """After one error libxml2 drops every named entity, and with `&lt;` the markup of a feed's articles."""
    root = parse_xml(f"<x><t>{fault}</t><b>&lt;p&gt;a &amp; b&lt;/p&gt;</b><c><![CDATA[?a=1&b=2]]></c></x>".encode())
    assert text_of(first_descendant(root, "b")) == "<p>a & b</p>"
    assert text_of(first_descendant(root, "c")) == "?a=1&b=2"


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        b'<!doctype x [<!entity % a "b">]><x/>',
    ],
)
def test_entities_are_refused_whichever_way_it_is_read(data: bytes) -> None:
    with pytest.raises(ReadError, match="entities"):
        parse_xml(data)
    with pytest.raises(ReadError, match="entities"):
        list(iterate_children(data, 10))


def test_a_file_named_by_a_document_type_is_not_opened() -> None:
    root = parse_xml(b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x>a</x>')
    assert text_of(root) == "a"


def test_children_come_one_at_a_time_and_are_forgotten() -> None:
    data = b"<list>" + b"".join(b"<i><n>%d</n></i>" % n for n in range(1000)) + b"</list>"
    seen = 0
    for name, child in iterate_children(data, 10):
        assert name == "list"
        if local_name(child) == "i":
            assert text_of(child) == str(seen)
            seen += 1
            # Of those that were there before, one is still there.
            assert len(child.getparent()) <= 1002 - seen
    assert seen == 1000


def test_a_child_of_thousands_of_parts_is_refused() -> None:
    with pytest.raises(ReadError, match="thousands"):
        list(iterate_children(b"<list><i>" + b"<n/>" * 100, 50))


@given(st.binary(max_size=200) | st.text(alphabet="<>/a&;\"' =![]", max_size=200).map(str.encode))
def test_any_bytes_are_xml_or_refused(data: bytes) -> None:
    for read in (parse_xml, lambda data: list(iterate_children(data, 50))):
        try:
            read(data)
        except ReadError:
            continue
