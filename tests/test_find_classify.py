"""How a quote answers the words typed: tiers, what is sure, and short cuts that never lose what the long way finds."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.find.classify import LIKELY_REASON, Classified, Tier, classify, possible_match, quick_verdict
from search.find.coverage import coverage
from search.matching.compare import verdict
from search.model import MatchKind, MeaningChange
from search.storage.analysed_quotes import AnalysedQuote
from search.storage.packing.coded_stems import code_stems
from search.text.analysis import analyse, stored

WORDS = (
    "the a of we will not never ferry ferries islands island sold sale selling harbour harbours diplomacy diplomatic "
    "undiplomatic twelve 12 twenty per cent don't won't café für Regierungen [the] … 港口 said"
).split()
some_words = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
texts = some_words | st.text(max_size=60)


def candidate(text: str, around: str = "") -> AnalysedQuote:
    return AnalysedQuote(1, text, analyse(text).stems, "d", code_stems(analyse(around).stems))


def answer(typed: str, printed: str, *, exact: bool = False) -> Classified | None:
    return classify(analyse(typed), candidate(printed), exact=exact)


@given(texts, texts)
@example("the ferry", "[the] ferry")
@example("a la una", "a una")
@example("für Regierungen", "Für die Regierungen: der Zug und die Stadt sind nicht das, was wir von euch wollen!")
@example("ferry sold", "They said the ferry, sold last year, was never ours")
def test_what_the_stems_tell_is_what_the_words_would(typed: str, printed: str) -> None:
    asked, quote = analyse(typed), stored(printed, analyse(printed).stems)
    quick = quick_verdict(asked, quote, scored=True)
    if quick is not None and asked.keys != quote.keys:
        assert quick == verdict(asked, quote)
    quick = quick_verdict(asked, quote)
    if quick is not None and asked.keys != quote.keys:
        assert verdict(asked, quote).kind == MatchKind.DIFFERENT


@given(texts, texts)
def test_any_two_texts_are_classified(typed: str, printed: str) -> None:
    found = answer(typed, printed)
    assert found is None or found.match.kind != MatchKind.DIFFERENT
    only = answer(typed, printed, exact=True)
    assert only is None or only.tier in (Tier.SAME_WORDS, Tier.PHRASE)


@pytest.mark.parametrize(
    ("typed", "printed", "tier", "sure"),
    [
        ("We sold the ferry to the islanders", "We sold the ferry to the islanders.", Tier.SAME_WORDS, True),
        ("sold the ferry", "In May we sold the ferry, and nobody asked the crew", Tier.PHRASE, True),
        ("ferry crew islanders harbour", "The ferry, its crew and the islanders left the harbour", Tier.ALL_WORDS, True),
        ("nuclear option", "a nuclear power that keeps every option open", Tier.ALL_WORDS, False),
        ("truth isn't truth", "He is not telling the truth", None, False),
        ("We sold the old ferry to the islanders in May", "We sold the old ferry to the islanders in June", Tier.EDITED, True),
        ("Marten Quell is a good man", "a good man", Tier.CONTAINED, False),
        ("I want no quid pro quo from Ostrava", "quid pro quo", Tier.CONTAINED, False),
    ],
)  # fmt: skip
def test_tiers(typed: str, printed: str, tier: Tier | None, sure: bool) -> None:
    found = answer(typed, printed)
    assert (found.tier if found else None) == tier
    if found is not None:
        assert found.match.sure == sure


def test_a_long_part_of_what_was_typed_is_surely_theirs() -> None:
    typed = "The harbour commission has ruined three seasons of herring fishing, and I will say so until it resigns"
    found = answer(typed, "ruined three seasons of herring fishing, and I will say so until it resigns")
    assert found is not None
    assert (found.tier, found.match.sure) == (Tier.CONTAINED, True)


@pytest.mark.parametrize(
    ("typed", "printed", "shown"),
    [
        # Enough in one place, in other forms and another order.
        ("islanders lost their northern ferry", "A northern ferry, the only one the islanders had, is lost", True),
        ("send her back", "She was the kindest woman I ever met, and for some reason she loved me back", False),
        ("please clap", "I pity the judges who had no option but to attend", False),
        # All of it, but scattered over a long quote.
        ("islanders northern ferry", "The islanders met. " + "We talked of bread and of rain. " * 12 + "The northern ferry", False),
    ],
)  # fmt: skip
def test_what_is_shown_as_possible_has_enough_of_the_words_in_one_place(typed: str, printed: str, shown: bool) -> None:
    match = possible_match(analyse(typed), candidate(printed), (), beside_sure=False)
    assert (match is not None) == shown
    assert match is None or not match.sure


HALF = "the islanders lost their northern ferry and the harbour pilots want it repaired"
OTHER_HALF = "the northern ferry of the islanders was lost, and the pilots know"


def test_beside_a_sure_answer_more_of_the_words_is_wanted() -> None:
    # What the learned order says outweighs the place.
    likely = possible_match(analyse(HALF), candidate("something else entirely"), (), beside_sure=True, likelihood=0.6)
    assert likely is not None
    assert (likely.sure, likely.reason) == (False, LIKELY_REASON)
    assert possible_match(analyse(HALF), candidate("something else"), (), beside_sure=True, likelihood=0.4) is None
    shown = [possible_match(analyse(HALF), candidate(OTHER_HALF), (), beside_sure=sure) for sure in (False, True)]
    assert shown[0] is not None
    assert shown[1] is None


def test_everyday_words_alone_are_no_version_though_nothing_is_sure() -> None:
    asked, everyday = (
        analyse("we knew that it was wrong"),
        candidate("I knew at once that something was wrong, and we know it"),
    )
    assert coverage(asked, everyday.stems).share > 0.8
    assert possible_match(asked, everyday, (), beside_sure=False, likelihood=0.4) is None
    assert possible_match(asked, everyday, (), beside_sure=False, likelihood=0.5) is not None


@pytest.mark.parametrize(
    ("printed", "alters"),
    [
        ("In June, brother, north of $100 million was raised by the harbour board", (MeaningChange.NUMBER,)),
        ("In June, brother, north of $900 million was raised by the harbour board", ()),
        ("In June, brother, a very great deal was raised by the harbour board", ()),
    ],
)
def test_another_number_is_said_of_what_is_possible(printed: str, alters: tuple[MeaningChange, ...]) -> None:
    match = possible_match(
        analyse("the harbour board raised $900 million in June"), candidate(printed), (), beside_sure=False
    )
    assert match is not None
    assert match.alters == alters


def test_words_that_are_all_there_may_deny_what_was_typed() -> None:
    typed = "Canada will pay for the bridge"
    said = "my position has been and will stay very firm, saying that Canada {} pay for the bridge"
    denied, kept = answer(typed, said.format("cannot")), answer(typed, said.format("can"))
    assert denied is not None
    assert kept is not None
    assert (denied.tier, denied.match.alters) == (Tier.ALL_WORDS, (MeaningChange.NEGATION,))
    assert (kept.tier, kept.match.alters) == (Tier.ALL_WORDS, ())


@given(some_words, st.lists(texts, max_size=8))
def test_what_was_too_much_next_to_the_words_typed_tells_only_other_quotes_apart_that_differ(
    typed: str, printed: list[str]
) -> None:
    asked = analyse(typed)
    for quote in map(analyse, printed):
        if quick_verdict(asked, quote) is not None and asked.keys != quote.keys:
            assert verdict(asked, quote).kind == MatchKind.DIFFERENT


def test_what_denies_a_few_common_words_that_it_has_says_so_though_it_is_only_possible() -> None:
    asked, printed = (
        "we will pay them",
        "If we don't pay and feed them, the old town will go to ruin within a year or two",
    )
    found = classify(analyse(asked), AnalysedQuote(1, printed, analyse(printed).stems, "d"))
    assert found is not None
    assert (found.tier, found.match.sure) == (Tier.ALL_WORDS, False)
    assert found.match.alters == (MeaningChange.NEGATION,)
