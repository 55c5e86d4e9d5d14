"""Asks an OpenSearch cluster: which hosts may be asked, how failures read, and how terms are spelled there."""

from __future__ import annotations

import hashlib
import ipaddress
import json
import logging
import re
import ssl
import time
from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from opensearchpy import OpenSearch
from opensearchpy.exceptions import AuthenticationException, ConnectionTimeout, SSLError, TransportError
from opensearchpy.exceptions import ConnectionError as NoAnswer

from search.errors import ConfigError, StoreUnavailable

TIMEOUT_SECONDS: Final = 30
_RETRIES: Final = 3  # of a request that a node refuses for now, or does not answer
_BULK_RETRIES: Final = 5  # of the documents that a node had no room for, a second longer each
_SPELLED: Final = re.compile("[\x1f\ud800-\udfff]")
_MOST_TERM_BYTES: Final = 8_000  # Lucene refuses a document with a term of more than 32,766
_KEPT_CHARACTERS: Final = 500  # of a longer term: its beginning, before the digest of the whole
# One sentence each, by what OpenSearch calls it. The disk's watermarks stop writing before a disk is full.
_REASONS: Final = {
    "cluster_block_exception": "writing is blocked there, as it is when a disk is nearly full",
    "index_not_found_exception": "the index is not there",
    "no_shard_available_action_exception": "a shard is on no node that answers",
    "search_phase_execution_exception": "a shard does not answer",
    "unavailable_shards_exception": "a shard is on no node that answers",
    "cluster_manager_not_discovered_exception": "the nodes have no cluster manager",
    "process_cluster_event_timeout_exception": "the cluster manager does not answer",
}


# The library would print each refusal on standard error; what a person has to know of it is a sentence here.
logging.getLogger("opensearch").setLevel(logging.CRITICAL)


_WHERE: Final = "The search index on OpenSearch"


class OpensearchServer:
    """A cluster at one address, or at those of several of its nodes, separated by commas. Safe to use from several threads.

    A node that does not answer is asked again after a minute, and the others meanwhile. Neither addresses nor user stand in
    what is said of failures, since visitors of a page read it.
    `http` is for this machine alone: elsewhere documents and passwords would be read on the way. Certificates are
    verified against the system's, or those that SSL_CERT_FILE names.
    """

    def __init__(self, url: str, user: str = "", password: str = "") -> None:
        self.urls = [_checked(each.strip()) for each in url.split(",")]
        hosts = [urlsplit(each) for each in self.urls]
        secure = hosts[0].scheme == "https"
        if any((host.scheme == "https") is not secure for host in hosts):
            raise ConfigError(
                "QUOTES_OPENSEARCH_URL names some nodes by https and some by http: they have to be alike."
            )
        self._client = OpenSearch(
            [
                {"host": host.hostname, "port": host.port or (443 if secure else 9200), "url_prefix": host.path.strip("/")}
                for host in hosts
            ],
            use_ssl=secure,
            ssl_context=ssl.create_default_context() if secure else None,
            http_auth=(user, password) if user else None,
            timeout=TIMEOUT_SECONDS,
            max_retries=max(_RETRIES, len(hosts)),
            retry_on_timeout=True,
            http_compress=False,
            maxsize=16,
        )  # fmt: skip

    def ask(
        self, method: str, path: str, body: object = None, *, missing: object = None, **parameters: str | int
    ) -> Any:
        """Return the JSON of an answer; `missing` where it is that nothing is there, if that is given.

        Raises:
            StoreUnavailable: the cluster does not answer, or refuses.
            Conflict: somebody else has written what was to be written.
        """
        if isinstance(body, (list, tuple)):
            body = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in body)
        try:
            return self._client.transport.perform_request(
                method, path, params=parameters or None, body=body, headers={"content-type": "application/x-ndjson" if isinstance(body, str) else "application/json"}
            )  # fmt: skip
        except TransportError as error:
            if error.status_code == 404 and missing is not None:
                return missing
            if error.status_code == 409:
                raise Conflict(self._sentence(error)) from error
            raise StoreUnavailable(self._sentence(error)) from error

    def write(self, index: str, actions: Iterable[Mapping[str, Any]], keep: frozenset[int] = frozenset()) -> None:
        """Write many documents in one request: (action, document) lines; those with a status of `keep` are taken as done.

        Raises:
            StoreUnavailable: one of them could not be written.
        """
        lines = list(actions)
        for attempt in range(_BULK_RETRIES + 1):
            if not lines:
                return
            answer = self.ask("POST", f"/{index}/_bulk", lines, filter_path="errors,items.*.status,items.*.error")
            if not answer.get("errors"):
                return
            lines, refused = _left(lines, answer["items"], keep)
            if refused is not None:
                kind = _REASONS.get(refused["type"], refused["reason"])
                raise StoreUnavailable(f"{_WHERE} cannot be written: {kind}.")
            if lines and attempt < _BULK_RETRIES:
                time.sleep(attempt)
        raise StoreUnavailable(f"{_WHERE} cannot be written: it has no room for so much at once.")

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _sentence(self, error: TransportError) -> str:
        if isinstance(error, SSLError):
            return (
                f"{_WHERE} has no certificate that this machine trusts (SSL_CERT_FILE names others): nothing was sent."
            )
        if isinstance(error, ConnectionTimeout):
            return f"{_WHERE} does not answer within {TIMEOUT_SECONDS} seconds."
        if isinstance(error, NoAnswer):
            return f"{_WHERE} does not answer."
        if isinstance(error, AuthenticationException) or error.status_code == 401:
            return f"{_WHERE} does not know this user: QUOTES_OPENSEARCH_USER, QUOTES_OPENSEARCH_PASSWORD."
        if error.status_code in {301, 302, 303, 307, 308}:
            return f"{_WHERE} names another address, which is not followed."
        reason = _REASONS.get(str(error.error)) or f"it refuses ({error.status_code}, {error.error})"
        return f"{_WHERE} cannot be used: {reason}."


