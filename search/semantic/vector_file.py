"""The vectors of an instance on disk: one bit a dimension, 64 bytes a quote, appended to and never changed in place.

    semantic/vectors-N.bin   the signs of each vector, packed, one row after another
    semantic/rows-N.bin      beside each row the number of its quote (int64) and its language (uint8)
    semantic/state.json      which N is in force, how many rows count, the model, the languages, the position in the log
                             of the archive and the mark that it has there, the mean vector of each language

`state.json` is replaced as a whole and last, so that a run that is killed leaves rows that do not count yet and are
written over. Everything here is derived: what does not fit counts as none, is said in one sentence and made anew.
"""

from __future__ import annotations

import json
import os
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.atomic_file import write_atomically
from search.errors import StoreUnavailable
from search.files.plain_file import read_plain_file

STATE_FILE: Final = "state.json"
ROW_TYPE: Final = np.dtype([("number", "<i8"), ("language", "u1")])
MOST_LANGUAGES: Final = 255  # the last number is that of all further ones
_FORMAT: Final = 4
_STATE_BYTES: Final = 1_000_000  # of 255 languages half of it; a longer state file is none of ours
_READINGS: Final = 5  # of one state: a writer may be replacing its files
_MOST_READINGS: Final = 100  # of states that a writer changed between them: 5 were too few on a busy machine


@dataclass(frozen=True, slots=True)
class VectorState:
    """What `state.json` says; the digests are CRC-32 of the vectors and of the rows beside them, as far as they count."""

    model: str
    dimensions: int
    generation: int = 0
    rows: int = 0
    vectors_digest: int = 0
    rows_digest: int = 0
    position: int = 0
    mark: str = ""
    languages: tuple[str, ...] = ()
    means: Mapping[str, str] = field(default_factory=dict)

    def mean(self, language: str) -> npt.NDArray[np.float32] | None:
        """Return what all vectors of a language have in common, `(dimensions,)`; None where it is not known."""
        kept = self.means.get(language)
        return None if kept is None else np.frombuffer(b64decode(kept), np.float16).astype(np.float32)


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


def kept_numbers(folder: Path) -> tuple[VectorState, list[int]] | None:
    """Return the state of the vectors in a folder, of whatever model, and the numbers of their quotes; None where there are none.

    Raises:
        StoreUnavailable: they are damaged, or of another version of this program.
    """
    if not (folder / STATE_FILE).exists():
        return None
    try:
        facts = json.loads(read_plain_file(folder / STATE_FILE, _STATE_BYTES))
        file = VectorFile(folder, str(facts["model"]), int(facts["dimensions"]))
        snapshot = file.snapshot()
        trouble = file.trouble()
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        trouble = _DAMAGED
    if trouble is not None:
        raise StoreUnavailable(f"The vectors in {folder} {trouble}.")
    return snapshot.state, snapshot.numbers.tolist()


