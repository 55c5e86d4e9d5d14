"""Links: which two versions are surely one utterance, whatever the direction and the order of arrival."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import partial
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.term_index import IndexedQuote
from search.term_index.memory_index import MemoryIndex
from search.text.analysis import analyse
from search.text.terms import index_terms
from search.utterances.linking import (
    BRIDGING_NATS,
    DATED_NATS,
    LINK_PROBABILITY,
    MAX_OTHER_WORDS_SCORE,
    STOCK_PHRASE_NATS,
    VERBATIM_NATS,
    VERBATIM_PIECE_NATS,
    VERBATIM_SCORE,
    VersionRecord,
    find_links,
    fingerprint,
    link_between,
    occasion_of,
    version_record,
)
from search.utterances.publications import Publication

FERRY = "The ferry to the northern islands was sold to pay for the new harbour wall."
CUT = "The ferry to the northern islands was sold"
LONG = f"{FERRY.rstrip('.')} behind the lighthouse."
PIECE = "to the northern islands was sold to pay for the new harbour wall"
OTHER_WORDS = "The northern islands' ferry was sold to pay for the new wall of the harbour."
BREAD = "Bread has doubled in price since the harvest failed in the southern valleys."
BRIEF = "Enough is enough"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("We won’t go", "Marta Lind", ""), ("“we will not go,”", "marta  lind", ""), True),
        (("We will not go", "Marta Lind", ""), ("We will not go", "Jonas Berg", ""), False),
        (("We will not go", None, ""), ("We will not go", "", ""), True),
        (("We will not go", "Marta Lind", "week 7"), ("We will not go", "Marta Lind", "week 8"), False),
        (("We will not go", "Marta Lind", ""), ("We will go", "Marta Lind", ""), False),
    ],
)
def test_a_fingerprint_is_the_same_for_the_same_words_speaker_and_occasion(
    one: tuple[str, str | None, str], other: tuple[str, str | None, str], same: bool
) -> None:
    assert (fingerprint(*one) == fingerprint(*other)) is same


@pytest.mark.parametrize(
    ("text", "speaker", "score", "contained"),
    [
        (FERRY.upper(), "Marta Lind", VERBATIM_SCORE, True),
        (FERRY, "Jonas Berg", VERBATIM_SCORE, True),
        (CUT, "Marta Lind", None, True),
        (OTHER_WORDS, "Marta Lind", None, False),
    ],
)
def test_versions_of_one_utterance_are_linked(text: str, speaker: str, score: float | None, contained: bool) -> None:
    link = link_between(version_record(1, FERRY, "Marta Lind"), version_record(2, text, speaker))
    assert link is not None
    assert link.contained is contained
    if score is not None:
        assert link.score == score
    else:
        assert LINK_PROBABILITY <= link.score <= MAX_OTHER_WORDS_SCORE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (version_record(1, FERRY, "Marta Lind"), version_record(2, BREAD, "Marta Lind")),
        # A stock phrase of two people, and of nobody known.
        (version_record(1, BRIEF, "Marta Lind"), version_record(2, BRIEF, "Jonas Berg")),
        (version_record(1, BRIEF, None), version_record(2, BRIEF, None)),
        # A word or two, months apart.
        (version_record(1, BRIEF, "Marta Lind", "week 7"), version_record(2, BRIEF, "Marta Lind", "week 20")),
        # Two reporters who tell the same in their own words.
        (
            replace(version_record(1, FERRY, "Marta Lind"), reported=True),
            replace(version_record(2, OTHER_WORDS, "Marta Lind"), reported=True),
        ),
    ],
)
def test_what_is_not_surely_one_utterance_is_not_linked(one: VersionRecord, other: VersionRecord) -> None:
    assert link_between(one, other) is None


def test_a_long_stretch_is_one_utterance_whoever_is_named_for_it() -> None:
    """Below that the names tell; a piece of 40 nats without a word besides is weighed as if nobody were named."""
    before, after = "I have said it before:", "And nobody in the capital had asked a single islander about it."
    link = link_between(
        version_record(1, f"{before} {LONG}", "Marta Lind"), version_record(2, f"{LONG} {after}", "Berg")
    )
    assert analyse(LONG).weight >= VERBATIM_NATS
    assert link is not None
    assert link.score == VERBATIM_SCORE
    assert VERBATIM_PIECE_NATS <= analyse(PIECE).weight < VERBATIM_NATS
    piece = link_between(version_record(1, PIECE, "Berg"), version_record(2, LONG, "Marta Lind"))
    assert piece is not None
    assert piece == link_between(version_record(1, PIECE, None), version_record(2, LONG, "Marta Lind"))


@pytest.mark.parametrize(("one", "other"), [("rotten", "rotting"), ("Rigging", "rigged"), ("sold", "sold out")])
def test_a_single_word_has_no_other_wordings(one: str, other: str) -> None:
    """Its other forms are other remarks; the same form is the same word."""
    assert link_between(version_record(1, one, "Lind", "week 7"), version_record(2, other, "Lind", "week 7")) is None
    assert link_between(version_record(1, one, "Lind", "week 7"), version_record(2, one, "Lind", "week 8")) is not None


@pytest.mark.parametrize(
    ("nats", "occasion"),
    [(BRIDGING_NATS - 1, "week 105565"), (DATED_NATS - 1, "week 105565"), (DATED_NATS, ""), (90.0, "")],
)
def test_what_says_little_is_named_by_its_week(nats: float, occasion: str) -> None:
    place = Publication("Harbour Ledger", "a", "2024-03-11")
    assert occasion_of(nats, place, "Marta Lind") == occasion
    assert occasion_of(nats, Publication("Harbour Ledger"), "Marta Lind") == ""


def test_the_same_few_words_of_one_person_are_linked_on_one_occasion() -> None:
    assert analyse(BRIEF).weight < BRIDGING_NATS < STOCK_PHRASE_NATS < analyse(FERRY).weight
    one = version_record(1, BRIEF, "Marta Lind", "week 7")
    assert link_between(one, version_record(2, BRIEF + "!", "Lind", "week 8")) is not None


def test_brackets_say_nothing() -> None:
    assert analyse("they [the owners of the ferry] left").weight == analyse("they left").weight


@given(
    st.text(max_size=60) | st.sampled_from([FERRY, CUT, OTHER_WORDS, BREAD, BRIEF]),
    st.text(max_size=60) | st.sampled_from([FERRY, CUT, OTHER_WORDS, BREAD, BRIEF]),
    st.none() | st.sampled_from(["Marta Lind", "Lind", "Jonas Berg"]),
)
def test_direction_tells_nothing(left: str, right: str, speaker: str | None) -> None:
    one, other = version_record(1, left, speaker), version_record(2, right, "Marta Lind")
    assert link_between(one, other) == link_between(other, one)


PIECES = st.lists(
    st.sampled_from(
        ["the ferry was sold", "[he said]", "to pay for", "the new harbour wall", "12 islands", "selling ferries"]
    ),
    max_size=8,
).map(" ".join)
SPEAKERS = st.none() | st.sampled_from(["Marta Lind", "Lind", "Jonas Berg"])


@given(PIECES, PIECES, SPEAKERS, SPEAKERS)
def test_what_is_given_up_before_it_is_aligned_has_no_link(
    left: str, right: str, one: str | None, other: str | None
) -> None:
    records = version_record(1, left, one), version_record(2, right, other)
    with patch("search.utterances.linking._is_far", return_value=False):
        aligned = link_between(*records)
    assert link_between(*records) == aligned


def test_a_new_record_is_compared_with_the_likeliest_and_those_beside_it() -> None:
    """Not with itself, not with what is gone, and with no more than it may."""
    texts = {1: FERRY, 2: OTHER_WORDS, 3: BREAD, 4: CUT}
    index = MemoryIndex()
    index.update([IndexedQuote(number, index_terms(analyse(text))) for number, text in texts.items()], [], 4)
    asked: list[int] = []
    looked_up: set[int] = set()

    def records(numbers: list[int]) -> list[VersionRecord | None]:
        asked.extend(numbers)
        return [version_record(n, texts[n], "Marta Lind") for n in numbers]

    def versions(numbers: Collection[int]) -> dict[int, int]:
        looked_up.update(numbers)
        return {n: n for n in numbers if n != 4}

    fresh = version_record(1, FERRY, "Marta Lind")
    beside = version_record(9, FERRY, "Marta Lind")
    links_of = partial(
        find_links, [fresh], reader=index.reader(), versions=versions, records=records, beside={1: [beside]}
    )
    assert [(link.left, link.right) for link in links_of()[0]] == [(1, 2), (1, 9)]
    assert 4 in looked_up
    assert sorted(asked) == [2, 3]
    assert [(link.left, link.right) for link in links_of(compared=1)[0]] == [(1, 9)]


WORDS = st.sampled_from(
    "the ferry [ferry] of wall 300 nobody sold élevé eleve réprimés reprimes après été northern islands harbour".split()
)
SAID = st.tuples(
    st.lists(WORDS, min_size=1, max_size=14).map(" ".join), st.sampled_from([None, "Marta Lind", "M. Lind", "Bo Berg"])
)


@given(st.lists(SAID, min_size=2, max_size=6))
def test_bounds_leave_out_no_pair_that_would_be_linked(said: list[tuple[str, str | None]]) -> None:
    one, *others = [version_record(number, text, speaker) for number, (text, speaker) in enumerate(said, 1)]
    with_bounds = find_links(
        [one],
        reader=MemoryIndex().reader(),
        versions=lambda numbers: {},
        records=lambda numbers: [],
        beside={one.id: others},
    )
    assert with_bounds == [sorted(link for other in others if (link := link_between(one, other)) is not None)]


def of(speaker: str | None, document: str, published: str | None, text: str, id_: int = 1) -> VersionRecord:
    publication = Publication("Courier", document, published)
    analysed = analyse(text)
    when = occasion_of(analysed.weight, publication, speaker)
    return VersionRecord(id_, analysed, speaker, when, analysed.weight, first=publication)


@pytest.mark.parametrize(
    ("one", "other", "linked"),
    [
        (("a minister", "a", None), ("Ann Lee", "b", "2021-04-05"), False),
        (("a minister", "a", "2021-04-05"), ("Ann Lee", "b", None), False),
        (("a minister", "a", "2021-04-05"), ("Ann Lee", "b", "2021-04-06"), True),
        (("a minister", "a", None), ("Ann Lee", "a", None), True),
        (("Ann Lee", "a", None), ("Ann Lee", "b", "2021-04-05"), True),
        ((None, "a", None), (None, "b", None), True),
    ],
)
def test_what_is_of_the_news_of_its_days_needs_days_where_somebody_may_be_another(
    one: tuple[str | None, str, str | None], other: tuple[str | None, str, str | None], linked: bool
) -> None:
    """The same few words of a lawyer, a minister and a senator were one utterance, since two of the articles had no date."""
    phrase = "Locker room talk"
    assert BRIDGING_NATS <= analyse(phrase).weight < DATED_NATS
    longer = f"That was what they call locker room talk, and the whole harbour heard of it from {FERRY}"
    for text in (phrase, longer):
        assert (link_between(of(*one, phrase, 1), of(*other, text, 2)) is not None) is linked
