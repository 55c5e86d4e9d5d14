"""Read speech printed with its speaker's label before it: `PENCE: Well, look`, `Q: ... A: ...`, in marks or without any."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from indexer.attribution.annotated_document import AnnotatedDocument
from indexer.entities.entities import initials, name_key
from indexer.entities.mentions import Entity
from indexer.entities.name_starts import is_title
from indexer.entities.namesakes import ROLE_WORDS
from indexer.entities.ordinary_words import ordinary_words
from indexer.input.captions import parse_speech_note
from indexer.plain_text.speaker_labels import (
    LabelKind,
    LineLabel,
    are_carried_on,
    begins_with_time,
    find_labels,
    is_stage_direction,
)
from indexer.word_lists import word_list
from search.model import Document, RegionRole

# One to five words that begin with a capital, "(on tape)" after them, and a colon. All parts are bounded, so that a
# line of nothing but capitals is read once.
_LABEL = re.compile(
    r"(?:[‘“\"(\[]\s?)?((?:[A-ZÀ-Þ][\w.'’-]{0,24}\s){0,4}[A-ZÀ-Þ][\w.'’-]{0,24})(?:\s?\([^)\n]{1,40}\))?\s?:\s+(?=\S)"
)
_MAX_LABEL = 140  # code points
_QUESTION, _NOT_SPEAKERS = word_list("question_labels"), word_list("not_speaker_labels")
_BODIES = frozenset(("congress", "house", "parliament", "senate"))
_ROLES = ROLE_WORDS | _QUESTION
_INITIALS = (2, 3)  # letters
_VOWELS, _ABBREVIATED_BODIES = (
    frozenset("aeiouyàáâäåæèéêëìíîïòóôöøùúûüýаеёиоуыэюяєіїαεηιουωάέήίόύώ"),
    word_list("bodies_in_capitals"),
)
_LEAST_LINES = 3  # so many labelled lines make a transcript
_MAX_HEAD_LINES = 4  # before the first label of a text that is a transcript and nothing else
_TITLES = word_list("titles")
_CAPITALS = re.compile(r"\b[A-ZÀ-Þ][A-ZÀ-Þ'’-]{2,}\b")
LABEL_CONFIDENCE = 0.95  # that a label names who speaks; what is left is for labels that are headings


class LabelledSpeech(NamedTuple):
    """Whom a label names (None for "Q") and where the words after it start (code points)."""

    speaker: str | None
    start: int


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """One line of a transcript without marks: its label, whom that names and as what, and where the words stand (code points)."""

    label: str
    speaker: str | None
    start: int
    end: int
    role: str | None = None
    second: float | None = None  # of a recording


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
    parsed_labels = {
        number: parsed
        for number in sorted(doc.item_of_quotation)
        if (parsed := parse_label(text, doc.quotations[number].start, doc.quotations[number].end))
    }
    again = Counter(label for label, _ in parsed_labels.values())
    for number, parsed in parsed_labels.items():
        is_heading = again[parsed[0]] < 2 and (_is_heading(parsed[0], names) or _is_title(doc, number, parsed[0]))
        if _is_speaker(parsed[0], names) and not is_heading:
            labelled[number] = LabelledSpeech(speaker_for_label(parsed[0], entities_for(parsed[0], doc)), parsed[1])
    return _carry_on(doc, labelled) if len(labelled) >= _LEAST_LINES - 1 else labelled


def _is_title(doc: AnnotatedDocument, number: int, label: str) -> bool:
    """Whether a quotation with a label is the title of a book or a show: the host of “Ann Lee: Unfiltered”."""
    at = doc.item_of_quotation[number]
    return not label.isupper() and doc.paragraph_first[doc.outline.paragraph[at]] != at


def _is_heading(label: str, surnames: Set[str]) -> bool:
    """Whether a label of one word names no speaker: "INVESTIGATION", "SENATE"; "MODERATOR" is one, and White where Ann White is."""
    low = label.lower()
    return low not in surnames and (low in _BODIES or (low in ordinary_words() and low not in _ROLES))


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


def entities_for(label: str, doc: AnnotatedDocument) -> list[Entity]:
    """Return the entities that a label may name, in their order: 6,000 labels would ask each for all that a transcript names."""
    by_word = doc.entities_by_word
    if not by_word:
        for number, entity in enumerate(doc.entities):
            for word in (entity.key[-1], initials(entity.key)):
                by_word.setdefault(word, []).append(number)
    numbers = {number for word in (*name_key(label)[-1:], label.lower()) for number in by_word.get(word, ())}
    return [doc.entities[number] for number in sorted(numbers)]


def speaker_for_label(label: str, entities: Sequence[Entity]) -> str | None:
    """Return the fullest name that the document has for a label, or for whose initials it is; None when it names nobody ("Q")."""
    if label.lower() in _QUESTION:
        return None
    if label.isupper() and len(label) in _INITIALS and (person := _by_initials(label, entities)) is not None:
        return person
    key = name_key(label)
    fits = [entity for entity in entities if key and entity.key[-1] == key[-1]]
    full = [entity for entity in fits if len(key) == 1 or entity.key[0] == key[0]]
    if not any(is_title(word.rstrip(".")) for word in key[:-1]) and len(key) > 1:
        # "Senator Lee" is a Lee, and "Chief Ann Lee" Ann Lee, but "Ann Lee For Congress" no Congress.
        fits = [entity for entity in fits if entity.person and len(entity.key) > 1]
    best = max(full or fits, key=lambda entity: (len(entity.key) > 1, len(entity.mentions)), default=None)
    if best and not best.name.isupper():
        return best.name
    return label.title() if label.isupper() and not _is_abbreviation(label) else label


def cited_speaker(cited: str, entities: Sequence[Entity]) -> str | None:
    """Return the fullest name for whom a page cites, or who signs a post: a word in capitals stays as it is, "NOVAR"."""
    speaker = speaker_for_label(cited, entities)
    return cited if cited.isupper() and cited.isalpha() and speaker == cited.title() else speaker


def _is_abbreviation(label: str) -> bool:
    """Whether a label in capitals is no name: two letters, no vowel ("NPR"), or a body that a list has ("ABC")."""
    low = label.lower()
    return len(label) <= min(_INITIALS) or _VOWELS.isdisjoint(low) or low in _ABBREVIATED_BODIES


def _by_initials(label: str, entities: Sequence[Entity]) -> str | None:
    """Return the only person whose initials a label is: "EG" is Elizabeth Green in an interview with her."""
    people = [one.name for one in entities if one.person and len(one.key) > 1 and initials(one.key) == label.lower()]
    return people[0] if len(people) == 1 else None


def find_transcript_lines(document: Document, doc: AnnotatedDocument) -> list[TranscriptLine]:
    """Return the paragraphs without marks that are somebody's words by a label, in order, where the text is a transcript.

    A paragraph without a label belongs to the label before it, as printed speeches have it, unless it is a stage direction,
    a heading, or tells of the speaker; after the last label only where nothing but a transcript is printed.
    """
    text = document.text
    if any(region.role == RegionRole.SPEECH for region in document.regions):
        return _recorded_lines(document, doc)
    marked = {quotation.open for quotation in doc.quotations}
    headings = {region.span.start for region in document.regions if region.role == RegionRole.HEADING}
    stretches = [(line.start(), line.group()) for line in re.finditer(r"[^\n\r]+", text) if line.group().strip()]
    surnames = {entity.key[-1] for entity in doc.entities if entity.person and len(entity.key) > 1}
    found = find_labels([line for _, line in stretches])
    again = Counter(label.key for label in found.values())
    labels = {
        number: label
        for number, label in found.items()
        if again[label.key] > 1 or not _is_heading(label.name, surnames)  # "Reason:" asks again and again
    }
    full = _full_labels(labels.values())
    lines: list[TranscriptLine] = []
    current: LineLabel | None = None
    carried = are_carried_on(labels) or {label.kind for label in labels.values()} <= {LabelKind.ALONE, LabelKind.TIMED}
    last = max(labels, default=-1)
    whole = bool(labels) and min(labels) <= _MAX_HEAD_LINES
    for number, (offset, line) in enumerate(stretches):
        label = labels.get(number)
        if label is None and (current is None or is_stage_direction(line)):
            continue
        is_other = (
            number in found
            or offset in headings
            or _tells_of(line, current)
            or (begins_with_time(line) and not _is_timed(current))
        )
        if label is None and (is_other or not carried or (number > last and not whole)):
            current = None
            continue
        current = label or current
        start = offset + (label.start if label else len(line) - len(line.lstrip()))
        end = offset + len(line.rstrip())
        if current and current.name and end - start > 2 and offset + len(line) - len(line.lstrip()) not in marked:
            speaker = _speaker_of_line(current, entities_for(current.name, doc), full)
            lines.append(TranscriptLine(current.name, speaker, start, end, current.role))
    return lines


def _recorded_lines(document: Document, doc: AnnotatedDocument) -> list[TranscriptLine]:
    """Return the speeches of a recording, as its captions part and name them."""
    speeches = [region for region in document.regions if region.role == RegionRole.SPEECH]
    notes = [parse_speech_note(region.note) for region in speeches]
    labels = [LineLabel(name or "", None, 0, LabelKind.SURE) for _, name in notes]
    full = _full_labels(label for label in labels if label.name)
    speakers = {
        label.name: _speaker_of_line(label, entities_for(label.name, doc), full) for label in labels if label.name
    }
    return [
        TranscriptLine(label.name, speakers.get(label.name), region.span.start, region.span.end, None, second)
        for region, (second, _), label in zip(speeches, notes, labels, strict=True)
    ]


def _is_timed(label: LineLabel | None) -> bool:
    return label is not None and label.kind is LabelKind.TIMED


def _full_labels(labels: Iterable[LineLabel]) -> dict[str, str]:
    """Return the one full name among the labels for each last name; none where two persons share it."""
    names: dict[str, set[str]] = {}
    for label in labels:
        words = _without_titles(label.name)
        if len(words) > 1 and not words[-1].isdigit():
            names.setdefault(label.key, set()).add(" ".join(words))
    return {key: next(iter(found)) for key, found in names.items() if len({name.casefold() for name in found}) == 1}


def _without_titles(name: str) -> list[str]:
    words = name.split()
    while len(words) > 1 and words[0].lower().strip(".") in _TITLES:
        words = words[1:]
    return words


def _speaker_of_line(label: LineLabel, entities: Sequence[Entity], full: Mapping[str, str]) -> str | None:
    """Return the fullest name for a label, out of the text or out of another label."""
    speaker = speaker_for_label(label.name, entities)
    is_short = speaker is not None and len(_without_titles(speaker)) == 1 and len(_without_titles(label.name)) == 1
    if is_short and label.key in full:
        name = full[label.key]
        return name.title() if name.isupper() else name
    if speaker and _CAPITALS.search(speaker) and not speaker.isupper():
        return _CAPITALS.sub(lambda word: word.group().title(), speaker)  # "Mr. LEE"
    return speaker


def _tells_of(line: str, current: LineLabel | None) -> bool:
    """Whether a paragraph speaks of its speaker, whom nobody calls by name but the outlet."""
    key = current.key if current and len(current.name) > 1 else ""
    return (
        len(key) > 2
        and key.lower() not in _QUESTION
        and re.search(rf"\b{re.escape(key)}\b", line.casefold()) is not None
    )


def line_around(lines: Sequence[TranscriptLine], offset: int) -> TranscriptLine | None:
    """Return the transcript line whose words hold an offset."""
    at = bisect_right(lines, offset, key=lambda line: line.start) - 1
    return lines[at] if at >= 0 and offset < lines[at].end else None
