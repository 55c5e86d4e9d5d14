"""The doctor: nothing to say of a whole instance, one sentence and a remedy for whatever is wrong with it."""

from __future__ import annotations

import errno
import gzip
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from search.corrections.correction import CorrectionKind
from search.errors import StoreUnavailable
from search.model import Document, Quote
from search.semantic.vector_file import VectorFile
from search.settings import Settings
from search.storage.databases.lock import held
from search.storage.databases.sqlite_database import SqliteDatabase
from search.storage.index_folder import IndexFolder
from search.storage.store import Store
from search.storage.upkeep.derived_faults import derived_faults
from search.storage.upkeep.examination import examine
from search.storage.upkeep.fault import PERMIT, Fault, index_fault, some_of
from search.term_index import IndexedQuote

TEXTS = (
    "The bridge will not survive another winter like the last one",
    "The bridge will not survive another winter like this one, she said",
    "Nobody asked the ferrymen about the tunnel under the harbour",
    "We sold the ferry to pay for a bridge that nobody uses",
)


@pytest.fixture
def whole(settings: Settings) -> Settings:
    """An instance in which something was printed twice, deleted, put together, and fetched."""
    with Store(settings) as store:
        for round_ in range(2):
            for number, text in enumerate(TEXTS):
                quotes = [
                    Quote(f"q{round_}{number}", f"d{round_}{number}", text, speaker="Ann Lee", published="2024-02-03"),
                    Quote(f"c{round_}{number}", f"d{round_}{number}", "I never did", place="comment"),
                ]
                store.add([(Document(f"d{round_}{number}", text), f"w{number}", quotes)])
            store.catch_up()
        store.delete_document("d02")
        store.correct(CorrectionKind.JOIN, "Ann", "", quotes=["q00", "q03"])
    (settings.instance / "speakers.toml").write_text('[[speaker]]\nname = "Ann Lee"\naliases = ["A. Lee"]\n')
    (settings.instance / "pages" / "3f").mkdir(parents=True)
    (settings.instance / "pages" / "3f" / "3f9a-1c22.gz").write_bytes(gzip.compress(b"<p>words"))
    (settings.instance / "pages" / "3f" / "3f9a.json").write_text("{}")
    return settings


def faults(settings: Settings) -> list[str]:
    found = list(examine(settings))
    assert all(fault.fault.endswith(".") and fault.remedy.endswith(".") for fault in found)
    return [f"{fault.part}: {fault.fault}" for fault in found]


def test_corrected_and_hidden_quotes_are_no_fault(whole: Settings) -> None:
    with Store(whole) as store:
        store.correct(CorrectionKind.SPEAKER, "Ann", "", quotes=["q10"], names=["Bo Berg"])
        store.correct(CorrectionKind.HIDE, "Ann", "", quotes=["q11"])
        assert faults(whole) == []
        for one in store.corrections():
            store.undo_correction(one.id, "Ann", "")
    assert faults(whole) == []


def change(settings: Settings, statement: str) -> None:
    database = SqliteDatabase(settings.instance / "archive.sqlite3")
    database.execute(statement)
    database.close()


def test_nothing_is_wrong_with_a_whole_instance_and_looking_changes_nothing(whole: Settings) -> None:
    def state() -> dict[str, bytes]:
        files = (path for path in whole.instance.rglob("*") if path.is_file() and "sqlite3-" not in path.name)
        return {str(path): path.read_bytes() for path in files}

    before = state()
    assert faults(whole) == []
    assert state() == before


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE documents SET title = 'x' WHERE id = 'd00'", "archive: What is kept of document d00 "),
        (
            "UPDATE document_texts SET piece = CAST('x' AS BLOB) WHERE document = 1",
            "archive: What is kept of the text of document d00 ",
        ),
        ("UPDATE versions SET first = 900 WHERE id = 1", "utterances: There is 1 version that is not told by"),
        ("UPDATE analysed_quotes SET stems = 'other' WHERE quote = 1", "archive: The analysis that is kept of 1 quote"),
        (
            "UPDATE analysed_quotes SET around = 'other' WHERE quote = 2",
            "archive: The analysis that is kept of 1 quote",
        ),
        ("INSERT INTO analysed_quotes VALUES (700, '', '')", "archive: An analysis is kept of 1 quote"),
        ("DELETE FROM quote_versions WHERE quote = 1", "utterances: 1 quote does not stand in the version"),
        ("UPDATE versions SET fingerprint = '0' WHERE id = 2", "utterances: 2 quotes do not stand in the version"),
        ("UPDATE links SET b = 900", "utterances: There is "),
        ("UPDATE versions SET utterance = 70", "utterances: There is 1 utterance that is not named"),
        ("UPDATE versions SET utterance = id", "utterances: 2 versions stand in another utterance than"),
        ("DELETE FROM links", "utterances: 1 version stands in another utterance than"),
        ("UPDATE versions SET occasion = 'x'", "utterances: 7 quotes do not stand in the version"),
        ("UPDATE meta SET value = '900' WHERE key = 'utterances_position'", "utterances: They or whom names mean are"),
        ("UPDATE meta SET value = '1 900' WHERE key = 'meant_names'", "utterances: They or whom names mean are"),
        (
            "UPDATE versions SET nats = 'x'",
            "archive: There are texts in place of numbers, or the reverse, in versions.",
        ),
        (
            "UPDATE quotes SET confidence = 'x'",
            "archive: There are texts in place of numbers, or the reverse, in quotes.",
        ),
        ("UPDATE meta SET value = 'x' WHERE key = 'utterances_position'", "index: The archive is damaged: how far"),
        ("DELETE FROM name_keys", "archive: 1 key by which speakers are found"),
        ("INSERT INTO name_keys VALUES ('lnd', 'Ann Lee')", "archive: 1 key by which speakers are found"),
        ("DELETE FROM correction_keys", "archive: 4 keys by which corrections are found"),
        ("INSERT INTO meant_names VALUES (900, 'Bo', 'x', .9)", "archive: Whom names mean is kept of 1 quote"),
        (
            "UPDATE meta SET value = 'older' WHERE key = 'analysis'",
            "index: It was made by the rules of another version",
        ),
        ("UPDATE log_marks SET mark = 'x'", "index: It is of another archive"),
        (
            "UPDATE meta SET value = '2' WHERE key = 'utterances_position'",
            "index: 16 changes of the archive cannot be found",
        ),
    ],
)
def test_what_is_changed_in_the_archive_is_said(whole: Settings, statement: str, said: str) -> None:
    change(whole, statement)
    found = faults(whole)
    assert found
    assert found[0].startswith(said)


