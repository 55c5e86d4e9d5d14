"""Tell what a speaker's name names: a person, a body, two people together, or nobody in particular.

"Official", "spokesman for Ann Lind" and "one House aide" are somebody, but not by name: many people go by each of them.
They are kept with their quotes, and are no speakers of a list or a facet. The words stand in `search/data/names.toml`.
"""

from __future__ import annotations

import functools
import re
from enum import StrEnum
from typing import Final

from search.names.given_names import is_first_name
from search.names.name_words import name_words
from search.names.person_name import is_plain, parse_name
from search.text.folding import fold, without_invisible

_LONGEST_NAME: Final = 200  # code points that are looked at
_MOST_TOGETHER: Final = 4  # people of one statement: a longer row is a list of something else
_TOKEN: Final = re.compile(r"&|\w+(?:['’\-.]\w+)*\.?")
_SEPARATOR: Final = re.compile(r",\s*")
_APART: Final = re.compile(r"(?<=\S)\s*\([^()]*\)\s*$")  # "(mayor)", by which people told two of one name apart


class SpeakerKind(StrEnum):
    """What a name names."""

    PERSON = "person"
    BODY = "body"
    UNNAMED = "unnamed"


@functools.lru_cache(maxsize=50_000)
def kind_of(name: str) -> SpeakerKind:
    """Return what a name names, by its words alone: what looks like a person's name counts as one."""
    if is_plain(name) and all(_singular(word) == word for word in parse_name(name).words):
        return SpeakerKind.PERSON  # the same as below in a fifth of the time
    name = _APART.sub("", name)
    parsed = parse_name(name)
    is_cut = len(parsed.core) > 1 or any(
        word in name_words("behind") or word in name_words("repeated") for word in parsed.words
    )
    if is_cut and parsed.core and parsed.core != parsed.words and parsed.core[0] not in name_words("relations"):
        name = " ".join(
            parsed.printed
        )  # "Secretary of State Ann Lind": the person's name, not the office, says who it is
    tokens = _TOKEN.findall(without_invisible(name[:_LONGEST_NAME]))
    words = [_singular(fold(token).removesuffix(".").removesuffix("'s").removesuffix("’s")) for token in tokens]
    unnamed, attributes, bodies = name_words("unnamed"), name_words("attributes"), name_words("bodies")
    nobody = unnamed | attributes | name_words("pronouns")
    is_named_body = len(words) > 1 and words[-1] in bodies and all(map(_is_capitalised, tokens))
    if not any(map(_is_capitalised, tokens)) or (all(word in nobody for word in words) and not is_named_body):
        return SpeakerKind.UNNAMED
    if words[0] in name_words("counting"):
        return SpeakerKind.UNNAMED
    # The noun that says who it is stands before the first "of" or "for", or at the end.
    until = next((at for at, token in enumerate(tokens) if at and token in name_words("relations")), len(words))
    head, printed = words[until - 1], tokens[until - 1]
    if head in bodies or fold(printed) in bodies:
        return SpeakerKind.BODY
    # "House Democrats": nobody speaks for all of them. "Catholics for Peace" is an organisation.
    if fold(printed) != head and head in name_words("groups"):
        is_organisation = "for" in tokens[until : until + 1] and all(map(_is_capitalised, tokens[until + 1 :]))
        return SpeakerKind.BODY if is_organisation else SpeakerKind.UNNAMED
    if head in unnamed and (not _is_capitalised(printed) or until < len(words) or len(words) == 1):
        return SpeakerKind.UNNAMED
    # "Democratic operative", "Lind allies": the noun at the end is printed small, and is no name's. "Parti socialiste" is a body's.
    if until == len(words) and not _is_capitalised(printed) and head not in name_words("particles"):
        return SpeakerKind.BODY if words[0] in bodies and _is_capitalised(tokens[0]) else SpeakerKind.UNNAMED
    # "New Harbour Republican": of a party, and nobody of that surname.
    if head in name_words("partisans") and len(words) > 1 and not is_first_name(tokens[0]):
        return SpeakerKind.UNNAMED
    # More small words than any name has: a clause, or somebody who is described.
    small = sum(not _is_capitalised(token) and fold(token) not in name_words("particles") for token in tokens)
    if small > 1 and not (until < len(words) and small == 2 and _is_capitalised(tokens[0])):
        return SpeakerKind.UNNAMED
    return SpeakerKind.PERSON


def is_person_or_body(name: str) -> bool:
    """Return whether a speaker's name names somebody: "official", "report" and "senior White House aide" do not."""
    return kind_of(name) is not SpeakerKind.UNNAMED


def is_clean(name: str) -> bool:
    """Return whether a name is printed as a name is: capitalised words (or particles), no mark of possession, no shouting."""
    tokens = _TOKEN.findall(name)
    folded = [fold(token) for token in tokens]
    return (
        bool(tokens)
        and all(
            _is_capitalised(token) or word in name_words("particles")
            for token, word in zip(tokens, folded, strict=True)
        )
        and not any(word in name_words("furniture") for word in folded)
        and not re.search(r"['’](?:s|m)?(?!\w)|\d|[a-z]{3}[A-Z]", name)
        and (not name.isupper() or len(name) <= 3)
        and len(set(folded)) == len(folded)
    )


@functools.lru_cache(maxsize=50_000)
def joint_parts(name: str) -> tuple[str, ...]:
    """Return the names of people of whom a name is a row: ("Ann Lind", "Bo Berg") for "Ann Lind and Bo Berg"; else none.

    Only their shape is judged; whether single words are surnames of somebody, the archive says.
    """
    tokens = _TOKEN.findall(without_invisible(name[:_LONGEST_NAME]))
    ands = [at for at, token in enumerate(tokens) if fold(token) in name_words("and") and 0 < at < len(tokens) - 1]
    if len(ands) != 1:
        return ()
    # Everything up to the "and" may be a row with commas.
    word = re.escape(tokens[ands[0]])
    halves = re.split(rf"\s+{word}\s+", name[:_LONGEST_NAME], maxsplit=1)
    if len(halves) != 2:
        return ()
    parts = [part.strip() for part in (*_SEPARATOR.split(halves[0]), halves[1]) if part.strip()]
    if not 2 <= len(parts) <= _MOST_TOGETHER or not all(_can_be_one(part) for part in parts):
        return ()
    return tuple(parts)


def _can_be_one(part: str) -> bool:
    core = parse_name(part)
    return (
        kind_of(part) is SpeakerKind.PERSON
        and bool(core.printed)
        and all(_is_capitalised(word) or fold(word) in name_words("particles") for word in core.printed)
    )


def _is_capitalised(word: str) -> bool:
    """Return whether a word begins with a capital, or with a letter of a script that has none."""
    return word[:1] != word[:1].lower() or (word[:1].isalpha() and word[:1].upper() == word[:1].lower())


def _singular(word: str) -> str:
    """Return a plural noun of the lists in the singular, any other word as it is."""
    if word.endswith("people"):
        return word
    for plural, one in (("men", "man"), ("ies", "y"), ("s", "")):
        if len(word) > 3 and word.endswith(plural) and not word.endswith("ss"):
            singular = word.removesuffix(plural) + one
            return singular if singular in name_words("unnamed") or singular in name_words("groups") else word
    return word
