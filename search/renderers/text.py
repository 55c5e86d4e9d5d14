"""For a person at a terminal: utterances apart, each quote on its line, the changed words marked.

The words come from strangers, so nothing that a terminal would obey is let through (`safe`).
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from typing import Final

from search.model import (
    WARNING_FLAGS,
    ChangedParagraph,
    Difference,
    DifferenceKind,
    Document,
    Explanation,
    MatchKind,
    Quote,
    Result,
    RevisionDiff,
    Translation,
    Utterance,
    Version,
)
from search.plural import counted, times
from search.renderers import Style
from search.text.language_names import language_name

_BLANK: Final = re.compile(r"\s")
# C0 and C1 controls drive terminals; bidirectional controls make a line read as something it is not.
UNSAFE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Select Graphic Rendition of ECMA-48, the part between ESC [ and m.
BOLD, DIM, RED, GREEN, YELLOW = "1", "2", "31", "32", "33"
HEADINGS: Final = {
    MatchKind.EXACT: "the same words",
    MatchKind.PART: "part of it",
    MatchKind.EDITED: "edited",
    MatchKind.REWORDED: "probably the same, in other words",
    MatchKind.DIFFERENT: "by way of another version",
}
LONG_QUOTE: Final = 400  # code points: a longer quote that has more than was asked for is shown by its ends
LONGEST_NEAR: Final = 1500
"""Code points of what is near and no answer, some 20 lines; a longer one is shown by its ends."""
LONG_CHANGE: Final = 14  # words: a longer one-sided passage is shown by its ends,
CHANGE_ENDS: Final = 5  # so many words of each
INDENT: Final = 6  # columns before the places of a version; its words stand at half of it
NARROWEST: Final = 40  # columns: below this a line of a quote would hold two or three words


def render(result: Result, style: Style) -> str:
    """Return the answer for a terminal of the style's width, utterance by utterance, earliest known quote first in each version."""
    lines = [_summary(result, style) if result.utterances else "Nothing found."]
    # Before the answers: that another spelling was looked for is read first.
    lines += [painted(style, note, YELLOW) for note in map(safe, result.notes)]
    lines += [""] if result.utterances or result.nearest else []
    for number, utterance in enumerate(result.utterances, 1 + result.query.offset):
        lines += [*_utterance(number, utterance, style, compared=bool(result.query.text)), ""]
    if result.nearest:
        lines += [painted(style, "Nearest in words; none of these is taken for a version of it:", BOLD)]
        lines += [line for quote in result.nearest for line in _near(quote, style)]
    return "\n".join(lines).rstrip("\n") + "\n"


def named_speaker(quote: Quote) -> str:
    """Return the name of who said a quote, "perhaps" before it where that is in doubt; not yet `safe`."""
    return "speaker not known" if quote.speaker is None else _named(quote.speaker, in_doubt=quote.speaker_in_doubt)


def _named(speaker: str, *, in_doubt: bool) -> str:
    return f"perhaps {speaker}" if in_doubt else speaker


def utterance_text(utterance: Utterance, style: Style) -> str:
    """Return one utterance with every quote of every version, and the utterances that may be the same."""
    lines = _utterance(None, utterance, style)
    for other in utterance.possible:
        lines += ["", f"{HEADINGS[MatchKind.REWORDED]} ({safe(other.id)}):", *_utterance(None, other, style)]
    return "\n".join(lines) + "\n"


def document_text(
    document: Document, style: Style, revisions: Sequence[Document] = (), copies: Sequence[Document] = ()
) -> str:
    """Return a stored document for reading: what is known of it, its revisions, who prints the same, its paragraphs."""
    ids = [each.id for each in revisions]
    others = ", ".join(id_ for id_ in ids if id_ != document.id)
    facts = [
        ("outlet", document.outlet), ("published", document.published), ("authors", ", ".join(document.authors)),
        ("address", document.url), ("language", document.language), ("read from", document.path),
        ("flags", ", ".join(document.flags)),
        ("revision", others and f"{ids.index(document.id) + 1} of {len(ids)} (--diff shows what changed): {others}"),
        ("same quotes in", ", ".join(f"{each.outlet or 'outlet not known'} ({each.id})" for each in copies)),
    ]  # fmt: skip
    lines = [painted(style, safe(document.title or document.id), BOLD), ""]
    lines += [f"{name}: {safe(value)}" for name, value in facts if value]
    for paragraph in document.text.split("\n"):
        lines += ["", *textwrap.wrap(safe(paragraph), style.width)] if paragraph.strip() else []
    return "\n".join(lines) + "\n"


