"""What goes wrong in one document as one sentence for a person, so that it costs no other document of its file."""

from __future__ import annotations

import traceback
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from search.errors import ReadError
from search.model import Document, Skip

# What goes wrong in opening and unpacking, as opposed to errors in this program.
_TROUBLE = (
    ReadError,
    OSError,
    EOFError,
    ValueError,
    zlib.error,
    zipfile.BadZipFile,
    NotImplementedError,
    RecursionError,
)
# Parsers written by others fail on broken files in more ways than they say, and a fault of our own in one document is no
# reason to lose ten thousand others. The tests empty this, so that no fault hides from them.
UNFORESEEN: tuple[type[Exception], ...] = (Exception,)


def caught(path: str, items: Iterator[Document | Skip]) -> Iterator[Document | Skip]:
    """Yield the items, and a `Skip` in place of the exception that ended them."""
    try:
        yield from items
    except _TROUBLE as error:
        yield Skip(path, trouble_sentence(error))
    except UNFORESEEN as error:
        yield Skip(path, fault_sentence(error))


def attempted(path: str, make: Callable[[], Document | Skip]) -> Document | Skip:
    """Return one document of several in a file, or a `Skip` in its place that says what went wrong with it alone."""
    try:
        return make()
    except _TROUBLE as error:
        return Skip(path, trouble_sentence(error))
    except UNFORESEEN as error:
        return Skip(path, fault_sentence(error))


def fault_sentence(error: Exception) -> str:
    """Return one sentence for a person, and for whoever mends it, out of an exception that nobody foresaw."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"it is broken in a way that was not foreseen ({type(error).__name__} in {Path(frame.filename).name}, line {frame.lineno})."


def trouble_sentence(error: BaseException) -> str:
    """Return one sentence for a person out of an exception."""
    if isinstance(error, ReadError):
        return str(error)
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder."
    if isinstance(error, PermissionError):
        return "reading it is not permitted."
    if isinstance(error, EOFError | zlib.error):
        return "its compressed data is damaged or cut off."
    if isinstance(error, zipfile.BadZipFile):
        return "it is a damaged archive."
    if isinstance(error, RecursionError):
        return "too-deep: its parts are nested too deeply."
    text = " ".join(str(getattr(error, "strerror", None) or error or type(error).__name__).split())
    return f"it cannot be read ({text[:160]})."
