"""The command `quotes check`: a manuscript against the archive, before it is printed."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from search.cli import complain, in_color, instance_option, settings_for, terminal_width
from search.errors import ReadError


@click.command("check", no_args_is_help=True)
@click.argument("paths", metavar="FILE...", nargs=-1, required=True)
@click.option("--json", "format_", flag_value="json", help="One JSON object a manuscript.")
@click.option("--sarif", "format_", flag_value="sarif", help="A SARIF log, for editors and code review.")
@click.option("--github", "format_", flag_value="github", help="Annotations for the log of a GitHub workflow.")
@click.option("--html", "format_", flag_value="html", help="A page to look at or to send.")
@instance_option
def check_command(paths: tuple[str, ...], format_: str | None, instance: str | None) -> None:
    """Check each quotation of a manuscript against the archive: text, Markdown, HTML, DOCX, PDF; - is standard input.

    Ends 0 if every quotation is exact, 1 if any is not, 2 if a manuscript cannot be read. Nothing of it is stored.

    \b
    quotes check draft.md
    pbpaste | quotes check -
    quotes check --sarif drafts/*.docx > checked.sarif
    """
    from indexer.input.input_file import ReadOptions
    from indexer.manuscript import PASTED, read_manuscript
    from search.checking.check import check_manuscript
    from search.checking.formats import render_reports
    from search.checking.report import CheckReport
    from search.renderers import Style
    from search.storage.store import Store

    settings = settings_for(instance)
    options = ReadOptions(max_bytes=settings.max_document_bytes)
    reports: list[CheckReport] = []
    unread = False
    with Store(settings) as store:
        for path in paths:
            try:
                data = _bytes_of_manuscript(path, settings.max_document_bytes)
                manuscripts = list(read_manuscript(data, PASTED if path == "-" else path, options))
            except ReadError as error:
                complain(str(error))
                unread = True
                continue
            reports += [check_manuscript(store, manuscript) for manuscript in manuscripts]
    if reports:
        shown = render_reports(format_ or "text", reports, Style(in_color(), terminal_width()))
        click.echo(shown, nl=False, color=in_color())
    all_exact = all(report.all_exact for report in reports)
    click.get_current_context().exit(2 if unread else 0 if all_exact else 1)


def _bytes_of_manuscript(path: str, most: int) -> bytes:
    """Return the bytes of a file or of standard input. Raises ReadError if it cannot be read or is larger than `most`."""
    try:
        if path == "-":
            data = sys.stdin.buffer.read(most + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(most + 1)
    except (OSError, ValueError) as error:
        raise ReadError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    if len(data) > most:
        raise ReadError(f"{path} is larger than {most:,} bytes, the most that a document may have.")
    return data
