"""Changes of wording that turn the meaning: a "not" put in or left out, another number, another name, the opposite word.

A plain comparison of the words that changed. No measure of similarity tells a harmless edit from one that turns the
meaning (docs/versions.md), so these rules look at nothing else. The words: `search/data/meaning_changes.toml`.
"""

from __future__ import annotations

import functools
import re
import tomllib
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from importlib import resources
from typing import Final, NamedTuple

from search.matching.alignment import Step, elided, respelled
from search.matching.opposite_words import are_opposite, differ_in_certainty, has_hedge
from search.matching.thresholds import NAME_NATS
from search.model import MeaningChange
from search.text.analysis import AnalysedText
from search.text.folding import fold
from search.text.information import information
from search.text.numerals import CURRENCIES, number_readings
from search.text.word_families import DENYING_PREFIXES

_SHORTEST_DENIED: Final = 5  # letters: a shorter stem that begins with "in" or "un" is a word of its own
_SHORTEST_HEADLINE: Final = 4  # words: three with capitals are a name
_BRIEF_CHANGE: Final = 3  # words of a side at most, for a name to stand for another, or a word for its opposite
_DENYING_WORDS: Final = 7  # before what is kept that may deny it: "it is not at all true that"
_MINUS: Final = "minus"
_CURRENCY_NAMES: Final = frozenset(CURRENCIES.values())
_Stretch = tuple[int, int]
"""Where some words of a text begin, and where they end."""
_SENTENCE_END: Final = re.compile("[.!?;:…。]")
_OPENING_WORDS: Final = 2  # a change so short at the beginning is an exchange of words, and no cut


class _WordLists(NamedTuple):
    negations: frozenset[str]
    auxiliaries: frozenset[str]
    no_names: frozenset[str]
    minus: frozenset[str]
    refusals: frozenset[str]
    vague: frozenset[str]
    claims: frozenset[str]
    denials: frozenset[str]
    links: frozenset[str]


