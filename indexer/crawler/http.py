"""One GET over HTTP, with bounds on everything that the other side decides: where, how long, how much, how packed.

The standard library's parser of HTTP, on a connection of our own: to an IP address that was judged
(`public_addresses`), with one deadline over all of it (a time limit on each read does not stop a server that sends a
byte a second), and with the sizes counted as they come in.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from indexer.crawler.address_policy import Target, endpoints
from search.errors import ReadError

HEADERS = 256_000  # bytes that may stand before the body
_CONNECT = 10.0  # seconds for one IP address to answer, so that a dead one leaves time for the next
_CHUNK = 1 << 16
_CUT_SHORT = "the page was cut short on its way."
_MEDIA = ("image/", "video/", "audio/", "font/")


class Failed(ReadError):
    """A request that failed. `again`: asking once more may help. `page`: the page is the trouble, not its host."""

    def __init__(self, message: str, *, again: bool = False, page: bool = False) -> None:
        super().__init__(message)
        self.again = again
        self.page = page


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost: seconds of silence, seconds in all, bytes of body before and after unpacking.

    `cut` takes the first bytes of what is larger, in place of refusing it.
    """

    silence: float = 20.0
    total: float = 90.0
    max_bytes: int = 10_000_000
    allow_private: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said. The names of `headers` are in lower case; `body` is unpacked, and empty unless status is 200."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""


def get(where: Target, headers: Mapping[str, str], limits: Limits) -> Answer:
    """Ask once; redirects are answers. Raises NotAllowed, Failed, or ReadError when there is no such host."""
    deadline = time.monotonic() + limits.total
    connection: _Connection | None = None
    try:
        connection = _Connection(where, limits, deadline)
        connection.request(
            "GET", where.path, headers={**headers, "Accept-Encoding": "gzip, deflate", "Connection": "close"}
        )
        response = connection.getresponse()
        fields = {name.lower(): _plain(value) for name, value in reversed(response.getheaders())}
        body = _body(response, fields, limits) if response.status == http.client.OK else b""
        return Answer(where.url, response.status, fields, body)
    except ssl.SSLCertVerificationError as error:
        raise Failed(
            f"the certificate of {where.host} is not to be trusted ({_plain(error.verify_message)})."
        ) from error
    except TimeoutError as error:
        slow = time.monotonic() >= deadline
        what = f"took longer than {limits.total:g} s" if slow else f"was silent for {limits.silence:g} s"
        raise Failed(f"{where.host} {what}.", again=not slow) from error
    except http.client.IncompleteRead as error:
        raise Failed(_CUT_SHORT, again=True) from error
    except (OSError, EOFError) as error:
        raise Failed(f"{where.host} cannot be reached ({_words(error)}).", again=True) from error
    except (http.client.HTTPException, zlib.error, ValueError) as error:
        raise Failed(f"{where.host} does not speak HTTP as it should ({_words(error)}).", again=True) from error
    finally:
        if connection is not None:
            connection.end()


