"""Tell the party and state behind a member of Congress: "Ann Lee, D-Ohio, said", "Ann Lee (D-Calif.) said", "Ann Lee D-Ohio, said"."""

from __future__ import annotations

import re

from indexer.quotations.outline import Outline

_TAG = re.compile(r"[RDI]-[A-Z]")
_CLOSING = {"(": ")", ",": ","}
_LONGEST_STATE = 3  # items, the closing mark included: "D-New Hampshire)"


def is_party_tag(word: str) -> bool:
    """Return whether a word is a party with a state: "R-Maine", "D-Calif."."""
    return _TAG.match(word) is not None


def past_party_tag(outline: Outline, last: int) -> int:
    """Return the item behind the tag, with its marks, that begins at item `last`; `last` itself where none does."""
    if last + 1 < len(outline) and is_party_tag(outline.words[last]):
        return last + 2 if outline.words[last + 1] == "," else last + 1
    if last + 1 >= len(outline) or outline.words[last] not in _CLOSING or not is_party_tag(outline.words[last + 1]):
        return last
    for k in range(last + 2, min(last + 2 + _LONGEST_STATE, len(outline))):
        if outline.words[k] == _CLOSING[outline.words[last]]:
            return k + 1
    return last
