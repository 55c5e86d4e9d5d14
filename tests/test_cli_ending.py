"""Whoever is told to end does so in order: a service manager, a closed terminal, a reader that has read enough."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from search.cli.ending import READER_GONE, ending_in_order, leave_unread

# A command that is told to end while it has something to clear away.
WAITING = """
import signal, sys, click
import search.cli
{before}
@click.command()
def wait():
    try:
        {told}
        print("done", flush=True)
    finally:
        print("cleared", flush=True)
search.cli.COMMANDS["wait"] = "__main__:wait"
search.cli.quotes(["wait"])
"""


def _run(told: str, before: str = "") -> tuple[int, str, str]:
    script = WAITING.format(told=told, before=before)
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    return ended.returncode, ended.stdout, ended.stderr.strip()


@pytest.mark.parametrize(("how", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
def test_what_is_told_to_end_clears_away_and_says_so(how: str, code: int) -> None:
    begun = "signal.signal(signal.SIGINT, signal.default_int_handler)"  # which a shell in the background has ignored
    assert _run(f"signal.raise_signal(signal.{how})", begun) == (
        code,
        "cleared\n",
        "quotes: interrupted; everything stored so far is kept, and the same command continues from there.",
    )


def test_what_nohup_began_outlives_its_terminal() -> None:
    ignored = "signal.signal(signal.SIGHUP, signal.SIG_IGN)"
    assert _run("signal.raise_signal(signal.SIGHUP)", ignored) == (0, "done\ncleared\n", "")


def test_a_terminal_that_tells_twice_does_not_stop_the_clearing_away() -> None:
    twice = (
        "signal.raise_signal(signal.SIGHUP)\n    except KeyboardInterrupt:\n        signal.raise_signal(signal.SIGHUP)"
    )
    assert _run(twice)[:2] == (0, "done\ncleared\n")


def test_the_handlers_that_were_there_are_put_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with ending_in_order() as told:
        assert signal.getsignal(signal.SIGTERM) != before
    assert (signal.getsignal(signal.SIGTERM), told) == (before, [])


def test_a_reader_that_has_enough_ends_a_command_without_a_word() -> None:
    many = 'for number in range(100_000): click.echo("x" * 100)'
    script = WAITING.format(told=many, before="")
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.readline()
        run.stdout.close()
        assert run.stderr.read() == b""
    assert run.returncode == READER_GONE == 141


def test_what_is_read_is_not_led_away(capfd: pytest.CaptureFixture[str]) -> None:
    leave_unread()
    os.write(1, b"seen\n")
    assert capfd.readouterr().out == "seen\n"


def test_an_error_that_nobody_can_read_keeps_its_exit_code(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [
            sys.executable,
            "-c",
            "from search.cli import quotes; quotes()",
            "--instance",
            str(tmp_path),
            "show",
            "x",
        ]
        ended = subprocess.run(command, stdout=full, stderr=full, check=False)
    assert ended.returncode == 1
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run([*command[:-2], "config"], stdout=full, stderr=full, check=False)
    assert ended.returncode == 2
