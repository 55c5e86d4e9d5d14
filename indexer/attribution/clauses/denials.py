"""Tell words that a document says were not said: "never said Q" is denied, "falsely claimed that he said Q" disputed.

The phrases are the table `[denials]` of each language's file. They are matched on the outline around one quotation, and each
holds a reporting word, so that the denial has to stand in the clause that reports: "He said he would never Q" is none.
Scripts that part no words (and Korean, which parts them otherwise) have lists of letters instead, right beside the marks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from indexer.attribution.annotated_document import AnnotatedDocument
from indexer.language_files import language_codes, language_table
from search.model import QuoteFlag

# Items before and after a quotation in which a denial is looked for; the longest phrase with its gaps is as long.
_BEFORE, _AFTER = 16, 12
_LETTERS = 24  # code points beside the marks in which a denial in a script without blanks stands
_GAP, _SMALL_WORDS = 6, 3  # items that "..." and "~" stand for, at most
_QUOTATION, _OTHER_QUOTATION, _SENTENCE = "Q", "“”", "/"
_CLASSES = {
    "SAY": "saying_words", "CLAIM": "claiming_words", "DENY": "denying_words", "DID": "auxiliaries_of_denial",
    "DIDNT": "negated_auxiliaries", "PRON": "pronouns_of_denial", "THAT": "pronouns_for_words", "FALSELY": "false_adverbs",
    "ATTRIBUTED": "attributing_words", "FAKE": "fake_words", "QUOTE": "quote_nouns", "POST": "post_nouns",
    "RECORD": "record_nouns", "SUPPOSEDLY": "doubting_adverbs", "SUPPOSED": "doubting_participles",
    "UNTRUE": "untrue_words", "USE": "using_words", "WORD": "wording_nouns",
}  # fmt: skip
_COMMON = ("SAY", "DID", "POST", "QUOTE", "THAT", "USE", "PRON")  # stand beside half of all quotations
_SENTENCE_ENDS = re.compile(r"[。！？.!?\n]")
_LISTS = {QuoteFlag.DENIED: "denials", QuoteFlag.DISPUTED: "disputes"}
DENIALS = frozenset(_LISTS)  # the flags of what was not said


class _Phrase(NamedTuple):
    """A phrase of a list of one language (ISO 639-1), and the flag of what it is said of."""

    flag: QuoteFlag
    language: str
    parts: tuple[str, ...]


def denial_flags(doc: AnnotatedDocument, number: int) -> tuple[QuoteFlag, ...]:
    """Return DENIED or DISPUTED when the clause around quotation `number` says that its words were not said, else ()."""
    found = _denial(doc, number)
    return (found[0],) if found else ()


def denying_item(doc: AnnotatedDocument, number: int) -> int | None:
    """Return the item at which the denial of quotation `number` begins where that stands before it, else None.

    Who is named right before it is who did not say it, whatever stands behind: "Ann never said Q, her office said".
    """
    found = _denial(doc, number)
    if found is None or found[0] != QuoteFlag.DENIED or found[1] >= doc.item_of_quotation[number]:
        return None
    return found[1]


def _denial(doc: AnnotatedDocument, number: int) -> tuple[QuoteFlag, int] | None:
    """Return the flag of a quotation that was not said, and the item at which the phrase that says so begins.

    Told once a quotation: who is named there and what its flags are both ask.
    """
    if number not in doc.denials:
        doc.denials[number] = _tell_denial(doc, number)
    return doc.denials[number]


def _tell_denial(doc: AnnotatedDocument, number: int) -> tuple[QuoteFlag, int] | None:
    at = doc.item_of_quotation.get(number)
    if at is None:
        return None
    if _is_denied_in_letters(doc, number):
        return QuoteFlag.DENIED, at
    by_trigger = _phrases_by_trigger()
    near = set(map(_plain, doc.outline.lower[max(0, at - _BEFORE) : at + _AFTER + 1]))
    phrases = {phrase for word in near for phrase in by_trigger.get(word, ())}
    if not phrases:
        return None
    window, items = _window(doc, at)
    for flag in _LISTS:
        found = (_pattern(phrase).search(window) for phrase in phrases if phrase.flag == flag)
        starts = [match.start() for match in found if match is not None]
        if starts:
            return flag, items[window.count(" ", 0, min(starts))]
    return None


def _is_denied_in_letters(doc: AnnotatedDocument, number: int) -> bool:
    """Whether the letters right before a quotation, or behind it in its sentence, are a denial of a script without blanks."""
    before, after = _letters()
    quotation, text = doc.quotations[number], doc.outline.text
    behind = _SENTENCE_ENDS.split(text[quotation.close : quotation.close + _LETTERS], maxsplit=1)[0]
    return bool(
        before.search(text[max(0, quotation.open - _LETTERS) : quotation.open]) or after.search(behind.lstrip("、，, "))
    )


@cache
def _letters() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what denies in letters alone: at the end of what stands before the marks, and in what follows them."""
    before, after = (
        _alternatives(frozenset(line for code in language_codes() for line in _lines(name, code)))
        for name in ("letters_before", "letters_behind")
    )
    return re.compile(rf"{before}[：:，,、 ]{{0,2}}$"), re.compile(after)


