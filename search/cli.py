"""The `quotes` command: the group with its errors and exit codes, and the commands that look into the archive.

The group loads each sub-command from the entry-point group `quotes.commands` when it is called, so that
`quotes find` imports neither Flask nor an HTML parser.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from importlib.metadata import EntryPoint, entry_points
from io import TextIOWrapper
from typing import Any, TypeVar

import click

from search import settings as settings_module
from search.errors import ConfigError, QueryError, QuoteNotFound, QuotesError, ReadError, StoreError
from search.progress import shown
from search.settings import Settings

# What the contract promises: 0 found or done, 1 nothing found, 2 an error in one clear sentence.
EXIT_CODES: tuple[tuple[type[QuotesError], int], ...] = (
    (QuoteNotFound, 1),
    (QueryError, 2),
    (ConfigError, 2),
    (ReadError, 2),
    (StoreError, 2),
    (QuotesError, 2),
)
INTERRUPTED = 130
F = TypeVar("F", bound=Callable[..., Any])


class Commands(click.Group):
    """A group whose commands are looked up in the entry points, and whose errors are one sentence each."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(point.name for point in entry_points(group="quotes.commands"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found: list[EntryPoint] = list(entry_points(group="quotes.commands", name=cmd_name))
        if not found:
            return None
        command: click.Command = found[0].load()
        return command

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run, and end the process with the contract's exit code."""
        kwargs["standalone_mode"] = False
        if isinstance(sys.stdout, TextIOWrapper):
            # Results are UTF-8 in every locale, and a lone surrogate out of a broken document must not end a run.
            sys.stdout.reconfigure(encoding="utf-8", errors="replace")
        try:
            code = super().main(*args, **kwargs)
        except click.ClickException as error:
            complain(error.format_message())
            code = 2
        except (click.Abort, KeyboardInterrupt):
            complain("interrupted; what was stored is kept, and the same command goes on from there.")
            code = INTERRUPTED
        except QuotesError as error:
            complain(str(error))
            code = next(number for kind, number in EXIT_CODES if isinstance(error, kind))
        sys.exit(code if isinstance(code, int) else 0)


def complain(message: str) -> None:
    """One sentence on standard error."""
    click.echo(f"quotes: {message}", err=True)


def in_color() -> bool:
    """Whether results may carry colours: https://no-color.org, which Click itself does not heed."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def instance_option(command: F) -> F:
    """`--instance DIR`, taken before and after the command's name."""
    return click.option(
        "--instance",
        type=click.Path(file_okay=False),
        help="The folder that holds the archive (or QUOTES_INSTANCE).",
    )(command)


def settings_for(instance: str | None, **options: object) -> Settings:
    """The settings in force for a command; `--instance` may stand before or behind its name."""
    parent = click.get_current_context().find_root().params.get("instance")
    return settings_module.load({"instance": instance or parent, **options})


