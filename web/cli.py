"""The command `quotes serve`."""

from __future__ import annotations

import logging
import signal
import socket
from types import FrameType
from typing import Any, NoReturn

import click

from search.cli import instance_option, settings_for
from search.errors import ConfigError
from search.settings import Settings

LOOPBACK = ("127.", "localhost", "::1", "[::1]")


@click.command()
@click.option("--host", help="The address to listen on (default 127.0.0.1: this machine only).")
@click.option("--port", type=click.IntRange(0, 65535), help="The port to listen on (default 5000; 0: any free one).")
@instance_option
def serve(host: str | None, port: int | None, instance: str | None) -> None:
    """Search the archive in a browser, and over HTTP: GET /api/v1/quotes?q=... Ctrl-C ends it.

    \b
    quotes serve
    quotes serve --port 8000
    """
    from search.storage.store import Store
    from web.app import create_app

    settings = settings_for(instance, host=host, port=port)
    # A browser that asks for two things at once is no news to whoever started the server.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    with Store(settings) as store:
        server = listening(create_app(settings, store), settings)
        try:
            signal.signal(signal.SIGTERM, _ended)
            click.echo(f"Quotes is at {address(settings, server)} (Ctrl-C ends it)", err=True)
            if not settings.host.startswith(LOOPBACK):
                click.echo("Whoever can reach this machine can read the whole archive.", err=True)
            server.run()
        finally:
            server.close()


def listening(app: Any, settings: Settings) -> Any:
    """A waitress server that has its port; ConfigError if that cannot be had."""
    import waitress

    if not 0 <= settings.port <= 65535:
        raise ConfigError(f"{settings.port} is no port: it is from 0 to 65535. Choose another with --host or --port.")
    # waitress leaves its sockets open when it cannot have a port, and its words for it are no help: so it is given one.
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        opened = socket.create_server((settings.host.strip("[]"), settings.port), family=family)
    except (OSError, UnicodeError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).partition(" (while")[0]
        raise ConfigError(
            f"The page cannot be served at {settings.host}, port {settings.port}: {reason}. "
            "Choose another with --host or --port."
        ) from error
    threads = max(settings.threads, 1)
    return waitress.create_server(app, sockets=[opened], threads=threads, ident=None, max_request_body_size=64 * 1024)


def address(settings: Settings, server: Any) -> str:
    """Where a browser finds the page."""
    host = f"[{settings.host}]" if ":" in settings.host and not settings.host.startswith("[") else settings.host
    return f"http://{host}:{server.effective_port}/"


def _ended(_signal: int, _frame: FrameType | None) -> NoReturn:
    """SIGTERM as a service manager sends it: the same orderly end as Ctrl-C."""
    raise SystemExit(0)
