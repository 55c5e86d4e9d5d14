"""Sessions: signed by a secret that is the instance's own and private; nowhere but on this site after logging in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.urls import iri_to_uri

from search.errors import ConfigError
from web.accounts.sessions import SECRET_FILE, own_path, session_secret


def test_the_secret_is_made_once_and_is_private(tmp_path: Path) -> None:
    secret = session_secret(tmp_path)
    assert len(secret) == 32
    assert session_secret(tmp_path) == secret
    assert (tmp_path / SECRET_FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [SECRET_FILE]


@pytest.mark.parametrize(("content", "mode"), [("", 0o600), ("no hex", 0o600), ("ab" * 8, 0o600), ("ab" * 32, 0o644)])
def test_a_secret_that_is_none_or_that_others_read_is_refused(tmp_path: Path, content: str, mode: int) -> None:
    path = tmp_path / SECRET_FILE
    path.write_text(content, encoding="ascii")
    path.chmod(mode)
    with pytest.raises(ConfigError, match=SECRET_FILE):
        session_secret(tmp_path)


def test_where_nothing_can_be_written_a_secret_lasts_as_long_as_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    assert len(session_secret(tmp_path)) == 32
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("asked", ["/", "/correct/3f2a", "/search?q=a+b&page=2", "/quotes/q%20/%3F"])
def test_an_address_of_this_site_is_gone_back_to(asked: str) -> None:
    assert own_path(asked) == asked


@pytest.mark.parametrize(
    "asked",
    [
        None, "", "https://evil.example/", "//evil.example", "/\\evil.example", "/\tevil", "\\\\evil.example", "javascript:alert(1)",
        "/a\\b", "/a b", "/\n/evil.example", "evil.example", "/" + "x" * 3000, "/\x7f",
    ],
)  # fmt: skip
def test_any_other_is_not(asked: str | None) -> None:
    assert own_path(asked) is None


@given(st.text(st.sampled_from("/\\:.ae@?#\t\n %"), max_size=12))
def test_what_is_gone_back_to_has_no_host(asked: str) -> None:
    """As browsers read addresses: a backslash as a slash, without tabs and line ends."""
    if own_path(asked) is not None:
        seen = iri_to_uri(asked.replace("\\", "/").replace("\t", "").replace("\n", ""))
        assert seen.startswith("/")
        assert not seen.startswith("//")
