"""The lines of a text as paragraphs: hard wraps undone where the text is really wrapped, blank lines remembered."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Longer lines than this are not made by wrapping at a column.
MAX_WRAP_COLUMN = 100
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_LIST = re.compile(r"^(?:[-*•–—·▪◦]|\d{1,3}[.)])\s")
_ENDS = re.compile(r"[.!?…:;\"”“»’'）)\]。！？」]$")


@dataclass(frozen=True, slots=True)
class PlainParagraph:
    """One paragraph, and how many blank lines stand before it."""

    text: str
    blank: int


def split_paragraphs(text: str) -> list[PlainParagraph]:
    """Return the paragraphs of a text: its lines, or, where it is hard-wrapped, its blocks of lines."""
    blocks = _blocks(text)
    wrapped = _is_wrapped(blocks)
    found: list[PlainParagraph] = []
    for blank, block in blocks:
        if wrapped and len(block) > 1:
            found.extend(
                PlainParagraph(line, blank if number == 0 else 0) for number, line in enumerate(_unwrap(block))
            )
        else:
            found.extend(PlainParagraph(line, blank if number == 0 else 0) for number, line in enumerate(block))
    return found


def _blocks(text: str) -> list[tuple[int, list[str]]]:
    """Runs of lines between blank lines, each with the number of blank lines before it."""
    found: list[tuple[int, list[str]]] = []
    blank, fresh = 0, True
    for raw in text.split("\n"):
        line = _SPACES.sub(" ", raw).strip()
        if not line:
            blank, fresh = blank + 1, True
        elif fresh:
            found.append((blank, [line]))
            blank, fresh = 0, False
        else:
            found[-1][1].append(line)
    return found


def _is_wrapped(blocks: list[tuple[int, list[str]]]) -> bool:
    """Whether lines end because a column was reached: of equal length, in the middle of sentences."""
    inner = [line for _, block in blocks for line in block[:-1]]
    if len(inner) < 3:
        return False
    width = sorted(map(len, inner))[int(len(inner) * 0.9)]
    if not 30 <= width <= MAX_WRAP_COLUMN or max(map(len, inner)) > width * 1.5:
        return False
    full = sum(1 for line in inner if len(line) >= width * 0.7)
    broken = sum(1 for line in inner if not _ENDS.search(line))
    return full >= 0.6 * len(inner) and broken >= 0.6 * len(inner)


def _unwrap(block: list[str]) -> list[str]:
    """The lines of a wrapped block as one paragraph; items of a list stay apart."""
    joined = [block[0]]
    for line in block[1:]:
        if _LIST.match(line):
            joined.append(line)
        elif joined[-1].endswith("-") and joined[-1][-2:-1].isalpha() and line[:1].islower():
            joined[-1] += line
        else:
            joined[-1] += " " + line
    return joined
