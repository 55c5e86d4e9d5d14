"""What a citation says of the article that prints a quote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.cited_source import (
    LONGEST_TITLE,
    MOST_AUTHORS,
    AuthorName,
    CitedSource,
    author_name,
    cited_source,
    cited_sources,
    ended,
    headline_capitals,
    in_order,
    inverted,
    names_joined,
    quoted_title,
    with_double_marks,
)
from search.find.bylines import only_quote
from search.model import Match, MatchKind, Quote, Utterance, Version


@pytest.mark.parametrize(
    ("name", "taken_apart"),
    [
        ("Ann Hartwell", AuthorName("Hartwell", "Ann")),
        ("Joren T. Brask", AuthorName("Brask", "Joren T.")),
        ("Petra Lindqvist-Hale", AuthorName("Lindqvist-Hale", "Petra")),
        ("Jan van der Berg", AuthorName("van der Berg", "Jan")),
        ("Robert Hill Jr.", AuthorName("Hill", "Robert", "Jr.")),
        ("Robert Hill, Jr.", AuthorName("Hill", "Robert", "Jr.")),
        ("Hartwell, Ann", AuthorName("Hartwell", "Ann")),
        ("Dr. Ann Hartwell", AuthorName("Hartwell", "Ann")),
        ("Ann Hartwell, diplomatic correspondent", AuthorName("Hartwell", "Ann")),
        ("Ann Hartwell, Bo Ray", AuthorName("Ann Hartwell, Bo Ray")),
        ("Continental Press Agency", AuthorName("Continental Press Agency")),
        ("Reporter: Ann Hartwell", AuthorName("Hartwell", "Ann")),
        ("Agence France-Presse", AuthorName("Agence France-Presse")),
        ("Reuters", AuthorName("Reuters")),
        ("سارا محمدی", AuthorName("سارا محمدی")),
        ("王小明", AuthorName("王小明")),
        ("our own staff", AuthorName("our own staff")),
    ],
)
def test_a_name_is_taken_apart_where_that_is_sure(name: str, taken_apart: AuthorName) -> None:
    assert author_name(name) == taken_apart


@given(st.text(min_size=1, max_size=200))
def test_no_word_of_a_name_is_lost_or_made_up(name: str) -> None:
    apart = author_name(name)
    assert set(" ".join(apart).split()) <= set(name.split()) | set(name.replace(",", " ").split())
    assert len(inverted(apart)) <= 210
    assert len(in_order(apart)) <= 210


@pytest.mark.parametrize(
    ("given_names", "initials"), [("Joren T.", "J. T."), ("Jean-Luc", "J.-L."), ("Ann", "A."), ("", ""), ("-", "")]
)
def test_given_names_by_their_first_letters(given_names: str, initials: str) -> None:
    assert AuthorName("X", given_names).initials == initials


@pytest.mark.parametrize(
    ("published", "date"),
    [
        ("2024-03-14T23:30:00-05:00", (2024, 3, 14)), ("2024-03", (2024, 3)), ("2024", (2024,)), (None, ()), ("soon", ()),
        ("2024-13-01", ()), ("0000-01-01", ()), ("2023-02-29", ()),
    ],
)  # fmt: skip
def test_the_day_is_the_papers_own_as_far_as_it_is_known(published: str | None, date: tuple[int, ...]) -> None:
    assert cited_source(Quote("q", "d", "x", published=published)).date == date


def test_nothing_that_is_not_known_is_made_up() -> None:
    bare = cited_source(Quote("q", "", "We\nstay"))
    assert bare[1:] == ((), "[Without a title]", "", (), "", "", "Speaker not known: “We stay”")
    assert cited_source(Quote("q", "", "x", speaker="Ann Lee")).title == "[Words of Ann Lee]"


def test_an_address_that_no_browser_may_follow_is_left_out_and_a_recordings_second_is_kept() -> None:
    assert cited_source(Quote("q", "", "x", url="javascript:alert(1)")).url == ""
    assert cited_source(Quote("q", "", "x", url="https://a.example/v#x", second=61.5)).url == "https://a.example/v#t=61"


def test_a_by_line_without_end_is_cut() -> None:
    assert len(cited_source(Quote("q", "d", "x", authors=("Ann Lee",) * 9000)).authors) == MOST_AUTHORS


@pytest.mark.parametrize("piece", ["'a ", "”’", '"', "‘a ", "a.” ", "Word ", "(", " 'a' b"])
def test_a_headline_without_end_is_cut_and_read_in_linear_time(piece: str) -> None:
    """Seconds are not measured: a test that took a step for each pair of 300,000 characters would never end."""
    endless = piece * 100_000
    source = cited_source(Quote("q", "d", "x", title=endless, outlet=endless, authors=(endless,), language="en"))
    assert len(source.title) <= LONGEST_TITLE + 1
    assert len(source.outlet) <= 201
    for text in (endless, f"{endless}x"):
        assert len(ended(with_double_marks(text))) <= len(text) + 1
    assert len(quoted_title(source)) <= LONGEST_TITLE + 4


def test_the_key_is_stable_and_the_quotes_own() -> None:
    one, other = (cited_source(Quote(id_, "d", "x", outlet="Évening Tide", published="2024")) for id_ in "ab")
    assert one.key.rpartition("-")[0] == other.key.rpartition("-")[0] == "eveningtide2024"
    assert one.key != other.key


def test_every_place_of_an_answer_is_a_source() -> None:
    quotes = (Quote("a", "d", "x"), Quote("b", "e", "x"))
    match = Match(MatchKind.EXACT, 1.0)
    said = Utterance("a", "x", match, (Version("x", match, quotes),), None, (), ())
    assert len(list(cited_sources(only_quote(said, "b")))) == 1


@pytest.mark.parametrize(
    ("text", "with_stop"),
    [("It ends", "It ends."), ("Does it?", "Does it?"), ("“Go”", "“Go.”"), ("“Go!”", "“Go!”"), ("the crews’", "the crews’."), ('He Said "Go"', 'He Said "Go."'), ("", "")],
)  # fmt: skip
def test_a_full_stop_stands_once_and_inside(text: str, with_stop: str) -> None:
    assert ended(text) == with_stop


def titled(title: str, language: str = "en") -> CitedSource:
    return cited_source(Quote("q", "d", "x", title=title, language=language))


def test_marks_inside_marks_are_single() -> None:
    assert quoted_title(titled('He Said "We Will Stay"')) == "“He Said ‘We Will Stay.’”"
    assert quoted_title(titled("“Sorry,” He Said")) == "“‘Sorry,’ He Said.”"
    assert with_double_marks("The crew's 'last' day, \"they\" say: ‘no’") == "The crew’s “last” day, “they” say: ‘no’"


@pytest.mark.parametrize(
    ("title", "language", "capitals"),
    [
        ("Harbour of the brave opens: the way in", "en-GB", "Harbour of the Brave Opens: The Way In"),
        ("“sorry,” says the minister", "en", "“Sorry,” Says the Minister"),
        ("What the U.S. iPhone tax is for", "en", "What the U.S. iPhone Tax Is For"),
        ("FERRY SINKS OFF THE COAST", "en", "Ferry Sinks off the Coast"),
        ("Der Minister spricht", "de", "Der Minister spricht"),
        ("Harbour opens", "", "Harbour opens"),
        ("نوار محرمانه", "en", "نوار محرمانه"),
        ("5 things & more", "en", "5 Things & More"),
        ("", "en", "[Without a title]"),
    ],
)
def test_an_english_headline_has_the_capitals_of_a_title(title: str, language: str, capitals: str) -> None:
    assert headline_capitals(titled(title, language)) == capitals


@given(st.text())
def test_capitals_change_no_word(title: str) -> None:
    source = titled(title)
    assert len(headline_capitals(source).split(" ")) == len(source.title.split(" "))
    assert headline_capitals(source).casefold() == with_double_marks(source.title).casefold()


def test_a_comma_stands_before_the_conjunction_but_between_two_as_they_are_spoken() -> None:
    ann, agency = AuthorName("Hartwell", "Ann"), AuthorName("Reuters")
    assert names_joined([ann, agency], ["Hartwell, Ann", "Reuters"], "and") == "Hartwell, Ann, and Reuters"
    assert names_joined([agency, agency], ["Reuters", "Mina"], "&") == "Reuters & Mina"
    assert names_joined([agency] * 3, ["a", "b", "c"], "and") == "a, b, and c"
    assert names_joined([], [], "and") == ""
