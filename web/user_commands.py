"""The commands `quotes users`: who may log in, to correct and to add."""

from __future__ import annotations

import sys

import click

from search.cli import GroupOfSentences, instance_option, settings_for
from search.errors import QuoteNotFound


@click.group(cls=GroupOfSentences)
@instance_option
def users(instance: str | None) -> None:
    """Give people accounts by which they log in to the page, to correct quotes; to read, nobody needs one.

    \b
    quotes users add "Ann Lind"
    quotes users list
    quotes users remove "Ann Lind"
    """


@users.command("add")
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, without a prompt.")
@instance_option
def add_user(name: str, password_stdin: bool, instance: str | None) -> None:
    """Give somebody an account, or another password, which ends what sessions there are.

    \b
    quotes users add "Ann Lind"
    """
    from web.accounts.account_file import PASSWORD_CHARS, AccountFile

    accounts = AccountFile(settings_for(instance).instance)
    if password_stdin:
        password = sys.stdin.readline(PASSWORD_CHARS[1] + 2).rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    is_new = accounts.put(name, password)
    click.echo("added" if is_new else "the password is another now")


@users.command("list")
@instance_option
def list_users(instance: str | None) -> None:
    """List the accounts, each with the day on which its password was set.

    \b
    quotes users list
    """
    from search.renderers.text import safe
    from web.accounts.account_file import AccountFile

    for account in AccountFile(settings_for(instance).instance).all():
        click.echo(safe(f"{account.added[:10]} {account.name}"))


@users.command("remove")
@click.argument("name")
@instance_option
def remove_user(name: str, instance: str | None) -> None:
    """Take an account away, which ends its sessions; what its owner corrected stays.

    \b
    quotes users remove "Ann Lind"
    """
    from web.accounts.account_file import AccountFile

    if not AccountFile(settings_for(instance).instance).remove(name):
        raise QuoteNotFound(f"There is no account {name!r}.")
    click.echo("removed")
