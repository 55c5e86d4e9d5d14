"""A TOML file that a stranger has written is read, or is one error, soon."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.metadata.outlets import load_outlets
from search.errors import ConfigError
from search.files.toml_file import MAX_KEY_PARTS, read_toml
from search.names.alias_file import ALIAS_FILE, read_aliases
from search.settings import CONFIG_FILE, load

HOSTILE = [
    ".".join(["a"] * 300_000) + " = 1",
    "[" + " . ".join(["'a'"] * 100_000) + "]",
    "x = {" + ".".join(["a"] * 300_000) + " = 1}",
    "x = " + "9" * 5_000,
    "x = " + "[" * 100_000,
    "x = \x00",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:8])
def test_what_nobody_writes_is_an_error_wherever_it_is_read(tmp_path: Path, text: str) -> None:
    """The first took longer than anybody waited, the fourth was a traceback."""
    for name in ("a.toml", CONFIG_FILE, ALIAS_FILE):
        (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"parts|digits|recursion|TOML|at line"):
        read_toml(tmp_path / "a.toml", 1_000_000)
    for read in (
        lambda: load({"instance": tmp_path}, {}),
        lambda: read_aliases(tmp_path),
        lambda: load_outlets(tmp_path / "a.toml"),
    ):
        with pytest.raises(ConfigError, match=r"\.toml"):
            read()


def test_dots_in_a_text_are_no_parts_of_a_key(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    names = ", ".join(['"A. B. Lee"'] * MAX_KEY_PARTS)
    path.write_text(f"aliases = [{names}]\na.b.'c.d' = 1.5\n", "utf-8")
    assert read_toml(path, 1_000_000)["a"] == {"b": {"c.d": 1.5}}


def test_a_larger_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text("a = 1\n" * 10, "utf-8")
    with pytest.raises(OSError, match="larger"):
        read_toml(path, 20)
