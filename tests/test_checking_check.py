"""A manuscript of forty quotations out of the sample archive, or nearly, or not: the verdict on each was written by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.input.input_file import ReadOptions
from indexer.manuscript import read_manuscript
from search.checking.check import check_manuscript, wording_verdict
from search.checking.listed_quotations import manuscript_of
from search.checking.report import CheckReport, Manuscript, Verdict
from search.matching.compare import compare
from search.model import Attribution, Document, Quote, QuoteKind, Span
from search.storage.store import Store
from search.text.analysis import analyse

GOLDEN = Path(__file__).parent / "golden" / "check"


def report_on(store: Store, text: str, name: str = "draft.md") -> CheckReport:
    (manuscript,) = read_manuscript(text.encode(), name, ReadOptions())
    return check_manuscript(store, manuscript)


@pytest.fixture(scope="module")
def report(samples: Store) -> CheckReport:
    return report_on(samples, (GOLDEN / "manuscript.md").read_text(encoding="utf-8"))


def test_every_verdict_on_the_manuscript_is_the_one_that_a_reader_gave(report: CheckReport) -> None:
    expected = json.loads((GOLDEN / "verdicts.json").read_text(encoding="utf-8"))
    got = [[one.position.line, one.position.column, one.verdict, one.text] for one in report.quotations]
    assert got == expected
    assert len(expected) == 40


def test_a_report_says_how_much_was_searched_and_that_not_all_is_exact(report: CheckReport, samples: Store) -> None:
    assert report.documents == samples.status().documents
    assert not report.all_exact
    assert sum(report.counts.values()) == 40


def test_words_that_turn_the_meaning_are_said_in_the_sentence(report: CheckReport) -> None:
    more_money = next(one for one in report.quotations if one.text.startswith("There is more money"))
    assert "a “not” or a “never” is on one side alone" in more_money.detail


def test_an_exact_quotation_still_says_that_other_places_print_the_opposite(report: CheckReport) -> None:
    cupboard = next(one for one in report.quotations if one.text.startswith("There is no more money"))
    assert cupboard.verdict == Verdict.EXACT
    assert "Other places print it otherwise" in cupboard.detail


def test_a_quotation_within_one_does_not_stand_for_it_and_another_spelling_is_no_exact_one(store: Store) -> None:
    """Both were "Exact": a quotation of which two words stand in marks, and one with a name misspelt."""
    said = ["Never again", "We voted for Averanda"]
    store.add_quotes([Quote(text, f"d{text}", text, speaker="Ann Lee", confidence=1.0) for text in said])
    store.catch_up()
    within = report_on(store, "He said: “I told the eels that ‘never again’ was all my answer.”").quotations[0]
    assert within.verdict == Verdict.ABSENT
    misspelt = report_on(store, "She said: “We voted for Averonda.”").quotations[0]
    assert misspelt.verdict == Verdict.ALTERED
    (finding, *_) = misspelt.findings
    assert ("Averonda.", "Averanda") in [(step.query, step.quote) for step in finding.differences]


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        (
            "the basket of adorables",
            "Nearest in words is “the basket of deplorables”, said by Ann Lee (Northway Radio).",
        ),
        ("a basket of bread and of cheese for every pensioner", None),
    ],
)
def test_what_nobody_printed_has_beside_it_what_is_nearest_if_that_has_much_of_it(
    store: Store, words: str, nearest: str | None
) -> None:
    outlet = "Northway Radio"
    for number, text in enumerate(("the basket of deplorables", "we carried every basket of the harvest by hand")):
        document = Document(f"d{number}", text, outlet=outlet)
        quote = Quote(f"q{number}", document.id, text, speaker="Ann Lee", confidence=0.9, outlet=outlet)
        store.add([(document, document.id, [quote])])
    (one,) = report_on(store, f"“{words},” said Jo Ny.").quotations
    assert one.verdict == Verdict.ABSENT
    assert not one.findings
    assert one.detail == " ".join(filter(None, ["No version of it in this archive of 2 documents.", nearest]))


def test_a_surname_alone_agrees_with_either_of_two_who_have_it(samples: Store) -> None:
    text = "Halvesk was blunt. “I was the minister of apologies for other men's wars,” Halvesk said."
    assert [one.verdict for one in report_on(samples, text).quotations] == [Verdict.EXACT]


@pytest.mark.parametrize(("confidence", "verdict"), [(0.9, Verdict.DIFFERENT_SPEAKER), (0.4, Verdict.EXACT)])
def test_whom_the_archive_names_in_doubt_contradicts_nobody(store: Store, confidence: float, verdict: Verdict) -> None:
    words = "We sold the ferry to the northern islands for a song and a dance"
    store.add_quotes([Quote("q", "", words, speaker="Bo Ray", confidence=confidence, outlet="Ledger")])
    store.catch_up()
    report = report_on(store, f"Nobody asked. “{words},” said Marta Lind, the mayor.")
    assert [one.verdict for one in report.quotations] == [verdict]
    assert ("perhaps Bo Ray" in report.quotations[0].detail) == (confidence < 0.5)


def test_a_term_in_marks_is_not_checked_and_does_not_fail(samples: Store) -> None:
    report = report_on(samples, "The so-called “velvet dredger” is a ship. It has no other name in the harbour.")
    assert [one.verdict for one in report.quotations] in ([Verdict.UNCHECKED], [])
    assert report.all_exact


def test_nothing_of_a_manuscript_is_stored(samples: Store) -> None:
    before = samples.status()
    report_on(samples, "“A stethoscope is a fine thing until somebody pays,” said Ruth Penhallow.")
    assert samples.status() == before


def test_a_mark_that_is_never_closed_is_not_looked_for(samples: Store) -> None:
    text = "word " * 5_000
    whole = Attribution((Span(0, len(text)),), QuoteKind.DIRECT)
    report = check_manuscript(samples, Manuscript("draft", text, (whole,)))
    assert [one.verdict for one in report.quotations] == [Verdict.UNCHECKED]
    assert "closing mark" in report.quotations[0].detail


def test_marks_around_an_ellipsis_alone_quote_no_words(samples: Store) -> None:
    (one,) = check_manuscript(samples, manuscript_of([(". . .", "Ann Lee")])).quotations
    assert (one.verdict, one.detail) == (Verdict.UNCHECKED, "There are no words between the marks.")


@pytest.mark.parametrize(
    ("asked", "printed", "verdict"),
    [
        ("We sold the ferry in April", "We sold the ferry in April.", Verdict.EXACT),
        ("We sold the ferry", "We sold the ferry in April, and the pier with it", Verdict.PARTIAL),
        ("We sold … the pier with it in the end", "We sold the ferry in April, and the pier with it in the end", Verdict.PARTIAL),
        ("We sold the old ferry in April for nothing", "We sold the new ferry in April for nothing", Verdict.ALTERED),
        ("We did sell the ferry in April", "We did … sell the ferry in April", Verdict.ALTERED),
        ("We sold the ferry in April.", "We sold the ferry in April ...", Verdict.EXACT),
    ],
)  # fmt: skip
def test_the_verdict_on_the_words_alone(asked: str, printed: str, verdict: Verdict) -> None:
    assert wording_verdict(asked, printed, compare(analyse(asked), analyse(printed))) == verdict


@given(st.text(max_size=200))
def test_any_words_are_exactly_themselves_or_have_no_words(text: str) -> None:
    match = compare(analyse(text), analyse(text))
    assert wording_verdict(text, text, match) in (Verdict.EXACT, Verdict.PARAPHRASE)
