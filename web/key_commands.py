"""The commands `quotes keys`: who may ask the API more often."""

from __future__ import annotations

import click

from search.cli import GroupOfSentences, instance_option, settings_for
from search.errors import QuoteNotFound


@click.group(cls=GroupOfSentences)
@instance_option
def keys(instance: str | None) -> None:
    """Give out keys of the API, whose holders may ask more often; to read, nobody needs one.

    \b
    quotes keys add "Ann Lind"
    quotes keys list
    quotes keys remove "Ann Lind"
    """


@keys.command("add")
@click.argument("name")
@click.option(
    "--per-minute", type=click.IntRange(10, 1_000_000), default=1200, help="Requests a minute (default 1200)."
)
@instance_option
def add_key(name: str, per_minute: int, instance: str | None) -> None:
    """Print a new key, once: only a hash of it is kept.

    \b
    quotes keys add "Ann Lind" --per-minute 3000
    """
    from web.accounts.api_keys import ApiKeys

    click.echo(ApiKeys(settings_for(instance).instance).add(name, per_minute))


@keys.command("list")
@instance_option
def list_keys(instance: str | None) -> None:
    """List the holders of keys, since when they have them, and how often each may ask.

    \b
    quotes keys list
    """
    from search.renderers.text import safe
    from web.accounts.api_keys import ApiKeys

    for key in ApiKeys(settings_for(instance).instance).all():
        click.echo(safe(f"{key.added[:10]} {key.name}, {key.per_minute:,} a minute"))


@keys.command("remove")
@click.argument("name")
@instance_option
def remove_key(name: str, instance: str | None) -> None:
    """Take a key back: it is refused at once.

    \b
    quotes keys remove "Ann Lind"
    """
    from web.accounts.api_keys import ApiKeys

    if not ApiKeys(settings_for(instance).instance).remove(name):
        raise QuoteNotFound(f"There is no key of {name!r}.")
    click.echo("removed")
