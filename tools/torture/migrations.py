"""Archives of older formats, whose migration is killed, torn or refused at each call that writes."""

from __future__ import annotations

import tarfile
from pathlib import Path
from typing import Final

from layer import LayerFault
from scene import Scene, Trials
from state import faults_after, read_state
from trial import Trial, in_child, run_command, run_trial

INSTANCES: Final = Path(__file__).parents[2] / "tests" / "instances"


def migration_interrupted(scene: Scene) -> Trials:
    """Open an archive of an older format with a fault at one of the calls; then it is of the newest, and whole."""
    formats = []
    for path in sorted(INSTANCES.glob("*.tar.gz")):
        base = scene.folder / path.name.partition(".")[0]
        with tarfile.open(path) as packed:
            packed.extractall(base, filter="data")
        found = next(base.rglob("archive.sqlite3")).parent
        whole = scene.copy_of(found)
        calls = run_command(whole, ["status"]).calls
        formats.append((path.name.partition(".")[0], found, calls, in_child(lambda: read_state(whole))))  # noqa: B023
    while True:
        for name, base, calls, state in formats:
            fault = scene.chance.choice((LayerFault.KILL, LayerFault.TEAR, LayerFault.FULL, LayerFault.BROKEN))
            at = scene.chance.randint(1, calls)
            instance = scene.copy_of(base)
            outcome = run_trial(Trial(instance, ["status"], fault, at))
            wrong = [said] if (said := outcome.fault()) else []
            wrong += faults_after(instance, ["status"], state, state)
            yield f"{name}, {fault.name.lower()} at call {at} of {calls}", wrong
