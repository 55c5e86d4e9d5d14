"""What an archive has of a speaker and of an outlet, and speakers side by side."""

from __future__ import annotations

import pytest

from search.errors import QueryError, QuoteNotFound
from search.find.find import find
from search.model import Query, Quote
from search.profiles.as_json import side_object
from search.profiles.as_text import WORDS, side_lines
from search.profiles.overviews import SpeakerSide
from search.profiles.profile import NEWEST, outlet_overview, outlets_of, speaker_overview
from search.profiles.side_by_side import side_by_side
from search.storage.store import Store


def test_a_speakers_quotes_are_those_that_a_search_for_him_finds(samples: Store) -> None:
    overview = speaker_overview(samples, "Joram Halvesk")
    found = find(samples, Query(speaker=("Joram Halvesk",), limit=1000))
    assert overview.holdings.quotes == found.total_quotes
    all_of_him = find(samples, Query(speaker=("Joram Halvesk",), indirect=True, scare=True, limit=1000))
    assert overview.holdings.left_out == all_of_him.total_quotes - found.total_quotes > 0
    times = overview.holdings.over_time
    assert sum(period.quotes for period in times.periods) + times.undated == found.total_quotes
    newest = [quote.published or "" for quote in overview.holdings.newest]
    assert newest == sorted(newest, reverse=True)
    assert len(newest) == NEWEST


def test_what_is_printed_most_is_shown_by_its_earliest_version(samples: Store) -> None:
    printed = speaker_overview(samples, "Joram Halvesk").holdings.most_printed
    assert [(one.outlets, one.quotes) for one in printed] == sorted(
        ((one.outlets, one.quotes) for one in printed), reverse=True
    )
    assert "never said" not in printed[0].quote.text


def test_an_outlet_has_its_speakers(samples: Store) -> None:
    overview = outlet_overview(samples, "Northway Radio")
    assert overview.speakers[0].name == "Joram Halvesk"
    assert overview.holdings.quotes == next(one.quotes for one in outlets_of(samples) if one.name == "Northway Radio")


def test_nobody_and_no_outlet_of_a_name_is_said(samples: Store) -> None:
    for look_up in (speaker_overview, outlet_overview):
        with pytest.raises(QuoteNotFound):
            look_up(samples, "Nowhere")


def test_outlets_that_have_the_words_of_a_name_are_named(samples: Store) -> None:
    with pytest.raises(QuoteNotFound, match=r"“northway”; nearest is: Northway Radio\.$"):
        outlet_overview(samples, "northway")


def test_a_surname_means_whom_it_alone_can_mean_and_else_several_are_named(store: Store) -> None:
    speakers = ("Ann Lind", "Bo Lind", "Cora Maar")
    quotes = [
        Quote(id=f"q{number}", document_id=f"d{number}", text=f"It was number {number}.", speaker=name, confidence=1.0)
        for number, name in enumerate(speakers)
    ]
    store.add_quotes(quotes)
    store.catch_up()
    assert speaker_overview(store, "maar").profile.name == "Cora Maar"
    sides = side_by_side(store, Query("number"), ["maar", "bo lind"])
    assert [side.speaker for side in sides] == ["Cora Maar", "Bo Lind"]
    for look_up in (speaker_overview, lambda store, name: side_by_side(store, Query("number"), ["maar", name])):
        with pytest.raises(QuoteNotFound, match=r"“Lind”: (?:Ann Lind, Bo Lind|Bo Lind, Ann Lind)\."):
            look_up(store, "Lind")


def test_each_side_is_the_answer_of_a_search(samples: Store) -> None:
    sides = side_by_side(samples, Query("treaty"), ["Joram Halvesk", " ", "Osvald Brekker"])
    assert all(isinstance(side, SpeakerSide) for side in sides)
    for side in sides:
        found = find(samples, Query("treaty", speaker=(side.speaker,), limit=1000))
        assert side.result.total_utterances == sum(utterance.sure for utterance in found.utterances)
        assert side_object(side)["result"]["total_utterances"] == side.result.total_utterances
    assert all(len(line) < WORDS + 40 for line in side_lines(sides))


def test_nobody_stands_under_anothers_name_of_the_same_surname(store: Store) -> None:
    store.add_quotes(
        [
            Quote(name, f"d{name}", f"The lake by {name} is frozen again", speaker=name, confidence=1.0)
            for name in ("Marta Lind", "Otto Lind", "Lind", "Bo Berg")
        ]
    )
    store.catch_up()
    lind, berg = side_by_side(store, Query("lake"), ["Lind", "Bo Berg"])
    assert (lind.speaker, lind.result.total_utterances) == ("Lind", 1)
    assert (berg.speaker, berg.result.total_utterances) == ("Bo Berg", 1)
    assert speaker_overview(store, "Lind").holdings.quotes == 1
    with pytest.raises(QuoteNotFound):
        side_by_side(store, Query("lake"), ["Nowhere", "Bo Berg"])


def test_what_speakers_said_stands_over_the_same_years(store: Store) -> None:
    """The year 2016 of one stood over the year 2013 of the other, in two plots of one width."""
    days = {"Marta Lind": ("2013-05-01", "2016-05-01"), "Bo Berg": ("2016-03-01", "2020-01-01"), "Ann Lee": (None,)}
    store.add_quotes(
        [
            Quote(f"{name} {day}", f"d{name}{day}", f"The lake is frozen again, says {name} on {day}", speaker=name,
                  confidence=1.0, published=day)
            for name, some in days.items()
            for day in some
        ]
    )  # fmt: skip
    store.catch_up()
    lind, berg, lee = side_by_side(store, Query("lake is frozen"), list(days))
    years = [str(year) for year in range(2013, 2021)]
    assert [period.name for period in lind.over_time.periods] == years
    assert [(period.name, period.quotes) for period in berg.over_time.periods] == [
        (year, int(year in ("2016", "2020"))) for year in years
    ]
    assert (lee.over_time.periods, lee.over_time.undated) == ((), 1)


@pytest.mark.parametrize(
    ("words", "names"), [("", ["A", "B"]), ("war", ["A"]), ("war", ["A", "A"]), ("war", ["A", "B", "C", "D", "E"])]
)
def test_too_little_or_too_much_to_compare_is_refused(samples: Store, words: str, names: list[str]) -> None:
    with pytest.raises(QueryError):
        side_by_side(samples, Query(words), names)
