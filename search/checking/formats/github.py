"""For the log of a GitHub workflow: one annotation for each quotation that is not exact (docs.github.com, workflow commands)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from search.checking.formats import VERDICT_LABELS, report_summary
from search.checking.report import CheckedQuotation, CheckReport, Verdict
from search.renderers import Style

_COMMANDS: Final = {Verdict.DIFFERENT_SPEAKER: "error", Verdict.PARTIAL: "notice"}  # all others warn
_SILENT: Final = (Verdict.EXACT, Verdict.UNCHECKED)


def report_text(reports: Sequence[CheckReport], style: Style) -> str:
    """Return one workflow command a line, and after those of a manuscript how many quotations have which verdict."""
    lines: list[str] = []
    for report in reports:
        lines += [_annotation(one, report.path) for one in report.quotations if one.verdict not in _SILENT]
        lines.append(report_summary(report))
    return "".join(f"{line}\n" for line in lines)


def _annotation(one: CheckedQuotation, path: str) -> str:
    properties = {
        "file": path,
        "line": one.position.line,
        "endLine": one.position.end_line,
        "col": one.position.column,
        "endColumn": one.position.end_column,
        "title": VERDICT_LABELS[one.verdict],
    }
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_COMMANDS.get(one.verdict, 'warning')} {listed}::{_data(f'“{one.text}”: {one.detail}')}"


def _data(text: str) -> str:
    """Escape a message: a line break within it would begin a command that the manuscript wrote."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
