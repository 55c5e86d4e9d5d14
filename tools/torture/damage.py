"""Damaged files: bits that turn in every file of an instance, and files that are cut short, emptied or gone."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from scene import Scene, Trials
from state import State, read_state
from trial import in_child, run_command
from workload import by_name

_COMMANDS: Final = (["find", "the bridge"], ["export", "--jsonl"], ["status"], ["doctor"], ["speakers", "list"])


def files_damaged(scene: Scene) -> Trials:
    """Damage one file after the other: nothing but a sentence, nothing altered is shown, and all is mended as the doctor says."""
    reference = by_name(scene.references)["rebuild"]
    saved = scene.folder / "whole.zip"
    saved.unlink(missing_ok=True)
    run_command(reference.base, ["backup", str(saved)])
    expected = run_command(reference.base, ["export", "--jsonl"]).stdout
    while True:
        names = [path.relative_to(reference.base) for path in sorted(reference.base.rglob("*")) if path.is_file()]
        for name in names:
            for how, damage in _DAMAGES.items():
                instance = scene.copy_of(reference.base)
                damage(instance / name, scene.chance)
                wrong = _shown_wrong(instance, expected)
                wrong += _not_mended(instance, saved, reference.before)
                yield f"{name} {how}", wrong


def _shown_wrong(instance: Path, expected: str) -> list[str]:
    """Return what commands do on a damaged instance that they must not."""
    wrong = []
    for words in _COMMANDS:
        outcome = run_command(instance, words)
        if said := outcome.fault():
            wrong.append(f"{words[0]}: {said}")
        elif words[0] == "export" and outcome.code == 0 and outcome.stdout != expected:
            if altered := set(outcome.stdout.splitlines()) - set(expected.splitlines()):
                wrong.append(f"export: altered quotes, and exit code 0: {min(altered)}")
            elif not outcome.stderr.strip():
                wrong.append("export: quotes are missing, and exit code 0")
    return wrong


def _not_mended(instance: Path, saved: Path, state: State) -> list[str]:
    """Do what the doctor says, and return what is wrong all the same."""
    remedies = _remedies(instance)
    if remedies and all("rebuild" in remedy for remedy in remedies):
        mended = run_command(instance, ["rebuild"])
        if mended.code != 0:
            return [f"rebuild: {mended.stderr.strip()[:300]}"]
    elif remedies:
        instance.rename(instance.with_name("moved-away"))
        shutil.rmtree(instance.with_name("moved-away"))
        mended = run_command(instance, ["restore", str(saved)])
        if mended.code != 0:
            return [f"restore: {mended.stderr.strip()[:300]}"]
    run_command(instance, ["status"])
    if left := _remedies(instance):
        return [f"not mended, and the doctor says: {remedy}" for remedy in left]
    now = in_child(lambda: read_state(instance))
    return [
        f"{name} differ, and the doctor finds nothing"
        for name in ("documents", "quotes", "decisions", "names")
        if getattr(now, name) != getattr(state, name)
    ]


def _remedies(instance: Path) -> list[str]:
    """Return what the doctor says that is to be done."""
    outcome = run_command(instance, ["doctor", "--json"])
    return [each["remedy"] for each in json.loads(outcome.stdout)["faults"]] if outcome.code != 2 else [outcome.stderr]


def _turn_bit(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)


def _turn_bytes(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    if data:
        start = chance.randrange(len(data))
        data[start : start + 64] = chance.randbytes(len(data[start : start + 64]))
        path.write_bytes(data)


def _cut(path: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes()[: chance.randrange(max(1, path.stat().st_size))])


def _empty(path: Path, chance: random.Random) -> None:
    path.write_bytes(b"")


def _remove(path: Path, chance: random.Random) -> None:
    path.unlink()


_DAMAGES: Final[Mapping[str, Callable[[Path, random.Random], None]]] = {
    "with a bit turned": _turn_bit,
    "with bytes turned": _turn_bytes,
    "cut short": _cut,
    "emptied": _empty,
    "gone": _remove,
}
