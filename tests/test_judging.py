"""What is left unread must be no answer: the short cuts of a find never lose what the long way would have found."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.evidence import plain
from search.judging import judged, likely, no_answer, unlikely
from search.model import Match, Query, Quote
from search.normalise import stems_of
from search.relevance import most_relevance, relevance
from search.stores.readings import Reading

WORDS = (
    "the a of we will not never ferry ferries islands island sold sale selling harbour harbours diplomacy diplomatic "
    "undiplomatic twelve 12 twenty per cent don't won't café für Regierungen [the] … 港口 said"
).split()
some_words = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
texts = some_words | st.text(max_size=60)


def reading(text: str) -> Reading:
    return Reading(1, text, stems_of(text), "d")


@given(texts, texts)
@example("the ferry", "[the] ferry")
@example("a la una", "a una")
@example("für Regierungen", "Für die Regierungen: der Zug und die Stadt sind nicht das, was wir von euch wollen!")
def test_what_is_called_no_answer_is_none(typed: str, printed: str) -> None:
    """By the stems alone, and then by the verdict itself."""
    query = Query(text=typed)
    if no_answer(query, reading(printed)):
        assert judged(query, printed).kind == "different"


@given(some_words.filter(bool), some_words, some_words, st.booleans())
def test_a_quote_is_as_relevant_as_its_stems_at_the_most(typed: str, printed: str, near: str, around: bool) -> None:
    """Whatever stands around it. Brackets are no stems, so nothing is said of a text that has some."""
    quote = Quote("q", "d", printed, before=near, after=near)
    if plain(printed):
        assert relevance(typed, quote, around=around) <= most_relevance(typed, stems_of(printed), around=around) + 1e-9


@pytest.mark.parametrize("near", [(), ("d",)])
def test_what_is_called_unlikely_stays_different(near: Sequence[str]) -> None:
    """A quote that has half of the words is looked at more closely, one that has none is not."""
    query, different = Query(text="the northern islanders lost their ferry"), Match("different", 0.1)
    close = "Nobody on the islands, least of all the northern ones, wanted that ferry"
    assert not unlikely(query, reading(close), near=near)
    assert likely(query, Quote("q", "d", close), different, near=near).kind == "reworded"
    far = "The price of bread has doubled"
    assert unlikely(query, reading(far), near=near) or near == ()
    assert likely(query, Quote("q", "d", far), different, near=near).kind == "different"
