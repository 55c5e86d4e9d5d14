"""Read speech printed with its speaker's label before it: `PENCE: Well, look`, `Q: ... A: ...`, in marks or without any."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from indexer.attribution.annotated_document import AnnotatedDocument
from indexer.entities.entities import Entity, name_key
from indexer.word_lists import word_list

# One to five words that begin with a capital, "(on tape)" after them, and a colon. All parts are bounded, so that a
# line of nothing but capitals is read once.
_LABEL = re.compile(
    r"(?:[‘“\"(\[]\s?)?((?:[A-ZÀ-Þ][\w.'’-]{0,24}\s){0,4}[A-ZÀ-Þ][\w.'’-]{0,24})(?:\s?\([^)\n]{1,40}\))?\s?:\s+(?=\S)"
)
_MAX_LABEL = 140  # code points
_QUESTION, _NOT_SPEAKERS = word_list("question_labels"), word_list("not_speaker_labels")
_LEAST_LINES = 3  # so many labelled lines make a transcript
LABEL_CONFIDENCE = 0.95  # that a label names who speaks; what is left is for labels that are headings


class LabelledSpeech(NamedTuple):
    """Whom a label names (None for "Q") and where the words after it start (code points)."""

    speaker: str | None
    start: int


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """One line of a transcript without marks: its label, whom that names, and where the words stand (code points)."""

    label: str
    speaker: str | None
    start: int
    end: int


def parse_label(text: str, start: int, end: int) -> tuple[str, int] | None:
    """Return the label that the stretch start..end begins with and where the words after it start, if it has one."""
    match = _LABEL.match(text, start, min(end, start + _MAX_LABEL))
    if not match:
        return None
    name = match.group(1).strip()
    if name.lower().split()[0] in _NOT_SPEAKERS:
        return None
    return name, match.end()


def label_quotations(doc: AnnotatedDocument) -> dict[int, LabelledSpeech]:
    """Return the outermost quotations that belong to a transcript, with what their labels say.

    A quotation that fills its paragraph and has no label carries on the speech of the labelled one before it.
    """
    text = doc.outline.text
    names = {part for entity in doc.entities for part in (entity.key[-1], entity.key[0])}
    labelled: dict[int, LabelledSpeech] = {}
    for number in sorted(doc.item_of_quotation):
        quotation = doc.quotations[number]
        parsed = parse_label(text, quotation.start, quotation.end)
        if parsed and _is_speaker(parsed[0], names):
            labelled[number] = LabelledSpeech(speaker_for_label(parsed[0], doc.entities), parsed[1])
    return _carry_on(doc, labelled) if len(labelled) >= _LEAST_LINES - 1 else labelled


def _carry_on(doc: AnnotatedDocument, labelled: Mapping[int, LabelledSpeech]) -> dict[int, LabelledSpeech]:
    """Return a transcript's labels extended to the unlabelled paragraphs that follow them."""
    outline = doc.outline
    extended: dict[int, LabelledSpeech] = {}
    current: LabelledSpeech | None = None
    last = -2
    for number in sorted(doc.item_of_quotation):
        at = doc.item_of_quotation[number]
        paragraph = outline.paragraph[at]
        whole = doc.paragraph_first[paragraph] == at and _fills_paragraph(doc, at, paragraph)
        if number in labelled:
            current = extended[number] = labelled[number]
            last = paragraph
        elif current is not None and whole and paragraph - last <= 1:
            start = doc.quotations[number].start
            if not outline.text.startswith("(", start):  # "(Laughter.)" is nobody's
                extended[number] = LabelledSpeech(current.speaker, start)
            last = paragraph
        elif paragraph != last:
            current = None
    return extended


def _fills_paragraph(doc: AnnotatedDocument, at: int, paragraph: int) -> bool:
    """Whether nothing but quotations and punctuation follows item `at` in the paragraph."""
    outline = doc.outline
    rest = range(at + 1, doc.paragraph_last[paragraph] + 1)
    return all(outline.quotation[k] >= 0 or not outline.words[k][0].isalnum() for k in rest)


def _is_speaker(label: str, names: Set[str]) -> bool:
    """Whether a label names a speaker: capitals throughout, a name of the text, or "Q"."""
    if label.lower() in _QUESTION or (label.isupper() and len(label) > 2):
        return True
    key = name_key(label)
    return key != () and key[-1] in names


def speaker_for_label(label: str, entities: Sequence[Entity]) -> str | None:
    """Return the fullest name that the document has for a label; None when the label names nobody ("Q")."""
    if label.lower() in _QUESTION:
        return None
    key = name_key(label)
    fits = [entity for entity in entities if key and entity.key[-1] == key[-1]]
    full = [entity for entity in fits if len(key) == 1 or entity.key[0] == key[0]]
    best = max(full or fits, key=lambda entity: (len(entity.key) > 1, len(entity.mentions)), default=None)
    if best and not best.name.isupper():
        return best.name
    return label.title() if label.isupper() else label


def find_transcript_lines(text: str, doc: AnnotatedDocument) -> list[TranscriptLine]:
    """Return the paragraphs without marks that begin with a label, in order, when there are enough of them."""
    marked = {quotation.open for quotation in doc.quotations}
    lines = []
    for line in re.finditer(r"[^\n\r]+", text):
        start = line.start() + len(line.group()) - len(line.group().lstrip())
        parsed = None if start in marked or start == line.end() else parse_label(text, start, line.end())
        if parsed and (parsed[0].isupper() or parsed[0].lower() in _QUESTION) and line.end() - parsed[1] > 2:
            end = len(line.group().rstrip()) + line.start()
            lines.append(TranscriptLine(parsed[0], speaker_for_label(parsed[0], doc.entities), parsed[1], end))
    return lines if len(lines) >= _LEAST_LINES else []


def line_around(lines: Sequence[TranscriptLine], offset: int) -> TranscriptLine | None:
    """Return the transcript line whose words hold an offset."""
    at = bisect_right(lines, offset, key=lambda line: line.start) - 1
    return lines[at] if at >= 0 and offset < lines[at].end else None
