"""The vectors of an instance on disk: one bit a dimension, 64 bytes a quote, appended to and never changed in place.

    semantic/vectors-N.bin   the signs of each vector, packed, one row after another
    semantic/rows-N.bin      beside each row the number of its quote (int64) and its language (uint8)
    semantic/state.json      which N is in force, how many rows count, the model, the languages, the position in the log

`state.json` is replaced as a whole and last, so that a run that is killed leaves rows that do not count yet and are
written over. Everything here is derived: what does not fit is said in one sentence and made anew.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.atomic_file import write_atomically
from search.errors import StoreUnavailable

STATE_FILE: Final = "state.json"
ROW_TYPE: Final = np.dtype([("number", "<i8"), ("language", "u1")])
MOST_LANGUAGES: Final = 255  # the last number is that of all further ones
_FORMAT: Final = 1
_STATE_BYTES: Final = 100_000  # a longer state file is none of ours


@dataclass(frozen=True, slots=True)
class VectorState:
    """What `state.json` says."""

    model: str
    dimensions: int
    generation: int = 0
    rows: int = 0
    position: int = 0
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VectorSnapshot:
    """All vectors at one moment: `bits` `(rows, dimensions / 64) uint64`, and of each row its quote and language."""

    state: VectorState
    bits: npt.NDArray[np.uint64]
    numbers: npt.NDArray[np.int64]
    languages: npt.NDArray[np.uint8]


def pack(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.uint64]:
    """Return the signs of vectors, `(n, dimensions)`, as bits, `(n, dimensions / 64) uint64`; 1 is above 0."""
    packed: npt.NDArray[np.uint8] = np.packbits(vectors > 0, axis=1)
    return np.ascontiguousarray(packed).view(np.uint64)


class VectorFile:
    """The vectors of one instance, in a folder of their own. Writing needs the store's lock."""

    def __init__(self, folder: Path, model: str, dimensions: int) -> None:
        self._folder = folder
        self._empty = VectorState(model, dimensions)

    def state(self) -> VectorState:
        """Return what is there; an empty state where nothing is, or what is there is of another model or damaged."""
        read = self._read()
        return read if read is not None else self._empty

    def stamp(self) -> int:
        """Return a number that changes when the state does: the time of its last change, in ns."""
        try:
            return (self._folder / STATE_FILE).stat().st_mtime_ns
        except OSError:
            return 0

    def snapshot(self) -> VectorSnapshot:
        """Return all vectors that count, mapped from the files."""
        state = self.state()
        words = state.dimensions // 64
        if not state.rows:
            none = np.zeros(0, ROW_TYPE)
            return VectorSnapshot(state, np.zeros((0, words), np.uint64), none["number"], none["language"])
        try:
            bits = np.memmap(self._vectors(state), np.uint64, "r", shape=(state.rows, words))
            rows = np.fromfile(self._rows(state), ROW_TYPE, state.rows)
        except (OSError, ValueError) as error:
            raise StoreUnavailable(f"{self._folder} cannot be read: run `quotes embed` to make it anew.") from error
        numbers = np.ascontiguousarray(rows["number"])
        return VectorSnapshot(state, bits, numbers, np.ascontiguousarray(rows["language"]))

    def append(
        self,
        numbers: Sequence[int],
        languages: Sequence[str | None],
        vectors: npt.NDArray[np.float32],
        position: int,
    ) -> None:
        """Add the vectors of some quotes, and that the log of the archive is embedded up to `position`."""
        state = self.state()
        known = list(state.languages)
        codes = np.zeros(len(numbers), ROW_TYPE)
        codes["number"] = numbers
        for place, language in enumerate(languages):
            name = language or ""
            if name not in known and len(known) < MOST_LANGUAGES:
                known.append(name)
            codes["language"][place] = known.index(name) if name in known else MOST_LANGUAGES
        self._folder.mkdir(parents=True, exist_ok=True)
        self._write(self._vectors(state), pack(vectors).tobytes(), state.rows * state.dimensions // 8)
        self._write(self._rows(state), codes.tobytes(), state.rows * ROW_TYPE.itemsize)
        self._keep(replace(state, rows=state.rows + len(numbers), position=position, languages=tuple(known)))

    def drop(self, gone: Sequence[int]) -> None:
        """Write the vectors anew without those of some quotes."""
        snapshot = self.snapshot()
        kept = ~np.isin(snapshot.numbers, np.array(gone, np.int64))
        if kept.all():
            return
        state = replace(snapshot.state, generation=snapshot.state.generation + 1, rows=int(kept.sum()))
        rows = np.zeros(state.rows, ROW_TYPE)
        rows["number"], rows["language"] = snapshot.numbers[kept], snapshot.languages[kept]
        self._write(self._vectors(state), snapshot.bits[kept].tobytes(), 0)
        self._write(self._rows(state), rows.tobytes(), 0)
        self._keep(state)
        for old in (self._vectors(snapshot.state), self._rows(snapshot.state)):
            old.unlink(missing_ok=True)

    def clear(self) -> None:
        """Forget all vectors."""
        for file in self._folder.glob("*") if self._folder.is_dir() else ():
            if file.name == STATE_FILE or file.suffix == ".bin":
                file.unlink(missing_ok=True)

    def _vectors(self, state: VectorState) -> Path:
        return self._folder / f"vectors-{state.generation}.bin"

    def _rows(self, state: VectorState) -> Path:
        return self._folder / f"rows-{state.generation}.bin"

    @staticmethod
    def _write(path: Path, data: bytes, offset: int) -> None:
        with path.open("r+b" if path.exists() else "w+b") as file:
            file.seek(offset)
            file.write(data)
            file.truncate()

    def _keep(self, state: VectorState) -> None:
        write_atomically(self._folder / STATE_FILE, json.dumps({"format": _FORMAT, **asdict(state)}) + "\n")

    def _read(self) -> VectorState | None:
        """Return the state on disk, None where there is none that fits: the folder may be anybody's."""
        try:
            with (self._folder / STATE_FILE).open("rb") as file:
                facts = json.loads(file.read(_STATE_BYTES))
            if facts.pop("format") != _FORMAT:
                return None
            state = VectorState(**{**facts, "languages": tuple(map(str, facts["languages"]))})
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        return state if self._fits(state) else None

    def _fits(self, state: VectorState) -> bool:
        counts: tuple[Any, ...] = (state.generation, state.rows, state.position)
        if not all(type(count) is int and count >= 0 for count in counts):
            return False
        if (state.model, state.dimensions) != (self._empty.model, self._empty.dimensions):
            return False
        try:
            sizes = self._vectors(state).stat().st_size, self._rows(state).stat().st_size
        except OSError:
            return state.rows == 0
        return sizes[0] >= state.rows * state.dimensions // 8 and sizes[1] >= state.rows * ROW_TYPE.itemsize
