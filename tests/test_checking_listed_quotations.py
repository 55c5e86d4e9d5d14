"""A list of quotations as a manuscript."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.checking.listed_quotations import manuscript_of

LISTS = st.lists(st.tuples(st.text(max_size=30), st.one_of(st.none(), st.text(max_size=10))), max_size=8)


@given(LISTS)
def test_each_quotation_keeps_its_words_and_its_speaker(listed: list[tuple[str, str | None]]) -> None:
    manuscript = manuscript_of(listed)
    assert [(one.words(manuscript.text), one.speaker) for one in manuscript.attributions] == [
        (text, speaker or None) for text, speaker in listed
    ]
    assert all(one.confidence == 1.0 for one in manuscript.attributions)
