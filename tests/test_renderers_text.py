"""The answer at a terminal: what is let through, how it is marked, what is said of it."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.model import (  # fmt: skip
    ChangedParagraph,
    Difference,
    DifferenceKind,
    DiffSegment,
    Document,
    Match,
    MatchKind,
    MeaningChange,
    Query,
    Quote,
    Result,
    RevisionDiff,
    Utterance,
    Version,
)
from search.renderers import Style
from search.renderers.text import (
    BOLD,
    HEADINGS,
    LONG_CHANGE,
    document_text,
    extent,
    marked,
    painted,
    render,
    revision_text,
    safe,
    safe_columns,
    utterance_text,
    without_middle,
)

PLAIN, COLOURED = Style(), Style(color=True)
HOSTILE = "a\x1b[31mb\x07\u202ec\nd\x9be"


def quote(id_: str, text: str, outlet: str | None = "Courier", **fields: object) -> Quote:
    return Quote(id=id_, document_id="d", text=text, outlet=outlet, **({"confidence": 1.0} | fields))  # type: ignore[arg-type]


def utterance(*versions: Version, speakers: tuple[str, ...] = ("Ann Lee",)) -> Utterance:
    quotes = [each for version in versions for each in version.quotes]
    outlets = tuple(dict.fromkeys(each.outlet for each in quotes if each.outlet))
    days = sorted(each.published for each in quotes if each.published)
    return Utterance(quotes[0].id, versions[0].text, versions[0].match, versions, days[0] if days else None, outlets, speakers)  # fmt: skip


def version(*quotes: Quote, kind: MatchKind = MatchKind.EXACT, **match: object) -> Version:
    return Version(quotes[0].text, Match(kind, 0.9, **match), quotes)  # type: ignore[arg-type]


def test_what_is_listed_without_words_is_compared_with_nothing() -> None:
    found = utterance(version(quote("q1", "the ferry sails")))
    listed, asked = (
        render(Result(query, 1, 1, 1, (found,)), PLAIN) for query in (Query(), Query(text="the ferry sails"))
    )
    assert "score" in asked and "· exact ·" in asked  # noqa: PT018
    assert "score" not in listed
    assert "exact" not in listed


def result(*utterances: Utterance, **fields: object) -> Result:
    quotes = sum(len(each.quotes) for each in utterances)
    versions = sum(len(each.versions) for each in utterances)
    return Result(Query(text="x"), quotes, versions, len(utterances), utterances, **fields)  # type: ignore[arg-type]


@given(st.text(alphabet=st.characters(codec=None)))
def test_nothing_that_drives_a_terminal_comes_through(text: str) -> None:
    for made_safe in (safe, safe_columns):
        kept = made_safe(text)
        assert "\n" not in kept
        assert not [c for c in kept if unicodedata.category(c) == "Cc" or unicodedata.bidirectional(c) in ("RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI")]  # fmt: skip
        assert made_safe(kept) == kept


def test_columns_stay_where_they_are() -> None:
    assert safe_columns(f"    12  {HOSTILE}") == "    12  a[31mbc de"


def test_colours_are_written_only_where_the_terminal_takes_them() -> None:
    assert painted(PLAIN, "x", BOLD) == "x"
    assert painted(COLOURED, "x", BOLD) == "\x1b[1mx\x1b[0m"


@pytest.mark.parametrize(
    ("step", "shown"),
    [
        (Difference(DifferenceKind.SAME, "we will", "We will"), "We will"),
        (Difference(DifferenceKind.REMOVED, "never", ""), "[-never-]"),
        (Difference(DifferenceKind.ADDED, "", "[surely]"), "{+[surely]+}"),
        (Difference(DifferenceKind.CHANGED, "May", "June"), "[-May-] {+June+}"),
        (Difference(DifferenceKind.ADDED, "", "w " * 15), "{+w w w w w … w w w w w+}"),
        (Difference(DifferenceKind.REMOVED, HOSTILE, ""), "[-a[31mbc de-]"),
    ],
)
def test_differences_stand_in_the_signs_of_wdiff(step: Difference, shown: str) -> None:
    assert marked([step], PLAIN) == shown


@given(st.lists(st.text("ab", min_size=1), max_size=40))
def test_a_long_passage_keeps_its_ends(words: list[str]) -> None:
    shown = without_middle(" ".join(words)).split(" ")
    if len(words) <= LONG_CHANGE:
        assert " ".join(shown) == " ".join(words)
    else:
        assert (shown[:5], shown[5], shown[6:]) == (words[:5], "…", words[-5:])


def test_what_is_near_is_shown_with_the_words_that_are() -> None:
    said = f"{'It was a long day at the port. ' * 12}My heart is with the crews. {'We all went home. ' * 5}"
    shown = " ".join(render(result(nearest=(quote("a", said), quote("b", "word " * 800))), PLAIN).split())
    assert "My heart is with the crews." in shown
    assert "“word word word word word … word word word word word”" in shown


@pytest.mark.parametrize(
    ("versions", "said"),
    [
        ([version(quote("a", "x"))], "in 1 version, printed once by 1 outlet"),
        ([version(quote("a", "x"), quote("b", "x"))], "in 1 version, printed twice by 1 outlet"),
        ([version(quote("a", "x", None))], "in 1 version, printed once"),
        (
            [version(quote("a", "x"), quote("b", "x", "Post")), version(quote("c", "y", "Post"))],
            "in 2 versions, printed 3 times by 2 outlets",
        ),
    ],
)
def test_an_utterance_says_how_widely_it_was_printed(versions: list[Version], said: str) -> None:
    assert extent(utterance(*versions)) == said


def test_an_answer_says_how_much_was_found_and_what_of_it_is_shown() -> None:
    one = utterance(version(quote("a", "x")))
    assert render(result(one), PLAIN).startswith("1 utterance, 1 quote; the first in 1 version, printed once by 1 outlet\n\n1. Ann Lee · the same words")  # fmt: skip
    part = Result(Query(text="x", offset=20, limit=1), 90, 60, 41, (one,))
    assert render(part, PLAIN).startswith("41 utterances (1 of them shown), 90 quotes; number 21 in 1 version")
    assert render(result(notes=("Try fewer words.",)), PLAIN) == "Nothing found.\nTry fewer words.\n"


def test_notes_are_read_before_the_answers_that_they_are_about() -> None:
    answer = result(utterance(version(quote("a", "x"))), notes=("Another spelling was looked for.",))
    summary, note, blank, *_ = render(answer, PLAIN).splitlines()
    assert summary.startswith("1 utterance")
    assert (note, blank) == ("Another spelling was looked for.", "")


@pytest.mark.parametrize("kind", MatchKind)
def test_every_kind_of_match_has_a_heading(kind: MatchKind) -> None:
    assert f"Ann Lee · {HEADINGS[kind]} · score 0.90" in utterance_text(
        utterance(version(quote("a", "x"), kind=kind)), PLAIN
    )


def test_a_quote_says_what_must_be_known_before_it_is_cited() -> None:
    said = quote("q1", "x", None, speaker="Bo Ray", scare=True, flags=("denied", "joined"), via=("Post", "Cara"))
    shown = utterance_text(utterance(version(said, alters=("negation",))), PLAIN)
    assert "no date · outlet not known · Bo Ray · exact · scare · denied · q1\n" in shown
    assert "as reported by Post > Cara" in shown
    assert "! the change alters the meaning: negation" in shown
    assert "joined" not in shown


def test_what_differs_is_shown_of_other_words_where_the_meaning_turns_and_most_are_kept() -> None:
    """An alert of another number did not say which."""
    steps = (
        Difference(DifferenceKind.SAME, "it costs", "It costs"),
        Difference(DifferenceKind.CHANGED, "50", "500"),
        Difference(DifferenceKind.SAME, "a year", "a year"),
    )
    places = quote("a", "It costs 500 a year")
    shown = {
        alters: utterance_text(
            utterance(version(places, kind=MatchKind.REWORDED, alters=alters, differences=steps)), PLAIN
        )
        for alters in ((MeaningChange.NUMBER,), ())
    }
    assert "It costs [-50-] {+500+} a year" in shown[MeaningChange.NUMBER,]
    assert "{+" not in shown[()]


def test_all_places_of_a_long_part_are_listed_and_its_words_shown_by_their_ends() -> None:
    long = " ".join(f"word{n}" for n in range(100))
    shown = utterance_text(utterance(version(quote("a", long), quote("b", long, "Post"), kind=MatchKind.PART)), PLAIN)
    assert "“word0 word1 word2 word3 word4 … word95 word96 word97 word98 word99”" in shown
    assert "Courier" in shown
    assert "Post" in shown


@given(st.integers(1, 200), st.text(min_size=1, max_size=300))
def test_no_width_and_no_words_break_an_answer(width: int, text: str) -> None:
    shown = render(result(utterance(version(quote("a", text)))), Style(width=width))
    assert shown.endswith("\n")
    assert "\x1b" not in shown


def test_a_document_says_what_is_known_of_it_its_revisions_and_its_copies() -> None:
    first, second = Document("d1", "Old."), Document("d2", f"New.\n\n{HOSTILE}", title=HOSTILE, outlet="Courier")
    shown = document_text(second, PLAIN, [first, second], [Document("c", "", outlet=None)])
    assert shown.startswith("a[31mbc de\n\noutlet: Courier\n")
    assert "revision: 2 of 2 (--diff shows what changed): d1\n" in shown
    assert "same quotes in: outlet not known (c)\n" in shown
    assert shown.endswith("\nNew.\n\na[31mbc\n\nde\n")
    assert "revision" not in document_text(first, PLAIN, [first])


def test_what_changed_between_revisions_stands_in_the_signs_of_wdiff() -> None:
    kept, gone, come = DifferenceKind.SAME, DifferenceKind.REMOVED, DifferenceKind.ADDED
    changed = (DiffSegment(kept, "It opens in"), DiffSegment(gone, "May."), DiffSegment(come, "June."))
    diff = RevisionDiff(
        "d1", "d2", (("title", "Old", "New"), ("date", "", "2024")),
        (ChangedParagraph(DifferenceKind.CHANGED, changed), ChangedParagraph(come, (DiffSegment(come, "More."),))),
    )  # fmt: skip
    assert revision_text(diff, PLAIN) == (
        "from d1 to d2: 1 paragraph added, 1 changed; another title, another date\n"
        "title: [-Old-] {+New+}\ndate: {+2024+}\n\nIt opens in [-May.-] {+June.+}\n\n{+More.+}\n"
    )
    assert re.search(r"\x1b\[31m\[-May\.-\]\x1b\[0m", revision_text(diff, COLOURED))


def test_a_speaker_in_doubt_is_named_so_unless_another_place_is_sure() -> None:
    sure, unsure = (
        quote("a", "We will stay", speaker="Ann Lee"),
        quote("b", "We will stay", speaker="Ann Lee", confidence=0.5),
    )
    other = quote("c", "We will stay", speaker="Bo Ray", confidence=0.5)
    shown = utterance_text(utterance(version(unsure, other), speakers=("Ann Lee", "Bo Ray")), PLAIN)
    assert shown.startswith("perhaps Ann Lee, perhaps Bo Ray")
    assert "perhaps Bo Ray · " in shown.partition("\n")[2]
    assert utterance_text(utterance(version(unsure, sure)), PLAIN).startswith("Ann Lee")
