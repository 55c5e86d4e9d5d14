"""A backup holds all that cannot be made anew, of one moment; it comes back whole, into nobody's place, or not at all."""

from __future__ import annotations

import gzip
import json
import os
import threading
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.corrections.correction import CorrectionKind
from search.errors import QuotesError, ReadError, StoreUnavailable
from search.model import Document, Quote
from search.settings import Settings, load
from search.storage.store import Store
from search.storage.upkeep.backup import back_up, bring_back
from search.storage.upkeep.backup_file import Manifest, read_members, write_members
from search.storage.upkeep.examination import examine

FERRY = "We sold the ferry to pay for a bridge that nobody uses"


@pytest.fixture
def instance(settings: Settings) -> Settings:
    """An instance with three documents, two corrections, names, settings and a page as it was fetched."""
    with Store(settings) as store:
        for number in range(3):
            text = f"{FERRY} {number}"
            quote = Quote(f"q{number}", f"d{number}", text, speaker="Ann Lee")
            store.add([(Document(f"d{number}", text), f"w{number}", [quote])])
        store.catch_up()
        store.correct(CorrectionKind.SPLIT, "Ann", "", quotes=["q0", "q1"])
        store.correct(CorrectionKind.SAME_PERSON, "Ann", "", names=("Ann Lee", "Ann Marie Lee"))
    (settings.instance / "speakers.toml").write_text('[[speaker]]\nname = "Ann Lee"\naliases = ["A. Lee"]\n')
    (settings.instance / "config.toml").write_text("page_size = 7\n")
    (settings.instance / "pages" / "3f").mkdir(parents=True)
    (settings.instance / "pages" / "3f" / "3f9a-1c22.gz").write_bytes(gzip.compress(b"<p>words"))
    (settings.instance / "uploads" / "20261102-100000-0123abcd").mkdir(parents=True)
    (settings.instance / "uploads" / "20261102-100000-0123abcd" / "a b.txt").write_text("words")
    (settings.instance / "followed.json").write_text("[]")
    (settings.instance / "users.json").write_text("[]")
    return settings


def exported(settings: Settings) -> list[object]:
    with Store(settings) as store:
        quotes = [store.quotes([number]) for number in range(1, 4)]
        documents = [store.document(f"d{number}") for number in range(3)]
        return [quotes, documents, store.utterances_of([1, 2, 3]), store.speakers().of("A. Lee"), store.status().quotes]


def elsewhere(settings: Settings, path: Path) -> Settings:
    return replace(settings, instance=path)


def test_what_was_backed_up_comes_back_as_it_was(instance: Settings, tmp_path: Path) -> None:
    made = back_up(instance, tmp_path / "b.zip")
    assert (made.documents, made.quotes, made.corrections) == (3, 3, 2)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["b.zip"]
    other = elsewhere(instance, tmp_path / "other")
    assert bring_back(other, tmp_path / "b.zip") == made
    assert exported(other) == exported(instance)
    added = "uploads/20261102-100000-0123abcd/a b.txt"
    for name in ("speakers.toml", "config.toml", "followed.json", "pages/3f/3f9a-1c22.gz", added):
        assert (other.instance / name).read_bytes() == (instance.instance / name).read_bytes()
    assert not (other.instance / "users.json").exists()  # whoever has a backup needs no hashes of passwords
    assert list(examine(other)) == []
    # As every archive: read by many while one writes.
    assert (other.instance / "archive.sqlite3").read_bytes()[18:20] == b"\x02\x02"


def test_a_backup_is_of_one_moment_while_others_write(instance: Settings, tmp_path: Path) -> None:
    ended = threading.Event()

    def write() -> None:
        with Store(instance) as store:
            for number in range(3, 10_000):
                document = Document(f"d{number}", "words")
                quotes = [Quote(f"q{number}{one}", f"d{number}", f"{FERRY} {number} {one}") for one in range(2)]
                store.add([(document, f"w{number}", quotes)])
                if ended.is_set():
                    return

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [back_up(instance, tmp_path / f"b{number}.zip") for number in range(3)]
    finally:
        ended.set()
        writer.join()
    for number, each in enumerate(made):
        assert each.quotes == 3 + 2 * (each.documents - 3)
        other = elsewhere(instance, tmp_path / f"other{number}")
        assert bring_back(other, tmp_path / f"b{number}.zip") == each
        assert list(examine(other)) == []


def test_a_backup_holds_what_has_just_been_stored_by_a_run_that_still_holds_the_lock(
    instance: Settings, tmp_path: Path
) -> None:
    with Store(instance) as store, store.writing("quotes index"):
        store.add([(Document("d3", "words"), "w3", [Quote("q3", "d3", FERRY)])])
        assert back_up(instance, tmp_path / "b.zip").quotes == 4


