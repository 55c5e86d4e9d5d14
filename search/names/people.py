"""Put the names that share a surname into people, by their words and by how many documents print each.

The fullest names lead; a shorter one goes to the leader that it fits. Where it fits several, and for a bare surname, the
share of documents decides, as a chance: below `SURE_ENOUGH` a name stays a speaker of its own. Nothing here reads
anything but the names that are given, so that a group costs the same however large the archive is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz.distance import OSA

from search.message import Message, counted_message
from search.names.given_names import (
    Gender,
    Likeness,
    first_name_gender,
    given_names_fit,
    is_first_name,
    signs_asked,
    signs_of,
    spelling,
)
from search.names.name_words import name_words
from search.names.person_name import PersonName, can_be_surname, parse_name, titled_gender
from search.names.romanisation import consonants, is_latin
from search.names.speaker_kind import SpeakerKind, is_clean, kind_of

SURE_ENOUGH: Final = 0.85
"""The chance from which on a name that may be several people's goes to one: a wrong name costs more than a missing one."""
UNSEEN_HOLDERS: Final = 0.5  # documents: holders of a name whose full name the archive has not printed yet
UNSEEN_ACRONYMS: Final = 3.0  # of a word in capitals, which may be no name at all
OWN_LIFE: Final = (
    3.0  # times as many documents as its holder's: a bare word is then a name of its own, Madonna or Paris
)
ATTESTED: Final = 5  # documents, and
ATTESTED_TIMES: Final = 4.0  # times as many as of the longer name in which a name stands, for the longer to be a slip
SUFFIX_TIMES: Final = 20
"""Times as many documents as of a name with "Jr." the one without may have, for both to be one person's. Of those so printed in two
archives that is 1 to 13; of a son who is known by his father's name 1 to 83."""
_SLIP_LETTERS: Final = 6  # of a surname, from which one letter is no other name: Dole and Dold, Price and Rice
_COMPARED_CONSONANTS: Final = 4  # of surname and first name together, for two scripts to be compared by them


@dataclass(frozen=True, slots=True)
class NameCount:
    """A name of the archive: its quotes, and the documents that have one."""

    name: str
    quotes: int
    documents: int


@dataclass(frozen=True, slots=True)
class JoinReason:
    """Why a name stands for a speaker: the rule in words, its chance, and the speakers that it was kept from and why."""

    why: str
    chance: float = 1.0
    left_out: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Form:
    """One way to name somebody: all printed names of the same core, suffix and, for bare surnames, gender."""

    parsed: PersonName
    names: list[NameCount] = field(default_factory=list)
    person: int = -1  # number of the person; -1 for none yet
    reason: JoinReason = JoinReason(Message("a name of its own"))

    @property
    def documents(self) -> int:
        """Return how many documents print it."""
        return sum(one.documents for one in self.names)

    @property
    def given(self) -> tuple[str, ...]:
        """Return the words before the surname."""
        return self.parsed.core[:-1]

    @property
    def is_mononym(self) -> bool:
        """Return whether somebody goes by this one word: Pope Francis."""
        return any(parse_name(one.name).title in name_words("crowned") for one in self.names)


def form_key(name: str) -> tuple[object, ...]:
    """Return what is equal for names that differ only in titles, case and marks."""
    parsed = parse_name(name)
    bare = len(parsed.core) == 1
    return (
        parsed.core,
        parsed.suffix,
        bare and titled_gender(name),
        bare and name.isupper() and len(name) < 5,  # ICE and the IRS are no people called Ice
    )


def group_people(
    counts: Iterable[NameCount], apart: Callable[[str, str], bool], roles: Callable[[str], frozenset[str]]
) -> list[list[Form]]:
    """Return the forms of names that share a surname, person by person.

    `apart` says whether somebody decided that two names are different people, `roles` which nouns a name is printed with.
    """
    return _Grouping(apart, roles).group(counts)


