"""For a person at a terminal: utterances apart, each quote on its line, the changed words marked.

Words come from strangers, so nothing that a terminal would obey is let through.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence

from search.model import Difference, Document, EditionDifference, Quote, Result, Utterance, Version
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
LONG_QUOTE = 400  # code points: a longer quote that has more than was asked for is shown by its ends
SHOWN_FLAGS = frozenset({"scare", "denied", "disputed"})  # what a reader must know before he cites a quote


def render(result: Result, style: Style) -> str:
    """Return the answer for a terminal of the style's width, utterance by utterance, earliest known quote first in each version."""
    lines = [_summary(result, style), ""] if result.utterances else ["Nothing found."]
    for number, utterance in enumerate(result.utterances, 1 + result.query.offset):
        lines += [*_utterance(number, utterance, style), ""]
    lines += [painted(style, note, YELLOW) for note in map(safe, result.notes)]
    return "\n".join(lines).rstrip("\n") + "\n"


def utterance_text(utterance: Utterance, style: Style) -> str:
    """Return one utterance with every quote of every version, and the utterances that may be the same."""
    lines = _utterance(None, utterance, style)
    for other in utterance.possible:
        lines += ["", f"{HEADINGS['reworded']} ({other.id}):", *_utterance(None, other, style)]
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
    """Say how much was found: "5 utterances, 22 quotes; the first in 6 versions, printed 9 times by 4 outlets"."""
    first = result.utterances[0]
    shown = len(result.utterances)
    some = f" ({shown} of them shown)" if shown < result.total_utterances else ""
    line = f"{_counted(result.total_utterances, 'utterance')}{some}, {_counted(result.total_quotes, 'quote')}"
    return painted(style, f"{line}; the first {_extent(first)}", BOLD)


def _extent(utterance: Utterance) -> str:
    """Say how widely an utterance was printed: "in 6 versions, printed 9 times by 4 outlets"."""
    times = len(utterance.quotes)
    printed = "once" if times == 1 else "twice" if times == 2 else f"{times:,} times"
    by = f" by {_counted(len(utterance.outlets), 'outlet')}" if utterance.outlets else ""
    return f"in {_counted(len(utterance.versions), 'version')}, printed {printed}{by}"


def _utterance(number: int | None, utterance: Utterance, style: Style) -> list[str]:
    who = ", ".join(map(safe, utterance.speakers)) or "speaker not known"
    head = who if number is None else f"{number}. {who}"
    facts = [HEADINGS.get(utterance.match.kind, utterance.match.kind), f"score {utterance.match.score:.2f}"]
    if utterance.first_published:
        facts.append(f"first known {utterance.first_published[:10]}")
    if len(utterance.quotes) > 1:
        facts.append(_extent(utterance))
    lines = [f"{painted(style, head, BOLD)} · {' · '.join(facts)}"]
    for version in utterance.versions:
        lines += _version(version, utterance, style)
    return lines


def _version(version: Version, utterance: Utterance, style: Style) -> list[str]:
    """The words of one version, every place that prints them, and what differs."""
    match = version.match
    # Of a long quote that has more than was asked for, the differences below show the part that matters.
    long = match.kind == "part" and len(version.text) > LONG_QUOTE
    words = shortened(version.text) if long else safe(version.text)
    lines = [f"   {line}" for line in textwrap.wrap(f"“{words}”", max(style.width - 4, 30)) or ["“”"]]
    for quote in version.quotes:
        lines += _place(quote, version, utterance, style)
    if match.kind not in ("exact", "reworded") and match.differences:
        lines += textwrap.wrap(
            marked(match.differences, style), max(style.width, 40), initial_indent="      ", subsequent_indent="      "
        )
    if match.alters:
        lines.append(painted(style, f"      ! the change alters the meaning: {', '.join(match.alters)}", YELLOW))
    return lines


def _place(quote: Quote, version: Version, utterance: Utterance, style: Style) -> list[str]:
    """When and where a quote was printed, by whom it was said if that is not the speaker above, and who reports it."""
    speaker = (quote.speaker or "speaker not known") if quote.speaker not in utterance.speakers[:1] else ""
    facts = ((quote.published or "no date")[:10], quote.outlet or "outlet not known", quote.title or "", speaker)
    place = " · ".join(safe(fact) for fact in facts if fact)
    marks = "".join(f" · {flag}" for flag in quote.all_flags if flag in SHOWN_FLAGS)
    lines = [painted(style, f"      {place} · {version.match.kind}{marks} · {safe(quote.id)}", DIM)]
    if quote.via:
        lines.append(painted(style, f"      as reported by {' > '.join(map(safe, quote.via))}", DIM))
    return lines


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
