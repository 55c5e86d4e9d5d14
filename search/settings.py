"""Settings, and where each value came from: defaults < `instance/config.toml` < `QUOTES_*` variables < options."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from search.errors import ConfigError

CONFIG_FILE: Final = "config.toml"
_MOST_BYTES: Final = 1_000_000  # of a config file, which has some hundred lines
VARIABLE_PREFIX: Final = "QUOTES_"
CHECKOUT: Final = Path(__file__).resolve().parent.parent


_LARGEST: Final = 2**53  # of a number, unless its setting says less: beyond it numbers in JSON are no whole ones


def _setting(
    default: Any, meaning: str, *, from_environment: bool = False, secret: bool = False, most: float = _LARGEST
) -> Any:
    """A setting. `from_environment`: no config file may hold it, which a stranger may have written; `secret`: never shown."""
    metadata = {"meaning": meaning, "from_environment": from_environment, "secret": secret, "most": most}
    return field(default=default, repr=not secret, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Settings:
    """All that can be set; `instance/config.example.toml` has each with its default and meaning, in this order.

    `quotes config` prints them with their values and where each value came from (`origins`).
    """

    instance: Path
    engine: str = _setting("whoosh", "the search engine: a file in search/term_index/")
    opensearch_url: str = _setting(
        "", "where OpenSearch is asked, https://HOST:9200, if it is the engine", from_environment=True
    )
    opensearch_user: str = _setting("", "as whom", from_environment=True)
    opensearch_password: str = _setting("", "with which password", from_environment=True, secret=True)
    opensearch_alias: str = _setting(
        "quotes", "what the index in use is called there; the indexes are numbered after it", from_environment=True
    )
    opensearch_shards: int = _setting(1, "parts that a new index on OpenSearch is cut into")
    opensearch_replicas: int = _setting(1, "copies of each part on other nodes")
    archive_url: str = _setting(
        "",
        "the PostgreSQL that the archive is in, postgresql://USER@HOST/DATABASE; empty: a file of the instance",
        from_environment=True,
        secret=True,
    )
    host: str = _setting("127.0.0.1", "the address that `quotes serve` listens on")
    port: int = _setting(5000, "the port that `quotes serve` listens on", most=65_535)
    hosts: str = _setting("", "other names under which the page may be asked for, separated by commas")
    public: bool = _setting(
        False, "whether it is served to others: pages of any site may read it, and requests are limited"
    )
    requests_per_minute: int = _setting(120, "requests that one address may make of a public instance in a minute")
    proxies: int = _setting(0, "proxies in front of it that say in X-Forwarded-For from where a request comes")
    threads: int = _setting(4, "threads that answer requests, of each process", most=1_000)
    processes: int = _setting(1, "processes that answer requests, each on a core of its own", most=1_000)
    metrics: bool = _setting(False, "whether a public instance tells its numbers at /metrics to whoever asks")
    log: str = _setting(
        "off", "a line of JSON a request on standard error: off, requests, or words (with what was searched)"
    )
    language: str = _setting(
        "", "the language of the page where its address names none: en or fa; empty: the one that the browser asks for"
    )
    page_size: int = _setting(20, "utterances on one page of an answer")
    max_query_chars: int = _setting(10_000, "a longer query is refused")
    max_document_bytes: int = _setting(10_000_000, "a larger document is skipped")
    min_confidence: float = _setting(0.3, "below this chance, 0 to 1, the speaker of a quote is not named", most=1)
    semantic: str = _setting(
        "off", "whether quotes are also found by what they mean, in other languages too: on or off"
    )
    semantic_model: str = _setting("bundled", "the sentence model: bundled, or a folder with an ONNX model")
    batch: int = _setting(500, "documents stored, and then indexed, in one commit")
    user_agent: str = _setting("", "how `quotes index https://...` names itself; empty: its own name")
    fetch_delay: float = _setting(1.0, "seconds between two requests to one host")
    follow_minutes: int = _setting(30, "minutes after which a feed that is followed is read again")
    allow_private: bool = _setting(False, "whether addresses of this machine and of inner networks may be fetched")
    origins: Mapping[str, str] = field(default_factory=dict, compare=False)


def default_instance() -> Path:
    """Return `instance/` of a checkout, else the folder that the platform has for a user's data."""
    if (CHECKOUT / "pyproject.toml").is_file() and (CHECKOUT / "instance").is_dir():
        return CHECKOUT / "instance"
    import platformdirs  # an installed program without --instance alone asks it

    return Path(platformdirs.user_data_dir("quotes"))


