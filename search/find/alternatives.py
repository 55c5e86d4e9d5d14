"""What to look for where nothing sure was found: words that are there, but hidden; a speaker or an outlet of that name.

In the order in which they are tried; the first that finds something sure is shown, and a note says what was done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from search.find.filters import outlets_meant, speakers_meant
from search.model import Query, Utterance
from search.plural import counted
from search.storage.store import Store

Note = Callable[[Sequence[Utterance]], str]
_NAME_WORDS = 4  # a longer query is no name


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another query to ask; `doubtful` where what it finds is no answer to what was typed, and `note` says what it is."""

    query: Query
    note: Note
    doubtful: bool = False

    def shown(self, utterances: Sequence[Utterance]) -> list[Utterance]:
        """Return the utterances as they are shown in the answer: not as sure ones where they are no answer."""
        return [_doubted(utterance) for utterance in utterances] if self.doubtful else list(utterances)


def alternatives(store: Store, query: Query) -> Iterator[Alternative]:
    """Yield what else may be looked for, most likely first."""
    if not (query.scare and query.indirect):
        yield Alternative(replace(query, scare=True, indirect=True, exact=True), _hidden_note, doubtful=True)
    if not query.exact and len(query.text.split()) <= _NAME_WORDS:
        yield from _names(store, query)


def _names(store: Store, query: Query) -> Iterator[Alternative]:
    listed = replace(query, text="", exact=False)
    if not query.speaker and speakers_meant(store, (query.text,)):
        yield Alternative(
            replace(listed, speaker=(query.text,)),
            lambda found: f"No quote has these words; said by {_names_of(one.speakers for one in found)}:",
        )
    if not query.outlet and outlets_meant(store, (query.text,)):
        yield Alternative(
            replace(listed, outlet=(query.text,)),
            lambda found: f"No quote has these words; printed by {_names_of(one.outlets for one in found)}:",
        )


def _hidden_note(utterances: Sequence[Utterance]) -> str:
    quotes = [quote for utterance in utterances for version in utterance.versions for quote in version.quotes]
    scare = sum(quote.scare for quote in quotes)
    parts = []
    if scare:
        parts.append(f"{counted(scare, 'time')} in marks that quote nobody (a title, a slogan, a scare quote)")
    if len(quotes) > scare:
        parts.append(f"{counted(len(quotes) - scare, 'time')} as reported speech without marks")
    return f"Nobody is quoted with these words; they stand here {' and '.join(parts)}."


def _names_of(names: Iterator[Sequence[str]]) -> str:
    distinct = list(dict.fromkeys(name for some in names for name in some[:1]))
    return ", ".join(distinct[:3]) + (f" and {len(distinct) - 3} more" if len(distinct) > 3 else "")


def _doubted(utterance: Utterance) -> Utterance:
    versions = tuple(replace(one, match=replace(one.match, doubtful=True)) for one in utterance.versions)
    return replace(utterance, versions=versions, match=versions[0].match)
