"""For a program: a JSON object a manuscript, with every quotation, its verdict and what it was compared with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from search.answer_shapes import DifferenceObject, QuoteObject
from search.checking.report import CheckedQuotation, CheckReport, Finding, Verdict
from search.model import MeaningChange
from search.renderers import Style
from search.renderers.json import difference_objects, encoded, quote_object


class FindingObject(TypedDict):
    """A place of the archive that a quotation was compared with."""

    verdict: Verdict
    alters: list[MeaningChange]
    differences: list[DifferenceObject]
    quote: QuoteObject


class CheckedObject(TypedDict):
    """A quotation of a manuscript, where it stands (lines and columns from 1, the end exclusive), and its verdict."""

    text: str
    speaker: str | None
    line: int
    column: int
    end_line: int
    end_column: int
    verdict: Verdict
    detail: str
    findings: list[FindingObject]


class ReportObject(TypedDict):
    """The verdicts on a manuscript, checked in an archive of so many documents; `exact`: whether each quotation is."""

    path: str
    documents: int
    exact: bool
    counts: dict[Verdict, int]
    quotations: list[CheckedObject]


class ListedObject(TypedDict):
    """A quotation of a list, by the id that the list gives it, and its verdict."""

    id: str
    text: str
    speaker: str | None
    verdict: Verdict
    detail: str
    findings: list[FindingObject]


class ListReportObject(TypedDict):
    """The verdicts on a list of quotations, in its order."""

    documents: int
    exact: bool
    counts: dict[Verdict, int]
    quotations: list[ListedObject]


def report_text(reports: Sequence[CheckReport], style: Style) -> str:
    """Return the reports as JSON, one a line."""
    return "".join(encoded(report_object(report)) for report in reports)


def report_object(report: CheckReport) -> ReportObject:
    """Return the report as a JSON object: `exact` says whether every quotation that was checked is."""
    return {
        "path": report.path,
        "documents": report.documents,
        "exact": report.all_exact,
        "counts": dict(report.counts),
        "quotations": [_quotation(one) for one in report.quotations],
    }


def list_report_object(report: CheckReport, ids: Sequence[str]) -> ListReportObject:
    """Return the report on a list of quotations, each by its id, without lines and columns."""
    return {
        "documents": report.documents,
        "exact": report.all_exact,
        "counts": dict(report.counts),
        "quotations": [
            {
                "id": id_,
                "text": one.text,
                "speaker": one.speaker,
                "verdict": one.verdict,
                "detail": one.detail,
                "findings": [_finding(finding) for finding in one.findings],
            }
            for id_, one in zip(ids, report.quotations, strict=True)
        ],
    }


def _quotation(one: CheckedQuotation) -> CheckedObject:
    return {
        "text": one.text,
        "speaker": one.speaker,
        "line": one.position.line,
        "column": one.position.column,
        "end_line": one.position.end_line,
        "end_column": one.position.end_column,
        "verdict": one.verdict,
        "detail": one.detail,
        "findings": [_finding(finding) for finding in one.findings],
    }


def _finding(finding: Finding) -> FindingObject:
    return {
        "verdict": finding.verdict,
        "alters": list(finding.alters),
        "differences": difference_objects(finding.differences),
        "quote": quote_object(finding.quote),
    }
