"""What the quotes that pass a filter are, in numbers: by month, by outlet or speaker, by utterance."""

from __future__ import annotations

from typing import Literal, NamedTuple

from search.names.people import NameCount
from search.storage.database import Database
from search.storage.quote_filter import QuoteFilter
from search.storage.sql import MEANT_NAME, condition_of


class Printings(NamedTuple):
    """An utterance, and how many of the quotes asked for print it, in how many outlets."""

    utterance: int
    quotes: int
    outlets: int


class QuoteCounts:
    """Counts the quotes of one archive."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def is_empty(self) -> bool:
        """Return whether there is no quote; to count a million takes 13 ms."""
        return self._db.value("SELECT 1 FROM quotes LIMIT 1") is None

    def total(self, wanted: QuoteFilter) -> tuple[int, int]:
        """Return how many quotes pass a filter, and in how many documents they stand."""
        condition = condition_of(wanted)
        rows = self._db.execute(
            f"SELECT count(*), count(DISTINCT document_id) FROM quotes WHERE {condition.sql}", condition.values
        )
        quotes, documents = next(iter(rows))
        return int(quotes), int(documents)

    def months(self, wanted: QuoteFilter) -> dict[str, int]:
        """Return the numbers of quotes by the month in which they were printed ("2016-10"); "" where it is not known."""
        condition = condition_of(wanted)
        rows = self._db.execute(
            "SELECT coalesce(substr(published, 1, 7), ''), count(*) FROM quotes "
            f"WHERE {condition.sql} GROUP BY 1 ORDER BY 1",
            condition.values,
        )
        return {str(month): int(quotes) for month, quotes in rows}

    def named(self, wanted: QuoteFilter, field: Literal["speaker", "outlet"]) -> list[NameCount]:
        """Return the names of speakers (as their documents mean them) or outlets, with quotes and documents, commonest first."""
        condition = condition_of(wanted)
        value = f"coalesce({MEANT_NAME}, speaker)" if field == "speaker" else "outlet"
        rows = self._db.execute(
            f"SELECT {value} AS value, count(*), count(DISTINCT document_id) FROM quotes WHERE {condition.sql} "
            f"AND {field} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1",
            condition.values,
        )
        return [NameCount(*row) for row in rows]

    def most_printed(self, wanted: QuoteFilter, limit: int) -> list[Printings]:
        """Return the utterances that the quotes print at least twice, those of most outlets first, then of most quotes."""
        condition = condition_of(wanted)
        rows = self._db.execute(
            "SELECT utterance, count(*), count(DISTINCT outlet) "
            f"FROM (SELECT number, outlet FROM quotes WHERE {condition.sql}) AS wanted "
            "JOIN quote_versions ON quote_versions.quote = wanted.number "
            "JOIN versions ON versions.id = quote_versions.version "
            "GROUP BY utterance HAVING count(*) > 1 ORDER BY 3 DESC, 2 DESC, 1 LIMIT ?",
            (*condition.values, limit),
        )
        return [Printings(*row) for row in rows]