class _Grouping:
    def __init__(self, apart: Callable[[str, str], bool], roles: Callable[[str], frozenset[str]]) -> None:
        self._apart = apart
        self._roles = roles
        self._leaders: list[Form] = []
        self._slips: list[Form] = []
        self._members: list[list[Form]] = []  # of each person
        self._documents: list[int] = []
        self._by_sign: dict[tuple[str, str], list[int]] = {}  # the persons by the signs of their first names

    def group(self, counts: Iterable[NameCount]) -> list[list[Form]]:
        forms: dict[tuple[object, ...], Form] = {}
        for one in sorted(counts, key=lambda one: one.name):
            forms.setdefault(form_key(one.name), Form(parse_name(one.name))).names.append(one)
        full = [form for form in forms.values() if is_full_name(form)]
        # What has another word in front of a well-known full name leads nobody; `Speakers` puts it to that person.
        self._slips = [form for form in full if _is_slip(form, forms)]
        full = [form for form in full if form not in self._slips]
        leading = set(map(id, full))
        rest = [form for form in forms.values() if id(form) not in leading]
        for form in sorted(full, key=lambda form: (-len(form.given), -form.documents, form.parsed.core)):
            self._place(form, self._fitting(form))
        for form in sorted(rest, key=lambda form: (form.parsed.core, form.names[0].name)):
            self._place(form, self._holders(form) if _is_bare(form) else {})
        people: dict[int, list[Form]] = {}
        for form in forms.values():
            people.setdefault(form.person, []).append(form)
        return list(people.values())

    def _place(self, form: Form, possible: Mapping[int, str]) -> None:
        """Put a form to the person that it means, if that is sure enough; let it stand alone otherwise."""
        allowed = {number: why for number, why in possible.items() if not self._told_apart(form, number)}
        left_out = [(self._title_of(number), Message("you said so")) for number in possible.keys() - allowed.keys()]
        if allowed:
            best = max(allowed, key=lambda number: (self._documents[number], -number))
            chance = self._chance(form, best, allowed)
            others = [number for number in sorted(allowed) if number != best]
            if chance >= SURE_ENOUGH:
                left_out += [
                    (
                        self._title_of(one),
                        counted_message("in %(num)s document only", "in %(num)s documents only", self._documents[one]),
                    )
                    for one in others
                ]
                self._join(form, best, JoinReason(allowed[best], chance, tuple(left_out)))
                return
            left_out += [
                (
                    self._title_of(one),
                    counted_message(
                        "%(num)s document, chance %(chance)s",
                        "%(num)s documents, chance %(chance)s",
                        self._documents[one],
                        chance=format(self._chance(form, one, allowed), ".2f"),
                    ),
                )
                for one in (best, *others)
            ]
        form.reason = JoinReason(form.reason.why, 1.0, tuple(left_out))
        form.person = len(self._leaders)
        self._leaders.append(form)
        self._members.append([form])
        self._documents.append(form.documents)
        for sign in {sign for word in form.given for sign in signs_of(word)}:
            self._by_sign.setdefault(sign, []).append(form.person)

    def _join(self, form: Form, person: int, reason: JoinReason) -> None:
        form.person, form.reason = person, reason
        self._members[person].append(form)
        self._documents[person] += form.documents

    def _chance(self, form: Form, person: int, possible: Mapping[int, str]) -> float:
        """Return the chance that a form means a person: his share of the documents that print one of those it may mean."""
        if not _is_bare(form) and len(possible) == 1:
            return 1.0
        unseen = UNSEEN_ACRONYMS if form.names[0].name.isupper() and len(form.names[0].name) < 5 else UNSEEN_HOLDERS
        return self._documents[person] / (sum(self._documents[one] for one in possible) + unseen)

    def _fitting(self, form: Form) -> dict[int, str]:
        """Return the persons whose leading name a shorter full name fits, each with the reason."""
        found: dict[int, str] = {}
        # Not all of them: 4,000 people of one surname took half a minute.
        asked = signs_asked(form.given[0]) if form.given else ()
        for number in sorted({number for sign in asked for number in self._by_sign.get(sign, ())}):
            leader = self._leaders[number]
            if (
                not len(leader.parsed.core) > 1 and leader not in self._slips and is_full_name(leader)
            ) or not self._suffix_fits(form, number):
                continue
            why = self._same_person(form, leader, number)
            if why is not None:
                found[number] = why
        return found

    def _same_person(self, form: Form, leader: Form, person: int) -> str | None:
        surname, other = form.parsed.core[-1], leader.parsed.core[-1]
        fit = given_names_fit(form.given, leader.given)
        if fit is None:
            return None
        if is_latin(surname) != is_latin(other):
            first = max((consonants(word) for word in form.given), key=len)
            enough = len(consonants(surname)) + len(first) >= _COMPARED_CONSONANTS
            return (
                Message("the same name in other letters")
                if enough and consonants(surname) == consonants(other)
                else None
            )
        if surname != other and (fit is not Likeness.SAME or not self._same_surname(form, leader, person)):
            return None
        # "H.R. Lind" may be a Henry, and "Bill" a William, or others.
        is_doubtful = fit is Likeness.NICKNAME or all(len(word) == 1 for word in leader.given)
        if is_doubtful and not self._roles_agree(form, person):
            return None
        # More of those called Chris, Alex or Sam are men, so that a woman's name needs a sign of its own.
        if fit is Likeness.NICKNAME and _may_be_a_mans(form, leader) and not self._roles_shared(form, person):
            return None
        if surname != other:
            return Message("another spelling")
        return {
            Likeness.NICKNAME: Message("a short form of the first name"),
            Likeness.INITIAL: Message("an initial of the first name"),
        }.get(fit, Message("the same first name and surname"))

    def _suffix_fits(self, form: Form, person: int) -> bool:
        """Return whether a form has the suffix of a person, or may leave it out or add it: "Joe Lind III" of formal papers.

        Without a suffix in common they need an office in common: the son of Governor Lind is Karl Lind Jr.
        """
        suffixes = {member.parsed.suffix for member in (form, *self._members[person])}
        if len(suffixes) == 1:
            return True
        few, many = sorted((form.documents, self._documents[person]))
        return len(suffixes - {None}) == 1 and many <= SUFFIX_TIMES * few and self._roles_shared(form, person)

    def _same_surname(self, form: Form, leader: Form, person: int) -> bool:
        """Return whether two surnames are one that is transliterated otherwise, or that a paper misspelt once: "Lindbirg".

        A slip is one letter in a name that many more documents print, of somebody with the same office.
        """
        surname, other = form.parsed.core[-1], leader.parsed.core[-1]
        if spelling(surname) == spelling(other):
            return True
        is_near = min(len(surname), len(other)) >= _SLIP_LETTERS and OSA.distance(surname, other, score_cutoff=1) == 1
        attested = self._documents[person] >= least_attested(form.documents)
        return is_near and surname[0] == other[0] and attested and self._roles_shared(form, person)

    def _roles_agree(self, form: Form, person: int) -> bool:
        """Return whether two first names that may be one are printed with a common role, or one of them with none."""
        ours = self._roles_of([form])
        theirs = self._roles_of(self._members[person])
        return not ours or not theirs or not ours.isdisjoint(theirs)

    def _roles_shared(self, form: Form, person: int) -> bool:
        return not self._roles_of([form]).isdisjoint(self._roles_of(self._members[person]))

    def _roles_of(self, forms: Sequence[Form]) -> frozenset[str]:
        return frozenset[str]().union(*(self._roles(one.name) for form in forms for one in form.names))

    def _holders(self, form: Form) -> Mapping[int, str]:
        """Return the persons who may go by a bare surname; nobody where the word lives a life of its own."""
        word, gender = form.parsed.core[-1], titled_gender(form.names[0].name)
        if form.is_mononym or not can_be_surname(form.parsed.printed[-1]):
            return {}
        found = {
            number: Message("the surname alone")
            for number, leader in enumerate(self._leaders)
            if len(leader.parsed.core) > 1
            and leader not in self._slips
            and is_full_name(leader)
            and _goes_by(leader, word)
            and any(member.parsed.suffix is None for member in self._members[number])
            and _gender_agrees(gender, leader)
        }
        most = max((self._documents[number] for number in found), default=0)
        return found if form.documents <= OWN_LIFE * most else {}

    def _told_apart(self, form: Form, person: int) -> bool:
        return any(self._apart(one.name, other.name) for one in form.names for other in self._leaders[person].names)

    def _title_of(self, person: int) -> str:
        return shown_name(self._members[person])


