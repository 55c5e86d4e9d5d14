"""Vectors keep up with the archive, through crashes, damage and copies that were put back; answers say what is missing."""

from __future__ import annotations

import json
import shutil
import threading
from dataclasses import replace

import pytest
from dictionary_embedder import DictionaryEmbedder

from search.errors import StoreUnavailable
from search.find.find import find
from search.model import Document, Query, Quote
from search.semantic import semantic_index
from search.semantic.semantic_index import SemanticIndex
from search.settings import Settings
from search.storage.databases.lock import held
from search.storage.meaning import archive_vectors
from search.storage.store import Store

FERRY = "The harbour master sold the old ferry and nobody in the village was asked about it"
GERMAN = "Der Hafenmeister verkaufte die alte Fähre und niemand im Dorf wurde danach gefragt"
OTHERS = ("Winter wheat is dear this year, said the growers", "The school choir sang in the market hall", GERMAN)


@pytest.fixture
def semantic_settings(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(semantic_index, "open_embedder", lambda model: DictionaryEmbedder())
    return replace(settings, semantic="on")


def put(store: Store, *texts: str, start: int = 0) -> None:
    """Store one document a text, and what is derived of it."""
    for number, text in enumerate(texts, start):
        language = "de" if text == GERMAN else "en"
        document = Document(f"d{number}", text, language=language)
        quote = Quote(f"q{number}", document.id, text, speaker="Ann Lind", language=language)
        store.add([(document, document.id, [quote])])
    store.catch_up()


def translations(store: Store) -> set[str]:
    """Return what an English query finds in German."""
    found = find(store, Query(text=FERRY)).utterances
    return {q.text for one in found for version in one.versions for q in version.quotes if q.language == "de"}


def test_damaged_vectors_are_said_in_the_answer_which_the_words_give(semantic_settings: Settings) -> None:
    with Store(semantic_settings) as store:
        put(store, FERRY, *OTHERS)
        store.vectors.embed()
        assert translations(store) == {GERMAN}
        (store.folder / "semantic" / "state.json").write_bytes(b"\x80")
        answer = find(store, Query(text=FERRY))
        assert answer.utterances[0].text == FERRY
        assert [note for note in answer.notes if "are damaged" in note and "`quotes embed`" in note]
        assert translations(store) == set()
        assert store.vectors.embed() == 4
        assert not any("vectors" in note for note in find(store, Query(text=FERRY)).notes)
        assert translations(store) == {GERMAN}


@pytest.mark.parametrize("name", ["vectors-0.bin", "rows-0.bin"])
@pytest.mark.parametrize("asked_first", [True, False])
def test_vectors_of_which_a_disk_flipped_a_bit_are_made_anew(
    semantic_settings: Settings, name: str, asked_first: bool
) -> None:
    with Store(semantic_settings) as store:
        put(store, FERRY, *OTHERS)
        store.vectors.embed()
    path = semantic_settings.instance / "semantic" / name
    flipped = bytearray(path.read_bytes())
    flipped[3] ^= 4
    path.write_bytes(flipped)
    with Store(semantic_settings) as store:
        if asked_first:
            assert translations(store) == set()
            assert [note for note in find(store, Query(text=FERRY)).notes if "are damaged" in note]
        # Also by a run that was never asked for anything, and would add to them.
        put(store, "Another winter came over the islands", start=4)
        assert store.vectors.embed() == 5
        assert translations(store) == {GERMAN}


@pytest.mark.parametrize("step", ["drop", "add"])
def test_a_run_that_is_killed_after_a_step_forgets_what_is_gone(
    semantic_settings: Settings, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    whole = getattr(SemanticIndex, step)

    def killed(index: SemanticIndex, *given: object) -> None:
        whole(index, *given)
        raise KeyboardInterrupt

    with Store(semantic_settings) as store:
        put(store, *OTHERS)
        store.vectors.embed()
        store.delete_document("d2")
        put(store, FERRY, start=5)
        with monkeypatch.context() as patch:
            patch.setattr(SemanticIndex, step, killed)
            with pytest.raises(KeyboardInterrupt):
                store.vectors.embed()
        store.vectors.embed()
        assert store.vectors.behind() == 0
        assert store.status().embedded == 3
        near = store.vectors.nearest(GERMAN, "de", 10)
        assert {one.number for one in near} == {store.number_of(id_) for id_ in ("q0", "q1", "q5")}


def test_vectors_of_another_copy_of_the_archive_give_no_answer_and_are_made_anew(semantic_settings: Settings) -> None:
    folder = semantic_settings.instance
    copy = folder.with_name("copy")
    with Store(semantic_settings) as store:
        put(store, OTHERS[0])
    shutil.copytree(folder, copy)
    with Store(semantic_settings) as store:
        put(store, GERMAN, FERRY, start=1)
        store.vectors.embed()
    # The copy is put back and grows on as another archive, whose second quote is something else.
    shutil.rmtree(copy / "semantic", ignore_errors=True)
    shutil.copytree(folder / "semantic", copy / "semantic")
    shutil.rmtree(folder)
    copy.rename(folder)
    with Store(semantic_settings) as store:
        put(store, OTHERS[1], FERRY, start=1)
        answer = find(store, Query(text=FERRY))
        assert [note for note in answer.notes if "of another archive" in note]
        assert store.vectors.nearest(GERMAN, "de", 5) == []
        assert store.vectors.embed() == 3
        assert [note for note in find(store, Query(text=FERRY)).notes if "vectors" in note] == []
        assert store.vectors.nearest(FERRY, "en", 1)[0].number == store.number_of("q2")


def test_one_run_makes_vectors_at_a_time_and_another_waits_for_it(semantic_settings: Settings) -> None:
    with Store(semantic_settings) as store:
        put(store, *OTHERS)
        (store.folder / "semantic").mkdir()
        made: list[int] = []
        with held(store.folder / "semantic" / "lock", "quotes embed"):
            with pytest.raises(StoreUnavailable, match="quotes embed"):
                store.vectors.embed(wait=False)
            waiting = threading.Thread(target=lambda: made.append(store.vectors.embed()))
            waiting.start()
            # The archive is written to meanwhile.
            put(store, FERRY, start=9)
            assert made == []
        waiting.join()
        assert made == [4]


def test_the_mean_of_a_language_is_learned_as_soon_as_there_is_enough_of_it(semantic_settings: Settings) -> None:
    with Store(semantic_settings) as store:
        texts = [f"کشتی کهنه شماره {number} فروخته شد" for number in range(archive_vectors.MEAN_LEAST)]
        store.add_quotes([Quote(f"p{n}", "", text, language="fa") for n, text in enumerate(texts[:-1])])
        store.add_quotes([Quote("same", "", texts[0], language="fa")])
        store.vectors.embed()
        state = json.loads((store.folder / "semantic" / "state.json").read_text())
        assert state["means"] == {}  # the same words twice tell no more than once
        first = (store.folder / "semantic" / f"vectors-{state['generation']}.bin").read_bytes()
        store.add_quotes([Quote("last", "", texts[-1], language="fa")])
        assert store.vectors.embed() == 1
        state = json.loads((store.folder / "semantic" / "state.json").read_text())
        assert list(state["means"]) == ["fa"]
        assert state["rows"] == store.status().embedded == archive_vectors.MEAN_LEAST + 1
        assert (store.folder / "semantic" / f"vectors-{state['generation']}.bin").read_bytes()[: len(first)] != first
        for number in (0, 20, archive_vectors.MEAN_LEAST - 2):
            (near, *_) = store.vectors.nearest(texts[number], "fa", 1)
            assert near.number in {store.number_of(f"p{number}"), store.number_of("same")}
