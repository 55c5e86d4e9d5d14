"""Lines that a page prints around its article: forms, links, notices, by-lines, dates, captions.

The patterns are of whole lines, so that a sentence of the article that mentions a newsletter stays.
"""

from __future__ import annotations

import re
from enum import StrEnum

from indexer.metadata.bylines import author_names
from indexer.metadata.dates import parse_date
from indexer.metadata.phrases import compile_phrases


class LineKind(StrEnum):
    """What a line of a page is when it is not the article's own words."""

    DROP = "drop"  # a form, a button, a notice: it goes
    COMMENTS = "comments"  # it stands above readers' comments
    RELATED = "related"  # it stands above links to other articles
    BYLINE = "byline"
    DATE = "date"
    CAPTION = "caption"
    COPYRIGHT = "copyright"
    ADDRESS = "address"
    RULE = "rule"


# Code points above which a line is the article's words, whatever it looks like; set where the first paragraph of the test
# pages was taken for something else.
_MAX_CLASSIFIED_CHARS = 400
_MAX_CAPTION_CHARS = 320
_MAX_CREDIT_CHARS = 220
_MAX_NOTICE_CHARS = 200
_MAX_COPYRIGHT_CHARS = 160
_MAX_DATE_LINE_CHARS = 90

_COMMENTS = compile_phrases("boilerplate", "comments", r"^\W*", r"\W*$")
_RELATED = compile_phrases("boilerplate", "related", r"^\W*", r"\W*$")
_DROP = compile_phrases("boilerplate", "drop", r"^\W*", r"\W*$")
_URL = re.compile(
    r"^\W*(?:(?:source|via|link|from|quelle|fuente|origen|original)\s*:\s*)?(?:https?://|www\.)\S+\W*$", re.IGNORECASE
)
_RULE = re.compile(r"^[\s*_=~#•·—–-]{3,}$|^(?:\* ?){3,}$")
_FILE = re.compile(r"^(?:[^.!?“”\"]{3,80}\(\d{1,2}\)|[\w -]{3,80}\.(?:jpe?g|png|gif|webp|svg))$", re.IGNORECASE)
_COPYRIGHT = re.compile(r"(?:©|\(c\)\s*\d{4}|\bcopyright\b)", re.IGNORECASE)
_HOLDER = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:\d{4}(?:\s*[-–]\s*\d{4})?)?,?\s*(?:by\s+)?(?P<name>[A-Z][\w&'’. -]{1,48}?)\s*(?:,|\.(?:\s|$)|\||\d{4}|all rights|$)",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^\W{0,3}(?:(?:story|words|report(?:ed|ing)?|written|posted|published|analysis|opinion|edited|compiled|submitted|text)\s+)?"
    r"(?:by|von|par|por|door|av|af|автор:?|نویسنده:?)\s+(?P<name>[^.!?“”\"«»]{3,120})$",
    re.IGNORECASE,
)
_BYLINE_ALONE = re.compile(
    r"^\W*(?:(?:written|posted|published|reported|edited|submitted|story|words)\s+by|by|author|von|autor|auteur)\s*:?\W*$",
    re.IGNORECASE,
)
_DATE_WORDS = compile_phrases("boilerplate", "date_words", r"\b", r"\b")
_PLACED = re.compile(
    r"^[^.“\"«]{3,110}\((?:[\w ]+, )?(?:left|right|cent(?:er|re)|middle|pictured|file|l|r|c|[\w ]*(?:image|photo|picture)[\w ]*|(?:top|bottom|front|back|second|third)[\w ,]*)\)",
    re.IGNORECASE,
)
_CREDITED = re.compile(
    r"(?:\((?:[^()]{0,60}(?:photo|image|picture|foto)[^()]{0,60}|(?:ap|afp|reuters|getty|epa|dpa|tass|irna|isna)[^()]{0,40})\)|\b(?:photo|foto|image|picture|credit)s?(?: by|:) .{2,60}|\[(?:photo|image|file)[^\]]{0,60}\]|/(?:ap|afp|getty images|reuters|epa))\W*$",
    re.IGNORECASE,
)
# In every credit; looked for first, since they are in nearly no line.
_CREDIT_WORDS = ("photo", "image", "picture", "foto", "credit", "getty", "reuters", "afp", "/ap", "(ap", "/epa", "(epa")
# Before a slash and the agency, as a sentence of its own, behind a bar or in brackets.
_PHOTOGRAPHER = re.compile(r"(?:^|[.!?:|(]\s*)(?P<name>[A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]*){0,4})$")
_SAYS = compile_phrases("boilerplate", "says", r"\b", r"\b|:\s*[“\"«„]")


def line_kind(line: str) -> LineKind | None:
    """Return the kind of a line that is not the article's own words, else None. A long line is always words."""
    if len(line) > _MAX_CLASSIFIED_CHARS:
        return None
    if _RULE.match(line):
        return LineKind.RULE
    if (
        _COPYRIGHT.search(line)
        and len(line) < _MAX_COPYRIGHT_CHARS
        and not re.search(r"[.!?]\s+\w+\s+\w+\s+\w+\s+\w+", line)
    ):
        return LineKind.COPYRIGHT
    if len(line) < _MAX_NOTICE_CHARS:
        if _COMMENTS.match(line):
            return LineKind.COMMENTS
        if _RELATED.match(line):
            return LineKind.RELATED
        if _URL.match(line):
            return LineKind.ADDRESS
        if _DROP.match(line) or _FILE.match(line):
            return LineKind.DROP
        if is_date_line(line):
            return LineKind.DATE
        if _BYLINE.match(line) or _BYLINE_ALONE.match(line):
            return LineKind.BYLINE if is_byline(line) else None
    return LineKind.CAPTION if is_caption(line) else None


def is_date_line(line: str) -> bool:
    """Return whether a line is a date and nothing else."""
    if len(line) > _MAX_DATE_LINE_CHARS or not any(map(str.isdigit, line)) or not parse_date(_without_label(line)):
        return False
    rest = re.sub(r"[\d\W_]+", " ", _DATE_WORDS.sub(" ", line))
    return len(rest.replace(" ", "")) <= 24 and len(rest.split()) <= 3


def date_in_line(line: str) -> str | None:
    """Return the date that a date line gives, as ISO 8601; None when it gives none."""
    return parse_date(_without_label(line))


def _without_label(line: str) -> str:
    return re.sub(
        r"^\W*(?:(?:last\s+)?(?:published|updated|posted|modified|created|date|stand|veröffentlicht)(?:\s+(?:on|at|am))?\s*:?\s*)+",
        "",
        line,
        flags=re.IGNORECASE,
    )


def is_byline(line: str) -> bool:
    """Return whether a line names its authors ("By Lena Brandt, Geneva"), or announces that the next line does."""
    if _BYLINE_ALONE.match(line):
        return True
    found = _BYLINE.match(line)
    if not found or len(line.split()) > 14:
        return False
    return any(word[:1].isupper() for word in found.group("name").split()[:3]) and bool(byline_authors(line))


def announces_byline(line: str) -> bool:
    """Return whether the name stands in the next line ("Written by")."""
    return bool(_BYLINE_ALONE.match(line))


def byline_authors(line: str) -> tuple[str, ...]:
    """Return the names in a by-line. What follows a single comma is a place ("By Lena Brandt, Geneva")."""
    found = _BYLINE.match(line)
    words = without_date(found.group("name") if found else line)
    parts = [part for part in re.split(r"\s*,\s*", words) if part]
    if len(parts) == 2 and not re.search(r"\s(?:and|und|et|y|e|&)\s", parts[1]):
        parts = parts[:1]
    kept = [part for number, part in enumerate(parts) if number == 0 or len(part.split()) >= 2]
    return author_names([", ".join(kept)])


def without_date(line: str) -> str:
    """Return a by-line without the date that follows it on the same line."""
    return re.split(
        r"\s+(?:on\s+)?(?:\W\s*)?(?=(?:\d{1,2}\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d|\d{1,2}[./]\d)|\s+[|•·–—-]\s+",
        line,
        maxsplit=1,
        flags=re.IGNORECASE,
    )[0]


def is_caption(line: str) -> bool:
    """Return whether a line stands under a picture: it says who is where in it, or whose picture it is."""
    if len(line) > _MAX_CAPTION_CHARS:
        return False
    if _PLACED.match(line):
        sentence = re.split(r"(?<=[.!?])\s", line, maxsplit=1)[0]
        return not _SAYS.search(sentence)
    return len(line) < _MAX_CREDIT_CHARS and bool(_CREDITED.search(line)) and not _SAYS.search(line)


def is_dropped(line: str) -> bool:
    """Return whether a line is a form, a button, a link or a notice, in a text of which all lines are kept."""
    return len(line) < _MAX_NOTICE_CHARS and bool(_DROP.match(line))


def credit_start(line: str) -> int | None:
    """Return where the credit begins that ends a line ("Photo: ...", "(AP Photo/...)", "/Getty Images"); None without one."""
    tail = line[-80:].lower()
    if not any(word in tail for word in _CREDIT_WORDS):
        return None
    found = _CREDITED.search(line, max(0, len(line) - 140))
    if found is None:
        return None
    name = _PHOTOGRAPHER.search(line, max(0, found.start() - 60), found.start()) if found.group()[0] == "/" else None
    return name.start("name") if name else found.start()


def reports_speech(line: str) -> bool:
    """Return whether a line tells that somebody said something."""
    return bool(_SAYS.search(line))


def copyright_holder(line: str) -> str | None:
    """Return who holds the copyright by a notice, the outlet mostly; None when it names nobody."""
    found = _HOLDER.search(line)
    name = found.group("name").strip(" .-") if found else ""
    if (
        not found
        or not name[:1].isupper()
        or re.match(r"(?:all|rights|the author|xml)\b", name, re.IGNORECASE)
        or len(name.split()) > 6
    ):
        return None
    return name
