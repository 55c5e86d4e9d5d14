"""The commands that keep the archive: `status`, `rebuild`, `regroup`, `embed`, `config`, `delete`."""

from __future__ import annotations

from dataclasses import asdict

import click

from search import settings as settings_module
from search.cli import instance_option, settings_for
from search.errors import QuoteNotFound
from search.plural import counted
from search.progress import shown


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@instance_option
def status(as_json: bool, instance: str | None) -> None:
    """Say how much the archive holds.

    \b
    quotes status --json
    """
    from search.renderers.json import encoded
    from search.storage.store import Store

    with Store(settings_for(instance)) as store:
        store.catch_up_if_free()
        facts = {name: value for name, value in asdict(store.status()).items() if value is not None}
    if as_json:
        click.echo(encoded(facts), nl=False)
    else:
        for name, value in facts.items():
            click.echo(f"{name:11}{value:,}" if isinstance(value, int) else f"{name:11}{value}")


@click.command()
@instance_option
def rebuild(instance: str | None) -> None:
    """Build the search index and the utterances anew from the stored documents and quotes.

    \b
    quotes rebuild
    """
    from search.storage.store import Store

    with Store(settings_for(instance)) as store, shown() as progress:
        store.rebuild(progress)
        facts = store.status()
    click.echo(
        f"rebuilt {counted(facts.quotes, 'quote')} of {counted(facts.documents, 'document')}, "
        f"{counted(facts.utterances, 'utterance')} in {counted(facts.versions, 'version')}"
    )


@click.command(no_args_is_help=True)
@click.option("--since", required=True, help="The day from which on they were stored, UTC: 2026-11-25.")
@instance_option
def regroup(since: str, instance: str | None) -> None:
    """Compare the quotes that were stored lately once more with all others, and make their utterances anew.

    Which quotes are one utterance hardly depends on the order in which they came; this mends what does, every night.

    \b
    quotes regroup --since 2026-11-25
    """
    from search.find.query_language import parse_day
    from search.storage.store import Store

    day = parse_day(since) or ""
    with Store(settings_for(instance)) as store, shown() as progress:
        compared, links = store.regroup(day, progress)
    click.echo(f"compared {counted(compared, 'quote')} again; {counted(links, 'link')} new")


@click.command()
@click.option("--again", is_flag=True, help="Make all vectors anew.")
@instance_option
def embed(again: bool, instance: str | None) -> None:
    """Make the vectors that are missing, by which quotes are found in other languages and in other words.

    Needs the setting semantic = "on" and the extra. It may be interrupted: the next run goes on from there.

    \b
    quotes embed
    """
    from search.storage.store import Store

    with Store(settings_for(instance)) as store, shown() as progress:
        made = store.vectors.embed(progress, again=again)
        embedded = store.status().embedded
    click.echo(f"embedded {counted(made, 'quote')}; {embedded or 0:,} have a vector")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@instance_option
def config(as_json: bool, instance: str | None) -> None:
    """Print every setting with its value, where the value comes from, and what it does.

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


@click.command(no_args_is_help=True)
@click.argument("id_", metavar="DOCUMENT")
@instance_option
def delete(id_: str, instance: str | None) -> None:
    """Take a document and its quotes out of the archive.

    \b
    quotes delete 3f2a9c0d1e4b5a67
    """
    from search.storage.store import Store

    with Store(settings_for(instance)) as store:
        gone = store.delete_document(id_)
    if gone is None:
        raise QuoteNotFound(f"There is no document {id_!r} in this archive.")
    click.echo(f"deleted 1 document, {counted(gone, 'quote')}")
