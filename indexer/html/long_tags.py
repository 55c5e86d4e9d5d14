"""Tags with thousands of attributes, for which libxml2 takes the square of their number: 250,000 of them, minutes."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

# The tags of real pages have some dozens.
MAX_ATTRIBUTES: Final = 1_000
_LONG: Final = 4 * MAX_ATTRIBUTES  # characters: a shorter tag has no more of them that differ
# A tag up to its end; as HTML5 reads it, a mark begins a value behind "=" alone. Each letter is looked at once.
_TAG: Final = re.compile(r"<[a-zA-Z](?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+")
_ATTRIBUTE: Final = re.compile(r"[^\s/=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s]*+))?+")
# Where the next tag begins, or what holds none up to its own end: a comment, a script.
_BEGINS: Final = re.compile(r"<(?:(!--)|(?:(script|style|textarea|title|xmp)(?=[\s/>])|[a-zA-Z]))", re.IGNORECASE)


def trim_attributes(text: str) -> str:
    """Return markup whose tags keep the first `MAX_ATTRIBUTES` attributes each; nearly always it comes back as it was."""
    if len(text) < _LONG or max(map(len, _TAG.findall(text)), default=0) < _LONG:
        return text
    lower = text.lower()
    pieces: list[str] = []
    ended: set[str] = set()  # ends that do not come any more, so that nobody looks for them again
    done = at = 0
    while begins := _BEGINS.search(text, at):
        end = "-->"
        at = begins.end()
        if not begins[1]:
            tag = _TAG.match(text, begins.start())
            assert tag is not None
            at = tag.end()
            if at - tag.start() >= _LONG and (keep := _most(text, tag)) < at:
                pieces.append(text[done:keep])
                done = at
            if not begins[2]:
                continue
            end = "</" + begins[2].lower()
        if end not in ended:
            found = lower.find(end, at)
            at = found if found >= 0 else at
            ended |= {end} if found < 0 else set()
    pieces.append(text[done:])
    return "".join(pieces)


def _most(text: str, tag: re.Match[str]) -> int:
    """Return where the last attribute ends that a tag may keep, or where the tag ends."""
    # The first that is found is the name of the tag.
    last = next(islice(_ATTRIBUTE.finditer(text, tag.start() + 1, tag.end()), MAX_ATTRIBUTES + 1, None), None)
    return last.start() if last else tag.end()
