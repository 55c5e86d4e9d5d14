"""What a citation of a quote says: who wrote the article that prints it, its headline, its paper, its day, its address.

A quote that is found in a paper is cited by that paper (APA 8.6, Chicago 14.260: a quotation found in a secondary source),
so that the reference is the article's; the words and who is said to have said them stand in its note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from search.instants import printed_day
from search.model import Quote, Result, digest
from search.names.name_words import name_words
from search.names.speaker_kind import SpeakerKind, kind_of
from search.plain_line import plain_line
from search.safe_address import safe_url
from search.text.folding import fold

MOST_AUTHORS: Final = 50  # of one article: a longer list is no by-line
LONGEST_TITLE: Final = 500  # code points: what is longer is no headline
_LONGEST_NAME: Final = 200  # code points: what is longer is no name
_DAY: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_ENDED: Final = re.compile(r"[.?!][”’\"']*\Z")
_CLOSING: Final = '”’"'
_STRAIGHT_PAIR: Final = re.compile(r'"([^"]*)"')
_STRAIGHT_SINGLE_PAIR: Final = re.compile(r"(?<!\w)'((?:[^']|'(?=\w)){1,200})'(?!\w)")
_FIRST_LETTER: Final = re.compile(r"[^\W\d_]")
# Articles, conjunctions and prepositions: small within a title (Chicago 8.160, MLA 2.90).
_SMALL_WORDS: Final = frozenset(
    """a an the and but or nor for yet so as at by in of off on to up via per with from into onto over upon about above
    across after against along amid among around before behind below beneath beside between beyond despite down during
    except inside near outside since through throughout toward towards under until within without vs vs. versus""".split()
)
# Words in the names of agencies and desks, which stand in by-lines and are no family's.
_NEWSROOM: Final = frozenset(
    """agence agencia agency agentur agenzia board bureau correspondents desk editors news newsroom press presse prensa
    redaktion service staff team wire""".split()
)
_LABEL: Final = re.compile(r"\A\w{2,20}: +(?=\w)")  # "Reporter: Ann Hartwell"


class AuthorName(NamedTuple):
    """The name of an author taken apart; where that cannot be done surely, all of it is `family` and `given` is empty."""

    family: str
    given: str = ""
    suffix: str = ""

    @property
    def initials(self) -> str:
        """Return the given names by their first letters: "Joren T." as "J. T.", "Jean-Luc" as "J.-L."."""
        parts = [[part[0] for part in word.split("-") if part] for word in self.given.split()]
        return " ".join("-".join(f"{letter}." for letter in letters) for letters in parts if letters)


class CitedSource(NamedTuple):
    """The article that prints a quote, as far as it is known; every text is one line without controls.

    `date` is year, month and day, or as much of them as is known; `note` is the quote with its speaker.
    """

    key: str
    authors: tuple[AuthorName, ...]
    title: str
    outlet: str
    date: tuple[int, ...]
    url: str
    language: str
    note: str


class Reference(NamedTuple):
    """A line of a list of references: the name of the paper, or of what stands in for it, is set in italics."""

    before: str
    italic: str
    after: str

    def __str__(self) -> str:
        return "".join(self)


def cited_source(quote: Quote) -> CitedSource:
    """Return what a citation of a quote says; `Quote.authors` must have been looked up (`search.find.bylines`)."""
    authors = tuple(author_name(name) for name in map(plain_line, quote.authors[:MOST_AUTHORS]) if name)
    day = _date(quote.published)
    speaker = plain_line(quote.speaker or "")
    letters = re.sub(r"[^a-z]", "", fold(authors[0].family if authors else quote.outlet or ""))[:20]
    return CitedSource(
        key=f"{letters or 'quote'}{day[0] if day else ''}-{digest(quote.id, length=8)}",
        authors=authors,
        title=_cut(plain_line(quote.title or ""), LONGEST_TITLE)
        or (f"[Words of {speaker}]" if speaker else "[Without a title]"),
        outlet=_cut(plain_line(quote.outlet or ""), _LONGEST_NAME),
        date=day,
        url=safe_url(quote.link) or "",
        language=plain_line(quote.language or ""),
        note=f"{speaker or 'Speaker not known'}: “{plain_line(quote.text)}”",
    )


def cited_sources(result: Result) -> Iterator[CitedSource]:
    """Yield the source of each quote of an answer, in its order."""
    for utterance in result.utterances:
        for version in utterance.versions:
            yield from map(cited_source, version.quotes)


def reference_lines(result: Result, reference: Callable[[CitedSource], Reference]) -> str:
    """Return a reference a line, in the order of an answer; each article once."""
    return "".join(f"{line}\n" for line in dict.fromkeys(str(reference(source)) for source in cited_sources(result)))


def author_name(name: str) -> AuthorName:
    """Return the name of an author taken apart, of one line.

    Agencies, names of one word and names in scripts without capitals stay whole: which of their words is the family's
    name, no rule can tell.
    """
    name = _LABEL.sub("", name[:_LONGEST_NAME])
    before, _, behind = name.partition(", ")
    suffix = ""
    if behind:
        capitalised = all(word[:1].isupper() for word in behind.split())
        if fold(behind).removesuffix(".") in name_words("suffixes"):
            suffix = behind
        elif capitalised and len(behind.split()) <= 3 and len(before.split()) - _particles(before.split()) == 1:
            return AuthorName(before, behind)
        elif capitalised:
            return AuthorName(name)
    words = before.split()
    parts = fold(before.replace("-", " ")).split()
    if (
        len(words) < 2
        or _NEWSROOM.intersection(parts)
        or before.upper() == before.lower()
        or kind_of(before) != SpeakerKind.PERSON
    ):
        return AuthorName(before)
    while len(words) > 2 and fold(words[0]).removesuffix(".") in name_words("titles"):
        del words[0]
    if len(words) > 2 and fold(words[-1]).removesuffix(".") in name_words("suffixes"):
        suffix = words.pop()
    start = len(words) - 1
    while start > 1 and _particles(words[start - 1 : start]):
        start -= 1
    return AuthorName(" ".join(words[start:]), " ".join(words[:start]), suffix)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def _particles(words: list[str]) -> int:
    return sum(word[:1].islower() and fold(word) in name_words("particles") for word in words)


def _date(published: str | None) -> tuple[int, ...]:
    match = _DAY.fullmatch(printed_day(published) or "")
    if match is None:
        return ()
    numbers = tuple(int(part) for part in match.groups() if part)
    try:
        date(*(*numbers, 1, 1)[:3])
    except ValueError:
        return ()
    return numbers


def inverted(name: AuthorName) -> str:
    """Return a name as a list begins with it: "Brask, Joren T., Jr."."""
    return ", ".join(part for part in (name.family, name.given, name.suffix) if part)


def in_order(name: AuthorName) -> str:
    """Return a name as it is spoken: "Joren T. Brask Jr."."""
    return " ".join(part for part in (name.given, name.family, name.suffix) if part)


def ended(text: str) -> str:
    """Return `text` with a full stop, unless it ends with a mark that ends a sentence; inside of closing marks, as in America."""
    if not text or _ENDED.search(text):
        return text
    before = text.rstrip(_CLOSING)
    closing = text[len(before) :]
    if not closing.strip("’") and "‘" not in text:
        return f"{text}."
    return f"{before}.{closing}"


def with_double_marks(title: str) -> str:
    """Return a headline with curly marks for straight ones, those of a quotation in it double."""
    return _STRAIGHT_SINGLE_PAIR.sub(r"“\1”", _STRAIGHT_PAIR.sub(r"“\1”", title)).replace("'", "’")


def quoted_title(source: CitedSource) -> str:
    """Return a headline between double quotation marks, its own ones made single, with the full stop that stands inside."""
    inner = headline_capitals(source).replace("“", "‘").replace("”", "’")
    return f"“{ended(inner)}”"


def headline_capitals(source: CitedSource) -> str:
    """Return an English headline with the capitals of a title, as Chicago and MLA ask for; another as it is printed.

    A word that has a capital keeps its letters; of a headline in capitals only the first of each word is left.
    """
    title = with_double_marks(source.title)
    if not source.language.lower().startswith("en") or title.startswith("["):
        return title
    words = title.lower().split(" ") if title.isupper() else title.split(" ")
    return " ".join(
        word if word != word.lower() or (_is_small(word) and 0 < at < len(words) - 1 and not words[at - 1].endswith((":", "?", "!")))
        else _FIRST_LETTER.sub(lambda letter: letter[0].upper(), word, count=1)
        for at, word in enumerate(words)
    )  # fmt: skip


def _is_small(word: str) -> bool:
    return word.strip("“”‘’,;:()") in _SMALL_WORDS


def names_joined(authors: Sequence[AuthorName], names: Sequence[str], conjunction: str) -> str:
    """Return the names of authors as a list: with a comma before the conjunction, but between two that are not turned round."""
    if len(names) < 2:
        return "".join(names)
    comma = "," if len(names) > 2 or any(name.given for name in authors) else ""
    return f"{', '.join(names[:-1])}{comma} {conjunction} {names[-1]}"
