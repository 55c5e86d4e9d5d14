"""The accounts of an instance: private, hashed, and never more than one a name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from search.errors import ConfigError, QueryError
from web.accounts.account_file import ACCOUNT_FILE, AccountFile, account_key

PASSWORD = "eleven ferries"


def test_an_account_is_kept_as_a_hash_that_nobody_else_can_read(tmp_path: Path) -> None:
    accounts = AccountFile(tmp_path)
    assert accounts.put(" Ann  Lind ", PASSWORD)
    path = tmp_path / ACCOUNT_FILE
    assert path.stat().st_mode & 0o777 == 0o600
    assert PASSWORD not in path.read_text(encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8"))[0]["password"].startswith("$argon2id$")
    assert [one.name for one in accounts.all()] == ["Ann Lind"]
    assert accounts.verified("ANN LIND", PASSWORD) == accounts.all()[0]
    assert accounts.verified("Ann Lind", PASSWORD + "x") is None
    assert accounts.verified("Bo Berg", PASSWORD) is None


def test_a_new_password_is_another_token_and_no_second_account(tmp_path: Path) -> None:
    accounts, other = AccountFile(tmp_path), AccountFile(tmp_path)
    accounts.put("Ann", PASSWORD)
    (before,) = other.all()
    assert not accounts.put("ann", "another password")
    (after,) = other.all()  # read anew, though another part of the program changed it
    assert before.token != after.token
    assert other.by_token(before.token) is None
    assert other.by_token(after.token) == after
    assert accounts.remove("ANN")
    assert not accounts.remove("ann")
    assert other.by_token(after.token) is None


@pytest.mark.parametrize(
    ("name", "password"),
    [("", PASSWORD), ("x" * 101, PASSWORD), ("Ann\u202e", PASSWORD), ("Ann", "short"), ("Ann", "x" * 1001), ("annannannann", "AnnAnnAnnAnn")],
)  # fmt: skip
def test_what_will_not_do_is_one_sentence(tmp_path: Path, name: str, password: str) -> None:
    with pytest.raises(QueryError):
        AccountFile(tmp_path).put(name, password)
    assert not (tmp_path / ACCOUNT_FILE).exists()


@pytest.mark.parametrize(
    "text", ["", "{}", '[{"name": "Ann"}]', '[{"name": "Ann", "password": "x", "token": "é", "added": 1}]', "\xff"]
)
def test_a_file_that_is_none_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / ACCOUNT_FILE).write_bytes(text.encode("latin-1"))
    with pytest.raises(ConfigError, match=ACCOUNT_FILE):
        AccountFile(tmp_path).all()


def test_a_hash_that_is_none_lets_nobody_in(tmp_path: Path) -> None:
    accounts = AccountFile(tmp_path)
    accounts.put("Ann", PASSWORD)
    path = tmp_path / ACCOUNT_FILE
    rows = json.loads(path.read_text(encoding="utf-8"))
    rows[0]["password"] = "x"
    path.write_text(json.dumps(rows), encoding="utf-8")
    assert AccountFile(tmp_path).verified("Ann", PASSWORD) is None


@given(st.text())
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_key_of_a_name_is_its_own_key(name: str) -> None:
    assert account_key(account_key(name)) == account_key(account_key(account_key(name)))
    assert account_key(name.upper().lower()) == account_key(name.upper().lower() + " ")
