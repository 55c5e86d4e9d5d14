"""For a browser or a mail: one page that needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from search.checking.formats import COMPARED, VERDICT_LABELS, report_summary
from search.checking.report import CheckedQuotation, CheckReport, Finding
from search.model import Difference, DifferenceKind
from search.plural import counted
from search.renderers import Style
from search.renderers.text import named_speaker, safe

_STYLE: Final = (
    "body{font:1rem/1.5 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}"
    "li{margin:0 0 1.5rem}ins{text-decoration:underline}del{opacity:.75}"
)


def report_text(reports: Sequence[CheckReport], style: Style) -> str:
    """Return the reports as one HTML page that needs nothing else."""
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Quotations checked</title>\n<style>{_STYLE}</style>\n{''.join(map(_section, reports))}</html>\n"
    )


def _section(report: CheckReport) -> str:
    searched = f"{counted(report.documents, 'document')} searched"
    items = "".join(map(_item, report.quotations))
    head = f"<h1>Check of {_shown(report.path)}</h1>\n<p><b>{_shown(report_summary(report))}</b>; {searched}.</p>"
    return f"{head}\n<ol>\n{items}</ol>\n"


def _item(one: CheckedQuotation) -> str:
    who = f", <bdi>{_shown(one.speaker)}</bdi>" if one.speaker else ""
    return (
        f"<li><p><strong>{VERDICT_LABELS[one.verdict]}</strong> line {one.position.line}, column {one.position.column}{who}</p>"
        f'<blockquote dir="auto">“{_shown(one.text)}”</blockquote>'
        f"<p>{_shown(one.detail)}</p>{''.join(map(_compared, one.findings))}</li>\n"
    )


def _compared(finding: Finding) -> str:
    quote = finding.quote
    words = "".join(map(_difference, finding.differences)) if finding.verdict in COMPARED else ""
    passage = f'<p dir="auto">{words}</p>' if words else ""
    facts = ((quote.published or "no date")[:10], quote.outlet, quote.title, named_speaker(quote))
    return f"{passage}<p><small><bdi>{' · '.join(_shown(fact) for fact in facts if fact)}</bdi></small></p>"


def _difference(step: Difference) -> str:
    """Return one step of a comparison, with a sign beside the mark-up since colour alone says nothing (WCAG 1.4.1)."""
    removed = f"<del>−{_shown(step.query)}</del> " if step.query else ""
    added = f"<ins>+{_shown(step.quote)}</ins> " if step.quote else ""
    return f"{_shown(step.quote)} " if step.kind == DifferenceKind.SAME else removed + added


def _shown(text: str) -> str:
    """Return the words of strangers as text of a page: no mark-up, and nothing that turns the line around."""
    return escape(safe(text))
