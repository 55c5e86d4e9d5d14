"""Find whom "the South Carolina Republican" means: who alone in the document is said to be of that state."""

from __future__ import annotations

import re
from collections import defaultdict

from indexer.attribution.annotated_document import AnnotatedDocument
from indexer.entities.mentions import Mention, MentionKind
from indexer.quotations.outline import Outline
from indexer.word_lists import phrase_list, word_list

_MEMBERS = word_list("party_members")
_OF_STATES = _MEMBERS | word_list("offices_of_states")
_TAG = re.compile(r"([RDI])-(.+)")
_PARTIES = {"r": "republican", "d": "democrat", "i": "independent"}
_OF_PARTIES = {word: party for party, *words in phrase_list("words_of_parties") for word in (party, *words)}
# Items behind a name in which its state stands: ", R-South Carolina,", ", a first-term South Carolina Republican,", " of South Carolina".
_REACH = 7
_STATES = {
    name: state
    for cut, code, *full in phrase_list("states")
    for state in [" ".join(full)]
    for name in (cut, code, state)
}
_LONGEST_STATE = 2  # words


class PartyMembers:
    """The people of one document by the state that they are said to be of."""

    def __init__(self, doc: AnnotatedDocument) -> None:
        self._doc = doc
        self._of_state: dict[str, set[int]] | None = None
        self._of_party: dict[int, set[str]] = defaultdict(set)

    def state_of_phrase(self, index: int) -> str | None:
        """Return the state in "the South Carolina Republican", "the Ohio governor"; None where mention `index` is no such phrase."""
        mention, low = self._doc.mentions[index], self._doc.outline.lower
        return _state_before(low[mention.first : mention.core]) if mention.head.lower() in _OF_STATES else None

    def member(self, state: str, index: int) -> int | None:
        """Return the only entity that is said to be of a state, and of no other party than mention `index` names; else None."""
        head = self._doc.mentions[index].head.lower()
        found = [number for number in self._people().get(state, set()) if not self.is_of_another_party(number, index)]
        if head not in _MEMBERS:  # "the Ohio governor" is nobody who is said to be something else
            found = [number for number in found if head in self._doc.entities[number].roles]
        return found[0] if len(found) == 1 else None

    def is_elsewhere(self, entity: int, state: str) -> bool:
        """Return whether an entity is said to be of another state, and not of this one."""
        people = self._people()
        return entity not in people.get(state, set()) and any(entity in some for some in people.values())

    def is_member(self, index: int) -> bool:
        """Return whether mention `index` is "the Republican" and the like."""
        return self._doc.mentions[index].head.lower() in _MEMBERS

    def is_of_another_party(self, entity: int, index: int) -> bool:
        """Return whether an entity is said to be of a party, and mention `index` is "the Republican" of another."""
        head = self._doc.mentions[index].head.lower()
        self._people()
        parties = self._of_party.get(entity, set())
        return self.is_member(index) and bool(parties) and head not in parties

    def _people(self) -> dict[str, set[int]]:
        if self._of_state is None:
            self._of_state = self._by_state()
        return self._of_state

    def _by_state(self) -> dict[str, set[int]]:
        doc, low = self._doc, self._doc.outline.lower
        people: dict[str, set[int]] = defaultdict(set)
        for mention, entity in zip(doc.mentions, doc.entity_of, strict=True):
            if entity < 0 or mention.kind != MentionKind.NAME or not doc.entities[entity].person:
                continue
            before, end = low[mention.first : mention.core], _end_of_name(doc.outline, mention)
            self._of_party[entity].update(_parties(before, low[end : end + 2]))
            for state in (
                _state_before(before),  # "Texas Rep. Lee"
                _state_behind(
                    low[end : end + _REACH],
                    is_titled=bool(mention.title or doc.entities[entity].titled),
                ),
            ):
                if state is not None:
                    people[state].add(entity)
        return people


def _end_of_name(outline: Outline, mention: Mention) -> int:
    """Return the item behind a name itself: a mention may have "herself" or "of Ohio" behind it."""
    words = range(mention.core + 1, mention.last)
    return next(
        (k for k in words if outline.ends[k - 1] - outline.starts[mention.core] >= len(mention.head)), mention.last
    )


def _parties(before: list[str], behind: list[str]) -> set[str]:
    """Return the parties that the title before a name ("Democratic Rep.") and the tag behind it ("(R-Ohio)") tell."""
    tag = _TAG.match(behind[1].upper()) if len(behind) > 1 and behind[0] in (",", "(") else None
    told = {_OF_PARTIES[word] for word in before if word in _OF_PARTIES}
    return told | ({_PARTIES[tag[1].lower()]} if tag else set())


def _state_before(words: list[str]) -> str | None:
    """Return the state that stands last among words before a head: "the", "south", "carolina"."""
    ends = range(len(words), 0, -1)
    return next((state for end in ends if (state := _state_at_end(words[:end])) is not None), None)


def _state_at_end(words: list[str]) -> str | None:
    """Return the state with which words end."""
    names = (" ".join(words[-size:]) for size in range(_LONGEST_STATE, 0, -1))
    return next((name for name in names if name in _STATES.values()), None)


def _state_behind(words: list[str], *, is_titled: bool) -> str | None:
    """Return the state that the words right behind a name give its holder; "of Ohio" does so to somebody with a title alone."""
    if len(words) < 2 or words[0] not in (",", "(", "of"):
        return None
    tag = _TAG.match(words[1].upper())
    if words[0] == "," and tag is None:
        member = next((k for k, word in enumerate(words) if word in _MEMBERS), 0)
        return _state_at_end(words[1:member])
    if words[0] == "of" and not is_titled:
        return None
    first = [tag[2].lower(), *words[2:]] if tag else words[1:]
    names = (" ".join(first[:size]) for size in range(_LONGEST_STATE, 0, -1))
    return next((_STATES[name] for name in names if name in _STATES), None) if tag or words[0] == "of" else None
