"""Quotes as people corrected them: at once, everywhere, through whatever happens to the archive, and back again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from search.corrections.correction import CorrectionKind
from search.errors import QueryError, QuoteNotFound
from search.find.find import find
from search.find.utterance_page import utterance_of_quote
from search.model import Document, Query, Quote, Span
from search.settings import Settings, load
from search.storage.store import Store
from search.storage.tables.corrected_quotes import BY_A_PERSON

FERRY = "The ferry to the northern islands was sold for a song"
TUNNEL = "Nobody in the council asked the ferrymen about the tunnel"
TEXT = f"Marta Lind said: “{FERRY}.” “{TUNNEL},” said Otto Berg."
PAGE = "https://ledger.example/ferry"


def document(name: str = "d1", text: str = TEXT) -> tuple[Document, str, list[Quote]]:
    """A page with two quotes, as the pipeline hands it to the store."""
    places = [Span(start, start + len(words)) for words in (FERRY, TUNNEL) if (start := text.index(words)) >= 0]
    speakers = ("Marta Lind", "Otto Berg")
    quotes = [
        Quote(
            f"{name}-{n}", name, span.of(text), (span,), speaker=speaker, role="mayor", confidence=0.9, outlet="Ledger",
            url=PAGE, published="2024-03-05", before=text[: span.start], after=text[span.end :],
        )
        for n, (span, speaker) in enumerate(zip(places, speakers, strict=True))
    ]  # fmt: skip
    return Document(name, text, url=PAGE, outlet="Ledger", published="2024-03-05"), PAGE, quotes


@pytest.fixture
def filled(store: Store) -> Store:
    store.add([document()])
    store.catch_up()
    return store


def found(store: Store, words: str, **filters: object) -> list[Quote]:
    return [quote for one in find(store, replace(Query(words), **filters)).utterances for quote in one.quotes]  # type: ignore[arg-type]


def speaker_of(store: Store, id_: str = "d1-0") -> str | None:
    return store.quotes([store.number_of(id_)])[store.number_of(id_)].speaker


def test_a_speaker_is_corrected_at_once_and_shown_as_corrected(filled: Store) -> None:
    made = filled.correct(CorrectionKind.SPEAKER, "Ann", "the caption names her", quotes=["d1-0"], names=["Ada Voss"])
    (quote,) = found(filled, FERRY)
    assert (quote.id, quote.speaker, quote.role, quote.confidence, quote.method) == (
        "d1-0", "Ada Voss", None, 1.0, BY_A_PERSON,
    )  # fmt: skip
    assert quote.flags == ("corrected",)
    assert [one.id for one in found(filled, "", speaker=("Ada Voss",))] == ["d1-0"]
    assert "Marta Lind" not in filled.speaker_names()
    assert {row.name: row.quotes for row in filled.speaker_table()} == {"Ada Voss": 1, "Otto Berg": 1}
    assert filled.corrections_of("d1-0") == [made]
    filled.undo_correction(made.id, "Bo", "it does not")
    (quote,) = found(filled, FERRY)
    assert (quote.speaker, quote.role, quote.confidence, quote.flags) == ("Marta Lind", "mayor", 0.9, ())
    assert {row.name: row.quotes for row in filled.speaker_table()} == {"Marta Lind": 1, "Otto Berg": 1}


def test_a_speaker_may_be_nobody_known_and_the_last_word_counts(filled: Store) -> None:
    filled.correct(CorrectionKind.SPEAKER, "Ann", "", quotes=["d1-0"], names=["Ada Voss"])
    last = filled.correct(CorrectionKind.SPEAKER, "Ann", "", quotes=["d1-0"])
    assert speaker_of(filled) is None
    filled.undo_correction(last.id, "Ann", "")
    assert speaker_of(filled) == "Ada Voss"


def test_a_hidden_quote_is_nowhere_and_comes_back_whole(filled: Store) -> None:
    before = filled.quotes([filled.number_of("d1-0")])[filled.number_of("d1-0")]
    hidden = filled.correct(CorrectionKind.HIDE, "Ann", "withdrawn", quotes=["d1-0"])
    for _ in range(2):
        assert found(filled, FERRY) == []
        assert [quote.id for quote in found(filled, "", outlet=("Ledger",))] == ["d1-1"]
        assert find(filled, Query("", outlet=("Ledger",))).facets["speaker"] == (("Otto Berg", 1),)
        with pytest.raises(QuoteNotFound):
            utterance_of_quote(filled, "d1-0")
        assert [quote.id for quote in filled.quotes_of_document("d1")] == ["d1-1"]
        assert [quote.id for quote, _ in filled.export()] == ["d1-1"]
        assert filled.count_quotes() == 1
        assert [quote.id for quote in filled.recent_quotes(5) + filled.example_quotes(5)] == ["d1-1", "d1-1"]
        assert "Marta Lind" not in filled.speaker_names()
        assert filled.hidden_quotes() == [before]
        filled.rebuild()
    filled.undo_correction(hidden.id, "Ann", "they printed it again")
    (after,) = found(filled, FERRY)
    assert after == before
    assert filled.hidden_quotes() == []


def test_marks_become_scare_quotes_and_words_that_were_said(filled: Store) -> None:
    scare = filled.correct(CorrectionKind.SCARE, "Ann", "a title", quotes=["d1-0"])
    assert [quote.scare for quote in found(filled, FERRY, scare=True)] == [True]
    assert filled.utterances_of([filled.number_of("d1-0")])[filled.number_of("d1-0")] < 0  # no version, so no utterance
    filled.correct(CorrectionKind.SAID, "Bo", "she said so", quotes=["d1-0"])
    assert [quote.scare for quote in found(filled, FERRY)] == [False]
    filled.undo_correction(scare.id, "Bo", "")
    assert found(filled, FERRY)[0].flags == ("corrected",)  # that it was said is a correction still


def delete_and_index_again(store: Store) -> None:
    store.delete_document("d1")
    assert store.hidden_quotes() == []
    store.add([document()])


def add_the_next_revision(store: Store) -> None:
    """The same words further down: other ids, another document, the same page."""
    store.delete_document("d1")
    store.add([document("d2", f"An editor wrote this before. {TEXT}")])


def rebuild(store: Store) -> None:
    store.rebuild()


@pytest.mark.parametrize("happens", [delete_and_index_again, add_the_next_revision, rebuild])
def test_corrections_outlive_re_indexing(filled: Store, happens: Callable[[Store], None]) -> None:
    filled.correct(CorrectionKind.SPEAKER, "Ann", "", quotes=["d1-1"], names=["Ada Voss"])
    filled.correct(CorrectionKind.HIDE, "Ann", "", quotes=["d1-0"])
    happens(filled)
    filled.catch_up()
    assert found(filled, FERRY) == []
    assert [quote.speaker for quote in found(filled, TUNNEL)] == ["Ada Voss"]


def utterances(store: Store) -> set[frozenset[str]]:
    of: dict[str, set[str]] = {}
    for quote, utterance in store.export():
        of.setdefault(utterance, set()).add(quote.id)
    return {frozenset(ids) for ids in of.values()}


def test_what_is_joined_stays_so_when_a_speaker_is_corrected_and_the_page_is_read_anew(filled: Store) -> None:
    joined = filled.correct(CorrectionKind.JOIN, "Ann", "one sentence", quotes=["d1-0", "d1-1"])
    assert utterances(filled) == {frozenset({"d1-0", "d1-1"})}
    filled.correct(CorrectionKind.SPEAKER, "Ann", "", quotes=["d1-0"], names=["Ada Voss"])
    assert utterances(filled) == {frozenset({"d1-0", "d1-1"})}
    add_the_next_revision(filled)
    filled.catch_up()
    assert utterances(filled) == {frozenset({"d2-0", "d2-1"})}
    filled.undo_correction(joined.id, "Ann", "")
    assert utterances(filled) == {frozenset({"d2-0"}), frozenset({"d2-1"})}


def test_the_earlier_of_two_decisions_counts_again_when_the_later_is_taken_back(filled: Store) -> None:
    filled.correct(CorrectionKind.JOIN, "Ann", "", quotes=["d1-0", "d1-1"])
    parted = filled.correct(CorrectionKind.SPLIT, "Bo", "", quotes=["d1-1", "d1-0"])
    assert len(utterances(filled)) == 2
    filled.undo_correction(parted.id, "Bo", "")
    assert len(utterances(filled)) == 1


def test_a_name_is_corrected_everywhere_at_once(filled: Store) -> None:
    made = filled.correct(CorrectionKind.SAME_PERSON, "Ann", "", names=["Mayor Lind", "Marta Lind"])
    assert [quote.speaker for quote in found(filled, FERRY)] == ["Mayor Lind"]
    filled.undo_correction(made.id, "Ann", "")
    assert [quote.speaker for quote in found(filled, FERRY)] == ["Marta Lind"]


def test_the_state_of_the_archive_changes_with_every_correction(filled: Store) -> None:
    states = [filled.state()]
    for kind, names in ((CorrectionKind.SAME_PERSON, ["A Lee", "Ann Lee"]), (CorrectionKind.OTHER_PERSON, ["A Lee", "B Lee"])):  # fmt: skip
        made = filled.correct(kind, "Ann", "", names=names)
        states.append(filled.state())
        filled.undo_correction(made.id, "Ann", "")
        states.append(filled.state())
    assert len(set(states)) == 5


def test_corrections_pass_to_another_archive_before_or_after_its_documents(filled: Store, settings: Settings) -> None:
    filled.correct(CorrectionKind.HIDE, "Ann", "withdrawn", quotes=["d1-0"])
    undone = filled.correct(CorrectionKind.SPEAKER, "Ann", "", quotes=["d1-1"], names=["Ada Voss"])
    for first in ("documents", "corrections"):
        with Store(load({"instance": settings.instance.parent / first}, environ={})) as other:
            if first == "documents":
                other.add([document()])
            assert other.import_corrections(filled.corrections()) == 2
            assert other.import_corrections(filled.corrections()) == 0
            if first == "corrections":
                other.add([document()])
            other.catch_up()
            assert found(other, FERRY) == []
            assert speaker_of(other, "d1-1") == "Ada Voss"
    filled.undo_correction(undone.id, "Bo", "")
    with Store(load({"instance": settings.instance.parent / "documents"}, environ={})) as other:
        assert other.import_corrections(filled.corrections()) == 1  # that it was taken back is news
        assert speaker_of(other, "d1-1") == "Otto Berg"


def test_ready_made_quotes_are_corrected_too_and_stay_hidden(store: Store) -> None:
    quotes = [Quote("i1", "", FERRY, speaker="Marta Lind", confidence=1.0), Quote("i2", "", TUNNEL, confidence=1.0)]
    store.add_quotes(quotes)
    store.catch_up()
    store.correct(CorrectionKind.HIDE, "Ann", "", quotes=["i1"])
    assert store.add_quotes(quotes) == (0, 2)
    store.catch_up()
    assert [quote.id for quote, _ in store.export()] == ["i2"]


def test_what_cannot_be_corrected_is_one_sentence_and_changes_nothing(filled: Store) -> None:
    state = filled.state()
    with pytest.raises(QuoteNotFound):
        filled.correct(CorrectionKind.HIDE, "Ann", "", quotes=["nothing"])
    with pytest.raises(QueryError):
        filled.correct(CorrectionKind.SPEAKER, "Ann", "", quotes=["d1-0"], names=["Una\nVoss"])
    with pytest.raises(QuoteNotFound):
        filled.undo_correction("nothing", "Ann", "")
    assert filled.state() == state


def test_a_decision_outlives_the_document_that_it_was_made_on(filled: Store) -> None:
    """Another paper prints the same versions: what was said of them holds for it."""
    filled.correct(CorrectionKind.JOIN, "Ann", "", quotes=["d1-0", "d1-1"])
    other = document("w1", f"Wire: {TEXT}")
    renamed = [replace(quote, url="https://wire.example/1") for quote in other[2]]
    filled.add([(replace(other[0], url="https://wire.example/1"), "https://wire.example/1", renamed)])
    filled.catch_up()
    filled.delete_document("d1")
    filled.rebuild()
    assert utterances(filled) == {frozenset({"w1-0", "w1-1"})}


def test_a_document_whose_quote_is_corrected_came_in_no_later(filled: Store) -> None:
    other = document("d2", f"An editor wrote this before. {TEXT}")
    filled.add([(replace(other[0], url=None), "d2", other[2])])
    filled.catch_up()
    filled.correct(CorrectionKind.SPEAKER, "Ann", "", quotes=["d1-0"], names=["Ada Voss"])
    assert [quote.document_id for quote in filled.recent_quotes(5)] == ["d2", "d1"]
