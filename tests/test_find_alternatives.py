"""What is offered where nothing sure was found."""

from __future__ import annotations

import pytest

from search.errors import QuoteNotFound
from search.find.alternatives import alternatives, corrected_text, marked_words
from search.find.find import find
from search.model import Document, Query, Quote
from search.profiles.profile import meant_speaker
from search.storage.store import Store
from search.text.analysis import AnalysedText, analyse


@pytest.fixture
def archive(store: Store) -> Store:
    document = Document("d", "text", outlet="Harbour Ledger")
    quotes = [
        Quote("scare", "d", "look to the lagoon", scare=True, speaker="Ann Lee", confidence=0.9, outlet="Harbour Ledger"),
        Quote("said", "d", "The ferry will sail in May", speaker="Marten Quell", confidence=0.9, outlet="Harbour Ledger"),
        Quote("told", "d", "the crew would be paid at once", kind="indirect", speaker="Ann Lee", confidence=0.9),
    ]  # fmt: skip
    store.add([(document, "d", quotes)])
    store.catch_up()
    return store


def test_words_in_marks_that_quote_nobody_are_shown_as_such(archive: Store) -> None:
    found = find(archive, Query(text="look to the lagoon"))
    assert [quote.id for utterance in found.utterances for quote in utterance.quotes] == ["scare"]
    assert not found.utterances[0].sure
    assert "in marks that quote nobody" in found.notes[0]


def test_reported_speech_is_shown_as_such(archive: Store) -> None:
    found = find(archive, Query(text="the crew would be paid"))
    assert [quote.id for utterance in found.utterances for quote in utterance.quotes] == ["told"]
    assert "reported speech" in found.notes[0]


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ('Did Ann Lee ever say "The ferry will sail"?', "The ferry will sail"),
        ("Ann Lee: “ferry will sail in May” and “nonsense about eels”, or who?", "ferry will sail in May"),
    ],
)
def test_the_words_in_marks_are_looked_for_where_the_words_around_them_are_nobodys(
    archive: Store, typed: str, marked: str
) -> None:
    """A question with a quote in it found nothing, since no quote has the words of the question."""
    found = find(archive, Query(text=typed))
    assert [quote.id for utterance in found.utterances for quote in utterance.quotes] == ["said"]
    assert found.notes[0].startswith("No quote has all that was typed")
    assert f"“{marked}”" in found.notes[0]
    (version,) = found.utterances[0].versions
    assert all(step.query in ("", marked) for step in version.match.differences)


def test_all_that_is_typed_in_marks_is_looked_for_as_it_is() -> None:
    assert marked_words("“The ferry will sail”") is None
    assert marked_words("the ferry will “” sail") is None
    assert marked_words("the 5” gauge") is None


def test_what_another_spelling_finds_is_compared_with_that(archive: Store) -> None:
    """Compared with what was typed, the whole quote was shown as added, and the typed word as gone."""
    found = find(archive, Query(text="ferrrry"))
    (version,) = found.utterances[0].versions
    assert "ferry" in [step.query for step in version.match.differences if step.kind == "same"]


def test_a_corrected_name_keeps_its_capital(store: Store) -> None:
    store.add([(Document("d", "text"), "d", [Quote("q", "d", "I never met Averanda, nor Averanda’s cousin")])])
    store.catch_up()
    assert corrected_text(store, "Averonda") == "Averanda"


def test_a_name_that_the_filters_leave_nothing_of_lists_nothing(archive: Store) -> None:
    """The answer said that it lists what somebody said, and that there is nothing to list."""
    found = find(archive, Query(text="Quell", outlet=("Another Paper",)))
    assert not found.utterances
    assert found.query.text == "Quell"
    assert not any("listed is" in note for note in found.notes)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Quell", "speakers called “Quell” said"),
        ("Martin Quell", "what Marten Quell said"),
        ("harbour ledger", "outlets called “harbour ledger” printed"),
    ],
)
def test_a_name_lists_what_its_bearer_said_or_printed(archive: Store, typed: str, said: str) -> None:
    found = find(archive, Query(text=typed))
    assert [quote.id for utterance in found.utterances for quote in utterance.quotes] == ["said"]
    assert said in found.notes[0]


def test_a_misspelt_speaker_of_a_filter_is_who_was_meant(archive: Store) -> None:
    for query in (Query(text="ferry", speaker=("Qell",)), Query(speaker=("Marten Qell",))):
        found = find(archive, query)
        assert [quote.id for utterance in found.utterances for quote in utterance.quotes] == ["said"]
        assert found.query.speaker == ("Marten Quell",)
        assert "No speaker is called" in found.notes[0]
    nothing = find(archive, Query(text="elephants", speaker=("Qell",)))
    assert not nothing.utterances
    assert not any("shown" in note for note in nothing.notes)