def load(options: Mapping[str, object] | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Return the settings in force. `options` are what the command line gave; a value of None counts as not given.

    Raises:
        ConfigError: a key that does not exist, a value that does not fit, or a config file that cannot be read.
    """
    environ = os.environ if environ is None else environ
    given = {name: value for name, value in (options or {}).items() if value is not None}
    variables = {
        key.removeprefix(VARIABLE_PREFIX).lower(): value
        for key, value in environ.items()
        if key.startswith(VARIABLE_PREFIX)
    }
    # The instance folder comes first, since the file that is read next lies in it.
    instance = given.get("instance") or variables.get("instance") or default_instance()
    origin = "option" if "instance" in given else "QUOTES_INSTANCE" if variables.get("instance") else "default"
    folder = Path(str(instance)).expanduser().absolute()
    values: dict[str, Any] = {"instance": folder}
    origins = {"instance": origin}
    layers: tuple[tuple[str, Mapping[str, object]], ...] = (
        (str(folder / CONFIG_FILE), _read_file(folder / CONFIG_FILE)),
        ("QUOTES_*", variables),
        ("option", given),
    )
    known = {f.name: f for f in fields(Settings) if f.name not in ("instance", "origins")}
    for where, layer in layers:
        for key, raw in layer.items():
            if key == "instance":
                if where.endswith(CONFIG_FILE):
                    raise ConfigError(f"{where}: the instance folder cannot be set in its own config file")
                continue
            if key not in known:
                raise ConfigError(_unknown(key, where, sorted(known)))
            if where.endswith(CONFIG_FILE) and known[key].metadata["from_environment"]:
                raise ConfigError(
                    f"`{key}` in {where} is not read: what goes to another host is named in the environment alone, "
                    f"{VARIABLE_PREFIX}{key.upper()}."
                )
            values[key] = _fitted(known[key], raw, where)
            origins[key] = f"QUOTES_{key.upper()}" if where == "QUOTES_*" else where
    return Settings(**values, origins={name: origins.get(name, "default") for name in ("instance", *known)})


def table(settings: Settings) -> list[tuple[str, str, str, str]]:
    """Return rows (name, value, origin, meaning) for `quotes config`."""
    return [
        (
            f.name,
            "(not shown)" if f.metadata.get("secret") and getattr(settings, f.name) else str(getattr(settings, f.name)),
            settings.origins[f.name],
            f.metadata.get("meaning", "where all is kept"),
        )
        for f in fields(settings)
        if f.name != "origins"
    ]


def _read_file(path: Path) -> Mapping[str, object]:
    from search.files.toml_file import read_toml

    try:
        return read_toml(path, _MOST_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except ValueError as error:
        raise ConfigError(f"{path} is not valid TOML: {error}. Mend the file, or move it away.") from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from error


def _unknown(key: str, where: str, known: list[str]) -> str:
    name = f"QUOTES_{key.upper()}" if where == "QUOTES_*" else f"`{key}` in {where}"
    return f"{name} is no setting of this program; there are: {', '.join(known)}."


def _fitted(setting: Field[Any], raw: object, where: str) -> object:
    """Return `raw` as the type of the setting's default.

    Raises:
        ConfigError: it does not fit.
    """
    assert setting.default is not MISSING
    wanted = type(setting.default)
    try:
        if wanted is bool:
            return {True: True, False: False, "true": True, "false": False}[
                raw if isinstance(raw, bool) else str(raw).lower()
            ]
        if isinstance(raw, bool) or (wanted is str and not isinstance(raw, str)):
            raise ValueError
        if wanted is int and isinstance(raw, float) and not raw.is_integer():
            raise ValueError
        value = wanted(raw)
        # What is no number at all ("nan") is in no order with one.
        if wanted is not str and not 0 <= value <= setting.metadata["most"]:
            raise ValueError
    except (KeyError, OverflowError, TypeError, ValueError):
        most = f", {setting.metadata['most']:,} at the most" if setting.metadata["most"] < _LARGEST else ""
        kind = {bool: "true or false", int: "a whole number" + most, float: "a number" + most, str: "text"}[wanted]
        raise ConfigError(f"{setting.name} = {raw!r} ({where}) does not fit: it must be {kind}.") from None
    return value
