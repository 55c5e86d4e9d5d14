"""Speech printed with its speaker's label before it: `PENCE: Well, look`, `Q: ... A: ...`, inside marks or without any."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.attribution.annotated_document import Scene
from indexer.entities.entities import Cast, name_key

_LABEL = re.compile(
    r"(?:[‘“\"(\[]\s?)?((?:[A-ZÀ-Þ][\w.'’-]{0,24}\s){0,4}[A-ZÀ-Þ][\w.'’-]{0,24})(?:\s?\([^)\n]{1,40}\))?\s?:\s+(?=\S)"
)
_QUESTION = frozenset(("q", "question", "reporter", "moderator", "unidentified", "a", "answer"))
_NOT_NAMES = frozenset(
    "note update correction editor photo video image source via read more tags related transcript".split()
)
_LEAST_LINES = 3  # so many labelled lines make a transcript


def label(text: str, start: int, end: int) -> tuple[str, int] | None:
    """The label that a stretch begins with and where the words after it start; None when it has none."""
    match = _LABEL.match(text, start, min(end, start + 140))
    if not match:
        return None
    name = match.group(1).strip()
    if name.lower() in _NOT_NAMES or name.lower().split()[0] in _NOT_NAMES:
        return None
    return name, match.end()


def labelled(scene: Scene) -> dict[int, tuple[str | None, int]]:
    """The outermost quotations that belong to a transcript: who speaks (None for "Q") and where the words start.

    A quotation that fills its paragraph and has no label carries on the speech of the labelled one before it.
    """
    text = scene.outline.text
    names = {key for entity in scene.cast.entities for key in (entity.key[-1], entity.key[0])}
    found: dict[int, tuple[str | None, int]] = {}
    for number in sorted(scene.place):
        quotation = scene.quotations[number]
        at = label(text, quotation.start, quotation.end)
        if at and _is_speaker(at[0], names):
            found[number] = (speaker_of(at[0], scene.cast), at[1])
    return _carried(scene, found) if len(found) >= _LEAST_LINES - 1 else found


def _carried(scene: Scene, found: dict[int, tuple[str | None, int]]) -> dict[int, tuple[str | None, int]]:
    """Extend a transcript's labels to the unlabelled paragraphs that follow them."""
    outline = scene.outline
    out: dict[int, tuple[str | None, int]] = {}
    current: tuple[str | None, int] | None = None
    last = -2
    for number in sorted(scene.place):
        at = scene.place[number]
        paragraph = outline.paragraph[at]
        whole = scene.paragraph_first[paragraph] == at and _fills(scene, at, paragraph)
        if number in found:
            current = out[number] = found[number]
            last = paragraph
        elif current is not None and whole and paragraph - last <= 1:
            if not scene.outline.text.startswith("(", scene.quotations[number].start):
                out[number] = (current[0], scene.quotations[number].start)
            last = paragraph
        elif paragraph != last:
            current = None
    return out


def _fills(scene: Scene, at: int, paragraph: int) -> bool:
    """Whether nothing but quotations and punctuation follows in the paragraph."""
    outline = scene.outline
    rest = range(at + 1, scene.paragraph_last[paragraph] + 1)
    return all(outline.quote[k] >= 0 or not outline.words[k][0].isalnum() for k in rest)


def _is_speaker(name: str, names: set[str]) -> bool:
    """Whether a label names a speaker: capitals throughout, a name of the text, or "Q"."""
    low = name.lower()
    if low in _QUESTION or (name.isupper() and len(name) > 2):
        return True
    return name_key(name)[-1:] != () and name_key(name)[-1] in names


def speaker_of(name: str, cast: Cast) -> str | None:
    """The fullest name for a label; None when it names nobody ("Q")."""
    if name.lower() in _QUESTION:
        return None
    key = name_key(name)
    fits = [entity for entity in cast.entities if key and entity.key[-1] == key[-1]]
    full = [entity for entity in fits if len(key) == 1 or entity.key[0] == key[0]]
    best = max(full or fits, key=lambda entity: (len(entity.key) > 1, len(entity.mentions)), default=None)
    if best and not best.name.isupper():
        return best.name
    return name.title() if name.isupper() else name


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a transcript without marks: its label, whom that names, and where the words stand (code points)."""

    label: str
    speaker: str | None
    start: int
    end: int


def transcript_lines(text: str, scene: Scene) -> list[Line]:
    """Paragraphs without marks that begin with a label, in order, when there are enough of them."""
    marked = {quotation.open for quotation in scene.quotations}
    found = []
    for line in re.finditer(r"[^\n\r]+", text):
        start = line.start() + len(line.group()) - len(line.group().lstrip())
        at = None if start in marked or start == line.end() else label(text, start, line.end())
        if at and (at[0].isupper() or at[0].lower() in _QUESTION) and line.end() - at[1] > 2:
            end = len(line.group().rstrip()) + line.start()
            found.append(Line(at[0], speaker_of(at[0], scene.cast), at[1], end))
    return found if len(found) >= _LEAST_LINES else []


def line_around(lines: Sequence[Line], offset: int) -> Line | None:
    """The transcript line whose words hold an offset."""
    at = bisect_right(lines, offset, key=lambda line: line.start) - 1
    return lines[at] if at >= 0 and offset < lines[at].end else None