def _lines(name: str, code: str) -> list[str]:
    return [line.strip() for line in language_table(code, "denials").get(name, "").splitlines() if line.strip()]


def _plain(word: str) -> str:
    """Return a word with the straight apostrophe that the lexicon has."""
    return word.replace("’", "'")


def _window(doc: AnnotatedDocument, at: int) -> tuple[str, list[int]]:
    """Return the items around item `at` as one string, and which item each word of it is.

    Q stands for its quotation, "/" where a sentence ends; spaces around all.
    """
    outline = doc.outline
    words: list[str] = []
    items: list[int] = []
    first, last = max(0, at - _BEFORE), min(len(outline), at + _AFTER + 1)
    for k in range(first, last):
        if k > first and outline.sentence[k] != outline.sentence[k - 1]:
            words.append(_SENTENCE)
            items.append(k)
        quoted = _QUOTATION if k == at else _OTHER_QUOTATION
        words.append(quoted if outline.quotation[k] >= 0 else _plain(outline.lower[k]))
        items.append(k)
    return f" {' '.join(words)} / ", [*items, last]


def _words(name: str, code: str) -> frozenset[str]:
    """Return the words of a list of one language."""
    return frozenset(language_table(code, "denials")[name].split())


@cache
def _phrases_by_trigger() -> Mapping[str, Sequence[_Phrase]]:
    """Return the phrases of all languages by the words of which each has one: most quotations have none beside them, and are done."""
    phrases: dict[str, list[_Phrase]] = {}
    for flag, name in _LISTS.items():
        for code in language_codes():
            for line in _lines(name, code):
                phrase = _Phrase(flag, code, tuple(line.split()))
                for word in _rarest(phrase.parts, code):
                    phrases.setdefault(word, []).append(phrase)
    return phrases


def _rarest(phrase: tuple[str, ...], code: str) -> frozenset[str]:
    """Return the words for the part of a phrase that few windows have: of a class, else its longest word."""
    telling = next((part for part in phrase if part in _CLASSES and part not in _COMMON), None)
    if telling:
        return _words(_CLASSES[telling], code)
    return frozenset((max((part for part in phrase if part[0].isalpha() and part.lower() == part), key=len),))


@cache
def _pattern(phrase: _Phrase) -> re.Pattern[str]:
    """Return a phrase as a pattern over `_window`, each part with the space before it.

    Compiled when a word of it is met: all of them take .5 s, which was half of what it takes to read a single article.
    """
    code = phrase.language
    saying = _alternatives(_words("saying_words", code))
    parts = []
    for place, part in enumerate(phrase.parts):
        if part == _QUOTATION:
            parts.append(" Q(?: [,:–—-])*" if place == 0 else "(?: [,:–—-]| that| que| что| که| أن)* Q")
        elif part == "...":
            barred = rf"(?:[.,:;/?!()–—-]|Q|{_OTHER_QUOTATION}|{saying}|{_alternatives(_words('gap_stops', 'en'))}) "
            parts.append(rf"(?: (?!{barred})\S+){{0,{_GAP}}}")
        elif part == "~":
            parts.append(f"(?: {_alternatives(_words('small_words_of_denial', 'en'))}){{0,{_SMALL_WORDS}}}")
        elif part == "END":
            parts.append(r"(?= (?:[.,:;/?!]|it|that|this|so) )")
        elif part == _SENTENCE:
            parts.append(r"(?: [.!?])* /")
        elif part in _CLASSES:
            parts.append(f" {_alternatives(_words(_CLASSES[part], code))}")
        else:
            parts.append(f" {re.escape(part)}")
    return re.compile("".join(parts) + "(?= )")


def _alternatives(words: frozenset[str]) -> str:
    """Return a pattern of any one of some words."""
    return f"(?:{'|'.join(sorted(map(re.escape, words)))})"
