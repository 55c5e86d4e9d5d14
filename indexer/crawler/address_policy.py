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
from dataclasses import dataclass, replace
from urllib.parse import quote, urlsplit, urlunsplit

from indexer.crawler.fetch_error import AddressRefused
from search.errors import ReadError

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Endpoint = tuple[socket.AddressFamily, tuple[str, int]]

# Longer ones are made by mistake or malice: browsers and servers agree on about 2,000 characters.
MAX_ADDRESS_CHARS = 2000
# Below this a port is a service of the system's own (RFC 6335), and no place for pages but 80 and 443.
_FIRST_USER_PORT = 1024
_SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]{0,20}://|file:)", re.IGNORECASE)
# What the C library takes for an IP address in another notation: 2130706433, 0x7f.1, 0177.0.0.1, 127.1.
_NUMERIC = re.compile(r"^(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]*))*\.?$", re.IGNORECASE)
_NAME = re.compile(r"^[a-z0-9._-]+$|^[0-9a-f.]*:[0-9a-f:.]*(?:%[a-z0-9._-]+)?$", re.IGNORECASE)
# Names that never leave a house or a company; looking them up would already tell something to its name server.
_INNER = tuple("localhost local localdomain internal intranet lan home corp private home.arpa onion".split())
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
# Where clouds tell a machine its own secrets; never asked, even where inner addresses may be: no page is kept there.
_METADATA = tuple(
    ipaddress.ip_network(block)
    for block in (
        "169.254.0.0/16", "fe80::/10", "fd00:ec2::/32", "fd20:ce::/32", "100.100.100.200/32", "168.63.129.16/32",
        "192.0.0.192/32",
    )
)  # fmt: skip
# Prefixes whose last 32 bits are an IPv4 address: NAT64 (RFC 6052) and "IPv4-translated" (RFC 2765).
_AROUND_IPV4 = tuple(ipaddress.ip_network(block) for block in ("64:ff9b::/96", "::ffff:0:0:0/96"))
_ISATAP = (0x00005EFE, 0x02005EFE)  # before an IPv4 address at the end of any IPv6 one (RFC 5214)


@dataclass(frozen=True, slots=True)
class WebAddress:
    """Hold a web address taken apart: `host` is a name in ASCII or a plain IP address, `url` the whole without a fragment."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def site(self) -> str:
        """Return scheme, host and port as they stand before a path."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (
            f"{self.scheme}://{host}" if self.port == _DEFAULT[self.scheme] else f"{self.scheme}://{host}:{self.port}"
        )


_DEFAULT = {"http": 80, "https": 443}


def is_address(text: str) -> bool:
    """Return whether a word on the command line is meant as an address, fetchable or not, and not as a path."""
    return bool(_SCHEME.match(text))


def parse_address(url: str, *, allow_private: bool = False) -> WebAddress:
    """Return an address taken apart and written in one way. Raises AddressRefused when it is none that may be asked."""
    url = url.strip()
    if len(url) > MAX_ADDRESS_CHARS:
        raise AddressRefused(f"an address of more than {MAX_ADDRESS_CHARS:,} characters is not asked for.")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
    except ValueError as error:
        raise AddressRefused("this is no address that can be understood.") from error
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT:
        raise AddressRefused(f"only http and https addresses are fetched, not {scheme or 'this'}.")
    if parts.username is not None or parts.password is not None:
        raise AddressRefused("an address with a user name or a password in it is not fetched.")
    host = _ascii(host)
    port = _DEFAULT[scheme] if port is None else port
    if not allow_private:
        _check_host(host, port)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._", errors="replace") + (
        "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]|", errors="replace") if parts.query else ""
    )
    address = WebAddress("", scheme, host, port, path if path.startswith("/") else f"/{path}")
    return replace(address, url=urlunsplit(("", "", address.site + address.path, "", "")))


