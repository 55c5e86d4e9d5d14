"""Guessing is slow, for one name from one place; nobody else has to wait for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from web.accounts.login_throttle import FAILURES_ALLOWED, WAIT_SECONDS, LoginPlace, LoginThrottle


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def place(name: str = "ann", address: str = "192.0.2.1", known: bool = False) -> LoginPlace:
    return LoginPlace(name, address, known)


def test_after_some_failures_a_place_waits_and_others_do_not(tmp_path: Path) -> None:
    clock = Clock()
    throttle = LoginThrottle(str(tmp_path), clock)
    for _ in range(FAILURES_ALLOWED):
        assert throttle.seconds_to_wait(place()) == 0
        throttle.failed(place())
    assert 0 < throttle.seconds_to_wait(place()) <= WAIT_SECONDS
    assert throttle.seconds_to_wait(place(address="192.0.2.2")) == 0
    assert throttle.seconds_to_wait(place(name="bo")) == 0
    assert throttle.seconds_to_wait(place(address="mark", known=True)) == 0
    clock.now += WAIT_SECONDS
    assert throttle.seconds_to_wait(place()) == 0
    throttle.failed(place())
    assert throttle.seconds_to_wait(place()) > 0  # one was forgiven, not all
    throttle.succeeded(place())
    assert throttle.seconds_to_wait(place()) == 0


TWO_PROCESSES = """
import os, sys
from web.accounts.login_throttle import FAILURES_ALLOWED, LoginPlace, LoginThrottle

throttle = LoginThrottle(sys.argv[1], lambda: 1000.0)
place = LoginPlace("ann", "192.0.2.1", False)
for part in (FAILURES_ALLOWED // 2, FAILURES_ALLOWED - FAILURES_ALLOWED // 2):
    if not (child := os.fork()):
        for _ in range(part):
            assert not throttle.seconds_to_wait(place)
            throttle.failed(place)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
print(throttle.seconds_to_wait(place) > 0, LoginThrottle(sys.argv[1] + "/..", lambda: 1000.0).seconds_to_wait(place) > 0)
"""


def test_processes_that_one_has_begun_count_together(tmp_path: Path) -> None:
    """Each counted for itself, so that four allowed forty guesses."""
    done = subprocess.run(
        [sys.executable, "-c", TWO_PROCESSES, str(tmp_path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout, done.stderr) == ("True False\n", "")


def test_a_flood_from_one_address_keeps_nobody_out_who_logs_in_from_elsewhere() -> None:
    """One program that guessed with ever other names had the only turn nearly always: of 20 right passwords one was taken."""
    throttle = LoginThrottle("")
    with throttle.turn(place("x1")) as flood, throttle.turn(place("x2")) as more, throttle.turn(place(address="192.0.2.2")) as other:  # fmt: skip
        assert (flood, more, other) == (True, False, True)
        with throttle.turn(place(address="192.0.2.3")) as third:
            assert not third
    with throttle.turn(place("x3")) as later:
        assert later


def test_one_unknown_browser_at_a_time_and_known_ones_always() -> None:
    throttle = LoginThrottle("")
    with throttle.turn(place()) as first, throttle.turn(place("bo")) as second, throttle.turn(place(known=True)) as known:  # fmt: skip
        assert (first, second, known) == (True, False, True)
    with throttle.turn(place("bo")) as later:
        assert later


@given(st.lists(st.floats(0, 10_000), max_size=60))
def test_over_any_time_no_more_guesses_pass_than_are_allowed(pauses: list[float]) -> None:
    clock, passed = Clock(), 0
    with TemporaryDirectory() as folder:
        throttle = LoginThrottle(folder, clock)
        for pause in pauses:
            clock.now += pause
            if not throttle.seconds_to_wait(place()):
                throttle.failed(place())
                passed += 1
    assert passed <= FAILURES_ALLOWED + sum(pauses) / WAIT_SECONDS + 1
