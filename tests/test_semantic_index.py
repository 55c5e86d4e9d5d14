"""The vectors of an instance with their model: what is added is found, by every reader, as soon as it counts."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from search.semantic import semantic_index
from search.semantic.semantic_index import SemanticIndex
from search.semantic.vector_file import STATE_FILE

WIDTH = 256


class SeededEmbedder:
    """Makes one vector a text, and counts what it was asked for. Texts with the same first letter are near to each other."""

    name, dimensions = "seeded/1", WIDTH

    def __init__(self) -> None:
        self.asked: list[tuple[str, str | None]] = []

    def embed(self, texts: Sequence[str], languages: Sequence[str | None]) -> np.ndarray:
        self.asked += zip(texts, languages, strict=True)
        return np.stack([self._vector(text) for text in texts])

    def is_centred(self, language: str) -> bool:
        return language != "fa"

    def fidelity(self, language: str) -> float:
        return 0.5 if language == "fa" else 1.0

    def _vector(self, text: str) -> np.ndarray:
        common, own = (np.random.default_rng(list(some.encode())).normal(size=WIDTH) for some in (text[:1], text))
        total = common + 0.3 * own
        return (total / np.linalg.norm(total)).astype(np.float32)


@pytest.fixture
def embedder(monkeypatch: pytest.MonkeyPatch) -> SeededEmbedder:
    one = SeededEmbedder()
    monkeypatch.setattr(semantic_index, "open_embedder", lambda model: one)
    return one


@pytest.fixture
def index(embedder: SeededEmbedder, tmp_path: Path) -> SemanticIndex:
    one = SemanticIndex(tmp_path / "semantic", "seeded")
    one.add([1, 2, 3], ["ferry", "fähre", "wheat"], ["en", "de", "en"], 3, "m3")
    return one


def numbers(index: SemanticIndex, text: str, **which: Sequence[str]) -> list[int]:
    return [one.number for one in index.nearest(text, "en", 5, **which)]


def test_the_nearest_come_first_and_languages_are_let_in_or_left_out(index: SemanticIndex) -> None:
    assert numbers(index, "ferry")[0] == 1
    assert numbers(index, "ferry")[:2] == [1, 2]
    assert numbers(index, "ferry", within=["de"]) == [2]
    assert numbers(index, "ferry", without=["de"]) == [1, 3]
    assert set(index.languages()) == {"en", "de"}


def test_an_empty_index_asks_the_model_nothing(embedder: SeededEmbedder, tmp_path: Path) -> None:
    empty = SemanticIndex(tmp_path / "none", "seeded")
    assert empty.nearest("ferry", "en", 5) == []
    assert (empty.size, empty.position, empty.mark, empty.trouble()) == (0, 0, "", None)
    assert embedder.asked == []


def test_a_text_that_is_asked_twice_running_is_embedded_once(index: SemanticIndex, embedder: SeededEmbedder) -> None:
    before = len(embedder.asked)
    numbers(index, "ferry", within=["en"])
    numbers(index, "ferry", without=["en"])
    assert len(embedder.asked) == before + 1
    numbers(index, "wheat")
    numbers(index, "ferry")
    assert len(embedder.asked) == before + 3


def test_another_reader_finds_what_was_added_and_not_what_was_dropped(index: SemanticIndex, tmp_path: Path) -> None:
    reader = SemanticIndex(tmp_path / "semantic", "seeded")
    assert (reader.size, reader.position, reader.mark) == (3, 3, "m3")
    assert 4 not in numbers(reader, "fare")
    index.add([4], ["fare"], ["en"], 4, "m4")
    assert numbers(reader, "fare")[0] == 4
    assert reader.in_force() == (4, "m4")
    index.drop([4, 99])
    assert 4 not in numbers(reader, "fare")
    assert reader.position == 4


def test_damaged_vectors_are_said_until_they_are_made_anew(index: SemanticIndex, tmp_path: Path) -> None:
    assert index.trouble() is None
    (tmp_path / "semantic" / STATE_FILE).write_text("{")
    assert index.nearest("ferry", "en", 5) == []
    assert index.trouble() == "are damaged"
    index.add([1], ["ferry"], ["en"], 3, "m3")
    assert index.trouble() is None
    assert numbers(index, "ferry") == [1]


def test_readers_in_many_threads_have_whole_answers_while_one_writes(index: SemanticIndex, tmp_path: Path) -> None:
    reader = SemanticIndex(tmp_path / "semantic", "seeded")
    wrong: list[object] = []

    def read() -> None:
        for _ in range(60):
            found = numbers(reader, "ferry")
            if found[:1] != [1] or len(found) != len(set(found)):
                wrong.append(found)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(10, 40):
        index.add([number], [f"x{number}"], ["en"], number, "m")
        index.drop([number - 1])
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_language_of_which_less_of_the_cosine_is_left_is_not_behind_for_that(index: SemanticIndex) -> None:
    index.add([7, 8], ["fxrry", "ferry"], ["en", "fa"], 8, "m8")
    near = {one.number: one.cosine for one in index.nearest("fxr", "en", 9)}
    raw = {one.number: one.cosine for one in index.nearest("fxr", "fa", 9, within=["fa"])}
    assert near[8] == pytest.approx(min(2 * raw[8], 1), abs=1e-3)


def test_quotes_are_compared_with_others_by_their_rows(index: SemanticIndex) -> None:
    index.add([40], ["ferries"], ["fa"], 4, "m4")
    found = index.likeness([1, 99], [3, 40, 2, 1, 1000])
    assert (found.ours, found.theirs) == ([1], [1, 2, 3, 40])
    assert found.languages == ["en", "de", "en", "fa"]
    own, german, wheat, persian = found.cosines[0].tolist()
    assert own == pytest.approx(1)
    assert german > wheat
    assert persian == pytest.approx(min(1, 2 * index.likeness([40], [1, 40]).cosines[0][0] / 2), abs=1e-3)
    assert index.likeness([], []).cosines.shape == (0, 0)


def test_what_all_of_a_language_have_in_common_is_taken_out_of_quotes_and_queries(index: SemanticIndex) -> None:
    # Those that begin with z have that in common, which is no meaning.
    texts = [f"z{number}" for number in range(60)]
    index.add(range(100, 160), texts, ["fa"] * 60, 9, "m9")
    assert index.lacks_mean("fa-IR")
    assert not index.lacks_mean("en")
    before = index.likeness([100], [101]).cosines[0][0]
    index.learn_mean("fa", index.numbers_in("fa"), texts, ["zz"])
    assert not index.lacks_mean("fa")
    assert before > 0.7
    assert index.likeness([100], [101]).cosines[0][0] < 0.4
    assert [one.number for one in index.nearest("z7", "fa", 1)] == [107]
    index.add([200], ["z7"], ["fa-IR"], 10, "m10")
    assert index.likeness([107], [200]).cosines[0][0] == pytest.approx(1)


def test_a_country_makes_no_language_of_its_own(index: SemanticIndex, embedder: SeededEmbedder) -> None:
    index.add([50], ["ferries"], ["en-GB"], 5, "m5")
    assert ("ferries", "en") in embedder.asked
    assert 50 in numbers(index, "ferries", within=["en"])
    assert 50 not in numbers(index, "ferries", without=["en"])
    assert set(index.languages()) == {"en", "de"}
