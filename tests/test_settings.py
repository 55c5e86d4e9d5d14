"""Settings: which layer wins, and what each mistake says."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from search.errors import ConfigError
from search.settings import CHECKOUT, Settings, load, table


def test_options_win_over_variables_over_file_over_defaults(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('port = 1000\nhost = "file"\nthreads = 7\n', encoding="utf-8")
    found = load({"instance": tmp_path, "port": 3000}, {"QUOTES_PORT": "2000", "QUOTES_HOST": "variable"})
    assert (found.port, found.host, found.threads, found.page_size) == (3000, "variable", 7, 20)
    origins = {name: origin for name, _, origin, _ in table(found)}
    assert origins["port"] == "option"
    assert origins["host"] == "QUOTES_HOST"
    assert origins["threads"] == str(tmp_path / "config.toml")
    assert origins["page_size"] == "default"
    assert origins["instance"] == "option"


def test_the_instance_folder_comes_from_the_variable(tmp_path: Path) -> None:
    assert load(environ={"QUOTES_INSTANCE": str(tmp_path)}).instance == tmp_path


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("colour = 1", "colour"),
        ("port = 'x'", "port"),
        ("port = true", "port"),
        ("port = -1", "port"),
        ("port = inf", "port"),
        ("port = nan", "port"),
        ("port = 5000.5", "port"),
        ("port = 65536", "65,535 at the most"),
        ("threads = 1000000", "threads"),
        ("batch = 99999999999999999999", "batch"),
        ("max_document_bytes = 1e300", "max_document_bytes"),
        ("page_size = inf", "page_size"),
        ("fetch_delay = nan", "fetch_delay"),
        ("min_confidence = nan", "min_confidence"),
        ("min_confidence = 5", "1 at the most"),
        ("allow_private = 'maybe'", "allow_private"),
        ("port = [", "TOML"),
        ("instance = '/tmp'", "instance"),
    ],
)
def test_a_broken_config_file_is_one_sentence_that_names_the_place(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        load({"instance": tmp_path}, {})
    assert named in str(raised.value)
    assert "config.toml" in str(raised.value)


def test_an_unknown_variable_is_an_error_that_names_it() -> None:
    with pytest.raises(ConfigError, match="QUOTES_COLOUR"):
        load(environ={"QUOTES_COLOUR": "1"})


def test_a_switch_is_true_or_false_in_the_file_and_in_variables(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("allow_private = true", encoding="utf-8")
    assert load({"instance": tmp_path}, {}).allow_private is True
    assert load({"instance": tmp_path}, {"QUOTES_ALLOW_PRIVATE": "false"}).allow_private is False


def test_the_example_file_has_every_setting_with_its_default_and_meaning(tmp_path: Path) -> None:
    """In the order of the class, so that the two are easily kept side by side; as it stands it changes nothing."""
    path = CHECKOUT / "instance" / "config.example.toml"
    example = path.read_text(encoding="utf-8")
    settings = [
        (f.name, f.default, f.metadata["meaning"])
        for f in fields(Settings)
        if f.metadata.get("from_environment") is False
    ]
    pairs = [paragraph.split("\n") for paragraph in example.strip().split("\n\n")[1:]]
    assert [meaning.removeprefix("# ") for meaning, _ in pairs] == [meaning for _, _, meaning in settings]
    assert list(tomllib.loads("\n".join(line.removeprefix("#") for _, line in pairs)).items()) == [
        (name, default) for name, default, _ in settings
    ]
    (tmp_path / "config.toml").write_text(example, encoding="utf-8")
    assert load({"instance": tmp_path}, {}) == Settings(tmp_path)


def test_every_setting_has_a_variable() -> None:
    for name, value, _, _ in table(load({"instance": "/nowhere"}, {})):
        if name != "instance":
            found = load(environ={"QUOTES_" + name.upper(): value})
            assert found.origins[name] == "QUOTES_" + name.upper()
            assert getattr(found, name) == getattr(Settings(Path()), name)


def test_no_file_says_where_documents_go_and_no_password_is_shown(tmp_path: Path) -> None:
    """The file may be a stranger's, as an instance folder that was sent around is; what is set is shown but for secrets."""
    for name in ("opensearch_url", "opensearch_user", "opensearch_password", "opensearch_alias"):
        (tmp_path / "config.toml").write_text(f'{name} = "https://collector.example"', encoding="utf-8")
        with pytest.raises(ConfigError, match=f"in the environment alone, QUOTES_{name.upper()}"):
            load({"instance": tmp_path}, {})
    (tmp_path / "config.toml").unlink()
    found = load({"instance": tmp_path}, {"QUOTES_OPENSEARCH_PASSWORD": "hunter2", "QUOTES_OPENSEARCH_USER": "me"})
    assert found.opensearch_password == "hunter2"
    assert "hunter2" not in str(table(found)) + repr(found)
    assert "me" in [value for _, value, _, _ in table(found)]
