"""The command `quotes serve`."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

from search.cli import complain, instance_option, settings_for
from search.settings import Settings

if TYPE_CHECKING:
    from search.storage.store import Store

STOP_SECONDS: Final = 10.0  # in which what is being read is stored, once the server is told to end


@click.command()
@click.option("--host", help="The address to listen on (default 127.0.0.1, which only this machine can reach).")
@click.option(
    "--port", type=click.IntRange(0, 65_535), help="The port to listen on (default 5000; 0 takes any free one)."
)
@click.option(
    "--public",
    is_flag=True,
    default=None,
    help="Serve it to others: pages of any site may read the API, and requests are limited.",
)
@click.option("--follow", "is_following", is_flag=True, help="Read again what `quotes follow` has, at set times.")
@instance_option
def serve(host: str | None, port: int | None, public: bool | None, is_following: bool, instance: str | None) -> None:
    """Serve the archive to a browser, and to programs as GET /api/v1/quotes?q=... Ctrl-C ends it.

    \b
    quotes serve
    quotes serve --port 8000
    quotes serve --follow
    QUOTES_HOSTS=quotes.example quotes serve --host 0.0.0.0 --public
    """
    from search.cli.embedding import EmbeddingWatch
    from search.storage.store import Store
    from web.app import create_app
    from web.security import is_loopback
    from web.server import open_server

    settings = settings_for(instance, host=host, port=port, public=public)
    # A browser that asks for two things at once is nothing to warn of.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    with Store(settings) as store:
        app = create_app(settings, store)
        server = open_server(app, settings)
        try:
            signal.signal(signal.SIGTERM, _ended)
            click.echo(f"Quotes is at {server_address(settings, server)} (Ctrl-C ends it)", err=True)
            if not is_loopback(settings.host):
                click.echo("Anybody who can reach this machine can read the whole archive.", err=True)
            with EmbeddingWatch(store), _following(settings, store, is_on=is_following):
                server.run()
        finally:
            server.close()
            app.extensions["intake_jobs"].close()


@contextmanager
def _following(settings: Settings, store: Store, *, is_on: bool) -> Iterator[None]:
    """Read what is followed in the background for the time of the block, if it is on."""
    from indexer.follow import follow

    stop = threading.Event()
    thread = threading.Thread(target=follow, args=(settings, store, complain, stop), name="follow", daemon=True)
    if is_on:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        if is_on:
            thread.join(STOP_SECONDS)


def server_address(settings: Settings, server: Any) -> str:
    """Return the address at which a browser finds the page; an IPv6 address stands in brackets (RFC 3986)."""
    host = f"[{settings.host}]" if ":" in settings.host and not settings.host.startswith("[") else settings.host
    return f"http://{host}:{server.effective_port}/"


def _ended(_signal: int, _frame: FrameType | None) -> NoReturn:
    """End the server: on SIGTERM, as a service manager sends it, as orderly as on Ctrl-C."""
    raise SystemExit(0)
