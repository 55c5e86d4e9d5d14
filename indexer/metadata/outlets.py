"""Who published a page: from its host by a table that a person can extend, then from what the page says of itself."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from search.errors import ConfigError
from search.files.toml_file import read_toml

_MOST_BYTES: Final = 20_000_000  # of a person's own table: some 400,000 outlets

# Labels in front of a host that name a device or a section's server, not another outlet.
_FRONT = re.compile(
    r"^(?:www\d?|m|mobile|amp|edition|beta|touch|wap|news|e|en|eng|english|us|uk|www-[a-z0-9]+)\.(?=[^.]+\.)"
)
_CACHE = re.compile(r"^(?P<host>[a-z0-9-]+)\.cdn\.ampproject\.org$")
_LEGAL = re.compile(
    r",?\s+(?:Inc|LLC|Ltd|Limited|GmbH|AG|plc|S\.?A\.?|Pty Ltd|B\.?V\.?|Co\. KG|Corp|Corporation)\.?(?=\s|$).*$",
    re.IGNORECASE,
)
_DOMAIN = re.compile(r"^(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,12}/?$", re.IGNORECASE)


@cache
def packaged_outlets() -> Mapping[str, str]:
    """Return the table that comes with this package: host to outlet name."""
    text = files("indexer").joinpath("data/outlets.toml").read_text("utf-8")
    return _table(tomllib.loads(text))


def load_outlets(path: Path) -> Mapping[str, str]:
    """Return a person's own table (host = "name" lines, TOML). Raises ConfigError when it cannot be understood."""
    try:
        return _table(read_toml(path, _MOST_BYTES))
    except (OSError, ValueError) as error:
        raise ConfigError(
            f'the table of outlets {path} cannot be read: {error}. It holds lines like "host.org" = "Name".'
        ) from error


def outlet_by_host(url: str | None, extra: Mapping[str, str] | None = None) -> str | None:
    """Return the outlet of a page's address by the tables, the longest known host first; None when it is not there."""
    host = host_of(url)
    while host and "." in host:
        name = (extra or {}).get(host) or packaged_outlets().get(host)
        if name:
            return name
        host = host.partition(".")[2]
    return None


def host_of(url: str | None) -> str:
    """Return the host of an address in lower case, without what only names a device; "" when there is none."""
    try:
        host = (urlsplit(url or "").hostname or "").rstrip(".")
    except ValueError:
        return ""
    cached = _CACHE.match(host)
    if cached:
        host = cached.group("host").replace("--", "\0").replace("-", ".").replace("\0", "-")
    return _FRONT.sub("", host)


def tidy_publisher(name: str | None) -> str | None:
    """Return a publisher's name as a person would say it: no legal form, no tagline; None when nothing is left."""
    if not name:
        return None
    name = " ".join(_LEGAL.sub("", " ".join(name.split())).split()).strip(" -–—|·:,")
    name = re.split(r"\s+[|–—•»]\s+|\s+-\s+|\s::\s|:\s", name)[0].strip()
    return name if 1 < len(name) <= 60 else None


def outlet_by_name(words: str, extra: Mapping[str, str] | None = None) -> str | None:
    """Return the outlet that is called so in the tables, with or without an article before it; None when none is."""
    key = _plain(words)
    return next((name for name in (*(extra or {}).values(), *packaged_outlets().values()) if _plain(name) == key), None)


def _plain(name: str) -> str:
    return re.sub(r"^the |\W+", "", name.casefold())


def looks_like_host(name: str) -> bool:
    """Return whether a "name" is only an address ("www.example.com")."""
    return bool(_DOMAIN.match(name))


def _table(lines: Mapping[str, object]) -> Mapping[str, str]:
    flat: dict[str, str] = {}
    for key, value in lines.items():
        if isinstance(value, str):
            flat[key.lower()] = value
        elif isinstance(value, dict):
            flat |= _table(value)
        elif isinstance(value, list):
            flat |= {str(host).lower(): key for host in value}
    return flat
