"""Give a name that was found by its capitals without the roles before it, in its basic form: "мэра Олега Дёмина"."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from indexer.attribution.reporting.clause_words import ClauseWords
from indexer.attribution.reporting.grammar import ReportingGrammar
from indexer.attribution.reporting.text_names import TextNames
from indexer.word_lists import word_list

_PARTICLES: Final = word_list("name_particles")  # "Van Dam"


class PlainNames:
    """The people of a text by the names that it prints; read when the first is asked for, in the time of its length."""

    def __init__(self, words: ClauseWords, names: TextNames, grammar: ReportingGrammar) -> None:
        self._words, self._names, self._grammar = words, names, grammar
        self._openers = (grammar.prepositions | grammar.subordinators | grammar.complementizers) - _PARTICLES

    def of(self, name: str) -> str:
        """Return a person's plain name by how the text prints it, a body's as it stands."""
        words = name.split()
        while len(words) > 1 and words[0].islower() and self._grammar.role_of(words[0]):
            del words[0]
        while len(words) > 1 and words[0].lower() in self._openers:
            del words[0]  # "Wie Otto Brandt", "Para Luís Prado"
        return self._people.get(" ".join(words), name)

    @cached_property
    def _people(self) -> dict[str, str]:
        words, names = self._words.words, self._names
        people: dict[str, str] = {}
        for first, last in names.run_at.values():
            plain = names.name(first, last)
            if names.is_person(plain):
                people.setdefault(" ".join(words[first:last]), " ".join(names.fullest(plain)))
        return people
