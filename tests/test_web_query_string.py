"""An address as a query, and a query as an address."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from search.errors import QueryError
from search.model import Query
from search.settings import Settings
from web.query_string import args_from_query, query_from_args

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
        limit=st.just(20),
    )
)
def test_a_query_written_as_an_address_is_the_same_query_again(query: Query) -> None:
    settings = Settings(instance=Path("unused"))
    assert query_from_args(MultiDict(args_from_query(query)), settings) == query


@given(
    st.dictionaries(
        st.sampled_from(["q", "speaker", "after", "before", "kind", "exact", "language"]), st.text(), max_size=5
    )
)
def test_any_address_is_a_query_or_a_sentence(args: dict[str, str]) -> None:
    refusal = ""
    query = None
    try:
        query = query_from_args(MultiDict(args), Settings(instance=Path("unused")))
    except QueryError as error:
        refusal = str(error)
    assert args_from_query(query) if query else refusal
