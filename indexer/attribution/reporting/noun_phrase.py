"""Read noun phrases that may be the subject of a clause: "Ann Roe", "la ministra francesa", "der Sprecher des Vereins", "él"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from indexer.attribution.reporting.clause_subject import ClauseSubject, SubjectKind
from indexer.attribution.reporting.clause_words import ClauseWords
from indexer.attribution.reporting.grammar import ReportingGrammar
from indexer.attribution.reporting.text_names import TextNames
from search.names.given_names import gender_shown

_MOST_PHRASE: Final = 14  # words of a subject with its complements
_LONGEST_TITLE: Final = 30  # code points of a club's or a paper's name with its marks
_MOST_ADJUNCT: Final = 6  # words of what a preposition adds between a verb and its subject
_MOST_SECOND_ROLE: Final = 5  # words of a second role in apposition
_LEAST_NOUN: Final = 3  # letters of a word of no list that may be a subject
_MOST_ADJECTIVES: Final = 2  # small words behind a noun: "presidente sudafricano"


class PhraseReader:
    """Find noun phrases in the words of one text. Words are given by their numbers, stretches of them half-open."""

    def __init__(self, words: ClauseWords, names: TextNames, grammar: ReportingGrammar) -> None:
        self._words, self._names, self._grammar = words, names, grammar
        self._openers = grammar.articles | grammar.determiners
        self._breaks = (grammar.subordinators | grammar.relatives | grammar.coordinators) - self._openers
        self._beside = grammar.beside_verbs | grammar.auxiliaries
        self._inside = grammar.genitives | self._openers

    def phrase(self, at: int, end: int, *, oblique: bool = False) -> ClauseSubject | None:
        """Return the noun phrase or pronoun that begins at a word, within `end`; None where none does.

        `oblique`: one in another case than the subject's will do.
        """
        words, grammar = self._words, self._grammar
        low = words.lower[at]
        if words.quotation[at] >= 0:
            return None
        if low in grammar.pronouns:
            gender = gender_shown(low in grammar.male_pronouns, low in grammar.female_pronouns)
            return ClauseSubject(SubjectKind.PRONOUN, at, at + 1, -1, gender=gender)
        # "De Wit" within a sentence is a name.
        start = at + (low in self._openers and not (at in self._names.run_at and words.words[at][0].isupper()))
        opened = start > at
        if opened and start < end and self._is_same(start, end):
            gender = gender_shown(words.lower[start] in grammar.same_male, words.lower[start] in grammar.same_female)
            return ClauseSubject(SubjectKind.PRONOUN, at, start + 1, -1, gender=gender)
        named = opened and grammar.names_after_articles
        run = None if opened and not named else self._run(start, end)
        if named and run is not None:
            subject = self._named(at, run, end) if run[1] <= end else None
            shown = gender_shown(low in grammar.male_articles, low in grammar.female_articles)
            return None if subject is None else replace(subject, gender=subject.gender or shown)
        if run is not None and not oblique and self._names.is_oblique(*run):
            return None
        if run is not None and self._grammar.verb_last and self._is_modifier(run, end):
            return self._of_noun(at, start, end, opened=False)
        if run is not None:
            return self._named(at, run, end) if run[1] <= end else None
        if oblique and grammar.role_of(low):
            return self._of_noun(at, start, end, opened=opened, oblique=True)
        if (not opened and not (grammar.is_role(low) or low in grammar.unnamed)) or low.endswith(
            grammar.oblique_endings
        ):
            return None
        if start >= end or not words.words[start][0].isalnum():
            return None
        if opened and not grammar.articles and words.lower[start] in grammar.prepositions and start + 1 < end:
            # "одна из гимнасток": one of those
            return ClauseSubject(SubjectKind.PHRASE, at, start + 2, -1, head=low, definite=False, alone=False)
        if words.lower[start] in grammar.times or words.lower[start] in grammar.prepositions:
            return None
        if grammar.last_word_inflects and not oblique and words.lower[start].endswith(grammar.oblique_endings):
            return None  # "a lakóknak"
        return self._of_noun(at, start, end, opened=opened, oblique=oblique)

    def _is_same(self, at: int, end: int) -> bool:
        """Whether a word behind an article means who was spoken of last: "ce dernier", not "le dernier rapport"."""
        low, grammar = self._words.lower[at], self._grammar
        return low in grammar.same_male | grammar.same_female and self._is_phrase_end(at + 1, end)

    def noun_at(self, at: int, end: int) -> ClauseSubject | None:
        """Return the noun phrase of a word of no list, in a language without articles: "сказал швейцар"."""
        low = self._words.lower[at]
        plain = low == self._words.words[at] and low[-1].isalpha() and len(low) > _LEAST_NOUN  # "79-летняя"
        is_none = self._grammar.articles or not plain or low in self._grammar.function_words or self.is_verb(at)
        is_none = is_none or (at + 1 < end and self._words.lower[at + 1] in self._grammar.postpositions)
        return (
            None if is_none or low.endswith(self._grammar.oblique_endings) else self._of_noun(at, at, end, opened=False)
        )

    def body_at(self, at: int, end: int) -> ClauseSubject | None:
        """Return the name or the noun phrase of a body that a preposition governs."""
        run = self._names.run_at.get(at)
        if run is not None and run[1] <= end:
            last = self._complement_end(run[1], end) if run[1] - run[0] == 1 else run[1]
            return ClauseSubject(SubjectKind.NAME, at, last, -1, name=tuple(self._words.words[at:last]))
        low = self._words.lower[at]
        is_word = low.replace("-", "").isalpha()  # "пресс-службе"
        if self._words.quotation[at] >= 0 or not is_word or low in self._grammar.function_words:
            return None
        return replace(self._of_noun(at, at, end, opened=False), definite=False)

    def _complement_end(self, at: int, end: int) -> int:
        """Return where the small words end that say what a body is of: "Министерстве образования и науки"."""
        words, last = self._words, at
        while last < min(at + _MOST_ADJUNCT, end) and words.words[last].islower() and words.words[last].isalpha():
            joined = words.lower[last] in self._grammar.joining
            if (words.lower[last] in self._grammar.function_words and not joined) or self.is_verb(last):
                break
            last += 1
        return last

    def subject_at(self, k: int, end: int, first: int, *, oblique: bool = False) -> ClauseSubject | None:
        """Return the noun phrase at a word when no preposition governs it and a verb or a comma may follow it."""
        words, grammar = self._words, self._grammar
        if k > first and (words.lower[k - 1] in grammar.prepositions or words.lower[k - 1] in self._inside):
            return None
        numbered = k > first and words.words[k - 1].isdigit() and k in self._names.run_at  # "Radio 4 Desert Island"
        if numbered or (grammar.capital_nouns and k > first and self._has_adjective(k)):
            return None
        if not oblique and grammar.suffixes_after_apostrophe and self._shares_suffix(k):
            return None
        subject = self.phrase(k, end, oblique=oblique)
        if subject is None or words.lower[subject.first] in grammar.oblique_articles:
            return None
        if subject.last < len(words) and words.lower[subject.last] in grammar.postpositions:
            return None
        if any(low in grammar.times for low in words.lower[subject.first : subject.last]):
            return None
        return subject

    def _has_adjective(self, k: int) -> bool:
        """Whether a capital is a noun within a phrase that begins before it: "zur aktuellen Lage"."""
        words, grammar = self._words, self._grammar
        low, run = words.lower[k - 1], self._names.run_at.get(k)
        is_small = words.words[k - 1] == low and low[0].isalpha()
        if run is None or not is_small or self._names.is_person(self._names.name(*run)):
            return False
        return low not in grammar.function_words and low not in grammar.verbs

    def past_object(self, subject: ClauseSubject, end: int) -> ClauseSubject | None:
        """Return the role with its name right behind a name that is told so: "заявила Новостям глава союза Анна Роэ"."""
        at = subject.last
        if subject.kind == SubjectKind.PHRASE and not self._grammar.is_role(subject.head):
            return self._past_noun(at, end)
        if subject.kind != SubjectKind.NAME or at >= end or not self._grammar.is_role(self._words.lower[at]):
            return None
        behind = self.phrase(at, end)
        return behind if behind is not None and behind.kind == SubjectKind.NAME else None

    def _past_noun(self, at: int, end: int) -> ClauseSubject | None:
        """Return who is named behind an object of small words: "komentoval výstavbu mostu starosta Jan Roe"."""
        words = self._words
        for k in range(at, min(at + _MOST_ADJUNCT, end)):
            run = self._names.run_at.get(k)
            if run is not None:
                known = (
                    run[1] <= end and not self._names.is_oblique(*run) and self._names.is_person(self._names.name(*run))
                )
                return self.phrase(k, end) if known else None
            if (
                not words.lower[k].isalpha()
                or words.lower[k] in self._breaks
                or words.lower[k] in self._grammar.prepositions
            ):
                return None
        return None

    def past_adjunct(self, k: int, end: int, first: int) -> ClauseSubject | None:
        """Return the subject behind what the preposition at word `k` adds to a verb: "сказал после игры тренер Анна Роэ"."""
        for at in range(k + 1, min(k + _MOST_ADJUNCT, end)):
            if not self._words.lower[at][0].isalnum() or self._words.lower[at] in self._breaks:
                return None
            subject = self.subject_at(at, end, first)
            known = subject is not None and self._names.is_person(subject.name or ("",))
            if subject is not None and (known or self._grammar.is_role(subject.head or self._words.lower[at])):
                return subject
        return None

    def ending_at(self, first: int, end: int, *, oblique: bool = False) -> ClauseSubject | None:
        """Return the noun phrase that begins in first..end and ends right at `end`; the longest that is no object."""
        for k in range(max(first, end - _MOST_PHRASE), end):
            subject = self.subject_at(k, end, first, oblique=oblique)
            if subject is not None and subject.last == end:
                return subject
        return None

    def governed(self, subject: ClauseSubject) -> ClauseSubject:
        """Return a subject that "according to" governs with its name in the basic form: "podle Petra Nováka"."""
        printed = tuple(self._words.words[max(0, subject.last - len(subject.name)) : subject.last])
        inflected = self._grammar.case_endings and subject.name and printed == subject.name
        return replace(subject, name=self._names.basic_forms.governed(printed)) if inflected else subject

    def past(self, k: int, end: int) -> int:
        """Return the word behind the noun phrase that a preposition governs, or the next word."""
        words, grammar = self._words, self._grammar
        if words.lower[k] in grammar.prepositions and k + 1 < end:
            inner = self.phrase(k + 1, end)
            if inner is not None and inner.kind != SubjectKind.PRONOUN:
                return inner.last
        run = self._names.run_at.get(k)
        return run[1] if run else k + 1

    def is_verb(self, k: int) -> bool:
        """Return whether a word reports speech here: a noun that looks like a verb has an article before it."""
        words = self._words
        return (
            words.lower[k] in self._grammar.verbs
            and words.quotation[k] < 0
            and not (k and words.lower[k - 1] in self._openers and words.sentence[k] == words.sentence[k - 1])
        )

    def stands_beside(self, k: int) -> bool:
        """Return whether a word may stand between a subject and its verb."""
        low = self._words.lower[k]
        return low in self._beside and (low == self._words.words[k] or self._words.opens_sentence(k))

    def _run(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the run of capitals that begins at a word or behind the titles there."""
        titled = start
        while titled < end and self._is_title(titled):
            titled += 1
        return self._names.run_at.get(titled) or self._names.run_at.get(start)

    def _shares_suffix(self, k: int) -> bool:
        """Whether a name bears the ending that is printed at the one joined to it: "Ankara ve İzmir'den"."""
        run = self._names.run_at.get(k)
        if run is None or run[1] + 1 >= len(self._words) or self._words.lower[run[1]] not in self._grammar.coordinators:
            return False
        joined = self._names.run_at.get(run[1] + 1)
        return joined is not None and self._names.is_oblique(*joined)

    def _is_modifier(self, run: tuple[int, int], end: int) -> bool:
        """Whether a capitalised word stands before its noun: "Bolivyalı diplomat Ana Roe", "Demokratların başkanı"."""
        first, last = run
        head = self._words.lower[last - 1]
        if head.endswith(self._grammar.oblique_endings):
            return True
        role = self._words.words[last] if last < end else ""
        owned = self._grammar.bare_role(role) != role  # "İşçi Partisi lideri"
        return self._grammar.is_role(role) and (last - first == 1 or owned)

    def _named(self, at: int, run: tuple[int, int], end: int) -> ClauseSubject:
        first, last = run
        head = self._words.lower[last - 1]
        grammar = self._grammar
        if last - first == 1 and (grammar.is_role(head) or head in grammar.unnamed):
            # A bare noun with a capital: "Kritiker", or one whose name comes behind its complement.
            return self._of_noun(at, first, end, opened=False)
        if grammar.verb_last and last < end and grammar.is_body(self._words.lower[last]):
            last += 1  # "Liman gazetesi"
            return ClauseSubject(SubjectKind.NAME, at, last, -1, name=tuple(self._words.words[first:last]))
        name = self._names.name(first, last)
        if grammar.roles_after_names and last < end and grammar.is_role(self._words.lower[last]):
            last += 1
        return ClauseSubject(SubjectKind.NAME, at, last, -1, name=name, gender=self._names.gender(name))

    def _of_noun(self, at: int, start: int, end: int, *, opened: bool, oblique: bool = False) -> ClauseSubject:
        """Return the phrase whose noun begins at `start`: as a name where one is inside it or set beside it."""
        words, grammar, names = self._words, self._grammar, self._names
        last, named = self._noun_end(start, end, oblique=oblique)
        is_role = grammar.role_of if oblique else grammar.is_role
        roles = [k for k in range(start, last) if is_role(words.lower[k])]
        head = roles[0] if roles else start
        beside = None
        if named is None:
            beside = self._behind_title(last, end) if roles else None
            beside = beside or self._apposed(last, end)
        if beside is not None:
            named, last = beside, beside[1]
        opening = words.lower[at] if opened else ""
        gender = gender_shown(
            opening in grammar.male_articles or words.lower[head] in grammar.male_roles,
            opening in grammar.female_articles or words.lower[head] in grammar.female_roles,
        )
        if named is not None:
            name = names.name(*named)
            gender = names.gender(names.fullest(name)) or gender  # "профессор Анна Роэ"
            names.add_person(names.fullest(name), gender)
            return ClauseSubject(SubjectKind.NAME, at, last, -1, name=name, gender=gender)
        return ClauseSubject(
            SubjectKind.PHRASE, at, max(last, start + 1), -1,
            head=words.ranked(words.lower[head], head, grammar),
            definite=(opened or not grammar.articles or grammar.is_definite(words.lower[head]))
            and opening not in grammar.indefinite_articles,
            alone=last - start <= 1,
            gender=gender,
        )  # fmt: skip

    def _noun_end(self, start: int, end: int, *, oblique: bool) -> tuple[int, tuple[int, int] | None]:
        """Return where the noun phrase whose noun stands at `start` ends, and the name of who it is, if that is inside.

        Its complements and capitals belong to it; small words do ("ministro francés") where the phrase ends behind them.
        """
        last, kept, adjectives_follow = start, start + 1, True
        limit = min(end, start + _MOST_PHRASE)
        while last < limit and not self._ends_phrase(last, start):
            run = self._names.run_at.get(last)
            governed = last > start and self._joins(last - 1)
            if run is not None and run[1] <= end:
                last = run[1]
                # "la Casa Blanca" is no person, "la Merkel" is.
                is_noun = run[0] == start and not self._grammar.capital_nouns and not self._is_known(run)
                of_other_case = not oblique and run[0] != start and self._names.is_oblique(*run)
                inner = governed and self._names.core(*run) == run[0]
                if not (inner or is_noun or of_other_case) and self._is_personal(run):
                    return last, run
                kept, adjectives_follow = last, not self._grammar.capital_nouns
                continue
            joins = self._joins(last)
            last += 1
            if governed and not joins:
                kept = last
            elif not joins and last - kept > (_MOST_ADJECTIVES if adjectives_follow else 0):
                return kept, None
        while last - 1 > start and self._words.lower[last - 1] in self._inside:
            last -= 1
        return (last if self._is_phrase_end(last, end) else kept), None

    def _ends_phrase(self, at: int, start: int) -> bool:
        """Whether a word is no part of the noun phrase that begins at `start`."""
        words, grammar, low = self._words, self._grammar, self._words.lower[at]
        if not low[0].isalnum() or words.quotation[at] >= 0 or low in self._breaks or low.isdigit():
            return True
        if at == start or self._joins(at):
            return False
        if low in grammar.times and (low == words.words[at] or grammar.capital_nouns) and not self._joins(at - 1):
            return True  # "başkan cumartesi günü"; not "el concejal Julio Prado"
        if low in self._openers or (grammar.last_word_inflects and low.endswith(grammar.oblique_endings)):
            return True
        governs = low in grammar.prepositions or low in grammar.postpositions
        return governs or low in self._beside or self.is_verb(at)

    def _joins(self, at: int) -> bool:
        """Whether a word joins a complement to a noun: "de", "des", and the article in "de la"."""
        low, before = self._words.lower[at], self._words.lower[at - 1] if at else ""
        return low in self._grammar.genitives or (low in self._openers and before in self._grammar.genitives)

    def _is_phrase_end(self, at: int, end: int) -> bool:
        """Whether a noun phrase can end before a word: at a mark, a verb of saying, or what stands beside one."""
        words = self._words
        if at >= end or words.quotation[at] >= 0 or not words.lower[at][0].isalnum():
            return True
        if self._grammar.last_word_inflects and words.lower[at].endswith(self._grammar.oblique_endings):
            return True  # "kaupunki tiedotteessaan"
        return self.is_verb(at) or words.lower[at] in self._beside or words.lower[at] in self._breaks

    def _behind_title(self, at: int, end: int) -> tuple[int, int] | None:
        """Return the name behind a role and what it is of, between marks: "тренер «Севера» Анна Роэ"."""
        words = self._words
        short = at + 1 < end and words.quotation[at] >= 0 and words.ends[at] - words.starts[at] <= _LONGEST_TITLE
        run = self._names.run_at.get(at + 1) if short else None
        return run if run is not None and run[1] <= end and self._is_personal(run) else None

    def _apposed(self, at: int, end: int) -> tuple[int, int] | None:
        """Return the name between commas behind a noun phrase, past what a preposition adds: "el jefe en Roma, Ann Roe,"."""
        words, names = self._words, self._names
        while at < end and words.lower[at] in self._grammar.prepositions:
            inner = self.phrase(at + 1, end) if at + 1 < end else None
            if inner is None:
                return None
            at = inner.last
        behind = at + 1
        while behind < min(at + _MOST_SECOND_ROLE, end) and words.words[behind].islower() and words.words[at] == ",":
            behind += 1
        if behind > at + 1 and (self._grammar.articles or not self._grammar.is_role(words.lower[behind - 1])):
            return None  # "Глава района, бывший тренер Анна Роэ"
        beside = names.run_at.get(behind) if at < end and words.words[at] == "," else None
        if beside is None or beside[1] > end or not self._is_personal(beside):
            return None
        low = words.lower[beside[1]] if beside[1] < end else ""
        ended = self._is_phrase_end(beside[1], end) or low in self._grammar.times
        return beside if ended or (not self._grammar.articles and low in self._grammar.prepositions) else None

    def _is_personal(self, run: tuple[int, int]) -> bool:
        """Whether a run inside a noun phrase is the name of who the noun says: of several words, or known as a person."""
        core = self._names.core(*run)
        name = self._names.name(core, run[1])
        if self._names.is_person(name):
            return True
        called = run[0] > 0 and self._grammar.is_role(self._words.lower[run[0] - 1])
        if self._grammar.case_endings and (self._names.may_be_genitive(*run) or not self._names.may_be_person(name)):
            return False
        return not self._grammar.capital_nouns and (called or run[1] - core > 1)

    def _is_known(self, run: tuple[int, int]) -> bool:
        """Whether a run of one word is the surname of a person that the text names in full."""
        name = tuple(self._words.words[run[0] : run[1]])
        return len(name) == 1 and len(self._names.fullest(name)) > 1 and self._names.is_person(name)

    def _is_title(self, k: int) -> bool:
        word = self._words.lower[k].rstrip(".")
        return word in self._grammar.male_titles or word in self._grammar.female_titles or self._words.words[k] == "."
