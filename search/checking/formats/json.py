"""For a program: a JSON object a manuscript, with every quotation, its verdict and what it was compared with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from search.checking.report import CheckedQuotation, CheckReport, Finding
from search.renderers import Style
from search.renderers.json import difference_objects, encoded, quote_object


def report_text(reports: Sequence[CheckReport], style: Style) -> str:
    """Return the reports as JSON, one a line."""
    return "".join(encoded(report_object(report)) for report in reports)


def report_object(report: CheckReport) -> dict[str, Any]:
    """Return the report as a JSON object: `exact` says whether every quotation that was checked is."""
    return {
        "path": report.path,
        "documents": report.documents,
        "exact": report.all_exact,
        "counts": dict(report.counts),
        "quotations": [_quotation(one) for one in report.quotations],
    }


def _quotation(one: CheckedQuotation) -> dict[str, Any]:
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


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "verdict": finding.verdict,
        "alters": list(finding.alters),
        "differences": difference_objects(finding.differences),
        "quote": quote_object(finding.quote),
    }
