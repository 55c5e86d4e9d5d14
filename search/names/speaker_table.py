"""List the speakers of an archive, with the names that each goes by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from search.names.clusters import Speakers
from search.names.people import NameCount
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


def speaker_rows(counts: Iterable[NameCount], who: Speakers) -> list[SpeakerRow]:
    """Return the people and bodies whom some names stand for, most quoted first."""
    quotes: dict[str, int] = {}
    names: dict[str, list[str]] = {}
    joint: dict[str, list[str]] = {}
    for one in counts:
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
