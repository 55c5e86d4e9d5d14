"""Brings versions, links and utterances up to the quotes of the archive: on arrival, on deletion, on a decision.

Utterances are a function of the links and of what people decided (`search.utterances.clustering.partition`), so the same
quotes come to the same utterances in whatever order they arrive.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from search.model import Quote
from search.storage.analysed_quotes import split_stems
from search.storage.archive import Archive
from search.storage.database import Database
from search.storage.rows import damaged, with_digest
from search.storage.sql import listed, parts_of, upsert
from search.storage.utterance_table import UtteranceTable
from search.term_index import TermReader
from search.text.analysis import analyse
from search.text.information import information
from search.utterances.clustering import connected_component, partition
from search.utterances.linking import (
    Link,
    VersionRecord,
    find_links,
    fingerprint,
    occasion_of,
    occasion_reach,
)
from search.utterances.publications import Publication, neighbouring_occasions

# Changes that are linked in one transaction: few enough that a kill loses some seconds of work, enough that the fsync
# of a commit (some ms) is no part of the time.
BATCH_CHANGES: Final = 1_000
# Versions whose candidates are read from the archive at once: 250 have some 3,000 different ones, 10 MB.
LINKED_AT_ONCE: Final = 250
_TAKEN_AT_ONCE: Final = 50_000  # quotes that `take_unlinked` reads at once: some 30 MB
_PUT_DECISION: Final = upsert("decisions", ("a", "b", "together", "correction", "digest"), key=("a", "b", "correction"))
_PUT_LINK: Final = upsert("links", ("a", "b", "score", "contained"), key=("a", "b"))
_PUT_VERSION: Final = upsert("quote_versions", ("quote", "version"), key=("quote",))
_UNLINKED: Final = 10**15  # added to a number, it is no fingerprint that a version has by its words
# In the order in which they were made.
_DECISIONS: Final = (
    "SELECT a, b, together FROM decisions LEFT JOIN corrections ON corrections.id = decisions.correction "
    "ORDER BY corrections.made, decisions.correction"
)


class UtteranceBuilder:
    """Writes the versions, links and utterances of one archive; needs the store's lock."""

    def __init__(self, database: Database, archive: Archive, table: UtteranceTable) -> None:
        self._db = database
        self._archive = archive
        self._table = table

    def rebuild(self, reader: TermReader, progress: Callable[[int], None]) -> None:
        """Make all versions, links and utterances anew, beside those in use, and swap them in one transaction.

        What people decided stays. Whoever reads meanwhile, in whatever process, reads the old ones until the swap; a run
        that is killed leaves them.
        """
        tables = "decisions", "meta", "versions", "quote_versions", "links"
        with self._db.tables_beside(tables) as (fresh, old):
            self._db.execute(f"INSERT INTO {fresh}.decisions SELECT * FROM {old}.decisions")
            self._rename_decided(old)
            self.catch_up(reader, progress)
            with self._db.transaction(derived=True):
                for table in tables:
                    only = f" WHERE key IN (SELECT key FROM {fresh}.meta)" if table == "meta" else ""
                    self._db.execute(f"DELETE FROM {old}.{table}{only}")
                    self._db.execute(f"INSERT INTO {old}.{table} SELECT * FROM {fresh}.{table}")
        self._db.number_on("versions", "id")

    def catch_up(self, reader: TermReader, progress: Callable[[int], None]) -> None:
        """Link and cluster the quotes that came, as far as the term index has come, and let go of those that went.

        `progress` is called with the position in the log after each batch, which is one transaction.
        """
        while True:
            changes = self._archive.changes(self._table.position(), BATCH_CHANGES)
            changes = [change for change in changes if change.position <= reader.position]
            if not changes:
                return
            with self._db.transaction(derived=True):
                touched = self._forget([change.quote for change in changes if change.gone])
                touched |= self._arrive([change.quote for change in changes if not change.gone], reader)
                self._cluster(touched)
                self._db.set_meta("utterances_position", str(changes[-1].position))
            progress(changes[-1].position)

    def regroup(self, numbers: Sequence[int], reader: TermReader) -> int:
        """Compare the versions of some quotes again with the candidates that the index has now; returns how many links are new.

        What is linked on arrival depends on what had come by then, where more candidates are alike than are compared. Needs
        an open transaction.
        """
        records = {record.id: record for record in self._table.records(numbers) if record is not None}
        before = self._count_links()
        self._link(records.values(), reader)
        self._cluster(set(records))
        return self._count_links() - before

    def take_unlinked(self) -> None:
        """Make each quote that has not been linked a version and an utterance of its own.

        For measurements at sizes whose linking takes hours (`bench/find_speed.py`): no two such quotes are ever one.
        """
        last = -1
        with self._db.transaction():
            while rows := self._db.execute(
                "SELECT number, stems FROM quotes LEFT JOIN analysed_quotes ON quote = number WHERE number > ? "
                "AND number NOT IN (SELECT quote FROM quote_versions) ORDER BY number LIMIT ?",
                [last, _TAKEN_AT_ONCE],
            ):
                self._db.execute_many(
                    "INSERT INTO versions (fingerprint, first, occasion, nats, utterance) VALUES (?, ?, '', ?, 0)",
                    [
                        (str(number + _UNLINKED), number, sum(map(information, split_stems(stems or ""))))
                        for number, stems in rows
                    ],
                )
                last = rows[-1][0]
            self._db.execute(
                f"INSERT INTO quote_versions SELECT CAST(fingerprint AS BIGINT) - {_UNLINKED}, id FROM versions WHERE utterance = 0"
            )
            self._db.execute("UPDATE versions SET utterance = id WHERE utterance = 0")
            self._db.set_meta("utterances_position", str(self._archive.last_position()))

    def decide(self, correction_id: str, pairs: Iterable[tuple[int, int]], *, together: bool) -> None:
        """Keep what a correction says of pairs of quotes, by number: that they are one utterance, or that they are not.

        Kept by version, so that it holds for every place that prints it, and after a rebuild. Needs an open transaction.
        """
        touched: set[int] = set()
        for pair in pairs:
            rows = self._db.execute(
                "SELECT DISTINCT fingerprint, id FROM quote_versions "
                "JOIN versions ON versions.id = quote_versions.version WHERE quote IN (?, ?) ORDER BY fingerprint",
                pair,
            )
            if len(rows) == 2:
                (a, first), (b, second) = rows
                self._db.execute(_PUT_DECISION, _decision(a, b, int(together), correction_id))
                touched |= {first, second}
        self._cluster(touched | self._in_utterances_of(touched))

    def undecide(self, correction_id: str) -> None:
        """Let go of what a correction said. Needs an open transaction."""
        rows = self._db.execute(
            "SELECT id FROM versions WHERE fingerprint IN (SELECT a FROM decisions WHERE correction = ? "
            "UNION SELECT b FROM decisions WHERE correction = ?)",
            [correction_id] * 2,
        )
        touched = {version for (version,) in rows}
        touched |= self._in_utterances_of(touched)
        self._db.execute("DELETE FROM decisions WHERE correction = ?", [correction_id])
        self._cluster(touched)

    # -- inside

    def _rename_decided(self, old: str) -> None:
        """Give the versions of decisions, of the schema `old`, the fingerprints that they will have when they are made anew.

        A newer program may fold texts otherwise; what a person decided must not be lost with the old fingerprint.
        """
        rows = self._db.execute(
            f"SELECT fingerprint, text, speaker, occasion FROM {old}.versions JOIN {old}.quotes ON number = first "
            "WHERE fingerprint IN (SELECT a FROM decisions UNION SELECT b FROM decisions)"
        )
        renamed: dict[str, str] = {old: fingerprint(text, speaker, when) for old, text, speaker, when in rows}
        for a, b, together, correction in self._db.execute("SELECT a, b, together, correction FROM decisions"):
            fresh: list[str] = sorted([renamed.get(a) or a, renamed.get(b) or b])
            if fresh != [a, b]:
                self._db.execute("DELETE FROM decisions WHERE a = ? AND b = ? AND correction = ?", [a, b, correction])
                self._db.execute(_PUT_DECISION, _decision(fresh[0], fresh[1], together, correction))

    def _arrive(self, numbers: Sequence[int], reader: TermReader) -> set[int]:
        """Give each quote its version, and link the versions that are new; returns all these versions."""
        # By the printed name: a fingerprint, to which a person's decisions are tied, must not change with what is found out later.
        # What marks set apart without quoting anybody is no utterance, and has no versions.
        named = {
            number: _version_of(quote)
            for number, quote in self._archive.printed_quotes(numbers).items()
            if quote.place != "comment" and not quote.scare
        }
        versions = self._ids_of(name for name, _ in named.values())
        new: dict[str, tuple[int, VersionRecord]] = {}
        for number, (name, record) in named.items():
            if name not in versions:
                new.setdefault(name, (number, record))
        given = self._db.answers(
            "INSERT INTO versions (fingerprint, first, occasion, nats, utterance) VALUES (?, ?, ?, ?, 0) RETURNING id",
            [(name, number, record.occasion, record.nats) for name, (number, record) in new.items()],
        )
        versions |= {name: row[0] for name, row in zip(new, given, strict=True) if row is not None}
        self._db.execute_many(_PUT_VERSION, [(number, versions[name]) for number, (name, _) in named.items()])
        fresh = [replace(record, id=versions[name]) for name, (_, record) in new.items()]
        self._link(fresh, reader)
        return {versions[name] for name, _ in named.values()}

    def _link(self, records: Iterable[VersionRecord], reader: TermReader) -> None:
        """Link versions with what the index has that is like them, but for pairs of which one stands inside the other."""
        fresh = list(records)
        for start in range(0, len(fresh), LINKED_AT_ONCE):
            some = fresh[start : start + LINKED_AT_ONCE]
            found = find_links(
                some,
                reader=reader,
                versions=self._table.versions_of,
                records=self._table.records,
                beside=self._beside(some),
            )
            links = [link for some_links in found for link in some_links]
            nested = self._nested({version for link in links for version in (link.left, link.right)})
            self._db.execute_many(
                _PUT_LINK,
                [(x.left, x.right, x.score, int(x.contained)) for x in links if (x.left, x.right) not in nested],
            )

    def _count_links(self) -> int:
        return int(self._db.value("SELECT count(*) FROM links"))

    def _ids_of(self, names: Iterable[str]) -> dict[str, int]:
        """Return the ids of the versions of some fingerprints; one that no version has is left out."""
        rows = self._db.execute(
            "SELECT fingerprint, id FROM versions WHERE fingerprint IN (SELECT value FROM json_each(?))",
            [listed(names)],
        )
        return dict(rows)

    def _beside(self, records: Sequence[VersionRecord]) -> dict[int, list[VersionRecord]]:
        """Return for each version, by id, the same words of the same speaker in the weeks before and after."""
        names = {
            record.id: {
                fingerprint(record.text.text, record.speaker, when): when
                for when in neighbouring_occasions(record.occasion, occasion_reach(record.nats))
            }
            for record in records
        }
        ids = self._ids_of(name for some in names.values() for name in some)
        return {
            record.id: [
                replace(record, id=ids[name], occasion=when) for name, when in names[record.id].items() if name in ids
            ]
            for record in records
        }

    def _nested(self, versions: Collection[int]) -> set[tuple[int, int]]:
        """Return the pairs of some versions of which one stands inside the other, a part of it but no version of it.

        Whichever of the two came first, in whatever batch, and whether or not their document is known.
        """
        pairs: set[tuple[int, int]] = set()
        for part, marks in parts_of(versions):
            rows = self._db.execute(
                "SELECT inside.version, around.version FROM quote_versions AS inside "
                "JOIN quotes AS part ON part.number = inside.quote JOIN quotes AS whole ON whole.id = part.parent "
                f"JOIN quote_versions AS around ON around.quote = whole.number WHERE inside.version IN ({marks})",
                part,
            )
            pairs |= {(min(pair), max(pair)) for pair in rows}
        return pairs

    def _forget(self, numbers: Sequence[int]) -> set[int]:
        """Take quotes out, and versions that nobody prints any more; returns the versions that this may set apart."""
        versions = self._ids("SELECT version FROM quote_versions WHERE quote IN ({})", numbers)
        self._db.execute_many("DELETE FROM quote_versions WHERE quote = ?", [(number,) for number in numbers])
        left: set[int] = set()
        for version in versions:
            first = self._db.value("SELECT min(quote) FROM quote_versions WHERE version = ?", version)
            if first is not None:
                self._db.execute("UPDATE versions SET first = ? WHERE id = ?", [first, version])
                left.add(version)
                continue
            left |= self._companions(version)
            self._db.execute("DELETE FROM links WHERE a = ? OR b = ?", [version, version])
            self._db.execute("DELETE FROM versions WHERE id = ?", [version])
        return self._ids("SELECT id FROM versions WHERE id IN ({})", left)

    def _companions(self, version: int) -> set[int]:
        """Return the versions that one is linked with, or is one utterance with."""
        rows = self._db.execute(
            "SELECT a FROM links WHERE b = ? UNION SELECT b FROM links WHERE a = ? UNION "
            "SELECT id FROM versions WHERE utterance = (SELECT utterance FROM versions WHERE id = ?)",
            [version] * 3,
        )
        return {other for (other,) in rows} - {version}

    def _in_utterances_of(self, versions: Collection[int]) -> set[int]:
        """Return all versions of the utterances of some."""
        return self._ids(
            "SELECT id FROM versions WHERE utterance IN (SELECT utterance FROM versions WHERE id IN ({}))", versions
        )

    def _ids(self, statement: str, numbers: Collection[int]) -> set[int]:
        """Return the ids that a statement gives for some numbers, which stand at its {}."""
        return {id_ for part, marks in parts_of(numbers) for (id_,) in self._db.execute(statement.format(marks), part)}

    def _cluster(self, touched: set[int]) -> None:
        """Make the utterances of every connected part that a change has touched anew."""
        rows = [(utterance, version, utterance) for version, utterance in self.clustered(touched).items()]
        # Not `?1`: Python 3.12.0 to 3.12.3 take it for a named parameter and warn.
        self._db.execute_many("UPDATE versions SET utterance = ? WHERE id = ? AND utterance != ?", rows)

    def clustered(self, touched: Collection[int]) -> dict[int, int]:
        """Return the utterance of each version that is connected with one of some, by the links and what people decided."""
        if not touched:
            return {}
        reached, links = connected_component({*touched} | self._decided_with({*touched}), self._links_of)
        versions = {
            version: (name, nats)
            for part, marks in parts_of(reached)
            for version, name, nats in self._db.execute(
                f"SELECT id, fingerprint, nats FROM versions WHERE id IN ({marks})", part
            )
        }
        if len(versions) < len(reached):
            raise damaged("a link of two versions")
        # Ties are broken by fingerprint, not by id: ids tell the order of arrival, which must not matter.
        ordered = sorted(versions, key=lambda version: versions[version][0])
        place = {version: index for index, version in enumerate(ordered)}
        named = {versions[version][0]: place[version] for version in ordered}
        # Of two corrections that say otherwise of one pair the later one counts.
        decided = {(a, b): together for a, b, together in self._db.execute(_DECISIONS)}
        decisions = [(named[a], named[b], together) for (a, b), together in decided.items() if {a, b} <= named.keys()]
        utterances = partition(
            {place[version]: nats for version, (_, nats) in versions.items()},
            [_link(place[link.left], place[link.right], link.score, link.contained) for link in links],
            publications={place[version]: some for version, some in self._publications(links).items()},
            together=[(a, b) for a, b, together in decisions if together],
            apart=[(a, b) for a, b, together in decisions if not together],
        )
        members = [[ordered[index] for index in utterance] for utterance in utterances]
        return {one: min(some) for some in members for one in some}

    def _decided_with(self, touched: set[int]) -> set[int]:
        """Return the versions that people have put together with some, which may share no link with them."""
        pairs = self._db.execute(
            "SELECT x.id, y.id FROM decisions JOIN versions x ON x.fingerprint = decisions.a "
            "JOIN versions y ON y.fingerprint = decisions.b WHERE together = 1"
        )
        decided: set[int] = set()
        grown = True
        while grown:
            new = {v for pair in pairs if touched.intersection(pair) or decided.intersection(pair) for v in pair}
            grown = not new <= decided
            decided |= new
        return decided

    def _links_of(self, versions: Collection[int]) -> Iterator[Link]:
        for part, marks in parts_of(versions):
            rows = self._db.execute(
                f"SELECT a, b, score, contained FROM links WHERE a IN ({marks}) "
                f"UNION SELECT a, b, score, contained FROM links WHERE b IN ({marks})",
                [*part, *part],
            )
            yield from (Link(a, b, score, bool(contained)) for a, b, score, contained in rows)

    def _publications(self, links: Collection[Link]) -> dict[int, list[Publication]]:
        """Return where and when the versions of some links were printed."""
        publications: dict[int, list[Publication]] = {}
        for part, marks in parts_of({version for link in links for version in (link.left, link.right)}):
            rows = self._db.execute(
                "SELECT DISTINCT version, outlet, document_id, substr(published, 1, 10) FROM quote_versions "
                f"JOIN quotes ON quotes.number = quote_versions.quote WHERE version IN ({marks})",
                part,
            )
            for version, *place in rows:
                publications.setdefault(version, []).append(Publication(*place))
        return publications


def _version_of(quote: Quote) -> tuple[str, VersionRecord]:
    """Return the fingerprint of the version that a quote prints, and its record, which has no id yet."""
    analysed = analyse(quote.text)
    nats = analysed.weight
    publication = Publication(quote.outlet, quote.document_id, quote.published)
    when = occasion_of(nats, publication, quote.speaker)
    name = fingerprint(quote.text, quote.speaker, when)
    return name, VersionRecord(0, analysed, quote.speaker, when, nats, quote.kind == "indirect", publication)


def _decision(a: str, b: str, together: int, correction_id: str) -> list[object]:
    """Return a decision as a row of its table."""
    return list(with_digest({"a": a, "b": b, "together": together, "correction": correction_id}).values())


def _link(one: int, other: int, score: float, contained: bool) -> Link:
    return Link(min(one, other), max(one, other), score, contained)
