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

LOOPBACK = ("127.", "localhost", "::1", "[::1]")  # how the names of this machine's own address begin
HIGHEST_PORT = 65535


@click.command()
@click.option("--host", help="The address to listen on (default 127.0.0.1, which only this machine can reach).")
@click.option(
    "--port", type=click.IntRange(0, HIGHEST_PORT), help="The port to listen on (default 5000; 0 takes any free one)."
)
@instance_option
def serve(host: str | None, port: int | None, instance: str | None) -> None:
    """Serve the archive to a browser, and to programs as GET /api/v1/quotes?q=... Ctrl-C ends it.

    \b
    quotes serve
    quotes serve --port 8000
    """
    from search.storage.store import Store
    from web.app import create_app

    settings = settings_for(instance, host=host, port=port)
    # A browser that asks for two things at once is nothing to warn of.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    with Store(settings) as store:
        server = open_server(create_app(settings, store), settings)
        try:
            signal.signal(signal.SIGTERM, _ended)
            click.echo(f"Quotes is at {server_address(settings, server)} (Ctrl-C ends it)", err=True)
            if not settings.host.startswith(LOOPBACK):
                click.echo("Anybody who can reach this machine can read the whole archive.", err=True)
            server.run()
        finally:
            server.close()


def open_server(app: Any, settings: Settings) -> Any:
    """Return a waitress server that has its port. Raises ConfigError, with the reason, if it cannot have it."""
    import waitress

    from web.views.check import MANUSCRIPT_BYTES

    if not 0 <= settings.port <= HIGHEST_PORT:
        raise ConfigError(
            f"{settings.port} is not a port; they go from 0 to {HIGHEST_PORT}. Choose another with --host or --port."
        )
    # Waitress leaves its sockets open when it cannot have a port, and does not say which: so it is given one.
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
    return waitress.create_server(
        app, sockets=[opened], threads=threads, ident=None, max_request_body_size=MANUSCRIPT_BYTES
    )


def server_address(settings: Settings, server: Any) -> str:
    """Return the address at which a browser finds the page; an IPv6 address stands in brackets (RFC 3986)."""
    host = f"[{settings.host}]" if ":" in settings.host and not settings.host.startswith("[") else settings.host
    return f"http://{host}:{server.effective_port}/"


def _ended(_signal: int, _frame: FrameType | None) -> NoReturn:
    """End the server: on SIGTERM, as a service manager sends it, as orderly as on Ctrl-C."""
    raise SystemExit(0)