def _is_slip(form: Form, forms: Mapping[tuple[object, ...], Form]) -> bool:
    core = form.parsed.core
    tails = (forms.get((core[start:], form.parsed.suffix, False, False)) for start in range(1, len(core) - 1))
    least = least_attested(form.documents)
    return any(tail.documents >= least for tail in tails if tail is not None)


def least_attested(documents: int) -> float:
    """Return the documents that a name needs at the least, for one that stands in so many to be a slip of it."""
    return max(ATTESTED, ATTESTED_TIMES * documents)


def _gender_agrees(gender: Gender, leader: Form) -> bool:
    """Return whether a title or "herself" leaves open that somebody is meant: "Mrs. Lind" is nobody not known to be a woman."""
    of_first_name = first_name_gender(leader.parsed.core[0])
    return of_first_name == Gender.FEMALE if gender == Gender.FEMALE else gender * of_first_name >= 0


def _may_be_a_mans(one: Form, other: Form) -> bool:
    """Return whether one first name is a woman's and the other both a woman's and a man's."""
    first = [form.given[0] for form in (one, other)]
    is_womans = any(first_name_gender(name) is Gender.FEMALE for name in first)
    return is_womans and any(is_first_name(name) and first_name_gender(name) is Gender.UNKNOWN for name in first)


