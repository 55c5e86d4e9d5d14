"""The vectors of one instance with the model that makes them: what is nearest to a text, and what is not embedded yet."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from search.semantic.embedder import Embedder, open_embedder
from search.semantic.nearest import Neighbour, cosines_of_rows, nearest
from search.semantic.vector_file import VectorFile, VectorSnapshot, VectorState


class Likenesses(NamedTuple):
    """The cosines, `(ours, theirs)`, of quotes with others, given by their numbers; `languages` are those of `theirs`."""

    ours: list[int]
    theirs: list[int]
    languages: list[str]
    cosines: npt.NDArray[np.float32]


class SemanticIndex:
    """Any thread may read; one process writes at a time."""

    def __init__(self, folder: Path, model: str) -> None:
        """Raises ConfigError when the model is not there."""
        self._embedder: Embedder = open_embedder(model)
        self._file = VectorFile(folder, self._embedder.name, self._embedder.dimensions)
        self._lock = threading.Lock()
        self._snapshot: tuple[int, VectorSnapshot, str | None] | None = None
        self._last: tuple[str, str, npt.NDArray[np.float32]] | None = None
        self._order: tuple[VectorSnapshot, npt.NDArray[np.int64]] | None = None

    @property
    def position(self) -> int:
        """Return how far the log of the archive is embedded."""
        return self._file.state().position

    @property
    def mark(self) -> str:
        """Return the mark that the log has at that position, if it is the log that was embedded."""
        return self._file.state().mark

    @property
    def size(self) -> int:
        """Return how many quotes have a vector."""
        return self._file.state().rows

    def languages(self) -> tuple[str, ...]:
        """Return the languages of the quotes that have a vector."""
        return self._current().state.languages

    def in_force(self) -> tuple[int, str]:
        """Return the position and the mark of the vectors that answers are made with."""
        state = self._current().state
        return state.position, state.mark

    def trouble(self) -> str | None:
        """Return what is wrong with the vectors on disk, so that none counts: "are damaged"; None where nothing is."""
        self._current()
        return self._snapshot[2] if self._snapshot is not None else None

    def nearest(
        self,
        text: str,
        language: str,
        most: int,
        *,
        within: Collection[str] | None = None,
        without: Collection[str] = (),
    ) -> list[Neighbour]:
        """Return the `most` quotes nearest in meaning to a text in `language`, nearest first; see `nearest.nearest`."""
        snapshot = self._current()
        if not snapshot.state.rows:
            return []
        vector = self._vector(text, language)
        return nearest(
            snapshot,
            vector,
            most,
            within=within,
            without=without,
            fidelity=lambda other: self._fidelity(language, other),
        )

    def likeness(self, ours: Sequence[int], theirs: Sequence[int]) -> Likenesses:
        """Return how near the quotes `theirs` are in meaning to the quotes `ours`, those left out that have no vector."""
        snapshot = self._current()
        left, right = self._rows_of(snapshot, ours), self._rows_of(snapshot, theirs)
        names = np.array([*snapshot.state.languages, *[""] * (256 - len(snapshot.state.languages))])
        own_languages, its_languages = (
            names[snapshot.languages[left]].tolist(),
            names[snapshot.languages[right]].tolist(),
        )
        whole = {pair: self._fidelity(*pair) for pair in product(set(own_languages), set(its_languages))}
        cosines = cosines_of_rows(snapshot.bits[left], snapshot.bits[right])
        for row, language in enumerate(own_languages):
            cosines[row] /= [whole[language, other] for other in its_languages]
        return Likenesses(
            snapshot.numbers[left].tolist(),
            snapshot.numbers[right].tolist(),
            its_languages,
            cosines.clip(-1, 1),
        )

    def add(
        self, numbers: Sequence[int], texts: Sequence[str], languages: Sequence[str], position: int, mark: str
    ) -> None:
        """Embed some quotes and keep their vectors, and that the log is embedded up to `position`, where it has `mark`.

        Of `languages` that name a country, too ("pt-BR"), it is left out.
        """
        codes = [_base(language) for language in languages]
        with self._lock:
            vectors = self._embedder.embed(texts, codes)
        self._file.append(numbers, codes, _centred(vectors, codes, self._file.state()), position, mark)

    def lacks_mean(self, language: str) -> bool:
        """Return whether the vectors of a language have something in common that is not known yet."""
        code = _base(language)
        return not self._embedder.is_centred(code) and code not in self._file.state().means

    def numbers_in(self, language: str) -> list[int]:
        """Return the quotes of a language that have a vector."""
        snapshot = self._current()
        codes = [place for place, name in enumerate(snapshot.state.languages) if name == _base(language)]
        numbers: list[int] = snapshot.numbers[np.isin(snapshot.languages, codes)].tolist()
        return numbers

    def learn_mean(self, language: str, numbers: Sequence[int], texts: Sequence[str], more: Sequence[str]) -> None:
        """Learn what all vectors of a language have in common, from `texts` and `more` of it, and take it out from now on.

        `numbers` are the quotes of `texts`, whose vectors are made anew: all of the language that have one.
        """
        with self._lock:
            vectors = self._embedder.embed([*texts, *more], [_base(language)] * (len(texts) + len(more)))
        mean: npt.NDArray[np.float32] = vectors.mean(axis=0, dtype=np.float32)
        self._file.replace_language(_base(language), numbers, vectors[: len(texts)] - mean, mean)

    def drop(self, gone: Sequence[int]) -> None:
        """Forget the vectors of some quotes."""
        self._file.drop(gone)

    def clear(self) -> None:
        """Forget all vectors, so that they are made anew."""
        self._file.clear()

    def _fidelity(self, one: str, other: str) -> float:
        """What is left of a cosine between two languages; all within one, whose vectors are all made in the same way."""
        return 1.0 if one == other else min(self._embedder.fidelity(one), self._embedder.fidelity(other))

    def _rows_of(self, snapshot: VectorSnapshot, numbers: Sequence[int]) -> npt.NDArray[np.int64]:
        """Return the rows of some quotes, in the order of their numbers."""
        with self._lock:
            if self._order is None or self._order[0] is not snapshot:
                self._order = (snapshot, np.argsort(snapshot.numbers, kind="stable"))
            order = self._order[1]
        wanted = np.unique(np.array(numbers, np.int64))
        places = np.searchsorted(snapshot.numbers, wanted, sorter=order)
        wanted, places = wanted[places < len(order)], places[places < len(order)]
        rows: npt.NDArray[np.int64] = order[places]
        found: npt.NDArray[np.int64] = rows[snapshot.numbers[rows] == wanted]
        return found

    def _vector(self, text: str, language: str) -> npt.NDArray[np.float32]:
        with self._lock:
            # A find asks for the same words twice: in their own language and in the others.
            if self._last is None or self._last[:2] != (text, language):
                self._last = (text, language, self._embedder.embed([text], [language])[0])
            vector = self._last[2]
        centred: npt.NDArray[np.float32] = _centred(vector[np.newaxis], [language], self._current().state)[0]
        return centred

    def _current(self) -> VectorSnapshot:
        stamp = self._file.stamp()
        with self._lock:
            if self._snapshot is None or self._snapshot[0] != stamp:
                self._snapshot = (stamp, self._file.snapshot(), self._file.trouble())
            return self._snapshot[1]


def _base(language: str) -> str:
    """The language of a code that may name a country, too: pt of pt-BR."""
    return language.partition("-")[0].lower()


def _centred(vectors: npt.NDArray[np.float32], languages: Sequence[str], state: VectorState) -> npt.NDArray[np.float32]:
    """The vectors without what all of their language have in common, where that is known, of length 1."""
    means = {language: state.mean(language) for language in set(languages)}
    if not any(mean is not None for mean in means.values()):
        return vectors
    none = np.zeros(vectors.shape[1], np.float32)
    moved = vectors - np.stack([none if (mean := means[language]) is None else mean for language in languages])
    lengths = np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
    centred: npt.NDArray[np.float32] = (moved / lengths).astype(np.float32)
    return centred
