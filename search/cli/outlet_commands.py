"""The commands `quotes outlets`: which outlets an archive has, and what it has of each."""

from __future__ import annotations

import click

from search.cli import GroupOfSentences, instance_option, print_answer, settings_for
from search.plural import counted


@click.group(cls=GroupOfSentences)
@instance_option
def outlets(instance: str | None) -> None:
    """List the outlets, and show whom each quotes and when.

    \b
    quotes outlets list
    quotes outlets show "Northway Radio"
    """


@outlets.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
@instance_option
def list_outlets(as_json: bool, instance: str | None) -> None:
    """List the outlets, those with most quotes first.

    \b
    quotes outlets list
    """
    from search.profiles.as_json import outlet_object
    from search.profiles.profile import outlets_of
    from search.storage.store import Store

    with Store(settings_for(instance)) as store:
        rows = outlets_of(store)
    print_answer(
        [outlet_object(row) for row in rows]
        if as_json
        else iter([f"{row.quotes:6,}  {row.name}, in {counted(row.documents, 'document')}" for row in rows])
    )


@outlets.command("show")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@instance_option
def show_outlet(name: str, as_json: bool, instance: str | None) -> None:
    """Show what the archive has of an outlet: whom it quotes, quotes over time, what is printed most.

    \b
    quotes outlets show "Northway Radio"
    """
    from search.profiles.as_json import outlet_overview_object
    from search.profiles.as_text import outlet_lines
    from search.profiles.profile import outlet_overview
    from search.storage.store import Store

    with Store(settings_for(instance)) as store:
        store.catch_up_if_free()
        overview = outlet_overview(store, name)
    print_answer(outlet_overview_object(overview) if as_json else outlet_lines(overview))
