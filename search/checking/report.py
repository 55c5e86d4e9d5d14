"""The values of a check: a manuscript, the verdict on each of its quotations, and the report on all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from search.model import Attribution, Difference, MeaningChange, Quote


class Verdict(StrEnum):
    """What the archive says of a quotation, in words that a fact-checker may repeat: none of them says who is wrong."""

    EXACT = "exact"  # these very words, and nobody else's
    PARTIAL = "partial"  # a piece of what was printed, or what was printed is a piece of it
    ALTERED = "altered"  # printed with other words
    DIFFERENT_SPEAKER = "different-speaker"  # these words, but of somebody else
    PARAPHRASE = "paraphrase"  # only something that may say the same
    ABSENT = "absent"  # nothing like it in this archive
    UNCHECKED = "unchecked"  # marks around a term or a title, which quote nobody


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A text to be checked, as it was read, with the quotations found in it.

    path          what to call it when talking to a person
    text          the words as they were read; the offsets of `attributions` are code points of it
    source        the file as it was written, when it is text itself, for lines and columns; None for DOCX, PDF
    """

    path: str
    text: str
    attributions: tuple[Attribution, ...]
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """Where a quotation stands: lines and columns from 1, columns in code points, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One place of the archive that a quotation was compared with.

    differences   from the manuscript's words (`query`) to those that were printed (`quote`)
    """

    quote: Quote
    verdict: Verdict
    differences: tuple[Difference, ...] = ()
    alters: tuple[MeaningChange, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedQuotation:
    """One quotation of a manuscript and what the archive says of it.

    speaker    who said it according to the manuscript; None when that is not known
    detail     the verdict in a sentence
    findings   what it was compared with, the best first; empty where nothing like it was found
    """

    text: str
    speaker: str | None
    position: Position
    verdict: Verdict
    detail: str
    findings: tuple[Finding, ...] = ()

    @property
    def source(self) -> Quote | None:
        """Return the best place of the archive, or None."""
        return self.findings[0].quote if self.findings else None


@dataclass(frozen=True, slots=True)
class CheckReport:
    """A manuscript's quotations in the order of the text, checked in an archive of so many documents."""

    path: str
    documents: int
    quotations: tuple[CheckedQuotation, ...]

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """Return how many quotations have each verdict; those that none has are left out."""
        counted = Counter(one.verdict for one in self.quotations)
        return {verdict: counted[verdict] for verdict in Verdict if counted[verdict]}

    @property
    def all_exact(self) -> bool:
        """Return whether each quotation that was checked is exact: true where there is none."""
        return set(self.counts) <= {Verdict.EXACT, Verdict.UNCHECKED}
