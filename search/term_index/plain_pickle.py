"""Pickles that hold numbers and bytes and nothing else: what Whoosh keeps in its files, read without running anything.

A pickle may call whatever it names, so an index that somebody else made could run programs as whoever opens it. Here a
name is looked up in a short list of those that Whoosh's files need; any other is an error before anything is called.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from io import BytesIO
from typing import IO, Any


def read_pickle(file: IO[bytes], classes: Mapping[tuple[str, str], Any] | None = None) -> Any:
    """Return the object that a file goes on with. `classes` may be made: they are found by module and name.

    Raises:
        pickle.UnpicklingError: it is damaged, or names anything else.
    """
    return _Plain(file, classes or {}).load()


def load_plain(data: bytes) -> Any:
    """Return what a pickle holds that was written by `dumps` out of tuples, lists, dicts, texts, numbers and bytes.

    Raises:
        pickle.UnpicklingError: it is damaged, or names anything else.
    """
    return read_pickle(BytesIO(data))


class _Plain(pickle.Unpickler):
    def __init__(self, file: IO[bytes], classes: Mapping[tuple[str, str], Any]) -> None:
        super().__init__(file)
        self._classes = classes

    def find_class(self, module_name: str, global_name: str) -> Any:
        if (module_name, global_name) == ("_codecs", "encode"):
            return _encoded
        if (module_name, global_name) == ("__builtin__", "bytes"):
            return _no_bytes
        if (module_name, global_name) in self._classes:
            return self._classes[module_name, global_name]
        raise pickle.UnpicklingError(f"{module_name}.{global_name} has no place in an index")


def _encoded(text: str, encoding: str) -> bytes:
    """Return bytes as protocol 2 spells them; no other encoding is looked up, since that imports modules by name."""
    if encoding != "latin1" or not isinstance(text, str):
        raise pickle.UnpicklingError("bytes are spelt as Latin-1 alone")
    return text.encode("latin-1")


def _no_bytes() -> bytes:
    """Return b"", which protocol 2 spells as a call; one with a number would take as much memory as it says."""
    return b""
