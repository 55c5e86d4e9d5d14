"""The command `quotes mcp`."""

from __future__ import annotations

import click

from search.cli import instance_option, settings_for
from search.errors import ConfigError


@click.command()
@instance_option
def mcp(instance: str | None) -> None:
    """Let an agent read the archive: the Model Context Protocol on standard input and output.

    Needs the extra: pip install 'quotes-engine[mcp]'. It finds quotes, shows versions, checks a text and lists what somebody said.

    \b
    quotes mcp
    """
    from search.storage.store import Store

    try:
        from web.mcp_server import mcp_server
    except ModuleNotFoundError as error:
        raise ConfigError("The library for agents is not installed: pip install 'quotes-engine[mcp]'.") from error
    with Store(settings_for(instance)) as store:
        mcp_server(store).run("stdio")
