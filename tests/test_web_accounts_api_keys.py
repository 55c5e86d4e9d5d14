"""Keys of the API: kept as hashes, with a limit of their own, ended at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from search.cli import quotes
from search.errors import ConfigError, QueryError
from search.settings import Settings
from search.storage.store import Store
from web.accounts.api_keys import KEY_FILE, ApiKeys
from web.app import create_app
from web.key_commands import keys as command


def test_only_a_hash_is_kept_for_its_owner_alone(settings: Settings) -> None:
    keys = ApiKeys(settings.instance)
    presented = keys.add("Ann  Lind", 50)
    path = settings.instance / KEY_FILE
    assert presented not in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o777 == 0o600
    found = keys.holder(presented)
    assert found is not None
    assert (found.name, found.per_minute) == ("Ann Lind", 50)
    assert keys.holder(found.hash) is None
    with pytest.raises(QueryError, match="has a key already"):
        keys.add("Ann Lind", 50)
    assert ApiKeys(settings.instance).remove("Ann Lind")
    assert keys.holder(presented) is None
    assert not keys.remove("Ann Lind")


@given(st.text())
def test_nothing_that_was_not_given_out_is_a_key(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    keys = ApiKeys(tmp_path_factory.getbasetemp() / "no-keys")
    assert keys.holder(text) is None


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\x00b"])
def test_a_name_that_will_not_do_is_refused(settings: Settings, name: str) -> None:
    with pytest.raises(QueryError, match="one line"):
        ApiKeys(settings.instance).add(name, 50)


@pytest.mark.parametrize("text", ["{", "[1]", '[{"name": "a"}]', "{}x"])
def test_a_file_that_is_none_of_keys_is_one_sentence(settings: Settings, text: str) -> None:
    settings.instance.mkdir(parents=True, exist_ok=True)
    (settings.instance / KEY_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="no file of keys"):
        ApiKeys(settings.instance).all()


def test_a_holder_has_a_limit_of_its_own_and_an_unknown_key_is_refused(
    settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("limits.storage.memory.time.time", lambda: 3_600_000_000.0)
    client = create_app(replace(settings, public=True, requests_per_minute=10), store).test_client()
    presented = ApiKeys(settings.instance).add("Ann Lind", 15)

    def asked(number: int, key: str | None) -> list[int]:
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        return [client.get("/healthz", headers=headers).status_code for _ in range(number)]

    assert asked(16, presented) == [200] * 15 + [429]
    # Guessing is limited by the address, which the holder's requests did not count for.
    assert asked(11, "qk_guessed") == [401] * 10 + [429]
    assert asked(1, None) == [429]
    other = client.get("/healthz", headers={"Authorization": "Bearer x"}, environ_base={"REMOTE_ADDR": "192.0.2.9"})
    assert (other.status_code, other.headers["WWW-Authenticate"].strip()) == (401, "Bearer")
    ApiKeys(settings.instance).remove("Ann Lind")
    assert asked(1, presented) == [429]


def test_the_commands_give_out_list_and_take_back(settings: Settings) -> None:
    def ran(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(quotes, ["--instance", str(settings.instance), "keys", *words])
        return done.exit_code, done.output

    assert "remove" in command.commands  # type: ignore[attr-defined]
    code, printed = ran("add", "Ann Lind")
    assert (code, printed[:3]) == (0, "qk_")
    code, printed = ran("list")
    assert "Ann Lind, 1,200 a minute" in printed
    assert printed.count("qk_") == 0
    assert ran("remove", "Ann Lind")[0] == 0
    assert ran("remove", "Ann Lind")[0] == 1
