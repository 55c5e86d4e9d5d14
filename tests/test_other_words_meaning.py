"""What is found by its meaning, with a model made for the test: a word's vector is that of the thing it means, in any language."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest
from dictionary_embedder import DictionaryEmbedder

from search.errors import ConfigError
from search.find.find import find
from search.find.lists.list_hits import list_hits
from search.find.other_words.meaning import near_in_meaning
from search.model import Query, Quote
from search.semantic import semantic_index
from search.settings import Settings
from search.storage.store import Store

ENGLISH = "The harbour master sold the old ferry and nobody in the village was asked about it"
GERMAN = "Der Hafenmeister verkaufte die alte Fähre und niemand im Dorf wurde danach gefragt"
REWORDED = "He sold the old ferry, the harbour master did, and all in the village had to swallow it"
OPPOSITE = "The harbour master of the village did not sell the old ferry, and he was asked about it"
OTHER = "Winter wheat prices rose for the third month in a row, the growers of the valley said"


def quote(number: int, text: str, language: str = "en", speaker: str = "Ann Lind") -> Quote:
    return Quote(f"q{number}", "", text, speaker=speaker, language=language, outlet=f"Outlet {number}")


@pytest.fixture
def semantic(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(semantic_index, "open_embedder", lambda model: DictionaryEmbedder())
    with Store(replace(settings, semantic="on")) as store:
        texts = [(GERMAN, "de"), (REWORDED, "en"), (OPPOSITE, "en"), (OTHER, "en")]
        store.add_quotes([quote(n, text, language) for n, (text, language) in enumerate(texts)])
        store.catch_up()
        assert store.vectors.embed() == 4
        yield store


def test_a_translation_is_found_set_apart_and_called_probable(semantic: Store) -> None:
    answer = find(semantic, Query(text=ENGLISH))
    (german,) = [one for one in answer.utterances if one.text == GERMAN]
    assert not german.sure
    assert german.tier == "probable translation"
    assert german.versions[0].quotes[0].language == "de"


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("The harbour master sold the old ferry and all of the village was asked about it", True),
        ("The harbour master sold 77 old ferry boats in 1999 and all of the village was asked about it", False),
        ("The harbour master never sold the old ferry and all of the village was asked about it", False),
    ],
)
def test_what_has_numbers_of_its_own_or_denies_it_is_no_translation(
    semantic: Store, typed: str, is_found: bool
) -> None:
    german = GERMAN.replace("niemand im Dorf", "das ganze Dorf")
    semantic.add_quotes([quote(20, german, "de")])
    semantic.catch_up()
    semantic.vectors.embed()
    found = find(semantic, Query(text=typed)).utterances
    assert (german in {one.text for one in found if one.tier == "probable translation"}) == is_found


def test_other_words_about_other_people_are_not_the_same(semantic: Store) -> None:
    named = REWORDED.replace("the harbour master did", "Odvar Lind did")
    semantic.add_quotes([quote(21, named)])
    semantic.catch_up()
    semantic.vectors.embed()
    for name, same in (("Odvar Lind", True), ("Marit Hauge", False)):
        asked = Query(text=f"the village had an old ferry that {name} the harbour master sold")
        near = {hit.quote.text for hit in near_in_meaning(semantic, asked, {}).values()}
        assert (named in near) == same


def test_other_words_are_found_and_what_denies_them_is_not_found_by_meaning(semantic: Store) -> None:
    asked = Query(text="the village had an old ferry that a harbour master sold")
    near = {hit.quote.text for hit in near_in_meaning(semantic, asked, {}).values()}
    assert near == {REWORDED}


def test_a_query_of_few_words_and_an_exact_one_have_no_neighbours(semantic: Store) -> None:
    assert all(one.text != GERMAN for one in find(semantic, Query(text="sold ferry")).utterances)
    assert all(one.text != GERMAN for one in find(semantic, Query(text=ENGLISH, exact=True)).utterances)


def test_a_list_takes_the_languages_in_turn(semantic: Store) -> None:
    assert [hit.quote.language for hit in list_hits(semantic, Query(text=ENGLISH), 2)] == ["de", "en"]


def test_a_filter_holds_for_what_is_found_by_meaning(semantic: Store) -> None:
    answer = find(semantic, Query(text=ENGLISH, language=("en",)))
    assert all(one.text != GERMAN for one in answer.utterances)


def test_what_came_later_is_not_embedded_yet_and_is_then(semantic: Store) -> None:
    semantic.add_quotes([quote(9, "Le vieux bac est parti", "fr")])
    assert semantic.vectors.behind() == 1
    assert (semantic.vectors.embed(), semantic.vectors.embed()) == (1, 0)
    assert semantic.status().embedded == 5
    assert semantic.vectors.embed(again=True) == 5


def test_without_the_setting_nothing_is_near_and_embedding_is_refused(store: Store) -> None:
    assert store.vectors.nearest("any words at all", "en", 5) == []
    assert store.status().embedded is None
    with pytest.raises(ConfigError, match="semantic is off"):
        store.vectors.embed()


def test_a_model_that_is_not_there_is_one_sentence(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime.capi", None)
    with pytest.raises(ConfigError, match="pip install"):
        Store(replace(settings, semantic="on", semantic_model="/nowhere/at/all"))
    with pytest.raises(ConfigError, match="on or off"):
        Store(replace(settings, semantic="maybe"))
