"""The words of the project as types: spans, ids, summaries, closed vocabularies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.model import (
    WARNING_FLAGS,
    Attribution,
    ChangedParagraph,
    DifferenceKind,
    Match,
    MatchKind,
    Quote,
    QuoteFlag,
    RevisionDiff,
    Span,
    Utterance,
    Version,
    digest,
    document_id,
    quote_id,
)

REMOVED, ADDED, CHANGED = DifferenceKind.REMOVED, DifferenceKind.ADDED, DifferenceKind.CHANGED


@given(st.text(), st.integers(0, 50), st.integers(0, 50))
def test_a_span_counts_code_points_and_leaves_its_end_out(text: str, start: int, length: int) -> None:
    assert Span(start, start + length).of(text) == "".join(list(text)[start : start + length])


def test_an_attribution_is_its_pieces_without_the_cue_between() -> None:
    text = "“I will,” he said, “not resign.”"
    said = Attribution((Span(1, 8), Span(20, 31)))
    assert (said.start, said.end, said.words(text)) == (1, 31, "I will, not resign.")


@pytest.mark.parametrize(
    ("kinds", "facts", "said"),
    [
        ([], [], "the same words"),
        ([REMOVED], [], "1 paragraph removed"),
        ([ADDED, ADDED], [], "2 paragraphs added"),
        ([CHANGED, REMOVED, CHANGED], ["title"], "1 paragraph removed, 2 changed; another title"),
        ([], ["title", "date"], "another title, another date"),
    ],
)
def test_a_diff_is_summed_up_in_half_a_sentence(kinds: list[DifferenceKind], facts: list[str], said: str) -> None:
    paragraphs = tuple(ChangedParagraph(kind, ()) for kind in kinds)
    assert RevisionDiff("a", "b", tuple((name, "", "") for name in facts), paragraphs).summary() == said


def test_a_quote_that_quotes_nobody_says_so_first() -> None:
    assert Quote("q", "d", "x", scare=True, flags=("joined",)).all_flags == ("scare", "joined")
    assert Quote("q", "d", "x", flags=("joined",)).all_flags == ("joined",)
    assert set(QuoteFlag) > WARNING_FLAGS


@pytest.mark.parametrize("kind", MatchKind)
def test_what_is_in_other_words_or_doubtful_is_unsure(kind: MatchKind) -> None:
    version = Version(
        "x", Match(kind, 0.5), (Quote("a", "", "x", outlet="B"), Quote("b", "", "x"), Quote("c", "", "x", outlet="A"))
    )
    said = Utterance("a", "x", version.match, (version, version), None, (), ())
    assert version.sure is said.sure is (kind not in ("reworded", "different"))
    assert not Match(kind, 0.5, doubtful=True).sure
    assert version.outlets == ("B", "A")
    assert [quote.id for quote in said.quotes] == ["a", "b", "c"] * 2


def test_ids_are_made_of_the_content_and_of_nothing_else() -> None:
    assert document_id("x", "https://a.example/") == document_id("x", "https://a.example/") != document_id("x")
    assert quote_id("d", [Span(0, 1)]) != quote_id("d", [Span(0, 2)]) != quote_id("e", [Span(0, 2)])
    assert len(digest("a")) == 16
    # A lone surrogate out of a broken document has an id as well.
    assert digest("\ud800")


@given(
    st.lists(st.text(st.characters(exclude_characters="\x1f")), max_size=3),
    st.lists(st.text(st.characters(exclude_characters="\x1f")), max_size=3),
)
def test_other_parts_have_another_id(one: list[str], other: list[str]) -> None:
    if ["", *one] != ["", *other]:
        assert digest("", *one) != digest("", *other)


def test_a_speaker_is_in_doubt_where_no_quote_names_him_surely() -> None:
    quotes = [Quote(str(n), "", "x", speaker=name, confidence=sure) for n, (name, sure) in enumerate([("A", 0.5), ("A", 0.9), ("B", 0.59), (None, 0.1)])]  # fmt: skip
    match = Match(MatchKind.EXACT, 1.0)
    said = Utterance("0", "x", match, (Version("x", match, tuple(quotes)),), None, (), ("A", "B"))
    assert said.doubtful_speakers == ("B",)
    assert [quote.speaker_in_doubt for quote in quotes] == [True, False, True, False]
