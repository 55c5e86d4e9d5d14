"""Asking as a guest asks: by the host's rules, slowly, again only where that helps, and only what may have changed."""

from __future__ import annotations

import email.utils
import random
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import urljoin

from indexer.crawler import robots
from indexer.crawler.address_policy import NotAllowed, Target, target
from indexer.crawler.http import Answer, Failed, Limits, get
from search.errors import ReadError

TOKEN = "Quotes"
USER_AGENT = f"{TOKEN}/0.1 (a reader's own index of quotations)"
_NAME = re.compile(r"[A-Za-z_-]+")
_REDIRECTS = 6
_MOVED = (301, 302, 303, 307, 308)
_AGAIN = (408, 425, 429, 500, 502, 503, 504)
_GIVE_UP = 3  # so many addresses in a row that cannot be reached, and a host is left alone for this run
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/feed+json;q=0.9,*/*;q=0.5"
_SAID = {
    401: "wants a password for it",
    402: "wants to be paid for it",
    403: "does not let it be fetched",
    404: "has no such page",
    406: "does not let it be fetched",
    410: "has taken the page away",
    429: "says that it was asked too often",
    451: "may not show it for legal reasons",
}


@dataclass(frozen=True, slots=True)
class Manners:
    """How to ask.

    delay     seconds between two requests to one host, counted from the end of the first
    user_agent  its first word is the name that robots.txt knows us by
    retries   how often to ask again after a failure that may pass
    patience  the longest wait, in seconds, that a host may ask for; beyond it the host is left alone for this run
    sleep, clock  how to wait and what time it is, in seconds; others in tests
    """

    user_agent: str = USER_AGENT
    delay: float = 1.0
    retries: int = 3
    patience: float = 120.0
    limits: Limits = field(default_factory=Limits)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    @property
    def token(self) -> str:
        """The name that robots.txt knows us by: the first word of the user agent."""
        found = _NAME.match(self.user_agent)
        return found.group() if found else TOKEN


@dataclass(slots=True)
class _Host:
    """What is known of one host in this run."""

    delay: float = 0.0  # seconds between two requests that its robots.txt asks for
    free: float = float("-inf")  # on the clock, when it may be asked again
    failures: int = 0
    left_alone: str | None = None


class Guest:
    """All asking of one run: it remembers each host's rules, and when the host was last asked."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        # By host, since that is who is asked; the rules by scheme and port too, since each has its own.
        self._hosts: dict[str, _Host] = {}
        self._by_site: dict[str, robots.Rules] = {}

    def fetch(
        self, url: str, *, known: Mapping[str, Mapping[str, str]] | None = None, limits: Limits | None = None
    ) -> Answer:
        """The answer at an address, over redirects, with status 200 or 304; each hop is judged and has its host's leave.

        `known` holds, for the address that answered last time, the headers that make a request conditional. Raises
        ReadError with a sentence.
        """
        limits = limits or self._manners.limits
        for _ in range(_REDIRECTS):
            where = target(url, allow_private=limits.allow_private)
            rules = self._rules(where)
            if rules.refusal:
                raise ReadError(rules.refusal)
            if not rules.allows(where.url):
                raise ReadError(f"{where.host} asks robots to leave this page alone (robots.txt).")
            answer = self._patiently(where, (known or {}).get(where.url, {}), limits)
            if answer.status not in _MOVED:
                return _accepted(where, answer)
            url = _next(where, answer)
        raise ReadError("it is redirected again and again.")

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that an address's site names in its robots.txt."""
        return self._rules(target(url, allow_private=self._manners.limits.allow_private)).sitemaps

    def _rules(self, where: Target) -> robots.Rules:
        if where.site not in self._by_site:
            rules = self._by_site[where.site] = self._read_rules(where)
            host = self._host(where)
            host.delay = max(host.delay, rules.delay)
        return self._by_site[where.site]

    def _read_rules(self, where: Target) -> robots.Rules:
        """A site without the file allows everything; one whose file cannot be had allows nothing (RFC 9309, 2.3.1)."""
        limits = _with(self._manners.limits, max_bytes=robots.SIZE, cut=True)
        asked = target(f"{where.site}/robots.txt", allow_private=limits.allow_private)
        try:
            for _ in range(_REDIRECTS):
                answer = self._patiently(asked, {}, limits)
                if answer.status not in _MOVED:
                    break
                asked = target(_next(asked, answer), allow_private=limits.allow_private)
        except NotAllowed as error:
            return robots.Rules(refusal=str(error))
        except ReadError as error:
            return robots.Rules(
                refusal=f"nothing is asked of {where.host}, since its robots.txt cannot be had: {error}"
            )
        if answer.status == 200:
            return robots.parse(answer.body.decode("utf-8-sig", "replace"), self._manners.token)
        if answer.status == 429 or answer.status >= 500 or answer.status in _MOVED:
            return robots.Rules(
                refusal=f"nothing is asked of {where.host}, since its robots.txt cannot be had ({answer.status})."
            )
        return robots.Rules()

    def _patiently(self, where: Target, conditions: Mapping[str, str], limits: Limits) -> Answer:
        """Ask, and ask again after a while where that may help; the last answer or failure is what remains."""
        host = self._host(where)
        headers = {"User-Agent": self._manners.user_agent, "Accept": _ACCEPT, **conditions}
        for attempt in range(self._manners.retries + 1):
            if host.left_alone:
                raise ReadError(host.left_alone)
            last = attempt == self._manners.retries
            self._wait(host)
            try:
                answer = get(where, headers, limits)
            except Failed as error:
                self._rest(host)
                if not error.again or last:
                    if not error.page:
                        self._count(host, where, str(error))
                    raise
                self._pause(host, where, self._back_off(attempt))
                continue
            self._rest(host)
            if answer.status not in _AGAIN:
                host.failures = 0
                return answer
            wish = _retry_after(answer.headers.get("retry-after"))
            self._pause(host, where, self._back_off(attempt) if wish is None else wish)
        self._count(host, where, f"{answer.status}")
        return answer

    def _host(self, where: Target) -> _Host:
        return self._hosts.setdefault(where.host, _Host())

    def _wait(self, host: _Host) -> None:
        left = host.free - self._manners.clock()
        if left > 0:
            self._manners.sleep(left)

    def _rest(self, host: _Host) -> None:
        host.free = self._manners.clock() + max(self._manners.delay, host.delay)

    def _pause(self, host: _Host, where: Target, seconds: float) -> None:
        """Keep away from a host for some seconds; for good, when that is longer than we wait."""
        if seconds > self._manners.patience:
            host.left_alone = f"{where.host} asks not to be asked again for {seconds:,.0f} s."
        host.free = max(host.free, self._manners.clock() + seconds)

    def _back_off(self, attempt: int) -> float:
        """1, 2, 4 seconds, each up to a half more, so that many guests do not come back at once."""
        return float(self._manners.delay * 2**attempt * random.uniform(1, 1.5))

    def _count(self, host: _Host, where: Target, what: str) -> None:
        host.failures += 1
        if host.failures >= _GIVE_UP:
            host.left_alone = (
                f"{where.host} failed {_GIVE_UP} times in a row and is left alone for now ({what.rstrip('.')})."
            )


def _accepted(where: Target, answer: Answer) -> Answer:
    if answer.status in (200, 304):
        return answer
    said = _SAID.get(answer.status) or ("has trouble of its own" if answer.status >= 500 else "gives no page")
    raise ReadError(f"{where.host} {said} ({answer.status}).")


def _next(where: Target, answer: Answer) -> str:
    place = answer.headers.get("location", "").strip()
    if not place:
        raise ReadError(f"{where.host} redirects to nowhere ({answer.status}).")
    try:
        return urljoin(where.url, place)
    except ValueError as error:
        raise ReadError(f"{where.host} redirects to what is no address.") from error


def _retry_after(value: str | None) -> float | None:
    """The seconds that a host asks us to wait: a number, or a date."""
    if value is None:
        return None
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _with(limits: Limits, *, max_bytes: int, cut: bool) -> Limits:
    return replace(limits, max_bytes=max_bytes, cut=cut)
