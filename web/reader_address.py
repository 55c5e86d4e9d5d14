"""Which reader an address is: readers are counted by it, in requests and in wrong passwords."""

from __future__ import annotations

import ipaddress
import re
from typing import Final

NETWORK_BITS: Final = 64  # of an IPv6 address: whoever has one of them has all that begin with these
_WITH_PORT: Final = re.compile(r"\[(?P<six>[0-9A-Fa-f:.]+)\](?::\d{1,5})?|(?P<four>[\d.]+):\d{1,5}")


def reader_of(address: str) -> str:
    """Return the reader that an address stands for: itself, of IPv6 its network; "unknown" for what is none.

    Some proxies write the port behind it, and one that listens on both kinds gives IPv4 as `::ffff:192.0.2.1`, of which all lie
    in one network.
    """
    if with_port := _WITH_PORT.fullmatch(address):
        address = with_port["six"] or with_port["four"]
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is None:
            return str(ipaddress.ip_network((found, NETWORK_BITS), strict=False))
        found = found.ipv4_mapped
    return str(found)
