"""Attribute quotations in scripts without capitals: Arabic, Persian, Urdu; Hebrew, Hindi, Chinese, Japanese, Korean, Thai.

Elsewhere a name is told by its capital. Here it is told by its place in the reporting clause, which news writes in one way: in
Arabic the verb comes first and its subject follows ("وقال فلان: «…»"), in Persian the subject opens the sentence and the verb stands
before the marks ("فلان … گفت: «…»"). A clause without a subject, and a pronoun, go on with who spoke last. The words are those of
`indexer/data/languages/{ar,fa}.toml`, without letters that two spellings write differently (Arabic ي ك, Persian ی ک). The other
languages are read by `beside_marks.py`.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from indexer.attribution.caseless.arabic import QUOTED_OUTLET, arabic_subject, arabic_subject_behind
from indexer.attribution.caseless.beside_marks import attribute_beside_marks
from indexer.attribution.caseless.chinese import CHINESE
from indexer.attribution.caseless.full_names import FullNames
from indexer.attribution.caseless.hebrew import HEBREW
from indexer.attribution.caseless.hindi import HINDI
from indexer.attribution.caseless.japanese import JAPANESE
from indexer.attribution.caseless.korean import KOREAN
from indexer.attribution.caseless.marked_names import is_marked_name
from indexer.attribution.caseless.persian import persian_subject, subject_behind
from indexer.attribution.caseless.thai import THAI
from indexer.attribution.caseless.words import Subject
from indexer.attribution.vocabulary import AttributionMethod
from search.model import Attribution, QuoteKind
from search.text.language import language_among

_CASELESS_SHARE: Final = 0.5  # of the letters, from which on a document is in a script
_SAMPLE: Final = 2_000  # code points that show it
_REACH: Final = 320  # code points before the marks in which their clause begins: a long Persian sentence
_REPORT_MARGIN: Final = 2  # code points between a sentence's beginning and the words of a quotation that opens it
_SPOKEN_CHARACTERS: Final = 12  # code points from which on a stretch beside a reporting clause is speech
# Set by hand, in this order; on 29 articles .94 of Persian and all Arabic quotations get the right speaker.
_NAME_CONFIDENCE, _CARRIED_CONFIDENCE, _PHRASE_CONFIDENCE = 0.85, 0.7, 0.6
_LETTERS = re.compile(r"[^\W\d_]")
_CASELESS_LETTERS: Final = {
    "ar": re.compile("[\u0600-\u06ff]"),
    "he": re.compile("[\u05d0-\u05ea]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "ja": re.compile("[\u3040-\u30ff]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
}
_ANY_CASELESS = re.compile(
    "[\u05d0-\u05ea\u0600-\u06ff\u0900-\u097f\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]"
)
_READERS: Final = {"he": HEBREW, "hi": HINDI, "zh": CHINESE, "ja": JAPANESE, "ko": KOREAN, "th": THAI}
_KANA_SHARE: Final = 0.1  # of the letters of a Japanese text; the others are those of Chinese
_SENTENCE_END = re.compile(r"[.!؟?؛]\s|[.!؟?]»\s|\n|»\s*\.?\s*\n|[.!؟]?”\s|[.!؟]\"\s")
_OPENING = re.compile('[«“"]')
_SURE_METHODS: Final = frozenset((AttributionMethod.LABEL, AttributionMethod.CITE))


def caseless_script(text: str) -> str | None:
    """Return the language whose script without capitals a text is written in, "ar" for all that write as Arabic does; else None."""
    if not _ANY_CASELESS.search(text, 0, _SAMPLE):  # nearly every document; its letters need not be counted
        return None
    letters = "".join(_LETTERS.findall(text[:_SAMPLE]))
    if not letters:  # digits alone, which the Arabic script has of its own
        return None
    shares = {code: len(script.findall(letters)) / len(letters) for code, script in _CASELESS_LETTERS.items()}
    if shares["ja"] > _KANA_SHARE and shares["ja"] + shares["zh"] > _CASELESS_SHARE:
        return "ja"
    return next((code for code, share in shares.items() if share > _CASELESS_SHARE), None)


def attribute_caseless(text: str, script: str, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Return the attributions of a text with the speakers that its reporting clauses name; `script` as `caseless_script` says.

    What a label or a page's own mark-up says stays as it is.
    """
    if script in _READERS:
        return attribute_beside_marks(text, attributions, _READERS[script])
    persian = language_among(text, ("ar", "fa")) == "fa"
    names = FullNames(text)
    last: str | None = None
    result: list[Attribution] = []
    reports = deque(_reports(text, names, persian=persian))
    for one in attributions:
        # Who is reported without marks has spoken, too: the next clause without a subject is his.
        while reports and reports[0][0] < one.start - _REPORT_MARGIN:
            reported = reports.popleft()[1]
            if reported.text and reported.is_name:
                last = names.fullest(reported.text)
        if one.parent is not None and is_marked_name(text, one.start, one.end, is_reported=False):
            result.append(_of_nobody(one))
            continue
        if one.kind == QuoteKind.INDIRECT or one.parent is not None or one.method in _SURE_METHODS:
            if one.method in _SURE_METHODS:
                last = one.speaker or last
            result.append(one)
            continue
        clause = _clause(text, one.start)
        subject = persian_subject(clause) if persian else arabic_subject(names, clause)
        if subject is None and persian:
            subject = subject_behind(_sentence_behind(text, one.end))
        elif subject is None:
            subject = arabic_subject_behind(names, text[one.end : one.end + _REACH].lstrip("»”\"’' \u200f\u200e\xa0"))
        if is_marked_name(text, one.start, one.end, is_reported=subject is not None):
            result.append(_of_nobody(one))
            continue
        if subject is None:
            result.append(replace(one, speaker=None, mention=None, source=None, confidence=0.0))
            continue
        result.append(_with_subject(one, subject, last, names))
        last = result[-1].speaker or last
    return tuple(result)


