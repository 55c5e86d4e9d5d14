"""The commands that ask the archive: `find`, `compare`, `export`, `show`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from search.cli import AnyFunction, complain, in_color, instance_option, json_lines, settings_for, terminal_width
from search.errors import QueryError, ReadError
from search.model import MatchKind, QuoteKind, SortOrder
from search.renderers import CITATION_FORMATS, PRINTED_FORMATS

if TYPE_CHECKING:
    from search.model import Document, Query
    from search.renderers import Style
    from search.storage.store import Store

LINE_WIDTH = 120  # columns: longer lines of a quote are hard to read
BATCH_LIMIT = 10  # quotes a query of --batch is answered with, unless --limit says how many


def _filters(command: AnyFunction) -> AnyFunction:
    """Add the options that narrow an answer to a command."""
    options = (
        click.option("--speaker", multiple=True, help="Only quotes of this speaker."),
        click.option("--outlet", multiple=True, help="Only quotes printed by this outlet."),
        click.option("--language", multiple=True, help="Only quotes in this language (en, de, ...)."),
        click.option("--after", help="Printed on this day or later: 2021-04-25, 2021-04 or 2021."),
        click.option("--before", help="Printed before this day."),
        click.option(
            "--kind",
            multiple=True,
            type=click.Choice([kind.value for kind in QuoteKind]),
            help="Only quotes of this kind.",
        ),
        click.option(
            "--scare",
            is_flag=True,
            help="Also words in quotation marks that nobody said: titles, slogans, scare quotes.",
        ),
        click.option("--indirect", is_flag=True, help="Also speech reported without quotation marks."),
    )
    # A decorator puts its option before those that are there already.
    for option in reversed(options):
        command = option(command)
    return command


@click.command("find", no_args_is_help=True)
@click.argument("text", required=False)
@_filters
@click.option("--exact", is_flag=True, help="Only quotes that hold these very words.")
@click.option("--limit", type=click.IntRange(1, 1000), help="Show at most so many utterances (with --batch: quotes).")
@click.option("--offset", type=click.IntRange(0), default=0, help="Skip so many utterances first.")
@click.option("--sort", type=click.Choice([order.value for order in SortOrder]), help="By day of print, not by match.")
@click.option("--explain", is_flag=True, help="Say why each version is taken for what was asked, in log odds.")
@click.option("--json", "format_", flag_value="json", help="Print the whole answer as one JSON object.")
@click.option("--jsonl", "format_", flag_value="jsonl", help="Print one quote a line, as JSON.")
@click.option("--csv", "format_", flag_value="csv", help="Print a table for a spreadsheet.")
@click.option(
    "--format",
    "format_",
    type=click.Choice([*PRINTED_FORMATS, *CITATION_FORMATS]),
    help="Print one of these; the last six cite the articles that print what is found.",
)
@click.option(
    "--batch",
    type=click.File("rb"),
    help='Answer many queries: a file with {"id", "query"} on each line, or - for standard input.',
)
@instance_option
def find_command(
    text: str | None, instance: str | None, format_: str | None, batch: Any, limit: int | None, **options: Any
) -> None:
    """Find every version of a quote: the same words, parts of them, edited or reworded.

    \b
    quotes find "diplomacy was sacrificed"
    quotes find "diplomacy was sacrificed" --speaker zarif --after 2021-04
    quotes find 'sacrificed speaker:zarif -outlet:"Example Courier"' --json
    echo "some words" | quotes find -
    """
    from search import renderers
    from search.find.bylines import with_bylines
    from search.find.find import find
    from search.find.query_language import check_query, parse_query
    from search.model import Query
    from search.storage.store import Store

    settings = settings_for(instance)
    base = check_query(Query(limit=limit or settings.page_size, **options))
    if batch is not None:
        if text is not None:
            raise click.UsageError("give either words to find or --batch, not both.")
        # Its lines have a form of their own, and each is answered from its beginning.
        if format_ not in (None, "json", "jsonl") or options["offset"] or options["explain"]:
            raise click.UsageError("--batch prints JSON Lines, and takes no other format, --offset or --explain.")
        with Store(settings) as store:
            _find_batch(store, batch, base, limit or BATCH_LIMIT, settings.max_query_chars)
        return
    if text == "-":
        # One character more than may be asked is enough to be refused, however much is piped in.
        text = sys.stdin.read(settings.max_query_chars + 1)
    query = parse_query(text or "", base, max_chars=settings.max_query_chars)
    with Store(settings) as store:
        result = find(store, query)
        if format_ in CITATION_FORMATS:
            result = with_bylines(store, result)
        _tell(store)
    style = renderers.Style(in_color(), min(terminal_width(), LINE_WIDTH))
    click.echo(renderers.render_as(format_ or "text", result, style), nl=False, color=in_color())
    click.get_current_context().exit(0 if result.utterances else 1)


def _find_batch(store: Store, batch: Any, base: Query, limit: int, max_chars: int) -> None:
    """Print one answer a query, in their order; a query that makes no sense is answered with its error."""
    from search.find.lists.list_hits import list_hits
    from search.find.query_language import parse_query
    from search.renderers.json import SCORE_DIGITS, encoded

    any_hits = False
    for number, row in json_lines(batch, "--batch"):
        if not isinstance(row.get("query"), str):
            raise ReadError(f"--batch, line {number}, has no `query`.")
        answer: dict[str, Any] = {"id": row.get("id"), "hits": []}
        try:
            query = parse_query(row["query"], base, max_chars=max_chars)
            answer["hits"] = [
                {"id": hit.quote.id, "match": hit.match.kind, "score": round(hit.match.score, SCORE_DIGITS)}
                for hit in list_hits(store, query, limit)
            ]
        except QueryError as error:
            answer["error"] = str(error)
        any_hits = any_hits or bool(answer["hits"])
        click.echo(encoded(answer), nl=False)
    _tell(store)
    click.get_current_context().exit(0 if any_hits else 1)


def _tell(store: Store) -> None:
    """Say on standard error what the answers cannot hold; those for a person have it among their notes, too."""
    for notice in store.notices():
        complain(notice)


@click.command("compare", no_args_is_help=True)
@click.argument("text", required=False)
@click.argument("other", required=False)
@click.option("--explain", is_flag=True, help="Say why, in log odds that add up to the verdict.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--jsonl", "as_jsonl", is_flag=True, help="With --batch: print one answer a line (the default).")
@click.option(
    "--batch",
    type=click.File("rb"),
    help='Compare many pairs: a file with {"id", "a", "b"} on each line, or - for standard input.',
)
@instance_option
def compare_command(
    text: str | None,
    other: str | None,
    explain: bool,
    as_json: bool,
    as_jsonl: bool,
    batch: Any,
    instance: str | None,
) -> None:
    """Say whether two wordings are versions of one utterance, and what differs.

    \b
    quotes compare "Diplomacy was sacrificed" "they sacrificed diplomacy"
    quotes compare "We sold the ferry" "The ferry was sold" --explain
    quotes compare --batch pairs.jsonl --jsonl
    """
    from search.matching.compare import compare
    from search.matching.explanation import explain_match
    from search.renderers import Style
    from search.renderers.json import encoded, explanation_object, match_object
    from search.renderers.text import explained, marked
    from search.text.analysis import analyse

    settings_for(instance)
    if batch is not None:
        if text is not None:
            raise click.UsageError("give either two texts to compare or --batch, not both.")
        for number, row in json_lines(batch, "--batch"):
            if not (isinstance(row.get("a"), str) and isinstance(row.get("b"), str)):
                raise ReadError(f"--batch, line {number}, needs the texts `a` and `b`.")
            known = {
                key: row[key]
                for key in ("a_speaker", "b_speaker", "a_published", "b_published")
                if isinstance(row.get(key), str)
            }
            match = compare(analyse(row["a"]), analyse(row["b"]), **known)
            click.echo(encoded({"id": row.get("id"), **match_object(match)}), nl=False)
        return
    if text is None or other is None:
        raise click.UsageError("give two texts to compare, or --batch.")
    match = compare(analyse(text), analyse(other))
    explanation = explain_match(analyse(text), analyse(other)) if explain else None
    if as_json or as_jsonl:
        reasons = {"explanation": explanation_object(explanation)} if explanation is not None else {}
        click.echo(encoded(match_object(match) | reasons), nl=False)
    else:
        click.echo(f"{match.kind} ({match.score:.2f}): {match.reason}")
        click.echo(marked(match.differences, Style(in_color())), color=in_color())
        if match.alters:
            click.echo(f"the change alters the meaning: {', '.join(match.alters)}")
        if explanation is not None:
            click.echo("\n".join(explained(explanation, Style(in_color()))), color=in_color())
    click.get_current_context().exit(0 if match.kind != MatchKind.DIFFERENT else 1)


@click.command()
@click.option("--jsonl", "as_jsonl", is_flag=True, help="Print one quote a line (the default).")
@click.option("--hidden", is_flag=True, help="Also the quotes that people hid, marked so.")
@instance_option
def export(as_jsonl: bool, hidden: bool, instance: str | None) -> None:
    """Print every stored quote as JSON, one a line, with the id of the utterance that it belongs to.

    \b
    quotes export --jsonl > quotes.jsonl
    """
    from search.renderers.json import encoded, quote_object
    from search.storage.store import Store

    with Store(settings_for(instance)) as store:
        store.catch_up_if_free()
        who = store.speakers()
        for quote, utterance in store.export():
            id_ = who.id_of(who.of(quote.speaker))
            known = {"speaker_id": id_} if id_ else {}
            click.echo(encoded(quote_object(quote) | {"utterance": utterance} | known), nl=False)
        for quote in store.hidden_quotes() if hidden else ():
            click.echo(encoded(quote_object(quote) | {"utterance": None, "hidden": True}), nl=False)


@click.command(no_args_is_help=True)
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option(
    "--format", "format_", type=click.Choice(CITATION_FORMATS), default="apa", help="The style or format (apa)."
)
@instance_option
def cite(ids: tuple[str, ...], format_: str, instance: str | None) -> None:
    """Cite quotes: print a reference to the article that prints each of them.

    \b
    quotes cite 3f2a9c0d1e4b5a67 --format chicago
    quotes cite 3f2a9c0d1e4b5a67 9d1c0b7e5f3a2468 --format bibtex >> articles.bib
    """
    from dataclasses import replace

    from search.find.bylines import only_quote, with_bylines
    from search.find.utterance_page import utterance_of_quote
    from search.renderers import render_as
    from search.storage.store import Store

    with Store(settings_for(instance)) as store:
        answers = [only_quote(utterance_of_quote(store, id_, possible=False), id_) for id_ in ids]
        found = replace(answers[0], utterances=tuple(said for answer in answers for said in answer.utterances))
        click.echo(render_as(format_, with_bylines(store, found)), nl=False)


@click.command(no_args_is_help=True)
@click.argument("id_", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--diff", is_flag=True, help="Of a document: show what changed since the revision before it.")
@instance_option
def show(id_: str, as_json: bool, diff: bool, instance: str | None) -> None:
    """Show a quote's utterance with every version of it, or a whole document.

    \b
    quotes show 3f2a9c0d1e4b5a67
    quotes show 9d1c0b7e5f3a2468 --diff
    """
    from search.documents.revisions import revisions_of
    from search.documents.syndication import copies
    from search.find.utterance_page import utterance_of_quote
    from search.renderers import Style
    from search.renderers.json import document_object, encoded, utterance_object
    from search.renderers.text import document_text, utterance_text
    from search.storage.store import Store

    style = Style(in_color(), terminal_width())
    with Store(settings_for(instance)) as store:
        document = store.document(id_)
        if document is not None and diff:
            shown_text = _changes(store, document, style, as_json=as_json)
        elif document is not None:
            revisions, same = revisions_of(store, document), copies(store, document)
            shown_text = (
                encoded(document_object(document, revisions, same))
                if as_json
                else document_text(document, style, revisions, same)
            )
        else:
            utterance = utterance_of_quote(store, id_)
            shown_text = encoded(utterance_object(utterance)) if as_json else utterance_text(utterance, style)
    click.echo(shown_text, nl=False, color=in_color())


def _changes(store: Store, document: Document, style: Style, *, as_json: bool) -> str:
    """Return what changed between a document and the revision that it is compared with, the earlier one first."""
    from search.documents.revisions import compared_revision, diff_revisions, revisions_of
    from search.renderers.json import encoded, revision_object
    from search.renderers.text import revision_text

    revisions = revisions_of(store, document)
    compared = compared_revision(revisions, document)
    if compared is None:
        raise QueryError("there is only one revision of this document.")
    diff = diff_revisions(*sorted((document, compared), key=revisions.index))
    return encoded(revision_object(diff)) if as_json else revision_text(diff, style)
