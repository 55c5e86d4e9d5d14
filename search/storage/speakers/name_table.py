"""The names of speakers in an archive: how much each is printed, the keys that it is found by, and whom it means in a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final, Literal

from search.names.clusters import name_keys
from search.names.named_in_document import MeantName
from search.names.people import JoinReason, NameCount
from search.names.roles import office_nouns
from search.names.speaker_table import ExplainedName, Seen
from search.storage.database import Database
from search.storage.rows import storable
from search.storage.sql import BY_NAME, MEANT_NAME, listed

COUNTED_NAMES: Final = (
    f"SELECT coalesce({MEANT_NAME}, speaker) AS name, count(*), count(DISTINCT document_id) FROM quotes WHERE speaker IS NOT NULL "
    "GROUP BY 1"
)
"""What the table of names holds: each name as it is meant, its quotes and its documents."""
# `+number` keeps the planner from the index of numbers: of what is below one there may be a whole archive, of a document a few.
NAMED_BEFORE: Final = (
    f"SELECT DISTINCT document_id, coalesce({MEANT_NAME}, speaker) FROM quotes "
    "WHERE document_id IN (SELECT value FROM json_each(?)) AND +number < ?"
)
"""Whom quotes of some documents below a number name, each once a document."""
_ADD_COUNTS: Final = (
    "INSERT INTO names VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET quotes = names.quotes + excluded.quotes, "
    "documents = names.documents + excluded.documents"
)
_VALUES_SEEN: Final = 12  # roles and outlets of a speaker: a screen has room for no more
_ROLES_READ: Final = 200  # of the quotes of a name: what it is called shows in the first, however many there are


class NameTable:
    """The names of one archive. What writes needs an open transaction of the database."""

    def __init__(self, database: Database) -> None:
        self._db = database

    # -- writing

    def add(self, number: int) -> None:
        """Count the speaker's name of a quote that has just been put in; whom it means may be found out later."""
        for document, name in self._named(number):
            self._count(name, 1, int(self._is_only_one(number, document, name)))

    def add_new(self, quotes: Sequence[tuple[int, str, str | None]]) -> None:
        """Count the names of quotes that have just been put in, each given by its number, its document and its speaker.

        All of them at once, by four statements; no other quote has a higher number.
        """
        named = [(document, name) for _, document, name in quotes if name is not None]
        counts = Counter(name for _, name in named)
        pairs = dict.fromkeys(named)
        asked = (listed(dict.fromkeys(document for document, _ in pairs)), quotes[0][0]) if pairs else ("[]", 0)
        before = {(document, name) for document, name in self._db.execute(NAMED_BEFORE, asked)}
        documents = Counter(name for document, name in pairs if (document, name) not in before)
        known = {one.name for one in self.counts_of([*counts])}
        self._db.execute_many(_ADD_COUNTS, [(name, count, documents[name]) for name, count in counts.items()])
        self._put_keys(name for name in counts if name not in known)

    def drop(self, number: int) -> None:
        """Count the name of a quote no more: it is about to be taken out."""
        for document, name in self._named(number):
            self._count(name, -1, -int(self._is_only_one(number, document, name)))
        self._db.execute("DELETE FROM meant_names WHERE quote = ?", (number,))

    def set_meant(self, number: int, meant: MeantName | None) -> None:
        """Keep whom the speaker of a stored quote means; None for whom the name says."""
        self.drop(number)
        if meant is not None:
            row = (number, storable(meant.name), meant.why, meant.chance)
            self._db.execute("INSERT INTO meant_names VALUES (?, ?, ?, ?)", row)
        self.add(number)

    def meant_by(self, number: int) -> str | None:
        """Return whom the speaker of a quote means, where it is not whom the name says; else None."""
        name: str | None = self._db.value("SELECT name FROM meant_names WHERE quote = ?", number)
        return name

    def exceptions(self, names: Collection[str]) -> tuple[set[int], set[int]]:
        """Return the quotes that mean one of some names, and those that are printed with one and mean somebody else."""
        some = listed(names)
        rows = self._db.execute(
            "SELECT quote, name IN (SELECT value FROM json_each(?)) FROM meant_names WHERE name IN "
            "(SELECT value FROM json_each(?)) OR quote IN (SELECT number FROM quotes WHERE speaker IN "
            "(SELECT value FROM json_each(?)))",
            (some, some, some),
        )
        return {number for number, meant in rows if meant}, {number for number, meant in rows if not meant}

    def is_new(self, name: str, number: int) -> bool:
        """Return whether no quote before the one of this number has a name as its speaker's."""
        query = "SELECT 1 FROM quotes WHERE speaker = ? AND number < ? LIMIT 1"
        return self._db.value(query, storable(name), number) is None

    def count_anew(self) -> None:
        """Count all names anew, as `rebuild` does with whatever is derived."""
        self._db.execute("DELETE FROM name_keys")
        self._db.execute("DELETE FROM names")
        self._db.execute(f"INSERT INTO names {COUNTED_NAMES}")
        names = self._db.execute("SELECT name FROM names")
        self._put_keys(name for (name,) in names)

    # -- reading

    def count_wrong_keys(self) -> int:
        """Return how many keys of names are not kept, or kept and not theirs, as a damaged archive has them."""
        names = self._db.rows("SELECT name FROM names")
        kept = {(key, name) for key, name in self._db.rows("SELECT key, name FROM name_keys")}
        return len(kept ^ {(key, name) for (name,) in names for key in name_keys(name)})

    def with_key(self, key: str) -> list[NameCount]:
        """Return the names with a key (`search.names.clusters.name_keys`), and how much each is printed."""
        return self.with_keys([key])[key]

    def with_keys(self, keys: Collection[str]) -> dict[str, list[NameCount]]:
        """Return the names with each of some keys, and how much each is printed."""
        names: dict[str, list[NameCount]] = {key: [] for key in keys}
        rows = self._db.execute(
            "SELECT key, name, quotes, documents FROM name_keys JOIN names USING (name) "
            "WHERE key IN (SELECT value FROM json_each(?))",
            (listed(keys),),
        )
        for key, *count in rows:
            names.setdefault(key, []).append(NameCount(*count))
        return names

    def counts(self) -> list[NameCount]:
        """Return all names, as their documents mean them, and how much each is printed."""
        return [NameCount(*row) for row in self._db.execute("SELECT name, quotes, documents FROM names")]

    def counts_of(self, names: Sequence[str]) -> list[NameCount]:
        """Return how much some names are printed; one that is not is left out."""
        statement = "SELECT name, quotes, documents FROM names WHERE name IN (SELECT value FROM json_each(?))"
        return [NameCount(*row) for row in self._db.execute(statement, (listed(names),))]

    def meant_counts(self, names: Sequence[str]) -> list[ExplainedName]:
        """Return what else is printed for some names where the document itself says who is meant, most quoted first."""
        rows = self._db.execute(
            "SELECT speaker, why, min(chance), count(*), count(DISTINCT document_id) FROM meant_names "
            "JOIN quotes ON number = meant_names.quote WHERE name IN (SELECT value FROM json_each(?)) "
            "GROUP BY speaker, why ORDER BY 4 DESC, speaker, why",
            (listed(names),),
        )
        return [
            ExplainedName(NameCount(name, quotes, documents), JoinReason(why, chance))
            for name, why, chance, quotes, documents in rows
        ]

    def seen_with(self, names: Sequence[str], column: Literal["role", "outlet"]) -> tuple[Seen, ...]:
        """Return the commonest values of a column in the quotes of some names, with the days of their quotes."""
        rows = self._db.execute(
            f"SELECT {column}, count(*), min(substr(published, 1, 10)), max(substr(published, 1, 10)) FROM quotes "
            f"WHERE {BY_NAME} AND {column} IS NOT NULL GROUP BY {column} ORDER BY count(*) DESC, {column} LIMIT ?",
            (listed(names), listed(names), _VALUES_SEEN),
        )
        return tuple(Seen(*row) for row in rows)

    def roles(self, name: str) -> frozenset[str]:
        """Return the nouns of office that a name is printed with, in the first of its quotes that have any."""
        rows = self._db.execute(
            "SELECT role FROM quotes WHERE speaker = ? AND role IS NOT NULL LIMIT ?", (storable(name), _ROLES_READ)
        )
        return frozenset(noun for (role,) in set(rows) for noun in office_nouns(role))

    # -- inside

    def _named(self, number: int) -> list[tuple[str, str]]:
        """Return the document and the speaker's name of a quote, as it is meant there; nothing if it has no speaker."""
        query = (
            f"SELECT document_id, coalesce({MEANT_NAME}, speaker) FROM quotes WHERE number = ? AND speaker IS NOT NULL"
        )
        return [(document, name) for document, name in self._db.execute(query, (number,))]

    def _is_only_one(self, number: int, document: str, name: str) -> bool:
        """Return whether a document has no other quote of a name than the one of this number."""
        query = f"SELECT 1 FROM quotes WHERE document_id = ? AND number <> ? AND coalesce({MEANT_NAME}, speaker || '') = ? LIMIT 1"
        return self._db.value(query, document, number, name) is None

    def _count(self, name: str, quotes: int, documents: int) -> None:
        """Change how much a name is printed; a name that no quote has any more goes."""
        changed = self._db.change(
            "UPDATE names SET quotes = quotes + ?, documents = documents + ? WHERE name = ?", (quotes, documents, name)
        )
        if not changed:
            self._db.execute("INSERT INTO names VALUES (?, ?, ?)", (name, quotes, documents))
            self._put_keys([name])
        elif quotes < 0:
            self._db.execute(
                "DELETE FROM name_keys WHERE name = (SELECT name FROM names WHERE name = ? AND quotes <= 0)", (name,)
            )
            self._db.execute("DELETE FROM names WHERE name = ? AND quotes <= 0", (name,))

    def _put_keys(self, names: Iterable[str]) -> None:
        """Keep the keys of names that had none."""
        rows = ((key, name) for name in names for key in dict.fromkeys(name_keys(name)))
        self._db.execute_many("INSERT INTO name_keys VALUES (?, ?)", rows)
