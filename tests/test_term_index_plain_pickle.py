"""Pickles of an index hold values alone: whoever opens an index that a stranger made runs nothing of his."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import StoreUnavailable
from search.term_index import IndexedQuote
from search.term_index.plain_pickle import load_plain
from search.term_index.whoosh_files import DurableStorage, crc_of
from search.term_index.whoosh_index import WhooshIndex

PLAIN = st.recursive(
    st.none() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner, max_size=3),
)


class Attack:
    """Makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.path),)


@given(PLAIN)
def test_values_come_back_as_they_were(value: object) -> None:
    assert load_plain(pickle.dumps(value, 2)) == value


def test_a_pickle_that_calls_anything_is_refused_before_it_does(tmp_path: Path) -> None:
    for hidden in (Attack(tmp_path / "made"), ((0,), None, (Attack(tmp_path / "made"),))):
        with pytest.raises(pickle.UnpicklingError):
            load_plain(pickle.dumps(hidden, 2))
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("kind", [".toc", "_stored.col", ".pst", ".trm"])
def test_no_file_of_an_index_runs_anything(tmp_path: Path, kind: str) -> None:
    """Every pickle of every file is put an attack in its place, whatever comes after it."""
    folder = tmp_path / "index"
    index = WhooshIndex(folder)
    index.update(
        [IndexedQuote(number, ["all"], {"outlet": "all", "speaker": f"w{number}"}) for number in range(50)], [], 1
    )
    index.close()
    (path,) = (path for path in folder.iterdir() if path.name.endswith(kind))
    data, attack = path.read_bytes(), pickle.dumps(Attack(tmp_path / "made"), 2)
    starts = [place for place in range(len(data)) if data[place : place + 1] == b"\x80"]
    for start in starts[:40]:
        path.write_bytes((data[:start] + attack + data[start + len(attack) :])[: max(len(data), start + len(attack))])
        try:
            opened = WhooshIndex(folder)
            reader = opened.reader()
            reader.labelled("outlet", ["all"])
            reader.labelled("speaker", ["w7"])
            opened.update([IndexedQuote(99, ["all"])], [7], 2)
        except StoreUnavailable:
            pass
        assert not (tmp_path / "made").exists()
        for other in folder.iterdir():  # what the update wrote
            if other.name.startswith("_") and not other.name.endswith("_1.toc"):
                other.unlink()


def test_a_bit_that_a_disk_turns_in_any_file_is_named(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path)
    for position in range(3):
        index.update(
            [IndexedQuote(number, ["all", f"w{number}"]) for number in range(position * 50, position * 50 + 50)],
            [],
            position,
        )
    assert index.damaged_parts() == []
    for path in [path for path in tmp_path.iterdir() if path.is_file() and path.stat().st_size]:
        if path.name != "checksums.json":
            data = path.read_bytes()
            path.write_bytes(data[:-1] + bytes([data[-1] ^ 4]))
            assert DurableStorage(str(tmp_path)).damaged_files() == [path.name]
            path.write_bytes(data)
            assert crc_of(path)
    index.close()
