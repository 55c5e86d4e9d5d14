"""The arguments of the API: what does not fit is refused in a sentence that names it."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from werkzeug.datastructures import MultiDict

from search.errors import QueryError
from search.find.query_language import FIELDS_WITH_VALUES
from web.description.arguments import (
    CitationArguments,
    FindArguments,
    ListedQuotations,
    NoArguments,
    PageArguments,
    read_arguments,
    read_body,
)
from web.query_string import DAY_FIELDS, SORT_FIELD, SWITCH_FIELDS

NAMES = [field.encode_name for field in msgspec.structs.fields(FindArguments)]


def test_what_is_described_is_what_is_read() -> None:
    """The query itself is read by `web.query_string`, which the page uses too."""
    assert {*NAMES} == {"q", *FIELDS_WITH_VALUES, *DAY_FIELDS, *SWITCH_FIELDS, SORT_FIELD, "limit", "offset", "cursor"}


def test_values_become_what_they_are() -> None:
    args = MultiDict([("q", "war"), ("speaker", "Lee"), ("speaker", "Ray"), ("limit", "5"), ("exact", "1")])
    read = read_arguments(FindArguments, args)
    assert (read.q, read.speaker, read.limit, read.exact, read.offset) == ("war", ["Lee", "Ray"], 5, True, 0)
    assert read_arguments(FindArguments, MultiDict()).limit is UNSET


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ([("speeker", "Lee")], "`speeker` is no argument of this address; there are: q, speaker"),
        ([("x" * 9000, "1")], "is no argument"),
        ([("limit", "0")], "`limit` does not fit"),
        ([("limit", "")], "`limit` does not fit"),
        ([("limit", "1001")], "how many at most, from 1 to 1,000"),
        ([("limit", "9" * 100_000)], "`limit` does not fit"),
        ([("limit", "٥")], "`limit` does not fit"),
        ([("offset", "-1")], "`offset` does not fit"),
        ([("exact", "maybe")], "`exact` does not fit"),
        ([("kind", "direct"), ("kind", "loud")], "direct, mixed or indirect speech"),
        ([("speaker", "x" * 301)], "300"),
        ([("q", "a"), ("q", "b")], "`q` is given 2 times; 1 may be given"),
        ([("speaker", str(n)) for n in range(51)], "50 may be given"),
        ([("cursor", "a b")], "`cursor` does not fit"),
    ],
)
def test_what_does_not_fit_is_named(args: list[tuple[str, str]], words: str) -> None:
    with pytest.raises(QueryError) as error:
        read_arguments(FindArguments, MultiDict(args))
    assert words in str(error.value)
    assert len(str(error.value)) < 500


def test_an_address_that_takes_nothing_says_so() -> None:
    with pytest.raises(QueryError, match="`q` is no argument of this address; it takes none"):
        read_arguments(NoArguments, MultiDict([("q", "a")]))
    with pytest.raises(QueryError, match=r"`format` does not fit.*apa, chicago, mla"):
        read_arguments(CitationArguments, MultiDict([("format", "word")]))


@given(st.lists(st.tuples(st.one_of(st.sampled_from(NAMES), st.text(max_size=5)), st.text(max_size=20)), max_size=6))
def test_any_address_is_read_or_refused_in_a_sentence(args: list[tuple[str, str]]) -> None:
    for kind in (FindArguments, PageArguments, CitationArguments):
        try:
            read = read_arguments(kind, MultiDict(args))
        except QueryError:
            continue
        assert isinstance(read, kind)


@given(st.one_of(st.binary(max_size=200), st.recursive(st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)), lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["quotations", "text", "speaker", "id"]), inner, max_size=3)), max_leaves=8).map(msgspec.json.encode)))  # fmt: skip
def test_any_body_is_read_or_refused_in_a_sentence(body: bytes) -> None:
    try:
        read = read_body(ListedQuotations, body)
    except QueryError:
        return
    assert all(one.text for one in read.quotations)
