"""What the docs tell people to type exists, parses and runs: commands, options, targets, files, filters, settings."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from ratchet import hold

from search.cli import quotes
from search.cli.command_table import COMMANDS as TABLE
from search.find.query_language import parse_query
from search.model import Query
from search.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "tests" / "golden" / "house.json"
DOCS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
COMMANDS: dict[str, click.Command] = {name: quotes.get_command(click.Context(quotes), name) for name in TABLE}
# Options of other programs that the docs name.
OTHERS = {"--update": "pytest"}


def blocks(path: Path) -> Iterator[str]:
    """Yield the lines of the code blocks of a document, indented by four or between fences."""
    fenced = False
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            fenced = not fenced
        elif fenced or line.startswith("    "):
            yield line.strip()


def inline(path: Path) -> Iterator[str]:
    """Yield what stands between backticks in the running text of a document."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("    ")]
    yield from (" ".join(code.split()) for code in re.findall(r"(?<!`)`([^`]+)`(?!`)", "\n".join(lines)))


TYPED = sorted({(path.name, line) for path in DOCS for line in blocks(path)})
MENTIONED = sorted({(path.name, code) for path in DOCS for code in inline(path)})
QUOTES_LINES = [line for _, line in TYPED if re.match(r"(?:\.venv/bin/)?quotes ", line)]


def words_of(line: str) -> list[str]:
    """Split a line as a shell does, without its comment and the program's name."""
    return shlex.split(line, comments=True)[1:]


def resolved(words: list[str]) -> tuple[click.Command, list[str]]:
    """Return the command that some words call, a group's own sub-command too, and the words behind its name."""
    command = COMMANDS[words[0]]
    if isinstance(command, click.Group) and words[1:] and words[1] in command.commands:
        return command.commands[words[1]], words[2:]
    return command, words[1:]


def options_of(command: click.Command) -> set[str]:
    return {option for each in command.params for option in each.opts + each.secondary_opts} | {"-h", "--help"}


def calls() -> list[tuple[str, str]]:
    """Return the calls of a sub-command that the docs show, in blocks and in the text; `COMMAND` stands for any."""
    shown = [(name, code) for name, code in [*TYPED, *MENTIONED] if re.match(r"(?:\.venv/bin/)?quotes [a-z]", code)]
    return sorted(set(shown))


@pytest.mark.parametrize(("document", "line"), calls())
def test_every_command_and_option_exists(document: str, line: str) -> None:
    words = words_of(line)
    assert words[0] in COMMANDS, line
    command, rest = resolved(words)
    unknown = [
        word for word in rest if re.match(r"--?[a-z]", word) and word.partition("=")[0] not in options_of(command)
    ]
    assert unknown == [], f"{document}: {line}"


def test_every_option_that_is_named_alone_exists() -> None:
    known = set(OTHERS)
    for command in COMMANDS.values():
        known |= options_of(command)
        for each in command.commands.values() if isinstance(command, click.Group) else ():
            known |= options_of(each)
    named = {(name, code.split()[0].partition("=")[0]) for name, code in MENTIONED if code.startswith("--")}
    assert {(name, option) for name, option in named if option not in known} == set()


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a reader of the README has it: `articles/` with something in it, and an instance of its own."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "indexer" / "samples" / "articles", folder / "articles")
    return folder


def runs_here(line: str) -> bool:
    """Tell whether a line can be run by a test: it neither serves for ever nor asks a host, and has no placeholder."""
    words = words_of(line)
    return (
        words[0] not in ("serve", "mcp")
        and "--every" not in words
        and not any(re.search(r"://|^[A-Z]{2,}|\.\.\.|…", word) for word in words)
    )


def test_the_docs_show_something_to_run() -> None:
    assert len([line for line in QUOTES_LINES if runs_here(line)]) >= 4


def test_every_command_of_the_docs_runs(indexed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(indexed)
    for line in sorted(filter(runs_here, QUOTES_LINES), key=lambda line: words_of(line)[0] != "index"):
        typed, _, file = line.partition(" > ")
        done = CliRunner().invoke(quotes, ["--instance", str(indexed / "instance"), *words_of(typed)])
        if file:
            Path(file).write_text(done.stdout, encoding="utf-8")
        # 1: nothing found, or two wordings that are no versions of one another.
        assert done.exit_code in (0, 1), f"{line}: {done.output}"
        assert done.exception is None or isinstance(done.exception, SystemExit)


def programs() -> list[str]:
    """Return what the docs run by `python`, and every program of bench/."""
    shown = {found[1] for _, code in [*TYPED, *MENTIONED] if (found := re.search(r"python (-m [\w.]+|\S+\.py)", code))}
    return sorted(shown | {f"bench/{path.name}" for path in (ROOT / "bench").glob("*.py")})


@pytest.mark.parametrize("program", programs())
def test_every_program_beside_the_command_starts(program: str) -> None:
    done = subprocess.run(
        [sys.executable, *program.split(), "--help"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 or "No module named 'lightgbm'" in done.stderr, done.stderr


# -- filters and settings


def filter_table() -> list[str]:
    """Return the filters of the README's table, each as somebody types it."""
    rows = re.findall(r"^\| (`.*`) \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    return [code for row in rows for code in re.findall("`([^`]+)`", row)]


def test_there_is_a_table_of_filters() -> None:
    assert len(filter_table()) >= 10


@pytest.mark.parametrize("typed", filter_table())
def test_every_filter_of_the_readme_is_one(typed: str) -> None:
    query = parse_query(f"winter {typed}")
    assert query.text == "winter"
    assert query != Query(text="winter")


def test_every_variable_that_the_docs_name_is_a_setting() -> None:
    known = {f"QUOTES_{field.name.upper()}" for field in fields(Settings) if field.name != "origins"}
    text = "\n".join(path.read_text(encoding="utf-8") for path in DOCS)
    named = set(re.findall(r"\bQUOTES_[A-Z_]+[A-Z]\b", text))
    assert named
    assert named <= known


# -- targets and files


def test_every_target_of_make_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        (name, found[1]) for name, code in [*TYPED, *MENTIONED] if (found := re.match(r"make ([a-z][\w-]*)", code))
    }
    assert named
    assert {(name, target) for name, target in named if target not in targets} == set()


def test_every_file_that_the_docs_name_is_there(update: bool) -> None:
    files = {
        str(path.relative_to(ROOT)) for path in ROOT.rglob("*.*") if not path.relative_to(ROOT).parts[0].startswith(".")
    }
    names = {Path(file).name for file in files}
    missing = set()
    for document, code in [*TYPED, *MENTIONED]:
        # In the text `facets.py` may be short for a file of the folder that is spoken of; `/api/v1/openapi.json` is an address.
        for named in re.findall(r"(?<![\w/.<>*-])\w[\w/-]*\.(?:py|md|toml|json|html|sql|tsv)\b(?![-\w<*])", code):
            if named not in files and not ("/" not in named and named in names | WRITTEN):
                missing.add((document, named))
    print(*sorted(missing), sep="\n")
    hold(FIGURES, {"files that the docs name and that are not there": len(missing)}, better="lower", update=update)


WRITTEN = {
    "api_keys.json",
    "config.toml",
    "speakers.toml",
    "users.json",
    "followed.json",
    "watches.json",
}  # files of an instance: by a person or a command
