"""Which web addresses may be asked: those of the public internet, judged by the very IP address that is connected to.

A name is looked up once, what it stands for is judged, and the connection goes to one of the judged addresses: a name
that answers differently the second time (DNS rebinding) gains nothing, for there is no second time.
"""

from __future__ import annotations

import contextlib
import ipaddress
import queue
import re
import socket
import threading
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from search.errors import ReadError

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Endpoint = tuple[socket.AddressFamily, tuple[str, int]]

LONGEST = 2000
_SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]{0,20}://|file:)", re.IGNORECASE)
# What the C library takes for an IP address in another notation: 2130706433, 0x7f.1, 0177.0.0.1, 127.1.
_NUMERIC = re.compile(r"^(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]*))*\.?$", re.IGNORECASE)
_NAME = re.compile(r"^[a-z0-9._-]+$|^[0-9a-f:.]+(?:%[a-z0-9._-]+)?$", re.IGNORECASE)
# Names that never leave a house or a company; looking them up would already tell something to its name server.
_INNER = (
    "localhost",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "home.arpa",
    "onion",
)
# Besides what `ipaddress` calls not global: ranges that lead back inside or nowhere, and one cloud's metadata service.
_REFUSED = tuple(
    ipaddress.ip_network(block)
    for block in (
        "0.0.0.0/8", "100.64.0.0/10", "168.63.129.16/32", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7",
        "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotAllowed(ReadError):
    """An address that is not to be asked, ever; nothing was sent to anybody."""


@dataclass(frozen=True, slots=True)
class Target:
    """A web address taken apart: `host` is a name in ASCII or a plain IP address, `url` the whole without a fragment."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def site(self) -> str:
        """Scheme, host and port as they stand before a path."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (
            f"{self.scheme}://{host}" if self.port == _DEFAULT[self.scheme] else f"{self.scheme}://{host}:{self.port}"
        )


_DEFAULT = {"http": 80, "https": 443}


def is_address(text: str) -> bool:
    """Whether a word on the command line is meant as an address, fetchable or not, and not as a path."""
    return bool(_SCHEME.match(text))


def target(url: str, *, allow_private: bool = False) -> Target:
    """An address taken apart and written in one way; `NotAllowed` when it is none that may be asked."""
    url = url.strip()
    if len(url) > LONGEST:
        raise NotAllowed(f"an address of more than {LONGEST:,} characters is not asked for.")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
    except ValueError as error:
        raise NotAllowed("this is no address that can be understood.") from error
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT:
        raise NotAllowed(f"only http and https addresses are fetched, not {scheme or 'this'}.")
    if parts.username is not None or parts.password is not None:
        raise NotAllowed("an address with a user name or a password in it is not fetched.")
    host = _ascii(host)
    port = _DEFAULT[scheme] if port is None else port
    if not allow_private:
        _check_host(host, port)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._", errors="replace") + (
        "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]|", errors="replace") if parts.query else ""
    )
    found = Target("", scheme, host, port, path if path.startswith("/") else f"/{path}")
    return Target(urlunsplit(("", "", found.site + found.path, "", "")), scheme, host, port, found.path)


def endpoints(where: Target, *, allow_private: bool, timeout: float) -> list[Endpoint]:
    """The IP addresses to connect to, in the name server's order, all of them judged.

    Raises NotAllowed if any is not public: a name that stands for both is a trap. ReadError if there is no such name.
    """
    found = lookup(where.host, where.port, timeout)
    for _, (ip, _) in found:
        if not allow_private and not is_public(ip):
            raise NotAllowed(
                f"{where.host} stands for {ip}, which is no address of the public internet; it was not asked."
            )
    return found


def lookup(host: str, port: int, timeout: float) -> list[Endpoint]:
    """What a name stands for, within `timeout` seconds: the system's own look-up knows no time limit."""
    answer: queue.SimpleQueue[list[Endpoint] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.put(
                [(row[0], (str(row[4][0]), port)) for row in rows if row[0] in (socket.AF_INET, socket.AF_INET6)]
            )
        except (OSError, UnicodeError) as error:
            answer.put(error)

    threading.Thread(target=ask, daemon=True, name="look-up").start()
    try:
        found = answer.get(timeout=timeout)
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(found, UnicodeError) or (isinstance(found, socket.gaierror) and found.errno != socket.EAI_AGAIN):
        raise ReadError(f"there is no host named {host}.")
    if isinstance(found, OSError):
        raise found
    if not found:
        raise ReadError(f"there is no host named {host}.")
    return list(dict.fromkeys(found))


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, whatever it is wrapped in.

    >>> [is_public(ip) for ip in ("1.1.1.1", "10.0.0.1", "::ffff:127.0.0.1", "2002:7f00:1::", "fe80::1%eth0")]
    [True, False, False, False, False]
    """
    try:
        ip: IP = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.scope_id:
            return False
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not any(ip in block for block in _REFUSED)


def _ascii(host: str) -> str:
    """A host name as it is looked up; `NotAllowed` when it is no name."""
    with contextlib.suppress(UnicodeError):
        name = host if host.isascii() else host.encode("idna").decode("ascii").rstrip(".")
        if _NAME.match(name):
            return name.lower()
    raise NotAllowed("this address has no host that can be understood.")


def _check_host(host: str, port: int) -> None:
    """Refuse what can be refused without looking anything up."""
    if port < 1024 and port not in _DEFAULT.values():
        raise NotAllowed(f"port {port} is not one where pages are kept.")
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        ip = None
    if ip is not None:
        if not is_public(host):
            raise NotAllowed(f"{host} is no address of the public internet; it was not asked.")
    elif _NUMERIC.match(host) or ":" in host:
        raise NotAllowed(f"{host} is an IP address in a notation that hides which; it was not asked.")
    elif "." not in host or any(host == name or host.endswith(f".{name}") for name in _INNER):
        raise NotAllowed(f"{host} is a name of an inner network; it was not asked.")