@pytest.mark.parametrize("text", ["ferry", ""])
def test_a_filter_that_nobody_passes_by_name_says_so(archive: Store, text: str) -> None:
    """ "Leave some out" sent a reader to try filters one by one."""
    nobody = find(archive, Query(text=text, speaker=("Nobody Known",)))
    assert nobody.notes == ("No speaker is called “Nobody Known” in this archive.",)
    assert find(archive, Query(text=text, outlet=("Unknown Herald",))).notes == (
        "No outlet is called “Unknown Herald” in this archive.",
    )


def test_whom_a_slip_means_is_asked(archive: Store) -> None:
    with pytest.raises(QuoteNotFound, match="is Marten Quell meant"):
        meant_speaker(archive, "Marten Qell")


def test_who_is_who_is_not_told_for_words_that_are_nobodys_name(
    archive: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To tell it of all names took most of a cold find that found nothing."""
    monkeypatch.setattr(Store, "speaker_table", lambda store: pytest.fail("told of all names"))
    assert not find(archive, Query(text="binders full of elephants")).utterances


def test_an_answer_that_is_sure_needs_no_other(archive: Store) -> None:
    assert not any("No quote has" in note for note in find(archive, Query(text="ferry will sail")).notes)


def test_a_query_that_asks_for_all_that_is_hidden_is_not_asked_again(archive: Store) -> None:
    assert not list(alternatives(archive, Query(text="some five words and more", scare=True, indirect=True)))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ferrry will", "ferry will"),
        ("the ferrywill sail", "the ferry will sail"),
        ("sail ferrry", "sail ferry"),
        ("ferry wil sail", None),
    ],
)
def test_a_word_that_the_archive_does_not_have_is_tried_in_another_spelling(
    archive: Store, typed: str, meant: str | None
) -> None:
    assert corrected_text(archive, typed) == meant
    if meant:
        found = find(archive, Query(text=typed))
        assert [quote.id for utterance in found.utterances for quote in utterance.quotes] == ["said"]
        assert meant in found.notes[0]


def test_of_two_spellings_the_one_that_stands_beside_the_same_word_was_meant(store: Store) -> None:
    """However much commoner the other one is."""
    store.add_quotes(
        [Quote(f"q{n}", "d", f"which bridge do you mean, number {n}") for n in range(5)]
        + [Quote("w", "d", "nothing but a witch hunt")]
    )
    store.catch_up()
    assert corrected_text(store, "whitch hunt") == "witch hunt"
    assert corrected_text(store, "whitch bridge") == "which bridge"


def test_few_words_of_a_long_text_are_tried_and_none_beside_all_others(
    archive: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """2,400 unknown words were each tried beside the whole text, and a word of 9,999 letters was parted at each: 10 s of CPU."""
    read: list[str] = []

    def analysed(text: str, language: str | None = None) -> AnalysedText:
        read.append(text)
        return analyse(text, language)

    for module in ("search.find.alternatives", "search.text.vocabulary"):
        monkeypatch.setattr(f"{module}.analyse", analysed)
    for text in (" ".join(f"qx{chr(97 + number % 26)}zvk" for number in range(2_400)), "q" * 9_999):
        read.clear()
        assert corrected_text(archive, text) is None
        assert sum(map(len, read)) < 4 * len(text)


def test_who_types_a_name_is_told_how_to_ask_for_what_its_bearer_said(store: Store) -> None:
    """The quotes that speak of her were given, and no word of what she said herself."""
    quotes = [
        Quote("of", "d", "I have never met Ann Lee in the harbour", speaker="Marten Quell", confidence=0.9),
        Quote("by", "d", "The ferry will sail in May", speaker="Ann Lee", confidence=0.9),
    ]
    store.add([(Document("d", "text"), "d", quotes)])
    store.catch_up()
    found = find(store, Query(text="Ann Lee"))
    assert [quote.id for utterance in found.utterances for quote in utterance.quotes] == ["of"]
    assert 'what Ann Lee said is found by `speaker:"Ann Lee"`' in found.notes[0]
    for query in (Query(text="harbour"), Query(text="Ann Lee", exact=True), Query(text="Ann Lee", speaker=("Quell",))):
        assert not any("hold the name" in note for note in find(store, query).notes)


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("Lee", "“Lee” may mean several people: Ann Lee, Robert Lee. All of them were looked for."),
        ("Ann Lee", ""),
        ("Quell", ""),
    ],
)
def test_a_name_of_several_people_says_whose_words_are_listed(archive: Store, typed: str, note: str) -> None:
    document = Document("e", "text", outlet="Harbour Ledger")
    quotes = [
        Quote("other", "e", "The crew sails at noon", speaker="Robert Lee", confidence=0.9),
        Quote("body", "e", "The crew sails at one", speaker="Ann Lee’s 1992 campaign", confidence=0.9),
    ]
    archive.add([(document, "e", quotes)])
    archive.catch_up()
    for text in ("the crew sails", ""):
        assert "".join(find(archive, Query(text=text, speaker=(typed,))).notes).startswith(note)
    assert ("may mean" in "".join(find(archive, Query(text="crew", speaker=(typed,))).notes)) == bool(note)
