"""Attribute what a text prints twice: in a headline, a pull quote or a caption and in the article, whose words it repeats."""

from __future__ import annotations

import re
from collections.abc import Mapping

from indexer.attribution.annotated_document import AnnotatedDocument
from indexer.attribution.source_selection import SelectedSource
from search.model import Document

_WORD = re.compile(r"\w+")
_LEAST_PROBABILITY = 0.6  # a body quotation whose speaker is less sure than this does not settle the headline
_LEAST_REPEATED = 6  # words; fewer are said by many: "a step in the right direction"
_SURER = 0.1  # by which the likelihood of one speaker has to pass that of the other
_MAX_HEADLINE_QUOTATIONS = 40  # so many are looked up in the article, which keeps a page of headings linear
_FIRST_LINE = re.compile(r"\s{0,200}([^\n\r]{1,220})(?:[\n\r]|$)")  # a longer first line is a paragraph


def headline_end(document: Document) -> int:
    """Return where the headline at the head of the text ends, code points; 0 when the text begins with the article."""
    match = _FIRST_LINE.match(document.text)
    if not match:
        return 0
    line = match.group(1).strip()
    title = (document.title or "").strip()
    if title and folded_words(line) and folded_words(title).startswith(folded_words(line)):
        return match.end()
    more = document.text[match.end() :].strip()
    return match.end() if more and not title and line[-1:] not in ".,;:!?…”\"'" else 0


def folded_words(text: str) -> str:
    """Return the words of a text in small letters, joined by a space, for comparing."""
    return " ".join(_WORD.findall(text.lower()))


def headline_sources(
    document: Document, doc: AnnotatedDocument, sources: Mapping[int, SelectedSource | None]
) -> dict[int, SelectedSource | None]:
    """Return the sources of headline quotations whose words stand in a quotation of the article: that one's."""
    end = headline_end(document)
    spans = [(0, end)] if end else []
    spans += [(r.span.start, r.span.end) for r in document.regions if r.role in ("heading", "pullquote")]
    if not spans:
        return {}

    inside = [n for n in sources if any(low <= doc.quotations[n].start < high for low, high in spans)]
    inside = inside[:_MAX_HEADLINE_QUOTATIONS]
    if not inside:
        return {}
    body = {n: f" {_said(doc, n)} " for n in sources if n not in inside}
    repeated: dict[int, SelectedSource | None] = {}
    for number in inside:
        words = _said(doc, number)
        if " " not in words:  # a single word is repeated by anybody
            continue
        same = next((n for n, spoken in body.items() if f" {words} " in spoken), None)
        source = sources[same] if same is not None else None
        if source and source.probability > _LEAST_PROBABILITY:
            repeated[number] = source
    return repeated


def repeated_sources(
    doc: AnnotatedDocument, sources: Mapping[int, SelectedSource | None]
) -> dict[int, SelectedSource | None]:
    """Return the sources of quotations whose words stand once more with another speaker who is surer: that one's."""
    said = {number: _said(doc, number) for number in sources}
    surest: dict[str, SelectedSource] = {}
    for number, words in said.items():
        source = sources[number]
        if source is not None and (words not in surest or source.probability > surest[words].probability):
            surest[words] = source
    repeated: dict[int, SelectedSource | None] = {}
    for number, words in said.items():
        best = surest.get(words)
        if best is not None and words.count(" ") >= _LEAST_REPEATED - 1 and _gives_way(sources[number], best):
            repeated[number] = best
    return repeated


def _said(doc: AnnotatedDocument, number: int) -> str:
    quotation = doc.quotations[number]
    return folded_words(doc.outline.text[quotation.start : quotation.end])


def _gives_way(source: SelectedSource | None, best: SelectedSource) -> bool:
    """Whether the surest speaker of some words takes the place of another; of who is named "the governor" does not."""
    if best.probability <= _LEAST_PROBABILITY:
        return False
    if source is None:
        return True
    is_other = source.name != best.name and not source.entity >= 0 > best.entity
    return is_other and best.probability - source.probability > _SURER
