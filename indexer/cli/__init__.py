"""The commands that read: `extract`, `index`, `import` and `demo`."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from importlib.resources import as_file, files
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from indexer.input.input_file import ReadOptions
from indexer.intake import PAGES_PER_COMMIT, fetched_items, read_options
from indexer.pipeline.items import ExtractedDocument, PipelineItem
from indexer.pipeline.store_quotes import RunReport
from indexer.pipeline.workers import extract_files
from search.cli import complain, instance_option, settings_for
from search.errors import QueryError, ReadError
from search.find.query_language import parse_day
from search.model import Quote, Skip
from search.plural import counted
from search.progress import Progress, shown
from search.settings import Settings

if TYPE_CHECKING:
    from search.storage.store import Store

MAX_NAMED_BAD_LINES = 20  # bad lines of an import that are named one by one: a file that is none has thousands
_F = TypeVar("_F", bound=Callable[..., Any])


def _reading(command: _F) -> _F:
    """The options that say how documents are read."""
    for option in (
        click.option("--outlet", help="Who published these documents, whatever they say."),
        click.option("--date", help="The day on which they were published, whatever they say: 2021-04-25."),
        click.option(
            "--map",
            "fields",
            help="What the fields of JSON Lines or CSV are called: text=body,published=date, or a preset.",
        ),
        click.option("--jobs", type=click.IntRange(1, 64), default=1, help="Read with so many processes."),
    ):
        command = option(command)
    return command


@click.command(no_args_is_help=True)
@click.argument("paths", nargs=-1, required=True)
@click.option("--jsonl", "as_jsonl", is_flag=True, help="One JSON object a document (which is the default).")
@click.option("--explain", is_flag=True, help="Say why this speaker: a line a quote, or a key of each with --jsonl.")
@_reading
@instance_option
def extract_command(
    paths: tuple[str, ...], as_jsonl: bool, explain: bool, jobs: int, instance: str | None, **how: str | None
) -> None:
    """Print what would be indexed: each document with its quotes and who said them.

    \b
    quotes extract article.html --jsonl
    quotes extract articles/ | jq .quotes[].speaker
    quotes extract article.html --explain
    """
    from indexer.pipeline.extraction_json import explained_object, explained_text, extraction_object
    from search.renderers.json import encoded

    settings = settings_for(instance)
    skipped = 0
    for item in _announced(extract_files(_checked(paths), _options(settings, **how), jobs=jobs)):
        if isinstance(item, Skip):
            skipped += 1
        elif isinstance(item, ExtractedDocument):
            if explain and not as_jsonl:
                click.echo(explained_text(item), nl=False)
            else:
                click.echo(encoded(explained_object(item) if explain else extraction_object(item)), nl=False)
    if skipped:
        complain(f"{skipped} skipped")
    click.get_current_context().exit(1 if skipped else 0)


@click.command(no_args_is_help=True)
@click.argument("paths", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="The closing line as one JSON object.")
@click.option("--report", type=click.Path(dir_okay=False), help="Write what was skipped, and why, to this file.")
@click.option("--dry-run", is_flag=True, help="Read and count, and store nothing.")
@click.option(
    "--again",
    is_flag=True,
    help="Read files too that have not changed since they were last read, and documents that were deleted. "
    "A document that is stored with the same words stays as it is: `quotes delete` takes it out first.",
)
@click.option("--feed", "feeds", multiple=True, metavar="URL", help="Fetch the pages that this feed names.")
@click.option("--sitemap", "sitemaps", multiple=True, metavar="URL", help="Fetch the pages that this sitemap names.")
@_reading
@instance_option
def index_command(
    paths: tuple[str, ...],
    as_json: bool,
    report: str | None,
    dry_run: bool,
    again: bool,
    feeds: tuple[str, ...],
    sitemaps: tuple[str, ...],
    jobs: int,
    instance: str | None,
    **how: str | None,
) -> None:
    """Read documents (files, folders, web addresses, - for standard input) and store their quotes.

    \b
    quotes index articles/
    quotes index page.html --outlet "Example Courier" --date 2021-04-25
    quotes index https://courier.example/article --feed https://courier.example/feed.xml
    quotes index dump.jsonl --map text=body,published=date --jobs 2
    """
    from indexer.pipeline.byte_progress import ByteProgress
    from indexer.pipeline.store_quotes import quotes_of, store_documents
    from search.cli.embedding import embed_what_came
    from search.storage.store import Store

    if not (paths or feeds or sitemaps):
        raise click.UsageError("nothing to read: give a file, a folder, an address, --feed or --sitemap.")
    _begin(report)
    settings = settings_for(instance)
    options = _options(settings, **how)
    names, addresses = _apart(paths)

    def items(known: Callable[[str, str], bool], progress: Progress) -> Iterator[PipelineItem]:
        meter = ByteProgress(names)
        found = extract_files(names, options, jobs=jobs, known=known, opened=meter.opened)
        yield from meter.watched(found, progress)
        if addresses or feeds or sitemaps:
            yield from fetched_items(addresses, feeds, sitemaps, settings, options, known)

    if dry_run:
        done = RunReport()
        with shown() as progress:
            for item in _announced(items(lambda path, stamp: False, progress)):
                if isinstance(item, Skip):
                    done.skipped.append(item)
                elif isinstance(item, ExtractedDocument):
                    done.documents += 1
                    done.quotes += len(quotes_of(item))
    else:
        with Store(settings) as store, shown() as progress:
            known = (lambda path, stamp: False) if again else store.is_read
            done = store_documents(
                _announced(items(known, progress)),
                store,
                # A page a second: what came so far should be safe, and shown, before a minute is over.
                batch=PAGES_PER_COMMIT if addresses or feeds or sitemaps else settings.batch,
                progress=progress,
                restore=again,
                tell=complain,
            )
            embed_what_came(store, progress)
    _close(done, "would index" if dry_run else "indexed", "documents", as_json=as_json, report=report)


@click.command("import", no_args_is_help=True)
@click.argument("files_", metavar="FILE.jsonl", nargs=-1, required=True, type=click.File("rb"))
@click.option(
    "--extracted", is_flag=True, help="The lines are documents with their quotes, as `quotes extract` prints them."
)
@click.option("--json", "as_json", is_flag=True, help="The closing line as one JSON object.")
@click.option("--report", type=click.Path(dir_okay=False), help="Write what was skipped, and why, to this file.")
@instance_option
def import_command(
    files_: tuple[Any, ...], extracted: bool, as_json: bool, report: str | None, instance: str | None
) -> None:
    """Store ready-made quotes: {"id", "text"} a line, and speaker, outlet, url, title, published, language if known.

    With --extracted, what `quotes extract` printed on any hosts, in any order, from several runs at once.

    \b
    quotes import quotebank.jsonl
    zcat dump.jsonl.gz | quotes import -
    quotes extract articles/ | quotes import --extracted -
    """
    from search.cli.embedding import embed_what_came
    from search.storage.store import Store

    _begin(report)
    settings = settings_for(instance)
    with Store(settings) as store, shown() as progress:
        if extracted:
            done = _import_extracted(files_, store, settings, progress)
        else:
            done = _import_quotes(files_, store, progress)
        embed_what_came(store, progress)
    for skip in done.skipped[:MAX_NAMED_BAD_LINES]:
        complain(f"{skip.path}: {skip.reason}")
    if len(done.skipped) > MAX_NAMED_BAD_LINES:
        complain(f"and {len(done.skipped) - MAX_NAMED_BAD_LINES:,} lines more like these")
    _close(done, "imported", "documents" if extracted else "quotes", as_json=as_json, report=report)


def _import_extracted(files_: Sequence[Any], store: Store, settings: Settings, progress: Progress) -> RunReport:
    """Store the documents of open files with their quotes, beside other runs that do the same."""
    from indexer.pipeline.import_extracted import LINE_BYTES_PER_BYTE, documents_from_lines
    from indexer.pipeline.store_quotes import store_documents

    longest = LINE_BYTES_PER_BYTE * settings.max_document_bytes
    lines = (line for file in files_ for line in _lines(file, longest))
    items = documents_from_lines(lines, settings.max_document_bytes)
    return store_documents(items, store, batch=settings.batch, progress=progress, beside_others=True)


def _import_quotes(files_: Sequence[Any], store: Store, progress: Progress) -> RunReport:
    """Store the ready-made quotes of open files."""
    from indexer.pipeline.import_quotes import quotes_from_rows

    done = RunReport()
    with store.alone("quotes import"):
        stream = quotes_from_rows(row for file in files_ for row in _rows(file))
        sizes = [_bytes_of(file) for file in files_]
        total = sum(sizes) if all(sizes) else None
        while part := list(islice(stream, 5000)):
            done.skipped += [item for item in part if isinstance(item, Skip)]
            new, unchanged = store.add_quotes([item for item in part if isinstance(item, Quote)])
            done.quotes += new
            done.unchanged += unchanged
            read = [size if file.closed else file.tell() for file, size in zip(files_, sizes, strict=True) if size]
            progress("reading", sum(read), total)
            progress("stored", done.quotes, None)
        store.catch_up(progress, wait=store.has_several_writers)
    return done


@click.command()
@click.option("--keep", is_flag=True, help="Index into your own instance folder instead of a throw-away one.")
@instance_option
def demo_command(keep: bool, instance: str | None) -> None:
    """Index the invented sample archive, find every version of one quote, and say how to open the page.

    \b
    quotes demo
    """
    from indexer.pipeline.store_quotes import store_documents
    from search import renderers
    from search.cli.embedding import embed_what_came
    from search.find.find import find
    from search.model import Query
    from search.storage.store import Store

    settings = settings_for(instance)
    if not (keep or instance):
        settings = settings_for(str(settings.instance / "demo"))
    with as_file(files("indexer") / "samples") as samples, Store(settings) as store:
        items = extract_files([str(samples / "articles")], _options(settings))
        done = store_documents(_announced(items), store, batch=settings.batch)
        embed_what_came(store)
        query = json.loads((samples / "utterances.json").read_text(encoding="utf-8"))[0]["query"]
        click.echo(_closing_line(done, "indexed", "documents"))
        # Right after `make demo` the command is not on the path yet.
        command = "quotes" if shutil.which("quotes") else sys.argv[0]
        click.echo(f"\n$ {command} --instance {settings.instance} find {query!r}\n")
        from search.cli import in_color, terminal_width

        result = find(store, Query(text=query, limit=5))
        click.echo(renderers.render_as("text", result, renderers.Style(in_color(), terminal_width())), nl=False)
    click.echo(f"\nThe same in a browser:  {command} --instance {settings.instance} serve")


def _checked(paths: Sequence[str]) -> Sequence[str]:
    """The paths, if all of them are there: a mistyped name is worth stopping for before an hour of work."""
    for path in paths:
        if path != "-" and not any(c in path for c in "*?[") and not Path(path).exists():
            raise ReadError(f"{path} does not exist.")
    return paths


def _apart(paths: Sequence[str]) -> tuple[Sequence[str], list[str]]:
    """The files and folders among some words, all of them there, and the addresses."""
    if not any(":" in path for path in paths):
        return _checked(paths), []
    from indexer.crawler.address_policy import is_address

    addresses = [path for path in paths if is_address(path)]
    return _checked([path for path in paths if path not in addresses]), addresses


def _options(
    settings: Settings, *, outlet: str | None = None, date: str | None = None, fields: str | None = None
) -> ReadOptions:
    """How to read, out of what the command line says."""
    from indexer.metadata.records import FIELD_PRESETS

    pairs = [pair.partition("=") for pair in (fields or "").split(",") if pair]
    named = FIELD_PRESETS.get(fields or "")
    if named is None and not all(ours and sign and theirs for ours, sign, theirs in pairs):
        raise QueryError(
            f"--map {fields}: write it as text=body,published=date, or name one of {', '.join(FIELD_PRESETS)}."
        )
    chosen = named if named is not None else {ours.strip(): theirs.strip() for ours, _, theirs in pairs}
    return replace(read_options(settings), outlet=outlet, date=parse_day(date), fields=chosen)


def _announced(items: Iterable[PipelineItem]) -> Iterator[PipelineItem]:
    """The items as they are, each Skip also as a line on standard error as soon as it is met."""
    for item in items:
        if isinstance(item, Skip):
            complain(f"{item.path}: {item.reason}")
        yield item


def _lines(file: Any, most: int) -> Iterator[tuple[str, bytes | None]]:
    """The lines of an open file that say anything, each with its place; one of more than `most` bytes as None."""
    from search.files.plain_file import bounded_lines

    name = getattr(file, "name", "<stdin>")
    for number, line in enumerate(bounded_lines(file, most), 1):
        if line is None or line.strip():
            yield f"{name}, line {number}", line


def _rows(file: Any) -> Iterator[tuple[str, object]]:
    """The lines of an open JSON Lines file, each with its place; a line that is no JSON comes as None."""
    from search.files.plain_file import MAX_LINE_BYTES

    for place, line in _lines(file, MAX_LINE_BYTES):
        try:
            row = None if line is None else json.loads(line)
        except (ValueError, RecursionError):
            row = None
        yield place, row


def _bytes_of(file: Any) -> int:
    """The size of an open file; 0 for a pipe, of which nobody knows it."""
    name = getattr(file, "name", None)
    return Path(name).stat().st_size if isinstance(name, str) and Path(name).is_file() else 0


def _begin(report: str | None) -> None:
    """Begin the report, so that a place that cannot be written to is said before an hour of work and not after it."""
    if report is not None:
        _write(report, "")


def _write(report: str, rows: str) -> None:
    try:
        Path(report).write_text(rows, encoding="utf-8")
    except OSError as error:
        raise ReadError(f"{report} cannot be written: {error.strerror}.") from error


def _close(done: RunReport, verb: str, unit: str, *, as_json: bool, report: str | None) -> None:
    """The last line on standard output, the report file, and the exit code: 1 if anything was skipped."""
    if report is not None:
        _write(report, "".join(json.dumps(asdict(skip), ensure_ascii=False) + "\n" for skip in done.skipped))
    if as_json:
        facts = {
            "documents": done.documents,
            "quotes": done.quotes,
            "unchanged": done.unchanged,
            "deleted": done.deleted,
        }
        click.echo(json.dumps(facts | {"skipped": [asdict(skip) for skip in done.skipped]}, ensure_ascii=False))
    else:
        click.echo(_closing_line(done, verb, unit, report))
    click.get_current_context().exit(1 if done.skipped else 0)


def _closing_line(done: RunReport, verb: str, unit: str, report: str | None = None) -> str:
    # Programs read this line, too: its numbers have no grouping marks.
    parts = [(done.documents, "document"), (done.quotes, "quote")] if unit == "documents" else [(done.quotes, "quote")]
    counts = ", ".join(counted(number, noun).replace(",", "") for number, noun in parts)
    hint = f" (see {report})" if report else " (--report FILE lists them)" if done.skipped else ""
    deleted = f"; {done.deleted} deleted before and left out" if done.deleted else ""
    restored = f"; {done.restored} deleted before and back" if done.restored else ""
    return f"{verb} {counts}; {done.unchanged} unchanged; {len(done.skipped)} skipped{hint}{deleted}{restored}"
