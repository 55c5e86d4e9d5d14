"""The corrections that people made, as they are kept: none is ever deleted, one that is taken back is marked so."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import astuple, replace
from typing import Any, Final

from search.corrections.correction import KINDS_OF_UTTERANCES, Correction, CorrectionKind, QuoteName
from search.storage.database import Database
from search.storage.rows import intact, storable, with_digest
from search.storage.sql import upsert

CORRECTION_ROW: Final = (  # what the digest of a correction is made of
    "id", "kind", "made", "person", "reason", "quotes", "names", "undone", "undone_by", "undone_reason",
)  # fmt: skip
_COLUMNS: Final = ", ".join(CORRECTION_ROW)
_SELECT: Final = f"SELECT {_COLUMNS}, digest FROM corrections"
# The order in which corrections were made is the order in which they count: the last one of a quote wins.
_ORDER: Final = "ORDER BY made, id"


class CorrectionTable:
    """The corrections of one archive. What writes needs an open transaction of the database."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def put(self, correction: Correction) -> None:
        """Keep a correction, in the place of what was known of the same one."""
        self._db.execute(
            upsert("corrections", (*CORRECTION_ROW, "digest", "settled"), key=("id",)),
            [*_row_of(correction), int(correction.kind not in KINDS_OF_UTTERANCES)],
        )
        self._db.execute_many("INSERT INTO correction_keys VALUES (?, ?) ON CONFLICT DO NOTHING", _keys_of(correction))
        self._db.set_meta("decision_count", str(self.count_changes() + 1))

    def put_keys_anew(self) -> None:
        """Make the keys by which corrections are found anew, as `rebuild` does with whatever is derived."""
        self._db.execute("DELETE FROM correction_keys")
        keys = {key for correction in self.all() for key in _keys_of(correction)}
        self._db.execute_many("INSERT INTO correction_keys VALUES (?, ?)", keys)

    def count_wrong_keys(self) -> int:
        """Return how many keys of corrections are not kept, or kept and not theirs, as a damaged archive has them."""
        kept = {(key, id_) for key, id_ in self._db.rows("SELECT key, correction FROM correction_keys")}
        return len(kept ^ {key for correction in self.all() for key in _keys_of(correction)})

    def count_changes(self) -> int:
        """Return how often a correction was made or taken back: whatever depends on them is good while this is the same."""
        return int(self._db.meta("decision_count") or 0)

    def get(self, correction_id: str) -> Correction | None:
        """Return the correction of an id; None if there is none."""
        rows = self._db.execute(f"{_SELECT} WHERE id = ?", (correction_id,))
        return _correction_of(rows[0]) if rows else None

    def all(self) -> list[Correction]:
        """Return all corrections, those that were taken back too, oldest first."""
        return [_correction_of(row) for row in self._db.execute(f"{_SELECT} {_ORDER}")]

    def last_made(self) -> str:
        """Return when the last correction was made; "" if there is none."""
        return self._db.value("SELECT max(made) FROM corrections") or ""

    def in_force(self, kinds: Collection[CorrectionKind]) -> list[Correction]:
        """Return the corrections of some kinds that nobody took back, oldest first."""
        rows = self._db.execute(
            f"{_SELECT} WHERE undone IS NULL AND kind IN (SELECT value FROM json_each(?)) {_ORDER}",
            (json.dumps(sorted(kinds)),),
        )
        return [_correction_of(row) for row in rows]

    def with_keys(self, keys: Sequence[str]) -> list[Correction]:
        """Return the corrections in force of quotes with one of these keys (`QuoteName.keys`), oldest first."""
        rows = self._db.execute(
            f"{_SELECT} WHERE undone IS NULL AND id IN (SELECT correction FROM correction_keys "
            f"WHERE key IN (SELECT value FROM json_each(?))) {_ORDER}",
            (json.dumps([storable(key) for key in keys]),),
        )
        return [_correction_of(row) for row in rows]

    def known_keys(self, keys: Iterable[str]) -> list[str]:
        """Return those of some keys of quotes that any correction, even one that was taken back, is of."""
        listed = json.dumps([storable(key) for key in keys])
        statement = "SELECT DISTINCT key FROM correction_keys WHERE key IN (SELECT value FROM json_each(?))"
        return [key for (key,) in self._db.execute(statement, (listed,))]

    def unsettle(self, correction_ids: Collection[str]) -> None:
        """Mark corrections as those whose quotes have changed (`unsettled`)."""
        self._db.execute_many("UPDATE corrections SET settled = 0 WHERE id = ?", [(id_,) for id_ in correction_ids])

    def settle(self, correction_id: str) -> None:
        """Mark a correction as put into force for the quotes that are there."""
        self._db.execute("UPDATE corrections SET settled = 1 WHERE id = ?", (correction_id,))

    def unsettled(self) -> list[Correction]:
        """Return the corrections that have to be put into force yet, or taken out of it, oldest first."""
        return [_correction_of(row) for row in self._db.execute(f"{_SELECT} WHERE settled = 0 {_ORDER}")]

    def any_unsettled(self) -> bool:
        """Return whether there is any of `unsettled`."""
        return self._db.value("SELECT 1 FROM corrections WHERE settled = 0 LIMIT 1") is not None


def _keys_of(correction: Correction) -> set[tuple[str, str]]:
    return {(storable(key), correction.id) for name in correction.quotes for key in name.keys}


def _row_of(correction: Correction) -> list[object]:
    names = json.dumps(list(correction.names), ensure_ascii=False)
    quotes = json.dumps([astuple(name) for name in correction.quotes], ensure_ascii=False)
    row: dict[str, object] = {name: getattr(correction, name) for name in CORRECTION_ROW}
    row |= {"quotes": quotes, "names": names, "kind": str(correction.kind)}
    return list(with_digest({key: storable(v) if isinstance(v, str) else v for key, v in row.items()}).values())


def _correction_of(row: Sequence[Any]) -> Correction:
    id_, kind, made, person, reason, quotes, names, *undone = intact(row, f"correction {row[0]}")
    named = tuple(QuoteName(*name) for name in json.loads(quotes))
    correction = Correction(id_, CorrectionKind(kind), made, person, reason, named, tuple(json.loads(names)))
    return replace(correction, undone=undone[0], undone_by=undone[1], undone_reason=undone[2])