class _Connection(http.client.HTTPConnection):
    """A connection to a judged IP address, on which every read and write knows the deadline."""

    def __init__(self, where: Target, limits: Limits, deadline: float) -> None:
        super().__init__(where.host, where.port)
        self.default_port = 443 if where.scheme == "https" else 80
        self._where, self._limits, self._deadline = where, limits, deadline
        self._wire: socket.socket | None = None

    def connect(self) -> None:
        limits = self._limits
        reachable = endpoints(self._where, allow_private=limits.allow_private, timeout=self._left())
        error: OSError = OSError("no address")
        for family, place in reachable[:4]:
            plain = socket.socket(family, socket.SOCK_STREAM)
            try:
                plain.settimeout(min(self._left(), _CONNECT))
                plain.connect(place)
                plain.settimeout(self._left())
                self._wire = self._secured(plain)
            except ssl.SSLCertVerificationError:
                plain.close()
                raise
            except OSError as failure:
                plain.close()
                error = failure
            else:
                self.sock = _Timed(self._wire, self._left, limits.max_bytes + HEADERS)
                return
        raise error

    def end(self) -> None:
        """Hang up. (`close` is what http.client does as soon as it has the headers.)"""
        self.close()
        if self._wire is not None:
            self._wire.close()

    def _secured(self, plain: socket.socket) -> socket.socket:
        if self._where.scheme == "http":
            return plain
        return _tls().wrap_socket(plain, server_hostname=self._where.host)

    def _left(self) -> float:
        """How long the next step may take, in seconds."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(left, self._limits.silence)


class _Timed:
    """As much of a socket as http.client uses; each step gets what time is left, and all that comes in is counted."""

    def __init__(self, sock: socket.socket, left: Callable[[], float], most: int) -> None:
        self._sock, self._left, self._most = sock, left, most

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._left())
        self._sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Incoming(self._sock, self._left, self._most), _CHUNK)

    def close(self) -> None:
        """Nothing: the body is still to be read. The connection closes the socket at its end."""


class _Incoming(io.RawIOBase):
    def __init__(self, sock: socket.socket, left: Callable[[], float], most: int) -> None:
        self._sock, self._left, self._most = sock, left, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._sock.settimeout(self._left())
        count = self._sock.recv_into(buffer)
        self._most -= count
        if self._most < 0:
            # Above the size of any body that is read: endless headers, or an endless row of "100 Continue".
            raise http.client.HTTPException("it sends without end")
        return count


def _body(response: http.client.HTTPResponse, headers: Mapping[str, str], limits: Limits) -> bytes:
    """The unpacked body, no more than is allowed; `Failed` when it is larger, damaged or cut short."""
    kind = headers.get("content-type", "").lower()
    if kind.startswith(_MEDIA):
        raise Failed(f"this is {kind.partition(';')[0]}, which holds no text.", page=True)
    if not limits.cut and response.length is not None and response.length > limits.max_bytes:
        raise _too_large(limits)
    unpack, complete = _unpacking(headers.get("content-encoding", ""))
    parts: list[bytes] = []
    size = 0
    while size <= limits.max_bytes:
        # Not read1, which in some releases of Python forgets how much is still to come.
        data = response.read(_CHUNK)
        if not data:
            break
        parts.append(unpack(data, limits.max_bytes + 1 - size))
        size += len(parts[-1])
    if size > limits.max_bytes:
        if not limits.cut:
            raise _too_large(limits)
        return b"".join(parts)[: limits.max_bytes]
    if response.length or not complete():
        raise Failed(_CUT_SHORT, again=True)
    return b"".join(parts)


def _unpacking(encoding: str) -> tuple[Callable[[bytes, int], bytes], Callable[[], bool]]:
    """A function from packed bytes and the room for them to unpacked ones, and one that says whether all has come."""
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return lambda data, room: data[:room], lambda: True
    if name not in ("gzip", "x-gzip", "deflate"):
        raise Failed(f"it is packed with {name[:20]}, which was not asked for.", page=True)
    unpacker = _Unpacker()
    return unpacker.take, unpacker.complete


class _Unpacker:
    """Gzip in one member or several, zlib, and the bare deflate that some servers send against the rules."""

    def __init__(self) -> None:
        self._worker: Any = None

    def take(self, data: bytes, room: int) -> bytes:
        parts: list[bytes] = []
        while data and room > 0:
            if self._worker is None:
                bare = (data[0] & 0x0F) != 8 and data[0] != 0x1F
                self._worker = zlib.decompressobj(-15 if bare else 47)
            elif self._worker.eof:
                if data[0] != 0x1F:
                    break  # padding
                self._worker = zlib.decompressobj(47)
            parts.append(self._worker.decompress(data, room))
            room -= len(parts[-1])
            data = self._worker.unused_data
        return b"".join(parts)

    def complete(self) -> bool:
        return self._worker is None or self._worker.eof


def _too_large(limits: Limits) -> Failed:
    return Failed(
        f"larger than {limits.max_bytes / 1_000_000:g} MB, which is the most one document may have.", page=True
    )


@cache
def _tls() -> ssl.SSLContext:
    """The system's certificates, or those that came with Python's packages where the system has none."""
    context = ssl.create_default_context()
    places = ssl.get_default_verify_paths()
    if not places.cafile and not (
        places.capath and Path(places.capath).is_dir() and any(Path(places.capath).iterdir())
    ):
        with contextlib.suppress(ImportError):
            import certifi

            context.load_verify_locations(certifi.where())
    return context


def _plain(text: str) -> str:
    """A header's value on one line of bounded length. Servers send UTF-8 where the rules say Latin-1."""
    with contextlib.suppress(UnicodeError):
        text = text.encode("latin-1").decode("utf-8")
    return " ".join(text.split())[:4000]


def _words(error: BaseException) -> str:
    text = str(getattr(error, "strerror", None) or error or type(error).__name__)
    return "".join(c if c.isprintable() else " " for c in text)[:120]
