"""The torture itself: that it breaks what it says it breaks, and that it sees what is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from power_loss import Call, Disk, read_log
from state import State, losses

TORTURE = Path(__file__).resolve().parent.parent / "tools" / "torture"
NEEDS_A_COMPILER = pytest.mark.skipif(shutil.which("cc") is None, reason="there is no C compiler here")


def names(*paths: Path | str) -> bytes:
    return b"\0".join(str(path).encode() for path in paths)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("calls", "left"),
    [
        ("", {"a": b"old"}),
        ("W", {"a": b"old"}),
        ("WS", {"a": b"newer"}),
        ("WST", {"a": b"newer"}),
        ("WSTS", {"a": b"ne"}),
        ("C", {"a": b"old"}),
        ("CD", {"a": b"old", "b": b""}),
        ("CWbD", {"a": b"old", "b": b""}),
        ("CWbSbD", {"a": b"old", "b": b"x"}),
        ("CWbSbR", {"a": b"old"}),
        ("CWbSbRD", {"a": b"x"}),
        ("U", {"a": b"old"}),
        ("UD", {}),
    ],
)
def test_a_disk_keeps_what_was_synced_and_nothing_else(tmp_path: Path, calls: str, left: dict[str, bytes]) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    (folder / "a").write_bytes(b"old")
    inode = (folder / "a").stat().st_ino
    known = {
        "W": Call("W", inode, 0, b"newer"),
        "S": Call("S", inode, 0, names(folder / "a")),
        "T": Call("T", inode, 2, b""),
        "C": Call("C", 77, 0, names(folder / "b", "")),
        "Wb": Call("W", 77, 0, b"x"),
        "Sb": Call("S", 77, 0, names(folder / "b")),
        "R": Call("R", 0, 0, names(folder / "b", folder / "a")),
        "U": Call("U", 0, 0, names(folder / "a", "")),
        "D": Call("S", 1, 0, names(folder)),
    }
    disk = Disk(folder)
    for name in calls.replace("b", "b,").replace("W,", "W").replace("Wb,", " Wb ").replace("Sb,", " Sb ").split():
        for call in [name] if name in known else name:
            disk.apply(known[call])
    disk.write_after_loss(tmp_path / "after")
    assert files(tmp_path / "after") == left


def test_what_is_lost_or_altered_or_from_nowhere_is_seen() -> None:
    before = State({"d1": "a"}, {"q1": "x"}, frozenset({"one"}), "names")
    after = State({"d1": "a", "d2": "b"}, {"q1": "x", "q2": "y"}, frozenset({"one", "two"}), "names")
    assert losses(before, after, before) == losses(before, after, after) == []
    assert losses(after, after, before) == ["lost document d2", "lost quote q2", "lost decision two"]
    assert losses(before, before, after)[0] == "a document from nowhere, d2"
    assert losses(before, after, State({"d1": "z"}, {"q1": "x"}, frozenset({"one"}), "")) == [
        "another document d1",
        "other names than before or after",
    ]


@NEEDS_A_COMPILER
@pytest.mark.parametrize(
    ("fault", "ended", "left"),
    [("NOTHING", 0, {"f": b"onetwothree"}), ("KILL", -9, {"f": b"one"}), ("TEAR", -9, {"f": b"onet"}),
     ("FULL", 28, {"f": b"one"}), ("BROKEN", 5, {"f": b"one"})],
)  # fmt: skip
def test_the_layer_does_what_it_is_asked_at_the_call_that_is_asked(
    tmp_path: Path, fault: str, ended: int, left: dict[str, bytes]
) -> None:
    (tmp_path / "below").mkdir()
    script = f"""
import os, sys
sys.path.insert(0, {str(TORTURE)!r})
from pathlib import Path
from layer import LayerFault, arm, start_with_layer
start_with_layer(Path({str(tmp_path)!r}))
Path({str(tmp_path)!r}, "beside").write_text("not counted")
log = os.open({str(tmp_path / "log")!r}, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
arm(Path({str(tmp_path / "below")!r}), LayerFault.{fault}, 3, log)
f = os.open({str(tmp_path / "below" / "f")!r}, os.O_WRONLY | os.O_CREAT)
try:
    for word in (b"one", b"two", b"three"):
        os.write(f, word)
except OSError as error:
    os._exit(error.errno)
os.rename({str(tmp_path / "below" / "f")!r}, {str(tmp_path / "below" / "g")!r})
os.rename({str(tmp_path / "below" / "g")!r}, {str(tmp_path / "below" / "f")!r})
os.fsync(f)
"""
    (tmp_path / "script.py").write_text(script, encoding="utf-8")
    done = subprocess.run([sys.executable, str(tmp_path / "script.py")], check=False, env={**os.environ, "LC_ALL": "C"})
    assert done.returncode == ended
    assert files(tmp_path / "below") == left
    kinds = "".join(call.kind for call in read_log(tmp_path / "log"))
    assert kinds == ("CWWWRRS" if fault == "NOTHING" else "CW")


@NEEDS_A_COMPILER
def test_a_short_torture_loses_nothing_and_leaves_nothing_behind() -> None:
    done = subprocess.run(
        [sys.executable, str(TORTURE), "--seconds", "1", "--only", "middle of a write"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].endswith("nothing")
