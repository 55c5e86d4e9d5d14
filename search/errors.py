"""What can go wrong, each with a sentence for a person that says what to do. The table: docs/design.md, "Errors"."""

from __future__ import annotations

from search.message import Message


class QuotesError(Exception):
    """Base of all errors of this project; its message is one sentence for a person."""


class ConfigError(QuotesError):
    """An unknown setting, engine or format, or a value that does not fit."""


class QueryError(QuotesError):
    """A query that cannot be understood: empty, too long, a bad date. `position` counts code points from 0."""

    def __init__(self, message: str, position: int | None = None) -> None:
        if position is not None:
            message = Message("%(sentence)s (at character %(character)s)", sentence=message, character=position + 1)
        super().__init__(message)
        self.position = position


class QuoteNotFound(QuotesError):
    """No quote, utterance or document has that id."""


class ReadError(QuotesError):
    """A document cannot be read. Caught in the indexing pipeline only, where it becomes a `Skip`."""


class StoreError(QuotesError):
    """The store failed."""


class StoreUnavailable(StoreError):
    """The store is locked by another run, out of space or cannot be opened."""


class PartsFail(StoreUnavailable):
    """Some parts of the store do not answer: `parts`, "archive" and "index" among them."""

    def __init__(self, message: str, parts: tuple[str, ...]) -> None:
        super().__init__(message)
        self.parts = parts


class StoreBusy(StoreUnavailable):
    """Another run, or another part of this one, is writing: later it will go."""


class ForeignFile(StoreUnavailable):
    """The file in the place of the archive is one of another program."""


class NotPermitted(StoreUnavailable):
    """Whoever runs the program may not read the archive or its index, or make them; they may be whole."""


class DiskFull(StoreUnavailable):
    """The disk has no room left, not even to open what is there, which may be whole."""


class SchemaMismatch(StoreError):
    """The store was made by another version of this program."""


class OutdatedIndex(SchemaMismatch):
    """The index was made by an older version of this program: it is made anew, since nothing is lost with it."""