def test_an_index_that_holds_other_terms_is_said_and_mended_by_a_rebuild(whole: Settings) -> None:
    folder = IndexFolder(whole.instance / "index", "whoosh")
    with folder.reading() as reader:
        position, mark = reader.position, reader.mark
    folder.index().update([IndexedQuote(1, ["sother"])], [4], position, mark)
    folder.close()
    assert faults(whole) == ["index: 2 quotes are held otherwise than a new index would hold them."]
    with Store(whole) as store:
        store.rebuild()
    assert faults(whole) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE versions SET utterance = id",
        "UPDATE versions SET utterance = 'x'",
        "UPDATE meta SET value = '900' WHERE key = 'utterances_position'",
        "UPDATE meta SET value = '1 900' WHERE key = 'meant_names'",
        "DELETE FROM name_keys",
        "DELETE FROM correction_keys",
    ],
)
def test_what_is_derived_is_mended_by_a_rebuild(whole: Settings, statement: str) -> None:
    """The doctor found nothing where a table was damaged that SQLite still reads."""
    change(whole, statement)
    assert next(fault.remedy for fault in examine(whole)) == "Run `quotes rebuild`."
    with Store(whole) as store:
        store.rebuild()
        store.catch_up()
    assert faults(whole) == []


def test_names_that_are_miscounted_are_said_and_mended_by_a_rebuild(whole: Settings) -> None:
    change(whole, "UPDATE names SET quotes = 70")
    assert faults(whole)[0].startswith("archive: 1 name of speakers")
    with Store(whole) as store:
        store.rebuild()
        assert [(row.name, row.quotes) for row in store.speaker_table()] == [("Ann Lee", 7)]
    assert faults(whole) == []


def test_stored_quotes_that_are_not_indexed_yet_are_said(whole: Settings) -> None:
    with Store(whole) as store:
        store.add_quotes([Quote("new", "", "A new quote that nothing has indexed so far", speaker="Bo Berg")])
    assert faults(whole) == ["index: 1 change of the archive cannot be found yet."]
    with held(whole.instance / "lock", "another run"):
        assert faults(whole) == []
    shutil.rmtree(whole.instance / "index")
    assert faults(whole) == ["index: There is none of 15 stored quotes."]


def test_files_of_the_index_that_a_disk_has_changed_are_named(whole: Settings) -> None:
    path = next((whole.instance / "index" / "1").glob("*.words"))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)
    assert faults(whole) == [f"index: These files are not as they were written: {path.name}."]


def test_folders_that_a_killed_rebuild_left_are_said(whole: Settings) -> None:
    (whole.instance / "index" / "7").mkdir()
    (found,) = faults(whole)
    assert found.startswith("index: A rebuild that was killed left 1 index that nobody uses")
    with held(whole.instance / "lock", "quotes rebuild"):
        assert faults(whole) == []


