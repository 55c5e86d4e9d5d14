"""Quotes put together: none lost, none twice, the same words one version."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.find.classify import Hit, Tier
from search.find.group import earliest, group_hits, printed_words, utterance_from, versions_from
from search.model import Match, MatchKind, Quote

TEXTS = ["We sold it", "we SOLD it.", "We sold [the ferry]", "We sold the ferry", "Never"]
hits_of = st.lists(
    st.tuples(
        st.sampled_from(TEXTS), st.sampled_from(list(Tier)), st.integers(0, 3), st.none() | st.just("2024-05-01")
    ),
    min_size=1,
    max_size=12,
)


def made(rows: list[tuple[str, Tier, int, str | None]]) -> dict[int, Hit]:
    kinds = {Tier.POSSIBLE: MatchKind.REWORDED, Tier.ALSO: MatchKind.REWORDED}
    return {
        number: Hit(Quote(f"q{number}", "d", text, published=day), Match(kinds.get(tier, MatchKind.PART), 0.5), tier)
        for number, (text, tier, _, day) in enumerate(rows)
    }


@given(hits_of)
def test_every_quote_stands_in_one_utterance_once(rows: list[tuple[str, Tier, int, str | None]]) -> None:
    hits = made(rows)
    utterance_of = {number: row[2] for number, row in enumerate(rows)}
    placed = group_hits(hits, utterance_of, {})
    shown = [quote.id for one in placed for quote in one.utterance.quotes]
    own = {utterance_of[number] for number, hit in hits.items() if hit.tier != Tier.ALSO}
    assert sorted(shown) == sorted(hit.quote.id for number, hit in hits.items() if utterance_of[number] in own)
    for one in placed:
        assert one.tier == min(hits[int(quote.id[1:])].tier for quote in one.utterance.quotes)
        words = [printed_words(version.text) for version in one.utterance.versions]
        assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Don’t sell it!", "do not sell it", True),
        ("twenty-one ferries", "21 ferries", True),
        ("the general's wars", "[the general's] wars", False),
        ("[He] sold it", "He [sold] it", False),
        ("…", "!", False),
    ],
)
def test_the_same_words_are_one_version(one: str, other: str, same: bool) -> None:
    assert (printed_words(one) == printed_words(other)) == same


def test_versions_stand_best_first_and_quotes_earliest_first() -> None:
    sure, doubtful = Match(MatchKind.PART, 0.7), Match(MatchKind.PART, 0.9, doubtful=True)
    hits = [
        Hit(Quote("a", "d", "b words"), doubtful, Tier.PHRASE),
        Hit(Quote("b", "d", "a words", published="2024-02-01"), sure, Tier.EDITED),
        Hit(Quote("c", "d", "a words", published="2024-01-01"), sure, Tier.EDITED),
    ]
    versions = versions_from(hits)
    assert [[quote.id for quote in version.quotes] for version in versions] == [["c", "b"], ["a"]]
    utterance = utterance_from(None, versions)
    assert (utterance.id, utterance.first_published, utterance.sure) == ("c", "2024-01-01", True)
    assert earliest(Quote("x", "d", "")) > earliest(hits[1].quote)
