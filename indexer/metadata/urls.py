"""One address for one page: tracking, fragments, AMP and print variants taken away."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from indexer.metadata.outlets import host_of
from indexer.metadata.phrases import compile_phrases

# Parameters that say who clicked where, never which page it is.
_TRACKING = compile_phrases("url_parameters", "tracking", "^", "$")
# What no address may hold as it is (RFC 3986, 2).
_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")
_VALUES = {"output": {"amp"}, "outputtype": {"amp"}, "view": {"amp", "print"}}
_AMP_PATH = re.compile(
    r"(?:/amp/?|\.amp(?=\.html?$|$)|/amp(?=/[^/]+$)|[-_]amp(?=\.html?$)|/print/?)$|(?<=\.)amp\.(?=html?$)",
    re.IGNORECASE,
)


def canonical_url(url: str | None, base: str | None = None) -> str | None:
    """Return the address under which a page is one document, or None when it is no web address.

    >>> canonical("HTTPS://Courier.example:443/world/talks?utm_source=x&id=3#top")
    'https://courier.example/world/talks?id=3'
    """
    try:
        parts = urlsplit(urljoin(base, url.strip()) if base and url else (url or "").strip())
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme.lower() not in ("http", "https") or "." not in host or len(parts.geturl()) > 2000:
        return None
    default = {"http": 80, "https": 443}[parts.scheme.lower()]
    where = host if port in (None, default) else f"{host}:{port}"
    path = _BLANK.sub(lambda blank: quote(blank.group()), _AMP_PATH.sub("", parts.path)) or "/"
    query = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _tracks(key, value)]
    return urlunsplit((parts.scheme.lower(), where, path, urlencode(query), ""))


def same_site(url: str | None, other: str | None) -> bool:
    """Return whether two addresses belong to one registrable domain by the Public Suffix List (publicsuffix.org).

    Suffixes under which everybody may register count too: `a.github.io` and `b.github.io` are two sites.

    >>> same_site("https://blogs.taz.de/x", "https://taz.de/"), same_site("https://impots.gouv.fr/", "https://x.gouv.fr/")
    (True, False)
    """
    mine, theirs = registrable_domain(url), registrable_domain(other)
    return bool(mine) and mine == theirs


def registrable_domain(url: str | None) -> str:
    """Return the part of an address's host that somebody registered (`bbc.co.uk`); the host itself when none is known."""
    from tld import get_fld

    host = host_of(url)
    return get_fld(f"https://{host}", fail_silently=True) or host if host else ""


def _tracks(key: str, value: str) -> bool:
    return bool(_TRACKING.match(key)) and (key.lower() not in _VALUES or value.lower() in _VALUES[key.lower()])
