"""`quotes users` from the command line."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from search.cli import quotes
from web.accounts.account_file import AccountFile
from web.user_commands import users


def run(instance: Path, *words: str, stdin: str = "") -> Result:
    return CliRunner().invoke(quotes, [users.name or "", *words, "--instance", str(instance)], input=stdin)


def test_an_account_is_added_listed_given_a_new_password_and_removed(tmp_path: Path) -> None:
    asked = run(tmp_path, "add", "Ann Lind", stdin="eleven ferries\neleven ferries\n")
    assert (asked.exit_code, asked.stdout.splitlines()[-1]) == (0, "added")
    assert "eleven" not in asked.output
    assert AccountFile(tmp_path).verified("Ann Lind", "eleven ferries")
    again = run(tmp_path, "add", "ann lind", "--password-stdin", stdin="another password\n")
    assert again.stdout == "the password is another now\n"
    assert run(tmp_path, "list").stdout[10:] == " ann lind\n"
    assert run(tmp_path, "remove", "ANN LIND").stdout == "removed\n"
    assert run(tmp_path, "remove", "Ann Lind").exit_code == 1
    assert run(tmp_path, "list").stdout == ""


def test_a_password_that_will_not_do_is_one_sentence(tmp_path: Path) -> None:
    done = run(tmp_path, "add", "Ann", "--password-stdin", stdin="short\n")
    assert (done.exit_code, done.stderr) == (2, "quotes: A password has to have 10 to 1,000 characters.\n")
