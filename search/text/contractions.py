"""Open contractions and elisions: "won't" is "will not", "qu'il" is "que il", "the minister's" is "the minister".

The words are those of `search/data/contractions.toml`.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Final, NamedTuple

_MOST_ENDINGS: Final = 3  # apostrophes of one word that are opened one after another ("I'd've"); more is noise


class _Contractions(NamedTuple):
    words: Mapping[str, str]
    endings: Mapping[str, str]
    is_before_s: frozenset[str]
    elided: frozenset[str]


@functools.cache
def _contractions() -> _Contractions:
    data = (resources.files("search") / "data" / "contractions.toml").read_text(encoding="utf-8")
    languages = tomllib.loads(data)
    english = languages["en"]
    elided = (word for language in languages.values() for word in language.get("elided", ()))
    return _Contractions(english["words"], english["endings"], frozenset(english["is_before_s"]), frozenset(elided))


def expand(word: str) -> list[str]:
    """Return the words that a written word stands for; the word itself when it is no contraction.

    `word` is in lower case, with plain apostrophes. Possessive endings are dropped.
    """
    known = _contractions()
    if word in known.words:
        return known.words[word].split()
    head, mark, tail = word.rpartition("'")
    if not mark or not head:
        return [word]
    if tail == "t" and head.endswith("n"):
        return [head[:-1], "not"] if len(head) > 1 else [word]
    if tail == "s":
        return [head, "is"] if head in known.is_before_s else expand(head)
    ending = known.endings.get(mark + tail)
    if ending:
        return [*expand(head), ending] if head.count("'") < _MOST_ENDINGS else [head, ending]
    if head in known.elided and len(tail) > 1:
        return [head, tail]
    return [word.replace("'", "")]
