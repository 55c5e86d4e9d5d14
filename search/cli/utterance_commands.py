"""The commands `quotes utterances`: the utterances printed most, and which quotes belong together."""

from __future__ import annotations

from typing import Any

import click

from search.cli import GroupOfSentences, instance_option, settings_for
from search.cli.correction_commands import correcting
from search.corrections.correction import CorrectionKind
from search.plain_line import plain_line
from search.plural import counted


@click.group(cls=GroupOfSentences)
@instance_option
def utterances(instance: str | None) -> None:
    """List the utterances printed most, and say which quotes belong together: corrections, as `quotes corrections` has them.

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
    from search.find.group import printed_words
    from search.renderers.json import encoded
    from search.renderers.text import safe
    from search.storage.store import Store

    with Store(settings_for(instance)) as store:
        store.catch_up_if_free()
        rows: list[dict[str, Any]] = []
        for utterance, quotes, _ in store.largest_utterances(limit):
            numbers = list(store.quotes_of_utterances([utterance]))
            # By their words, as an answer counts them; the archive keeps the same words of two speakers apart.
            versions = len(set(map(printed_words, store.texts(numbers))))
            first = store.quotes(numbers[:1])
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
@correcting
@instance_option
def merge_utterances(ids: tuple[str, ...], person: str, reason: str, instance: str | None) -> None:
    """Make these quotes versions of one utterance, whatever their words.

    \b
    quotes utterances merge 3f2a9c0d1e4b5a67 537d775c652894cd
    """
    from search.storage.store import Store

    if len(ids) < 2:
        raise click.UsageError("give the ids of two quotes or more.")
    with Store(settings_for(instance)) as store:
        store.correct(CorrectionKind.JOIN, person, reason, quotes=ids)
        number = store.number_of(ids[0])
        utterance = store.utterances_of([number])[number]
        quotes = counted(len(store.quotes_of_utterances([utterance])), "quote")
        click.echo(plain_line(f"the utterance {store.utterance_ids([utterance])[utterance]} now has {quotes}"))


@utterances.command("split")
@click.argument("id_", metavar="ID")
@correcting
@instance_option
def split_utterance(id_: str, person: str, reason: str, instance: str | None) -> None:
    """Take the version that this quote prints out of its utterance, to be an utterance of its own.

    It is no longer shown as the translation of one in another language, either.

    \b
    quotes utterances split 3f2a9c0d1e4b5a67
    """
    from search.find.utterance_page import translated_quote_ids
    from search.storage.store import Store

    with Store(settings_for(instance)) as store:
        others = [*store.other_versions(id_), *translated_quote_ids(store, id_)]
        if others:
            store.correct(CorrectionKind.SPLIT, person, reason, quotes=[id_, *others])
        number = store.number_of(id_)
        left = store.quotes_of_utterances(store.utterances_of([number]).values())
        click.echo(plain_line(f"{id_} is now in an utterance of {counted(len(left), 'quote')}"))


@utterances.command("pin")
@click.argument("id_", metavar="ID")
@correcting
@instance_option
def pin_utterance(id_: str, person: str, reason: str, instance: str | None) -> None:
    """Keep the quotes of this utterance together, whatever is added to the archive later.

    \b
    quotes utterances pin 3f2a9c0d1e4b5a67
    """
    from search.storage.store import Store

    with Store(settings_for(instance)) as store:
        others = store.other_versions(id_)
        if others:
            store.correct(CorrectionKind.JOIN, person, reason, quotes=[id_, *others])
        number = store.number_of(id_)
        members = store.quotes_of_utterances(store.utterances_of([number]).values())
        click.echo(f"{counted(len(members), 'quote stays', 'quotes stay')} together")