@functools.cache
def _lists() -> Mapping[str, Mapping[str, list[str]]]:
    data = (resources.files("search") / "data" / "meaning_changes.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)


@functools.cache
def _words() -> _WordLists:
    lists = _lists()
    return _WordLists(*(_folded(word for some in lists[name].values() for word in some) for name in _WordLists._fields))


@functools.lru_cache(maxsize=64)  # an imported quote may name any language
def _negations(language: str) -> frozenset[str]:
    """The words that deny in a text of a language."""
    return _words().negations | _folded(_lists()["negations_of"].get(language, ()))


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


@functools.cache
def _verb_beginnings() -> tuple[str, ...]:
    return tuple(beginning for some in _lists()["denying_beginnings"].values() for beginning in some)


@functools.cache
def _amounts() -> Mapping[str, frozenset[str]]:
    """For each word that says an amount all that may say the same: "half" and "50"."""
    same: dict[str, frozenset[str]] = {}
    for row in (words.split() for rows in _lists()["amounts"].values() for words in rows):
        for word in row:
            same[word] = same.get(word, frozenset()) | frozenset(row)
    return same


def meaning_changes(a: AnalysedText, b: AnalysedText, steps: Sequence[Step]) -> tuple[MeaningChange, ...]:
    """Return how the change from `a` to `b` turns the meaning; empty when it does not seem to.

    Only what lies between words that both share is judged: what a truncation leaves out is not an alteration, unless the
    words right before what is kept deny it ("I never said that ...").
    """
    inner = [step for step in _inner(a, b, steps) if not respelled(a, b, step)]
    worded = [step for step in inner if not elided(a, b, step)]
    removed = [(step.a_start, step.a_end) for step in worded]
    added = [(step.b_start, step.b_end) for step in worded]
    changes = []
    if (
        _denials(a, removed, b, added) != _denials(b, added, a, removed)
        or _swallowed(a, b, steps)
        or _denied_before(a, b, steps)
    ):
        changes.append(MeaningChange.NEGATION)
    if any(_other_number(a, b, step) or _other_amount(a, b, step) for step in inner):
        changes.append(MeaningChange.NUMBER)
    if any(_other_name(a, b, step) for step in inner):
        changes.append(MeaningChange.NAME)
    exchanged = [
        (a.word_stems[step.a_start : step.a_end], b.word_stems[step.b_start : step.b_end])
        for step in worded
        if _is_brief(step)
    ]
    # "never" for "always" is told already.
    if not changes and any(are_opposite(*stems, a.language) for stems in exchanged):
        changes.append(MeaningChange.OPPOSITE)
    if any(differ_in_certainty(*stems, a.language) for stems in exchanged) and not _hedged(a, b):
        changes.append(MeaningChange.CERTAINTY)
    return tuple(changes)


def _hedged(a: AnalysedText, b: AnalysedText) -> bool:
    return has_hedge(a.word_stems, a.language) or has_hedge(b.word_stems, b.language)


def _is_brief(step: Step) -> bool:
    """Whether few enough words changed for one of them to stand for one of the others."""
    return step.a_end - step.a_start <= _BRIEF_CHANGE and step.b_end - step.b_start <= _BRIEF_CHANGE


class _Telling(NamedTuple):
    """The places of the words of a text that may tell a change of meaning, in order.

    negations   that deny: "not", and "failed" before a "to"
    prefixed    that begin with a prefix that may deny: "undiplomatic"
    numbers     that are numbers
    """

    negations: Sequence[int]
    prefixed: Sequence[int]
    numbers: Sequence[int]


@functools.lru_cache(maxsize=64)
def _telling(text: AnalysedText) -> _Telling:
    # Of the text that was typed, which each candidate is compared with: of 1,500 words this is a tenth of a comparison.
    negations, refusals, keys = _negations(text.language), _words().refusals, text.keys
    beginnings = _verb_beginnings()
    return _Telling(
        [
            place
            for place, key in enumerate(keys)
            if key in negations or (key in refusals and keys[place + 1 : place + 2] == ("to",))
        ],
        [
            place
            for place, (stem, key) in enumerate(zip(text.word_stems, keys, strict=True))
            if (len(stem) > _SHORTEST_DENIED and stem.startswith(DENYING_PREFIXES)) or key.startswith(beginnings)
        ],
        [place for place, key in enumerate(text.keys) if key[0].isdecimal()],
    )


def _inside(places: Sequence[int], start: int, end: int) -> Sequence[int]:
    """Those of some places, in order, that are in a stretch."""
    return places[bisect_left(places, start) : bisect_left(places, end)]


def count_denials(keys: Iterable[str]) -> int:
    """Return how many of some folded words deny: "not", "never", "nobody"."""
    negations = _words().negations
    return sum(key in negations for key in keys)


def has_other_numbers(a: AnalysedText, b: AnalysedText) -> bool:
    """Return whether one text has a number that the other lacks, and the other one that it lacks: $900 and $100."""
    # A sign or a currency counts only beside a number.
    if not any(stem[:1].isdecimal() for stem in (*a.all_stems, *b.all_stems)):
        return False
    whole = Step(False, 0, len(a.tokens), 0, len(b.tokens))
    return _other_number(a, b, whole)


def names_nobody(key: str) -> bool:
    """Return whether a folded word names nobody though it has a capital letter: "I", "the"."""
    return key in _words().no_names


def _inner(a: AnalysedText, b: AnalysedText, steps: Sequence[Step]) -> list[Step]:
    """The changed steps, without those at either end where only one side has words."""
    inner = []
    for index, step in enumerate(steps):
        if step.same:
            continue
        one_sided = step.a_start == step.a_end or step.b_start == step.b_end
        short_start = (
            index == 0
            and step.a_end - step.a_start + step.b_end - step.b_start <= _OPENING_WORDS
            and not (_sentence_begins(a, step.a_end) or _sentence_begins(b, step.b_end))
        )
        if short_start or not (one_sided and index in (0, len(steps) - 1)):
            inner.append(step)
    return inner


def _sentence_begins(text: AnalysedText, index: int) -> bool:
    """Whether a sentence ends between the word at `index` and the one before it."""
    words = text.tokens
    return (
        0 < index < len(words) and _SENTENCE_END.search(text.text, words[index - 1].end, words[index].start) is not None
    )


def _denied_before(a: AnalysedText, b: AnalysedText, steps: Sequence[Step]) -> bool:
    """Whether one side is kept from its first word on, and the words before it on the other side deny it."""
    if not steps or steps[0].same or len(steps) == 1:
        return False
    kept = steps[1]
    if kept.a_start == 0:
        return _denies(b, kept.b_start)
    return kept.b_start == 0 and _denies(a, kept.a_start)


def _denies(text: AnalysedText, end: int) -> bool:
    """Whether the words of the same sentence before `end` deny what follows: "never", "it is not true that"."""
    known = _words()
    # Hardly any words deny, which is told before their places are looked at.
    if not any(
        key in known.negations or key in known.denials or key in known.claims
        for key in text.keys[max(0, end - _DENYING_WORDS) : end]
    ):
        return False
    before: list[str] = []
    for index in range(end, max(0, end - _DENYING_WORDS), -1):
        if _sentence_begins(text, index) or text.tokens[index - 1].bracketed:
            break
        before.append(text.tokens[index - 1].key)
    while before and before[0] in known.links:
        before.pop(0)
    if not before:
        return False
    if before[0] in known.negations or before[0] in known.denials:
        return True
    return before[0] in known.claims and not known.negations.isdisjoint(before[1:])


def _denials(
    text: AnalysedText, stretches: Sequence[_Stretch], other: AnalysedText, opposite: Sequence[_Stretch]
) -> int:
    """How many words of some stretches deny; "undiplomatic" does when the other side says "diplomatic" in the opposite ones."""
    telling = _telling(text)
    denying = {place for stretch in stretches for place in _inside(telling.negations, *stretch)}
    prefixed = [place for stretch in stretches for place in _inside(telling.prefixed, *stretch)]
    if prefixed:
        stems = {stem for start, end in opposite for stem in other.word_stems[start:end]}
        keys = {key for start, end in opposite for key in other.keys[start:end]}
        denying.update(
            place
            for place in prefixed
            if _denies_one_of(stems, text.word_stems[place], DENYING_PREFIXES)
            or _denies_one_of(keys, text.keys[place], _verb_beginnings())
        )
    return len(denying)


def _denies_one_of(words: Collection[str], word: str, prefixes: Sequence[str]) -> bool:
    """Whether a word is one of some with a prefix that denies."""
    return any(word.startswith(prefix) and word.removeprefix(prefix) in words for prefix in prefixes)


def _swallowed(a: AnalysedText, b: AnalysedText, steps: Sequence[Step]) -> bool:
    """An ellipsis stands for "not" alone, or for "would not", and the verb that was denied is kept."""
    known = _words()
    for step in steps:
        if elided(a, b, step):
            words = a.tokens[step.a_start : step.a_end] or b.tokens[step.b_start : step.b_end]
            if not words or words[-1].key not in known.negations:
                continue
            before = words[-2] if len(words) > 1 else None
            # "don't" is two words at one place.
            if before is None or before.end == words[-1].end:
                return True
            if before.key in known.auxiliaries and not words[-1].capital:
                return True
    return False


def _other_number(a: AnalysedText, b: AnalysedText, step: Step) -> bool:
    """One number, or one currency, stands for another, or a minus came or went. "one" and "a" do not count."""
    ours = _quantities(a, step.a_start, step.a_end)
    theirs = _quantities(b, step.b_start, step.b_end)
    if _MINUS in ours or _MINUS in theirs:
        return (_MINUS in ours) != (_MINUS in theirs)
    only_ours, only_theirs = set(ours) - set(theirs), set(theirs) - set(ours)
    # "2.500" may be 2500 and 2.5 as long as nothing shows which.
    only_ours = {key for key in only_ours if not any(ours[key] & theirs[other] for other in only_theirs)}
    return bool(only_ours and only_theirs)


def _other_amount(a: AnalysedText, b: AnalysedText, step: Step) -> bool:
    """One amount in words stands for another, or for a number: "half" and "a third", "twice" and "three times", "dozens" and "hundreds"."""
    if not _is_brief(step):
        return False
    ours, theirs = set(a.keys[step.a_start : step.a_end]), set(b.keys[step.b_start : step.b_end])
    only_ours, only_theirs = ours - theirs, theirs - ours
    vague, amounts = _words().vague, _amounts()
    if not vague.isdisjoint(only_ours) and not vague.isdisjoint(only_theirs):
        return True
    if amounts.keys().isdisjoint(only_ours | only_theirs):
        return False
    ours, theirs = _of_amounts(only_ours), _of_amounts(only_theirs)
    return any(ours) and any(theirs) and not any(amounts.get(one, {one}) & {other} for one in ours for other in theirs)


def _of_amounts(keys: Collection[str]) -> set[str]:
    """Those of some folded words that say an amount, in words or digits."""
    return {key for key in keys if key in _amounts() or key[0].isdecimal()}


def _quantities(text: AnalysedText, start: int, end: int) -> dict[str, frozenset[str]]:
    """The numbers in a stretch, the currencies behind numbers and the signs before them, each with its readings."""
    quantities: dict[str, frozenset[str]] = {}
    numbers = _inside(_telling(text).numbers, start - 1, end + 1)
    if not numbers:
        return quantities
    words = text.tokens
    for index in sorted({place + step for place in numbers for step in (-1, 0, 1) if start <= place + step < end}):
        word = words[index]
        after_number = index > 0 and words[index - 1].key[0].isdecimal()
        before_number = index + 1 < len(words) and words[index + 1].key[0].isdecimal()
        if word.key[0].isdecimal():
            quantities[word.key] = number_readings(word.text, word.key)
        elif after_number and word.stem in _CURRENCY_NAMES:
            quantities[word.stem] = frozenset({word.stem})
        elif before_number and word.key in _words().minus:
            quantities[_MINUS] = frozenset({_MINUS})
    return quantities


def _other_name(a: AnalysedText, b: AnalysedText, step: Step) -> bool:
    """One capitalised name stands for another, away from the beginning of the text."""
    if not _is_brief(step):
        return False
    if step.a_end - step.a_start == step.b_end - step.b_start == 1 and a.text.islower() != b.text.islower():
        places = (a, step.a_start, b, step.b_start) if a.text.islower() else (b, step.b_start, a, step.a_start)
        return _small_for_name(*places)
    ours, theirs = _first_capital(a, step.a_start, step.a_end), _first_capital(b, step.b_start, step.b_end)
    return ours is not None and theirs is not None and _is_name(a, ours) and _is_name(b, theirs)


def _small_for_name(small: AnalysedText, typed: int, printed: AnalysedText, place: int) -> bool:
    """Whether a word of a text typed without capitals stands for one that is printed as a name: "ted" for "Hillary".

    No name is looked for in a headline or where a sentence begins.
    """
    if _first_capital(printed, place, place + 1) is None or _sentence_begins(printed, place) or _is_title(printed):
        return False
    word = small.tokens[typed]
    return information(word.stem) > NAME_NATS and not word.bracketed and not names_nobody(word.key)


def _first_capital(text: AnalysedText, start: int, end: int) -> int | None:
    """The place of the first word of a stretch that has a capital letter and may name somebody; None if there is none."""
    for index in range(max(1, start), end):
        word = text.tokens[index]
        if word.capital and not word.bracketed and not names_nobody(word.key):
            return index
    return None


def _is_name(text: AnalysedText, index: int) -> bool:
    """Whether a word has its capital because it is a name: the commonest ones, "Trump", are common words in the news."""
    if information(text.tokens[index].stem) > NAME_NATS:
        return True
    return not _sentence_begins(text, index) and not _is_title(text)


def _is_title(text: AnalysedText) -> bool:
    """Whether most words of a text have a capital, as in a headline, so that none of these tells a name."""
    return len(text.tokens) >= _SHORTEST_HEADLINE and 2 * sum(word.capital for word in text.tokens) > len(text.tokens)
