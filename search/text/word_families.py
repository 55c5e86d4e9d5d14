"""Which words belong to one family though their stems differ: diplomacy, diplomatic, undiplomatic.

By rule, for English, from what two words have in common at the front and what ends them; a prefix that denies is set
aside. A guess, used to find and to show, never to say that two wordings are the same.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Final

from search.memo import SelfFillingTable
from search.text.information import common_stems

DENYING_PREFIXES: Final = ("non", "un", "in", "im", "il", "ir", "dis", "mis")
_ENDINGS: Final = frozenset(
    "ation ition ution tion sion ion ment ness ity iti ance ence anc enc ant ent able ible abl ibl al ial ic ical ive iv "
    "ous ious or er ar ist ism ize ise yze ify ful less ship hood dom cy ci acy aci ly y i e ed ing s es ate at t iz is".split()
)
_LONGEST_ENDING: Final = max(map(len, _ENDINGS))
_MOST_MEMBERS: Final = 12
_SHORTEST_ROOT: Final = 5  # letters that a family has to share at least: "nation" and "nature" share three


def _bare(stem: str) -> str:
    bare = stem
    for prefix in DENYING_PREFIXES:
        if (
            bare.startswith(prefix)
            and bare[len(prefix) :] in common_stems()
            and len(bare) - len(prefix) >= _SHORTEST_ROOT
        ):
            bare = bare[len(prefix) :]
            break
    for _ in range(2):
        for length in range(min(_LONGEST_ENDING, len(bare) - _SHORTEST_ROOT), 0, -1):
            if bare[-length:] in _ENDINGS:
                bare = bare[:-length]
                break
    return bare


root: Final[Callable[[str], str]] = SelfFillingTable(_bare, 100_000).__getitem__
"""Return a stem without its derivational endings and a denying prefix; the stem itself when that leaves too little."""


@functools.cache
def _sorted_stems() -> list[str]:
    """The common stems that may be of a family, in order."""
    return sorted(stem for stem in common_stems() if len(stem) > _SHORTEST_ROOT and stem.isalpha())


def _beginning_with(letters: str) -> Iterator[str]:
    """The common stems that begin with some letters."""
    stems = _sorted_stems()
    for place in range(bisect_left(stems, letters), len(stems)):
        if not stems[place].startswith(letters):
            return
        yield stems[place]


def _members(own_root: str) -> tuple[str, ...]:
    if len(own_root) < _SHORTEST_ROOT:
        return ()
    # Not by the roots of all 12,000: a find asks for thirty families, and those were a tenth of a cold command.
    beginnings = (own_root, *(prefix + own_root for prefix in DENYING_PREFIXES))
    members = {stem for letters in beginnings for stem in _beginning_with(letters) if root(stem) == own_root}
    return tuple(sorted(members)) if 1 < len(members) <= _MOST_MEMBERS else ()


_members_of: Final[Callable[[str], tuple[str, ...]]] = SelfFillingTable(_members, 100_000).__getitem__


def family(stem: str) -> tuple[str, ...]:
    """Return the other common stems of a stem's family; none for a family of more than twelve, which is no family."""
    return tuple(other for other in _members_of(root(stem)) if other != stem)
