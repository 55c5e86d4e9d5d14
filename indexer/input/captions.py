"""Captions as who says what at which second: WebVTT (W3C), SubRip, and the captions of YouTube's editor (SBV).

Not `webvtt-py`: it knows no speakers but those of `<v>`, and no roll-up (docs/design.md, "Dependencies").
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

# Hours may be left out, the comma is SubRip's; what stands behind the second time are settings of the place on the screen.
_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?"
TIMING = re.compile(rf"^[ \t]{{0,8}}{_TIME}[ \t]{{0,8}}(?:-{{1,2}}>|,)[ \t]{{0,8}}{_TIME}(?=\s|$)")
_HEADER_FIELD = re.compile(r"^(Kind|Language|Title|Url|Source)\s?:\s?(.{1,400})$", re.IGNORECASE)
_NOTE_ADDRESS = re.compile(r"https?://[^\s<>\"]{4,2000}")
_VOICE = re.compile(r"<v(?:\.[^\s>]{0,80})?[ \t]+([^>\n]{1,120})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|<\d{1,4}:[\d:.]{1,20}>|\{\\[^{}\n]{0,60}\}|<rt>[^<]{0,80}</rt>")
_SOUND = re.compile(r"[(\[][^()\[\]\n]{1,80}[)\]]:?|[♪♫#][^♪♫\n]{0,200}[♪♫]?")
_ARROWS = re.compile(r"^(?:>{2,3}|&gt;&gt;(?:&gt;)?)\s{0,3}")
_DASH = re.compile(r"^[-–—‐]\s?(?=\S)")
_BRACKETED = re.compile(r"^[(\[]([^()\[\]\n]{2,48})[)\]]\s?:?\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.?!…؟。！？][\"”’»)\]]{0,2}$")
_ROLL_UP_GAP = 0.5  # seconds between two cues of which the second may show a line of the first again
_MAX_ROLLED = 6  # lines that are shown at a time
# Seconds and code points after which a long speech begins a new paragraph with a sentence.
_PAUSE, _MAX_SPEECH = 4.0, 320


@dataclass(frozen=True, slots=True)
class CaptionCue:
    """One caption: when it is shown (seconds), and its lines as they stand in the file."""

    start: float
    end: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaptionLine:
    """Words at a second. `speaker` is a name by `<v>`; `is_new` says that somebody else begins, known or not."""

    second: float
    end: float
    text: str
    speaker: str | None = None
    is_new: bool = False


@dataclass(slots=True)
class CaptionFile:
    """The cues of a file in order, and what its header and notes say of it."""

    cues: list[CaptionCue] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)


def parse_captions(text: str) -> CaptionFile:
    """Return the cues of a file; what is no cue is passed over, so that one broken cue costs no other. Linear."""
    captions = CaptionFile()
    start = end = 0.0
    lines: list[str] = []
    in_cue = in_note = False
    for raw in [*text.split("\n"), ""]:
        line = raw.strip("\r \t\ufeff")
        timing = TIMING.match(line)
        if timing:
            # The number before the next cue, where no empty line parts the two.
            if lines and lines[-1].isdigit():
                lines.pop()
            _add_cue(captions, start, end, lines)
            start, end = _seconds(timing.groups()[:4]), _seconds(timing.groups()[4:])
            lines = []
            in_cue, in_note = True, False
            # Some tools write the words behind the times.
            rest = line[timing.end() :].strip()
            if "<v" in rest:
                lines.append(rest[rest.index("<v") :])
        elif in_cue and line:
            lines.append(line)
        elif not line:
            in_cue = in_cue and not lines
            in_note = False
        elif not in_note:
            in_note = line.startswith(("NOTE", "STYLE", "REGION"))
            _note(captions, line)
        else:
            _note(captions, line)
    _add_cue(captions, start, end, lines)
    return captions


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, fraction = parts
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + float(f"0.{fraction or 0}")


def _add_cue(captions: CaptionFile, start: float, end: float, lines: list[str]) -> None:
    if lines:
        captions.cues.append(CaptionCue(start, max(start, end), tuple(lines)))


def _note(captions: CaptionFile, line: str) -> None:
    """Take what a line outside of the cues says of the file."""
    known = _HEADER_FIELD.match(line.removeprefix("NOTE").strip())
    address = _NOTE_ADDRESS.search(line)
    if address:
        captions.about.setdefault("url", address.group())
    elif known:
        captions.about.setdefault(known.group(1).lower(), known.group(2).strip())
    elif line.startswith("WEBVTT") and len(line) > 7:
        captions.about.setdefault("title", line[6:].strip(" -–—\t"))


def caption_lines(cues: Sequence[CaptionCue]) -> Iterator[CaptionLine]:
    """Yield the words of the cues in order, without markup and sounds, and without what a roll-up shows again."""
    before: list[str] = []
    last_end = -1.0
    rolls = _rolls_up(cues)
    for cue in cues:
        plain = [_plain(line) for line in cue.lines]
        near = cue.start - last_end <= _ROLL_UP_GAP
        repeated = _overlap(before, plain) if near else 0
        if repeated and not rolls and sum(len(line.split()) for line in plain[:repeated]) < 3:
            repeated = 0
        dashes = sum(1 for line in plain if _DASH.match(line))
        for number, line in enumerate(cue.lines[repeated:], repeated):
            grown = before[-1] if near and rolls and number == repeated and not repeated and before else ""
            yield from _line(line, cue, grown, dashes=dashes)
        before, last_end = [line for line in plain if line] or before, cue.end


def _plain(line: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", line)).split())


def _overlap(before: Sequence[str], now: Sequence[str]) -> int:
    """How many of the first lines are the last ones of the cue before."""
    return next(
        (
            size
            for size in range(min(len(before), len(now), _MAX_ROLLED), 0, -1)
            if list(before[-size:]) == list(now[:size])
        ),
        0,
    )


def _rolls_up(cues: Sequence[CaptionCue]) -> bool:
    """Whether a third of the cues show again what the one before showed, as captions that roll up do."""
    plain = [[words for line in cue.lines if (words := _plain(line))] for cue in cues]
    pairs = list(pairwise(plain))
    again = sum(1 for one, two in pairs if one and two and (_overlap(one, two) or _grows(one[-1], two[0])))
    return bool(pairs) and 3 * again >= len(pairs)


def _grows(before: str, now: str) -> bool:
    return len(now) > len(before) > 0 and now.startswith(before)


def _line(line: str, cue: CaptionCue, grown: str, *, dashes: int) -> Iterator[CaptionLine]:
    """The words of one line: one piece, or several where `<v>` names a speaker within it."""
    parts = _VOICE.split(line)
    for number in range(0, len(parts), 2):
        speaker = _plain(parts[number - 1]) if number else None
        words = _plain(parts[number])
        if grown and _grows(grown, words):
            words = words[len(grown) :].strip()
        arrows = _ARROWS.match(words)
        words = words[arrows.end() :] if arrows else words
        dash = _DASH.match(words) if number == 0 and (dashes > 1 or words[1:2] in (" ", "")) else None
        # A small letter goes on after a dash; a capital, or a letter without case, may be somebody else's.
        is_dash = dash is not None and not words[dash.end() :][:1].islower()
        words = words[dash.end() :] if dash and is_dash else words
        bracketed = _BRACKETED.match(words)
        if bracketed and _is_name(bracketed.group(1)) and not speaker:
            speaker, words = bracketed.group(1), words[bracketed.end() :]
        words = " ".join(_SOUND.sub(" ", words).split())
        if words or speaker:
            yield CaptionLine(cue.start, cue.end, words, speaker, bool(arrows) or is_dash or speaker is not None)


def _is_name(words: str) -> bool:
    """Whether what stands in brackets before words is a name and not a manner: "[Nora Blum]", not "[LAUGHING]" or "[on phone]"."""
    parts = words.split()
    return 2 <= len(parts) <= 4 and all(part[:1].isupper() for part in parts)


@dataclass(slots=True)
class Speech:
    """Words that one speaker says without a break, from a second on."""

    speaker: str | None
    second: float
    end: float
    text: str


def join_speeches(lines: Sequence[CaptionLine], labels: Sequence[tuple[str, int] | None]) -> list[Speech]:
    """Return the lines put together by speaker; `labels` gives for each the name that it begins with and where its words begin.

    A speaker is kept until the next one. A long speech goes on in a paragraph of its own, with a sentence.
    """
    speeches: list[Speech] = []
    speaker: str | None = None
    for line, label in zip(lines, labels, strict=True):
        words = line.text[label[1] :].strip() if label else line.text
        name = label[0] if label else line.speaker
        is_new = line.is_new or label is not None
        is_other = is_new and (name != speaker or name is None)
        speaker = (name or None) if is_new else speaker
        if not words:
            if is_other:
                speeches.append(Speech(speaker, line.second, line.end, ""))
            continue
        last = speeches[-1] if speeches else None
        if last is not None and not last.text and not is_other:
            last.text, last.second, last.end = words, line.second, line.end
        elif last is None or is_other or _begins_paragraph(last, line):
            speeches.append(Speech(speaker, line.second, line.end, words))
        else:
            last.text, last.end = f"{last.text} {words}", line.end
    return [speech for speech in speeches if speech.text]


def _begins_paragraph(last: Speech, line: CaptionLine) -> bool:
    is_long = len(last.text) >= _MAX_SPEECH or line.second - last.end > _PAUSE
    return is_long and (bool(_SENTENCE_END.search(last.text[-4:])) or len(last.text) >= 4 * _MAX_SPEECH)


def speech_note(speech: Speech) -> str:
    """Return what a region of the role "speech" notes: its second, then its speaker where one is known."""
    return f"{speech.second:.3f} {speech.speaker or ''}".strip()


def parse_speech_note(note: str | None) -> tuple[float | None, str | None]:
    """Return the second and the speaker that a region of the role "speech" notes."""
    second, _, speaker = (note or "").partition(" ")
    try:
        return float(second), speaker or None
    except ValueError:
        return None, None


def repeated_names(names: Sequence[str]) -> frozenset[str]:
    """Return the names that come twice or more."""
    return frozenset(name for name, count in Counter(names).items() if count >= 2)
