"""The fuller names of a text without capitals, by what stands before a surname and beside an office."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from indexer.attribution.caseless.words import (
    ARABIC,
    NAME_PARTICLES,
    PERSIAN,
    PERSIAN_FUNCTION_WORDS,
    WORD_WITH_JOINERS,
    fold_letters,
)


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
        self._places: dict[str, list[int]] = {}
        for place, word in enumerate(self._folded):
            self._places.setdefault(word, []).append(place)
        self._spoken: list[str] = []

    def fullest(self, name: str) -> str:
        """Return the fullest form of a name of one word or two that the text prints; the name itself if there is none."""
        words = name.split()
        if len(words) > 2 or (len(words) == 2 and fold_letters(words[0]) not in NAME_PARTICLES):
            return self._keep(name)
        known = next((one for one in reversed(self._spoken) if one.split()[-len(words) :] == words), None)
        if known is not None:
            return known
        folded = [fold_letters(word) for word in words]
        before: Counter[str] = Counter()
        for place in self._places.get(folded[0], []):
            if (
                place
                and self._folded[place : place + len(folded)] == folded
                and self._can_be_given(self._folded[place - 1])
            ):
                before[self._words[place - 1]] += 1
        return self._keep(f"{before.most_common(1)[0][0]} {name}" if before else name)

    def holder(self, phrase: str, last: str | None) -> str | None:
        """Return the speaker for an office or a body: a speaker so called before, or the body's full name."""
        head = fold_letters(phrase.split(maxsplit=1)[0])
        bare = head[2:] if head.startswith("ال") else head
        for one in reversed(self._spoken):
            if fold_letters(one.split()[0]) in (head, bare):
                return one
        if len(phrase.split()) > 1 and (named := self._named_before(phrase)) is not None:
            return named
        if head != bare and len(phrase.split()) == 1:
            for place in self._places.get(bare, [])[:20]:
                following = self._words[place + 1 : place + 3]
                kept = [word for word in following if fold_letters(word) not in ARABIC["stops"]]
                if kept:
                    return self._keep(" ".join([self._words[place], *kept]))
        return None if last is not None else self._keep(phrase)

    def _named_before(self, phrase: str) -> str | None:
        """Return the name right before an office: "مایک پامپئو وزیر خارجه آمریکا", with or without marks and a comma."""
        folded = [fold_letters(word) for word in phrase.split()][:3]
        for place in self._places.get(folded[0], [])[:30]:
            if place > 1 and self._folded[place : place + len(folded)] == folded and self._adjoins[place - 2]:
                name = self._folded[place - 2 : place]
                if all(self._can_be_given(word) or word.startswith("ال") for word in name) and self._can_be_given(
                    name[0]
                ):
                    return self._keep(" ".join(self._words[place - 2 : place]))
        return None

    def _keep(self, name: str) -> str:
        self._spoken.append(name)
        return name

    @staticmethod
    def _can_be_given(word: str) -> bool:
        bare = word[1:] if word[:1] in "وف" and word[1:] in ARABIC["cues"] else word
        lists = (
            ARABIC["stops"],
            ARABIC["cues"],
            ARABIC["roles"],
            ARABIC["honorifics"],
            PERSIAN["stops"],
            PERSIAN["roles"],
            PERSIAN["light_verbs"],
            PERSIAN["cues"],
            PERSIAN["no_names"],
        )
        common = (
            word in PERSIAN_FUNCTION_WORDS
            or word in PERSIAN["demonstratives"]
            or word.startswith("ال")
            or len(word) < 3
        )
        return not common and not any(bare in some or word in some for some in lists)
