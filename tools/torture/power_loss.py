"""Power losses: what a run wrote is written down, and disks are made of it that have lost what was not fsynced.

A disk keeps what was fsynced of a file and of a folder's names. Of the rest it has nothing, or what chance gives it: any of the
writes, and the names up to some moment.
"""

from __future__ import annotations

import copy
import os
import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from scene import Scene, Trials
from state import faults_after
from trial import Trial, run_trial
from workload import Reference

_HEAD: Final = struct.Struct("<cQQI")  # kind, inode, place, length (`layer.c`)
_FOLDER: Final = -1  # stands for a folder where a name leads to the number of a file
_SECTOR: Final = 4096  # bytes that a disk writes whole


@dataclass(frozen=True, slots=True)
class Call:
    """One call that wrote: its kind as in `layer.c`, the inode, the place, the bytes."""

    kind: str
    inode: int
    place: int
    data: bytes

    def names(self) -> list[str]:
        """Return the paths of a call that changes names."""
        return [name.decode() for name in self.data.split(b"\0")]


@dataclass(slots=True)
class _File:
    """The content of a file: as it is on the disk for sure, and what was written since."""

    durable: bytes = b""
    now: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)  # a place and bytes, or a length and None

    def write(self, place: int, data: bytes | None) -> None:
        self.pending.append((place, data))
        _apply(self.now, place, data)

    def sync(self) -> None:
        self.durable, self.pending = bytes(self.now), []

    def after_loss(self, chance: random.Random | None) -> bytes:
        content = bytearray(self.durable)
        for place, data in self.pending if chance else ():
            for start in range(0, max(1, len(data or b"")), _SECTOR):
                if chance and chance.random() < 0.5:
                    _apply(content, place + start, None if data is None else data[start : start + _SECTOR])
        return bytes(content)


class Disk:
    """A folder as the calls of a run leave it, and as a power loss would."""

    def __init__(self, folder: Path) -> None:
        self._root = str(folder)
        self._files: list[_File] = []
        self._of_inode: dict[int, int] = {}
        self._durable: dict[str, int] = {}
        self._pending: list[tuple[str, list[str], int]] = []  # a change of names that its folder was not fsynced after
        for path in folder.rglob("*"):
            self._durable[str(path)] = _FOLDER if path.is_dir() else self._known(path)
        self._now = dict(self._durable)

    def _known(self, path: Path) -> int:
        content = path.read_bytes()
        return self._new(path.stat().st_ino, _File(content, bytearray(content)))

    def _new(self, inode: int, file: _File) -> int:
        self._files.append(file)
        self._of_inode[inode] = len(self._files) - 1
        return len(self._files) - 1

    def apply(self, call: Call) -> None:
        """Let one more call have happened."""
        if call.kind in "CMRU":
            names = call.names()
            number = self._new(call.inode, _File()) if call.kind == "C" else _FOLDER
            self._pending.append((call.kind, names, number))
            _rename(self._now, call.kind, names, number)
            return
        file = self._files[self._of_inode[call.inode]] if call.inode in self._of_inode else None
        if call.kind == "S" and (folder := call.data.decode()) in self._folders():
            self._sync_names(folder)
        elif file is not None and call.kind == "S":
            file.sync()
        elif file is not None:
            file.write(call.place, call.data if call.kind == "W" else None)

    def _folders(self) -> set[str]:
        return {self._root, *(name for name, number in self._now.items() if number == _FOLDER)}

    def _sync_names(self, folder: str) -> None:
        """Make the changes of names in a folder durable, in their order."""
        left = []
        for kind, names, number in self._pending:
            if folder in [name.rpartition("/")[0] for name in names if name]:
                _rename(self._durable, kind, names, number)
            else:
                left.append((kind, names, number))
        self._pending = left

    def write_after_loss(self, target: Path, chance: random.Random | None = None) -> None:
        """Write what is left after a power loss to a folder: with `chance`, some of what was not fsynced, too."""
        names = dict(self._durable)
        for kind, changed, number in self._pending[: chance.randint(0, len(self._pending)) if chance else 0]:
            _rename(names, kind, changed, number)
        target.mkdir(parents=True)
        for name, number in sorted(names.items()):
            path = target / name[len(self._root) + 1 :]
            # What SQLite keeps in memory alone is a file by name only. A folder that was lost takes its files with it.
            if name.endswith("-shm") or not path.parent.is_dir():
                continue
            if number == _FOLDER:
                path.mkdir()
            else:
                path.write_bytes(self._files[number].after_loss(chance))


def read_log(path: Path) -> Iterator[Call]:
    """Yield the calls that the layer wrote down."""
    data, place = path.read_bytes(), 0
    while place < len(data):
        kind, inode, where, length = _HEAD.unpack_from(data, place)
        place += _HEAD.size
        yield Call(kind.decode(), inode, where, data[place : place + length])
        place += length


def power_lost(scene: Scene) -> Trials:
    """Lose the power after any number of calls of each step; after the last what was said to be done has to be there."""
    while True:
        for reference in scene.in_process():
            calls, disk_before = _written_down(scene, reference)
            for number in (len(calls), *scene.chance.sample(range(len(calls)), min(3, len(calls)))):
                kept = None if scene.chance.random() < 0.5 else scene.chance
                disk = copy.deepcopy(disk_before)
                for call in calls[:number]:
                    disk.apply(call)
                instance = scene.empty()
                disk.write_after_loss(instance, kept)
                before = reference.after if number == len(calls) else reference.before
                wrong = faults_after(instance, reference.words, before, reference.after)
                how = "some of the rest kept" if kept else "all of the rest lost"
                yield f"{reference.step.name}, after call {number} of {len(calls)}, {how}", wrong


def _written_down(scene: Scene, reference: Reference) -> tuple[list[Call], Disk]:
    """Return the calls of a step, and the disk as it was before."""
    instance, log = scene.copy_of(reference.base), scene.folder / "calls.log"
    disk = Disk(instance)
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
    try:
        outcome = run_trial(Trial(instance, reference.words, log=descriptor))
    finally:
        os.close(descriptor)
    if outcome.code != 0:
        raise RuntimeError(f"{reference.step.name} fails undisturbed: {outcome}")
    return list(read_log(log)), disk


def _apply(content: bytearray, place: int, data: bytes | None) -> None:
    """Write bytes at a place, or cut or lengthen to that length."""
    if len(content) < place:
        content.extend(bytes(place - len(content)))
    if data is None:
        del content[place:]
    else:
        content[place : place + len(data)] = data


def _rename(names: dict[str, int], kind: str, changed: list[str], number: int) -> None:
    if kind == "U":
        names.pop(changed[0], None)
    elif kind == "R":
        if changed[0] in names:
            names[changed[1]] = names.pop(changed[0])
    else:
        names[changed[0]] = number
