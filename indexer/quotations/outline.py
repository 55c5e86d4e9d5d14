"""A text as words, and as an outline: the words outside quotations, with one placeholder for each quotation.

Who spoke is decided on the outline, where `"A," he said, "B."` reads as Q , he said , Q. Offsets are code points.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.quotations.quotation_marks import Quotation

PLACEHOLDER = "“”"

_ABBREVIATION = (
    "Mr|Mrs|Ms|Mx|Dr|Sen|Sens|Rep|Reps|Gov|Govs|Gen|Lt|Col|Sgt|Capt|Maj|Rev|Hon|St|Jr|Sr|Prof|Pres|Sec|Adm|Cmdr|Cpl"
    "|Del|Supt|Atty|Messrs|Msgr|Fr|Mt|No|vs|etc|Inc|Corp|Co|Ltd|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Fla|Calif|Pa|Va|Mass|Ariz"
    "|Wis|Mich|Minn|Tenn|Conn|Ga|Ala|Ill|Ind|Colo|Okla|Ore|Wash|Del|Md|Ky|La|Mo|Nev|Neb|Kan|Tex"
)
# Plain small words, which most are, come first: the abbreviations need not be tried on them.
_TOKEN = re.compile(
    rf"[a-z]+(?![\w.'’-])|(?=[A-Zev])(?:{_ABBREVIATION})\.(?!\w)|(?:[A-Z]\.){{2,8}}|[A-Z]\.(?=\s+[A-Z])"
    r"|\d+(?:[.,:]\d+)*(?![\w-])|['’]s\b|[@#]?\w+(?:(?:-|['’](?!s\b))\w+)*|\.{2,}|--+|\S"
)
DASHES = frozenset(("-", "--", "–", "—", "―", "‒"))
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_STOPS = frozenset((".", "!", "?", "…", "...", "؟", "。"))
_END_MARKS = frozenset(".!?…؟。！？")


@dataclass(frozen=True, slots=True)
class Outline:
    """The words outside the outermost quotations, in order, with a placeholder where each quotation stands.

    quote[i] is the index of the quotation that item i stands for, or -1 for a word. `paragraph` counts non-empty lines,
    `sentence` counts sentences through the whole text.
    """

    text: str
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    paragraph: list[int]
    sentence: list[int]
    quote: list[int]

    def __len__(self) -> int:
        return len(self.words)


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The words and punctuation marks of a stretch, as spans."""
    return [match.span() for match in _TOKEN.finditer(text, start, len(text) if end is None else end)]


def outline(text: str, quotations: Sequence[Quotation]) -> Outline:
    """Words outside the outermost quotations and placeholders for these, with their paragraphs and sentences."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    quote: list[int] = []
    at = 0
    tops = [(number, q) for number, q in enumerate(quotations) if q.parent is None]
    for number, q in [*tops, (-1, None)]:
        found = list(_TOKEN.finditer(text, at, q.open if q else len(text)))
        words += [match.group() for match in found]
        starts += [match.start() for match in found]
        ends += [match.end() for match in found]
        quote += [-1] * len(found)
        if q:
            words.append(PLACEHOLDER)
            starts.append(q.open)
            ends.append(q.close)
            quote.append(number)
            at = q.close
    lower = [word.lower() for word in words]
    paragraph = _paragraphs(text, starts)
    tails = [text[max(q.start, q.end - 1) : q.end] if q else "" for _, q in tops]
    by_number = {number: tail for (number, _), tail in zip(tops, tails, strict=True)}
    sentence = _sentences(words, paragraph, quote, by_number)
    return Outline(text, words, lower, starts, ends, paragraph, sentence, quote)


def _paragraphs(text: str, starts: Sequence[int]) -> list[int]:
    """The number of the non-empty line that each offset stands in."""
    lines = [match.start() for match in _LINE.finditer(text) if not match.group().isspace()]
    out: list[int] = []
    at = 0
    for number, following in enumerate(lines[1:]):
        stop = bisect_left(starts, following, at)
        out += [number] * (stop - at)
        at = stop
    return out + [max(0, len(lines) - 1)] * (len(starts) - at)


def _sentences(words: list[str], paragraph: list[int], quote: list[int], tails: dict[int, str]) -> list[int]:
    """Number the sentences. A quotation that ends in a full stop ends its sentence unless the text goes on small."""
    out: list[int] = []
    number = 0
    line = paragraph[0] if paragraph else 0
    for i, here in enumerate(paragraph):
        if here != line:
            number += 1
            line = here
        elif i and (quote[i - 1] >= 0 or words[i - 1] in _STOPS) and _breaks(words, quote, tails, i):
            number += 1
        out.append(number)
    return out


def _breaks(words: list[str], quote: list[int], tails: dict[int, str], i: int) -> bool:
    """Whether a sentence ends between items i-1 and i of one paragraph: a full stop, or a quotation that ends in one."""
    here = words[i]
    if quote[i - 1] >= 0:
        tail = tails[quote[i - 1]]
        return tail in _END_MARKS and tail != "" and (here[0].isupper() or quote[i] >= 0)
    return not here[0].islower()
