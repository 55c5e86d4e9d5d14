"""How checks are shown: one file a format, each with `report_text(reports, style) -> str`. The folder is the registry."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from typing import Final, Protocol, cast

from search.checking.report import CheckReport, Verdict
from search.errors import ConfigError
from search.message import Message, counted_message, messages_in_row
from search.renderers import Style

VERDICT_LABELS: Final = {
    Verdict.EXACT: "Exact",
    Verdict.PARTIAL: "Partial",
    Verdict.ALTERED: "Altered",
    Verdict.DIFFERENT_SPEAKER: "Different speaker",
    Verdict.PARAPHRASE: "Only a paraphrase found",
    Verdict.ABSENT: "Not in this archive",
    Verdict.UNCHECKED: "Not checked",
}
COMPARED: Final = (Verdict.ALTERED, Verdict.PARTIAL, Verdict.PARAPHRASE)
"""Verdicts beside which the differences from what was printed are shown."""


class ReportFormat(Protocol):
    """A module of this folder."""

    def report_text(self, reports: Sequence[CheckReport], style: Style) -> str:
        """Return the reports, one a manuscript, as text that ends with a line break."""


def report_formats() -> list[str]:
    """Return the names of the formats: those of the modules in this folder."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def render_reports(name: str, reports: Sequence[CheckReport], style: Style | None = None) -> str:
    """Return the reports in the format `name`. Raises ConfigError if there is no such format."""
    if name not in report_formats():
        raise ConfigError(f"`{name}` is not a format of a check; there are: {', '.join(report_formats())}.")
    chosen = cast(ReportFormat, importlib.import_module(f"{__name__}.{name}"))
    return chosen.report_text(reports, style or Style())


def report_summary(report: CheckReport) -> str:
    """Return how many quotations have which verdict: "40 quotations: 31 exact, 4 altered"."""
    counts = [
        Message("%(number)s %(verdict)s", number=number, verdict=Message(VERDICT_LABELS[verdict].lower()))
        for verdict, number in report.counts.items()
    ]
    head = counted_message("%(num)s quotation", "%(num)s quotations", len(report.quotations))
    if not counts:
        return Message("%(quotations)s found", quotations=head)
    row = messages_in_row(counts, Message(", "))
    return Message("%(quotations)s: %(counts)s", quotations=head, counts=row)
