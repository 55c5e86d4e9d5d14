"""Document formats: one file each, and this folder is the registry.

A reader is a module here with two functions:

    def recognises(name: str, head: bytes) -> int     how sure it is that this is its format: 0 is no, 100 is certain
    def read(file: InputFile) -> Iterator[Document | Skip]

`name` is the file's name in lower case, `head` its first bytes. Content says more than a name, so a reader that knows
its format by its content answers above 50, by its name alone below. What goes wrong with one document is yielded as a
`Skip` or raised as a `ReadError`; both become one line for a person, and the next document is read.
Adding a format is adding a file; tests/test_readers.py fails until it has its golden pair in tests/readers/.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from typing import Protocol, cast

from indexer.input.input_file import InputFile
from search.model import Document, Skip


class Reader(Protocol):
    """What a module of this folder offers."""

    __name__: str

    def recognises(self, name: str, head: bytes) -> int:
        """Return how sure it is that this is its format: 0 is no, 100 certain."""

    def read(self, file: InputFile) -> Iterator[Document | Skip]:
        """Yield the documents of a file. Raises ReadError."""


@cache
def all_readers() -> tuple[Reader, ...]:
    """Return every reader of this folder, by name. None of them imports its parser before it has something to parse."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(cast(Reader, importlib.import_module(f"{__name__}.{name}")) for name in names)


def choose_reader(name: str, head: bytes) -> Reader | None:
    """Return the reader that is surest of this content, or None when none knows it."""
    sure, best = max(((reader.recognises(name, head), reader) for reader in all_readers()), key=lambda pair: pair[0])
    return best if sure > 0 else None
