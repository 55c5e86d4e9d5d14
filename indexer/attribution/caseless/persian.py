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
_MOST_NAME, _MOST_LABEL = 4, 4  # words of a name in apposition, and of a label
_STANDS_WRITTEN: Final = frozenset(("امده", "است", "بود", "میخوانیم", "امدهاست", "خوانیم"))  # "it says" of a document
_PARTS: Final = frozenset(("بخشی", "بخش", "قسمتی", "قسمت", "بخشهایی", "ابتدای", "پایان", "ادامه"))
_CITING_CLAUSE_ENDS: Final = frozenset(("اینکه", "انکه"))  # "with the remark that Q": its noun stands before
_MOST_IN_CITING_CLAUSE: Final = 5  # words from "with" to that end
_WORDS_BEHIND_VERB: Final = 4  # of the clause that opens what is said: "the police said the man “…”"
_PREAMBLE_WORDS: Final = frozenset(
    (
        "بنا",
        "بر",
        "با",
        "در",
        "طی",
        "پس",
        "از",
        "طبق",
        "براساس",
        "اواسط",
        "اوایل",
        "اواخر",
        "بامداد",
        "صبح",
        "ظهر",
        "عصر",
        "شامگاه",
        "دیروز",
        "امروز",
    )
)


def persian_subject(clause: str, *, anywhere: bool = False) -> Subject | None:
    """Return the subject of a Persian clause that ends with a verb of saying; `anywhere`: or has one."""
    tokens = clause_tokens(clause)
    is_label = tokens[-1:] == [":"]
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
    cue = _persian_cue(folded)
    if folded[:2] in (["به", "گفته"], ["به", "نوشته"]):
        source = subject_run(tokens[2:], PERSIAN)
        rest = tokens[2 + len(source) + 1 : cue] if tokens[2 + len(source) : 3 + len(source)] == ["،"] else []
        if cue is None or not subject_run(rest, PERSIAN):
            return Subject(" ".join(source), "به گفته")
        # "According to X, Y said": Y speaks.
        tokens, folded, cue = tokens[3 + len(source) :], folded[3 + len(source) :], cue - 3 - len(source)
    if cue is None and folded[0] == "در" and folded[-1] in _STANDS_WRITTEN:
        return _author(tokens[1:], folded[1:])
    if cue is None and folded[-1] in _CITING_CLAUSE_ENDS:
        cue = _citing_noun(folded)
    if cue is None:
        near = range(len(folded) - 1, max(0, len(folded) - 1 - _WORDS_BEHIND_VERB), -1)
        cue = next((at for at in near if folded[at] in PERSIAN["plain_verbs"]), None)
    if cue is None and (anywhere or "که" in folded or "اگر" in folded):
        cues = (_persian_cue(folded[:end]) for end in range(len(folded) - 1, 1, -1))
        cue = next((at for at in cues if at is not None), None)
    if cue is None:
        named = is_label and len(tokens) <= _MOST_LABEL and folded[0] in PERSIAN["first_names"]
        return Subject(" ".join(tokens), "") if named and len(subject_run(tokens, PERSIAN)) == len(tokens) else None
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
    return _opening_subject(tokens if anywhere else _last_clause(tokens), words)


def _citing_noun(folded: Sequence[str]) -> int | None:
    """Return at which word "with the remark that" begins that ends a clause, "با بیان اینکه"; None where it does not."""
    for at in range(len(folded) - 2, max(0, len(folded) - 1 - _MOST_IN_CITING_CLAUSE), -1):
        if folded[at] in PERSIAN["cue_nouns"] and folded[at - 1] == "با":
            return at - 1
    return None


