"""Standard streams that are closed lead nowhere, and those that are not are left alone; what comes in is UTF-8, or refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from search.cli.standard_streams import open_closed_streams


def test_only_what_is_closed_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = sys.stderr
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr(sys, "stdout", None)
    open_closed_streams()
    assert sys.stderr is kept
    with sys.stdin as nothing, sys.stdout as nowhere:
        assert nothing.read() == ""
        assert nowhere.write("not seen") == 8


_PERSIAN = "دیپلماسی"
_NO_UTF8 = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}


def _quotes(*words: str | bytes, typed: bytes = b"", **environment: str) -> tuple[int, str, str]:
    command = [sys.executable, "-c", "from search.cli import quotes; quotes()", *words]
    ended = subprocess.run(command, input=typed, capture_output=True, env={**os.environ, **environment}, check=False)
    return ended.returncode, ended.stdout.decode(), ended.stderr.decode()


def test_words_that_a_locale_has_no_letters_for_are_refused_and_not_passed_over() -> None:
    said = "quotes: what was typed cannot be read in this locale (ascii): set LC_ALL=C.UTF-8 or PYTHONUTF8=1.\n"
    assert _quotes("compare", f"{_PERSIAN} ferry", "ferry", **_NO_UTF8) == (2, "", said)


@pytest.mark.parametrize("environment", [_NO_UTF8, {"PYTHONIOENCODING": "ascii:strict"}])
def test_what_is_piped_in_is_utf8_in_every_locale(tmp_path: Path, environment: dict[str, str]) -> None:
    instance = ("--instance", str(tmp_path))
    row = json.dumps({"text": _PERSIAN * 2 + " ferry"}, ensure_ascii=False).encode()
    assert _quotes(*instance, "import", "-", typed=row, **environment)[0] == 0
    code, found, _ = _quotes(*instance, "find", "-", typed=f"{_PERSIAN * 2} ferry".encode(), **environment)
    assert (code, _PERSIAN in found) == (0, True)
    assert _quotes(*instance, "find", "-", typed=f"{_PERSIAN} ferry".encode(), **environment)[0] == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((b"find", b"ferry \xff"), "The query has bytes that are no text in UTF-8."),
        ((b"show", b"\xff"), "what was typed or read is not text in UTF-8."),
        ((b"cite", b"\xff"), "what was typed or read is not text in UTF-8."),
    ],
)
def test_bytes_that_are_no_text_are_one_sentence(tmp_path: Path, words: tuple[bytes, ...], said: str) -> None:
    assert _quotes("--instance", str(tmp_path), *words) == (2, "", f"quotes: {said}\n")
