"""Quotations in headlines: where a headline ends, and whose words it repeats from the article below."""

from __future__ import annotations

import re
from collections.abc import Mapping

from indexer.attribution.annotated_document import Scene
from indexer.attribution.source_selection import Choice
from search.model import Document

_WORD = re.compile(r"\w+")
_LEAST = 0.6  # a body quotation whose speaker is less sure than this does not settle the headline
_MOST = 40  # so many headline quotations are looked up in the article
_FIRST_LINE = re.compile(r"\s{0,200}([^\n\r]{1,220})(?:[\n\r]|$)")  # a longer first line is a paragraph


def headline_end(document: Document) -> int:
    """Where the headline at the head of the text ends; 0 when the text begins with the article itself."""
    match = _FIRST_LINE.match(document.text)
    if not match:
        return 0
    line = match.group(1).strip()
    title = (document.title or "").strip()
    if title and words(line) and (words(title).startswith(words(line)) or words(line) == words(title)):
        return match.end()
    more = document.text[match.end() :].strip()
    return match.end() if more and not title and line[-1:] not in ".,;:!?…”\"'" else 0


def words(text: str) -> str:
    """The words of a text in small letters, for comparing."""
    return " ".join(_WORD.findall(text.lower()))


def echoes(document: Document, scene: Scene, choices: Mapping[int, Choice | None]) -> dict[int, Choice | None]:
    """Headline quotations whose words stand in a quotation of the article: they have that one's speaker."""
    end = headline_end(document)
    spans = [(0, end)] if end else []
    spans += [(r.span.start, r.span.end) for r in document.regions if r.role in ("heading", "pullquote")]
    if not spans:
        return {}
    text = document.text
    inside = [n for n in choices if any(low <= scene.quotations[n].start < high for low, high in spans)][:_MOST]
    outside = {
        n: f" {words(text[scene.quotations[n].start : scene.quotations[n].end])} " for n in choices if n not in inside
    }
    out: dict[int, Choice | None] = {}
    for number in inside:
        quotation = scene.quotations[number]
        said = words(text[quotation.start : quotation.end])
        if len(said.split()) < 2:
            continue
        same = next((n for n, body in outside.items() if f" {said} " in body), None)
        found = choices[same] if same is not None else None
        if found and found.chance > _LEAST:
            out[number] = found
    return out
