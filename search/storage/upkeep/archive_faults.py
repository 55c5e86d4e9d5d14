"""What is wrong with the archive itself: the file, the rows that have a digest, the log, the names of speakers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from search.plural import counted
from search.storage.archive import Archive
from search.storage.database import Database
from search.storage.rows import DOCUMENT_ROW, STORED_QUOTE, row_digest
from search.storage.speakers.authority_table import AUTHORITY_ROWS
from search.storage.speakers.name_table import COUNTED_NAMES
from search.storage.tables.corrected_quotes import ORIGINAL_ROW
from search.storage.tables.correction_table import CORRECTION_ROW, CorrectionTable
from search.storage.tables.deletion_table import DELETION_ROW
from search.storage.tables.document_table import DocumentTable
from search.storage.upkeep.fault import REBUILD, RESTORE, Fault, some_of

MOST_FAULTS: Final = 20  # damaged rows that are said one by one
_READ_AGAIN: Final = "Bring a backup back, or `quotes delete` its document and `quotes index --again` its file."
_DECIDE_AGAIN: Final = "Bring a backup back, or correct it again with `quotes corrections`."
_KINDS: Final = {"deleted_documents": "the deletion of document"} | dict.fromkeys(
    AUTHORITY_ROWS, "the authority file on"
)
_REMEDIES: Final = {
    "decision": _DECIDE_AGAIN,
    "correction": _DECIDE_AGAIN,
    "the deletion": "Bring a backup back, or `quotes delete` the document once more.",
    "the authority file": "Bring a backup back.",
}

_DERIVED: Final = {"names", "name_keys", "versions", "quote_versions", "links", "analysed_quotes"}

# Each counts rows that cannot be in an archive as this program writes it.
_CANNOT_BE: Final = (
    (
        "SELECT count(*) FROM quotes WHERE number NOT IN (SELECT quote FROM log)",
        "{} of quotes without a line in the log, by which they would be found",
    ),
    (
        "SELECT count(*) FROM (SELECT max(position) AS last FROM log GROUP BY quote) AS ends JOIN log ON position = last "
        "LEFT JOIN quotes ON number = quote WHERE (gone = 1) = (number IS NOT NULL)",
        "{} of the log that say otherwise than the quotes whether a quote is there",
    ),
    (
        "SELECT count(*) FROM quotes WHERE document_id != '' AND document_id NOT IN (SELECT id FROM documents)",
        "{} of quotes whose document is not there",
    ),
)
_NAMES_DIFFER: Final = (
    f"SELECT count(DISTINCT name) FROM (SELECT * FROM ({COUNTED_NAMES} EXCEPT SELECT * FROM names) AS uncounted "
    f"UNION ALL SELECT * FROM (SELECT * FROM names EXCEPT {COUNTED_NAMES}) AS counted) AS differing"
)


def archive_faults(database: Database) -> Iterator[Fault]:
    """Yield what is wrong with an archive; where the file itself is damaged, nothing further is asked of it."""
    if inner := database.faults_inside():
        yield Fault("archive", f"The file is damaged inside: {some_of(inner)}.", RESTORE)
        return
    if mistyped := database.mistyped_tables():
        remedy = REBUILD if _DERIVED.issuperset(mistyped) else RESTORE
        yield Fault("archive", f"There are texts in place of numbers, or the reverse, in {some_of(mistyped)}.", remedy)
        return
    damaged = damaged_rows(database)
    for name in islice(damaged, MOST_FAULTS):
        remedy = next((remedy for kind, remedy in _REMEDIES.items() if name.startswith(kind)), _READ_AGAIN)
        yield Fault("archive", f"What is kept of {name} is not what was stored.", remedy)
    if more := sum(1 for _ in damaged):
        yield Fault("archive", f"So is what is kept of {more:,} more.", RESTORE)
    for statement, sentence in _CANNOT_BE:
        if rows := database.value(statement):
            yield Fault("archive", f"There are {sentence.format(f'{rows:,} rows')}.", RESTORE)
    archive = Archive(database)
    if archive.mark_at(archive.last_position()) is None:
        yield Fault(
            "archive", "The end of the log has no mark, by which an index is told from that of another.", RESTORE
        )
    if rows := database.value(_NAMES_DIFFER):
        yield Fault(
            "archive", f"{counted(rows, 'name')} of speakers stand with other counts than the quotes have.", REBUILD
        )
    elif rows := archive.names.count_wrong_keys():
        yield Fault("archive", f"{counted(rows, 'key')} by which speakers are found are gone or not theirs.", REBUILD)
    if rows := CorrectionTable(database).count_wrong_keys():
        yield Fault(
            "archive", f"{counted(rows, 'key')} by which corrections are found are gone or not theirs.", REBUILD
        )
    if rows := database.value("SELECT count(*) FROM meant_names WHERE quote NOT IN (SELECT number FROM quotes)"):
        yield Fault("archive", f"Whom names mean is kept of {counted(rows, 'quote')} that are not there.", RESTORE)


def damaged_rows(database: Database) -> Iterator[str]:
    """Yield what is precious and not as it was written: documents, quotes, corrections and what people told of others, with ids."""
    for table, columns, name in (
        ("documents", DOCUMENT_ROW, "id"),
        ("quotes", STORED_QUOTE, "id"),
        ("decisions", ("a", "b", "together", "correction"), "a || ' and ' || b"),
        ("corrections", CORRECTION_ROW, "id"),
        ("original_quotes", ORIGINAL_ROW, "id"),
        ("deleted_documents", DELETION_ROW, "id"),
        *((table, columns, "id") for table, columns in AUTHORITY_ROWS.items()),
    ):
        for id_, digest, *values in database.rows(f"SELECT {name}, digest, {', '.join(columns)} FROM {table}"):
            if digest != row_digest(*values):
                yield f"{_KINDS.get(table, table.removesuffix('s'))} {id_}"
    for id_ in DocumentTable(database).damaged_texts():
        yield f"the text of document {id_}"
