"""Tell which offices and professions a printed role names: {"senator"} for "Democratic Sen.", nothing for "own party"."""

from __future__ import annotations

import functools
import itertools
import re
from typing import Final

from search.names.name_words import name_words
from search.text.folding import fold

_WORD: Final = re.compile(r"\w+")
_LONGEST_ROLE: Final = 200  # code points that are looked at
_ABBREVIATIONS: Final = {
    "sen": "senator", "sens": "senator", "reps": "representative", "rep": "representative", "congressman": "representative", "congresswoman": "representative",
    "gov": "governor", "gen": "general", "prof": "professor", "adm": "admiral", "ag": "attorney", "lawyer": "attorney",
    "chairwoman": "chairman", "chair": "chairman", "spokeswoman": "spokesman", "spokesperson": "spokesman",
}  # fmt: skip
_SAY_NOTHING: Final = frozenset(
    {"the", "former", "ex", "then", "late", "acting", "vice", "deputy", "chief", "mr", "mrs", "ms"}
)
_VICE: Final = "vice"  # a vice president is no president

_NO_LONGER: Final = frozenset(
    {"former", "ex", "late", "then", "spokesman", "spokeswoman", "spokesperson", "aide", "for"}
)


@functools.lru_cache(maxsize=10_000)
def office_nouns(role: str) -> frozenset[str]:
    """Return the nouns of office in a role, in the singular, written out: "secretary" of "Secretary of State".

    Whoever is "spokesman for Speaker Lind" is no speaker, and the son of a leader none.
    """
    known, relations = name_words("titles") | name_words("offices"), name_words("relations")
    words = itertools.takewhile(lambda word: word not in relations, map(fold, _WORD.findall(role[:_LONGEST_ROLE])))
    nouns = [word.removesuffix("s") if word not in known else word for word in words]
    return frozenset(
        f"{_VICE} {noun}" if before == _VICE else _ABBREVIATIONS.get(noun, noun)
        for before, noun in itertools.pairwise(["", *nouns])
        if noun in known and noun not in _SAY_NOTHING
    )


def role_and_place(description: str) -> tuple[str, str]:
    """Return the role and the place of "the Indiana governor" and "governor of Indiana"; an empty place where none is said.

    Somebody who had the office once is somebody else.
    """
    words = _WORD.findall(description[:_LONGEST_ROLE])
    if not words or any(fold(word) in _NO_LONGER for word in words):
        return description, ""
    capitalised = [word for word in words if word[:1].isupper() and not office_nouns(word) and fold(word) != "the"]
    role = [word for word in words if word not in capitalised]
    return " ".join(role), " ".join(capitalised)
