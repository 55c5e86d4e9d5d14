"""What no article has, however long it is, and what would take minutes or gigabytes to look through: refused, and said."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Final

from search.errors import ReadError

# 5 million lines of a letter each took 1.3 GB and 37 s; a book of 10 MB, wrapped at 60 columns, has 170,000.
MAX_LINES: Final = 500_000
# 5 kB a paragraph once it is a tree and blocks: 2.5 million paragraphs of a letter took more than 8 GB. A book on one page has 30,000.
MAX_TAGS: Final = 150_000
# 60 us an entry, though nothing is in it: 1.2 million took more than a minute. In 10 MB so many articles have no room.
MAX_ENTRIES: Final = 50_000
# 0.8 ms a quotation: 1.25 million of one letter each took a quarter of an hour. A book of 600,000 words has 20,000 marks.
MAX_MARKS: Final = 100_000
# Shorter texts cost a second, whatever they hold; 10 MB of marks took a minute.
_MIN_COUNTED: Final = 300_000
_TAG: Final = re.compile(r"<[a-zA-Z]")
_MARKS: Final = '"“”„‟«»‹›「」『』＂❝❞〝〞'


def check_lines(text: str) -> str:
    """Return a text. Raises ReadError when it has more lines than any document."""
    if text.count("\n") > MAX_LINES:
        raise ReadError(f"it has more than {MAX_LINES:,} lines, which is the most one document may have.")
    return text


def check_tags(markup: str) -> str:
    """Return the markup of a page. Raises ReadError when it has more tags than any page."""
    if markup.count("<") > MAX_TAGS and len(_TAG.findall(markup)) > MAX_TAGS:
        raise ReadError(f"it has more than {MAX_TAGS:,} tags, which is the most one page may have.")
    return markup


def check_entries(number: int) -> None:
    """Raise ReadError for a number of entries that no feed has."""
    if number > MAX_ENTRIES:
        raise ReadError(f"it has more than {MAX_ENTRIES:,} entries, which is the most one feed may have.")


def no_article(text: str) -> str | None:
    """Return one sentence that says why a long text is no article: more marks than letters, or marks without an end.

    None for every text that is one, and for marks alone in one that is shorter than 300,000 code points.
    """
    if len(text) <= MAX_MARKS:
        return None
    numbers = Counter(text)
    marks = sum(numbers[mark] for mark in _MARKS)
    # Letters, digits, and the marks on letters, which are vowels in Hindi and Thai.
    words = sum(number for char, number in numbers.items() if unicodedata.category(char)[0] in "LMN")
    others = sum(number for char, number in numbers.items() if unicodedata.category(char)[0] in "PS")
    if others > 2 * words and len(text) >= _MIN_COUNTED:
        return "more than two thirds of it are punctuation, which is no writing."
    if marks > MAX_MARKS:
        return f"it has more than {MAX_MARKS:,} quotation marks, which is the most one document may have."
    return None
