"""The tables of the authority file: who has which id, names and offices (`search.names.authority`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from search.names.authority import AuthorityEntry
from search.names.person_name import folded_name
from search.names.roles import office_nouns
from search.storage.database import Database, Row
from search.storage.rows import intact, row_digest, storable
from search.text.folding import fold

AUTHORITY_ROWS: Final = {
    "authority_people": ("id", "name"),
    "authority_names": ("folded", "id", "name"),
    "authority_offices": ("id", "role", "place", "start", "until"),
}
"""What the digests of the rows of each table are made of."""
_PEOPLE, _NAMES, _OFFICES = map(", ".join, AUTHORITY_ROWS.values())


class AuthorityTable:
    """What an instance has been told of people. What writes needs an open transaction of the database."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def put(self, entries: Iterable[AuthorityEntry]) -> int:
        """Keep entries; what is known of an id stays, with what is new added. Returns how many entries there were."""
        count = 0
        for entry in entries:
            count += 1
            id_ = storable(entry.id)
            self._put("authority_people", (id_, storable(entry.name)))
            for folded, name in {folded_name(name): storable(name) for name in (entry.name, *entry.names)}.items():
                if folded:
                    self._put("authority_names", (storable(folded), id_, name))
            for office in dict.fromkeys(entry.offices):
                row = (id_, storable(fold(office.role)), storable(fold(office.place)), office.start, office.end)
                known = self._db.value(
                    "SELECT 1 FROM authority_offices WHERE id = ? AND role = ? AND place = ? AND coalesce(start, '') = coalesce(?, '')",
                    *row[:4],
                )
                if known is None:
                    self._put("authority_offices", row)
        return count

    def _put(self, table: Literal["authority_people", "authority_names", "authority_offices"], row: Row) -> None:
        """Keep a row with its digest, unless one of its key is there."""
        marks = ", ".join("?" * (len(row) + 1))
        self._db.execute(f"INSERT INTO {table} VALUES ({marks}) ON CONFLICT DO NOTHING", (*row, row_digest(*row)))

    def count(self) -> int:
        """Return how many people there are."""
        return int(self._db.value("SELECT count(*) FROM authority_people"))

    def ids_of(self, name: str) -> frozenset[str]:
        """Return the ids of those whom the file calls by a name, case and accents aside."""
        return frozenset(id_ for _, id_, _ in self._names("folded", storable(folded_name(name))))

    def names_of(self, id_: str) -> list[str]:
        """Return all names of an id, in order."""
        return sorted(name for _, _, name in self._names("id", storable(id_)))

    def _names(self, column: Literal["folded", "id"], value: str) -> list[Row]:
        rows = self._db.execute(f"SELECT {_NAMES}, digest FROM authority_names WHERE {column} = ?", (value,))
        return _checked(rows)

    def holder(self, role: str, place: str, day: str) -> str | None:
        """Return the name of the only one who held an office on a day (ISO); None where nobody did, or several.

        The place is that of the office, or stands within its title ("Governor of Indiana").
        """
        nouns, where = office_nouns(role), fold(place)
        if not nouns or not where or not day:
            return None
        # Days are compared as far as both are known: a year alone holds for the whole of it.
        wanted, on = storable(where), day[:10]
        rows = self._db.execute(
            f"SELECT {_OFFICES}, digest FROM authority_offices WHERE (place = ? OR replace(' ' || role || ' ', ' ' || ? || ' ', '') <> ' ' || role || ' ') "
            "AND (start IS NULL OR start <= ?) AND (until IS NULL OR substr(?, 1, length(until)) <= until)",
            (wanted, wanted, on, on),
        )
        ids = {id_ for id_, title, *_ in _checked(rows) if nouns & office_nouns(title)}
        if len(ids) != 1:
            return None
        people = _checked(self._db.execute(f"SELECT {_PEOPLE}, digest FROM authority_people WHERE id = ?", [*ids]))
        return people[0][1] if people else None


def _checked(rows: Iterable[Row]) -> list[Row]:
    """Return rows without their digests. Raises StoreUnavailable where one is not what was stored."""
    return [tuple(intact(row, "the authority file")) for row in rows]
