"""The command `quotes watch`: saved searches, and what is done when the archive has something new for them."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import click

from search.cli import GroupOfSentences, complain, instance_option, settings_for
from search.errors import ConfigError, QueryError, QuoteNotFound, QuotesError, ReadError

if TYPE_CHECKING:
    from search.following.additions import AddedQuote
    from search.following.saved_searches import SavedSearch
    from search.settings import Settings
    from search.storage.store import Store

MOST_TOLD: Final = 100  # quotes in one message, the newest; the page has the rest
MOST_SAVED: Final = 1_000  # searches: each run asks them all
WATCH_NAME_LENGTH: Final = 100  # code points
COMMAND_SECONDS: Final = 300.0  # that a command may run


@click.group(cls=GroupOfSentences)
@instance_option
def watch(instance: str | None) -> None:
    """Save searches, and be told when the archive has something new for them.

    \b
    quotes watch add zarif 'diplomacy speaker:zarif' --exec 'mail -s "New quotes" desk@example.org'
    quotes watch run
    """


@watch.command("add", no_args_is_help=True)
@click.argument("name")
@click.argument("query")
@click.option("--exec", "command", default="", help="Run this with the news, as JSON, on its standard input.")
@click.option("--webhook", default="", help="Send the news to this address, as JSON, signed (Standard Webhooks).")
@instance_option
def add_watch(name: str, query: str, command: str, webhook: str, instance: str | None) -> None:
    """Save a search under a NAME. It tells of what comes in from now on.

    \b
    quotes watch add strike '"we will stay out" after:2024'
    """
    from indexer.crawler.webhook import check_webhook, new_secret
    from search.find.query_language import parse_query
    from search.following.saved_searches import SavedSearch, saved_searches
    from search.storage.store import Store

    settings = settings_for(instance)
    parse_query(query, max_chars=settings.max_query_chars)
    if not name.strip() or len(name) > WATCH_NAME_LENGTH or not name.isprintable():
        raise QueryError(f"a name is one line of at most {WATCH_NAME_LENGTH} characters.")
    _arguments(command)
    if webhook:
        check_webhook(webhook, allow_private=settings.allow_private)
    secret = new_secret() if webhook else ""
    with Store(settings) as store, saved_searches(settings.instance).changing("quotes watch add") as searches:
        if name in searches:
            raise QueryError(f"there is a search named {name} already; `quotes watch remove` takes it away.")
        if len(searches) >= MOST_SAVED:
            raise QueryError(f"there are {MOST_SAVED:,} saved searches already.")
        searches[name] = SavedSearch(name, query, command, webhook, secret, store.newest_number())
    click.echo(f"saved {name}")
    if secret:
        click.echo(f"secret of its webhook: {secret}")


@watch.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@instance_option
def list_watches(as_json: bool, instance: str | None) -> None:
    """List the saved searches; the secrets of webhooks stay in the file."""
    from search.following.saved_searches import saved_searches
    from search.renderers.json import encoded
    from search.renderers.text import safe

    for search in saved_searches(settings_for(instance).instance).read().values():
        told = [f"{name} {value}" for name, value in (("runs", search.command), ("tells", search.webhook)) if value]
        row = {"name": search.name, "query": search.query, "exec": search.command, "webhook": search.webhook}
        click.echo(encoded(row) if as_json else safe(" · ".join([search.name, search.query, *told])) + "\n", nl=False)


@watch.command("remove", no_args_is_help=True)
@click.argument("name")
@instance_option
def remove_watch(name: str, instance: str | None) -> None:
    """Forget a saved search."""
    from search.following.saved_searches import saved_searches

    with saved_searches(settings_for(instance).instance).changing("quotes watch remove") as searches:
        if searches.pop(name, None) is None:
            raise QuoteNotFound(f"There is no saved search named {name}.")
    click.echo(f"removed {name}")


@watch.command("run")
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--every", type=click.IntRange(1, 10_000), metavar="MINUTES", help="Go on, and ask again at this pace.")
@click.option("--json", "as_json", is_flag=True, help="Print the news as JSON, an object a search.")
@instance_option
def run_watches(names: tuple[str, ...], every: int | None, as_json: bool, instance: str | None) -> None:
    """Ask the saved searches, or those NAMED, for what is new, and tell of it.

    Ends 0 if there is something new, 1 if not, 2 if it could not be told; what could not be told is told by the next run.

    \b
    quotes watch run
    quotes watch run strike --every 15
    """
    settings = settings_for(instance)
    code = _run(settings, names, as_json=as_json)
    while every is not None:
        time.sleep(60 * every)
        code = _run(settings, names, as_json=as_json)
    click.get_current_context().exit(code)


def _run(settings: Settings, names: tuple[str, ...], *, as_json: bool) -> int:
    """Ask the searches once, and return the exit code of that."""
    from search.following.saved_searches import saved_searches
    from search.storage.store import Store

    any_news = any_trouble = False
    with Store(settings) as store, saved_searches(settings.instance).changing("quotes watch run") as searches:
        for name in names:
            if name not in searches:
                raise QuoteNotFound(f"There is no saved search named {name}.")
        store.catch_up_if_free()
        for notice in store.notices():
            complain(notice)
        if store.behind():
            return 1  # to ask now would pass over what cannot be found yet
        for name in names or tuple(searches):
            search = searches[name]
            newest = store.newest_number()
            try:
                news = _news(store, search, settings)
                if news:
                    any_news = True
                    _tell(search, news, settings, as_json=as_json)
            except (QuotesError, OSError, subprocess.SubprocessError) as error:
                complain(f"{name}: {error}")
                any_trouble = True
            else:
                searches[name] = replace(search, seen=newest)
    if not (any_news or any_trouble):
        complain("nothing is new." if searches else "no search is saved yet; `quotes watch add` saves one.")
    return 2 if any_trouble else 0 if any_news else 1


def _news(store: Store, search: SavedSearch, settings: Settings) -> list[AddedQuote]:
    """Return the quotes that answer a saved search and were stored since it was asked last, last stored first."""
    from search.find.query_language import parse_query
    from search.following.additions import newest_quotes

    query = parse_query(search.query, max_chars=settings.max_query_chars)
    # An archive that was begun anew counts from 1 again.
    after = search.seen if search.seen <= store.newest_number() else 0
    return newest_quotes(store, query, MOST_TOLD, after)


def _tell(search: SavedSearch, news: list[AddedQuote], settings: Settings, *, as_json: bool) -> None:
    """Print the news, run the command and send the message of a search. Raises what hinders that."""
    from indexer.crawler.webhook import send_webhook
    from search.model import digest
    from search.plural import counted
    from search.renderers.json import encoded, quote_object
    from search.renderers.text import safe

    message = {
        "type": "quotes.added",
        "timestamp": datetime.now(UTC).isoformat(timespec="seconds"),
        "data": {
            "watch": search.name,
            "query": search.query,
            "quotes": [quote_object(each.quote) | {"added": each.added} for each in news],
        },
    }
    if as_json:
        click.echo(encoded(message), nl=False)
    else:
        click.echo(safe(f"{search.name}: {counted(len(news), 'new quote')}"))
        for each in news:
            facts = (each.quote.speaker or "speaker not known", each.quote.outlet, each.quote.published, each.quote.id)
            click.echo(f"  {safe(f'“{each.quote.text}”')}\n      {safe(' · '.join(filter(None, facts)))}")
    body = json.dumps(message, ensure_ascii=False).encode("utf-8", "replace")
    if search.command:
        # The words of strangers are its input and never a part of its line; no shell reads either.
        environment = {**os.environ, "QUOTES_WATCH_NAME": search.name}
        subprocess.run(_arguments(search.command), input=body, check=True, timeout=COMMAND_SECONDS, env=environment)
    if search.webhook:
        # The same news have the same id when they are sent again, by which a receiver knows that it has them.
        id_ = "msg_" + digest(search.name, *(each.quote.id for each in news), length=32)
        try:
            send_webhook(
                search.webhook, search.secret, id_, int(time.time()), body, allow_private=settings.allow_private
            )
        except ReadError as error:
            raise ConfigError(f"{search.webhook} was not told: {error}") from error


def _arguments(command: str) -> list[str]:
    """Return the words of a command. Raises QueryError for a line that is none."""
    try:
        return shlex.split(command)
    except ValueError as error:
        raise QueryError(f"--exec: {error}.") from error
