"""Which version each quote prints, and which utterance each version belongs to, as the archive has it.

An utterance is spoken of by the least id of its versions. A quote that has no version (a reader's comment, marks that
quote nobody) counts as a version and an utterance of its own, spoken of by its number with a minus. What writes these
tables: `search.storage.utterance_builder`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from search.storage.analysed_quotes import split_stems
from search.storage.database import Database
from search.storage.rows import damaged
from search.storage.sql import listed, parts_of
from search.text.analysis import analyse, stored
from search.utterances.linking import VersionRecord
from search.utterances.publications import Publication

MOST_SHARING: Final = 100  # documents that are looked at, of those that share versions with one, the closest first


class UtteranceSize(NamedTuple):
    """An utterance, how many quotes print it, and in how many versions."""

    utterance: int
    quotes: int
    versions: int


class SharedVersions(NamedTuple):
    """A document, how many versions it has in common with a given one, and how many it has in all."""

    document_id: str
    shared: int
    of: int


class UtteranceTable:
    """Reads the versions and utterances of one archive."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def position(self) -> int:
        """Return the position in the archive's log up to which quotes have been linked."""
        position = self._db.meta("utterances_position") or "0"
        if not position.isdecimal():
            raise damaged("how far utterances have come")
        return int(position)

    def count_versions(self) -> int:
        """Return how many versions there are, quotes that have none counted as one each."""
        return int(self._db.value("SELECT count(*) FROM versions")) + self._without_version()

    def count_utterances(self) -> int:
        """Return how many utterances there are, quotes that have no version counted as one each."""
        return int(self._db.value("SELECT count(DISTINCT utterance) FROM versions")) + self._without_version()

    def utterances_of(self, numbers: Collection[int]) -> dict[int, int]:
        """Return the utterance of each quote."""
        utterances = {number: -number for number in numbers}
        for part, marks in parts_of(numbers):
            utterances.update(
                self._db.execute(
                    "SELECT quote, utterance FROM quote_versions JOIN versions ON versions.id = quote_versions.version "
                    f"WHERE quote IN ({marks})",
                    part,
                )
            )
        return utterances

    def quotes_of(self, utterances: Collection[int]) -> dict[int, int]:
        """Return the numbers of the quotes of some utterances, in order, each with its utterance."""
        quotes = {-utterance: utterance for utterance in utterances if utterance < 0}
        for part, marks in parts_of(_with_versions(utterances)):
            quotes.update(
                self._db.execute(
                    "SELECT quote, utterance FROM versions JOIN quote_versions ON quote_versions.version = versions.id "
                    f"WHERE utterance IN ({marks})",
                    part,
                )
            )
        return dict(sorted(quotes.items()))

    def first_quotes(self, utterances: Collection[int]) -> dict[int, int]:
        """Return the number of the first quote of each utterance that has any."""
        first = {utterance: -utterance for utterance in utterances if utterance < 0}
        for part, marks in parts_of(_with_versions(utterances)):
            first.update(
                self._db.execute(
                    "SELECT utterance, min(quote) FROM versions "
                    "JOIN quote_versions ON quote_versions.version = versions.id "
                    f"WHERE utterance IN ({marks}) GROUP BY utterance",
                    part,
                )
            )
        return first

    def other_versions(self, number: int) -> list[str]:
        """Return the id of the first quote of each other version of the utterance that a quote belongs to."""
        rows = self._db.execute(
            "SELECT id FROM quotes WHERE number IN (SELECT min(other.quote) FROM quote_versions AS own "
            "JOIN versions ON versions.id = own.version JOIN versions AS beside USING (utterance) "
            "JOIN quote_versions AS other ON other.version = beside.id "
            "WHERE own.quote = ? AND beside.id != own.version GROUP BY beside.id) ORDER BY number",
            [number],
        )
        return [id_ for (id_,) in rows]

    def told_apart(self, numbers: Collection[int]) -> set[frozenset[int]]:
        """Return the pairs of quotes, one of them among `numbers`, whose versions a person said are not one utterance."""
        apart: set[frozenset[int]] = set()
        for part, marks in parts_of(numbers):
            for ours, theirs in (("a", "b"), ("b", "a")):
                rows = self._db.execute(
                    "SELECT own.quote, beside.quote FROM quote_versions AS own JOIN versions ON versions.id = own.version "
                    f"JOIN decisions ON decisions.{ours} = versions.fingerprint "
                    f"JOIN versions AS others ON others.fingerprint = decisions.{theirs} "
                    "JOIN quote_versions AS beside ON beside.version = others.id "
                    f"WHERE together = 0 AND own.quote IN ({marks})",
                    part,
                )
                apart |= {frozenset(pair) for pair in rows}
        return apart

    def largest(self, limit: int) -> list[UtteranceSize]:
        """Return the `limit` utterances with the most quotes, of those that have two or more."""
        rows = self._db.execute(
            "SELECT utterance, count(*), count(DISTINCT versions.id) FROM versions JOIN quote_versions "
            "ON quote_versions.version = versions.id GROUP BY utterance HAVING count(*) > 1 ORDER BY 2 DESC, 1 LIMIT ?",
            [limit],
        )
        return [UtteranceSize(*row) for row in rows]

    def versions_of(self, numbers: Collection[int]) -> dict[int, int]:
        """Return the version of each quote that has one."""
        versions: dict[int, int] = {}
        for part, marks in parts_of(numbers):
            versions.update(
                self._db.execute(f"SELECT quote, version FROM quote_versions WHERE quote IN ({marks})", part)
            )
        return versions

    def records(self, numbers: Sequence[int]) -> list[VersionRecord | None]:
        """Return the version of each quote, in their order; None for a quote that has none yet, or is gone."""
        records: dict[int, VersionRecord] = {}
        for part, marks in parts_of(numbers):
            rows = self._db.execute(
                "SELECT printed.quote, versions.id, told.text, told.speaker, occasion, nats, stems, quotes.kind, told.document_id, "
                "told.published "
                "FROM quote_versions AS printed JOIN versions ON versions.id = printed.version "
                "JOIN quotes AS told ON told.number = versions.first JOIN quotes ON quotes.number = printed.quote "
                "LEFT JOIN analysed_quotes ON analysed_quotes.quote = versions.first "
                f"WHERE printed.quote IN ({marks})",
                part,
            )
            for number, id_, text, speaker, when, nats, joined, kind, document, published in rows:
                if type(text) is not str or type(when) is not str:
                    raise damaged(f"quote {number}")
                # As its first quote prints it: others may have brackets there.
                analysed = stored(text, split_stems(joined)) if joined else analyse(text)
                records[number] = VersionRecord(
                    id_, analysed, speaker, when, nats, kind == "indirect", Publication(None, document, published)
                )
        return [records.get(number) for number in numbers]

    def shared_with(self, document_id: str) -> tuple[int, list[SharedVersions]]:
        """Return how many versions a document has, and the other documents that print some of them.

        At most `MOST_SHARING` others, those that share the most.
        """
        rows = self._db.execute(
            "SELECT DISTINCT version FROM quote_versions JOIN quotes ON quotes.number = quote_versions.quote "
            "WHERE document_id = ?",
            [document_id],
        )
        shared: Counter[str] = Counter()
        for part, marks in parts_of(version for (version,) in rows):
            counts = self._db.execute(
                "SELECT document_id, count(DISTINCT version) FROM quote_versions "
                "JOIN quotes ON quotes.number = quote_versions.quote "
                f"WHERE version IN ({marks}) AND document_id NOT IN ('', ?) GROUP BY document_id",
                [*part, document_id],
            )
            shared.update(dict(counts))
        most = dict(shared.most_common(MOST_SHARING))
        return len(rows), [SharedVersions(other, most[other], of) for other, of in self._version_counts(most).items()]

    def _version_counts(self, document_ids: Iterable[str]) -> Mapping[str, int]:
        """Return how many versions each document has."""
        return dict(
            self._db.execute(
                "SELECT document_id, count(DISTINCT version) FROM quote_versions "
                "JOIN quotes ON quotes.number = quote_versions.quote "
                "WHERE document_id IN (SELECT value FROM json_each(?)) GROUP BY document_id",
                [listed(document_ids)],
            )
        )

    def _without_version(self) -> int:
        return int(
            self._db.value("SELECT (SELECT count(*) FROM quotes) - (SELECT count(*) FROM quote_versions)"),
        )


def _with_versions(utterances: Iterable[int]) -> list[int]:
    """Return the utterances that are no single quote without a version."""
    return [utterance for utterance in utterances if utterance >= 0]