def _goes_by(leader: Form, word: str) -> bool:
    core = leader.parsed.core
    return core[-1] == word or (core[0] == word and word in name_words("surnames_first"))


def _is_bare(form: Form) -> bool:
    return len(form.parsed.core) == 1 and kind_of(form.names[0].name) is SpeakerKind.PERSON


def is_full_name(form: Form) -> bool:
    """Return whether a form is the name of a person, first name and surname."""
    return (
        len(form.parsed.core) > 1
        and len(form.parsed.core[-1]) > 1
        and any(kind_of(one.name) is SpeakerKind.PERSON for one in form.names)
        and any(is_name_shaped(one.name) for one in form.names)
    )


def is_name_shaped(name: str) -> bool:
    """Return whether the core of a name has only words that one name has: capitalised ones, initials and particles."""
    parsed = parse_name(name)
    particles = name_words("particles")
    shaped = all(
        printed[:1] != printed[:1].lower() or not printed[:1].isascii() or word in particles or word == "s"
        for printed, word in zip(parsed.printed, parsed.core, strict=True)
    )
    # Nobody has "Jr" before the surname: "Karl Jr-Ada Lind" is two people, who would be joined by it.
    is_two = any(word in name_words("suffixes") for word in parsed.core[1:-1])
    has_digit = any(any(c.isdigit() for c in word) for word in parsed.core)
    return shaped and len(parsed.core) <= 6 and not is_two and not has_digit


def is_only_a_name(name: str) -> bool:
    """Return whether a name has nothing around it: no title, no words of a headline, no mark of possession."""
    parsed = parse_name(name)
    return is_clean(name) and parsed.words == parsed.core


def shown_name(forms: Sequence[Form]) -> str:
    """Return the name that a person is shown by: the commonest clean full name, else the commonest name."""

    def rank(one: NameCount) -> tuple[object, ...]:
        parsed = parse_name(one.name)
        full = len(parsed.core) > 1
        clean = is_only_a_name(one.name)
        if kind_of(one.name) is SpeakerKind.BODY:
            full = clean = True  # a body goes by the commonest name, whatever its shape
        return (not (full and clean), not full, not clean, -one.documents, -one.quotes, len(one.name), one.name)

    return min((one for form in forms for one in form.names), key=rank).name


@dataclass(slots=True)
class NameGroup:
    """The names of one key: who is meant by each, and the forms by core."""

    counts: Mapping[str, NameCount]
    speaker_of: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, JoinReason] = field(default_factory=dict)
    forms: dict[tuple[str, ...], Form] = field(default_factory=dict)
    alone: set[str] = field(default_factory=set)  # names that nothing else was joined with
    people: dict[str, list[Form]] = field(default_factory=dict)  # by the name that each is shown by
    roles: dict[str, frozenset[str]] = field(default_factory=dict)  # of the names whose roles told who is who

    def noting(self, roles: Callable[[str], frozenset[str]]) -> Callable[[str], frozenset[str]]:
        """Return what gives the roles that names are printed with, and notes which of them told who is who."""

        def noted(name: str) -> frozenset[str]:
            return self.roles.setdefault(name, roles(name))

        return noted

    def holds(self, counts: Mapping[str, NameCount], roles: Callable[[str], frozenset[str]]) -> bool:
        """Return whether the names are printed as often as they were, and with the same roles."""
        return self.counts == counts and all(roles(name) == known for name, known in self.roles.items())
