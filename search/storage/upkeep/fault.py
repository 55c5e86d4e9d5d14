"""What is wrong with an instance, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from search.errors import NotPermitted, StoreUnavailable

RESTORE: Final = "Move the folder away and bring a backup back: `quotes restore FILE`."
PERMIT: Final = "Run it as the user whose archive it is, or have that user permit it."
MAY_BE_WHOLE: Final = "Nothing is known to be damaged."
REBUILD: Final = "Run `quotes rebuild`."
_ADVICE: Final = re.compile(r"(?:[:;] run|, and run| If it stays so, run)? `quotes rebuild`(?: makes it anew)?\.$")
NAMED: Final = 5  # ids that a sentence names: of more, their number says enough


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    part    of the instance: archive, index, utterances, vectors, files
    fault   one sentence that says what is wrong
    remedy  one sentence that says what to do
    """

    part: str
    fault: str
    remedy: str


def index_fault(error: StoreUnavailable) -> Fault:
    """Return the fault of an index that cannot be read; the error's own sentence may say what to do."""
    return Fault(
        "index", f"{_ADVICE.sub('', str(error)).rstrip('.')}.", PERMIT if isinstance(error, NotPermitted) else REBUILD
    )


def some_of(names: Sequence[object]) -> str:
    """Return the first of some names as they stand in a sentence, and how many more there are."""
    shown = ", ".join(str(name) for name in names[:NAMED])
    return f"{shown} and {len(names) - NAMED:,} more" if len(names) > NAMED else shown
