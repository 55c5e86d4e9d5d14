"""Changes of wording that turn the meaning: a "not" put in or left out, another number, another name.

A plain comparison of the words that changed. No measure of similarity tells a harmless edit from one that turns the
meaning (docs/versions.md), so these rules look at nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from search.matching.alignment import Step
from search.text.information import information
from search.text.tokens import Token
from search.text.word_families import DENYING

NEGATIONS: Final = frozenset(
    "not no never none nobody nothing neither nor nowhere without hardly barely scarcely non "
    "nicht kein keine keinen keiner nie niemals ne pas jamais rien aucun aucune sans nunca nada ningún sin não nunca "
    "niet geen nooit inte aldrig ikke не нет ни никогда без".split()
)
_AUXILIARIES: Final = frozenset(
    "do does did is are was were be been am will would can could shall should may might must have has had".split()
)
_PRONOUNS: Final = frozenset("i he she it we they you the a an this that".split())
_RARE: Final = 3.5  # nats: what is commoner is hardly a name


def altered(a: Sequence[Token], b: Sequence[Token], steps: Sequence[Step]) -> tuple[str, ...]:
    """How the change from `a` to `b` turns the meaning: "negation", "number", "name"; empty when it does not seem to.

    Only what lies between words that both share is judged: what a truncation leaves out is not an alteration.
    """
    inner = _inner(steps)
    worded = [step for step in inner if not elided(a, b, step)]
    removed = [word for step in worded for word in a[step.a_start : step.a_end]]
    added = [word for step in worded for word in b[step.b_start : step.b_end]]
    found = []
    if _negations(removed, added) or _swallowed(a, b, steps):
        found.append("negation")
    if any(_other_number(a[s.a_start : s.a_end], b[s.b_start : s.b_end]) for s in inner):
        found.append("number")
    if any(_other_name(a, b, step) for step in inner):
        found.append("name")
    return tuple(found)


def _inner(steps: Sequence[Step]) -> list[Step]:
    """The changed steps, without those at either end where only one side has words."""
    found = []
    for index, step in enumerate(steps):
        one_sided = step.a_start == step.a_end or step.b_start == step.b_end
        short_start = index == 0 and step.a_end - step.a_start + step.b_end - step.b_start <= 2
        if not step.same and (short_start or not (one_sided and index in (0, len(steps) - 1))):
            found.append(step)
    return found


def elided(a: Sequence[Token], b: Sequence[Token], step: Step) -> bool:
    """An ellipsis on one side stands for the words that only the other side has."""
    if step.same:
        return False
    for words, start, end, empty in (
        (a, step.a_start, step.a_end, step.a_start == step.a_end),
        (b, step.b_start, step.b_end, step.b_start == step.b_end),
    ):
        if empty and start < len(words) and words[start].gap:
            return True
        if not empty and all(word.bracketed for word in words[start:end]) and words[start].gap:
            return True
    return False


def _negations(removed: Sequence[Token], added: Sequence[Token]) -> bool:
    """The changed words of one side deny more often than those of the other."""
    return _denials(removed, added) != _denials(added, removed)


def _denials(words: Sequence[Token], others: Sequence[Token]) -> int:
    """Words that deny; "undiplomatic" does when the other side says "diplomatic"."""
    stems = {word.stem for word in others}
    count = 0
    for word in words:
        count += word.key in NEGATIONS or (
            len(word.stem) > 5
            and word.stem.startswith(DENYING)
            and any(word.stem.removeprefix(prefix) in stems - {word.stem} for prefix in DENYING)
        )
    return count


def _swallowed(a: Sequence[Token], b: Sequence[Token], steps: Sequence[Step]) -> bool:
    """An ellipsis stands for "not" alone, or for "would not", and the verb that was denied is kept."""
    for step in steps:
        if elided(a, b, step):
            words = a[step.a_start : step.a_end] or b[step.b_start : step.b_end]
            if not words or words[-1].key not in NEGATIONS:
                continue
            before = words[-2] if len(words) > 1 else None
            if before is None or before.end == words[-1].end or (before.key in _AUXILIARIES and not words[-1].capital):
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
    left = [w for w in a[max(1, step.a_start) : step.a_end] if w.capital and not w.bracketed and w.key not in _PRONOUNS]
    right = [
        w for w in b[max(1, step.b_start) : step.b_end] if w.capital and not w.bracketed and w.key not in _PRONOUNS
    ]
    few = step.a_end - step.a_start <= 3 and step.b_end - step.b_start <= 3
    return bool(left and right and few) and all(information(w.stem) > _RARE for w in (left[0], right[0]))
