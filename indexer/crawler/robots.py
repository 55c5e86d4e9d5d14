"""What a site asks of robots in its robots.txt (RFC 9309)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

SIZE = 500_000  # bytes of a robots.txt that are looked at
_LONGEST_DELAY = 60.0  # seconds between two requests that a site can ask for
_AGENT = re.compile(r"^[ \t]*user-?[ \t]?agents?[ \t]*:[ \t]*([^#\r\n]*)", re.IGNORECASE)
_TOKEN = re.compile(r"[a-zA-Z_-]+")
_OTHER = "User-agent: somebody-else"


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for us on one site. `refusal` is the reason why nothing may be asked there at all."""

    refusal: str | None = None
    parsed: Any = None
    token: str = ""

    def allows(self, url: str) -> bool:
        return self.refusal is None and (self.parsed is None or bool(self.parsed.can_fetch(url, self.token)))

    @property
    def delay(self) -> float:
        """Seconds between two requests that the site asks for; 0 when it asks for none."""
        wanted = self.parsed.crawl_delay(self.token) if self.parsed is not None else None
        return min(float(wanted), _LONGEST_DELAY) if wanted and wanted > 0 else 0.0

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that the site names, at most a hundred."""
        return tuple(self.parsed.sitemaps)[:100] if self.parsed is not None else ()


def parse(text: str, token: str) -> Rules:
    """The rules for the robot that calls itself `token`."""
    from protego import Protego

    return Rules(parsed=Protego.parse(_ours(text, token)), token=token)


def _ours(text: str, token: str) -> str:
    """The file with all other robots made into one.

    The parser keeps each rule once for each robot of its group, which a hostile file makes a gigabyte of. It also finds
    a robot's name anywhere in ours; the standard wants the whole name.
    """
    lines = []
    for line in text.splitlines():
        found = _AGENT.match(line)
        if not found:
            lines.append(line[:2000])
            continue
        name = _TOKEN.match(found.group(1).strip())
        if name and name.group().lower() == token.lower():
            lines.append(f"User-agent: {token}")
        elif found.group(1).strip() == "*":
            lines.append("User-agent: *")
        elif not lines or lines[-1] != _OTHER:
            lines.append(_OTHER)
    return "\n".join(lines)
