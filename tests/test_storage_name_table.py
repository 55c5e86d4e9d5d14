"""Names are counted as they are meant, whatever comes, is meant anew and goes."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from search.model import Document, Quote
from search.names.named_in_document import MeantName
from search.storage.archive import Archive
from search.storage.databases.sqlite_database import SqliteDatabase
from search.storage.speakers.name_table import NAMED_BEFORE, NameTable

NAMES = ["Marta Lind", "Lind", "Otto Berg"]
STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "mean", "drop"]), st.integers(0, 3), st.sampled_from(NAMES), st.sampled_from([None, *NAMES])),
    max_size=12,
)  # fmt: skip


def counted(quotes: dict[int, tuple[str, str]]) -> set[tuple[str, int, int]]:
    """Count quotes and documents of each name; `quotes` are name and document by number."""
    documents = defaultdict(list)
    for name, document in quotes.values():
        documents[name].append(document)
    return {(name, len(some), len(set(some))) for name, some in documents.items()}


@given(STEPS)
@settings(deadline=None, max_examples=40)
def test_counts_are_those_of_the_quotes_that_are_there(steps: list[tuple[str, int, str, str | None]]) -> None:
    with TemporaryDirectory() as folder:
        database = SqliteDatabase(Path(folder) / "a.sqlite3")
        archive = Archive(database)
        there: dict[int, tuple[str, str]] = {}
        printed: dict[int, Quote] = {}
        for at, (step, number, name, other) in enumerate(steps):
            meant = None if other is None else MeantName(other, "for the test", 0.9)
            with database.transaction():
                if step == "drop":
                    archive.delete_document(f"d{number}")
                    there = {key: value for key, value in there.items() if value[1] != f"d{number}"}
                elif step == "add":
                    # Several at once, of one name or another, one of them in another document.
                    quotes = [
                        Quote(f"{at}-0", f"d{number}", f"words {at}", speaker=name),
                        Quote(f"{at}-1", f"d{number}", f"words {at}", speaker=other or name),
                        Quote(f"{at}-2", f"d{(number + 1) % 4}", f"words {at}", speaker=name),
                        Quote(f"{at}-3", f"d{number}", f"words {at}"),
                    ]
                    archive.add(Document(f"d{number}", "text"), "w", [])
                    archive.add_quotes(quotes)
                    for quote in quotes[:3]:
                        key = archive.number_of(quote.id) or 0
                        there[key], printed[key] = (quote.speaker or "", quote.document_id), quote
                elif there:
                    key = sorted(there)[number % len(there)]
                    archive.names.set_meant(key, meant)
                    there[key] = (other or printed[key].speaker or "", there[key][1])
            assert {(one.name, one.quotes, one.documents) for one in NameTable(database).counts()} == counted(there)
        kept = archive.names.counts()
        with database.transaction():
            archive.names.count_anew()
        assert archive.names.counts() == kept
        keyed = {one.name for key in ("lnd", "brg") for one in archive.names.with_key(key)}
        assert keyed == {name for name, _ in there.values()}
        database.close()


def test_which_names_stood_before_is_looked_up_by_documents(tmp_path: Path) -> None:
    """By numbers all of the archive before a batch would be read for it."""
    database = SqliteDatabase(tmp_path / "a.sqlite3")
    plan = database.execute(f"EXPLAIN QUERY PLAN {NAMED_BEFORE}", ('["d1"]', 1_000))
    assert [row[-1] for row in plan if "quotes USING" in row[-1]] == [
        "SEARCH quotes USING INDEX quotes_document (document_id=?)"
    ]
    database.close()
