"""Several at once: two runs that write, and readers while an index takes the place of another."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from scene import Scene, Trials
from state import faults_after
from trial import Trial, in_child, run_beside, run_command, run_together
from workload import by_name

from search.find.find import find
from search.model import Query
from search.renderers import Style, render_as
from search.settings import load
from search.storage.store import Store

_QUERIES = (
    "the bridge",
    "will not survive the last",
    "whoever sells",
    "must be painted before",
    "belongs beside the last",
)
_READ_SECONDS = 3.0


def two_writers(scene: Scene) -> Trials:
    """Start two runs that write at once: each does its work or says in one sentence who is at it."""
    known = by_name(scene.references)
    first, second = known["index"], known["import"]
    while True:
        instance = scene.copy_of(first.base)
        pair = [first.words, second.words]
        scene.chance.shuffle(pair)
        outcomes = run_together([Trial(instance, words) for words in pair])
        wrong = [said for outcome in outcomes if (said := outcome.fault())]
        refused = [words for words, outcome in zip(pair, outcomes, strict=True) if outcome.code == 2]
        wrong += [
            f"refused for another reason: {outcome.stderr.strip()[:300]}"
            for outcome in outcomes
            if outcome.code == 2 and "is being written to by" not in outcome.stderr
        ]
        for words in refused:  # who was refused comes again; then all of both is there
            run_command(instance, words)
        wrong += faults_after(instance, second.words, second.after, second.after)
        yield f"{len(refused)} of 2 refused", wrong


def readers_through_a_swap(scene: Scene) -> Trials:
    """Read on and on, newly opened and long open, while another process makes everything anew: each answer is the same."""
    base = by_name(scene.references)["rebuild"].base
    while True:
        instance = scene.copy_of(base)
        expected = in_child(partial(_answers, instance))
        readers = [partial(_read_newly_opened, instance, expected), partial(_read_long_open, instance, expected)]
        outcome, wrong = run_beside(Trial(instance, ["rebuild"]), readers)
        yield f"{len(_QUERIES)} queries", wrong + ([said] if (said := outcome.fault()) else [])


def _read_long_open(instance: Path, expected: list[str]) -> list[str]:
    with Store(load({"instance": instance}, environ={})) as store:
        return _differing(lambda: [_answer(store, query) for query in _QUERIES], expected)


def _read_newly_opened(instance: Path, expected: list[str]) -> list[str]:
    return _differing(lambda: _answers(instance), expected)


def _differing(read: Callable[[], list[str]], expected: list[str]) -> list[str]:
    """Read until the time is over, and return what was otherwise than expected."""
    until = time.monotonic() + _READ_SECONDS
    while time.monotonic() < until:
        try:
            found = read()
        except Exception as error:
            return [f"no answer: {error!r}"]
        if found != expected:
            return [
                f"another answer to {query!r}"
                for query, one, two in zip(_QUERIES, found, expected, strict=True)
                if one != two
            ]
    return []


def _answers(instance: Path) -> list[str]:
    with Store(load({"instance": instance}, environ={})) as store:
        return [_answer(store, query) for query in _QUERIES]


def _answer(store: Store, query: str) -> str:
    return render_as("csv", find(store, Query(text=query, limit=50)), Style(False, 100))
