"""List the speakers of an archive, with the names that each goes by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from search.names.clusters import Speakers
from search.names.people import JoinReason, NameCount, is_only_a_name
from search.names.speaker_kind import is_person_or_body


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """A speaker: the name shown, quotes (joint statements included), other names, and joint statements' names.

    `id` is that of an authority file, a Wikidata QID where it has one.
    """

    name: str
    quotes: int
    names: tuple[str, ...] = ()
    joint: tuple[str, ...] = ()
    id: str | None = None

    @property
    def other_names(self) -> tuple[str, ...]:
        """Return the names that tell a reader something: without titles, cut headlines, and what differs in case or points alone."""
        told = {_letters(self.name): self.name}
        for name in self.names:
            if is_only_a_name(name):
                told.setdefault(_letters(name), name)
        return tuple(told.values())[1:]


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name)).lower()


def speaker_rows(counts: Iterable[NameCount], who: Speakers) -> list[SpeakerRow]:
    """Return the people and bodies whom some names stand for, most quoted first."""
    quotes: dict[str, int] = {}
    names: dict[str, list[str]] = {}
    joint: dict[str, list[str]] = {}
    counted = list(counts)
    who.read_together(one.name for one in counted)  # an eighth less than one by one
    for one in counted:
        speakers = who.all_of(one.name)
        for speaker in speakers:
            if is_person_or_body(speaker):
                quotes[speaker] = quotes.get(speaker, 0) + one.quotes
                (names if len(speakers) == 1 else joint).setdefault(speaker, []).append(one.name)
    rows = (
        SpeakerRow(
            speaker,
            count,
            tuple(sorted({*names.get(speaker, ())} - {speaker})),
            tuple(sorted(joint.get(speaker, ()))),
            who.id_of(speaker),
        )
        for speaker, count in quotes.items()
    )
    return sorted(rows, key=lambda row: (-row.quotes, row.name))


@dataclass(frozen=True, slots=True)
class ExplainedName:
    """A name of a speaker, how much it is printed, and why it is the speaker's."""

    count: NameCount
    reason: JoinReason


@dataclass(frozen=True, slots=True)
class Seen:
    """A role or an outlet that a speaker is printed with: quotes, and the first and last day of them."""

    value: str
    quotes: int
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class SpeakerProfile:
    """All that is known of a speaker.

    `meant` are names that are printed for one of `names`, in whose quotes they are counted, where the document itself says
    who is meant. `left_apart` are names that might have been the speaker's, each with the reason.
    """

    name: str
    id: str | None
    names: tuple[ExplainedName, ...]
    meant: tuple[ExplainedName, ...]
    left_apart: tuple[tuple[str, str], ...]
    roles: tuple[Seen, ...]
    outlets: tuple[Seen, ...]


def explained_names(names: Iterable[NameCount], who: Speakers) -> tuple[ExplainedName, ...]:
    """Return some names of one speaker with the reason of each, most quoted first."""
    rows = (ExplainedName(one, who.reason(one.name)) for one in names)
    return tuple(sorted(rows, key=lambda row: (-row.count.quotes, row.count.name)))
