"""Parse names of people, and say whether two of them can be one person's.

The one place for it: what joins names across documents, what weighs two speakers in a verdict, and what a filter means by
a name all ask here, with the same titles (`search/data/names.toml`). None of the rules guesses between two people.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from search.names.given_names import Gender, Likeness, gender_shown, likeness, spelling
from search.names.name_words import listed_words, name_words
from search.text.folding import fold, without_invisible

_LONGEST_NAME: Final = 200  # code points that are looked at: what is longer is no name
_POSSESSIVE: Final = re.compile(r"['’]s?(?!\w)")
_WORD: Final = re.compile(r"\w+")
_ALONE: Final = ("al", "el")  # articles that are printed without a hyphen, too
_DEPARTMENTS: Final = ("department", "ministry")
_OF_STATES: Final = ("u", "s", "us", "the")  # before "Department of Labor"
_INTRODUCTION: Final = re.compile(r"\AI['’]m (?=[A-Z])")
_PLAIN: Final = re.compile("[A-Z][a-z]+ [A-Z][a-z]+")  # as more than half of an archive's names are
# Where two words of a page were run together ("LindSenate", "Lind2020"); McDonald, DeLay and MacArthur are one word.
_GLUED: Final = re.compile(r"(?<=[a-z]{3})(?<!\bMac)(?<!\bFitz)(?<!\bVander)(?=[A-Z0-9])")


class PersonName(NamedTuple):
    """A name taken apart. `words` are all its words, folded; `core` those that are no title or suffix (all, if none).

    `printed` are the words of the core as they are printed; `title` is the title next to the core, `suffix` "jr" or "iii".
    """

    words: tuple[str, ...]
    core: tuple[str, ...]
    printed: tuple[str, ...] = ()
    title: str | None = None
    suffix: str | None = None

    @property
    def last_word(self) -> str:
        """The last word of its core, which is the surname as far as can be told; empty for a name without words."""
        return self.core[-1] if self.core else ""


@functools.lru_cache(maxsize=50_000)  # an archive of a million quotes has some 30,000 names, a query asks about a few
def parse_name(name: str) -> PersonName:
    """Return a name as it is printed, taken apart; what stands behind a comma is no part of its core.

    Titles are taken off in front only, with the words before an office ("EPA Administrator"): Stephen King stays King.
    So are words of the page around a name ("WATCHED"), "himself", "of California", and a surname or first name that is
    printed twice, as pages do which put the full name behind the one of the text.
    """
    if is_plain(name):  # the same as below in a tenth of the time
        printed = tuple(name.split(" "))
        words = tuple(map(str.lower, printed))
        return PersonName(words, words, printed)
    before, _, behind = _INTRODUCTION.sub("", without_invisible(name[:_LONGEST_NAME])).partition(",")
    printed, behind_words = _words(before), tuple(map(fold, _words(behind)))
    words = tuple(map(fold, printed))
    if not words:
        return PersonName(behind_words, ())
    parted = _words(_GLUED.sub(" ", before))
    start, end = _doubled_name(parted)
    if (start, end) == (0, len(parted)):
        end = len(printed)
    else:
        printed = parted
    inner = tuple(map(fold, printed))
    suffixes = name_words("suffixes")
    suffix = behind_words[0] if behind_words[:1] and behind_words[0] in suffixes else None
    while end - start > 1 and inner[end - 1] in suffixes:
        end -= 1
        suffix = inner[end]
    end = start + _tail_start(inner[start:end], printed[start:end])
    titles = _titles_end(inner[start:end])
    start += titles
    title = inner[start - 1] if titles else None
    kept = [at for at in range(start, end) if not _is_article(inner[:end], printed, at, before, opens=at == start)]
    kept = list(_with_matter_first(kept, inner, printed))
    core, shown = tuple(inner[at] for at in kept), tuple(printed[at] for at in kept)
    return PersonName(words + behind_words, core, shown, title, suffix)


def is_plain(name: str) -> bool:
    """Return whether a name is two capitalised words of plain letters, of which no list says anything: "Ann Lind"."""
    if _PLAIN.fullmatch(name) is None:
        return False
    first, last = name.lower().split(" ")
    return first != last and first not in listed_words() and last not in listed_words()


def _with_matter_first(kept: Sequence[int], words: Sequence[str], printed: Sequence[str]) -> Sequence[int]:
    """Return the places of a name's words, those of "Department of Labor" as "Labor Department" has them."""
    heads = [n for n, at in enumerate(kept) if words[at] in _DEPARTMENTS]
    first = heads[0] if len(heads) == 1 else -1
    is_body = first >= 0 and len(kept) > first + 2 and words[kept[first + 1]] == "of"
    if not is_body or not all(words[at] in _OF_STATES for at in kept[:first]):
        return kept
    matter = [at for at in kept[first + 2 :] if words[at] != "the"]
    is_named = all(printed[at][:1].isupper() or words[at] == "and" for at in matter)
    return [*matter, kept[first]] if matter and is_named else kept


def _is_article(words: Sequence[str], printed: Sequence[str], at: int, name: str, *, opens: bool) -> bool:
    """Return whether a word is an article before a surname, which papers print or leave out: "al-Assad", "al Maliki"; Al Gore is Al."""
    if at == len(words) - 1 or words[at] not in name_words("articles"):
        return False
    return f"{printed[at]}-{printed[at + 1]}" in name or (words[at] in _ALONE and not opens)