def revision_text(diff: RevisionDiff, style: Style) -> str:
    """Return what changed from one revision to another, in the signs of `wdiff`; what stayed the same is cut short."""
    lines = [painted(style, f"from {safe(diff.before)} to {safe(diff.after)}: {diff.summary()}", BOLD)]
    lines += [f"{name}: {_replaced(style, before, after)}" for name, before, after in diff.facts]
    for paragraph in diff.paragraphs:
        lines += ["", _changed(paragraph, style)]
    return "\n".join(lines) + "\n"


def _changed(paragraph: ChangedParagraph, style: Style) -> str:
    shown = {
        DifferenceKind.SAME: lambda text: safe(without_middle(text)),
        DifferenceKind.REMOVED: lambda text: _replaced(style, text, ""),
        DifferenceKind.ADDED: lambda text: _replaced(style, "", text),
    }
    return " ".join(shown[segment.kind](segment.text) for segment in paragraph.segments)


def _replaced(style: Style, removed: str, added: str) -> str:
    """Return words that went in [-…-] and words that came in {+…+}; an empty side is left out."""
    gone = painted(style, f"[-{safe(removed)}-]", RED) if removed else ""
    come = painted(style, f"{{+{safe(added)}+}}", GREEN) if added else ""
    return " ".join(side for side in (gone, come) if side)


def safe(text: str) -> str:
    """Return `text` on one line, without anything that a terminal would obey."""
    # Once more after the controls are out, since a space may have stood between two of them.
    return " ".join(UNSAFE.sub("", " ".join(text.split())).split())


def safe_columns(line: str) -> str:
    """Return a line as `safe` does, with the spaces that set it in and its columns apart."""
    return UNSAFE.sub("", _BLANK.sub(" ", line)).rstrip()


def painted(style: Style, text: str, code: str) -> str:
    """Return `text` in an ECMA-48 rendition (`BOLD`, `RED`...) where the style has colours."""
    return f"\x1b[{code}m{text}\x1b[0m" if style.color else text


def marked(differences: Iterable[Difference], style: Style) -> str:
    """Return the quote's own words with what it lacks in [-…-] and what it adds in {+…+}: the signs of `wdiff`."""
    shown = (
        safe(step.quote)
        if step.kind == DifferenceKind.SAME
        else _replaced(style, without_middle(step.query), without_middle(step.quote))
        for step in differences
    )
    return " ".join(words for words in shown if words)


def without_middle(text: str) -> str:
    """Return a passage of more than `LONG_CHANGE` words by its ends, which are enough to know it by."""
    words = safe(text).split(" ")
    return " ".join([*words[:CHANGE_ENDS], "…", *words[-CHANGE_ENDS:]] if len(words) > LONG_CHANGE else words)


def extent(utterance: Utterance) -> str:
    """Say how widely an utterance was printed: "in 6 versions, printed 9 times by 4 outlets"."""
    by = f" by {counted(len(utterance.outlets), 'outlet')}" if utterance.outlets else ""
    return f"in {counted(len(utterance.versions) + len(utterance.also), 'version')}, printed {times(len(utterance.quotes))}{by}"


def _summary(result: Result, style: Style) -> str:
    """Say how much was found: "5 utterances, 22 quotes; the first in 6 versions, printed 9 times by 4 outlets"."""
    shown = len(result.utterances)
    some = f" ({shown:,} of them shown)" if shown < result.total_utterances else ""
    line = f"{counted(result.total_utterances, 'utterance')}{some}, {counted(result.total_quotes, 'quote')}"
    # Further pages begin with another utterance than the best one.
    which = "the first" if result.query.offset == 0 else f"number {result.query.offset + 1:,}"
    return painted(style, f"{line}; {which} {extent(result.utterances[0])}", BOLD)


def _near(quote: Quote, style: Style) -> list[str]:
    """Return a quote that is no answer as lines: who said it, its words, and where it was printed."""
    # No differences stand below it, so that its words alone say why it is here.
    words = without_middle(quote.text) if len(quote.text) > LONGEST_NEAR else safe(quote.text)
    lines = textwrap.wrap(f"{safe(named_speaker(quote))}: “{words}”", max(style.width - 4, NARROWEST - 10))
    where = f"{' ' * INDENT}{_printed_in(quote)} · {safe(quote.id)}"
    return [*(f"   {line}" for line in lines), painted(style, where, DIM)]


