"""What an instance keeps as JSON: whole whatever happens, one writer at a time, and refused where a stranger wrote something else."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

import pytest

from search.errors import ConfigError, StoreUnavailable
from search.storage.databases.record_file import MOST_RECORD_BYTES, RecordFile


@dataclass(frozen=True, slots=True)
class Ferry:
    """What is kept in these tests."""

    name: str
    seats: int = 0


def ferries(folder: Path) -> RecordFile[Ferry]:
    return RecordFile(folder / "ferries.json", Ferry, attrgetter("name"), "ferries")


def test_what_one_changes_another_reads_and_nobody_else_may(tmp_path: Path) -> None:
    one, other = ferries(tmp_path / "new"), ferries(tmp_path / "new")
    assert other.read() == {}
    with one.changing("a test") as records:
        records |= {"b": Ferry("b", 7), "a": Ferry("a")}
    assert list(other.read().values()) == [Ferry("b", 7), Ferry("a")]
    assert (tmp_path / "new" / "ferries.json").stat().st_mode & 0o777 == 0o600
    with other.changing("a test") as records:
        del records["b"]
    assert one.read() == {"a": Ferry("a")}


def test_what_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    with ferries(tmp_path).changing("a test"):
        pass
    assert not (tmp_path / "ferries.json").exists()


def test_one_run_changes_them_at_a_time(tmp_path: Path) -> None:
    second = ferries(tmp_path).changing("the second")
    with ferries(tmp_path).changing("the first run"), pytest.raises(StoreUnavailable, match="the first run"):
        second.__enter__()


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"{}x", b"{}", b"[1]", b'[{"seats": 1}]', b'[{"name": "a", "more": 1}]', b'[{"name": 1}]', b"\xff", b"\0", b"3",
     b'[{"name": "\xe9"}]', b'[{"name": "a", "seats": "1"}]', b'[{"name": "a", "seats": true}]', b"[" * 100_000, b'[{"name": ' * 100_000,
     b'[{"name": "' + b"x" * MOST_RECORD_BYTES + b'"}]', b'[{"name": "\\ud800"}]', b'[{"name": null}]', b'[{"name": "a", "seats": 1e999}]'],
    ids=lambda data: repr(data[:24]),
)  # fmt: skip
def test_a_file_of_anything_else_is_one_sentence_and_left_alone(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "ferries.json").write_bytes(data)
    with pytest.raises(ConfigError, match=r"ferries\.json .*\.$"), ferries(tmp_path).changing("a test"):
        pass
    assert (tmp_path / "ferries.json").read_bytes() == data


def test_a_text_that_no_file_can_keep_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="UTF-8"), ferries(tmp_path).changing("a test") as records:
        records["\udcff"] = Ferry("\udcff")
    assert ferries(tmp_path).read() == {}


def test_a_folder_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError), ferries(tmp_path / "file").changing("a test"):
        pass


def test_a_link_that_leads_nowhere_is_no_empty_file_and_is_not_replaced(tmp_path: Path) -> None:
    link = tmp_path / "ferries.json"
    link.symlink_to(tmp_path / "disk-that-is-not-there")
    with (
        pytest.raises(ConfigError, match="is a link that leads nowhere"),
        ferries(tmp_path).changing("a test") as records,
    ):
        records["a"] = Ferry("a")
    assert link.is_symlink()