def test_vectors_of_other_quotes_than_there_are_are_said(whole: Settings) -> None:
    vectors = VectorFile(whole.instance / "semantic", "model/1", 64)
    there = [1, 2, 3, 4, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]
    with Store(whole) as store:
        mark = store._archive.mark_at(18) or ""
    vectors.append(there, ["en"] * 14, np.ones((14, 64), np.float32), 18, mark)
    assert faults(whole) == []
    path = whole.instance / "semantic" / "vectors-0.bin"
    bits = path.read_bytes()
    path.write_bytes(bits[:9] + bytes([bits[9] ^ 16]) + bits[10:])
    assert faults(whole) == [f"vectors: The vectors in {path.parent} are damaged."]
    path.write_bytes(bits)
    vectors.append([5, 1], ["en"] * 2, np.ones((2, 64), np.float32), 18, mark)
    assert faults(whole) == [
        "vectors: 1 quote without one, or gone and with one.",
        "vectors: 1 quote with two of them.",
    ]
    vectors.drop([5, 1, 2])
    with Store(whole) as store:
        store.delete_document("d00")
    assert faults(whole) == []  # what went since, and what came, is for the next `quotes embed`
    vectors.append([], [], np.ones((0, 64), np.float32), 18, "another")
    assert faults(whole)[0].startswith("vectors: They are of another archive")
    (whole.instance / "semantic" / "state.json").write_text("{")
    assert faults(whole)[0].startswith("vectors: ")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("speakers.toml", b"[[speaker", "files: "),
        ("outlets.toml", b"[[", "files: "),
        ("outlets.toml", b"\xff\xfe", "files: "),
        (
            "pages/3f/3f9a-1c22.gz",
            gzip.compress(b"x" * 100, mtime=0)[:-5],
            "files: 1 page as fetched cannot be read: pages/3f/",
        ),
        ("pages/3f/3f9a.json", b"{", "files: 1 page as fetched"),
        ("archive.sqlite3", b"SQLite format 3\0" + b"x" * 5000, "archive: "),
        ("archive.sqlite3", b"no archive at all" * 500, "archive: "),
    ],
)
def test_damaged_files_are_said(whole: Settings, name: str, data: bytes, said: str) -> None:
    (whole.instance / name).write_bytes(data)
    (found,) = faults(whole)
    assert found.startswith(said)


def test_of_an_index_that_cannot_be_opened_one_sentence_is_said(whole: Settings) -> None:
    index = IndexFolder(whole.instance / "index", "whoosh")
    database = SqliteDatabase(whole.instance / "archive.sqlite3")
    assert list(derived_faults(index, database, is_written=False)) == []
    (whole.instance / "index" / "current").write_text("9", encoding="ascii")
    index.close()
    (fault,) = derived_faults(index, database, is_written=False)
    assert fault.fault.endswith("the search index, is missing.")
    assert fault.remedy == "Run `quotes rebuild`."
    database.close()


@pytest.mark.parametrize(("count", "said"), [(1, "0"), (5, "0, 1, 2, 3, 4"), (6, "0, 1, 2, 3, 4 and 1 more")])
def test_of_many_names_the_first_stand_in_a_sentence(count: int, said: str) -> None:
    assert some_of(range(count)) == said


def test_where_there_is_no_archive_none_is_made(settings: Settings) -> None:
    (found,) = faults(settings)
    assert found.startswith("archive: There is none in")
    assert not Path(settings.instance).exists()


@pytest.mark.parametrize("name", ["outlets.toml", "speakers.toml", "pages/ab/x.json", "pages/ab/x.gz"])
@pytest.mark.parametrize("lie", ["pipe", "device"])
def test_what_is_read_without_an_end_is_said(whole: Settings, name: str, lie: str) -> None:
    path = whole.instance / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    if lie == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    assert [fault.part for fault in examine(whole)] == ["files"]


@pytest.mark.parametrize(
    "said",
    [
        "It is damaged: run `quotes rebuild`.",
        "It is damaged; run `quotes rebuild`.",
        "It is damaged. If it stays so, run `quotes rebuild`.",
        "It is damaged. `quotes rebuild` makes it anew.",
        "It is damaged, and run `quotes rebuild`.",
    ],
)
def test_what_to_do_with_an_index_is_said_once(said: str) -> None:
    assert index_fault(StoreUnavailable(said)) == Fault("index", "It is damaged.", "Run `quotes rebuild`.")


def test_a_file_in_place_of_the_index_is_to_be_moved_away_before_anything_helps(whole: Settings) -> None:
    shutil.rmtree(whole.instance / "index")
    (whole.instance / "index").write_text("mine", encoding="ascii")
    (found,) = faults(whole)
    assert found.startswith(
        f"index: {whole.instance / 'index'} is a file, where the search index is a folder: move it away."
    )
    with Store(whole) as store, pytest.raises(StoreUnavailable, match="move it away"):
        store.rebuild()
    assert (whole.instance / "index").read_text(encoding="ascii") == "mine"


def test_a_file_of_the_index_that_may_not_be_read_is_a_fault_and_no_end(
    whole: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = whole.instance / "index" / "1" / "x.words"

    def refuse(*_: object, **__: object) -> Iterator[Fault]:
        raise PermissionError(errno.EACCES, "Permission denied", str(words))
        yield

    monkeypatch.setattr("search.storage.upkeep.examination.derived_faults", refuse)
    (whole.instance / "speakers.toml").write_text("[[")
    (files, index) = examine(whole)
    assert (index.fault, index.remedy) == (f"{words} cannot be read: Permission denied.", PERMIT)
    assert files.part == "files"
