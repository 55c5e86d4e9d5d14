"""Backups and restores that are killed, torn or refused at each call that writes: a whole one or none, and nothing else is touched."""

from __future__ import annotations

import shutil
from typing import Final

from layer import LayerFault
from scene import Scene, Trials
from state import faults_after
from trial import Trial, run_command, run_trial
from workload import by_name

from search.errors import ReadError
from search.storage.upkeep.backup_file import read_members

_FAULTS: Final = (LayerFault.KILL, LayerFault.TEAR, LayerFault.FULL, LayerFault.BROKEN)


def backup_interrupted(scene: Scene) -> Trials:
    """Interrupt backups: no file of that name is there, or a whole one; the next goes well."""
    reference = by_name(scene.references)["rebuild"]
    target = scene.folder / "backups"
    calls = 60
    while True:
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        instance = scene.copy_of(reference.base)
        file = target / "b.zip"
        fault, at = scene.chance.choice(_FAULTS), scene.chance.randint(1, calls)
        outcome = run_trial(Trial(instance, ["backup", str(file)], fault, at, watched=target))
        wrong = [said] if (said := outcome.fault()) else []
        calls = max(outcome.calls, 1) if outcome.code == 0 else calls
        if file.exists():
            try:
                read_members(file)
            except ReadError as error:
                wrong.append(str(error))
        elif outcome.code == 0:
            wrong.append("there is no file, and it says that it wrote one")
        if run_command(instance, ["backup", str(target / "c.zip")]).code != 0:
            wrong.append("the next one fails")
        wrong += faults_after(instance, ["status"], reference.before, reference.before)
        yield f"{fault.name.lower()} at call {at}", wrong


def restore_interrupted(scene: Scene) -> Trials:
    """Interrupt restores: there is no archive, or a whole one; the same command brings all back."""
    reference = by_name(scene.references)["rebuild"]
    file = scene.folder / "restored.zip"
    file.unlink(missing_ok=True)
    run_command(reference.base, ["backup", str(file)])
    calls = 200
    while True:
        instance = scene.empty()
        fault, at = scene.chance.choice(_FAULTS), scene.chance.randint(1, calls)
        outcome = run_trial(Trial(instance, ["restore", str(file)], fault, at))
        wrong = [said] if (said := outcome.fault()) else []
        calls = max(outcome.calls, 1) if outcome.code == 0 else calls
        if not (instance / "archive.sqlite3").exists():
            if outcome.code == 0:
                wrong.append("there is no archive, and it says that it brought one back")
            again = run_command(instance, ["restore", str(file)])
            if again.code != 0:
                wrong.append(f"again: {again.stderr.strip()[:300]}")
        wrong += faults_after(instance, ["status"], reference.before, reference.before)
        yield f"{fault.name.lower()} at call {at}", wrong
