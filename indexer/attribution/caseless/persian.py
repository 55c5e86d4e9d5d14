"""The subject of a Persian reporting clause: it opens the sentence, and the verb stands before the marks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from indexer.attribution.caseless.words import (
    CLAUSE_BREAKS,
    PERSIAN,
    Subject,
    clause_tokens,
    fold_letters,
    subject_run,
)

_PREAMBLE: Final = 14  # words before the first comma that may stand before the subject
_PREAMBLE_WORDS: Final = frozenset(("بنا", "بر", "با", "در", "طی", "پس", "از", "طبق", "براساس"))


def persian_subject(clause: str, *, anywhere: bool = False) -> Subject | None:
    """Return the subject of a Persian clause that ends with a verb of saying; `anywhere`: or has one."""
    tokens = clause_tokens(clause)
    # "This is while X said": what is reported follows.
    for at, pair in enumerate(pairwise(tokens[: _PREAMBLE + 1])):
        if [*map(fold_letters, pair)] == ["است", "که"]:
            tokens = tokens[at + 2 :]
            break
    tokens = _without_preamble(tokens)
    while tokens and (tokens[-1] in CLAUSE_BREAKS or fold_letters(tokens[-1]) == "که"):
        tokens.pop()
    if not tokens:
        return None
    folded = [fold_letters(token) for token in tokens]
    if folded[:2] in (["به", "گفته"], ["به", "نوشته"]):
        return Subject(" ".join(subject_run(tokens[2:], PERSIAN)), "به گفته")
    cue = _persian_cue(folded)
    if cue is None and (anywhere or "که" in folded or "اگر" in folded):
        cues = (_persian_cue(folded[:end]) for end in range(len(folded) - 1, 1, -1))
        cue = next((at for at in cues if at is not None), None)
    if cue is None:
        return None
    words = " ".join(tokens[cue : cue + 2])
    tokens, folded = tokens[:cue], folded[:cue]
    quoted = next((at for at in range(len(folded) - 2) if folded[at : at + 2] == ["نقل", "از"]), None)
    if quoted is not None:
        start = quoted + 2 + (folded[quoted + 2] == "یک")
        phrase = subject_run(tokens[start:], PERSIAN)[:3]
        if phrase:
            return Subject(
                " ".join(phrase), words, is_name=fold_letters(phrase[0]) not in PERSIAN["roles"] and len(phrase) > 1
            )
    while folded and folded[0] in ("و", "همچنین", "اما", "سپس", "امروز", "دیروز", "در", "ادامه", "یک"):
        tokens, folded = tokens[1:], folded[1:]
    if not folded or folded[0] in PERSIAN["pronouns"]:
        return Subject("", words)
    if folded[0] in PERSIAN["demonstratives"]:
        return Subject(" ".join(subject_run(tokens[1:], PERSIAN)[:3]), words, is_name=False)
    phrase = subject_run(tokens, PERSIAN)
    while phrase and fold_letters(phrase[0]) in PERSIAN["honorifics"]:
        phrase = phrase[1:]
    if not phrase:
        return Subject("", words)
    role = next((at for at, word in enumerate(phrase) if fold_letters(word) in PERSIAN["roles"]), len(phrase))
    if role == 0:
        return Subject(" ".join(phrase[:4]), words, is_name=False)
    return Subject(" ".join(phrase[: min(role, 4)]), words)


def _without_preamble(tokens: list[str]) -> list[str]:
    """Return a clause without what stands before its first comma when that is no subject: "بنا بر این گزارش، …"."""
    comma = next((at for at, token in enumerate(tokens[:_PREAMBLE]) if token in "،,"), None)
    first, second = [*map(fold_letters, tokens[:2]), "", ""][:2]
    opens = first in _PREAMBLE_WORDS or (first, second) == ("به", "گزارش")
    return tokens[comma + 1 :] if comma is not None and opens and comma + 2 < len(tokens) else tokens


def _persian_cue(folded: Sequence[str]) -> int | None:
    """Return at which word the verb of saying begins that ends a clause; None if none does."""
    if folded[-1] in PERSIAN["cues"]:
        return len(folded) - 1
    if folded[-1] == "گوید" and len(folded) > 1:
        return len(folded) - 2
    if folded[-1] in PERSIAN["light_verbs"]:
        if len(folded) > 1 and folded[-2] in PERSIAN["cues"]:  # "گفته است"
            return len(folded) - 2
        for back in (2, 3):
            if len(folded) >= back and folded[-back] in PERSIAN["cue_nouns"]:
                return len(folded) - back
    return None
