"""How much a word says: common words little, rare ones much, never more than a bound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text.information import common_stems, information


def test_rarer_words_say_more() -> None:
    assert information("the") < information("minist") < information("zyzzyva")


@pytest.mark.parametrize(("less", "more"), [("1", "24"), ("東", "東京"), ("qx", "qxwv")])
def test_what_the_table_lacks_is_judged_by_its_kind_and_length(less: str, more: str) -> None:
    assert information(less) < information(more)


@given(st.text(min_size=1, max_size=60))
def test_every_stem_says_something_and_none_more_than_eleven_nats(stem: str) -> None:
    assert 0.3 <= information(stem) <= 11.0


def test_the_table_has_the_commonest_words() -> None:
    assert {"the", "of", "say"} <= set(common_stems())
