"""Say whether an address that a stranger wrote may be given to a person, a browser or another program."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

URL_LENGTH: Final = 4000  # characters: servers refuse longer ones, mostly from 8,000 bytes on
_NOT_IN_A_URL: Final = re.compile(r"[\x00-\x20\x7f-\x9f\\<>\"`{}|^]")


def safe_url(url: str | None) -> str | None:
    """Return `url` if a browser may be sent there: http or https, a host, no user name in front of it; else None."""
    if not url or len(url) > URL_LENGTH or _NOT_IN_A_URL.search(url):
        return None
    try:
        parts = urlsplit(url)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname or parts.username is not None:
            return None
        _ = parts.port  # raises ValueError for what is not a port
    except ValueError:
        return None
    return url
