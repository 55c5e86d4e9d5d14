"""Read a TOML file that a stranger may have written."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from search.files.plain_file import read_plain_file

# Parts of a key: those of one line took the square of their number, 50,000 of them minutes.
MAX_KEY_PARTS = 1_000
_STRING = re.compile(r'"[^"\n]*"|\'[^\'\n]*\'')


def read_toml(path: Path, most_bytes: int) -> dict[str, Any]:
    """Return what a TOML file says.

    Raises:
        OSError: it cannot be read, is no plain file, or has more than `most_bytes`. ValueError: it is no TOML, or such as
            nobody writes: nested without an end, or a number of thousands of digits.
    """
    text = read_plain_file(path, most_bytes).decode("utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if line.count(".") > MAX_KEY_PARTS and _STRING.sub("", line).count(".") > MAX_KEY_PARTS:
            raise ValueError(f"a key of more than {MAX_KEY_PARTS:,} parts (at line {number})")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError(str(error)) from error
