"""Split a text into words, and into an outline: the words outside quotations, with one placeholder for each quotation.

Who spoke is decided on the outline, where `"A," he said, "B."` reads as Q , he said , Q. Offsets are code points.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.quotations.quotation_marks import Quotation
from indexer.word_lists import word_list
from search.text.scripts import has_spaceless_script

PLACEHOLDER = "“”"

_ABBREVIATION = "|".join(sorted(map(re.escape, word_list("abbreviations"))))
_ABBREVIATION_INITIALS = "".join(sorted({word[0] for word in word_list("abbreviations")}))
# The party and state or town of a member of Congress, one word: "R-Maine", "D-Calif.", "R-S.C.", "D-St. Louis".
_PARTY_TAG = r"[RDI]-(?:St\. )?(?:[A-Z]\.|[A-Z][a-z]+){1,2}(?:\.(?=[,;:)]))?(?![\w-])"
# Plain small words, which most are, come first: the abbreviations need not be tried on them. Initials are bounded at 8
# letters ("U.S.S.R."), so that a text of a million "A.A.A." stays linear.
_TOKEN = re.compile(
    rf"[a-z]+(?![\w.'’-])|(?=[{_ABBREVIATION_INITIALS}])(?:{_ABBREVIATION})\.(?!\w)|{_PARTY_TAG}"
    r"|(?:[A-Z]\.){2,8}|[A-Z]\.(?=\s+[A-Z])|\d+(?:[.,:]\d+)*(?![\w-])|['’]s\b|[@#]?\w+(?:(?:-|['’](?!s\b)|(?<=[א-ת])[\"״׳](?=[א-ת]))\w+)*|\.{2,}|--+|\S"
)
DASHES = frozenset(("-", "--", "–", "—", "―", "‒"))
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_STOPS = frozenset((".", "!", "?", "…", "...", "؟", "。"))
_END_MARKS = frozenset(".!?…؟。！？")


@dataclass(frozen=True, slots=True)
class Outline:
    """The words outside the outermost quotations, in order, with a placeholder where each quotation stands.

    One entry an item:

    words, lower     the word or mark as printed, and in small letters
    starts, ends     its half-open span, code points
    paragraph        the number of its non-empty line
    sentence         the number of its sentence, counted through the whole text
    quotation        the index of the quotation that it stands for, or -1 for a word
    """

    text: str
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    paragraph: list[int]
    sentence: list[int]
    quotation: list[int]

    def __len__(self) -> int:
        return len(self.words)

    def opens_sentence(self, at: int) -> bool:
        """Return whether item `at` is the first of its sentence."""
        return at == 0 or self.sentence[at - 1] != self.sentence[at]


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the words and punctuation marks of the stretch start..end as half-open spans."""
    return [match.span() for match in _TOKEN.finditer(text, start, len(text) if end is None else end)]


def split_words(text: str) -> list[str]:
    """Return the words of a text between white space, those of scripts without spaces cut into pairs of characters."""
    pieces = text.split()
    if not has_spaceless_script(text):
        return pieces
    return [part for piece in pieces for part in _pairs(piece)]


def _pairs(piece: str) -> list[str]:
    """Return a word, or its pairs of characters when its script has no spaces."""
    return [piece[k : k + 2] for k in range(0, len(piece), 2)] if has_spaceless_script(piece) else [piece]


def build_outline(text: str, quotations: Sequence[Quotation]) -> Outline:
    """Return the words outside the outermost quotations and a placeholder for each of these, in order."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    numbers: list[int] = []
    at = 0
    outermost = [(number, quotation) for number, quotation in enumerate(quotations) if quotation.parent is None]
    for number, quotation in [*outermost, (-1, None)]:
        tokens = list(_TOKEN.finditer(text, at, quotation.open if quotation else len(text)))
        words += [match.group() for match in tokens]
        starts += [match.start() for match in tokens]
        ends += [match.end() for match in tokens]
        numbers += [-1] * len(tokens)
        if quotation:
            words.append(PLACEHOLDER)
            starts.append(quotation.open)
            ends.append(quotation.close)
            numbers.append(number)
            at = quotation.close
    lower = [word.lower() for word in words]
    paragraph = _number_paragraphs(text, starts)
    last_characters = {number: text[max(q.start, q.end - 1) : q.end] for number, q in outermost}
    sentence = _number_sentences(words, paragraph, numbers, last_characters)
    return Outline(text, words, lower, starts, ends, paragraph, sentence, numbers)


def _number_paragraphs(text: str, starts: Sequence[int]) -> list[int]:
    """Return the number of the non-empty line that each offset stands in."""
    lines = [match.start() for match in _LINE.finditer(text) if not match.group().isspace()]
    numbers: list[int] = []
    at = 0
    for number, next_line in enumerate(lines[1:]):
        stop = bisect_left(starts, next_line, at)
        numbers += [number] * (stop - at)
        at = stop
    return numbers + [max(0, len(lines) - 1)] * (len(starts) - at)


def _number_sentences(
    words: Sequence[str], paragraph: Sequence[int], quotation: Sequence[int], last_characters: Mapping[int, str]
) -> list[int]:
    """Return the number of each item's sentence.

    A quotation that ends in a full stop ends its sentence unless the text goes on with a small letter.
    """
    numbers: list[int] = []
    number = 0
    line = paragraph[0] if paragraph else 0
    for i, here in enumerate(paragraph):
        if here != line:
            number += 1
            line = here
        elif (
            i
            and (quotation[i - 1] >= 0 or words[i - 1] in _STOPS)
            and _ends_sentence(words, quotation, last_characters, i)
        ):
            number += 1
        numbers.append(number)
    return numbers


def _ends_sentence(words: Sequence[str], quotation: Sequence[int], last_characters: Mapping[int, str], i: int) -> bool:
    """Whether a sentence ends between items i-1 and i of one paragraph, after a full stop or a quotation."""
    here = words[i]
    if quotation[i - 1] >= 0:
        last = last_characters[quotation[i - 1]]
        return last in _END_MARKS and last != "" and (here[0].isupper() or quotation[i] >= 0)
    return not here[0].islower()
