"""Say who is who across documents: "Zarif", "Javad Zarif" and "Mohammad Javad Zarif" as one speaker, when names allow it.

Within a document the indexer resolves mentions; here the names that different documents give are put to people, by groups
that share a surname (`search.names.people`), each when somebody first asks for it. What a person has decided
(`search.names.alias_file`) comes first, then an authority file that was imported (`search.names.authority`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final

from search.message import Message
from search.names.alias_file import AliasFile
from search.names.authority import Authority
from search.names.name_words import name_words
from search.names.people import (
    ATTESTED,
    SURE_ENOUGH,
    UNSEEN_HOLDERS,
    Form,
    JoinReason,
    NameCount,
    NameGroup,
    group_people,
    is_full_name,
    least_attested,
    shown_name,
)
from search.names.person_name import folded_name, has_all_words, parse_name
from search.names.romanisation import consonants, is_latin
from search.names.speaker_kind import SpeakerKind, joint_parts, kind_of
from search.text.folding import fold

_MOST_MEANT: Final = 1_000  # names that were asked after, whose speakers are kept
_MOST_KEYS: Final = 8  # words of a name that it is found by: a longer one is no name


def name_keys(name: str) -> tuple[str, ...]:
    """Return the keys by which a name is found: the consonants of its surname, first.

    A name of three words or more is found by each of them, since a name may stand within it ("EPA chief Ann Lind"), and
    an East Asian one by its first.
    """
    parsed = parse_name(name)
    if not parsed.core:
        return ("",)  # all of it stands behind a comma: nobody's surname
    words = [parsed.last_word]
    if len(parsed.words) > 2 or joint_parts(name):
        words += [word for word in (*parsed.core, *parsed.words) if len(word) > 1]
    elif parsed.core[:1] and parsed.core[0] in name_words("surnames_first"):
        words.append(parsed.core[0])
    return tuple(dict.fromkeys(consonants(word) for word in words if word))[:_MOST_KEYS] or ("",)


def no_roles(name: str) -> frozenset[str]:
    """Return no roles: for names without an archive."""
    return frozenset()


class Speakers:
    """The names in an archive, each with the speaker that it stands for.

    `names_with_keys` gives the names that have each of some keys (`name_keys`), with how many quotes and documents each has; `roles`
    gives the nouns that a name is printed with ("senator"). `before` are the same speakers as they were before quotes came or
    went, with the same decisions and authority: of them names stay together that are printed as often as they were.
    """

    def __init__(
        self,
        decided: AliasFile,
        names_with_keys: Callable[[Collection[str]], Mapping[str, Iterable[NameCount]]],
        roles: Callable[[str], frozenset[str]] = no_roles,
        authority: Authority | None = None,
        before: Speakers | None = None,
    ) -> None:
        self._authority = authority
        self._ids: dict[str, frozenset[str]] = {}
        self._shown_by_id: dict[str, str] = {}
        self._decided = decided
        self._names_with_keys = names_with_keys
        self._read: dict[str, Iterable[NameCount]] = {}  # by key, of groups that were not made yet
        self._roles = roles
        self._groups: dict[str, NameGroup] = {}
        # Who is meant by the names of a key is told by these alone, and how often each is printed.
        self._groups_before: dict[str, NameGroup] = (
            {} if before is None else {**before._groups_before, **before._groups}
        )
        self._found: dict[str, tuple[str, JoinReason]] = {}
        self._names: dict[str, list[str]] = {}
        self._given = frozenset(decided.aliases.values())
        self._folds: dict[str, str] = {}
        self._meant: dict[str, tuple[Sequence[str], list[str]]] = {}

    def of(self, name: str | None) -> str | None:
        """Return the speaker that a name stands for; None for None. Two together stand for themselves: see `all_of`."""
        return None if name is None else self._resolved(name)[0]

    def read_together(self, names: Iterable[str | None]) -> None:
        """Read at once what it takes to tell whom some names stand for: each that is asked for alone takes a look of its own."""
        fresh = {name for name in names if name is not None and name not in self._found}
        keys = {key for name in fresh for key in self._keys(name)}
        if missing := [key for key in keys if key not in self._groups and key not in self._read]:
            self._read |= self._names_with_keys(missing)

    def all_of(self, name: str | None) -> tuple[str, ...]:
        """Return the speakers that a name stands for: two for "Ann Lind and Bo Berg", none for None."""
        if name is None:
            return ()
        return tuple(map(self._by_authority, self._parts(name))) or (self._resolved(name)[0],)

    @property
    def looked_up(self) -> Sequence[str]:
        """Return the names whose speakers have been asked for so far."""
        return tuple(self._found)

    def reason(self, name: str) -> JoinReason:
        """Return why a name stands for its speaker."""
        return self._resolved(name)[1]

    def names(self, speaker: str) -> list[str]:
        """Return the names in the archive that stand for a speaker, those of joint statements included."""
        if speaker not in self._names:
            asked = [speaker, *(alias for alias, name in self._decided.aliases.items() if name == speaker)]
            id_ = self.id_of(speaker)
            if id_ is not None and self._authority is not None:
                asked += self._authority.names_of(id_)
            keys = dict.fromkeys(key for name in asked for key in self._keys(name))
            near = dict.fromkeys(name for key in keys for name in self._near(key))
            self._names[speaker] = [name for name in near if speaker in self.all_of(name)]
        return self._names[speaker]

    def left_apart(self, speaker: str) -> list[tuple[str, str]]:
        """Return the names that may be a speaker's and are not, each with the reason."""
        apart: dict[str, str] = {}
        for key in self._keys(speaker):
            for name, reason in self._group(key).reasons.items():
                is_his = self.of(name) == speaker
                apart.update(
                    (other if is_his else name, why) for other, why in reason.left_out if is_his != (other == speaker)
                )
        return sorted(apart.items())

    def meant(self, wanted: str, names: Sequence[str]) -> list[str]:
        """Return which of all `names` belong to speakers whom `wanted` may mean: one of their names has all its words.

        Kept while `names` are the same object: a find asks several times, which takes 1 ms for each 7,000 names.
        """
        kept = self._meant.get(wanted)
        if kept is None or kept[0] is not names:
            if len(self._meant) >= _MOST_MEANT:
                self._meant.clear()
            kept = self._meant[wanted] = names, self._meant_by(wanted, names)
        return kept[1]

    def _meant_by(self, wanted: str, names: Sequence[str]) -> list[str]:
        words = parse_name(wanted).words
        if not words:
            return []
        # The name that a speaker is shown by is one of those in the archive, or was given by a person: so only names that
        # have the words need be looked up, and the others of their speakers; not all names, of which there are thousands.
        longest = max(words, key=len)
        having = [
            name for name in (*names, *self._given) if longest in self._folded(name) and has_all_words(name, wanted)
        ]
        meant: set[str] = set()
        for name in having:
            some = self.all_of(name)
            meant.update(some if len(some) == 1 else (one for one in some if has_all_words(one, wanted)))
        theirs = {name for speaker in meant for name in self.names(speaker)}
        return [name for name in names if name in theirs]

    # -- inside

    def _folded(self, name: str) -> str:
        """Return a name folded, once for however many are asked after: there are thousands of names."""
        folded = self._folds.get(name)
        if folded is None:
            folded = self._folds[name] = fold(name)
        return folded

    def _keys(self, name: str) -> Sequence[str]:
        """Return the keys by which the other names of a speaker may be found: of his surname."""
        parsed = parse_name(name)
        words = [parsed.last_word, *(word for word in parsed.core[:1] if word in name_words("surnames_first"))]
        return [consonants(word) for word in words if word] or [""]

    def _near(self, key: str) -> list[str]:
        """Return the names of a key of which one may stand for somebody with that surname."""
        group = self._group(key)
        return [
            name
            for name in group.counts
            if name in group.speaker_of
            or len(parse_name(name).words) > 2
            or joint_parts(name)  # "Lind & Berg" has two words
            or folded_name(name) in self._decided.aliases
        ]

    def _resolved(self, name: str) -> tuple[str, JoinReason]:
        if name not in self._found:
            speaker, reason = self._resolve(name)
            shown = self._by_authority(speaker)
            if shown != speaker and folded_name(name) not in self._decided.aliases:
                speaker, reason = (
                    shown,
                    JoinReason(Message("the authority file has both names"), reason.chance, reason.left_out),
                )
            self._found[name] = speaker, reason
        return self._found[name]

    def _resolve(self, name: str) -> tuple[str, JoinReason]:
        decided = self._decided.aliases.get(folded_name(name))
        if decided is not None:
            return decided, JoinReason(Message("you said so"))
        if self._parts(name):
            return name, JoinReason(Message("a statement of several people"))
        for key in self._keys(name):
            group = self._group(key)
            if name in group.speaker_of and name not in group.alone:
                return group.speaker_of[name], group.reasons[name]
        within = self._within(name)
        if within is not None:
            return within
        reasons = self._group(self._keys(name)[0]).reasons
        return name, reasons.get(name) or JoinReason(Message("a name of its own"))

    def _parts(self, name: str) -> tuple[str, ...]:
        """Return the speakers of a joint statement, for a row of names: all of two words, or all of people who are known."""
        parts = joint_parts(name)
        if not parts or folded_name(name) in self._decided.aliases:
            return ()
        speakers = [self._known_as(part) for part in parts]
        are_full = all(len(parse_name(part).core) > 1 for part in parts)
        known = tuple(speaker for speaker in speakers if speaker is not None)
        if len(known) == len(parts):
            return known if len(set(known)) == len(known) else ()
        return tuple(speaker or part for speaker, part in zip(speakers, parts, strict=True)) if are_full else ()

    def _known_as(self, part: str) -> str | None:
        """Return the speaker whom a name of a joint statement means; None if the archive has nobody of that name."""
        decided = self._decided.aliases.get(folded_name(part))
        if decided is not None:
            return decided
        parsed = parse_name(part)
        group = self._group(consonants(parsed.last_word))
        if len(parsed.core) > 1:
            form = group.forms.get(parsed.core)
            return group.speaker_of.get(form.names[0].name) if form else None
        documents: dict[str, int] = {}
        for core, form in group.forms.items():
            if core[-1] == parsed.last_word and is_full_name(form):
                speaker = group.speaker_of[form.names[0].name]
                documents[speaker] = documents.get(speaker, 0) + form.documents
        best = max(documents, key=lambda speaker: (documents[speaker], speaker), default=None)
        sure = best is not None and documents[best] >= SURE_ENOUGH * (sum(documents.values()) + UNSEEN_HOLDERS)
        return best if sure else None

    def _group(self, key: str) -> NameGroup:
        """Return who is meant by the names of a key."""
        group = self._groups.get(key)
        if group is None:
            read = self._read.pop(key, None)
            counts = {one.name: one for one in (self._names_with_keys([key])[key] if read is None else read)}
            known = self._groups_before.get(key)
            if known is not None and known.holds(counts, self._roles):
                self._groups[key] = known
                return known
            group = NameGroup(counts)
            own = [one for one in counts.values() if key in self._keys(one.name) and not joint_parts(one.name)]
            undecided = [one for one in own if folded_name(one.name) not in self._decided.aliases]
            # Names that a person has given lead even where no document has them.
            given = [NameCount(name, 0, 0) for name in self._given if key in self._keys(name) and name not in counts]
            # The other decided ones are nobody's shorter form.
            leading = [one for one in own if one.name in self._given]
            for forms in group_people([*undecided, *leading, *given], self._told_apart, group.noting(self._roles)):
                self._take(group, forms)
            self._groups[key] = group
        return group

    def _take(self, group: NameGroup, forms: Sequence[Form]) -> None:
        given = [one.name for form in forms for one in form.names if one.name in self._given]
        shown = given[0] if given else shown_name(forms)
        members = [one.name for form in forms for one in form.names]
        group.people[shown] = [*group.people.get(shown, ()), *forms]
        for form in forms:
            if form.parsed.suffix is None or form.parsed.core not in group.forms:
                group.forms[form.parsed.core] = form
            for one in form.names:
                group.speaker_of[one.name], group.reasons[one.name] = shown, form.reason
        if len(members) == 1:
            group.alone.update(members)

    def _told_apart(self, name: str, other: str) -> bool:
        """Return whether two names are different people's, by a person's decision or by the authority file."""
        both = {folded_name(name), folded_name(other)}
        if len(both) > 1 and any(both <= names for names in self._decided.apart):
            return True
        ours, theirs = self._ids_of(name), self._ids_of(other)
        return bool(ours and theirs) and ours.isdisjoint(theirs)

    # -- by the authority file

    def _ids_of(self, name: str) -> frozenset[str]:
        """Return the ids of those whom the authority file calls by a full name."""
        core = parse_name(name).core
        # A surname alone is many people's; Chinese has no blank between the two.
        if self._authority is None or not core or (len(core) < 2 and is_latin(core[0])):
            return frozenset()
        if name not in self._ids:
            self._ids[name] = self._authority.ids_of(name)
        return self._ids[name]

    def _id_within(self, group: NameGroup, shown: str) -> str | None:
        """Return the one id that all names of a person agree on that have any; None if there is not one."""
        found = [ids for form in group.people.get(shown, ()) for one in form.names if (ids := self._ids_of(one.name))]
        common = frozenset.intersection(*found) if found else frozenset[str]()
        return next(iter(common)) if len(common) == 1 else None

    def id_of(self, speaker: str | None) -> str | None:
        """Return the id of a speaker in the authority file; None without one."""
        if speaker is None or self._authority is None:
            return None
        for key in self._keys(speaker):
            found = self._id_within(self._group(key), speaker)
            if found is not None:
                return found
        ids = self._ids_of(speaker)
        return next(iter(ids)) if len(ids) == 1 else None

    def _by_authority(self, shown: str) -> str:
        """Return the name that a person is shown by, all names of the authority file considered, in any letters."""
        id_ = self.id_of(shown)
        if id_ is None or self._authority is None or shown in self._given:
            return shown
        if id_ not in self._shown_by_id:
            keys = dict.fromkeys(key for name in (shown, *self._authority.names_of(id_)) for key in self._keys(name))
            groups = [self._group(key) for key in keys]
            forms = [
                form
                for group in groups
                for of, some in group.people.items()
                if self._id_within(group, of) == id_
                for form in some
            ]
            self._shown_by_id[id_] = shown_name(forms) if forms else shown
        return self._shown_by_id[id_]

    def _within(self, name: str) -> tuple[str, JoinReason] | None:
        """Return whose well-known full name stands within a longer one, and nothing else that may be somebody.

        "Agriculture Sonny Lind" is Sonny Lind where hundreds of documents have him and this one alone the longer; "lawyer
        for Sonny Lind", "Sonny Lind's aide" and "Sonny Lind Ann Berg" are not.
        """
        parsed = parse_name(name)
        words, printed = parsed.core, parsed.printed
        if len(words) < 3 or len(words) > _MOST_KEYS or kind_of(name) is not SpeakerKind.PERSON or joint_parts(name):
            return None
        least = least_attested(self._count(name))
        found = [run for run in self._known_runs(words) if run[2].documents >= least]
        # Of two that overlap the longer counts; two that do not are two people.
        found.sort(key=lambda run: run[0] - run[1])
        if not found or any(start >= found[0][1] or end <= found[0][0] for start, end, _ in found[1:]):
            return None
        start, end, form = found[0]
        before, behind = words[:start], words[end:]
        if (
            any(word in name_words("relations") or word in name_words("counting") for word in before)
            or "’" in name
            or "'s" in name
        ):
            return None
        if behind and (len(behind) > 1 or not printed[end][:1].isupper() or self._is_somebody(behind[0])):
            return None
        speaker, _ = self._resolved(form.names[0].name)
        if self._told_apart(name, speaker):
            return None
        documents = form.documents
        chance = documents / (documents + self._count(name) + UNSEEN_HOLDERS)
        return speaker, JoinReason(Message("%(name)s stands in it", name=" ".join(printed[start:end])), chance)

    def _known_runs(self, words: Sequence[str]) -> Iterable[tuple[int, int, Form]]:
        for end in range(2, len(words) + 1):
            group = self._group(consonants(words[end - 1]))
            for start in range(max(0, end - 4), end - 1):
                form = group.forms.get(tuple(words[start:end]))
                if form is not None and form.parsed.suffix is None and end - start < len(words) and is_full_name(form):
                    yield start, end, form

    def _count(self, name: str) -> int:
        group = self._group(self._keys(name)[0])
        return group.counts[name].documents if name in group.counts else 0

    def _is_somebody(self, word: str) -> bool:
        """Return whether a word is a surname that often stands for somebody."""
        group = self._group(consonants(word))
        return sum(form.documents for core, form in group.forms.items() if core[-1] == word) >= ATTESTED
