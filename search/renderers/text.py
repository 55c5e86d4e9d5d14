"""For a person at a terminal: versions apart, each place on its line, the changed words marked.

Words come from strangers, so nothing that a terminal would obey is let through.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence

from search.model import Difference, Document, EditionDifference, Hit, Result, Version
from search.renderers import Style

# C0 and C1 controls drive terminals; bidirectional controls make a line read as something it is not.
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
BOLD, DIM, RED, GREEN, YELLOW = "1", "2", "31", "32", "33"
HEADINGS = {
    "exact": "the same words",
    "part": "part of it",
    "edited": "edited",
    "reworded": "probably the same, in other words",
}


def render(result: Result, style: Style) -> str:
    lines = [_summary(result, style), ""] if result.versions else ["Nothing found."]
    for number, version in enumerate(result.versions, 1 + result.query.offset):
        lines += [*_version(number, version, style), ""]
    lines += [painted(style, note, YELLOW) for note in map(safe, result.notes)]
    return "\n".join(lines).rstrip("\n") + "\n"


def version_text(version: Version, style: Style) -> str:
    """One version with every place that prints it, and those that it may be, too."""
    lines = _version(None, version, style)
    for other in version.possible:
        lines += ["", f"{HEADINGS['reworded']} ({other.id}):", *_version(None, other, style)]
    return "\n".join(lines) + "\n"


def document_text(
    document: Document, style: Style, editions: Sequence[Document] = (), copies: Sequence[Document] = ()
) -> str:
    """A stored document for reading: what is known of it, its editions, who prints the same, its paragraphs."""
    place = [each.id for each in editions].index(document.id) + 1 if len(editions) > 1 else 0
    facts = [
        ("outlet", document.outlet), ("published", document.published), ("authors", ", ".join(document.authors)),
        ("address", document.url), ("language", document.language), ("read from", document.path),
        ("flags", ", ".join(document.flags)),
        ("edition", place and f"{place} of {len(editions)} (--diff shows what changed): "
         + ", ".join(each.id for each in editions if each.id != document.id)),
        ("same quotes in", ", ".join(f"{each.outlet or 'outlet not known'} ({each.id})" for each in copies)),
    ]  # fmt: skip
    lines = [painted(style, safe(document.title or document.id), BOLD), ""]
    lines += [f"{name}: {safe(value)}" for name, value in facts if value]
    for paragraph in document.text.split("\n"):
        lines += ["", *textwrap.wrap(safe(paragraph), style.width)] if paragraph.strip() else []
    return "\n".join(lines) + "\n"


def edition_text(found: EditionDifference, style: Style) -> str:
    """What changed from one edition to another, in the signs of `wdiff`; what stayed the same is cut short."""
    lines = [painted(style, f"from {safe(found.before)} to {safe(found.after)}: {found.summary()}", BOLD)]
    lines += [f"{name}: {_signed(style, before, after)}" for name, before, after in found.facts]
    for passage in found.passages:
        shown = [
            safe(shortened(piece.text))
            if piece.kind == "same"
            else _signed(style, *((piece.text, "") if piece.kind == "removed" else ("", piece.text)))
            for piece in passage.pieces
        ]
        lines += ["", " ".join(shown)]
    return "\n".join(lines) + "\n"


def _signed(style: Style, removed: str, added: str) -> str:
    gone = painted(style, f"[-{safe(removed)}-]", RED) if removed else ""
    come = painted(style, f"{{+{safe(added)}+}}", GREEN) if added else ""
    return " ".join(part for part in (gone, come) if part)


def safe(text: str) -> str:
    """`text` on one line, without anything that a terminal would obey."""
    return UNSAFE.sub("", " ".join(text.split()))


def painted(style: Style, text: str, code: str) -> str:
    """`text` in an ECMA-48 rendition (`BOLD`, `RED`...) where the terminal takes it."""
    return f"\x1b[{code}m{text}\x1b[0m" if style.color else text


def marked(differences: Iterable[Difference], style: Style) -> str:
    """The quote's own words, what it lacks in [-…-] and what it adds in {+…+}: the signs of `wdiff`."""
    shown: list[str] = []
    for step in differences:
        if step.kind == "same":
            shown.append(safe(step.quote))
            continue
        if step.query:
            shown.append(painted(style, f"[-{shortened(step.query)}-]", RED))
        if step.quote:
            shown.append(painted(style, f"{{+{shortened(step.quote)}+}}", GREEN))
    return " ".join(part for part in shown if part)


def shortened(text: str) -> str:
    """A long passage that one side does not have at all: its ends are enough to know it by."""
    words = safe(text).split(" ")
    return " ".join([*words[:5], "…", *words[-5:]] if len(words) > 14 else words)


def _summary(result: Result, style: Style) -> str:
    outlets = {hit.quote.outlet for version in result.versions for hit in version.hits if hit.quote.outlet}
    shown = len(result.versions)
    some = f", {shown} of them shown" if shown < result.total_versions else ""
    line = (
        f"{_counted(result.total_quotes, 'quote')} in {_counted(result.total_versions, 'version')}{some}, "
        f"{_counted(len(outlets), 'outlet')}"
    )
    return painted(style, line, BOLD)


def _version(number: int | None, version: Version, style: Style) -> list[str]:
    who = ", ".join(map(safe, version.speakers)) or "speaker not known"
    head = who if number is None else f"{number}. {who}"
    facts = [HEADINGS.get(version.match.kind, version.match.kind), f"score {version.match.score:.2f}"]
    if version.first_published:
        facts.append(f"first known {version.first_published[:10]}")
    lines = [f"{painted(style, head, BOLD)} · {' · '.join(facts)}"]
    for hit in version.hits:
        lines += _hit(hit, style)
    return lines


def _hit(hit: Hit, style: Style) -> list[str]:
    quote, match = hit.quote, hit.match
    # Of a long quote that has more than was asked for, the differences below show the part that matters.
    long = match.kind == "part" and len(quote.text) > 400
    words = textwrap.wrap(f"“{shortened(quote.text) if long else safe(quote.text)}”", max(style.width - 4, 30)) or [
        "“”"
    ]
    place = " · ".join(
        safe(part)
        for part in ((quote.published or "no date")[:10], quote.outlet or "outlet not known", quote.title or "")
        if part
    )
    lines = [f"   {line}" for line in words]
    lines.append(painted(style, f"      {place} · {match.kind} · {quote.id}", DIM))
    if quote.via:
        lines.append(painted(style, f"      as reported by {' > '.join(map(safe, quote.via))}", DIM))
    if match.kind not in ("exact", "reworded") and match.differences:
        lines += textwrap.wrap(
            marked(match.differences, style), max(style.width, 40), initial_indent="      ", subsequent_indent="      "
        )
    if match.alters:
        lines.append(painted(style, f"      ! the change alters the meaning: {', '.join(match.alters)}", YELLOW))
    return lines


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
