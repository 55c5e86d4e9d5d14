"""Captions of recordings (WebVTT, SubRip, SBV): who says what, each speech with its second."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from indexer.input.input_file import InputFile
from search.errors import ReadError
from search.model import Document, Region, RegionRole, Skip, Span, document_id
from search.provenance import Provenance

if TYPE_CHECKING:
    from indexer.input.captions import CaptionLine

_TIMES = rb"(?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3}[ \t]{0,8}(?:-{1,2}>|,)[ \t]{0,8}(?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_CUE = re.compile(rb"(?:^|\n)[ \t]{0,8}" + _TIMES)
_FIRST_CUE = re.compile(rb"\s{0,40}(?:\d{1,6}[ \t]{0,8}\r?\n)?[ \t]{0,8}" + _TIMES)


def recognises(name: str, head: bytes) -> int:
    """Return how sure it is (0 to 100): by the first line of WebVTT, or by the times of the first caption."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if re.match(rb"WEBVTT(?:[ \t\r\n-]|$)", start):
        return 98
    if _FIRST_CUE.match(start):
        return 96
    return 60 if name.endswith((".vtt", ".srt", ".sbv")) and _CUE.search(head) else 0


def read(file: InputFile) -> Iterator[Document | Skip]:
    """Yield one document: a paragraph for each speech, with its speaker's name before it. Raises ReadError when nobody speaks."""
    from indexer.input.captions import caption_lines, join_speeches, parse_captions, speech_note
    from indexer.input.encoding import clean_text, decode
    from indexer.metadata.languages import choose_language
    from indexer.metadata.outlets import outlet_by_host
    from indexer.metadata.urls import canonical_url

    decoded = decode(file.read_all(), file.charset)
    captions = parse_captions(clean_text(decoded.text))
    lines = list(caption_lines(captions.cues))
    speeches = join_speeches(lines, _labels(lines))
    if not speeches:
        raise ReadError("it holds captions without words.")
    pieces: list[str] = []
    regions: list[Region] = []
    at, before = 0, ""
    for speech in speeches:
        name = f"{speech.speaker}: " if speech.speaker and speech.speaker != before else ""
        before = speech.speaker or ""
        pieces.append(name + speech.text)
        start = at + len(name)
        regions.append(Region(Span(start, start + len(speech.text)), RegionRole.SPEECH, speech_note(speech)))
        at = start + len(speech.text) + 2
    text = "\n\n".join(pieces)
    about = captions.about
    address = file.url or about.get("url")
    url = (canonical_url(address) or address) if address else None
    language, how = choose_language(about.get("language"), text)
    outlet = outlet_by_host(url, file.options.outlets)
    known = {
        "title": Provenance.DECLARED if about.get("title") else None,
        "language": how,
        "outlet": Provenance.HOST if outlet else None,
    }
    yield Document(
        id=document_id(text, url),
        text=text,
        path=file.path,
        url=url,
        outlet=outlet,
        title=about.get("title"),
        language=language,
        flags=decoded.flags,
        regions=tuple(regions),
        provenance={name: str(way) for name, way in known.items() if way},
    )


def _labels(lines: Sequence[CaptionLine]) -> list[tuple[str, int] | None]:
    """The names that the lines begin with: those in capitals, and those in mixed case that come again or that most lines have."""
    from indexer.input.captions import repeated_names
    from indexer.plain_text.speaker_labels import LabelKind, parse_line_label

    parsed = [parse_line_label(line.text) for line in lines]
    colons = [
        label if label and label.kind is not LabelKind.ALONE and label.start <= len(line.text) else None
        for label, line in zip(parsed, lines, strict=True)
    ]
    again = repeated_names([label.key for label in colons if label])
    # Where names are in capitals, "Remember: it is late" is no name.
    in_capitals = any(label.kind is LabelKind.SURE for label in colons if label)
    most = not in_capitals and 2 * sum(1 for label in colons if label) >= len(lines)
    kept: list[tuple[str, int] | None] = []
    for label, line in zip(colons, lines, strict=True):
        is_sure = label is not None and (
            label.kind is LabelKind.SURE or most or label.key in again or (line.is_new and " " in label.name)
        )
        kept.append((label.name, label.start) if label and is_sure else None)
    return kept
