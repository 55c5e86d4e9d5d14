"""One request over HTTP, with bounds on everything that the other side decides: where, how long, how much, how packed.

The standard library's HTTP parser, on a connection of our own to an IP address that was judged (`address_policy`). Its
socket knows the deadline of the whole request (a limit on each read does not stop a server that sends a byte a second)
and counts what comes in. Why not `urllib3`: docs/design.md, "Dependencies".
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from indexer.crawler.address_policy import WebAddress, judged_endpoints
from indexer.crawler.fetch_error import FetchError
from indexer.input.decompress import Decompressor

# Bytes that may stand before the body: large cookies and policies take 50 kB.
MAX_HEADER_BYTES = 256_000
# Seconds for one IP address to answer, so that a dead one leaves time for the next, and how many are tried.
_CONNECT_SECONDS = 10.0
_MAX_ENDPOINTS = 4
_CHUNK = 1 << 16
_CUT_SHORT = "the page was cut short on its way."
_MEDIA = ("image/", "video/", "audio/", "font/")
_PACKED = ("gzip", "x-gzip", "deflate")


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """What one request may cost.

    silence    seconds without a byte
    total      seconds in all, from the look-up to the last byte
    max_bytes  of the body, before and after unpacking
    truncate   take the first `max_bytes` of what is larger, in place of refusing it
    """

    silence: float = 20.0
    total: float = 90.0
    max_bytes: int = 10_000_000
    allow_private: bool = False
    truncate: bool = False


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """A server's answer. `headers` have names in lower case; `body` is unpacked, and empty unless `status` is 200."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""


def http_get(address: WebAddress, headers: Mapping[str, str], limits: RequestLimits) -> HttpResponse:
    """Ask once and return the answer; a redirect is one too.

    Raises:
        AddressRefused: the host's name stands for an address that is not asked.
        FetchError: it failed; `retryable` says whether asking again may help.
        ReadError: there is no such host.
    """
    return _exchange(address, {**headers, "Accept-Encoding": "gzip, deflate"}, limits, None)


def http_post(address: WebAddress, headers: Mapping[str, str], data: bytes, limits: RequestLimits) -> HttpResponse:
    """Send `data` once and return the answer, whose body is not read; a redirect is one too.

    Raises: as `http_get`.
    """
    return _exchange(address, headers, limits, data)


def _exchange(
    address: WebAddress, headers: Mapping[str, str], limits: RequestLimits, data: bytes | None
) -> HttpResponse:
    budget = _Budget(limits)
    connection = _Connection(address, budget)
    try:
        connection.request("GET" if data is None else "POST", address.path, data, {**headers, "Connection": "close"})
        with connection.getresponse() as response:
            budget.expect_body()
            if len(set(response.headers.get_all("Content-Length", ()))) > 1:
                raise http.client.HTTPException("it gives two lengths")
            fields = {name.lower(): _plain(value) for name, value in reversed(response.getheaders())}
            wanted = data is None and response.status == http.client.OK
            body = _read_body(response, fields, limits) if wanted else b""
            return HttpResponse(address.url, response.status, fields, body)
    except ssl.SSLCertVerificationError as error:
        message = f"the certificate of {address.host} is not to be trusted ({_plain(error.verify_message)})."
        raise FetchError(message) from error
    except http.client.IncompleteRead as error:
        raise FetchError(_CUT_SHORT, retryable=True) from error
    except (OSError, EOFError) as error:
        if budget.is_spent:
            raise FetchError(f"{address.host} took longer than {limits.total:g} s.") from error
        if isinstance(error, TimeoutError):
            raise FetchError(f"{address.host} was silent for {limits.silence:g} s.", retryable=True) from error
        raise FetchError(f"{address.host} cannot be reached ({_explained(error)}).", retryable=True) from error
    except (http.client.HTTPException, zlib.error, ValueError) as error:
        message = f"{address.host} does not speak HTTP as it should ({_explained(error)})."
        raise FetchError(message, retryable=True) from error
    finally:
        connection.hang_up()


class _Budget:
    """The seconds and bytes that are left for one request."""

    def __init__(self, limits: RequestLimits) -> None:
        self.limits = limits
        self._deadline = time.monotonic() + limits.total
        self._bytes_left = MAX_HEADER_BYTES

    def expect_body(self) -> None:
        """Allow the bytes of a body, once the headers have ended."""
        self._bytes_left += self.limits.max_bytes

    @property
    def left(self) -> float:
        """Return the seconds that are left; none or fewer when the time is spent."""
        return self._deadline - time.monotonic()

    @property
    def is_spent(self) -> bool:
        """Return whether no time is left."""
        return self.left <= 0

    def seconds(self) -> float:
        """Return how long the next step may take. Raises TimeoutError when nothing is left."""
        left = self.left
        if left <= 0:
            raise TimeoutError
        return min(left, self.limits.silence)

    def count(self, size: int) -> int:
        """Take `size` bytes off what may come in. Raises HTTPException when that is more than any page that is read:
        endless headers, or an endless row of "100 Continue"."""
        self._bytes_left -= size
        if self._bytes_left < 0:
            raise http.client.HTTPException("it sends without end")
        return size


class _BudgetedSocket(socket.socket):
    """A socket that gives each read what time is left, and counts what it brings."""

    budget: _Budget

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """Receive within what is left of time and bytes."""
        self.settimeout(self.budget.seconds())
        return self.budget.count(super().recv_into(*args, **kwargs))