def _of_nobody(one: Attribution) -> Attribution:
    """Return a stretch whose marks stand around a name."""
    return replace(
        one, speaker=None, role=None, mention=None, source=None, cue=None, via=(), confidence=0.0, method="", scare=True
    )


def _with_subject(one: Attribution, subject: Subject, last: str | None, names: FullNames) -> Attribution:
    speaker, confidence, method = last, _CARRIED_CONFIDENCE, AttributionMethod.PRONOUN
    if subject.text and subject.is_name:
        speaker, confidence, method = names.fullest(subject.text), _NAME_CONFIDENCE, AttributionMethod.NAME
    elif subject.text:
        known = names.holder(subject.text, last)
        speaker, confidence, method = known or last or subject.text, _PHRASE_CONFIDENCE, AttributionMethod.ROLE
    return replace(
        one,
        speaker=speaker,
        mention=subject.text or None,
        source=None,
        cue=subject.cue,
        confidence=confidence if speaker else 0.0,
        method=method,
        role=None,
        scare=one.scare and one.end - one.start < _SPOKEN_CHARACTERS,
    )


def _reports(text: str, names: FullNames, *, persian: bool) -> Iterator[tuple[int, Subject]]:
    """Yield the subjects of all reporting clauses of a text, each with where its sentence begins."""
    start = 0
    for end in [*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]:
        sentence = text[start:end][:_REACH]
        # Of a sentence with a quotation, what stands before it: the words between the marks are no subject.
        spoken = _OPENING.split(QUOTED_OUTLET.sub(" ", sentence), maxsplit=1)[0]
        subject = persian_subject(sentence, anywhere=True) if persian else arabic_subject(names, spoken)
        if subject is not None:
            yield start, subject
        start = end


def _clause(text: str, start: int) -> str:
    """Return what stands between the beginning of the sentence and the marks, whose words begin at `start`."""
    before = text[max(0, start - _REACH) : start].rstrip("«“\"‘' \u200f\u200e\xa0")
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    return before[ends[-1] :] if ends else before


def _sentence_behind(text: str, end: int) -> str:
    """Return the sentence that follows the marks of a quotation in its paragraph."""
    behind = text[end : end + _REACH].lstrip("»”\"’'.،!؟ \u200f\u200e\xa0")
    stop = _SENTENCE_END.search(behind)
    return behind[: stop.start()] if stop else behind
