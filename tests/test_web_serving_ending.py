"""That a process which was told to end does so, though C code took the exception."""

from __future__ import annotations

import subprocess
import sys

import pytest

from web.serving.ending import end_if_told

TAKEN = """
import contextlib
import signal
from web.serving.ending import end, end_if_told
signal.signal(signal.SIGTERM, end)
with contextlib.suppress(SystemExit):  # as an import by C code does
    {told}
end_if_told()
print("goes on")
"""


@pytest.mark.parametrize(("told", "out"), [("signal.raise_signal(signal.SIGTERM)", ""), ("pass", "goes on\n")])
def test_an_end_that_was_lost_is_made_up_for(told: str, out: str) -> None:
    done = subprocess.run([sys.executable, "-c", TAKEN.format(told=told)], capture_output=True, text=True, check=True)
    assert done.stdout == out


def test_who_was_not_told_goes_on() -> None:
    end_if_told()
