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
        try:
            mcp_server(store).run("stdio")
        except BaseExceptionGroup as several:
            refused = several.subgroup(OSError)
            if refused is None:
                raise
            # The agent went away, or the disk that takes the answers is full: that is the command's to say, in one sentence.
            raise _first(refused) from several


def _first(several: BaseExceptionGroup[BaseException]) -> BaseException:
    one = several.exceptions[0]
    return _first(one) if isinstance(one, BaseExceptionGroup) else one
