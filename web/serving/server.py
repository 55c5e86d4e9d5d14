"""The server of `quotes serve`: waitress, with a deadline on every request, so that half-sent ones keep nobody out."""

from __future__ import annotations

import socket
import time
from copy import copy
from typing import Any, Final

from flask import Flask
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import TcpWSGIServer

from search.errors import ConfigError
from search.settings import Settings
from web.accounts.sessions import carries_session
from web.views.add import UPLOAD_BYTES, UPLOAD_PATH
from web.views.check import MANUSCRIPT_BYTES

HIGHEST_PORT: Final = 65535
REQUEST_SECONDS: Final = 20  # from the first byte of a request to its last: a manuscript of 2 MB takes 16 s at 1 Mbit/s
# Of an answer that waits to be taken: whoever takes less than a kB a second has no place here, nor a thread that writes for it.
TAKING_SECONDS: Final = 20
TAKEN_BYTES: Final = 20_000  # in so many seconds
IDLE_SECONDS: Final = 30  # without a byte, between two requests of one browser
CHECK_SECONDS: Final = 2  # between two looks at what has been open too long
MOMENT_SECONDS: Final = 1  # in which the request of somebody who has just come arrives
CONNECTIONS: Final = 400  # at once: a process may mostly have 1,024 files open, the archive's among them
HEADER_BYTES: Final = 128 * 1024  # an address with 10,000 characters of three bytes each takes 90 kB


class PatientServer(TcpWSGIServer):  # type: ignore[misc]
    """Closes what has been sending one request for too long, and makes room for whoever comes when all places are taken."""

    def maintenance(self, now: float) -> None:
        """Close the connections that have had their time."""
        super().maintenance(now)
        for channel in list(self.active_channels.values()):
            channel.request_since = min(channel.request_since, now)  # a clock that was set back gives nobody its hours
            if _unfinished(channel) and now - channel.request_since > REQUEST_SECONDS:
                channel.will_close = True
            elif _takes_nothing(channel, now):
                # At once: a thread may be waiting for room to write more of the answer, and ends by this.
                channel.handle_close()

    def handle_accept(self) -> None:
        """Take a connection; where nearly all places are taken, some who keep theirs for nothing lose it."""
        if len(self.active_channels) >= CONNECTIONS - 10:
            self._make_room(whoever_is_sending=True)
        super().handle_accept()

    def readable(self) -> bool:
        """Return whether somebody may come in. While all places are taken, room is made: nobody is taken, who would make it.

        It comes to that when all have asked and none has an answer yet: none of them is seen to keep a place for nothing.
        """
        if self.in_connection_overflow:
            self._make_room(whoever_is_sending=False)
        return bool(super().readable())

    def _make_room(self, *, whoever_is_sending: bool) -> None:
        """Close the ten connections that have been sending one request longest, and for more than a moment.

        Where there is none, those who asked first of all that have not taken their answer yet; or else, if so asked,
        whoever is sending.
        """
        channels = list(self.active_channels.values())
        sending = [channel for channel in channels if _unfinished(channel)]
        stalled = [channel for channel in sending if time.time() - channel.request_since > MOMENT_SECONDS]
        untaken = [channel for channel in channels if channel.total_outbufs_len]
        waiting = stalled or untaken or (sending if whoever_is_sending else [])
        for channel in sorted(waiting, key=lambda one: float(one.request_since))[:10]:
            channel.handle_close()


class BoundedParser(HTTPRequestParser):  # type: ignore[misc]
    """Takes a large body from whoever is logged in alone (it lies on the disk before the application is asked), and none of two lengths."""

    app: Flask
    adj: Any

    def parse_header(self, header_plus: bytes) -> None:
        """Read the headers, by which it is known how large a body may be.

        Raises ParsingError for two answers to that, where a proxy may believe the other one and take the rest of a body for
        somebody's next request (RFC 9112, 6.1).
        """
        super().parse_header(header_plus)
        if "TRANSFER_ENCODING" in self.headers or (self.chunked and "CONTENT_LENGTH" in self.headers):
            raise ParsingError("Transfer-Encoding and another length")
        if self.path == UPLOAD_PATH and carries_session(self.app, self.headers.get("COOKIE", "")):
            self.adj = copy(self.adj)
            self.adj.max_request_body_size = UPLOAD_BYTES


class TimedChannel(HTTPChannel):  # type: ignore[misc]
    """A connection that knows since when it waits for the rest of a request, or for one at all."""

    request_since = 0.0
    sent = 0  # bytes, since it was opened
    taking_since = 0.0  # when it was last seen to have taken what it has to, or that nothing waited for it
    sent_before = 0  # that

    def received(self, data: bytes) -> bool:
        """Take some bytes of a request, as often as they come: the time runs from the first of them."""
        if self.request is None:
            self.request_since = time.time()
        return bool(super().received(data))

    def send(self, data: bytes, do_close: bool = True) -> int:
        """Send what the other side takes of some bytes, and count it."""
        taken = int(super().send(data, do_close=do_close))
        self.sent += taken
        return taken

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request_since = self.taking_since = self.creation_time


def listening_socket(settings: Settings) -> socket.socket:
    """Return a socket that has its port. Raises ConfigError, with the reason, if it cannot have it."""
    if not 0 <= settings.port <= HIGHEST_PORT:
        raise ConfigError(
            f"{settings.port} is not a port; they go from 0 to {HIGHEST_PORT}. Choose another with --host or --port."
        )
    # Waitress leaves its sockets open when it cannot have a port, and does not say which: so it is given one.
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host.strip("[]"), settings.port), family=family)
    except (OSError, UnicodeError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).partition(" (while")[0]
        raise ConfigError(
            f"The page cannot be served at {settings.host}, port {settings.port}: {reason}. "
            "Choose another with --host or --port."
        ) from error


def open_server(app: Flask, settings: Settings, opened: socket.socket) -> PatientServer:
    """Return a server for what comes to a socket that listens, which other processes may share."""
    how = Adjustments(
        sockets=[opened],
        threads=max(settings.threads, 1),
        ident=None,
        max_request_body_size=MANUSCRIPT_BYTES,
        max_request_header_size=HEADER_BYTES,
        connection_limit=CONNECTIONS,
        channel_timeout=IDLE_SECONDS,
        cleanup_interval=CHECK_SECONDS,
        asyncore_use_poll=True,
        # What a proxy says of the reader is read by the application, which knows how many of them there are.
        clear_untrusted_proxy_headers=not settings.proxies,
    )
    server = PatientServer(
        app,
        _sock=opened,
        adj=how,
        bind_socket=False,
        sockinfo=(opened.family, opened.type, opened.proto, opened.getsockname()),
    )
    if metrics := getattr(app, "extensions", {}).get("metrics"):
        metrics.watch_queue(server.task_dispatcher.queue)
    parser = type("Parser", (BoundedParser,), {"app": app})
    server.channel_class = type("Channel", (TimedChannel,), {"parser_class": parser})
    return server


def _unfinished(channel: Any) -> bool:
    """Return whether nothing is being answered on a connection, nor waits to be sent."""
    return not channel.requests and not channel.total_outbufs_len


def _takes_nothing(channel: Any, now: float) -> bool:
    """Return whether an answer has waited for a connection so long that it could have taken far more; to be asked now and then."""
    if channel.total_outbufs_len and 0 <= now - channel.taking_since <= TAKING_SECONDS:
        return False
    is_slow = (
        channel.total_outbufs_len and channel.sent - channel.sent_before < TAKEN_BYTES and now >= channel.taking_since
    )
    channel.taking_since, channel.sent_before = now, channel.sent
    return bool(is_slow)
