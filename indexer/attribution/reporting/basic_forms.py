"""Bring inflected names to their basic form: "Filipa Beneše" is Filip Beneš, "Karas'ın" Karas."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import lru_cache
from typing import Final
from unicodedata import combining, normalize

from indexer.attribution.reporting.grammar import ReportingGrammar
from search.names.given_names import Gender, first_name_gender, first_names

_FIRST_NAMES: Final = first_names("male") | first_names("female")
_SUFFIX: Final = re.compile("(?<=.)['’](?=[^\\W\\dA-ZÇĞİÖŞÜ])")
_LEAST_STEM: Final = 2  # letters of a name without the ending of its case
_NAME_WITH_PLACE: Final = 3  # words of a name with the place before it
_PLACE_AND_WORD: Final = 2  # words of a country and one behind it
_FEMALE_ENDINGS: Final = frozenset("aаяα")  # of the basic form of most places whose genitive tells them
_BEFORE_FLEETING: Final = frozenset("bcčdfghjmptvzžw")
_GENITIVE_OF_FEMALE_ENDING: Final = frozenset("yы")
_SOFT_GENITIVE: Final = "я"  # of "Кремль"; hardly a surname ends so
_GREEK_ENDING: Final = "ς"  # of men's names: "Πέτρο" is Πέτρος
_VOWELS: Final = frozenset("aeiouyåäö")
_CASE_ALONE: Final = 3  # letters of an ending that no basic form has


class BasicForms:
    """The basic forms of the words that the names of one text are made of.

    A word is inflected when the text prints its basic form, too, or when that is a listed first name or country.
    """

    def __init__(self, printed: Set[str], grammar: ReportingGrammar) -> None:
        self._grammar = grammar
        self._forms: dict[str, str] = {}
        if grammar.suffixes_after_apostrophe:
            self._forms = {word: before_suffix(word) for word in printed if before_suffix(word) != word}
        elif grammar.case_endings:
            known = _FIRST_NAMES | grammar.places
            for word in printed:
                form = None if word.lower() in known else self._known_form(word, printed, known)
                if form is not None:
                    self._forms[word] = form

    def __contains__(self, word: str) -> bool:
        return word in self._forms

    def of_word(self, word: str) -> str:
        """Return the basic form of a word, itself where it has no other."""
        return self._forms.get(word, word)

    def of_name(self, name: tuple[str, ...]) -> tuple[str, ...]:
        """Return the basic form of a name; a surname of no other form follows an inflected first name."""
        first, last = name[0], name[-1]
        if not self._grammar.case_endings:
            return tuple(map(self.of_word, name))
        if self._grammar.last_word_inflects:
            return (*name[:-1], self.of_word(last))
        if len(name) > 1 and first not in self._forms and may_be_first_name(first.lower()):
            return name  # its first name stands in the basic form: "Ева Лисина" is no Лисин
        if len(name) > 1 and first not in self._forms and last in self._forms:
            of_women = self.of_word(last)[-1] in _FEMALE_ENDINGS
            pairs = self._grammar.case_endings
            fits = [each for each in pairs if first.endswith(each[0]) and (each[1] in _FEMALE_ENDINGS) == of_women]
            first = first.removesuffix(fits[0][0]) + fits[0][1] if fits else first
            return (first, *map(self.of_word, name[1:]))
        if len(name) > 1 and first in self._forms and last not in self._forms:
            return (
                *map(self.of_word, name[:-1]),
                self._of_surname(last, first_name_gender(self.of_word(first).lower())),
            )
        return tuple(map(self.of_word, name))

    def governed(self, name: tuple[str, ...]) -> tuple[str, ...]:
        """Return the basic form of a name in the genitive, though its first word is a first name itself: "Petra Nováka"."""
        first, last = name[0], name[-1]
        if self._grammar.last_word_inflects:
            return (*name[:-1], self._forms.get(last) or self._without_ending(last))
        forms = (first.removesuffix(end) + basic for end, basic in self._grammar.case_endings if first.endswith(end))
        form = next((form for form in forms if form != first and form.lower() in _FIRST_NAMES), None)
        if form is None or len(name) == 1:
            return name
        surname = self._forms.get(last) or self._of_surname(last, first_name_gender(form.lower()))
        return (form, *map(self.of_word, name[1:-1]), surname)

    def _without_ending(self, last: str) -> str:
        """Return a surname without the ending of its case: "Roen", "Trumpin", where "i" stands behind consonants alone."""
        for ending, basic in self._grammar.case_endings:
            stem = last.removesuffix(ending)
            fits = stem != last and len(stem) > _LEAST_STEM and not (ending.startswith("i") and stem[-1] in _VOWELS)
            if fits:
                return stem + basic
        return last

    def _of_surname(self, last: str, gender: Gender) -> str:
        """Return the basic form of a surname behind an inflected first name, itself where no ending shows one."""
        fits = [pair for pair in self._grammar.case_endings if last.endswith(pair[0]) and len(last) > len(pair[0]) + 1]
        of_women = [pair for pair in fits if pair[1] and pair[1][-1] in _FEMALE_ENDINGS | {"á"}]
        if gender == Gender.FEMALE:
            pair = max(of_women, key=lambda each: len(each[0]), default=None)
        elif last[-1] in _GENITIVE_OF_FEMALE_ENDING and of_women:
            pair = of_women[0]  # "Piotra Wrony": a man's name in "-a"
        else:
            # In "Kubíčka" and "Buczka" a vowel is left out, which the basic form has between the last consonants.
            fleeting = [
                pair for pair in fits if pair[1] in ("ek", "ец") and last[-len(pair[0]) - 1] in _BEFORE_FLEETING
            ]
            # "-ского" can be nothing else; of the short endings the one that leaves a surname without any.
            sure = [pair for pair in fits if not pair[1] or (len(pair[0]) >= _CASE_ALONE and pair not in of_women)]
            sure = sure or [pair for pair in fits if pair[1][-1] == _GREEK_ENDING]
            pair = next(iter(fleeting or sure), None)
        return last if pair is None else last.removesuffix(pair[0]) + pair[1]

    def may_be_genitive(self, word: str) -> bool:
        """Return whether a name of one word may stand in the genitive, by its ending: "Valmory", "Кремля", "Белого"."""
        return any(
            word.endswith(ending)
            and (basic in _FEMALE_ENDINGS or ending == _SOFT_GENITIVE or len(ending) >= _CASE_ALONE)
            for ending, basic in self._grammar.case_endings
        )

    def forewords(self, words: Sequence[str], first: int, last: int) -> int:
        """Return how many of the words first..last, a run of capitals, are of what stands before its name.

        A country, a body by its capitals, a town in the genitive behind a role, or another case than the name's: "президент США
        Анна Роэ", "starostka Valmory Inés Karasová".
        """
        grammar = self._grammar
        if not grammar.case_endings and not grammar.suffixes_after_apostrophe and grammar.articles:
            return 0
        at = first + (first > 0 and self._is_genitive_place(words, first, last))
        while at < last - 1 and self._is_foreword(words, at, last):
            at += 1
        return at - first

    def _is_genitive_place(self, words: Sequence[str], first: int, last: int) -> bool:
        word, before = words[first], words[first - 1].lower()
        if last - first < 2 or may_be_first_name(word.lower()):
            return False
        if self._grammar.names_after_articles:  # "η πρωθυπουργός της Βρετανίας Άννα Ρόου"
            joins = first > 1 and before in self._grammar.genitives
            role = self._grammar.role_of(words[first - 2].lower() if joins else before)
            return role != "" and last - first >= _NAME_WITH_PLACE
        if not self._grammar.role_of(before):
            return False
        if last - first < _NAME_WITH_PLACE:
            return may_be_first_name(words[first + 1].lower())
        return any(word.endswith(ending) for ending, basic in self._grammar.case_endings if basic in _FEMALE_ENDINGS)

    def _is_foreword(self, words: Sequence[str], at: int, last: int) -> bool:
        word, following = words[at], words[at + 1]
        if word.isupper() and len(word) > 1:
            return not following.isupper()
        basic = self.of_word(word).lower()
        if basic == word.lower() and basic in self._grammar.places and last - at == _PLACE_AND_WORD:
            return False  # "Korea Północna"
        if basic in self._grammar.places or may_be_first_name(basic):
            return basic in self._grammar.places
        return word in self._forms and words[last - 1] not in self._forms and following not in self._forms

    def _known_form(self, word: str, printed: Set[str], known: Set[str]) -> str | None:
        for ending, basic in self._grammar.case_endings:
            if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
                form = word.removesuffix(ending) + basic
                if form in printed or form.lower() in known:
                    return form
        return None


def before_suffix(word: str) -> str:
    """Return a word without the ending that an apostrophe parts from it: "Karas'ın" is Karas, "O'Neill" itself."""
    return _SUFFIX.split(word, maxsplit=1)[0]


def ends_name(word: str, following: str) -> bool:
    """Return whether a name ends between two words: at such an ending, and before a body's capitals."""
    return before_suffix(word) != word or (following[:2].isupper() and len(word) > 1 and not word.isupper())


def ends_run(words: Sequence[str], first: int, at: int, grammar: ReportingGrammar) -> bool:
    """Return whether a run of capitals from `first` ends before word `at`: "Karas'ın Ankara", "Ann Roe Twitterissä"."""
    if grammar.suffixes_after_apostrophe:
        return ends_name(words[at - 1], words[at])
    inflected = grammar.last_word_inflects and words[at].endswith(grammar.oblique_endings)
    return inflected and at - first > 1


@lru_cache(maxsize=10_000)
def may_be_first_name(low: str) -> bool:
    """Return whether a word in small letters is a known first name, with accents or not, or two of them with a hyphen."""
    first = low.partition("-")[0]
    plain = "".join(letter for letter in normalize("NFKD", first) if not combining(letter))
    return low in _FIRST_NAMES or first in _FIRST_NAMES or plain in _FIRST_NAMES
