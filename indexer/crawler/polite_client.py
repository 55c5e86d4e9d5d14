"""Requests that are polite: by each site's robots.txt, slowly, again only where that helps, and only for changes."""

from __future__ import annotations

import email.utils
import random
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import urljoin

from indexer.crawler.address_policy import WebAddress, parse_address
from indexer.crawler.fetch_error import AddressRefused, FetchError
from indexer.crawler.http import HttpResponse, RequestLimits, http_get
from indexer.crawler.robots import MAX_ROBOTS_BYTES, RobotsRules, parse_robots
from search.errors import ReadError

ROBOT_NAME = "Quotes"
USER_AGENT = f"{ROBOT_NAME}/0.1 (a reader's own index of quotations)"
_NAME = re.compile(r"[A-Za-z_-]+")
# RFC 9309, 2.3.1.2 wants five hops of a robots.txt followed; a page gets as many and the first request.
_REDIRECTS = 6
_REDIRECT_STATUSES = (301, 302, 303, 307, 308)
# Statuses after which the same request may succeed (RFC 9110, 15; RFC 6585 for 429).
_RETRYABLE = (408, 425, 429, 500, 502, 503, 504)
# So many addresses in a row that cannot be reached, and a host is left alone for this run.
_MAX_FAILURES_IN_A_ROW = 3
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/feed+json;q=0.9,*/*;q=0.5"
_REFUSALS = {
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
class CrawlPolicy:
    """How politely to ask.

    delay     seconds between two requests to one host, counted from the end of the first
    user_agent  its first word is the name that robots.txt knows us by
    retries   how often to ask again after a failure that may pass
    patience  the longest wait, in seconds, that a host may ask for; beyond it the host is left alone for this run
    sleep, clock, now  how to wait, what time it is in seconds, and what day and time; others in tests
    """

    user_agent: str = USER_AGENT
    delay: float = 1.0
    retries: int = 3
    patience: float = 120.0
    limits: RequestLimits = field(default_factory=RequestLimits)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    @property
    def token(self) -> str:
        """Return the name that robots.txt knows us by: the first word of the user agent (RFC 9309, 2.2.1)."""
        found = _NAME.match(self.user_agent)
        return found.group() if found else ROBOT_NAME


@dataclass(slots=True)
class _Host:
    """One host as this run knows it."""

    delay: float = 0.0  # seconds between two requests that its robots.txt asks for
    free: float = float("-inf")  # on the clock, when it may be asked again
    failures: int = 0
    left_alone: str | None = None


class PoliteClient:
    """Ask hosts for pages, remembering for one run each site's rules and when its host was last asked."""

    def __init__(self, policy: CrawlPolicy) -> None:
        self._policy = policy
        # By host, since that is who is asked; the rules by scheme and port too, since each has its own.
        self._hosts: dict[str, _Host] = {}
        self._by_site: dict[str, RobotsRules] = {}

    def fetch(
        self, url: str, *, known: Mapping[str, Mapping[str, str]] | None = None, limits: RequestLimits | None = None
    ) -> HttpResponse:
        """Return the response at an address, over redirects, with status 200 or 304; each hop is judged and allowed.

        `known` holds, for the address that answered last time, the headers that make a request conditional.

        Raises:
            ReadError: it cannot be had, or may not be asked for; the message is a sentence.
        """
        limits = limits or self._policy.limits
        for _ in range(_REDIRECTS):
            address = parse_address(url, allow_private=limits.allow_private)
            rules = self._rules(address)
            if rules.refusal:
                raise ReadError(rules.refusal)
            if not rules.allows(address.url):
                raise ReadError(f"{address.host} asks robots to leave this page alone (robots.txt).")
            answer = self._patiently(address, (known or {}).get(address.url, {}), limits)
            if answer.status not in _REDIRECT_STATUSES:
                return _accepted(address, answer)
            url = _redirect_target(address, answer)
        raise ReadError("it is redirected again and again.")

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """Return the sitemaps that an address's site names in its robots.txt. Raises ReadError."""
        return self._rules(parse_address(url, allow_private=self._policy.limits.allow_private)).sitemaps

    def _rules(self, address: WebAddress) -> RobotsRules:
        if address.site not in self._by_site:
            rules = self._by_site[address.site] = self._read_rules(address)
            host = self._host(address)
            host.delay = max(host.delay, rules.delay)
        return self._by_site[address.site]

    def _read_rules(self, address: WebAddress) -> RobotsRules:
        """Return a site's rules: without the file everything is allowed, and nothing when it cannot be had (RFC 9309, 2.3.1)."""
        limits = replace(self._policy.limits, max_bytes=MAX_ROBOTS_BYTES, truncate=True)
        asked = parse_address(f"{address.site}/robots.txt", allow_private=limits.allow_private)
        try:
            for _ in range(_REDIRECTS):
                answer = self._patiently(asked, {}, limits)
                if answer.status not in _REDIRECT_STATUSES:
                    break
                asked = parse_address(_redirect_target(asked, answer), allow_private=limits.allow_private)
        except AddressRefused as error:
            return RobotsRules(refusal=str(error))
        except ReadError as error:
            return RobotsRules(
                refusal=f"nothing is asked of {address.host}, since its robots.txt cannot be had: {error}"
            )
        if answer.status == 200:
            return parse_robots(answer.body.decode("utf-8-sig", "replace"), self._policy.token)
        if answer.status == 429 or answer.status >= 500 or answer.status in _REDIRECT_STATUSES:
            return RobotsRules(
                refusal=f"nothing is asked of {address.host}, since its robots.txt cannot be had ({answer.status})."
            )
        return RobotsRules()

    def _patiently(self, address: WebAddress, conditions: Mapping[str, str], limits: RequestLimits) -> HttpResponse:
        """Ask, again after a while where that may help; return the last response or raise the last failure."""
        host = self._host(address)
        headers = {"User-Agent": self._policy.user_agent, "Accept": _ACCEPT, **conditions}
        for attempt in range(self._policy.retries + 1):
            if host.left_alone:
                raise ReadError(host.left_alone)
            last = attempt == self._policy.retries
            self._wait(host)
            try:
                answer = http_get(address, headers, limits)
            except FetchError as error:
                self._rest(host)
                if not error.retryable or last:
                    if not error.page_at_fault:
                        self._count(host, address, str(error))
                    raise
                self._pause(host, address, self._back_off(attempt))
                continue
            self._rest(host)
            if answer.status not in _RETRYABLE:
                host.failures = 0
                return answer
            wish = _retry_after(answer.headers.get("retry-after"), self._policy.now())
            self._pause(host, address, self._back_off(attempt) if wish is None else wish)
        self._count(host, address, f"{answer.status}")
        return answer

    def _host(self, address: WebAddress) -> _Host:
        return self._hosts.setdefault(address.host, _Host())

    def _wait(self, host: _Host) -> None:
        left = host.free - self._policy.clock()
        if left > 0:
            self._policy.sleep(left)

    def _rest(self, host: _Host) -> None:
        host.free = self._policy.clock() + max(self._policy.delay, host.delay)

    def _pause(self, host: _Host, address: WebAddress, seconds: float) -> None:
        """Ask a host nothing for some seconds; nothing more in this run, when that is longer than the policy's patience."""
        if seconds > self._policy.patience:
            host.left_alone = f"{address.host} asks not to be asked again for {seconds:,.0f} s."
        host.free = max(host.free, self._policy.clock() + seconds)

    def _back_off(self, attempt: int) -> float:
        """Return 1, 2, 4 times the delay in seconds, each up to a half more, so that many clients do not come back at once."""
        return float(self._policy.delay * 2**attempt * random.uniform(1, 1.5))

    def _count(self, host: _Host, address: WebAddress, reason: str) -> None:
        host.failures += 1
        if host.failures >= _MAX_FAILURES_IN_A_ROW:
            host.left_alone = f"{address.host} failed {_MAX_FAILURES_IN_A_ROW} times in a row and is left alone for now ({reason.rstrip('.')})."


def _accepted(address: WebAddress, answer: HttpResponse) -> HttpResponse:
    if answer.status in (200, 304):
        return answer
    said = _REFUSALS.get(answer.status) or ("has trouble of its own" if answer.status >= 500 else "gives no page")
    raise ReadError(f"{address.host} {said} ({answer.status}).")


def _redirect_target(address: WebAddress, answer: HttpResponse) -> str:
    place = answer.headers.get("location", "").strip()
    if not place:
        raise ReadError(f"{address.host} redirects to nowhere ({answer.status}).")
    try:
        return urljoin(address.url, place)
    except ValueError as error:
        raise ReadError(f"{address.host} redirects to what is no address.") from error


def _retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds that a host asks us to wait (RFC 9110, 10.2.3): a number, or a date; None when it says nothing."""
    if value is None:
        return None
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
