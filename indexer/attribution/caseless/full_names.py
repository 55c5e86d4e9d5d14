"""The fuller names of a text without capitals, by what stands before a surname and beside an office."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import Final

from indexer.attribution.caseless.words import (
    ARABIC,
    NAME_PARTICLES,
    PERSIAN,
    PERSIAN_FUNCTION_WORDS,
    WORD_WITH_JOINERS,
    fold_letters,
)

_RUN = re.compile(r"\w+")


class FullNames:
    """The fuller names of a text: of "باتيس" that is "صلاح باتيس", if the text prints it."""

    def __init__(self, text: str) -> None:
        found = list(WORD_WITH_JOINERS.finditer(text))
        self._words = [match.group() for match in found]
        self._folded = [fold_letters(word) for word in self._words]
        # Whether a word stands right before the next: "… کند.» ایلاف" is no name of two words.
        self._adjoins = [text[one.end() : two.start()] in (" ", "\u200c", "\xa0") for one, two in pairwise(found)] + [
            False
        ]
        # By word, and by the two words of a surname with its particle; so that no name is looked for in the whole text.
        self._places: dict[tuple[str, ...], list[int]] = {}
        for place, word in enumerate(self._folded):
            self._places.setdefault((word,), []).append(place)
            if word in NAME_PARTICLES and place + 1 < len(self._folded):
                self._places.setdefault((word, self._folded[place + 1]), []).append(place)
        self._printed = frozenset(_RUN.findall(text)) | frozenset(self._words)
        # What was given out as somebody's name, by its last word and its last two, and by its first word with its turn.
        self._by_ending: dict[tuple[str, ...], str] = {}
        self._by_first: dict[str, tuple[int, str]] = {}
        self._turn = 0

    def prints(self, word: str) -> bool:
        """Return whether the text has a word as it is spelt, by itself."""
        return word in self._printed

    def fullest(self, name: str) -> str:
        """Return the fullest form of a name of one word or two that the text prints; the name itself if there is none."""
        words = tuple(name.split())
        if len(words) > 2 or (len(words) == 2 and fold_letters(words[0]) not in NAME_PARTICLES):
            return self._keep(name)
        if words in self._by_ending:
            return self._by_ending[words]
        places = self._places.get(tuple(map(fold_letters, words)), ())
        before = Counter(
            self._words[place - 1]
            for place in places
            if place and self._adjoins[place - 1] and _can_be_given(self._folded[place - 1])
        )
        return self._keep(f"{before.most_common(1)[0][0]} {name}" if before else name)

    def holder(self, phrase: str, last: str | None) -> str | None:
        """Return the speaker for an office or a body: a speaker so called before, or the body's full name."""
        head = fold_letters(phrase.split(maxsplit=1)[0])
        bare = head[2:] if head.startswith("ال") else head
        called = [self._by_first[word] for word in {head, bare} if word in self._by_first]
        if called:
            return max(called)[1]
        if len(phrase.split()) > 1 and (named := self._named_before(phrase)) is not None:
            return named
        if head != bare and len(phrase.split()) == 1:
            for place in self._places.get((bare,), [])[:20]:
                following = self._words[place + 1 : place + 3]
                kept = [word for word in following if fold_letters(word) not in ARABIC["stops"]]
                if kept:
                    return self._keep(" ".join([self._words[place], *kept]))
        return None if last is not None else self._keep(phrase)

    def _named_before(self, phrase: str) -> str | None:
        """Return the name right before an office: "مایک پامپئو وزیر خارجه آمریکا", with or without marks and a comma."""
        folded = [fold_letters(word) for word in phrase.split()][:3]
        for place in self._places.get((folded[0],), [])[:30]:
            if place > 1 and self._folded[place : place + len(folded)] == folded and self._adjoins[place - 2]:
                name = self._folded[place - 2 : place]
                if all(_can_be_given(word) or word.startswith("ال") for word in name) and _can_be_given(name[0]):
                    return self._keep(" ".join(self._words[place - 2 : place]))
        return None

    def _keep(self, name: str) -> str:
        words = name.split()
        for length in (1, 2):
            if len(words) >= length:
                self._by_ending[tuple(words[-length:])] = name
        self._turn += 1
        self._by_first[fold_letters(words[0])] = (self._turn, name)
        return name


_NO_GIVEN_NAMES: Final = frozenset().union(
    PERSIAN_FUNCTION_WORDS,
    *(ARABIC[name] for name in ("stops", "cues", "roles", "honorifics")),
    *(PERSIAN[name] for name in ("stops", "cues", "roles", "light_verbs", "demonstratives", "no_names")),
)
_LEAST_GIVEN_NAME: Final = 3  # letters


def _can_be_given(word: str) -> bool:
    """Whether a folded word may be what stands before a surname: no function word, no office, no verb with an "and"."""
    is_joined_verb = word[:1] in "وف" and word[1:] in ARABIC["cues"]
    return not (is_joined_verb or word in _NO_GIVEN_NAMES or word.startswith("ال") or len(word) < _LEAST_GIVEN_NAME)
