"""An address as a query, and a query as an address."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from search.errors import QueryError
from search.model import Query
from search.settings import Settings
from web.query_string import args_from_query, asks_nothing, at_page, query_from_args

SETTINGS = Settings(instance=Path("unused"))
NAMES = st.text(min_size=1, max_size=20).map(str.strip).filter(bool)


@given(
    st.builds(
        Query,
        text=st.just("some words"),
        exact=st.booleans(),
        scare=st.booleans(),
        indirect=st.booleans(),
        speaker=st.lists(NAMES, unique=True, max_size=3).map(tuple),
        not_outlet=st.lists(NAMES, unique=True, max_size=3).map(tuple),
        after=st.one_of(st.none(), st.dates().map(str)),
        sort=st.none() | st.sampled_from(["newest", "oldest"]),
        limit=st.just(20),
    )
)
def test_a_query_written_as_an_address_is_the_same_query_again(query: Query) -> None:
    assert query_from_args(MultiDict(args_from_query(query)), SETTINGS) == query


@given(
    st.dictionaries(
        st.sampled_from(["q", "speaker", "after", "before", "kind", "exact", "language"]), st.text(), max_size=5
    )
)
def test_any_address_is_a_query_or_a_sentence(args: dict[str, str]) -> None:
    refusal = ""
    query = None
    try:
        query = query_from_args(MultiDict(args), SETTINGS)
    except QueryError as error:
        refusal = str(error)
    assert args_from_query(query) if query else refusal


@pytest.mark.parametrize(
    ("args", "offset"), [({}, 0), ({"page": "1"}, 0), ({"page": "3"}, 40), ({"page": " 2 "}, 20), ({"page": ""}, 0)]
)
def test_a_page_counts_from_one(args: dict[str, str], offset: int) -> None:
    assert at_page(Query(limit=20), MultiDict(args)).offset == offset


@pytest.mark.parametrize("page", ["0", "-1", "1.5", "ten", "١", "1e3", "10001", "9" * 13])
def test_a_page_that_cannot_be_is_refused(page: str) -> None:
    with pytest.raises(QueryError, match="`page` must be a whole number from 1 to 10,000"):
        at_page(Query(), MultiDict({"page": page}))


@pytest.mark.parametrize(
    ("args", "nothing"),
    [([], True), ([("q", " ")], True), ([("page", "2")], True), ([("exact", "1")], True), ([("q", "a")], False),
     ([("q", ""), ("q", "b")], False), ([("speaker", "Lee")], False), ([("after", "2024")], False)],
)  # fmt: skip
def test_an_address_without_words_and_filters_asks_nothing(args: list[tuple[str, str]], nothing: bool) -> None:
    assert asks_nothing(MultiDict(args)) is nothing


@pytest.mark.parametrize(
    ("value", "on"), [("1", True), ("yes", True), ("", False), ("0", False), ("OFF", False), ("No", False)]
)
def test_switches_are_off_as_people_write_it(value: str, on: bool) -> None:
    assert query_from_args(MultiDict({"q": "a", "exact": value}), SETTINGS).exact is on


def test_values_are_kept_once_in_their_order_without_the_space_around() -> None:
    args = MultiDict([("q", "a"), ("speaker", " Lee "), ("speaker", "Ray"), ("speaker", "Lee"), ("speaker", " ")])
    assert query_from_args(args, SETTINGS).speaker == ("Lee", "Ray")


def test_an_order_that_is_none_is_refused() -> None:
    with pytest.raises(QueryError, match="`best` is no order; there are: newest, oldest"):
        query_from_args(MultiDict({"q": "ferry", "sort": "best"}), SETTINGS)
