"""Pickles that hold numbers and bytes and nothing else: what Whoosh keeps in its files, read without running anything.

A pickle may call whatever it names, so an index that somebody else made could run programs as whoever opens it. Here a
name is looked up in a short list of those that Whoosh's files need; any other is an error before anything is called.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Mapping
from io import BytesIO
from typing import IO, Any, Final

# How whoosh writes the postings of a term in one block: the number of the block, its weight, and one value of bytes,
# which protocol 2 spells as Latin-1. Nearly all are like this, and to match them takes a third of the time of a pickle.
_ONE_VALUE: Final = re.compile(
    rb"\x80\x02(?:K.|M..|J....)\x85q\0(?:N|G.{8})c_codecs\nencode\nq\x01X(.{4})(.*)"
    rb"q\x02X\x06\0\0\0latin1q\x03\x86q\x04Rq\x05\x85q\x06\x87(?:q\x07)?\.",
    re.DOTALL,
)


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


def load_values(data: bytes) -> list[bytes]:
    """Return the values of a run of postings: the third of what it holds.

    Raises:
        pickle.UnpicklingError: it is damaged, or names anything that is not a value.
    """
    found = _ONE_VALUE.fullmatch(data)
    if found is not None and int.from_bytes(found[1], "little") == len(found[2]):
        return [found[2].decode("utf-8").encode("latin-1")]
    values = load_plain(data)[2]
    if not all(isinstance(value, bytes) for value in values):
        raise pickle.UnpicklingError("postings hold what is no bytes")
    return list(values)


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