class _BudgetedTlsSocket(ssl.SSLSocket):
    """As `_BudgetedSocket`, under TLS."""

    budget: _Budget

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """Receive within what is left of time and bytes."""
        self.settimeout(self.budget.seconds())
        size = self.budget.count(super().recv_into(*args, **kwargs))
        if not size:
            # An end that the deadline made is no end of a page.
            self.budget.seconds()
        return size

    def cut_off(self) -> None:
        """End every read and write, from another thread; `shutdown` would have the next ones go on without TLS."""
        with contextlib.suppress(OSError):
            socket.socket.shutdown(self, socket.SHUT_RDWR)


class _Response(http.client.HTTPResponse):
    """An answer after any number of interim ones, of which `http.client` passes over 100 alone (RFC 9110, 15.2)."""

    def _read_status(self) -> tuple[str, int, str]:
        while True:
            version, status, reason = super()._read_status()  # type: ignore[misc]
            if not 101 < status < 200:
                return version, status, reason
            http.client.parse_headers(self.fp)


class _Connection(http.client.HTTPConnection):
    """A connection to one of the judged IP addresses of a host."""

    response_class = _Response

    def __init__(self, address: WebAddress, budget: _Budget) -> None:
        super().__init__(address.host, address.port)
        self.default_port = 443 if address.scheme == "https" else 80
        self._address, self._budget = address, budget
        self._wire: socket.socket | None = None
        self._alarm: threading.Timer | None = None

    def connect(self) -> None:
        """Connect to the first judged address that answers; the certificate is always verified."""
        budget, limits = self._budget, self._budget.limits
        reachable = judged_endpoints(self._address, allow_private=limits.allow_private, timeout=budget.seconds())
        failure: OSError = OSError("no address")
        for family, place in reachable[:_MAX_ENDPOINTS]:
            wire = self._wire = _BudgetedSocket(family, socket.SOCK_STREAM)
            wire.budget = budget
            try:
                wire.settimeout(min(budget.seconds(), _CONNECT_SECONDS))
                wire.connect(place)
                wire.settimeout(budget.seconds())
                self.sock = self._secured(wire)
                return
            except ssl.SSLCertVerificationError:
                raise
            except OSError as error:
                wire.close()
                failure = error
        raise failure

    def hang_up(self) -> None:
        """Close the socket too, which `close` leaves to the response that reads from it."""
        if self._alarm is not None:
            self._alarm.cancel()
        self.close()
        if self._wire is not None:
            self._wire.close()

    def _secured(self, wire: _BudgetedSocket) -> socket.socket:
        if self._address.scheme == "http":
            return wire
        secured = _tls_context().wrap_socket(wire, do_handshake_on_connect=False, server_hostname=self._address.host)
        assert isinstance(secured, _BudgetedTlsSocket)
        secured.budget = self._budget
        self._wire = secured
        # OpenSSL reads on as long as there is anything to read, such as requests for a handshake without an end: neither
        # its time limit nor `recv_into` ever has a turn.
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm = threading.Timer(self._budget.left, secured.cut_off)
        self._alarm.daemon = True
        self._alarm.start()
        secured.do_handshake()
        return secured


def _read_body(response: http.client.HTTPResponse, headers: Mapping[str, str], limits: RequestLimits) -> bytes:
    """Return the unpacked body. Raises FetchError when it is no text, too large, or cut short."""
    media_type = headers.get("content-type", "").lower()
    if media_type.startswith(_MEDIA):
        raise FetchError(f"this is {media_type.partition(';')[0]}, which holds no text.", page_at_fault=True)
    if not limits.truncate and response.length is not None and response.length > limits.max_bytes:
        raise _too_large(limits)
    decompressor = _decompressor(headers.get("content-encoding", ""))
    body = bytearray()
    # `read`, not `read1`, which in some releases of Python forgets how much is still to come.
    while len(body) <= limits.max_bytes and (data := response.read(_CHUNK)):
        room = limits.max_bytes + 1 - len(body)
        body += decompressor.feed(data, room)[0] if decompressor else data[:room]
    if len(body) > limits.max_bytes:
        if not limits.truncate:
            raise _too_large(limits)
        return bytes(body[: limits.max_bytes])
    if response.length or (decompressor and not decompressor.is_complete):
        raise FetchError(_CUT_SHORT, retryable=True)
    return bytes(body)


def _decompressor(content_encoding: str) -> Decompressor | None:
    name = content_encoding.strip().lower()
    if name in ("", "identity"):
        return None
    if name not in _PACKED:
        raise FetchError(f"it is packed with {name[:20]}, which was not asked for.", page_at_fault=True)
    return Decompressor()


def _too_large(limits: RequestLimits) -> FetchError:
    size = f"{limits.max_bytes / 1_000_000:g} MB"
    return FetchError(f"larger than {size}, which is the most one document may have.", page_at_fault=True)


@cache
def _tls_context() -> ssl.SSLContext:
    """Trust the system's certificates, or certifi's where the system has none."""
    context = ssl.create_default_context()
    context.sslsocket_class = _BudgetedTlsSocket
    system = ssl.get_default_verify_paths()
    folder = Path(system.capath) if system.capath else None
    if not system.cafile and not (folder and folder.is_dir() and any(folder.iterdir())):
        import certifi

        context.load_verify_locations(certifi.where())
    return context


def _plain(text: str) -> str:
    """Return a header's value on one line of bounded length. Servers send UTF-8 where RFC 9110 says Latin-1."""
    with contextlib.suppress(UnicodeError):
        text = text.encode("latin-1").decode("utf-8")
    return " ".join(text.split())[:4000]


def _explained(error: BaseException) -> str:
    text = str(getattr(error, "strerror", None) or error or type(error).__name__)
    return "".join(letter if letter.isprintable() else " " for letter in text)[:120]
