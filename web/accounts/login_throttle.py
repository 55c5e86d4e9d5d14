"""How often a password may be guessed: so seldom that guessing is hopeless, and never so that others are locked out.

Failures are counted for a name and where they come from. Never for a name alone, or a stranger could lock anybody out; never
for an address alone, or behind a proxy, where all have one address, one person could lock out everybody. A browser that has
logged in before has a count of its own for its name (a "device cookie", as OWASP calls it), so that not even guesses from its
own address, which may be the proxy's, keep it out.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ClassVar, Final, NamedTuple

from web.accounts.shared_places import SharedPlaces

FAILURES_ALLOWED: Final = 10  # of one name from one place, before it has to wait
WAIT_SECONDS: Final = 300.0  # after which one more guess is free: 288 a day
ADDRESSES_AT_ONCE: Final = 2  # of which a password is looked at: half of the threads that a process has


class LoginPlace(NamedTuple):
    """What failures are counted for.

    name   the key of the name that is tried (`web.accounts.account_file.account_key`)
    place  an address, or the mark of a browser that has logged in with this name before, which is `known` then
    """

    name: str
    place: str
    known: bool


class LoginThrottle:
    """Counts failures, in all processes of one `quotes serve` together; each worker of another server counts for itself."""

    # Failures so far, and when they were counted last: each `WAIT_SECONDS` one is forgiven. Made before processes begin.
    _failures: ClassVar = SharedPlaces("dd")

    def __init__(self, folder: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Count the failures at the instance in `folder`; `clock` is the same for all processes."""
        self._folder, self._clock = folder, clock
        self._lock = threading.Lock()
        self._looked_at: set[str] = set()  # addresses of which a password is being looked at

    def seconds_to_wait(self, place: LoginPlace) -> float:
        """Return after how many seconds a place may guess again; 0 where it may now."""
        failures = self._now(place)
        return max(0.0, (failures - FAILURES_ALLOWED + 1) * WAIT_SECONDS) if failures > FAILURES_ALLOWED - 1 else 0.0

    def failed(self, place: LoginPlace) -> None:
        """Count a failure, before the password is looked at: many guesses at once are counted, too."""
        with self._failures.changing(self._folder):
            self._failures.put(self._name(place), min(self._now(place) + 1, FAILURES_ALLOWED), self._clock())

    def succeeded(self, place: LoginPlace) -> None:
        """Forget the failures of a place."""
        with self._failures.changing(self._folder):
            self._failures.put(self._name(place), 0.0, 0.0)

    @contextmanager
    def turn(self, place: LoginPlace) -> Iterator[bool]:
        """Give whether a password of this place may be looked at now: one of an address at a time, of two addresses together.

        Each look takes 50 ms and 64 MB, and a flood of them must not take the threads of those who read; nor must one that
        comes from one address, each with another name, keep those out who log in from elsewhere.
        """
        if place.known:
            yield True
            return
        with self._lock:
            is_free = place.place not in self._looked_at and len(self._looked_at) < ADDRESSES_AT_ONCE
            if is_free:
                self._looked_at.add(place.place)
        try:
            yield is_free
        finally:
            if is_free:
                with self._lock:
                    self._looked_at.discard(place.place)

    def _name(self, place: LoginPlace) -> str:
        return "\x1f".join((self._folder, place.name, place.place, str(place.known)))

    def _now(self, place: LoginPlace) -> float:
        failures, since = map(float, self._failures.get(self._name(place)) or (0, 0))
        return max(0.0, failures - (self._clock() - since) / WAIT_SECONDS)
