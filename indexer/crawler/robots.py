"""The rules of one site's robots.txt (RFC 9309), as they hold for one robot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

# Bytes of a robots.txt that are looked at; RFC 9309, 2.5 wants at least 500 KiB.
MAX_ROBOTS_BYTES = 512_000
# Seconds between two requests that a site can ask for; a longer wish would stop a run.
_MAX_CRAWL_DELAY = 60.0
_MAX_SITEMAPS = 100
_MAX_LINE_CHARS = 2000
_USER_AGENT_LINE = re.compile(r"^[ \t]*user-?[ \t]?agents?[ \t]*:[ \t]*([^#\r\n]*)", re.IGNORECASE)
_PRODUCT_TOKEN = re.compile(r"[a-zA-Z_-]+")
_OTHER_ROBOT = "User-agent: somebody-else"


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """The rules that hold for one robot on one site. `refusal` is the reason why nothing may be asked there at all."""

    refusal: str | None = None
    parsed: Any = None
    token: str = ""

    def allows(self, url: str) -> bool:
        """Return whether an address may be asked for."""
        return self.refusal is None and (self.parsed is None or bool(self.parsed.can_fetch(url, self.token)))

    @property
    def delay(self) -> float:
        """Return the seconds between two requests that the site asks for; 0 when it asks for none."""
        wanted = self.parsed.crawl_delay(self.token) if self.parsed is not None else None
        return min(float(wanted), _MAX_CRAWL_DELAY) if wanted and wanted > 0 else 0.0

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """Return the addresses of the sitemaps that the site names, at most a hundred."""
        return tuple(self.parsed.sitemaps)[:_MAX_SITEMAPS] if self.parsed is not None else ()


def parse_robots(text: str, token: str) -> RobotsRules:
    """Return the rules of a robots.txt for the robot that calls itself `token`."""
    from protego import Protego

    return RobotsRules(parsed=Protego.parse(_with_others_as_one(text, token)), token=token)


def _with_others_as_one(text: str, token: str) -> str:
    """Return the file with all other robots made into one.

    Protego keeps each rule once for each robot of its group, which a hostile file makes a gigabyte of. It also takes a
    robot's name for ours where it only contains it; RFC 9309, 2.2.1 wants the whole name.
    """
    lines: list[str] = []
    for line in text.splitlines():
        agent = _USER_AGENT_LINE.match(line)
        if not agent:
            lines.append(line[:_MAX_LINE_CHARS])
            continue
        name = _PRODUCT_TOKEN.match(agent.group(1).strip())
        if name and name.group().lower() == token.lower():
            lines.append(f"User-agent: {token}")
        elif agent.group(1).strip() == "*":
            lines.append("User-agent: *")
        elif not lines or lines[-1] != _OTHER_ROBOT:
            lines.append(_OTHER_ROBOT)
    return "\n".join(lines)
