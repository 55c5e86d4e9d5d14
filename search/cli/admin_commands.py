"""The commands that keep the archive: `status`, `rebuild`, `embed`, `config`, `delete`, and `utterances`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

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


@click.group()
@instance_option
def utterances(instance: str | None) -> None:
    """List the utterances printed most, and say which quotes belong together. Decisions survive a rebuild.

    \b
    quotes utterances list
    quotes utterances merge 3f2a9c0d1e4b5a67 537d775c652894cd
    quotes utterances split 3f2a9c0d1e4b5a67
    quotes utterances pin 3f2a9c0d1e4b5a67
    """


@utterances.command("list")
@click.option("--limit", type=click.IntRange(1, 100_000), default=20, help="List at most so many utterances.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
@instance_option
def list_utterances(limit: int, as_json: bool, instance: str | None) -> None:
    """List the utterances printed most often, each with how many quotes and versions it has.

    \b
    quotes utterances list --limit 5
    """
    from search.renderers.json import encoded
    from search.renderers.text import safe
    from search.storage.store import Store

    with Store(settings_for(instance)) as store:
        store.catch_up_if_free()
        rows: list[dict[str, Any]] = []
        for utterance, quotes, versions in store.largest_utterances(limit):
            first = store.quotes(list(store.quotes_of_utterances([utterance]))[:1])
            rows += [{"id": q.id, "text": q.text, "quotes": quotes, "versions": versions} for q in first.values()]
    if as_json:
        click.echo(encoded(rows), nl=False)
        return
    for row in rows:
        extent = f"{counted(row['quotes'], 'quote'):>12} in {counted(row['versions'], 'version'):13}"
        # 12 columns hold "9,999 quotes"; 80 characters of the words tell utterances apart on one line.
        click.echo(f"{safe(row['id'])}  {extent} {safe(row['text'])[:80]}")


@utterances.command("merge")
@click.argument("ids", nargs=-1, required=True)
@instance_option
def merge_utterances(ids: tuple[str, ...], instance: str | None) -> None:
    """Make these quotes versions of one utterance, whatever their words.

    \b
    quotes utterances merge 3f2a9c0d1e4b5a67 537d775c652894cd
    """
    from search.storage.store import Store

    if len(ids) < 2:
        raise click.UsageError("give the ids of two quotes or more.")
    with Store(settings_for(instance)) as store, store.writing("quotes utterances merge"):
        numbers = [store.number_of(one) for one in ids]
        store.decide([(numbers[0], other) for other in numbers[1:]], together=True)
        utterance = store.utterances_of(numbers[:1])[numbers[0]]
        quotes = counted(len(store.quotes_of_utterances([utterance])), "quote")
        click.echo(f"the utterance {store.utterance_ids([utterance])[utterance]} now has {quotes}")


@utterances.command("split")
@click.argument("id_", metavar="ID")
@instance_option
def split_utterance(id_: str, instance: str | None) -> None:
    """Take the version that this quote prints out of its utterance, to be an utterance of its own.

    \b
    quotes utterances split 3f2a9c0d1e4b5a67
    """
    from search.storage.store import Store

    with Store(settings_for(instance)) as store, store.writing("quotes utterances split"):
        number = store.number_of(id_)
        others = [n for n in store.quotes_of_utterances(store.utterances_of([number]).values()) if n != number]
        store.decide([(number, other) for other in others], together=False)
        left = store.quotes_of_utterances(store.utterances_of([number]).values())
        click.echo(f"{id_} is now in an utterance of {counted(len(left), 'quote')}")


@utterances.command("pin")
@click.argument("id_", metavar="ID")
@instance_option
def pin_utterance(id_: str, instance: str | None) -> None:
    """Keep the quotes of this utterance together, whatever is added to the archive later.

    \b
    quotes utterances pin 3f2a9c0d1e4b5a67
    """
    from search.storage.store import Store

    with Store(settings_for(instance)) as store, store.writing("quotes utterances pin"):
        number = store.number_of(id_)
        members = list(store.quotes_of_utterances(store.utterances_of([number]).values()))
        store.decide([(members[0], other) for other in members[1:]], together=True)
        click.echo(f"{counted(len(members), 'quote stays', 'quotes stay')} together")
