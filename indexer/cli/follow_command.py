"""The command `quotes follow`."""

from __future__ import annotations

import threading

import click

from search.cli import complain, instance_option, settings_for
from search.errors import QuoteNotFound
from search.plural import counted


@click.command("follow")
@click.argument("feeds", nargs=-1)
@click.option("--sitemap", "sitemaps", multiple=True, metavar="URL", help="Follow this sitemap, too.")
@click.option("--once", is_flag=True, help="Read what is due, and end: for a timer of your own.")
@click.option("--list", "listed", is_flag=True, help="Print what is followed, and end.")
@click.option("--remove", metavar="URL", help="Follow this no longer, and end.")
@instance_option
def follow_command(
    feeds: tuple[str, ...],
    sitemaps: tuple[str, ...],
    once: bool,
    listed: bool,
    remove: str | None,
    instance: str | None,
) -> None:
    """Follow feeds and sitemaps: read them now and again at set times (the setting `follow_minutes`), until Ctrl-C.

    What is followed is remembered: without addresses it is read on. `quotes serve --follow` does the same beside the page.

    \b
    quotes follow https://courier.example/feed.xml
    quotes follow --sitemap https://courier.example/sitemap.xml --once
    quotes follow --list
    """
    from indexer.follow import FollowList, follow, read_due
    from search.renderers.text import safe
    from search.storage.store import Store

    settings = settings_for(instance)
    followed = FollowList(settings)
    if remove is not None:
        if not followed.remove(remove):
            raise QuoteNotFound(f"{remove} is not followed.")
        click.echo("removed")
        return
    followed.add(feeds, sitemaps=False)
    followed.add(sitemaps, sitemaps=True)
    if listed:
        for one in followed.all():
            click.echo(safe(f"{one.read[:16] or 'not read yet'} {one.address}{' (sitemap)' if one.is_sitemap else ''}"))
        return
    if not followed.all():
        raise click.UsageError("nothing is followed yet: give the address of a feed, or --sitemap URL.")
    with Store(settings) as store:
        if once:
            read_due(settings, store, complain)
        else:
            complain(f"following {counted(len(followed.all()), 'feed')}; Ctrl-C ends it.")
            follow(settings, store, complain, threading.Event())
