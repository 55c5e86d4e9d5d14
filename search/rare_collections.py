"""Let Python look for garbage more rarely while much is made that stays: each look goes through all of it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# Python's own number is 700 up to 3.12. Of 200 articles with 3,000 quotes a ninth of the CPU of storing and linking went into
# looking for garbage, of which there is hardly any; with this number a fortieth. Some MB may wait to be found.
MADE_BETWEEN: Final = 50_000


@contextmanager
def rare_collections() -> Iterator[None]:
    """Look for cyclic garbage once in `MADE_BETWEEN` new objects until the block ends, in all threads of the process."""
    made, *older = gc.get_threshold()
    gc.set_threshold(max(made, MADE_BETWEEN), *older)
    try:
        yield
    finally:
        gc.set_threshold(made, *older)
