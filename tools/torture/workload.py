"""What is done to an archive under torture: invented documents, and commands that store, delete, decide and make anew."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from state import State, read_state
from trial import in_child, run_command

_WORDS: Final = (
    "bridge ferry harbour tunnel winter summer pavement gulls lantern orchard kettle ladder museum parcel quarry "
    "railway saddle turnip umbrella violin window yacht anchor basket candle donkey engine feather garden hammer"
).split()
_VERBS: Final = "will not survive,was sold to pay for,has never touched,must be painted before,belongs beside".split(
    ","
)
_SPEAKERS: Final = "Ann Lee,Bo Berg,Cy Fox,Di Orr,Ed Poe,Flo Ray".split(",")
SMALL, LARGE = 8, 60  # documents that are indexed by one command


@dataclass(frozen=True, slots=True)
class Step:
    """A command of the workload: its name in the table, and its words, out of the state that it finds."""

    name: str
    words: Callable[[State], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Reference:
    """A step that nothing happened to: the instance before it, the states before and after, its words and its calls that write."""

    step: Step
    base: Path
    words: Sequence[str]
    before: State
    after: State
    calls: int


def write_documents(folder: Path, seed: int, count: int) -> None:
    """Write so many text files of invented news; every third says what another one says, in other words or the same."""
    chance = random.Random(seed)
    folder.mkdir(parents=True)
    said = [
        f"The {chance.choice(_WORDS)} of {chance.choice(_WORDS)} number {number} {chance.choice(_VERBS)} the last "
        f"{chance.choice(_WORDS)} in the {chance.choice(_WORDS)} of the {chance.choice(_WORDS)}"
        for number in range(max(1, count * 2 // 3))
    ]
    for number in range(count):
        quote = said[number % len(said)]
        if number >= len(said) and number % 2:
            quote = quote.replace("the last", "another")
        speaker = _SPEAKERS[number % len(said) % len(_SPEAKERS)]
        text = f"The council met on day {number} of case {seed}.\n\n“{quote},” said {speaker}, the mayor.\n"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")


def write_quotes(path: Path, seed: int, count: int) -> None:
    """Write so many ready-made quotes as JSON Lines."""
    chance = random.Random(seed)
    rows = (
        {
            "text": f"Whoever sells the {chance.choice(_WORDS)} to the {chance.choice(_WORDS)} shall pay for number {number}",
            "speaker": _SPEAKERS[number % len(_SPEAKERS)],
            "published": f"2024-03-{number % 28 + 1:02}",
        }
        for number in range(count)
    )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def steps(folder: Path) -> list[Step]:
    """Return the workload, its input written below `folder`."""
    for name, seed, count in (("a", 1, SMALL), ("b", 2, SMALL), ("c", 3, LARGE)):
        write_documents(folder / name, seed, count)
    write_quotes(folder / "q.jsonl", 4, SMALL)

    def quote(state: State, number: int) -> str:
        return sorted(state.quotes)[number % len(state.quotes)]

    return [
        Step("index", lambda _: ["index", str(folder / "a")]),
        Step("import", lambda _: ["import", str(folder / "q.jsonl")]),
        Step("index, second", lambda _: ["index", str(folder / "b")]),
        Step("delete", lambda state: ["delete", sorted(state.documents)[3]]),
        Step("utterances merge", lambda state: ["utterances", "merge", quote(state, 2), quote(state, 7)]),
        Step("utterances split", lambda state: ["utterances", "split", quote(state, 2)]),
        Step("utterances pin", lambda state: ["utterances", "pin", quote(state, 5)]),
        Step("speakers merge", lambda _: ["speakers", "merge", "Ann Lee", "A. Lee", "Lee of the harbour"]),
        Step("speakers rename", lambda _: ["speakers", "rename", "Ann Lee", "Ann Lee (mayor)"]),
        Step("speakers split", lambda _: ["speakers", "split", "Bo Berg", "B. Berg"]),
        Step("rebuild", lambda _: ["rebuild"]),
        Step("index --jobs 2", lambda _: ["index", "--jobs", "2", str(folder / "c")]),
    ]


def run_through(folder: Path) -> list[Reference]:
    """Run the workload once undisturbed, and keep the instance as it was before each step."""
    instance, found = folder / "reference", []
    instance.mkdir()
    (instance / "config.toml").write_text("batch = 5\n", encoding="utf-8")
    for number, step in enumerate(steps(folder / "input")):
        base = folder / f"before-{number}"
        shutil.copytree(instance, base)
        before = in_child(lambda: read_state(instance))
        words = step.words(before)
        outcome = run_command(instance, words)
        if outcome.code != 0:
            raise RuntimeError(f"{step.name} fails undisturbed: {outcome}")
        after = in_child(lambda: read_state(instance))
        found.append(Reference(step, base, words, before, after, outcome.calls))
    return found


def by_name(references: Sequence[Reference]) -> Mapping[str, Reference]:
    """Return the steps by their names."""
    return {reference.step.name: reference for reference in references}
