"""The commands that keep the archive: `status`, `rebuild`, `config`, `delete`, and what people decide: `speakers`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from search import settings as settings_module
from search.cli import instance_option, settings_for
from search.errors import QuoteNotFound
from search.progress import shown


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@instance_option
def status(as_json: bool, instance: str | None) -> None:
    """How much the archive holds.

    \b
    quotes status --json
    """
    from search.renderers.json import encoded
    from search.storage.store import Store

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
    """Make the search index and the utterances anew from the stored documents and quotes.

    \b
    quotes rebuild
    """
    from search.storage.store import Store

    with Store(settings_for(instance)) as store, shown() as progress:
        store.rebuild(progress)
        facts = store.status()
    click.echo(
        f"rebuilt {facts.quotes} quotes of {facts.documents} documents: {facts.versions} versions of {facts.utterances} utterances"
    )


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
    click.echo(f"deleted 1 document, {gone} quotes")


@click.group()
@instance_option
def speakers(instance: str | None) -> None:
    """Who is who: list the speakers, and put names together or apart.

    What you decide is written to `speakers.toml` in the instance folder, which you can edit too; it works at once.

    \b
    quotes speakers list
    quotes speakers merge "Mohammad Javad Zarif" "FM Zarif" "M. J. Zarif"
    quotes speakers split "Ann Lee" "A. Lee"
    quotes speakers rename "Ann Lee" "Ann Lee (mayor)"
    """


@speakers.command("list")
@click.option("--json", "as_json", is_flag=True, help="As one JSON list.")
@instance_option
def list_speakers(as_json: bool, instance: str | None) -> None:
    """The speakers by how much they are quoted, with their other names.

    \b
    quotes speakers list --json
    """
    from search.renderers.json import encoded
    from search.storage.store import Store

    with Store(settings_for(instance)) as store:
        rows = store.speaker_table()
    if as_json:
        click.echo(encoded([{"speaker": name, "quotes": n, "names": list(names)} for name, n, names in rows]), nl=False)
        return
    for name, number, names in rows:
        click.echo(f"{number:6,}  {name}" + (f"  (also {', '.join(names)})" if names else ""))


@speakers.command("merge")
@click.argument("name")
@click.argument("aliases", nargs=-1, required=True)
@instance_option
def merge_speakers(name: str, aliases: tuple[str, ...], instance: str | None) -> None:
    """All these names mean NAME.

    \b
    quotes speakers merge "Mohammad Javad Zarif" "FM Zarif"
    """
    _decide(instance, "merge", name, aliases)


@speakers.command("split")
@click.argument("names", nargs=-1, required=True)
@instance_option
def split_speakers(names: tuple[str, ...], instance: str | None) -> None:
    """These names are different people.

    \b
    quotes speakers split "Ann Lee" "A. Lee"
    """
    _decide(instance, "split", names)


@speakers.command("rename")
@click.argument("old")
@click.argument("new")
@instance_option
def rename_speaker(old: str, new: str, instance: str | None) -> None:
    """The speaker called OLD, with all other names, is to be called NEW.

    \b
    quotes speakers rename "Zarif" "Mohammad Javad Zarif"
    """
    from search.storage.store import Store

    with Store(settings_for(instance)) as store:
        names = next((names for name, _, names in store.speaker_table() if name == old), ())
    _decide(instance, "rename", old, new, names)


def _decide(instance: str | None, what: str, *words: Any) -> None:
    from search.names import alias_file
    from search.storage.store import Store

    with Store(settings_for(instance)) as store, store.writing(f"quotes speakers {what}"):
        getattr(alias_file, what)(store.folder, *words)
        store.speakers()
    click.echo(f"written to {store.folder / alias_file.ALIAS_FILE}")


@click.group()
@instance_option
def utterances(instance: str | None) -> None:
    """List the utterances printed most, and put quotes together or apart. What you decide survives a rebuild.

    \b
    quotes utterances list
    quotes utterances merge 3f2a9c0d1e4b5a67 537d775c652894cd
    quotes utterances split 3f2a9c0d1e4b5a67
    quotes utterances pin 3f2a9c0d1e4b5a67
    """


@utterances.command("list")
@click.option("--limit", type=click.IntRange(1, 100_000), default=20, help="So many utterances at most.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON list.")
@instance_option
def list_utterances(limit: int, as_json: bool, instance: str | None) -> None:
    """List the utterances with the most quotes.

    \b
    quotes utterances list --limit 5
    """
    from search.renderers.json import encoded
    from search.renderers.text import safe
    from search.storage.store import Store

    with Store(settings_for(instance)) as store:
        store.catch_up_if_free()
        rows = []
        for utterance, quotes, versions in store.largest_utterances(limit):
            first = store.quotes(list(store.quotes_of_utterances([utterance]))[:1])
            rows += [{"id": q.id, "text": q.text, "quotes": quotes, "versions": versions} for q in first.values()]
    if as_json:
        click.echo(encoded(rows), nl=False)
        return
    for row in rows:
        click.echo(
            f"{row['id']}  {row['quotes']:5,} quotes, {row['versions']:4,} versions  {safe(str(row['text']))[:80]}"
        )


@utterances.command("merge")
@click.argument("ids", nargs=-1, required=True)
@instance_option
def merge_utterances(ids: tuple[str, ...], instance: str | None) -> None:
    """Put these quotes together as versions of one utterance, whatever their words.

    \b
    quotes utterances merge 3f2a9c0d1e4b5a67 537d775c652894cd
    """
    from search.storage.store import Store

    if len(ids) < 2:
        raise click.UsageError("two quotes are needed to put them together.")
    with Store(settings_for(instance)) as store, store.writing("quotes utterances merge"):
        numbers = [store.number_of(one) for one in ids]
        store.decide([(numbers[0], other) for other in numbers[1:]], together=True)
        utterance = store.utterances_of(numbers[:1])[numbers[0]]
        quotes = store.quotes_of_utterances([utterance])
        click.echo(f"{store.utterance_ids([utterance])[utterance]} now has {len(quotes)} quotes")


@utterances.command("split")
@click.argument("id_", metavar="ID")
@instance_option
def split_utterance(id_: str, instance: str | None) -> None:
    """Take the version that this quote prints out of its utterance.

    \b
    quotes utterances split 3f2a9c0d1e4b5a67
    """
    from search.storage.store import Store

    with Store(settings_for(instance)) as store, store.writing("quotes utterances split"):
        number = store.number_of(id_)
        others = [n for n in store.quotes_of_utterances(store.utterances_of([number]).values()) if n != number]
        store.decide([(number, other) for other in others], together=False)
        left = store.quotes_of_utterances(store.utterances_of([number]).values())
        click.echo(f"{id_} is now in an utterance of {len(left)} quotes")


@utterances.command("pin")
@click.argument("id_", metavar="ID")
@instance_option
def pin_utterance(id_: str, instance: str | None) -> None:
    """Keep the quotes of this utterance together, whatever comes.

    \b
    quotes utterances pin 3f2a9c0d1e4b5a67
    """
    from search.storage.store import Store

    with Store(settings_for(instance)) as store, store.writing("quotes utterances pin"):
        number = store.number_of(id_)
        members = list(store.quotes_of_utterances(store.utterances_of([number]).values()))
        store.decide([(members[0], other) for other in members[1:]], together=True)
        click.echo(f"{len(members)} quotes stay together")