class Conflict(StoreUnavailable):
    """Somebody else has written, or is writing, the same."""


def _left(
    lines: list[Mapping[str, Any]], items: list[Mapping[str, Any]], keep: frozenset[int]
) -> tuple[list[Mapping[str, Any]], Mapping[str, Any] | None]:
    """Return the lines that have to be sent again, and why one never goes."""
    again: list[Mapping[str, Any]] = []
    at = 0
    for item in items:
        (action, result) = next(iter(item.items()))
        size = 1 if action == "delete" else 2
        if result["status"] == 429 and result["error"]["type"] != "cluster_block_exception":
            again += lines[at : at + size]
        elif result["status"] >= 300 and result["status"] not in keep:
            return [], result.get("error", {"type": "", "reason": f"status {result['status']}"})
        at += size
    return again, None


def _checked(url: str) -> str:
    """Return the address of a cluster, if one may be asked there.

    Raises:
        ConfigError: it is none, it holds a password, or it is not encrypted though it is not on this machine.
    """
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        port_is_fine = False
    if not port_is_fine or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ConfigError(f"QUOTES_OPENSEARCH_URL = {url!r} is no address: https://HOST:9200 is one.")
    if parts.username or parts.password:
        raise ConfigError(
            "QUOTES_OPENSEARCH_URL holds a name or a password: QUOTES_OPENSEARCH_USER and QUOTES_OPENSEARCH_PASSWORD do."
        )
    if parts.scheme == "http" and not _is_here(parts.hostname):
        raise ConfigError(
            f"QUOTES_OPENSEARCH_URL = {url!r} is not encrypted: only on this machine it may be http, elsewhere https."
        )
    return url.rstrip("/")


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def spelled(term: str) -> str:
    """Return a term as it is written to OpenSearch: without what is no character, and no longer than it takes there."""
    if (not term.isascii() and _SPELLED.search(term)) or "\x1f" in term:
        term = _SPELLED.sub(lambda found: f"\x1f{ord(found[0]):04x}", term)
    if len(term) * 4 > _MOST_TERM_BYTES and len(term.encode()) > _MOST_TERM_BYTES:
        term = term[:_KEPT_CHARACTERS] + "\x1f#" + hashlib.sha256(term.encode()).hexdigest()
    return term


def unspelled(term: str) -> str:
    """Return what `spelled` was given; of one that was too long its beginning and a digest."""
    return re.sub("\x1f([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), term) if "\x1f" in term else term
