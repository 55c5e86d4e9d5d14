"""Suggestions in a browser's search box."""

from __future__ import annotations

from flask.testing import FlaskClient

from search.model import Quote
from search.storage.store import Store
from web.presentation.suggestions import SearchSuggestions


def test_the_answer_is_that_of_opensearch(client: FlaskClient) -> None:
    answer = client.get("/suggest?q=halv")
    assert answer.mimetype == "application/x-suggestions+json"
    typed, completions, descriptions = answer.get_json(force=True)
    assert typed == "halv"
    assert 'speaker:"Joram Halvesk"' in completions
    assert len(completions) == len(descriptions)
    assert client.get("/suggest").get_json(force=True) == ["", [], []]


def test_a_name_that_came_in_is_suggested_at_once(store: Store) -> None:
    suggestions = SearchSuggestions(store)
    assert suggestions.answer("ann") == ["ann", [], []]
    store.add_quotes([Quote("q", "", "some words", speaker="Ann Lee")])
    store.catch_up()
    assert suggestions.answer("ann") == ["ann", ['speaker:"Ann Lee"'], ["1 quote"]]
