"""Where a trial is played: the reference runs that it is compared with, and a folder that is made anew for each."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workload import Reference

# A trial: what was done, in a few words, and what was wrong afterwards.
Played = tuple[str, list[str]]
Trials = Iterator[Played]


@dataclass(slots=True)
class Scene:
    """What every kind of fault needs: the steps, chance, and room on the disk."""

    folder: Path
    references: Sequence[Reference]
    chance: random.Random
    used: int = field(default=0)

    @property
    def last(self) -> Reference:
        """Return the last step that every kind of fault may build on."""
        return self.references[-1]

    def copy_of(self, base: Path) -> Path:
        """Return a fresh copy of an instance, the one before having been removed."""
        shutil.rmtree(self.empty(), ignore_errors=True)
        target = self.folder / f"trial-{self.used}"
        shutil.copytree(base, target)
        return target

    def empty(self) -> Path:
        """Return a folder that is not there, the one before having been removed."""
        shutil.rmtree(self.folder / f"trial-{self.used}", ignore_errors=True)
        self.used += 1
        return self.folder / f"trial-{self.used}"

    def in_process(self) -> Sequence[Reference]:
        """Return the steps that run in one process: those with workers take seconds to start."""
        return [reference for reference in self.references if "--jobs" not in reference.words]

    def calls(self) -> Iterator[tuple[Reference, int]]:
        """Yield the calls that write, of all steps in one process, in an order of chance, over and over."""
        every = [(reference, at) for reference in self.in_process() for at in range(1, reference.calls + 1)]
        while True:
            yield from self.chance.sample(every, len(every))
