"""Keeps the quotes as people corrected them, and beside each the quote as its document was read.

A corrected quote is another row of `quotes` under the same id, with a number of its own, so that whatever is derived from
the log takes it for a quote that went and one that came. A hidden one is in no row of `quotes` at all: nothing that asks
the archive can show it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, Literal

from search.corrections.correction import (
    KINDS_OF_QUOTES,
    KINDS_OF_UTTERANCES,
    Correction,
    CorrectionKind,
    NamedQuotes,
    QuoteName,
)
from search.model import Quote, QuoteFlag
from search.storage.archive import Archive
from search.storage.database import Database
from search.storage.rows import QUOTE_COLUMNS, QUOTE_ROW, intact, quote_of, row_digest, storable
from search.storage.sql import upsert
from search.storage.tables.correction_table import CorrectionTable

Columns = dict[str, Any]
_LISTED: Final = "IN (SELECT value FROM json_each(?))"
ORIGINAL_ROW: Final = (
    "id",
    "document_id",
    "url",
    "row",
    "hidden",
)  # what the digest of a quote as it was read is made of
BY_A_PERSON: Final = "person"  # the method by which a corrected quote's speaker is known


class CorrectedQuotes:
    """The quotes of one archive as they are and as they were read. What writes needs an open transaction."""

    def __init__(self, database: Database, archive: Archive, corrections: CorrectionTable) -> None:
        self._db = database
        self._archive = archive
        self._corrections = corrections

    def settle(self, keys: Iterable[str]) -> None:
        """Make the quotes with some keys (`QuoteName.keys`) what the corrections in force say, those of a document at once."""
        wanted = _listed(keys)
        documents = self._db.execute(
            f"SELECT document_id FROM quotes WHERE document_id {_LISTED} UNION "
            f"SELECT document_id FROM original_quotes WHERE document_id {_LISTED} UNION "
            f"SELECT id FROM documents WHERE work {_LISTED}",
            [wanted] * 3,
        )
        for (document,) in documents:
            if document:
                work = self._db.value("SELECT work FROM documents WHERE id = ?", document)
                self._settle([document, *([work] if work else [])], "document_id", document)
        loose = self._db.execute(
            f"SELECT id, url FROM quotes WHERE id {_LISTED} AND document_id = '' UNION "
            f"SELECT id, url FROM original_quotes WHERE id {_LISTED} AND document_id = ''",
            [wanted] * 2,
        )
        for id_, url in loose:
            self._settle([id_, *([url] if url else [])], "id", id_)
        self._archive.mark_log()

    def numbers_named(self, name: QuoteName) -> list[int]:
        """Return the numbers of the quotes that a name means, one in each revision of its page; hidden ones have none."""
        number = self._archive.number_of(name.id)
        numbers = [] if number is None else [number]
        others = self._db.execute(
            "SELECT id FROM documents WHERE work = ? OR id = ?", (storable(name.page), storable(name.document))
        )
        for (document,) in others if number is None or name.page else ():
            quote = NamedQuotes(self._archive.quotes_of_document(document)).find(name)
            number = self._archive.number_of(quote.id) if quote is not None else None
            if number is not None:
                numbers.append(number)
        return sorted(set(numbers))

    def hidden(self) -> list[Quote]:
        """Return the quotes that are hidden, as their documents have them, in the order of their ids."""
        rows = self._db.execute(
            "SELECT id, document_id, url, row, hidden, digest FROM original_quotes WHERE hidden = 1 ORDER BY id"
        )
        return [_quote(_original_row(row)) for row in rows]

    def hidden_among(self, quote_ids: Iterable[str]) -> set[str]:
        """Return those of some ids whose quotes are hidden."""
        rows = self._db.execute(
            f"SELECT id FROM original_quotes WHERE hidden = 1 AND id {_LISTED}", [_listed(quote_ids)]
        )
        return {id_ for (id_,) in rows}

    def as_read(self, quote_id: str) -> Quote | None:
        """Return a quote as its document was read, whatever people corrected; None if nothing has that id."""
        rows = self._originals("id", quote_id)
        row = rows.get(quote_id) or next(iter(self._current("id", quote_id).values()), (0, None))[1]
        return None if row is None else _quote(row)

    def forget_document(self, document_id: str) -> None:
        """Forget what the quotes of a document were that is deleted; the corrections stay, for when it comes back."""
        self._db.execute("DELETE FROM original_quotes WHERE document_id = ?", (document_id,))

    # -- inside

    def _settle(self, keys: Sequence[str], column: Literal["id", "document_id"], value: str) -> None:
        corrections = self._corrections.with_keys(keys)
        originals = self._originals(column, value)
        if not corrections and not originals:
            return
        current = self._current(column, value)
        # What was read anew replaces what was kept of a quote that is hidden.
        as_read = {id_: row for id_, (_, row) in current.items()} | {
            id_: row for id_, row in originals.items() if id_ not in current or _is_corrected(current[id_][1])
        }
        changes = _changes([one for one in corrections if one.kind in KINDS_OF_QUOTES], as_read)
        for id_ in sorted({*changes, *originals}):
            row = _corrected(as_read[id_], changes.get(id_, ()))
            number, now = current.get(id_, (None, None))
            if row != now:
                if number is not None:
                    self._archive.take_out(number)
                if row is not None:
                    self._archive.put_in(row)
            self._keep(as_read[id_], is_corrected=id_ in changes, hidden=row is None)
        about_utterances = [one.id for one in corrections if one.kind in KINDS_OF_UTTERANCES]
        self._corrections.unsettle(about_utterances)

    def _keep(self, row: Columns, *, is_corrected: bool, hidden: bool) -> None:
        """Keep a quote as it was read, for as long as it is corrected."""
        if not is_corrected:
            self._db.execute("DELETE FROM original_quotes WHERE id = ?", (row["id"],))
            return
        values = [row["id"], row["document_id"], row["url"], json.dumps(row, ensure_ascii=False), int(hidden)]
        self._db.execute(
            upsert("original_quotes", (*ORIGINAL_ROW, "digest"), key=("id",)), [*values, row_digest(*values)]
        )

    def _current(self, column: Literal["id", "document_id"], value: str) -> dict[str, tuple[int, Columns]]:
        return self._archive.stored_rows(column, value)

    def _originals(self, column: str, value: str) -> dict[str, Columns]:
        rows = self._db.execute(
            f"SELECT id, document_id, url, row, hidden, digest FROM original_quotes WHERE {column} = ?", (value,)
        )
        return {row[0]: _original_row(row) for row in rows}


def _changes(corrections: Iterable[Correction], as_read: Mapping[str, Columns]) -> dict[str, list[Correction]]:
    """Return the corrections of each quote of a document, by its id."""
    named = NamedQuotes(_quote(row) for row in as_read.values())
    changes: defaultdict[str, list[Correction]] = defaultdict(list)
    for correction in corrections:
        for name in correction.quotes:
            quote = named.find(name)
            if quote is not None:
                changes[quote.id].append(correction)
    return dict(changes)


def _corrected(row: Columns, changes: Collection[Correction]) -> Columns | None:
    """Return a quote's row with some corrections, the last of each kind in force; None where it is hidden."""
    corrected = dict(row)
    for change in changes:
        if change.kind == CorrectionKind.HIDE:
            return None
        if change.kind == CorrectionKind.SPEAKER:
            # The role was that of whoever was taken for the speaker.
            speaker = storable(change.names[0]) if change.names else None
            corrected |= {"speaker": speaker, "role": None, "confidence": 1.0, "method": BY_A_PERSON}
        elif change.kind in (CorrectionKind.SCARE, CorrectionKind.SAID):
            scare = int(change.kind == CorrectionKind.SCARE)
            corrected |= {"scare": scare, "scare_score": float(scare)}
    if changes:
        flags = json.loads(row["flags"] or "[]")
        corrected["flags"] = json.dumps([*flags, str(QuoteFlag.CORRECTED)])
    return corrected


def _is_corrected(row: Columns) -> bool:
    return QuoteFlag.CORRECTED in json.loads(row["flags"] or "[]")


def _original_row(row: Sequence[Any]) -> Columns:
    kept: Columns = json.loads(intact(row, f"original quote {row[0]}")[3])
    # A column that the tables have since then is not known of what was put aside before.
    return {name: kept.get(name) for name in QUOTE_ROW}


def _quote(row: Columns) -> Quote:
    return quote_of([row[name] for name in QUOTE_COLUMNS])


def _listed(names: Iterable[str]) -> str:
    return json.dumps([storable(name) for name in names], ensure_ascii=False)