def _doubled_name(printed: Sequence[str]) -> tuple[int, int]:
    """Return where the full name begins and ends in "Lind Ann Mary Lind" and "Ann Lind Ann Mary LindSenate"; else all."""
    words = [fold(word) for word in printed]
    for first in range(len(words) - 2):
        for last in range(first + 2, len(words)):
            again = words[first] == words[last] and len(words[first]) > 2
            if again and (words[first + 1] == words[0] if first else last - first > 2):
                return first + 1, last + 1
    return 0, len(words)


def _tail_start(words: Sequence[str], printed: Sequence[str]) -> int:
    """Return how many words are left without what stands behind the name: "himself", a name again, "of California"."""
    end = len(words)
    while end > 1 and (words[end - 1] in name_words("repeated") or words[end - 1] == words[end - 2]):
        end -= 1
    if end == 3 and likeness(words[0], words[2]) in (Likeness.SAME, Likeness.NICKNAME):
        end = 2  # "Jim Berg James", of which the rest was cut off
    for at in range(1, end):
        # "Mr. Lind last week", "Marta Lind Wednesday", "Lind Says"; "Harbour Today" is a paper.
        is_behind = words[at] in name_words("behind") and (at > 1 or not printed[at][:1].isupper())
        is_cut = is_behind or words[at] in name_words("verbs")
        if is_cut and any(word not in name_words("titles") for word in words[:at]):  # "the late Marta Lind"
            return at
    for at in range(2, end - 1):
        if words[at] in ("of", "from") and all(word[:1].isupper() for word in (*printed[:at], *printed[at + 1 : end])):
            nobody = name_words("bodies") | name_words("unnamed") | name_words("offices") | name_words("titles")
            return end if any(word in nobody for word in words[at - 1 : at]) else at
    return end


def _titles_end(words: Sequence[str]) -> int:
    """Return how many words in front are titles, with what belongs to them; 0 where nothing else would be left."""
    titles, offices, relations = name_words("titles"), name_words("offices"), name_words("relations")
    before = titles | name_words("furniture")
    start = next((at for at, word in enumerate(words) if word not in before), len(words))
    if start == len(words):
        return len(words) - 1 if len(words) > 1 and words[-1] in name_words("surname_titles") else 0
    if start == len(words) - 1 and words[start] in name_words("bodies"):
        return 0  # "Justice Department"
    # "EPA Administrator Scott Lind": two words are left behind the last office, and nothing says that he is somebody's.
    for at in range(len(words) - 3, start - 1, -1):
        if words[at] in offices and not any(word in relations for word in words[: at + 1]):
            return _titles_end(words[at + 1 :]) + at + 1
    # "Secretary of State Ann Lind": an office may have an "of" and the one word that it is over.
    if (
        words[start] == "of"
        and 0 < start < len(words) - 3
        and words[start + 1] != "the"
        and words[-1] not in name_words("bodies")
    ):
        return start + 2
    # "Spokesman for Ann Lind" is not Ann Lind.
    return 0 if words[start] in relations else start


def _words(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_POSSESSIVE.sub("", name)))


def words_within(name: str) -> set[str]:
    """Return the words that `parse_name` may find in a name, folded: more than it does, in a fortieth of the time."""
    shown = without_invisible(name[:_LONGEST_NAME])
    return {fold(word) for word in (*_words(shown), *_words(_GLUED.sub(" ", shown)))}


def last_word(name: str) -> str:
    """Return the last word of a name without its suffix: its surname, as far as can be told."""
    return parse_name(name).last_word


def fits(short: Sequence[str], full: Sequence[str]) -> bool:
    """Return whether a shorter name can be the fuller one, both given by their cores.

    The last word is the same, and the others of the shorter are words or initials of the fuller.
    """
    if not short or not full or short[-1] != full[-1] or len(short) > len(full):
        return False
    rest = list(full[:-1])
    for word in short[:-1]:
        match = next((w for w in rest if spelling(w) == spelling(word) or (len(word) == 1 and w[0] == word)), None)
        if match is None:
            return False
        rest.remove(match)
    return True


def initials_clash(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether two names (their cores) have rows of middle initials of which neither begins the other."""
    ours, theirs = (tuple(word[0] for word in core[1:-1] if len(word) == 1) for core in (one, other))
    both = min(len(ours), len(theirs))
    return both > 0 and ours[:both] != theirs[:both]


def has_all_words(name: str, wanted: str) -> bool:
    """Return whether all words of `wanted` stand in a name, in any order: "zarif" and "zarif javad" name Javad Zarif."""
    words = parse_name(wanted).words
    return bool(words) and set(words) <= set(parse_name(name).words)


def can_be_surname(name: str) -> bool:
    """Return whether a name of one word can be a person's surname: "the police", "Washington" and "spokesman" are nobody's."""
    word = name.rpartition(" ")[2]
    folded = fold(word)
    if folded in name_words("bodies") or folded in name_words("places") or folded in name_words("unnamed"):
        return False
    # Scripts without capitals: one character is a Chinese surname, which thousands have.
    has_no_case = word[:1].isalpha() and word[:1].lower() == word[:1].upper() and len(word) > 1
    return word[:1] != word[:1].lower() or has_no_case


def titled_gender(name: str) -> Gender:
    """Return the gender that the words beside a name show: "Mr. Lind", "Lind herself"; UNKNOWN for a name alone."""
    parsed = parse_name(name)
    beside = set(parsed.words).difference(parsed.core)
    return gender_shown(not beside.isdisjoint(name_words("masculine")), not beside.isdisjoint(name_words("feminine")))


def folded_name(name: str) -> str:
    """Return the words of a name, folded, one space between them: equal for two ways to print one name."""
    return " ".join(parse_name(name).words)
