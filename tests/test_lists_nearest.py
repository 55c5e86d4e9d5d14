"""What is near in words and no answer is shown apart, as what it is."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from search.cli import quotes
from search.find.find import find
from search.find.lists.nearest import NEAREST
from search.model import Document, Query, Quote
from search.settings import Settings
from search.storage.store import Store
from web.app import create_app

FERRY = "The ferry to the northern islands will never sail again under this council"
ASKED = "that northern ferry brought tourists"


def said(
    number: int, text: str, outlet: str = "Northway Radio", speaker: str = "Ann Lee"
) -> tuple[Document, str, list[Quote]]:
    document = Document(f"d{number}", text, outlet=outlet)
    quote = Quote(f"q{number}", document.id, text, speaker=speaker, confidence=0.9, outlet=outlet)
    return document, document.id, [quote]


@pytest.fixture
def archive(store: Store) -> Store:
    """Two wordings of one utterance about a ferry, and one about something else."""
    store.add([said(1, FERRY), said(2, f"{FERRY}, ever", "Harbour Ledger"), said(3, "Bread has become dearer in every village")])  # fmt: skip
    return store


def test_where_nothing_answers_what_has_telling_words_is_near_once_an_utterance(archive: Store) -> None:
    answer = find(archive, Query(ASKED))
    assert not answer.utterances
    assert [quote.text for quote in answer.nearest] == [FERRY]


def test_what_is_shown_as_an_answer_is_not_near_too(archive: Store) -> None:
    answer = find(archive, Query("northern islands"))
    assert {quote.id for one in answer.utterances for quote in one.quotes} == {"q1", "q2"}
    assert not answer.nearest


@pytest.mark.parametrize(
    "query",
    [
        Query(ASKED, exact=True),
        Query(ASKED, outlet=("Harbour",), not_speaker=("Lee",)),
        Query(ASKED, offset=10),
        Query(""),
    ],
)
def test_nothing_is_near_by_other_words_or_outside_the_filters(archive: Store, query: Query) -> None:
    assert not find(archive, query).nearest


def test_the_same_words_of_two_people_are_near_once(archive: Store) -> None:
    archive.add(
        [said(n, f"a northern tourist{mark}", speaker=name) for n, mark, name in ((5, "!", "Bo Ek"), (6, "", "Jo Ny"))]
    )
    near = find(archive, Query(ASKED)).nearest
    assert sum("tourist" in quote.text for quote in near) == 1


def test_beside_the_very_words_a_few_of_them_are_no_lead(archive: Store) -> None:
    asked = "That northern ferry brought tourists"
    assert find(archive, Query(asked)).nearest
    archive.add([said(6, asked, speaker="Jo Ny")])
    answer = find(archive, Query(asked))
    assert [(one.sure, one.match.kind) for one in answer.utterances] == [(True, "exact")]
    assert not answer.nearest


def test_of_two_words_the_rarer_one_is_enough_where_nothing_is_there(archive: Store) -> None:
    (near,) = find(archive, Query("that crowded ferry")).nearest
    assert near.text.startswith(FERRY)


def test_of_many_words_one_that_tells_is_enough_where_nothing_sure_is_there(archive: Store) -> None:
    (near,) = find(archive, Query("that ferry was always crowded")).nearest
    assert near.text.startswith(FERRY)


def test_beside_a_sure_answer_one_word_that_tells_is_not_enough(archive: Store) -> None:
    asked = "that ferry was always crowded"
    archive.add([said(4, asked, speaker="Bo Ek")])
    answer = find(archive, Query(asked))
    assert [one.sure for one in answer.utterances] == [True]
    assert not answer.nearest


def test_a_filter_leaves_near_what_passes_it(archive: Store) -> None:
    assert [quote.id for quote in find(archive, Query(ASKED, outlet=("Harbour",))).nearest] == ["q2"]


def test_few_are_near_and_none_beside_an_answer_that_is_full(store: Store) -> None:
    store.add(said(n, f"northern ferry of the {word}") for n, word in enumerate("abcdefghijklmnop"))
    assert len(find(store, Query(ASKED)).nearest) <= NEAREST
    full = find(store, Query("northern ferry"))
    assert full.total_quotes >= 10
    assert not full.nearest


def test_what_is_shown_takes_no_place_of_what_is_near(archive: Store) -> None:
    tails = (
        "out of Denmark by night while the customs officers slept and the lighthouse was dark",
        "who bought all our houses for cash and left them empty through eleven winters",
        "and the painters laughed because every hotel had promised them a mural and breakfast",
        "before the storm of May broke the pier, drowned seven cows and ended the season",
        "from Hamburg and Bremen whose mayors had quarrelled over herring since the war",
    )
    archive.add(said(n, f"{ASKED} {tail}", speaker=f"Speaker {n}") for n, tail in enumerate(tails, 10))
    answer = find(archive, Query(ASKED))
    assert answer.total_utterances >= 4  # as many as have a place beside them
    assert [quote.id for quote in answer.nearest] == ["q1"]


def test_page_and_command_say_that_none_of_them_is_a_version(archive: Store, settings: Settings) -> None:
    page = create_app(settings).test_client().get("/search", query_string={"q": ASKED}).get_data(as_text=True)
    assert "None of these is taken for a version" in page
    assert "The <mark>ferry</mark> to the <mark>northern</mark> islands" in page
    printed = CliRunner().invoke(quotes, ["--instance", str(settings.instance), "find", ASKED]).stdout
    assert printed.startswith("Nothing found.")
    assert f"Ann Lee: “{FERRY}”" in " ".join(printed.partition("none of these is taken for a version")[2].split())
