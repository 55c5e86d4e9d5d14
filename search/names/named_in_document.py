"""Say whom a bare surname means in its own document: the only person there whose full name ends in it.

Nothing but the document is read, and the full names that the archive has of that surname: so it costs the same however
large the archive is, and is done once, when the document comes.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from search.names.given_names import first_name_gender, given_names_fit, is_first_name
from search.names.name_words import name_words
from search.names.people import SURE_ENOUGH, UNSEEN_HOLDERS, NameCount
from search.names.person_name import can_be_surname, parse_name, titled_gender
from search.names.speaker_kind import SpeakerKind, joint_parts, kind_of
from search.text.folding import fold

NAMED_CHANCE: Final = 0.97
"""How often the only person of that surname whom a document names in full is the one meant: 58 of 60 were, read by hand."""
_MOST_PLACES: Final = 200  # of a surname in one document that are looked at: no article has more
_MOST_BEFORE: Final = 60  # code points before a surname in which first names are looked for
_ATTESTED: Final = 3  # documents that have a name with a middle name of no list: one alone may have run two together
_MOST_GIVEN: Final = 3  # words before a surname that are a person's
# What may stand in front of a surname on its line: capitalised words and initials, one space between two.
_BEFORE: Final = re.compile(r"(?:(?<![\w.'’-])(?:(?:[^\W\d_]\.){1,3}|[^\W\d_][\w'’-]*) )+\Z")
_LAST_WORD: Final = re.compile(r"(?<!\w)(\w+)\.? \Z")
_SAINTS: Final = frozenset({"san", "santa", "st", "saint"})
_INITIAL: Final = re.compile(r"(?:[^\W\d_]\.?){1,3}")


@dataclass(frozen=True, slots=True)
class MeantName:
    """A fuller name that stands for what is printed: why, and the chance that it is right."""

    name: str
    why: str
    chance: float = 1.0


def bare_surname(name: str) -> str | None:
    """Return the surname that a name is nothing but, as printed: "Lind" of "Mr. Lind"; None for any other name."""
    parsed = parse_name(name)
    if len(parsed.core) != 1 or len(parsed.words) > _MOST_GIVEN + 1 or not parsed.printed or joint_parts(name):
        return None
    word = parsed.printed[0]
    is_acronym = word.isupper() and len(word) < 5 and word[:1].lower() != word[:1].upper()
    is_a_persons = kind_of(name) is SpeakerKind.PERSON and can_be_surname(word)
    has_case = word[:1].isupper() and len(word) > 1
    if is_acronym or not is_a_persons or not has_case or parsed.title in name_words("crowned") or parsed.suffix:
        return None
    return word


def named_in_document(name: str, mention: str | None, text: str, known: Iterable[NameCount]) -> MeantName | None:
    """Return the full name that a bare surname stands for in the text of its document; None where that is not certain.

    `mention` is the name as it is printed beside the quote ("Ms. Lind" excludes Jonas Lind), `known` are full names that
    the archive has. None where the text has nobody, or two people, of that surname, and where it is a first name there.
    """
    surname = bare_surname(name)
    if surname is None:
        return None
    attested = [one for one in known if _is_attested(one)]
    places = list(_places(surname, text))
    found = {
        parse_name(" ".join(words)).core: words
        for words in _full_names(surname, places, {parse_name(one.name).core for one in attested})
    }
    # What begins with no first name of the lists, as "Harbour Lind", is somebody only where nobody else can be meant.
    likely = [core for core in found if is_first_name(core[0])] or list(found)
    printed = [one for one in (name, mention) if one is not None]
    people = _people([core for core in likely if all(_gender_fits(core, one) for one in printed)])
    if len(people) != 1 or (not _is_titled(printed) and _is_first_name_in(surname, text)):
        return None
    titles = {title for place in places if (title := _title_at(place)) is not None}
    if not _titles_fit(people[0], titles, surname, attested):
        return None
    full = " ".join(found[people[0]])
    return MeantName(full, f"its document names {full}", NAMED_CHANCE)


class _Place(NamedTuple):
    """Where a surname stands: the code points before it on its line, and the capitalised words next to it."""

    before: str
    given: Sequence[str]


def _places(surname: str, text: str) -> Iterator[_Place]:
    """Yield the first `_MOST_PLACES` places of a surname in a text."""
    places = re.compile(rf"(?<![\w'’-]){re.escape(surname)}(?![\w-])")
    for place in itertools.islice(places.finditer(text), _MOST_PLACES):
        before = text[max(0, place.start() - _MOST_BEFORE) : place.start()].rpartition("\n")[2]
        near = _BEFORE.search(before)
        given = near.group().split()[-_MOST_GIVEN - 1 :] if near else []
        if near and given and fold(given[0]) in name_words("openers") and _opens_sentence(before[: near.start()]):
            del given[0]  # "Will Lind resign?"
        yield _Place(before, given)


def _opens_sentence(before: str) -> bool:
    """Return whether what stands behind some text begins a sentence, or what stands between marks."""
    kept = before.rstrip(" ")
    title = _LAST_WORD.search(before)  # "Sen. Will Lind"
    is_titled = title is not None and fold(title.group(1)) in name_words("titles")
    return not kept or not (kept[-1].isalnum() or kept[-1] in ",;)" or is_titled)


def _full_names(surname: str, places: Iterable[_Place], known: Collection[tuple[str, ...]]) -> Iterator[Sequence[str]]:
    """Yield the full names that end in a surname, as words; those of titles and other capitals left out."""
    for place in places:
        for start in range(max(0, len(place.given) - _MOST_GIVEN), len(place.given)):
            words = [*place.given[start:], surname]
            parsed = parse_name(" ".join(words))
            is_known = parsed.core in known and parsed.core == parsed.words
            before = place.given[start - 1] if start else ""
            is_rest = fold(before) in _SAINTS or is_first_name(before)  # of "San Francisco Chronicle", "Jane Berg Lind"
            is_name = all(word[:1].isupper() for word in words) and not is_rest
            if is_name and (is_known or _is_listed(place.given[start:])):
                yield words
                break


def _title_at(place: _Place) -> str | None:
    """Return the title right before a surname: "president" of "President Lind", and "mr" of "Mr. Lind"."""
    before = _LAST_WORD.search(place.before)
    title = fold(before.group(1)) if before else ""
    return title if title in name_words("titles") and title != "the" else None


def _titles_fit(core: Sequence[str], titles: Collection[str], surname: str, attested: Sequence[NameCount]) -> bool:
    """Return whether the titles that a text gives a surname can be those of the one whom it names in full.

    "Mr. Lind" is not Marta Lind; nor is "President Lind" where nearly all documents of the archive mean Otto Lind by Lind.
    """
    if not all(_gender_fits(core, f"{title} {surname}") for title in titles):
        return False
    best = max(attested, key=lambda one: one.documents, default=None)
    if (
        best is None
        or given_names_fit(parse_name(best.name).core[:-1], core[:-1])
        or given_names_fit(core[:-1], parse_name(best.name).core[:-1])
    ):
        return True
    share = best.documents / (sum(one.documents for one in attested) + UNSEEN_HOLDERS)
    return share < SURE_ENOUGH or all(titled_gender(f"{title} {surname}") for title in titles)


def _is_attested(known: NameCount) -> bool:
    """Return whether a name that the archive has is a full one, and no two that a page ran together."""
    given = parse_name(known.name).core[:-1]
    if not given or any(given[0] in name_words(words) for words in ("unnamed", "bodies", "furniture", "titles")):
        return False
    is_plain = all(_INITIAL.fullmatch(word) or is_first_name(word) for word in given[1:])
    return kind_of(known.name) is SpeakerKind.PERSON and (is_plain or known.documents >= _ATTESTED)


def _is_listed(given: Sequence[str]) -> bool:
    """Return whether words are a first name of the lists with nothing but initials behind it."""
    return is_first_name(given[0]) and all(map(_INITIAL.fullmatch, given[1:]))


def _people(cores: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the fullest core of each person: "Marta Lind" and "Marta J. Lind" are one."""
    people: list[tuple[str, ...]] = []
    for core in sorted(cores, key=lambda core: (-len(core), core)):
        if not any(given_names_fit(core[:-1], fuller[:-1]) for fuller in people):
            people.append(core)
    return people


def _gender_fits(core: Sequence[str], printed: str) -> bool:
    """Return whether a full name can be the one whom a title or "herself" shows to be a woman or a man."""
    return titled_gender(printed) * first_name_gender(core[0]) >= 0


def _is_titled(printed: Iterable[str]) -> bool:
    return any(parse_name(name).title is not None for name in printed)


def _is_first_name_in(word: str, text: str) -> bool:
    """Return whether a word that is a first name stands before another capitalised word somewhere: "Kelly Lind"."""
    if not is_first_name(word):
        return False
    behind = re.findall(rf"(?<![\w'’-]){re.escape(word)} ([^\W\d_][\w'’-]+)", text)
    return any(other[:1].isupper() and fold(other) not in name_words("titles") for other in behind)
