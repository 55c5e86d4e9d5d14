"""A correction as a value: what a person changed, with the reason, named so that it outlives every re-indexing.

A quote is named by its document and its words, as a TextQuoteSelector of the W3C's Web Annotation names a passage: the
words, and what stands before and after them. Its id alone would not do, since a page that is read again by a newer program,
or was edited, gives the same words another id.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from search.errors import QueryError
from search.message import Message
from search.model import Quote, digest
from search.names.person_name import folded_name
from search.text.analysis import analyse

NAME_LENGTH: Final = 200  # code points of a name of a person or body
REASON_LENGTH: Final = 1_000  # code points
MOST_NAMES: Final = 100  # of one correction: more names than any person has
MOST_QUOTES: Final = 1_000  # of one correction
CONTEXT_KEPT: Final = 60  # code points before and after a quote: enough to tell two "Yes." of one interview apart


class CorrectionKind(StrEnum):
    """What is corrected, and so what the other fields of a correction hold."""

    JOIN = "join"  # the first quote is one utterance with each of the others
    SPLIT = "split"  # the first quote is no version of any of the others
    SPEAKER = "speaker"  # the quote was said by the one name; by somebody unknown where there is none
    SCARE = "scare"  # the marks quote nobody
    SAID = "said"  # somebody is quoted, though the marks were taken for scare quotes
    HIDE = "hide"  # the quote is shown nowhere
    SAME_PERSON = "same_person"  # the first name is what a person is called whom the others name, too
    OTHER_PERSON = "other_person"  # all the names are different people's


# The kinds that change what a quote itself says; the others are about several quotes, or about names.
KINDS_OF_QUOTES: Final = frozenset(
    {CorrectionKind.SPEAKER, CorrectionKind.SCARE, CorrectionKind.SAID, CorrectionKind.HIDE}
)
KINDS_OF_UTTERANCES: Final = frozenset({CorrectionKind.JOIN, CorrectionKind.SPLIT})
KINDS_OF_NAMES: Final = frozenset({CorrectionKind.SAME_PERSON, CorrectionKind.OTHER_PERSON})


@dataclass(frozen=True, slots=True)
class QuoteName:
    """A quote by its document and its words.

    id        the quote's id when it was corrected
    document  the id of its document then, "" where it has none
    page      the page that the document is a revision of, so that the next revision is corrected, too; "" where not known
    exact     the words; `prefix` and `suffix` are what stands before and after them
    """

    id: str
    document: str
    page: str
    exact: str
    prefix: str = ""
    suffix: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """Return what the quote may be found again by: its own id, its document's, and its page."""
        return tuple(dict.fromkeys(key for key in (self.id, self.document, self.page) if key))


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision of a person.

    made, undone   when, ISO 8601 in UTC to the microsecond, so that corrections have an order; None where it is in force
    person         who made it, `undone_by` who took it back, each with a reason
    quotes, names  what it is about (`CorrectionKind`)
    """

    id: str
    kind: CorrectionKind
    made: str
    person: str
    reason: str
    quotes: tuple[QuoteName, ...] = ()
    names: tuple[str, ...] = ()
    undone: str | None = None
    undone_by: str = ""
    undone_reason: str = ""


def name_of(quote: Quote) -> QuoteName:
    """Return the name by which a quote is found again."""
    before, after = quote.before[-CONTEXT_KEPT:], quote.after[:CONTEXT_KEPT]
    return QuoteName(quote.id, quote.document_id, quote.url or "", quote.text, before, after)


def new_correction(
    kind: CorrectionKind,
    person: str,
    reason: str,
    quotes: tuple[QuoteName, ...] = (),
    names: tuple[str, ...] = (),
    *,
    after: str = "",
) -> Correction:
    """Return a correction that is made now; later than `after` even where the clock was set back.

    Raises:
        QueryError: a text is missing or too long, or there are not as many quotes and names as the kind needs.
    """
    correction = Correction("", kind, _now(after), person.strip(), reason.strip(), quotes, tuple(dict.fromkeys(names)))
    check_correction(correction)
    return replace(correction, id=correction_id(correction))


def taken_back(correction: Correction, person: str, reason: str) -> Correction:
    """Return a correction as one that is taken back now.

    Raises:
        QueryError: it was taken back already, or a text is too long.
    """
    if correction.undone is not None:
        raise QueryError(
            Message(
                "That correction was taken back already, by %(person)s.",
                person=correction.undone_by or Message("somebody"),
            )
        )
    undone = replace(correction, undone=_now(correction.made), undone_by=person.strip(), undone_reason=reason.strip())
    check_correction(undone)
    return undone


def check_correction(correction: Correction) -> None:
    """Raise QueryError where a correction cannot be one of its kind."""
    quotes, names = len(correction.quotes), len(correction.names)
    kind = correction.kind
    if kind in KINDS_OF_UTTERANCES and len({(name.id, name.exact) for name in correction.quotes}) < 2:
        raise QueryError(Message("Two quotes are needed, to put them together or to part them."))
    if kind in KINDS_OF_QUOTES and quotes != 1:
        raise QueryError(Message("This is a correction of one quote."))
    if kind in KINDS_OF_NAMES and len({folded_name(name) for name in correction.names}) < 2:
        raise QueryError(Message("Two different names are needed."))
    if names > MOST_NAMES or quotes > MOST_QUOTES or (kind == CorrectionKind.SPEAKER and names > 1):
        raise QueryError(Message("That is more than one correction can be about."))
    for what, text in (
        *((Message("A name"), name) for name in correction.names),
        (Message("The name of who corrects"), correction.person),
        ("The name of who corrects", correction.undone_by),
    ):
        if len(text) > NAME_LENGTH or not text.isprintable():
            raise QueryError(
                Message("%(what)s has to be one line of at most %(most)s characters.", what=what, most=NAME_LENGTH)
            )
    if not all(name.strip() for name in correction.names):
        raise QueryError(Message("A name must not be empty."))
    if max(len(correction.reason), len(correction.undone_reason)) > REASON_LENGTH:
        raise QueryError(Message("A reason has at most %(most)s characters.", most=REASON_LENGTH))


def correction_id(correction: Correction) -> str:
    """Return the id of a correction, a function of what it says: the same one that is imported twice is one."""
    parts = [correction.kind, correction.made, correction.person, correction.reason, *correction.names]
    parts += ["\x1e".join((one.id, one.document, one.page, one.exact)) for one in correction.quotes]
    return digest(*parts)


def is_about(correction: Correction, quote: Quote) -> bool:
    """Return whether a correction names a quote, of those that share its document or page."""
    wanted = words_alone(quote.text)
    return any(name.id == quote.id or words_alone(name.exact) == wanted for name in correction.quotes)


def _now(after: str) -> str:
    now = datetime.now(UTC)
    if after:
        now = max(now, datetime.fromisoformat(after) + timedelta(microseconds=1))
    return now.isoformat(timespec="microseconds").replace("+00:00", "Z")


class NamedQuotes:
    """The quotes of one document, to be found by their names."""

    def __init__(self, quotes: Iterable[Quote]) -> None:
        self._by_words: dict[str, list[Quote]] = {}
        for quote in quotes:
            self._by_words.setdefault(words_alone(quote.text), []).append(quote)

    def find(self, name: QuoteName) -> Quote | None:
        """Return the quote that a name means; None if none has its words.

        The words count as the same whatever their case and marks. Where several quotes have them, it is the one that stands
        between the same words.
        """
        same = self._by_words.get(words_alone(name.exact), ())
        return max(same, key=lambda quote: (_shared_context(name, quote), quote.id == name.id, quote.id), default=None)


def words_alone(text: str) -> str:
    """Return the words of a text, case and marks aside; a text without a word stands for itself."""
    return analyse(text, "en").key or text


def _shared_context(name: QuoteName, quote: Quote) -> int:
    """Return how many code points around a quote are those around the one that was named."""
    before = _common_start(name.prefix[::-1], quote.before[-CONTEXT_KEPT:][::-1])
    return before + _common_start(name.suffix, quote.after[:CONTEXT_KEPT])


def _common_start(one: Sequence[str], other: Sequence[str]) -> int:
    length = 0
    for ours, theirs in zip(one, other, strict=False):
        if ours != theirs:
            break
        length += 1
    return length
