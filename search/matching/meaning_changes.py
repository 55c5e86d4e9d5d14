"""Changes of wording that turn the meaning: a "not" put in or left out, another number, another name.

A plain comparison of the words that changed. No measure of similarity tells a harmless edit from one that turns the
meaning (docs/versions.md), so these rules look at nothing else. The words: `search/data/meaning_changes.toml`.
"""

from __future__ import annotations

import functools
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib import resources
from typing import Final, NamedTuple

from search.matching.alignment import Step, elided
from search.matching.thresholds import NAME_NATS
from search.model import MeaningChange
from search.text.information import information
from search.text.tokens import Token
from search.text.word_families import DENYING_PREFIXES

_SHORTEST_DENIED: Final = 5  # letters: a shorter stem that begins with "in" or "un" is a word of its own
_NAME_WORDS: Final = 3  # a name that stands for another is a change of so many words at most
_OPENING_WORDS: Final = 2  # a change so short at the beginning is an exchange of words, and no cut


class _WordLists(NamedTuple):
    negations: frozenset[str]
    auxiliaries: frozenset[str]
    no_names: frozenset[str]


@functools.cache
def _words() -> _WordLists:
    data = (resources.files("search") / "data" / "meaning_changes.toml").read_text(encoding="utf-8")
    lists = tomllib.loads(data)
    return _WordLists(*(frozenset(w for some in lists[name].values() for w in some) for name in _WordLists._fields))


def meaning_changes(a: Sequence[Token], b: Sequence[Token], steps: Sequence[Step]) -> tuple[MeaningChange, ...]:
    """Return how the change from `a` to `b` turns the meaning; empty when it does not seem to.

    Only what lies between words that both share is judged: what a truncation leaves out is not an alteration.
    """
    inner = _inner(steps)
    worded = [step for step in inner if not elided(a, b, step)]
    removed = [word for step in worded for word in a[step.a_start : step.a_end]]
    added = [word for step in worded for word in b[step.b_start : step.b_end]]
    changes = []
    if _denials(removed, added) != _denials(added, removed) or _swallowed(a, b, steps):
        changes.append(MeaningChange.NEGATION)
    if any(_other_number(a[s.a_start : s.a_end], b[s.b_start : s.b_end]) for s in inner):
        changes.append(MeaningChange.NUMBER)
    if any(_other_name(a, b, step) for step in inner):
        changes.append(MeaningChange.NAME)
    return tuple(changes)


def count_denials(keys: Iterable[str]) -> int:
    """Return how many of some folded words deny: "not", "never", "nobody"."""
    negations = _words().negations
    return sum(key in negations for key in keys)


def _inner(steps: Sequence[Step]) -> list[Step]:
    """The changed steps, without those at either end where only one side has words."""
    inner = []
    for index, step in enumerate(steps):
        one_sided = step.a_start == step.a_end or step.b_start == step.b_end
        short_start = index == 0 and step.a_end - step.a_start + step.b_end - step.b_start <= _OPENING_WORDS
        if not step.same and (short_start or not (one_sided and index in (0, len(steps) - 1))):
            inner.append(step)
    return inner


def _denials(words: Sequence[Token], others: Sequence[Token]) -> int:
    """How many of some words deny; "undiplomatic" does when the other side says "diplomatic"."""
    stems = {word.stem for word in others}
    count = 0
    for word in words:
        count += word.key in _words().negations or (
            len(word.stem) > _SHORTEST_DENIED
            and word.stem.startswith(DENYING_PREFIXES)
            and any(word.stem.removeprefix(prefix) in stems - {word.stem} for prefix in DENYING_PREFIXES)
        )
    return count


def _swallowed(a: Sequence[Token], b: Sequence[Token], steps: Sequence[Step]) -> bool:
    """An ellipsis stands for "not" alone, or for "would not", and the verb that was denied is kept."""
    known = _words()
    for step in steps:
        if elided(a, b, step):
            words = a[step.a_start : step.a_end] or b[step.b_start : step.b_end]
            if not words or words[-1].key not in known.negations:
                continue
            before = words[-2] if len(words) > 1 else None
            # "don't" is two words at one place.
            if before is None or before.end == words[-1].end:
                return True
            if before.key in known.auxiliaries and not words[-1].capital:
                return True
    return False


def _other_number(left: Sequence[Token], right: Sequence[Token]) -> bool:
    """One number stands for another. "one" and "a" are too often the same to count."""
    ours, theirs = _numbers(left), _numbers(right)
    return bool(ours - theirs) and bool(theirs - ours)


def _numbers(words: Iterable[Token]) -> Counter[str]:
    return Counter(word.key for word in words if word.key[0].isdecimal())


def _other_name(a: Sequence[Token], b: Sequence[Token], step: Step) -> bool:
    """One capitalised name stands for another, away from the beginning of a sentence."""
    if step.a_end - step.a_start > _NAME_WORDS or step.b_end - step.b_start > _NAME_WORDS:
        return False
    left, right = _capitals(a[max(1, step.a_start) : step.a_end]), _capitals(b[max(1, step.b_start) : step.b_end])
    return bool(left and right) and all(information(word.stem) > NAME_NATS for word in (left[0], right[0]))


def _capitals(words: Sequence[Token]) -> list[Token]:
    return [word for word in words if word.capital and not word.bracketed and word.key not in _words().no_names]
