"""Find speech after a dash: "– We open in May, says Ingrid Moen. – The money is there."

Nordic, Slavic, Romance and other papers open a paragraph of speech with a dash and use no marks. Lists open with dashes as
well, so that a document needs one paragraph that says who speaks: its reporting clause stands behind a comma or between two
dashes, or opens the paragraph that follows. Once there is one, whole sentences after a dash are speech too.

The same papers put the clause inside the marks, between dashes: «The money is there, – says Moen, – we open in May».
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from indexer.language_files import language_codes, language_table
from indexer.quotations.quotation_marks import Quotation, nest_quotations
from indexer.word_lists import languages_of, word_list
from search.text.language import detect_language

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_OPENS = re.compile(r"[^\S\n]{0,8}(?:[–—―‒]{1,2}[^\S\n]{0,8}|--?[^\S\n]{1,8})(?=\S)")
# Within a paragraph, behind a sentence: "The road is closed. – The money is there – said Moen."
_OPENS_WITHIN = re.compile(r"[.!?…:][^\S\n]{1,4}(?:[–—―‒]|--?)[^\S\n]{1,4}(?=[^\W\d_])")
_MAY_OPEN = re.compile(r"(?:^|[.!?…:][^\S\n])[^\S\n]*[–—―‒-]", re.MULTILINE)
# Where a reporting clause may begin: at a dash with a blank before it, or behind the comma, question or exclamation mark.
_BREAK = re.compile(r"(?<=\S)\s{1,4}(?P<dash>[–—―‒]|--?(?=\s))\s{0,4}(?=\w)|(?<=[,!?…])\s{1,4}(?=\w)")
# A dash behind what ends a part of speech: where a reporting clause inside marks may begin.
_MAY_INTERRUPT = re.compile(r"[,!?…]\s{1,4}[–—―‒-]{1,2}\s{1,4}\w")
_CLAUSE_FOLLOWS = re.compile(r"[,.]?\s{0,4}[–—―‒-]{1,2}\s{0,4}\w")
# Where speech goes on behind the clause: at any dash, "Moen. – The money", "Campos—. Nobody".
_RESUMES = re.compile(r"(?:\s{1,4}(?:[–—―‒]|--?(?=\s))|[–—―‒](?=[.,;:\s]))[.,;:]?\s{0,4}")
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE_STOP = re.compile(r"[.,;:!?…–—―‒\"“”«»„]")
_SENTENCE_END = re.compile(r"[.!?…]['’\"”»)\]]{0,2}\s*$")
_TRAILING = " \t\xa0\u202f,;–—―‒-"
_CLAUSE_REACH = 80  # code points: a longer stretch without its verb is no reporting clause
_WORDS_TO_VERB = 5  # "pormestari Anna-Liisa Virtanen sanoo", a name of three words between a role and the verb
_LONGEST_LIST_LEAD = 2  # paragraphs after a dash in one run from which on an introducing colon makes a list of them


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """One paragraph with speech behind a dash: its spans of speech as half-open (dash, start, end), and whether a clause reports them."""

    line: int
    pieces: tuple[tuple[int, int, int], ...]
    reported: bool


@dataclass(frozen=True, slots=True)
class _Cues:
    """The verbs of saying, and the words that may stand before one: "a déclaré", "se ptá"."""

    verbs: frozenset[str]
    before: frozenset[str]


def with_dash_speech(text: str, marked: Sequence[Quotation], language: str | None = None) -> tuple[Quotation, ...]:
    """Return the quotations with the speech after dashes added, each with the dash as its mark; marks inside it are nested.

    Those that hold a reporting clause between dashes are two, without the clause.
    `language` is the document's, where it is known. Linear in the length of the text.
    """
    opens, interrupts = _MAY_OPEN.search(text), _MAY_INTERRUPT.search(text)
    cues = _cues(language or detect_language(text)) if opens or interrupts else None
    if cues is None:
        return tuple(marked)
    if interrupts:
        marked = _with_clauses_outside(text, marked, cues)
    if not opens:
        return tuple(marked)
    lines = [match.span() for match in _LINE.finditer(text) if match.group().strip()]
    outermost = [each for each in marked if each.parent is None]
    added = [
        Quotation(start, end, dash, end, text[dash])
        for dash, start, end in _speech(text, lines, cues)
        if not _is_marked(outermost, start, end)
    ]
    if not added:
        return tuple(marked)
    nested = nest_quotations([replace(each, parent=None, follows=None) for each in [*marked, *added]], 0)
    return tuple(_with_continuations(marked, nested))


@cache
def _cues(language: str | None) -> _Cues | None:
    """Return the verbs for a text of a language; None where a dash at the head of a paragraph opens no speech."""
    using = [code for code in language_codes() if language_table(code, "grammar").get("speech_after_dash")]
    if language in language_codes() and language not in using:
        return None
    # Neighbours are told apart badly in a short text, so that the verbs of all are known; words that mean more, of its own.
    verbs = frozenset(
        word for code in using if code in languages_of("cue_verbs") for word in word_list("cue_verbs", code)
    )
    before = frozenset(
        word for code in using for word in language_table(code, "grammar").get("words_before_cue", "").split()
    )
    neighbours = language_table(language, "grammar").get("neighbours", "").split() if language in using else []
    for code in (language, *neighbours):
        if code in languages_of("cues_after_dash"):
            verbs |= word_list("cues_after_dash", code)
    return _Cues(verbs, before)


def _speech(text: str, lines: Sequence[tuple[int, int]], cues: _Cues) -> Iterator[tuple[int, int, int]]:
    """Yield the spans of speech of a text: where its dash stands, its start and its end."""
    paragraphs = [
        paragraph
        for number, span in enumerate(lines)
        if (paragraph := _paragraph(text, number, *span, cues)) is not None
    ]
    paragraphs = [
        replace(each, reported=True) if _is_reported_beside(text, lines, each.line, cues) else each
        for each in paragraphs
    ]
    if not any(each.reported for each in paragraphs):
        return
    for run in _runs(paragraphs):
        spoken = any(each.reported for each in run)
        is_list = not spoken and len(run) >= _LONGEST_LIST_LEAD and _is_introduced(text, lines, run[0].line)
        for each in run:
            start, end = lines[each.line]
            whole = _SENTENCE_END.search(text, max(start, end - 8), end) is not None
            if each.reported or (not is_list and (whole or each.line == 0)):
                yield from each.pieces


def _paragraph(text: str, number: int, start: int, end: int, cues: _Cues) -> _Paragraph | None:
    """Return the speech of a paragraph; None when no dash opens it, or it goes on with a small letter as lists do.

    A dash behind a sentence opens speech as well where a clause reports that.
    """
    opening = _OPENS.match(text, start, end)
    if opening is not None and text[opening.end()].islower():
        return None
    if opening is not None:
        return _spoken(text, number, opening.end() - len(opening.group().lstrip()), opening.end(), end, cues)
    within = _opening_within(text, start, end, cues)
    if within is None:
        return None
    return _spoken(text, number, within.end() - len(within.group()[1:].lstrip()), within.end(), end, cues)


def _opening_within(text: str, start: int, end: int, cues: _Cues) -> re.Match[str] | None:
    """Return the last dash behind a sentence that stands before the first reporting clause which has one. Linear."""
    openings = [each for each in _OPENS_WITHIN.finditer(text, start, end) if text[each.end()].isupper()]
    ends = [each.end() for each in openings]
    if not openings:
        return None
    for clause in _BREAK.finditer(text, ends[0], end):
        before = bisect_left(ends, clause.start())
        if before and _reports(text, clause, end, cues):
            return openings[before - 1]
    return None


def _spoken(text: str, number: int, dash: int, at: int, end: int, cues: _Cues) -> _Paragraph | None:
    """Return what is said from `at` to the end of a paragraph, behind a dash."""
    pieces: list[tuple[int, int, int]] = []
    reported = False
    while at < end:
        clause = next((each for each in _BREAK.finditer(text, at, end) if _reports(text, each, end, cues)), None)
        stop = clause.start() if clause else end
        speech_end = at + len(text[at:stop].rstrip(_TRAILING))
        if _WORD.search(text, at, speech_end):
            pieces.append((dash, at, speech_end))
        if clause is None:
            break
        reported = True
        resumes = _RESUMES.search(text, clause.end(), end)
        if resumes is None:
            break
        dash, at = resumes.end() - len(resumes.group().lstrip()), resumes.end()
        if text[at : at + 1].islower() and text[speech_end - 1] in ".!?…":  # "– mówi Kruk – burmistrz miasta"
            break
    return _Paragraph(number, tuple(pieces), reported) if pieces else None


def _reports(text: str, opening: re.Match[str], end: int, cues: _Cues) -> bool:
    """Whether a reporting clause begins behind this dash or comma: "sier Moen", "a déclaré Dubois", "Virtanen sanoo"."""
    at = opening.end()
    stop = _CLAUSE_STOP.search(text, at, min(end, at + _CLAUSE_REACH))
    limit = stop.start() if stop else min(end, at + _CLAUSE_REACH)
    words: list[str] = []
    for match in _WORD.finditer(text, at, limit):
        word = match.group()
        if word.lower() in cues.verbs and not word[0].isupper():
            if all(each in cues.before for each in words):
                return True
            named = words[-1][0].isupper()  # the subject stands first, and its verb ends the clause
            dashed = opening["dash"] is not None and words[0][0].islower()
            ends = not text[match.end() : limit].strip()
            return (ends and (named or len(words) == 1)) or dashed
        words.append(word)
        if len(words) == _WORDS_TO_VERB:
            return False
    return False


def _is_reported_beside(text: str, lines: Sequence[tuple[int, int]], number: int, cues: _Cues) -> bool:
    """Whether the paragraph before introduces this one by a verb and a colon, or the next one opens with the verb."""
    if number + 1 < len(lines):
        start, end = lines[number + 1]
        first = [match.group().lower() for match in _WORD.finditer(text, start, min(end, start + _CLAUSE_REACH))][:2]
        if not _OPENS.match(text, start, end) and not cues.verbs.isdisjoint(first):
            return True
    if number == 0 or not _is_introduced(text, lines, number):
        return False
    start, end = lines[number - 1]
    words = [match.group().lower() for match in _WORD.finditer(text, max(start, end - _CLAUSE_REACH), end)]
    followed = number + 1 < len(lines) and _OPENS.match(text, *lines[number + 1]) is not None
    return not followed and not cues.verbs.isdisjoint(words)


def _is_introduced(text: str, lines: Sequence[tuple[int, int]], number: int) -> bool:
    """Whether the paragraph before this one ends in a colon."""
    return number > 0 and text[slice(*lines[number - 1])].rstrip().endswith(":")


def _runs(paragraphs: Sequence[_Paragraph]) -> Iterator[list[_Paragraph]]:
    """Yield the paragraphs that follow one another."""
    run: list[_Paragraph] = []
    for each in paragraphs:
        if run and each.line != run[-1].line + 1:
            yield run
            run = []
        run.append(each)
    if run:
        yield run


def _with_clauses_outside(text: str, marked: Sequence[Quotation], cues: _Cues) -> Sequence[Quotation]:
    """Return the quotations, those with a reporting clause inside their marks as the parts that are speech."""
    parts = {number: _parts(text, each, cues) for number, each in enumerate(marked) if each.parent is None}
    if all(part == (marked[number],) for number, part in parts.items()):
        return marked
    around: Sequence[Quotation] = ()
    spans: list[Quotation] = []
    for number, each in enumerate(marked):
        around = parts.get(number, around)
        last = bisect_right(around, each.open, key=lambda part: part.open)
        within = last > 0 and each.close <= around[last - 1].close
        spans += parts.get(number, [each] if within else [])
    plain = [replace(each, parent=None, follows=None) for each in spans]
    return list(_with_continuations(marked, nest_quotations(plain, 0)))


def _parts(text: str, quotation: Quotation, cues: _Cues) -> Sequence[Quotation]:
    """Return the parts of a quotation between which a reporting clause stands; it alone where none does.

    Where a clause follows the marks, too, the one inside is the speaker's own: «"Wait", – said my father», – says Moen.
    """
    if not quotation.mark or _CLAUSE_FOLLOWS.match(text, quotation.close):
        return (quotation,)
    parts: list[Quotation] = []
    at, start = quotation.open, quotation.start
    for opening in _BREAK.finditer(text, quotation.start, quotation.end):
        interrupts = opening["dash"] and opening.start() > start and text[opening.start() - 1] in ",!?…"
        if not interrupts or not _reports(text, opening, quotation.end, cues):
            continue
        end = start + len(text[start : opening.start()].rstrip(_TRAILING))
        parts.append(replace(quotation, open=at, start=start, end=end, close=end, unclosed=False))
        resumes = _RESUMES.search(text, opening.end(), min(quotation.end, opening.end() + _CLAUSE_REACH))
        if resumes is None:
            return parts
        at = start = resumes.end()
    last = replace(quotation, open=at, start=start) if start < quotation.end else None
    return [*parts, last] if last is not None else parts


def _is_marked(outermost: Sequence[Quotation], start: int, end: int) -> bool:
    """Whether marks stand around most of a stretch, or reach over one of its ends."""
    covered = 0
    at = max(0, bisect_left(outermost, start, key=lambda each: each.open) - 1)
    while at < len(outermost) and outermost[at].open < end:
        quotation = outermost[at]
        if quotation.open < start < quotation.close or quotation.open < end < quotation.close:
            return True
        covered += max(0, min(end, quotation.close) - max(start, quotation.open))
        at += 1
    return 2 * covered >= end - start


def _with_continuations(marked: Sequence[Quotation], nested: Sequence[Quotation]) -> Iterator[Quotation]:
    """Yield the quotations anew with what they follow: numbers have changed since others stand between them."""
    number_of = {each.open: number for number, each in enumerate(nested)}
    follows = {each.open: number_of.get(marked[each.follows].open) for each in marked if each.follows is not None}
    for each in nested:
        yield replace(each, follows=follows.get(each.open))