def test_nothing_is_written_over(instance: Settings, tmp_path: Path) -> None:
    back_up(instance, tmp_path / "b.zip")
    before = (tmp_path / "b.zip").read_bytes()
    with pytest.raises(ReadError, match="there already"):
        back_up(instance, tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_bytes() == before
    kept = exported(instance)
    with pytest.raises(StoreUnavailable, match="holds an archive already"):
        bring_back(instance, tmp_path / "b.zip")
    assert exported(instance) == kept
    left = tmp_path / "left"
    left.mkdir()
    (left / "archive.sqlite3-wal").write_bytes(b"x")
    with pytest.raises(StoreUnavailable, match=r"archive\.sqlite3-wal"):
        bring_back(elsewhere(instance, left), tmp_path / "b.zip")


def test_what_people_wrote_there_meanwhile_is_not_written_over(instance: Settings, tmp_path: Path) -> None:
    back_up(instance, tmp_path / "b.zip")
    other = elsewhere(instance, tmp_path / "other")
    other.instance.mkdir()
    (other.instance / "speakers.toml").write_text("# mine\n")
    with pytest.raises(StoreUnavailable, match=r"another speakers\.toml"):
        bring_back(other, tmp_path / "b.zip")
    assert sorted(path.name for path in other.instance.iterdir()) == ["lock", "speakers.toml"]
    assert (other.instance / "speakers.toml").read_text() == "# mine\n"
    (other.instance / "speakers.toml").unlink()
    assert bring_back(other, tmp_path / "b.zip").quotes == 3


def test_a_damaged_archive_is_not_backed_up(instance: Settings, tmp_path: Path) -> None:
    with Store(instance) as store:
        store._db.execute("UPDATE quotes SET text = 'other words' WHERE id = 'q1'")
    with pytest.raises(StoreUnavailable, match="quote q1"):
        back_up(instance, tmp_path / "b.zip")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []


def test_there_has_to_be_an_archive(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="no archive"):
        back_up(settings, tmp_path / "b.zip")
    assert not settings.instance.exists()
    with pytest.raises(ReadError, match="does not exist"):
        bring_back(settings, tmp_path / "none.zip")


def test_every_byte_that_is_changed_or_missing_is_noticed_before_anything_is_put_in_place(
    instance: Settings, tmp_path: Path
) -> None:
    back_up(instance, tmp_path / "b.zip")
    data = (tmp_path / "b.zip").read_bytes()
    other = elsewhere(instance, tmp_path / "other")
    kept = exported(instance)
    for place in sorted({*range(0, len(data), max(1, len(data) // 60)), *range(len(data) - 60, len(data))}):
        changed = bytearray(data)
        changed[place] ^= 1 << place % 8
        (tmp_path / "c.zip").write_bytes(changed)
        try:
            bring_back(other, tmp_path / "c.zip")
        except QuotesError as error:
            refused = str(error)
        else:
            refused = ""
        if refused:
            assert "\n" not in refused
            assert not (other.instance / "archive.sqlite3").exists()
            continue
        # What a zip says of a file twice, or of its time, may be otherwise; what comes back may not.
        assert exported(other) == kept
        other = elsewhere(instance, tmp_path / f"other{place}")
    for length in range(0, len(data), max(1, len(data) // 40)):
        (tmp_path / "c.zip").write_bytes(data[:length])
        with pytest.raises(ReadError, match=r"is damaged, or no backup"):
            bring_back(other, tmp_path / "c.zip")
    assert not (other.instance / "archive.sqlite3").exists()


def repacked(path: Path, extra: dict[str, bytes], **facts: object) -> None:
    """Write a backup anew with other facts in its manifest, and with other files that the manifest does not name."""
    with zipfile.ZipFile(path) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    manifest = json.loads(files.pop("manifest.json")) | facts
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in (files | extra | {"manifest.json": json.dumps(manifest).encode()}).items():
            packed.writestr(name, data)


@pytest.mark.parametrize(
    ("extra", "facts", "said"),
    [
        ({}, {"format": 99}, "newer version"),
        ({}, {"layout": 9}, "newer version"),
        ({}, {"quotes": 4}, "as much as it says"),
        ({}, {"documents": "many"}, "as much as it says"),
        ({}, {"files": {}}, "other files"),
        ({}, {"files": []}, "damaged, or no backup"),
        ({}, {"format": "ten"}, "damaged, or no backup"),
        ({}, {"format": None}, "damaged, or no backup"),
        ({}, {"files": {"archive.sqlite3": 7}}, "damaged, or no backup"),
        ({"../evil": b"x"}, {}, "other files"),
        ({"index/1/x.toc": b"x"}, {}, "other files"),
    ],
)
def test_a_strangers_backup_puts_nothing_where_it_does_not_belong(
    instance: Settings, tmp_path: Path, extra: dict[str, bytes], facts: dict[str, object], said: str
) -> None:
    back_up(instance, tmp_path / "b.zip")
    repacked(tmp_path / "b.zip", extra, **facts)
    with pytest.raises(ReadError, match=said):
        bring_back(elsewhere(instance, tmp_path / "in" / "other"), tmp_path / "b.zip")
    assert not (tmp_path / "in" / "other" / "archive.sqlite3").exists()
    assert not (tmp_path / "in" / "evil").exists()


@pytest.mark.parametrize(
    "name", ["../x", "pages/../../x", "pages/..", "/etc/x", "index/1", "pages\\x", "pages/.x", "lock"]
)
def test_no_name_leads_out_of_the_instance(tmp_path: Path, name: str) -> None:
    (tmp_path / "x").write_bytes(b"x")
    with (tmp_path / "b.zip").open("xb") as file:
        write_members(file, {"archive.sqlite3": tmp_path / "x", name: tmp_path / "x"}, Manifest(7, "", 0, 0, 0))
    with pytest.raises(ReadError, match="other files than a backup does"):
        read_members(tmp_path / "b.zip", tmp_path / "out")


def test_a_file_that_is_another_than_the_manifest_says_is_refused(instance: Settings, tmp_path: Path) -> None:
    back_up(instance, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as packed:
        names = packed.read("speakers.toml")
    repacked(tmp_path / "b.zip", {"speakers.toml": names.replace(b"Lee", b"Ray")})
    with pytest.raises(ReadError, match=r"speakers\.toml is not what was written"):
        bring_back(elsewhere(instance, tmp_path / "other"), tmp_path / "b.zip")


def test_a_backup_that_unpacks_at_once_whatever_is_asked_for_is_refused(tmp_path: Path) -> None:
    """A kilobyte of bzip2 is a gigabyte in memory, though a megabyte was asked for."""
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_BZIP2) as packed:
        packed.writestr("manifest.json", "{}")
    with pytest.raises(ReadError, match="it is packed as no backup is"):
        read_members(tmp_path / "b.zip")


def test_a_pipe_in_place_of_a_backup_is_waited_for_by_nobody(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "b.zip")
    # Somebody at its other end, so that who opens it after all fails here and does not wait.
    descriptor = os.open(tmp_path / "b.zip", os.O_RDWR | os.O_NONBLOCK)
    try:
        with pytest.raises(ReadError, match="it is no plain file"):
            read_members(tmp_path / "b.zip")
    finally:
        os.close(descriptor)


def test_what_lies_in_the_folder_of_a_stranger_is_not_read_or_followed(instance: Settings, tmp_path: Path) -> None:
    """Who brings a backup back into it has a pipe in place of a file, and a link in place of a folder."""
    back_up(instance, tmp_path / "b.zip")
    other, outside = elsewhere(instance, tmp_path / "other"), tmp_path / "outside"
    other.instance.mkdir()
    outside.mkdir()
    (other.instance / "pages").symlink_to(outside)
    with pytest.raises(StoreUnavailable, match="link"):
        bring_back(other, tmp_path / "b.zip")
    assert not list(outside.iterdir())
    (other.instance / "pages").unlink()
    os.mkfifo(other.instance / "speakers.toml")
    descriptor = os.open(other.instance / "speakers.toml", os.O_RDWR | os.O_NONBLOCK)
    try:
        with pytest.raises(StoreUnavailable, match=r"has another speakers\.toml than the backup"):
            bring_back(other, tmp_path / "b.zip")
    finally:
        os.close(descriptor)


@pytest.mark.parametrize("name", ["speakers.toml", "pages/3f/3f9a-1c22.gz"])
def test_a_terabyte_of_which_the_disk_holds_nothing_is_not_packed(
    instance: Settings, tmp_path: Path, name: str
) -> None:
    os.truncate(instance.instance / name, 1 << 43)
    with pytest.raises(StoreUnavailable, match=r"larger than 20 MB|are to be packed"):
        back_up(instance, tmp_path / "b.zip")
    assert not list(tmp_path.glob("*.zip"))


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_in_one_sentence(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "b.zip"
    path.write_bytes(data)
    with pytest.raises(ReadError, match="is damaged, or no backup"):
        read_members(path)


def test_of_an_archive_in_a_server_it_is_said_what_to_do_instead(tmp_path: Path) -> None:
    settings = load({"instance": tmp_path / "i"}, environ={"QUOTES_ARCHIVE_URL": "postgresql://nobody@127.0.0.1:1/x"})
    with pytest.raises(StoreUnavailable, match="pg_dump"):
        back_up(settings, tmp_path / "b.quotes")
    with pytest.raises(StoreUnavailable, match="copy --to"):
        bring_back(settings, tmp_path / "b.quotes")


def test_where_nothing_can_be_written_the_archive_is_not_to_blame(instance: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StoreUnavailable, match=r"b\.zip cannot be written: Not a directory"):
        back_up(instance, tmp_path / "file" / "b.zip")


def test_a_backup_may_have_as_long_a_name_as_any_file(instance: Settings, tmp_path: Path) -> None:
    assert back_up(instance, tmp_path / f"{'b' * 246}.zip").quotes
