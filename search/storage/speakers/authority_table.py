"""The tables of the authority file: who has which id, names and offices (`search.names.authority`)."""

from __future__ import annotations

from collections.abc import Iterable

from search.names.authority import AuthorityEntry
from search.names.person_name import folded_name
from search.names.roles import office_nouns
from search.storage.database import Database
from search.storage.rows import storable
from search.text.folding import fold


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
            self._db.execute(
                "INSERT INTO authority_people VALUES (?, ?) ON CONFLICT DO NOTHING", (id_, storable(entry.name))
            )
            names = {folded_name(name): storable(name) for name in (entry.name, *entry.names)}
            self._db.execute_many(
                "INSERT INTO authority_names VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                ((storable(folded), id_, name) for folded, name in names.items() if folded),
            )
            for office in dict.fromkeys(entry.offices):
                row = (id_, storable(fold(office.role)), storable(fold(office.place)), office.start, office.end)
                self._db.execute(
                    "INSERT INTO authority_offices SELECT ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM "
                    "authority_offices WHERE id = ? AND role = ? AND place = ? AND coalesce(start, '') = coalesce(?, ''))",
                    (*row, *row[:4]),
                )
        return count

    def count(self) -> int:
        """Return how many people there are."""
        return int(self._db.value("SELECT count(*) FROM authority_people"))

    def ids_of(self, name: str) -> frozenset[str]:
        """Return the ids of those whom the file calls by a name, case and accents aside."""
        rows = self._db.execute("SELECT id FROM authority_names WHERE folded = ?", (storable(folded_name(name)),))
        return frozenset(id_ for (id_,) in rows)

    def names_of(self, id_: str) -> list[str]:
        """Return all names of an id, in order."""
        rows = self._db.execute("SELECT name FROM authority_names WHERE id = ? ORDER BY name", (storable(id_),))
        return [name for (name,) in rows]

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
            "SELECT DISTINCT id, role FROM authority_offices WHERE (place = ? OR replace(' ' || role || ' ', ' ' || ? || ' ', '') <> ' ' || role || ' ') "
            "AND (start IS NULL OR start <= ?) AND (until IS NULL OR substr(?, 1, length(until)) <= until)",
            (wanted, wanted, on, on),
        )
        ids = {id_ for id_, title in rows if nouns & office_nouns(title)}
        if len(ids) != 1:
            return None
        name: str | None = self._db.value("SELECT name FROM authority_people WHERE id = ?", *ids)
        return name