def judged_endpoints(address: WebAddress, *, allow_private: bool, timeout: float) -> list[Endpoint]:
    """Return the IP addresses to connect to, in the name server's order, all of them judged.

    Raises:
        AddressRefused: one of them is not public; a name that stands for both is a trap.
        ReadError: there is no such name.
    """
    answers = look_up(address.host, address.port, timeout)
    for _, (ip, _) in answers:
        if is_metadata(ip):
            raise AddressRefused(f"{address.host} stands for {ip}, where a cloud keeps its secrets; it was not asked.")
        if not allow_private and not is_public(ip):
            raise AddressRefused(
                f"{address.host} stands for {ip}, which is no address of the public internet; it was not asked."
            )
    return answers


def look_up(host: str, port: int, timeout: float) -> list[Endpoint]:
    """Return the IP addresses of a name, each once. The system's own look-up knows no time limit, so it gets a thread.

    Raises:
        ReadError: there is no such name. TimeoutError: after `timeout` seconds.
    """
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
        endpoints = answer.get(timeout=timeout)
    except queue.Empty:
        raise TimeoutError from None
    # Only "try again later" may pass; every other answer of the resolver is final.
    is_final = isinstance(endpoints, socket.gaierror) and endpoints.errno != socket.EAI_AGAIN
    if isinstance(endpoints, UnicodeError) or is_final or not endpoints:
        raise ReadError(f"there is no host named {host}.")
    if isinstance(endpoints, OSError):
        raise endpoints
    return list(dict.fromkeys(endpoints))


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the public internet, whatever it is wrapped in (IPv4 in IPv6, NAT64, 6to4).

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
        inner = _wrapped(ip)
        if inner is not None and not is_public(str(inner)):
            return False
        if ip.ipv4_mapped or any(ip in block for block in _AROUND_IPV4):
            return True
    return ip.is_global and not ip.is_multicast and not any(ip in block for block in _REFUSED)


def is_metadata(address: str) -> bool:
    """Return whether an IP address is one where a cloud tells a machine about itself, whatever it is wrapped in.

    >>> [is_metadata(ip) for ip in ("169.254.169.254", "::ffff:169.254.169.254", "fd00:ec2::254", "10.0.0.1")]
    [True, True, True, False]
    """
    try:
        ip: IP = ipaddress.ip_address(address)
    except ValueError:
        return False
    inner = None
    if isinstance(ip, ipaddress.IPv6Address):
        inner = _wrapped(ip)
    return any(
        one in block for one in (ip, inner) if one is not None for block in _METADATA if one.version == block.version
    )


def _wrapped(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 one stands for or leads to, None where it is one of its own."""
    at_end = int(ip) >> 32 == 0 or int(ip) >> 32 & 0xFFFFFFFF in _ISATAP or any(ip in block for block in _AROUND_IPV4)
    return ip.ipv4_mapped or ip.sixtofour or (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if at_end else None)


def _ascii(host: str) -> str:
    """Return a host name as it is looked up (IDNA). Raises AddressRefused when it is no name."""
    with contextlib.suppress(UnicodeError):
        name = host if host.isascii() else host.encode("idna").decode("ascii").rstrip(".")
        if _NAME.match(name):
            return name.lower()
    raise AddressRefused("this address has no host that can be understood.")


def _check_host(host: str, port: int) -> None:
    """Raise AddressRefused for what can be refused without looking anything up."""
    if port < _FIRST_USER_PORT and port not in _DEFAULT.values():
        raise AddressRefused(f"port {port} is not one where pages are kept.")
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        ip = None
    if ip is not None:
        if not is_public(host):
            raise AddressRefused(f"{host} is no address of the public internet; it was not asked.")
    elif _NUMERIC.match(host) or ":" in host:
        raise AddressRefused(f"{host} is an IP address in a notation that hides which; it was not asked.")
    elif "." not in host or any(host == name or host.endswith(f".{name}") for name in _INNER):
        raise AddressRefused(f"{host} is a name of an inner network; it was not asked.")
