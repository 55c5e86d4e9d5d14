"""For a person at a terminal: `path:line:column`, the verdict, the words, what was printed instead, and where."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Final

from search.checking.formats import COMPARED, VERDICT_LABELS, report_summary
from search.checking.report import CheckedQuotation, CheckReport, Finding, Verdict
from search.plural import counted
from search.renderers import Style
from search.renderers.text import BOLD, DIM, GREEN, RED, YELLOW, marked, named_speaker, painted, safe, without_middle

_COLOURS: Final = {Verdict.EXACT: GREEN, Verdict.UNCHECKED: DIM, Verdict.ABSENT: RED, Verdict.DIFFERENT_SPEAKER: RED}


def report_text(reports: Sequence[CheckReport], style: Style) -> str:
    """Return the reports for a terminal of the style's width; each ends with how many quotations have which verdict."""
    return "".join(_report(report, style) for report in reports)


def _report(report: CheckReport, style: Style) -> str:
    lines: list[str] = []
    for one in report.quotations:
        lines += _quotation(one, report.path, style)
    searched = f"; {counted(report.documents, 'document')} searched"
    return "\n".join([*lines, painted(style, report_summary(report) + searched, BOLD)]) + "\n"


def _quotation(one: CheckedQuotation, path: str, style: Style) -> list[str]:
    place = f"{safe(path)}:{one.position.line}:{one.position.column}:"
    label = painted(style, VERDICT_LABELS[one.verdict], _COLOURS.get(one.verdict, YELLOW))
    who = f" ({safe(one.speaker)})" if one.speaker else ""
    lines = [f"{place} {label}"]
    lines += _wrapped(f"“{without_middle(one.text)}”{who}", style)
    if one.verdict in (Verdict.EXACT, Verdict.UNCHECKED):
        return [*lines, *(painted(style, line, DIM) for line in _wrapped(safe(one.detail), style)), ""]
    lines += _wrapped(safe(one.detail), style)
    for finding in one.findings:
        lines += _finding(finding, style)
    return [*lines, ""]


def _finding(finding: Finding, style: Style) -> list[str]:
    quote = finding.quote
    facts = (
        (quote.published or "no date")[:10],
        quote.outlet or "outlet not known",
        named_speaker(quote),
    )
    lines = [f"      {line}" for line in textwrap.wrap(marked(finding.differences, style), max(style.width - 6, 40))]
    where = f"      {' · '.join(map(safe, facts))} · {safe(quote.id)}"
    return [*(lines if finding.verdict in COMPARED else []), painted(style, where, DIM)]


def _wrapped(text: str, style: Style) -> list[str]:
    return [f"   {line}" for line in textwrap.wrap(text, max(style.width - 4, 40))]
