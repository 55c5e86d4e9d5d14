"""For code review tools and editors: SARIF 2.1.0 (OASIS), each verdict a rule, each quotation a result."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any, Final
from urllib.parse import quote as percent_encoded

from search.checking.formats import VERDICT_LABELS
from search.checking.report import CheckedQuotation, CheckReport, Verdict
from search.renderers import Style
from search.renderers.json import encoded

# SARIF 2.1.0, 3.27.9 and 3.27.10: a result that is no failure has no level.
_FAIL: Final = {
    Verdict.DIFFERENT_SPEAKER: "error",
    Verdict.ALTERED: "warning",
    Verdict.ABSENT: "warning",
    Verdict.PARAPHRASE: "warning",
    Verdict.PARTIAL: "note",
}
_MEANINGS: Final = {
    Verdict.EXACT: "The archive has these very words of this speaker.",
    Verdict.PARTIAL: "The archive has these words within a longer quotation, or a part of them.",
    Verdict.ALTERED: "The archive has this quotation with other words.",
    Verdict.DIFFERENT_SPEAKER: "The archive has these words of another speaker.",
    Verdict.PARAPHRASE: "The archive has only something that may say the same.",
    Verdict.ABSENT: "The archive has nothing like it; that does not mean that nobody said it.",
    Verdict.UNCHECKED: "The marks set apart a term or a title, so that nothing was looked for.",
}
_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def report_text(reports: Sequence[CheckReport], style: Style) -> str:
    """Return the reports as a SARIF log with one run."""
    driver = {
        "name": "quotes",
        "version": version("quotes-engine"),
        "rules": [
            {"id": verdict, "name": VERDICT_LABELS[verdict], "shortDescription": {"text": meaning}}
            for verdict, meaning in _MEANINGS.items()
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, report.path) for report in reports for one in report.quotations],
    }
    return encoded({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(one: CheckedQuotation, path: str) -> dict[str, Any]:
    region = {
        "startLine": one.position.line,
        "startColumn": one.position.column,
        "endLine": one.position.end_line,
        "endColumn": one.position.end_column,
        "snippet": {"text": one.text},
    }
    location = {"artifactLocation": {"uri": percent_encoded(path)}, "region": region}
    failed = one.verdict in _FAIL
    return {
        "ruleId": one.verdict,
        "ruleIndex": list(_MEANINGS).index(one.verdict),
        "kind": "fail" if failed else "pass" if one.verdict == Verdict.EXACT else "notApplicable",
        "level": _FAIL.get(one.verdict, "none"),
        "message": {"text": f"{VERDICT_LABELS[one.verdict]}: {one.detail}"},
        "locations": [{"physicalLocation": location}],
    }
