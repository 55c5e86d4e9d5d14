"""Make strangers' words fit for a format in which a line break or a control would mean something."""

from __future__ import annotations

import re
from typing import Final

# Controls, bidirectional embeddings, overrides and isolates, marks of annotation and of byte order, lone surrogates,
# and the two code points that XML forbids. Joiners and the plain direction marks stay: Persian and Hebrew need them.
_UNSAFE: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufeff\ud800-\udfff\ufffe\uffff]"
)


def plain_line(text: str) -> str:
    """Return `text` on one line, its words one space apart, without any code point that a program would obey."""
    return " ".join(_UNSAFE.sub("", text).split())
