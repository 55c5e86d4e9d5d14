"""The `quotes` command: the group with its errors and exit codes, and the commands that look into the archive.

The group imports a sub-command when it is called, out of `search.cli.command_table`, so that `quotes find` imports neither
Flask nor an HTML parser.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from math import isfinite
from typing import Any, TypeVar

import click

from search import settings as settings_module
from search.cli.command_table import COMMANDS
from search.cli.damage import MADE_BY_DAMAGE, refuse_damage
from search.cli.ending import READER_GONE, SIGNALLED, ending_in_order, leave_unread
from search.cli.standard_streams import open_closed_streams
from search.errors import ConfigError, QueryError, QuoteNotFound, QuotesError, ReadError, StoreError
from search.plain_line import plain_line
from search.settings import Settings

# First match counts. 0 is found or done, 1 nothing found, 2 an error, which is one sentence: scripts rely on it.
EXIT_CODES: tuple[tuple[type[QuotesError], int], ...] = (
    (QuoteNotFound, 1),
    (QueryError, 2),
    (ConfigError, 2),
    (ReadError, 2),
    (StoreError, 2),
    (QuotesError, 2),
)
INTERRUPTED = SIGNALLED + 2  # by Ctrl-C, which is SIGINT
_SETTINGS = "quotes.settings"  # those of the command that runs, in click's own keeping
USUAL_TERMINAL = (100, 24)  # columns and lines where the terminal does not say
_ANY_LENGTH = 10_000  # characters of a sentence; it goes on in the next line
_ALIKE = 0.7  # of two words; at .6, difflib's own, "serch" is as much "users" as "serve"
AnyFunction = TypeVar("AnyFunction", bound=Callable[..., Any])


class GroupOfSentences(click.Group):
    """A group whose help says of each command its first sentence, whole: click cuts it where the line ends."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        found = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.get_short_help_str(_ANY_LENGTH)) for name, command in found if command])


class Commands(GroupOfSentences):
    """A group whose commands are imported when they are asked for, and whose errors are one sentence each."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, of whichever package, in the order of the alphabet."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command by its name; None if there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the first word names. Raises UsageError, with the names most like it, if there is none."""
        # Click compares a word with the commands that are imported, which here are none.
        if args[0] in COMMANDS or args[0].startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        from difflib import get_close_matches

        alike = get_close_matches(args[0], COMMANDS, n=1, cutoff=_ALIKE)
        hint = f" Did you mean `quotes {alike[0]}`?" if alike else ""
        raise click.UsageError(f"there is no command “{args[0]}”: `quotes -h` lists them.{hint}", ctx)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command and end the process with its exit code (`EXIT_CODES`)."""
        kwargs["standalone_mode"] = False
        open_closed_streams()
        if isinstance(sys.stdout, TextIOWrapper):
            # Results are UTF-8 in every locale, and a lone surrogate out of a broken document must not end a run.
            sys.stdout.reconfigure(encoding="utf-8", errors="replace")
        if isinstance(sys.stdin, TextIOWrapper):
            # So is what is piped in; bytes that are none are refused where words are expected (`parse_query`).
            sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
        with ending_in_order() as told:
            code = self._code(told, *args, **kwargs)
        if code:
            leave_unread()
        sys.exit(code)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; that nobody reads its output any more (`quotes export | head`) ends it, and is no error.

        What nobody foresaw is a damaged archive, if there is one, and else a fault of the program, which is shown whole.
        """
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            return READER_GONE
        except MADE_BY_DAMAGE as error:
            if not isinstance(error, UnicodeEncodeError) and _SETTINGS in ctx.meta:
                refuse_damage(ctx.meta[_SETTINGS], error)
            raise

    def _code(self, told: Sequence[int], *args: Any, **kwargs: Any) -> int:
        """Run a command, say what went wrong, and return the exit code; `told` are the signals by which it was told to end."""
        try:
            _refuse_unreadable(args[0] if args and args[0] is not None else sys.argv[1:])
            code = super().main(*args, **kwargs)
        except click.exceptions.NoArgsIsHelpError as error:
            # Its message is the whole help, which is no sentence of an error.
            click.echo(error.ctx.get_help(), err=True)
            code = 2
        except click.ClickException as error:
            complain(error.format_message())
            code = 2
        except (click.Abort, KeyboardInterrupt):
            complain("interrupted; everything stored so far is kept, and the same command continues from there.")
            code = SIGNALLED + told[0] if told else INTERRUPTED
        except QuotesError as error:
            complain(str(error))
            code = next(number for kind, number in EXIT_CODES if isinstance(error, kind))
        except UnicodeEncodeError:
            # Bytes that are no UTF-8 may name a file, and nothing else that is typed.
            complain("what was typed or read is not text in UTF-8.")
            code = 2
        except OSError as error:
            # A disk may refuse anything at any time; what a command needed is then not done, and nothing else is harmed.
            complain(f"{error.filename or 'the disk'}: {error.strerror or error}. What was stored before is kept.")
            code = 2
        return code if isinstance(code, int) else 0