def _utterance(number: int | None, utterance: Utterance, style: Style, *, compared: bool = True) -> list[str]:
    """Return an utterance as lines; how it relates to what was asked only where words were asked for, with which it is `compared`."""
    doubtful = utterance.doubtful_speakers
    names = [safe(_named(name, in_doubt=name in doubtful)) for name in utterance.speakers]
    who = ", ".join(names) or "speaker not known"
    head = who if number is None else f"{number}. {who}"
    facts = []
    if compared:
        facts = [utterance.tier or HEADINGS[MatchKind(utterance.match.kind)], f"score {utterance.match.score:.2f}"]
    if utterance.first_published:
        facts.append(f"first known {safe(utterance.first_published[:10])}")
    if len(utterance.quotes) > 1:
        facts.append(extent(utterance))
    lines = [" · ".join([painted(style, head, BOLD), *facts])]
    for version in utterance.versions:
        lines += _version(version, utterance, style, compared=compared)
    for translation in utterance.translations:
        lines += _translation(translation, utterance, style)
    if utterance.also:
        printed = sum(len(version.quotes) for version in utterance.also)
        more = f"also from this utterance: {counted(len(utterance.also), 'version')}, printed {times(printed)}"
        lines.append(painted(style, f"   {more} (quotes show {safe(utterance.id)})", DIM))
    return lines


def _translation(translation: Translation, utterance: Utterance, style: Style) -> list[str]:
    """Return what an utterance probably is in another language, as lines; never compared word by word."""
    earlier = ", printed earlier" if translation.is_earlier else ""
    head = f"   in {language_name(translation.language)}{earlier}, probable translation (quotes show {safe(translation.utterance)}):"
    lines = [painted(style, head, DIM)]
    for version in translation.versions:
        lines += _version(version, utterance, style)
    return lines


def _version(version: Version, utterance: Utterance, style: Style, *, compared: bool = True) -> list[str]:
    """Return the words of one version, every place that prints them, and what differs, as lines."""
    match = version.match
    # Of a long quote that has more than was asked for, the differences below show the part that matters.
    long = match.kind == MatchKind.PART and len(version.text) > LONG_QUOTE
    words = without_middle(version.text) if long else safe(version.text)
    lines = [f"   {line}" for line in textwrap.wrap(f"“{words}”", max(style.width - 4, NARROWEST - 10)) or ["“”"]]
    for quote in version.quotes:
        lines += _place(quote, version if compared else None, utterance, style)
    margin = " " * INDENT
    if match.kind != MatchKind.EXACT and not match.is_in_other_words and match.differences:
        width = max(style.width, NARROWEST)
        signs = marked(match.differences, style)
        lines += textwrap.wrap(signs, width, initial_indent=margin, subsequent_indent=margin)
    if match.alters:
        lines.append(painted(style, f"{margin}! the change alters the meaning: {', '.join(match.alters)}", YELLOW))
    if version.explanation is not None:
        lines += explained(version.explanation, style)
    return lines


def explained(explanation: Explanation, style: Style) -> list[str]:
    """Return the contributions of an explanation, a line each, in log odds, and what they add up to."""
    lines = ["      why (log odds for one utterance):"]
    for one in explanation.contributions:
        value = "" if one.value is None else f" ({one.value:.4g})"
        lines.append(f"        {one.log_odds:+7.2f}  {safe(one.name)}{value}")
    lines.append(f"        {explanation.log_odds:+7.2f}  together: {explanation.probability:.2f}")
    return [painted(style, line, DIM) for line in lines]


def _printed_in(quote: Quote, speaker: str = "") -> str:
    """Return when and in what a quote was printed, and a speaker where one is given."""
    facts = ((quote.published or "no date")[:10], quote.outlet or "outlet not known", quote.title or "", speaker)
    return " · ".join(safe(fact) for fact in facts if fact)


def _place(quote: Quote, version: Version | None, utterance: Utterance, style: Style) -> list[str]:
    """Return when and where a quote was printed, by whom it was said if not by the speaker above, and who reports it; of which
    kind it is beside what was asked, where its version is given."""
    speaker = "" if quote.speaker in utterance.speakers[:1] else named_speaker(quote)
    where = _printed_in(quote, speaker)
    flags = "".join(f" · {flag}" for flag in quote.all_flags if flag in WARNING_FLAGS)
    margin = " " * INDENT
    kind = f" · {version.match.kind}" if version is not None else ""
    lines = [painted(style, f"{margin}{where}{kind}{flags} · {safe(quote.id)}", DIM)]
    if quote.via:
        lines.append(painted(style, f"{margin}as reported by {' > '.join(map(safe, quote.via))}", DIM))
    return lines
