"""The steps of a find, each on a small archive: filters, retrieval, kinship, lists, explanations, one page."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from search.cli import quotes
from search.find.explain import PLACE, explain_version
from search.find.filters import default_filter, outlets_meant, query_filter, speakers_meant
from search.find.find import find
from search.find.lists.list_hits import list_hits
from search.find.other_words.kinship import KINSHIP_LEAST, kindred_quotes, kinship
from search.find.overview import overview
from search.find.present import MOST_VALUES, count_facets
from search.find.retrieve import POOL, READ_CANDIDATES, resolve_speakers, retrieve, spoken_by
from search.find.utterance_page import utterance_of_quote
from search.model import Document, MatchKind, Query, Quote
from search.settings import Settings
from search.storage.store import Store
from search.text.analysis import analyse
from web.app import create_app

FERRY = "The ferry to the northern islands will never sail again"


@pytest.fixture
def archive(store: Store) -> Store:
    rows = [
        ("a", "d1", FERRY, "Marten Quell", "Harbour Ledger", "2024-03-01"),
        (
            "b",
            "d2",
            f"I tell you: {FERRY.lower()}, and nobody asked us",
            "Marten Quell",
            "Northway Radio",
            "2024-03-02",
        ),
        ("c", "d3", "Bread has become dearer in every village", "Ann Lee", "Northway Radio", "2024-04-02"),
    ]
    documents = [
        (Document(d, text, outlet=outlet, published=day), d, [Quote(q, d, text, speaker=who, confidence=0.9, outlet=outlet, published=day)])
        for q, d, text, who, outlet, day in rows
    ]  # fmt: skip
    store.add(documents)
    store.catch_up()
    return store


def shown(archive: Store, **query: object) -> list[str]:
    found = find(archive, Query(**query))  # type: ignore[arg-type]
    return [quote.id for utterance in found.utterances for quote in utterance.quotes]


def test_filters_are_names_as_the_archive_has_them(archive: Store) -> None:
    assert speakers_meant(archive, ("quell",)) == ("Marten Quell",)
    assert outlets_meant(archive, ("radio",)) == ("Northway Radio",)
    assert query_filter(archive, Query(text="x")) is None
    assert query_filter(archive, Query(text="x", speaker=("nobody",))) is not None
    assert not default_filter(Query()).scare
    assert default_filter(Query(kind=("indirect",))).indirect
    assert shown(archive, text="ferry northern islands", outlet=("radio",)) == ["b"]
    assert shown(archive, text="ferry northern islands", not_outlet=("radio",)) == ["a"]
    assert shown(archive, text="ferry northern islands", after="2024-03-02") == ["b"]


def test_what_holds_an_unwanted_word_is_no_candidate(archive: Store) -> None:
    texts = [one.text for one in retrieve(archive, Query(text="ferry islands", without=("nobody",)), None, 50).quotes]
    assert texts == [FERRY]


def test_what_holds_an_unwanted_word_is_not_brought_along_by_its_utterance(archive: Store) -> None:
    assert sorted(shown(archive, text="ferry islands")) == ["a", "b"]
    assert shown(archive, text="ferry islands", without=("nobody",)) == ["a"]
    assert shown(archive, text="ferry islands", without=("nobody asked us",)) == ["a"]


def test_speakers_are_named_as_far_as_it_is_sure(archive: Store) -> None:
    numbers = [archive.number_of(name) for name in "abc"]
    assert {quote.speaker for quote in resolve_speakers(archive, archive.quotes(numbers)).values()} == {
        "Marten Quell",
        "Ann Lee",
    }
    assert spoken_by(archive, "Ann Lee", numbers, default_filter(Query())) == {numbers[2]}


def test_nobody_is_shown_as_the_reporter_of_his_own_words(archive: Store) -> None:
    said = {
        1: Quote("v", "d1", FERRY, speaker="Marten Quell", confidence=0.9, via=("Marten Quell", "Harbour Ledger")),
        2: Quote("w", "d1", FERRY, speaker=None, confidence=0.9, via=("Marten Quell",)),
    }
    shown = resolve_speakers(archive, said)
    assert shown[1].via == ("Harbour Ledger",)
    assert shown[2].via == ("Marten Quell",)


def test_a_list_has_every_quote_once_and_the_best_first(archive: Store) -> None:
    hits = list_hits(archive, Query(text=FERRY), 10)
    ids = [hit.quote.id for hit in hits]
    assert ids[:2] == ["a", "b"]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("text", [FERRY, "ferry islands", "bread was never dearer than this"])
def test_a_list_begins_with_what_the_page_shows_in_its_order(archive: Store, text: str) -> None:
    shown = [
        (quote.id, version.match.kind, version.match.score)
        for utterance in find(archive, Query(text=text, limit=100)).utterances
        for version in (*utterance.versions, *utterance.also)
        for quote in version.quotes
    ]
    listed = [(hit.quote.id, hit.match.kind, hit.match.score) for hit in list_hits(archive, Query(text=text), 100)]
    assert shown
    assert listed[: len(shown)] == shown
    assert all(kind == MatchKind.REWORDED for _, kind, _ in listed[len(shown) :])


def test_an_explanation_adds_up_to_the_score_that_is_shown(archive: Store) -> None:
    found = find(archive, Query(text="ferry to the northern islands", explain=True))
    versions = [version for utterance in found.utterances for version in utterance.versions]
    assert versions
    for version in versions:
        assert version.explanation is not None
        assert version.explanation == explain_version(analyse("ferry to the northern islands"), version)
        assert version.explanation.probability == pytest.approx(version.match.score, abs=2e-4)
    # Two words say too little for the comparison: what makes up the rest is named.
    (brief,) = find(archive, Query(text="bread dearer", explain=True)).utterances
    assert brief.versions[0].explanation is not None
    assert brief.versions[0].explanation.contributions[-1].name == PLACE
    assert all(
        version.explanation is None for one in find(archive, Query(text=FERRY)).utterances for version in one.versions
    )


def test_quotes_of_one_document_are_no_kin_and_likeness_is_a_share(archive: Store) -> None:
    one, other = archive.analysed_quotes([archive.number_of("a"), archive.number_of("c")])
    assert kinship(one, one) == pytest.approx(1.0)
    assert kinship(one, other) < KINSHIP_LEAST
    assert kindred_quotes(archive, Query(text=FERRY), {}) == {}


def test_facets_count_all_and_an_overview_shows_the_last(archive: Store) -> None:
    quotes = list(archive.quotes([archive.number_of(name) for name in "abc"]).values())
    facets = count_facets(quotes, [quote.speaker for quote in quotes], archive.speakers())
    assert dict(facets["speaker"]) == {"Marten Quell": 2, "Ann Lee": 1}
    assert dict(facets["outlet"]) == {"Northway Radio": 2, "Harbour Ledger": 1}
    assert all(len(values) <= MOST_VALUES for values in facets.values())
    assert [quote.id for quote in overview(archive).latest] == ["c", "b", "a"]


def test_the_page_of_an_utterance_is_the_same_for_each_of_its_quotes(archive: Store) -> None:
    pages = {utterance_of_quote(archive, name).id for name in ("a", "b")}
    assert pages == {"a"}
    first, second = utterance_of_quote(archive, "b").versions
    assert (first.quotes[0].id, second.quotes[0].id) == ("a", "b")
    assert second.explanation is not None


def test_a_common_phrase_is_an_answer_where_a_sure_one_vouches_for_it(store: Store) -> None:
    typed = "Marten Quell of the harbour board is a good man"
    rows = [
        ("whole", typed, "Ann Lee", "2024-03-01"),
        ("hers", "a good man", "Ann Lee", "2021-03-01"),
        ("that-week", "a good man,", "Bo Aske", "2024-03-05"),
        ("anybody", "a good man.", "Cara Dunn", "2019-06-01"),
    ]
    documents = [
        (Document(q, text, published=day), q, [Quote(q, q, text, speaker=who, confidence=0.9, published=day)])
        for q, text, who, day in rows
    ]
    store.add(documents)
    store.catch_up()
    assert set(shown(store, text=typed)) == {"whole", "hers", "that-week"}
    assert shown(store, text="I think that the mayor of Ostrava is a good man") == []


def test_that_there_may_be_more_is_said_where_all_candidates_of_many_words_answer(store: Store) -> None:
    """Of 10,000 quotes that differ by a number the answer was 200, as if there were no others."""
    store.add_quotes([Quote(f"q{n}", f"d{n}", f"We will build {n} houses in the valley") for n in range(230)])
    store.catch_up()
    found = find(store, Query("houses in the valley"))
    more = f"Here are the {found.total_quotes} quotes that answer best; there may be more: filters, or more words, find the others."
    assert more in found.notes
    assert not find(store, Query("build 17 houses", exact=True)).notes


def test_how_many_quotes_have_a_common_word_is_said_on_every_page(store: Store, settings: Settings) -> None:
    """Two hundred candidates are looked at: page, API and command say that there are more, and where the answer ends."""
    said = [
        Quote(f"q{n}", f"d{n}", f"The people of village {n} wait", published=f"2024-01-{1 + n % 28:02}")
        for n in range(230)
    ]
    # The last is in no answer, unless it is asked for.
    store.add_quotes([*said, Quote("r", "dr", "The people wait", scare=True)])
    store.catch_up()
    found = find(store, Query("people", offset=900))
    end = f"The answer has {found.total_utterances} utterances"
    having = f"230 quotes have these words, and here are the {POOL - 1}"
    assert (found.utterances, found.total_quotes) == ((), POOL - 1)
    assert [note[: len(begins)] for note, begins in zip(found.notes, (having, end), strict=True)] == [having, end]
    client = create_app(settings, store).test_client()
    for address in ("/search?q=people&page=46", "/api/v1/quotes?q=people&offset=900"):
        assert all(note in client.get(address).text for note in (having, end))
    printed = CliRunner().invoke(quotes, ["find", "people", "--offset", "900", "--instance", str(settings.instance)])
    assert all(note in " ".join(printed.output.split()) for note in (having, end))
    assert find(store, Query("people wait", after="2024-01-28")).notes == ()
    assert find(store, Query("village 7")).notes == ()


def test_a_filter_has_no_more_candidates_judged_than_no_filter(store: Store) -> None:
    """Of what passes a filter 200 were read and judged, of the whole archive 25: a find with a date took twice as long."""
    days = ("2024-03-01", "2025-03-01")
    quotes = [
        Quote(f"q{n}", f"d{n}", f"The harbour council of ward {n} shut its old gate before the rain came {n % 7}", published=days[n % 2])
        for n in range(240)
    ]  # fmt: skip
    store.add_quotes(quotes)
    store.catch_up(link=False)
    query = Query("The harbour council will shut the old gate of our ward before the winter")
    late = Query(query.text, after="2025-01-01")
    plain = retrieve(store, query, None, POOL).quotes
    filtered = retrieve(store, late, query_filter(store, late), POOL).quotes
    assert 0 < len(filtered) <= 2 * len(plain) < 120
    assert sum(int(one.document_id[1:]) % 2 for one in filtered) >= READ_CANDIDATES