def _opening_subject(tokens: list[str], cue: str) -> Subject:
    """Return the subject that opens a clause, whose verb is cut off."""
    folded = [*map(fold_letters, tokens)]
    while folded and folded[0] in ("و", "همچنین", "اما", "سپس", "امروز", "دیروز", "در", "ادامه", "یک"):
        tokens, folded = tokens[1:], folded[1:]
    if not folded or folded[0] in PERSIAN["pronouns"] or folded[0] in PERSIAN["documents"]:
        return Subject("", cue)
    if folded[0] in PERSIAN["demonstratives"]:
        return Subject(" ".join(subject_run(tokens[1:], PERSIAN)[:3]), cue, is_name=False)
    if folded[0] in PERSIAN["media"]:
        return Subject(" ".join([tokens[0], *subject_run(tokens[1:], PERSIAN)[:2]]), cue)
    phrase = subject_run(tokens, PERSIAN)
    while phrase and fold_letters(phrase[0]) in PERSIAN["honorifics"]:
        phrase = phrase[1:]
    if not phrase:
        return Subject("", cue)
    role = next((at for at, word in enumerate(phrase) if fold_letters(word) in PERSIAN["roles"]), len(phrase))
    if role == 0:
        return _office(tokens, phrase, cue)
    return Subject(" ".join(_without_predicate(phrase)[: min(role, 4)]), cue)


def _office(tokens: list[str], phrase: list[str], cue: str) -> Subject:
    """Return who is named behind an office, with a comma before him or by a first name; else the office."""
    name = next((at for at, word in enumerate(phrase) if at and fold_letters(word) in PERSIAN["first_names"]), None)
    if name is not None and name + 1 < len(phrase):
        return Subject(" ".join(phrase[name : name + 3]), cue)
    behind = tokens[tokens.index(phrase[-1]) + 1 :]
    if behind[:1] == ["،"] and "،" in behind[2:]:
        apposed = subject_run(behind[1:], PERSIAN)
        if 2 <= len(apposed) <= _MOST_NAME and PERSIAN["roles"].isdisjoint(map(fold_letters, apposed)):
            return Subject(" ".join(apposed), cue)
    return Subject(" ".join(phrase[:4]), cue, is_name=False)


def _last_clause(tokens: list[str]) -> list[str]:
    """Return what follows the last verb that "and" parts from it, if a subject opens it: "X criticised and Y in reply"."""
    folded = [*map(fold_letters, tokens)]
    for at in range(len(folded) - 2, 1, -1):
        if folded[at] == "و" and folded[at - 1] in PERSIAN["light_verbs"]:
            opening = subject_run(tokens[at + 1 :], PERSIAN)
            named = len(opening) > 1 and fold_letters(opening[0]) not in PERSIAN["no_names"] | PERSIAN["cue_nouns"]
            return tokens[at + 1 :] if named else tokens
    return tokens


def _without_predicate(phrase: list[str]) -> list[str]:
    """Return a subject without the verb that stands right behind it: "X criticised and said"."""
    for at in range(1, len(phrase) - 1):
        if fold_letters(phrase[at]) in PERSIAN["cue_nouns"] and fold_letters(phrase[at + 1]) in PERSIAN["light_verbs"]:
            return phrase[:at]
    return phrase


def _author(tokens: list[str], folded: list[str]) -> Subject | None:
    """Return whose document a clause tells of: "in the statement of the ministry it says"."""
    if folded[0] in _PARTS and folded[1:2] == ["از"]:  # "in a part of this letter it says"
        tokens, folded = tokens[2:], folded[2:]
    if folded[:1] and folded[0] in PERSIAN["demonstratives"] and folded[1:2] and folded[1] in PERSIAN["documents"]:
        return Subject("", tokens[-1])  # "in this statement": of whom it was told
    if not folded or folded[0] not in PERSIAN["documents"]:
        return None
    owner = [word for word in subject_run(tokens[1:], PERSIAN)[:4] if fold_letters(word) not in _STANDS_WRITTEN]
    return Subject(" ".join(owner), tokens[-1])


def subject_behind(following: str) -> Subject | None:
    """Return the subject of the sentence behind a quotation that says who said it: "این را X گفت"."""
    tokens = clause_tokens(following)
    if [*map(fold_letters, tokens[:2])] not in (["این", "را"], ["اینها", "را"]):
        return None
    while tokens and tokens[-1] in CLAUSE_BREAKS:
        tokens.pop()
    ends = (end for end in range(3, len(tokens) + 1) if _persian_cue([*map(fold_letters, tokens[:end])]) is not None)
    end = next(ends, None)
    return None if end is None else _opening_subject(tokens[2 : end - 1], tokens[end - 1])


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
