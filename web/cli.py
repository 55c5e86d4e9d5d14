"""The command `quotes serve`."""

from __future__ import annotations

import importlib
import logging
import os
import signal
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Final

import click

from search.cli import complain, instance_option, settings_for
from search.errors import QuotesError
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
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    help="How many processes answer (default 1): as many as there are cores, for many readers.",
)
@click.option("--follow", "is_following", is_flag=True, help="Read again what `quotes follow` has, at set times.")
@instance_option
def serve(
    host: str | None,
    port: int | None,
    public: bool | None,
    processes: int | None,
    is_following: bool,
    instance: str | None,
) -> None:
    """Serve the archive to a browser, and to programs as GET /api/v1/quotes?q=... Ctrl-C ends it.

    \b
    quotes serve
    quotes serve --port 8000
    quotes serve --follow
    QUOTES_HOSTS=quotes.example quotes serve --host 0.0.0.0 --public --processes 4
    """
    from web.security import is_loopback
    from web.serving.ending import end
    from web.serving.server import listening_socket

    settings = settings_for(instance, host=host, port=port, public=public, processes=processes)
    # A browser that asks for two things at once is nothing to warn of.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    with listening_socket(settings) as opened:

        def tell() -> None:
            click.echo(f"Quotes is at {server_address(settings, opened)} (Ctrl-C ends it)", err=True)
            if not is_loopback(settings.host):
                click.echo("Anybody who can reach this machine can read the whole archive.", err=True)

        if settings.processes > 1:
            _answer_in_processes(settings, opened, tell, is_following=is_following)
        else:
            signal.signal(signal.SIGTERM, end)  # as a service manager sends it, as orderly as on Ctrl-C
            _answer(settings, opened, tell, is_following=is_following, is_embedding=True)


def _answer(
    settings: Settings, opened: socket.socket, tell: Callable[[], None], *, is_following: bool, is_embedding: bool
) -> None:
    """Answer what comes to a socket until this process is told to end; `tell` is called once all is ready."""
    from search.cli.embedding import EmbeddingWatch
    from search.rare_collections import rare_collections
    from search.storage.store import Store
    from web.app import create_app
    from web.serving.ending import end_if_told
    from web.serving.server import open_server

    with Store(settings) as store:
        app = create_app(settings, store)
        server = open_server(app, settings, opened)
        try:
            tell()
            watch = EmbeddingWatch(store) if is_embedding else nullcontext()
            # A find makes thousands of objects and hardly any garbage that has to be looked for: 1.1 of its 18.5 ms went into that.
            with watch, _following(settings, store, is_on=is_following), rare_collections():
                end_if_told()
                server.run()
        finally:
            server.close()
            app.extensions["intake_jobs"].close()


def _answer_in_processes(
    settings: Settings, opened: socket.socket, tell: Callable[[], None], *, is_following: bool
) -> None:
    """Answer in several processes, of which the first also follows and embeds; their numbers are in one folder."""
    from search.storage.store import Store
    from web.serving.processes import SHARED_NUMBERS, answer_in_processes

    def answer(number: int) -> None:
        try:
            first = number == 0
            _answer(settings, opened, lambda: None, is_following=is_following and first, is_embedding=first)
        except QuotesError as error:
            complain(str(error))
            raise SystemExit(2) from error

    with tempfile.TemporaryDirectory(prefix="quotes-metrics-") as folder:
        # Before the first import of prometheus_client, which looks for it then.
        os.environ.setdefault(SHARED_NUMBERS, folder)
        from web.monitoring.metrics import forget_process

        with Store(settings) as store:
            # Made, or brought to the newest format, before several processes open it, and closed before they begin.
            store.catch_up_if_free()
        importlib.import_module("web.app")  # once for all of them: they share its memory
        tell()
        answer_in_processes(settings.processes, answer, forget_process)


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


def server_address(settings: Settings, opened: socket.socket) -> str:
    """Return the address at which a browser finds the page; an IPv6 address stands in brackets (RFC 3986)."""
    host = f"[{settings.host}]" if ":" in settings.host and not settings.host.startswith("[") else settings.host
    return f"http://{host}:{opened.getsockname()[1]}/"