class VectorFile:
    """The vectors of one instance, in a folder of their own. One process writes at a time."""

    def __init__(self, folder: Path, model: str, dimensions: int) -> None:
        self._folder = folder
        self._empty = VectorState(model, dimensions)
        self._broken: VectorState | None = None  # the state whose files are not what was written

    def state(self) -> VectorState:
        """Return what is there; an empty state where nothing is, or what is there does not count (`trouble`)."""
        read = self._read()
        return read if isinstance(read, VectorState) else self._empty

    def trouble(self) -> str | None:
        """Return what is wrong with the vectors that are there, so that none counts; None where nothing is."""
        read = self._read()
        return read if isinstance(read, str) else None

    def stamp(self) -> int:
        """Return a number that changes when the state does: the time of its last change, in ns."""
        try:
            return (self._folder / STATE_FILE).stat().st_mtime_ns
        except OSError:
            return 0

    def snapshot(self) -> VectorSnapshot:
        """Return all vectors that count.

        They are read and not mapped, since a file that somebody cuts short would end the process that has it mapped.
        """
        state, same = self.state(), 0
        for _ in range(_MOST_READINGS):
            before, state = state, self.state()
            same = same + 1 if state == before else 0
            if same > _READINGS:  # what does not come right has not been changed meanwhile
                break
            words = state.dimensions // 64
            try:
                bits = np.fromfile(self._vectors(state), np.uint64, state.rows * words) if state.rows else _NONE
                rows = np.fromfile(self._rows(state), ROW_TYPE, state.rows) if state.rows else np.zeros(0, ROW_TYPE)
            except OSError:
                continue  # a writer has just put others in their place
            if len(rows) == state.rows and len(bits) == state.rows * words:
                if (zlib.crc32(bits.data), zlib.crc32(rows.data)) != (state.vectors_digest, state.rows_digest):
                    # Unless a writer has just put others in their place.
                    self._broken = state if self.state() == state else self._broken
                    continue
                numbers, languages = np.ascontiguousarray(rows["number"]), np.ascontiguousarray(rows["language"])
                return VectorSnapshot(state, bits.reshape(-1, words), numbers, languages)
        return VectorSnapshot(
            self._empty, _NONE.reshape(0, self._empty.dimensions // 64), np.zeros(0, np.int64), np.zeros(0, np.uint8)
        )

    def append(
        self,
        numbers: Sequence[int],
        languages: Sequence[str | None],
        vectors: npt.NDArray[np.float32],
        position: int,
        mark: str,
    ) -> None:
        """Add the vectors of some quotes, and that the log of the archive is embedded up to `position`, where it has `mark`."""
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
        bits, rows = pack(vectors).tobytes(), codes.tobytes()
        self._write(self._vectors(state), bits, state.rows * state.dimensions // 8)
        self._write(self._rows(state), rows, state.rows * ROW_TYPE.itemsize)
        self._keep(
            replace(
                state,
                rows=state.rows + len(numbers),
                vectors_digest=zlib.crc32(bits, state.vectors_digest),
                rows_digest=zlib.crc32(rows, state.rows_digest),
                position=position,
                mark=mark,
                languages=tuple(known),
            )
        )

    def replace_language(
        self, language: str, numbers: Sequence[int], vectors: npt.NDArray[np.float32], mean: npt.NDArray[np.float32]
    ) -> None:
        """Put the vectors of some quotes in the place of those they have, and keep the mean of their language, in one step."""
        snapshot = self.snapshot()
        kept = np.isin(snapshot.numbers, np.array(numbers, np.int64))
        order = {number: place for place, number in enumerate(numbers)}
        bits = snapshot.bits.copy()
        if kept.any():
            bits[kept] = pack(vectors)[[order[number] for number in snapshot.numbers[kept].tolist()]]
        means = {**snapshot.state.means, language: b64encode(mean.astype(np.float16).tobytes()).decode("ascii")}
        rows = np.zeros(snapshot.state.rows, ROW_TYPE)
        rows["number"], rows["language"] = snapshot.numbers, snapshot.languages
        self._folder.mkdir(parents=True, exist_ok=True)
        self._exchange(snapshot.state, replace(snapshot.state, means=means), bits, rows)

    def drop(self, gone: Sequence[int]) -> None:
        """Write the vectors anew without those of some quotes."""
        snapshot = self.snapshot()
        kept = ~np.isin(snapshot.numbers, np.array(gone, np.int64))
        if kept.all():
            return
        rows = np.zeros(int(kept.sum()), ROW_TYPE)
        rows["number"], rows["language"] = snapshot.numbers[kept], snapshot.languages[kept]
        self._exchange(snapshot.state, replace(snapshot.state, rows=len(rows)), snapshot.bits[kept], rows)

    def _exchange(
        self, old: VectorState, new: VectorState, bits: npt.NDArray[np.uint64], rows: npt.NDArray[np.void]
    ) -> None:
        """Write all vectors anew, then the state that names them, then forget the old ones."""
        digests = zlib.crc32(bits.tobytes()), zlib.crc32(rows.tobytes())
        state = replace(new, generation=old.generation + 1, vectors_digest=digests[0], rows_digest=digests[1])
        self._write(self._vectors(state), bits.tobytes(), 0)
        self._write(self._rows(state), rows.tobytes(), 0)
        self._keep(state)
        for file in (self._vectors(old), self._rows(old)):
            file.unlink(missing_ok=True)

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
            file.flush()
            os.fsync(file.fileno())  # before `state.json` counts these rows

    def _keep(self, state: VectorState) -> None:
        facts = asdict(state)
        write_atomically(
            self._folder / STATE_FILE, json.dumps({"format": _FORMAT, **facts, "digest": _digest(facts)}) + "\n"
        )

    def _read(self) -> VectorState | str | None:
        """Return the state on disk, None where there is none, or why it does not count.

        A writer that puts another state in its place removes the files of the one before: it is read again while it changes.
        """
        for _ in range(_MOST_READINGS):
            before = self._identity()
            read = self._read_once()
            if read != _DAMAGED or self._identity() == before:
                break
        return read

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = (self._folder / STATE_FILE).stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def _read_once(self) -> VectorState | str | None:
        """Return what stands there at this moment: the folder may be anybody's."""
        try:
            facts = json.loads(read_plain_file(self._folder / STATE_FILE, _STATE_BYTES))
            if facts.pop("format") != _FORMAT:
                return _OTHER_VERSION
            if facts.pop("digest") != _digest(facts):
                return _DAMAGED
            lists = {"languages": tuple(map(str, facts["languages"])), "means": dict(facts["means"])}
            state = VectorState(**{**facts, **lists})
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return _DAMAGED
        if (state.model, state.dimensions) != (self._empty.model, self._empty.dimensions):
            return _OTHER_MODEL
        return state if self._fits(state) and state != self._broken else _DAMAGED

    def _is_mean(self, kept: object) -> bool:
        """Whether what is kept as a mean is one: numbers, one a dimension."""
        try:
            mean = np.frombuffer(b64decode(str(kept), validate=True), np.float16)
        except ValueError:
            return False
        return mean.shape == (self._empty.dimensions,) and bool(np.isfinite(mean).all())

    def _fits(self, state: VectorState) -> bool:
        counts: tuple[Any, ...] = (state.generation, state.rows, state.position)
        if not all(type(count) is int and count >= 0 for count in counts) or type(state.mark) is not str:
            return False
        if not all(self._is_mean(kept) for kept in state.means.values()):
            return False
        try:
            sizes = self._vectors(state).stat().st_size, self._rows(state).stat().st_size
        except OSError:
            return state.rows == 0
        return sizes[0] >= state.rows * state.dimensions // 8 and sizes[1] >= state.rows * ROW_TYPE.itemsize


def _digest(facts: Mapping[str, Any]) -> int:
    """Return the CRC-32 of what a state says."""
    return zlib.crc32(json.dumps(facts, sort_keys=True).encode())


_NONE: Final = np.zeros(0, np.uint64)
_DAMAGED, _OTHER_MODEL, _OTHER_VERSION = "are damaged", "are of another model", "are of another version of this program"
