"""The people that a text names, each by the fullest form it prints, with their gender and what they are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from indexer.attribution.reporting.basic_forms import BasicForms, before_suffix, ends_run, may_be_first_name
from indexer.attribution.reporting.clause_words import ClauseWords
from indexer.attribution.reporting.grammar import ReportingGrammar
from indexer.entities.namesakes import one_letter_apart
from indexer.word_lists import joined_phrases, word_list
from search.names.given_names import Gender, first_name_gender, first_names, gender_shown

_PARTICLES: Final = word_list("name_particles") - {"y", "e"}
_SUFFIXES, _ORGANISATIONS = word_list("name_suffixes"), word_list("organisation_words")
_FIRST_NAMES: Final = first_names("male") | first_names("female")
_PLACES: Final = joined_phrases("places")
_MOST_WORDS: Final = 8  # of a name
_ROLE_REACH: Final = 7  # words between a role and the name that it stands before: "ministro de Exteriores de …"
_MOST_NAMESAKES: Final = 20
_FIRST_OTHER_SCRIPT: Final = "\u0250"  # letters of Latin stand before it
_LEAST_MISSPELT: Final = 6  # letters: shorter surnames that differ by one are other names


class TextNames:
    """The names in the words of a text: runs of capitals, with the roles that stand inside them apart.

    `run_at[k]` is the run that begins at word k, as half-open numbers of words.
    """

    def __init__(self, words: ClauseWords, grammar: ReportingGrammar) -> None:
        self._words, self._grammar = words, grammar
        self._small = {low for low, word in zip(words.lower, words.words, strict=True) if low == word}
        self._inner = self._inner_capitals()
        alphabetic = [low[0] for low in words.lower if low[0].isalpha()]
        self._latin = 2 * sum(letter < _FIRST_OTHER_SCRIPT for letter in alphabetic) > len(alphabetic)
        self.run_at: dict[int, tuple[int, int]] = {}
        self._cores: dict[tuple[int, int], int] = {}
        self._fullest: dict[tuple[str, ...], tuple[str, ...]] = {}  # of names asked for since the people are known
        self._find_runs()
        printed = {word for first, last in self.run_at.values() for word in words.words[first:last]}
        self.basic_forms = BasicForms(printed, grammar)
        self._after_article = self._names_after_articles()
        self._last_words = {words.words[last - 1] for first, last in self.run_at.values() if last - first > 2}
        self._by_last: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._by_initial: dict[str, list[str]] = defaultdict(list)
        self._gender: dict[tuple[str, ...], Gender] = {}
        self._holders: dict[str, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
        self._people: set[tuple[str, ...]] = set()
        self._note_people()
        self._note_roles()
        for name in self._people:
            if len(name) > 1 and not self._gender.get(name):  # what nothing else tells
                self._gender[name] = self._ending_gender(name[0].lower())

    def name(self, first: int, last: int) -> tuple[str, ...]:
        """Return the words of a name without the roles and titles at its head."""
        return self.basic_forms.of_name(tuple(self._words.words[self.core(first, last) : last]))

    def is_oblique(self, first: int, last: int) -> bool:
        """Return whether a run of capitals is in a case that is no subject's: its first word has a basic form of its own."""
        by_last = self._grammar.suffixes_after_apostrophe or self._grammar.last_word_inflects
        at = last - 1 if by_last else self.core(first, last)
        return self._words.words[at] in self.basic_forms

    def may_be_genitive(self, first: int, last: int) -> bool:
        """Return whether a run of one word may be of what stands before it, "глава Белого дома", and nobody's name."""
        return last - first == 1 and self.basic_forms.may_be_genitive(self._words.words[first])

    def core(self, first: int, last: int) -> int:
        """Return where in a run the name proper begins: behind the last role or title, if anything is left."""
        if last - first == 1:
            return first
        if (first, last) not in self._cores:
            self._cores[first, last] = self._find_core(first, last)
        return self._cores[first, last]

    def _find_core(self, first: int, last: int) -> int:
        grammar, lower = self._grammar, self._words.lower
        for k in range(last - 2, first - 1, -1):
            word = lower[k].rstrip(".")
            if grammar.role_of(word) or word in grammar.male_titles or word in grammar.female_titles:
                first = k + 1
                break
        first += self.basic_forms.forewords(self._words.words, first, last)
        if not may_be_first_name(lower[first]):  # "FDP-Experte Hermann Lang": whatever stands before a first name
            return next((k for k in range(first + 1, last - 1) if may_be_first_name(lower[k])), first)
        return first

    def fullest(self, name: tuple[str, ...]) -> tuple[str, ...]:
        """Return the fullest form of a name that the text prints; the name itself if there is none."""
        if len(name) > 1 and not (len(name) == 2 and name[0].lower() in _PARTICLES):
            return name
        if name not in self._fullest:
            self._fullest[name] = self._find_fullest(name)
        return self._fullest[name]

    def _find_fullest(self, name: tuple[str, ...]) -> tuple[str, ...]:
        last = name[-1]
        for form in self._forms(last):
            fuller = self._by_last.get(form, ())
            if fuller:
                return fuller[0]
        if len(name) > 1:
            return name
        for full in self._by_first.get(last, ())[:1]:
            # "Tom" is Tom Roe, and "Ri" Ri Yong; "Solocal Ann Roe" is two names that stand beside each other.
            if last.lower() in _FIRST_NAMES or not any(word.lower() in _FIRST_NAMES for word in full):
                return full
        return self._misspelt(last) or name

    def _misspelt(self, last: str) -> tuple[str, ...] | None:
        """Return the one person whose surname is a letter apart from this one: papers misspell names."""
        if len(last) < _LEAST_MISSPELT:
            return None
        alike = [form for form in self._by_initial.get(last[0], ())[:_MOST_NAMESAKES] if one_letter_apart(form, last)]
        return self._by_last[alike[0]][0] if len(alike) == 1 else None

    def gender(self, name: tuple[str, ...]) -> Gender:
        """Return the gender of somebody, as first names, titles, articles and roles show it."""
        return self._gender.get(name, Gender.UNKNOWN)

    def is_person(self, name: tuple[str, ...]) -> bool:
        """Return whether a name, or a fuller form of it, is a person's."""
        return self.fullest(name) in self._people

    def may_be_person(self, name: tuple[str, ...]) -> bool:
        """Return whether a name that speaks may be a person's, by its words and by what stands before it elsewhere."""
        lower = [word.lower() for word in name]
        is_body = " ".join(lower) in _PLACES or self._has_body(lower) or name[0] in self._after_article
        return not (is_body or self._is_foreign(name) or any(word.isupper() and len(word) > 1 for word in name))

    def _is_foreign(self, name: tuple[str, ...]) -> bool:
        """Whether a name is Latin in a text of another script: a medium or a firm."""
        return not self._latin and name[-1][0] < _FIRST_OTHER_SCRIPT

    def add_person(self, name: tuple[str, ...], gender: Gender = Gender.UNKNOWN) -> None:
        """Add a name to those of people: it speaks, and no article stands before it."""
        self._people.add(name)
        if gender and not self._gender.get(name):
            self._gender[name] = gender

    def add_gender(self, name: tuple[str, ...], gender: Gender) -> None:
        """Remember the gender of somebody who stays without a name."""
        self._gender.setdefault(name, gender)

    def holder(self, role: str, before: int) -> tuple[str, ...] | None:
        """Return the name of the last who was called so before word `before`; None when nobody was."""
        return next(
            (name for at, name in reversed(self._holders.get(self._grammar.bare_role(role), [])) if at < before), None
        )

    def _has_body(self, lower: Sequence[str]) -> bool:  # whether a word says that a name is a body's
        is_known = lower[-1] in self._grammar.body_nouns
        return is_known or any(word in _ORGANISATIONS or word.endswith(self._grammar.bodies) for word in lower)

    def _forms(self, last: str) -> tuple[str, ...]:
        """Return a surname, and what it is without the ending of a genitive."""
        return (last, last.removesuffix("s")) if self._grammar.capital_nouns and last.endswith("s") else (last,)

    def _inner_capitals(self) -> set[str]:
        """Return the capitalised words that stand inside a sentence somewhere."""
        words, grammar = self._words, self._grammar
        inner = {
            word
            for at, word in enumerate(words.words)
            if word[0].isupper() and not words.opens_sentence(at) and words.words[at - 1] != ":"
        }
        if grammar.suffixes_after_apostrophe:
            inner |= {before_suffix(word) for word in inner}
        for ending, basic in grammar.case_endings:
            inner |= {word.removesuffix(ending) + basic for word in inner if word.endswith(ending)}
        return inner

    def _find_runs(self) -> None:
        at = 0
        count, lower, printed = len(self._words), self._words.lower, self._words.words
        while at < count:
            if lower[at] == printed[at]:  # no capital, as most words
                at += 1
                continue
            end = self._run_end(at)
            if end > at:
                self.run_at[at] = (at, end)
            at = max(end, at + 1)

    def _run_end(self, at: int) -> int:
        """Return where the run of capitals that begins at a word ends; the word itself if none does."""
        words, grammar = self._words, self._grammar
        if not self._is_name_word(at):
            return at
        end = at + 1
        while end < len(words) and end - at < _MOST_WORDS and words.sentence[end] == words.sentence[at]:
            joins = end
            while joins < len(words) and joins - end < 3 and self._is_particle(joins, end):
                joins += 1
            if ends_run(words.words, at, end, grammar):
                break
            if joins < len(words) and words.sentence[joins] == words.sentence[at] and self._is_capital(joins):
                end = joins + 1
            elif words.lower[end] in _SUFFIXES:
                end += 1
            else:
                break
        if grammar.capital_nouns and end - at == 1 and words.lower[at] in grammar.pronouns:
            return at
        return end + (end - at == 1 and self._is_body_noun(end, at))

    def _is_body_noun(self, at: int, before: int) -> bool:
        """Whether a small noun names a body with the capital before it: "Evropská komise"."""
        same = self._words.sentence[at : at + 1] == self._words.sentence[before : before + 1]
        return same and self._words.words[at] in self._grammar.body_nouns

    def _is_particle(self, at: int, first: int) -> bool:
        """Whether a small word stands inside a name: not an article by itself, as in "Präsident der Union"."""
        low, grammar = self._words.lower[at], self._grammar
        governs = not grammar.articles and low in grammar.prepositions
        if low not in _PARTICLES or self._words.words[at] != low or governs:
            return False
        if first and grammar.is_role(self._words.lower[first - 1]):
            return False  # "Bürgermeisterin von Köln"
        named = first > 0 and may_be_first_name(self._words.lower[first - 1])
        plain = at > first or low not in grammar.articles
        # "Jan de Vries"; not "Ansicht von Ann Roe".
        return (named and plain) if grammar.capital_nouns else (named or plain)

    def _is_capital(self, at: int) -> bool:
        word = self._words.words[at]
        return word[0].isupper() and self._words.quotation[at] < 0

    def _is_name_word(self, at: int) -> bool:
        """Whether a word may begin a name: it is no word of the grammar, and its capital does not only open a sentence."""
        words, grammar, low = self._words, self._grammar, self._words.lower[at]
        if not self._is_capital(at) or not words.words[at][0].isalpha():
            return False
        if grammar.suffixes_after_apostrophe and before_suffix(words.words[at]) != words.words[at]:
            return True
        if not words.opens_sentence(at) and words.words[at - 1] != ":":
            return low not in grammar.pronouns and low not in grammar.no_names
        if low in grammar.function_words or low in grammar.verbs:
            return False
        if words.words[at] in self._inner:
            return True
        if low in self._small or low in grammar.openers or low.endswith(grammar.adverb_endings):
            return False
        return self._is_followed_as_name(at)

    def _is_followed_as_name(self, at: int) -> bool:
        """Whether a word that only its place at the head of a sentence gives a capital may be a name all the same."""
        words, grammar = self._words, self._grammar
        if at + 1 >= len(words) or words.sentence[at + 1] != words.sentence[at]:
            return False
        low = words.lower[at + 1]
        speaks = low in grammar.verbs or low in grammar.auxiliaries or low == ":" or self._is_body_noun(at + 1, at)
        if grammar.verb_last and (low == "," or grammar.is_body(low)):  # "Roe, dün akşam … dedi", "Liman gazetesi"
            return True
        return speaks or (self._is_capital(at + 1) and not grammar.capital_nouns) or self._is_first_name(at)

    def _is_first_name(self, at: int) -> bool:
        behind = at + 1 + (self._words.lower[at + 1] in _PARTICLES and at + 2 < len(self._words))  # "Kurt von Roe"
        return may_be_first_name(self._words.lower[at]) and self._is_capital(behind)

    def _names_after_articles(self) -> set[str]:
        """Return the words of runs that an article stands before: "la Casa Blanca", "del Congreso" are no people."""
        words, grammar = self._words, self._grammar
        if not grammar.articles or grammar.names_after_articles:
            return set()
        openers = grammar.articles | grammar.contractions | grammar.determiners
        return {words.words[first] for first in self.run_at if first and words.lower[first - 1] in openers}

    def _note_people(self) -> None:
        words, grammar = self._words, self._grammar
        for first, last in self.run_at.values():
            core = self.core(first, last)
            name = self.basic_forms.of_name(tuple(words.words[core:last]))
            before = words.lower[core - 1].rstrip(".") if core else ""
            titled = gender_shown(before in grammar.male_titles, before in grammar.female_titles)
            if len(name) < 2:
                if titled or (core > first and grammar.is_role(before) and not self._is_genitive(last)):
                    self.add_person(name, titled or self._role_gender(before))
                continue
            role = core > first or grammar.is_role(before)
            if (role or not self._is_foreign(name)) and self._looks_personal(core, last, role=role):
                surname = gender_shown(False, name[-1].endswith(grammar.female_surname_endings))
                listed = first_name_gender(name[0].lower())
                self.add_person(name, titled or surname or listed or self._role_gender(before))
                fuller = self._by_last[name[-1]]
                if not fuller:
                    self._by_initial[name[-1][0]].append(name[-1])
                if name not in fuller and len(fuller) < _MOST_NAMESAKES:
                    fuller.append(name)
                    self._by_first[name[0]].append(name)
        for name in sorted(name for name in self._people if len(name) == 1):
            fuller_name = self.fullest(name)
            if fuller_name != name:
                self.add_person(fuller_name, self._gender.get(name, Gender.UNKNOWN))

    def _is_genitive(self, last: int) -> bool:
        """Whether a word behind a role is a genitive and no name: "der Innenminister Perus"."""
        word = self._words.words[last - 1]
        return self._grammar.capital_nouns and word.endswith("s") and word not in self._last_words

    def _looks_personal(self, first: int, last: int, *, role: bool) -> bool:
        """Whether a run of several words is a person's name."""
        words, grammar = self._words, self._grammar
        lower = words.lower[first:last]
        if may_be_first_name(lower[0]) or role:
            return not self._has_body(lower[1:])
        if self._has_body(lower) or set(lower) & _PARTICLES - {"von", "van", "der", "den", "bin", "al"}:
            return False
        of_place = self.basic_forms.of_word(words.words[last - 1]).lower() in grammar.places  # "Severní Koreje"
        if of_place or " ".join(lower) in _PLACES or words.words[first] in self._after_article:
            return False
        if any(word.isupper() and len(word) > 1 for word in words.words[first:last]):
            return False
        word = words.lower[last - 1]
        if word[len(before_suffix(word)) + 1 :] in grammar.place_suffixes:  # "Batı Virginia'daki"
            return False
        if grammar.capital_nouns and words.opens_sentence(first) and words.words[first] not in self._inner:
            return False
        governed = grammar.capital_nouns and first > 0 and words.lower[first - 1] in grammar.prepositions
        return not governed and not any(word in self._small for word in lower)

    def _ending_gender(self, low: str) -> Gender:
        """Return the gender that the ending of a first name of no list shows."""
        if may_be_first_name(low):
            return Gender.UNKNOWN
        grammar = self._grammar
        return gender_shown(low.endswith(grammar.male_name_endings), low.endswith(grammar.female_name_endings))

    def _role_gender(self, role: str) -> Gender:
        return gender_shown(role in self._grammar.male_roles, role in self._grammar.female_roles)

    def _note_roles(self) -> None:
        """Note what people are called: the role before a name, or behind it and a comma."""
        words, grammar = self._words, self._grammar
        for first, last in self.run_at.values():
            core = self.core(first, last)
            name = self.fullest(self.basic_forms.of_name(tuple(words.words[core:last])))
            if name not in self._people or (core and words.lower[core - 1] in grammar.genitives):
                continue
            reach = 1 if grammar.verb_last else _ROLE_REACH  # what it is of stands before a Turkish role
            for at in range(core - 1, max(-1, core - 1 - reach), -1):
                low = words.lower[at]
                if words.quotation[at] >= 0 or words.sentence[at] != words.sentence[core] or low in grammar.verbs:
                    break
                if not low[0].isalnum() and not (low == "," and at == core - 1) and low != ".":
                    break
                if at in self.run_at and self.run_at[at][1] <= first and at != first:
                    other = self.fullest(self.name(*self.run_at[at]))
                    if other in self._people:
                        break
                role = grammar.role_of(low)
                if role:
                    self._note_role(role, at, name)
                    break
                if low in grammar.articles and self._note_unlisted_role(at, core, name):
                    break
            self._note_role_behind(last, name)

    def _note_unlisted_role(self, at: int, core: int, name: tuple[str, ...]) -> bool:
        """Note "la cantante Ariana" though "cantante" is in no list; return whether an article stands so."""
        words = self._words
        gap = core - at
        if gap in (2, 3) and words.words[at + 1].isalpha() and words.words[at + 1].islower():
            self._note_role(words.lower[at + 1], at + 1, name)
            self._show_article(name, words.lower[at])
        return True

    def _note_role_behind(self, last: int, name: tuple[str, ...]) -> None:
        """Note the role in "Ann Roe, la ministra": within three words behind the comma."""
        words, grammar = self._words, self._grammar
        if last >= len(words) or words.lower[last] not in (",", "("):
            return
        for at in range(last + 1, min(last + 5, len(words))):
            low = words.lower[at]
            if words.sentence[at] != words.sentence[last] or not low[0].isalnum() or low in grammar.verbs:
                return
            if low in grammar.prepositions or low in grammar.relatives:
                return
            if grammar.is_role(low):
                self._note_role(low, at, name)
                return

    def _note_role(self, role: str, at: int, name: tuple[str, ...]) -> None:
        held = self._holders[self._grammar.bare_role(self._words.ranked(role, at, self._grammar))]
        if len(held) < _MOST_NAMESAKES:
            held.append((at, name))
        # "La maire": the article tells more than the noun, which may be of both.
        self._show_article(name, self._words.lower[at - 1] if at else "")
        self.add_person(name, self._role_gender(role))

    def _show_article(self, name: tuple[str, ...], article: str) -> None:
        shown = gender_shown(article in self._grammar.male_articles, article in self._grammar.female_articles)
        if shown:
            self.add_person(name, shown)