def _refuse_unreadable(words: Sequence[str]) -> None:
    """Raise ConfigError for words that the locale's encoding has no letters for: they would be passed over without a word."""
    encoding = sys.getfilesystemencoding()
    if encoding == "utf-8":
        return
    try:
        "".join(words).encode()
    except UnicodeEncodeError as error:
        raise ConfigError(
            f"what was typed cannot be read in this locale ({encoding}): set LC_ALL=C.UTF-8 or PYTHONUTF8=1."
        ) from error


def complain(message: str) -> None:
    """Print one sentence on standard error, without anything that a terminal would obey: it may name a stranger's file."""
    with suppress(OSError):  # nobody reads it: a closed terminal, a full disk
        click.echo(plain_line(f"quotes: {message}"), err=True)


def in_color() -> bool:
    """Say whether results may carry colours: on a terminal, unless NO_COLOR is set (https://no-color.org)."""
    # Click does not heed NO_COLOR by itself.
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def terminal_width() -> int:
    """Return how many columns there are to write in."""
    return shutil.get_terminal_size(USUAL_TERMINAL).columns


def instance_option(command: AnyFunction) -> AnyFunction:
    """Add `--instance DIR` to a command; `settings_for` reads it before and after the command's name."""
    return click.option(
        "--instance",
        type=click.Path(file_okay=False),
        help="The folder that holds the archive (or QUOTES_INSTANCE).",
    )(command)


def settings_for(instance: str | None, **options: object) -> Settings:
    """Return the settings in force for a command, `options` first; `--instance` may stand before or after its name.

    Raises ConfigError for a setting that does not fit.
    """
    current = click.get_current_context()
    context: click.Context | None = current
    while context is not None and instance is None:
        instance, context = context.params.get("instance"), context.parent
    settings = current.meta[_SETTINGS] = settings_module.load({"instance": instance, **options})
    return settings


def print_answer(answer: object) -> None:
    """Print lines for a terminal, where `answer` is an iterator, else one JSON value."""
    from search.renderers.json import encoded
    from search.renderers.text import safe_columns

    if isinstance(answer, Iterator):
        for line in answer:
            click.echo(safe_columns(line))
    else:
        click.echo(encoded(answer), nl=False)


def json_lines(file: Any, option: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the objects of a JSON Lines file, open for bytes, each with the number of its line, from 1; blank lines are passed over.

    Raises ReadError, naming `option` and the line, for a line that is not a JSON object, or has no end.
    """
    from search.files.plain_file import MAX_LINE_BYTES, bounded_lines

    for number, line in enumerate(bounded_lines(file), 1):
        if line is None:
            raise ReadError(f"{option}, line {number}, is longer than {MAX_LINE_BYTES:,} bytes.")
        if not line.strip():
            continue
        try:
            row = json.loads(line, parse_constant=_no_number, parse_float=_finite)
        except (ValueError, RecursionError) as error:
            raise ReadError(f"{option}, line {number}, is not JSON.") from error
        if not isinstance(row, dict):
            raise ReadError(f"{option}, line {number}, is not a JSON object.")
        yield number, row


def _no_number(text: str) -> float:
    """Refuse NaN and Infinity, which JSON does not have: an `id` of these would make the answer none."""
    raise ValueError(text)


def _finite(text: str) -> float:
    number = float(text)
    return number if isfinite(number) else _no_number(text)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@instance_option
@click.version_option(package_name="quotes-engine", prog_name="quotes")
def quotes(instance: str | None) -> None:
    """Find who said what, and every version of it, in your own archive of news.

    \b
    quotes demo                               try it on an invented archive
    quotes index articles/                    read documents into your archive
    quotes find "diplomacy was sacrificed"    every version of a quote
    quotes serve                              search in a browser
    """
