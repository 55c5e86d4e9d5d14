"""The order of an answer: tiers, then matches; at most a few that may be."""

from __future__ import annotations

from search.find.classify import Tier
from search.find.group import Placed, utterance_from
from search.find.order import MOST_LIKELY, MOST_POSSIBLE, ordered_utterances, sorted_by_day
from search.model import Match, MatchKind, Quote, SortOrder, Utterance, Version


def placed(name: str, tier: Tier, score: float = 0.7, *, sure: bool = True) -> Placed:
    kind = MatchKind.REWORDED if tier == Tier.POSSIBLE else MatchKind.PART
    match = Match(kind, score, doubtful=not sure)
    return Placed(Utterance(name, name, match, (Version(name, match, ()),), None, (), ()), tier)


def test_what_holds_all_that_was_typed_comes_first_whatever_the_scores() -> None:
    some = [
        placed("edited", Tier.EDITED, 0.99),
        placed("contained", Tier.CONTAINED, 0.98),
        placed("apart", Tier.ALL_WORDS, 0.6),
        placed("phrase", Tier.PHRASE, 0.7),
        placed("same", Tier.SAME_WORDS, 1.0),
        placed("better", Tier.PHRASE, 0.8),
    ]
    names = [utterance.id for utterance in ordered_utterances(some)]
    assert names == ["same", "better", "phrase", "apart", "edited", "contained"]


def test_a_few_that_may_be_stand_last_and_no_more_of_a_kind() -> None:
    some = [placed(f"p{n}", Tier.POSSIBLE, n / 10, sure=False) for n in range(6)]
    some += [placed(f"c{n}", Tier.CONTAINED, n / 10, sure=False) for n in range(6)]
    some.append(placed("sure", Tier.EDITED, 0.51))
    names = [utterance.id for utterance in ordered_utterances(some)]
    assert names == ["sure", "c5", "c4", "c3", "p5", "p4", "p3"]
    assert MOST_POSSIBLE == 3


def test_of_one_tier_the_likeliest_stands_first_whatever_the_score() -> None:
    some = [placed(f"e{n}", Tier.EDITED, 0.9 - n / 10)._replace(likelihood=n / 10) for n in range(3)]
    assert [utterance.id for utterance in ordered_utterances(some)] == ["e2", "e1", "e0"]


def test_what_is_likely_is_shown_beyond_the_first_few() -> None:
    some = [
        placed(f"p{n}", Tier.POSSIBLE, n / 20, sure=False)._replace(likely=n % 2 == 0, likelihood=n / 20)
        for n in range(20)
    ]
    names = [utterance.id for utterance in ordered_utterances(some)]
    assert names == ["p19", "p18", "p17", "p16", "p14", "p12", "p10", "p8", "p6", "p4"]
    assert len(names) == MOST_LIKELY


def test_by_day_what_is_not_known_comes_last_and_what_is_not_sure_behind_it() -> None:
    def utterance(id_: str, day: str | None, doubtful: bool = False) -> Utterance:
        quote = Quote(id_, "", "words", published=day)
        return utterance_from(id_, [Version("words", Match(MatchKind.EXACT, 1.0, doubtful=doubtful), (quote,))])

    some = [utterance("a", None), utterance("b", "2024-03-05T23:00:00-05:00"), utterance("c", "2024-03-06T01:00:00Z"), utterance("d", "2023-01-01", doubtful=True), utterance("e", "2023-02-01")]  # fmt: skip
    assert [one.id for one in sorted_by_day(some, SortOrder.NEWEST)] == ["b", "c", "e", "a", "d"]
    assert [one.id for one in sorted_by_day(some, SortOrder.OLDEST)] == ["e", "c", "b", "a", "d"]