def json_lines(file: Any, what: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The numbered objects of a JSON Lines file; ReadError, naming the line, for one that is none."""
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise ReadError(f"{what}, line {number}, is not JSON.") from error
        if not isinstance(row, dict):
            raise ReadError(f"{what}, line {number}, is no JSON object.")
        yield number, row


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@instance_option
@click.version_option(package_name="quotes-engine", prog_name="quotes")
def quotes(instance: str | None) -> None:
    """Find who said what, and every version of it, in your own archive of news.

    \b
    quotes demo                               try it on an invented archive
    quotes index articles/                    read documents into your archive
    quotes find "diplomacy was sacrificed"    every version of a quote
    quotes serve                              the same in a browser
    """


def _filters(command: F) -> F:
    """The options that narrow an answer."""
    for option in (
        click.option("--speaker", multiple=True, help="Only quotes of this speaker."),
        click.option("--outlet", multiple=True, help="Only quotes printed by this outlet."),
        click.option("--language", multiple=True, help="Only quotes in this language (en, de, ...)."),
        click.option("--after", help="Printed on this day or later: 2021-04-25, 2021-04 or 2021."),
        click.option("--before", help="Printed before this day."),
        click.option(
            "--kind", multiple=True, type=click.Choice(["direct", "mixed", "indirect"]), help="Only this kind."
        ),
        click.option("--scare", is_flag=True, help="Also marks that quote nobody: titles, slogans, scare quotes."),
        click.option("--indirect", is_flag=True, help="Also speech that is reported without marks."),
    ):
        command = option(command)
    return command


@click.command(no_args_is_help=True)
@click.argument("text", required=False)
@_filters
@click.option("--exact", is_flag=True, help="Only quotes that hold these very words.")
@click.option("--limit", type=click.IntRange(1, 1000), help="Versions (with --batch: quotes) at most.")
@click.option("--offset", type=click.IntRange(0), default=0, help="Leave out so many versions first.")
@click.option("--json", "format_", flag_value="json", help="The whole answer as one JSON object.")
@click.option("--jsonl", "format_", flag_value="jsonl", help="One quote a line.")
@click.option("--csv", "format_", flag_value="csv", help="A table for a spreadsheet.")
@click.option("--batch", type=click.File(encoding="utf-8"), help='Many queries: {"id", "query"} a line, - for stdin.')
@instance_option
def find(
    text: str | None, instance: str | None, format_: str | None, batch: Any, limit: int | None, **options: Any
) -> None:
    """Find every version of a quote: the same words, parts of them, edited or reworded.

    \b
    quotes find "diplomacy was sacrificed"
    quotes find "diplomacy was sacrificed" --speaker zarif --after 2021-04
    quotes find 'sacrificed speaker:zarif -outlet:"Example Courier"' --json
    echo "some words" | quotes find -
    """
    from search import finding, query, renderers
    from search.model import Query
    from search.store import Store

    settings = settings_for(instance)
    base = query.checked(Query(limit=limit or settings.page_size, **options))
    if batch is not None:
        if text is not None:
            raise click.UsageError("give either some text or --batch, not both.")
        with Store(settings) as store:
            _find_batch(store, batch, base, limit or 10, settings.max_query_chars)
        return
    if text == "-":
        text = sys.stdin.read(settings.max_query_chars + 1)
    asked = query.parse(text or "", base, max_chars=settings.max_query_chars)
    with Store(settings) as store:
        result = finding.find(store, asked)
    style = renderers.Style(in_color(), min(terminal_width(), 120))
    click.echo(renderers.render(format_ or "text", result, style), nl=False, color=in_color())
    click.get_current_context().exit(0 if result.versions else 1)


def terminal_width() -> int:
    import shutil

    return shutil.get_terminal_size((100, 24)).columns


def _find_batch(store: Any, batch: Any, base: Any, limit: int, max_chars: int) -> None:
    from search import finding, query
    from search.renderers.json import encoded

    found = False
    for number, row in json_lines(batch, "--batch"):
        if not isinstance(row.get("query"), str):
            raise ReadError(f"--batch, line {number}, has no `query`.")
        answer: dict[str, Any] = {"id": row.get("id"), "hits": []}
        try:
            asked = query.parse(row["query"], base, max_chars=max_chars)
            answer["hits"] = [
                {"id": hit.quote.id, "match": hit.match.kind, "score": round(hit.match.score, 4)}
                for hit in finding.hits(store, asked, limit)
            ]
        except QueryError as error:
            answer["error"] = str(error)
        found = found or bool(answer["hits"])
        click.echo(encoded(answer), nl=False)
    click.get_current_context().exit(0 if found else 1)


@click.command(no_args_is_help=True)
@click.argument("text", required=False)
@click.argument("other", required=False)
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@click.option("--jsonl", "as_jsonl", is_flag=True, help="With --batch: one answer a line (which is the default).")
@click.option("--batch", type=click.File(encoding="utf-8"), help='Many pairs: {"id", "a", "b"} a line, - for stdin.')
@instance_option
def compare(
    text: str | None, other: str | None, as_json: bool, as_jsonl: bool, batch: Any, instance: str | None
) -> None:
    """Are these two wordings versions of one utterance, and what differs?

    \b
    quotes compare "Diplomacy was sacrificed" "they sacrificed diplomacy"
    quotes compare --batch pairs.jsonl --jsonl
    """
    from search.compare import compare as compared
    from search.renderers import Style
    from search.renderers.json import encoded, match_object
    from search.renderers.text import marked

    settings_for(instance)
    if batch is not None:
        for number, row in json_lines(batch, "--batch"):
            if not (isinstance(row.get("a"), str) and isinstance(row.get("b"), str)):
                raise ReadError(f"--batch, line {number}, needs the texts `a` and `b`.")
            known = {
                key: row[key]
                for key in ("a_speaker", "b_speaker", "a_published", "b_published")
                if isinstance(row.get(key), str)
            }
            click.echo(encoded({"id": row.get("id"), **match_object(compared(row["a"], row["b"], **known))}), nl=False)
        return
    if text is None or other is None:
        raise click.UsageError("two texts are needed, or --batch.")
    match = compared(text, other)
    if as_json or as_jsonl:
        click.echo(encoded(match_object(match)), nl=False)
    else:
        click.echo(f"{match.kind} ({match.score:.2f}): {match.reason}")
        click.echo(marked(match.differences, Style(in_color())), color=in_color())
        if match.alters:
            click.echo(f"the change alters the meaning: {', '.join(match.alters)}")
    click.get_current_context().exit(0 if match.kind != "different" else 1)


@click.command()
@click.option("--jsonl", "as_jsonl", is_flag=True, help="One quote a line (which is the default).")
@instance_option
def export(as_jsonl: bool, instance: str | None) -> None:
    """Print every stored quote, one JSON object a line, with the version group that it belongs to.

    \b
    quotes export --jsonl > quotes.jsonl
    """
    from search.renderers.json import encoded, quote_object
    from search.store import Store

    with Store(settings_for(instance)) as store:
        store.catch_up_if_free()
        for quote, version in store.export():
            click.echo(encoded(quote_object(quote) | {"version": version}), nl=False)


@click.command(no_args_is_help=True)
@click.argument("id_", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@instance_option
def show(id_: str, as_json: bool, instance: str | None) -> None:
    """Show one quote in its place, with every version of it; or a whole document.

    \b
    quotes show 3f2a9c0d1e4b5a67
    """
    from search import finding
    from search.renderers import Style
    from search.renderers.json import encoded, version_object
    from search.renderers.text import document_text, version_text
    from search.store import Store

    with Store(settings_for(instance)) as store:
        document = store.archive.document(id_)
        if document is not None:
            shown_text = (
                encoded(asdict(document) | {"provenance": dict(document.provenance)})
                if as_json
                else document_text(document, Style(in_color(), terminal_width()))
            )
        else:
            version = finding.version(store, id_)
            shown_text = (
                encoded(version_object(version))
                if as_json
                else version_text(version, Style(in_color(), terminal_width()))
            )
    click.echo(shown_text, nl=False, color=in_color())


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@instance_option
def status(as_json: bool, instance: str | None) -> None:
    """How much the archive holds.

    \b
    quotes status --json
    """
    from search.renderers.json import encoded
    from search.store import Store

    with Store(settings_for(instance)) as store:
        store.catch_up_if_free()
        facts = asdict(store.status())
    if as_json:
        click.echo(encoded(facts), nl=False)
    else:
        for name, value in facts.items():
            click.echo(f"{name:11}{value:,}" if isinstance(value, int) else f"{name:11}{value}")


@click.command()
@instance_option
def rebuild(instance: str | None) -> None:
    """Make the search index and the version groups anew from the stored documents and quotes.

    \b
    quotes rebuild
    """
    from search.store import Store

    with Store(settings_for(instance)) as store, shown() as progress:
        store.rebuild(progress)
        facts = store.status()
    click.echo(f"rebuilt {facts.quotes} quotes of {facts.documents} documents, {facts.versions} versions")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@instance_option
def config(as_json: bool, instance: str | None) -> None:
    """Print each setting, its value, where it came from and what it does.

    \b
    quotes config
    QUOTES_PORT=8000 quotes config --json
    """
    from search.renderers.json import encoded

    rows = settings_module.table(settings_for(instance))
    if as_json:
        click.echo(encoded({name: {"value": value, "from": origin} for name, value, origin, _ in rows}), nl=False)
        return
    for name, value, origin, meaning in rows:
        click.echo(f"{name} = {value}\n    from {origin}: {meaning}")
