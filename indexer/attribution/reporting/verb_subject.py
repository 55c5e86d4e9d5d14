"""Find the subject of one verb of saying: before it, behind it, its agent, or none where the verb alone goes on."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from indexer.attribution.reporting.clause_subject import ClauseSubject, SubjectKind
from indexer.attribution.reporting.clause_words import ClauseWords
from indexer.attribution.reporting.grammar import ReportingGrammar
from indexer.attribution.reporting.noun_phrase import PhraseReader
from indexer.attribution.reporting.text_names import TextNames
from search.names.given_names import Gender

MOST_BESIDE: Final = 5  # words between a subject and its verb


class VerbSubjects:
    """Find the subjects of verbs in the words of one text. A verb is given by its word, a clause as first..end, half-open."""

    def __init__(self, words: ClauseWords, names: TextNames, phrases: PhraseReader, grammar: ReportingGrammar) -> None:
        self._words, self._names, self._phrases, self._grammar = words, names, phrases, grammar
        self._breaks = (
            (grammar.subordinators | grammar.relatives | grammar.coordinators) - grammar.articles - grammar.determiners
        )

    def of_verb(self, first: int, cue: int, end: int) -> ClauseSubject | None:
        """Return the subject of the verb of saying at word `cue` in a clause that begins at `first` or later."""
        words, grammar = self._words, self._grammar
        if words.lower[cue] in grammar.citing_verbs:
            cited = self.first_person(cue + 1, end) or self.first_person(first, cue)
            return None if cited is None else replace(cited, cue=cue)
        told = self._told_at_place(cue, end)
        if told is not None:
            return told
        agent = self._agent(first, cue)
        if agent is not None:
            return replace(agent, cue=cue)
        verb = self._finite(first, cue)
        while verb > first and self._phrases.stands_beside(verb - 1):
            verb -= 1
        near = self._ending_at(first, verb)
        behind = self.behind_verb(self._finite(first, cue), end)
        beside = behind is not None and behind.kind in (SubjectKind.NAME, SubjectKind.PRONOUN)
        apart = verb > first and words.words[verb - 1] == ","
        fronted = behind is not None and ((beside and apart) or (near is not None and self._is_fronted(near, behind)))
        if near is not None and self._agrees(near, cue) and not fronted:
            return self.of_cue(self._outer(near, first), cue)
        shared = verb > first and words.lower[verb - 1] in grammar.coordinators
        # A second verb behind a quotation goes on with who spoke that.
        resumed = any(words.quotation[k] >= 0 for k in range(first, verb))
        opening = None if resumed else self.first_subject(first, verb)
        opening = opening if opening is not None and self._agrees(opening, cue) else None
        leads = opening is not None and opening.first == first and opening.kind == SubjectKind.NAME and not beside
        if behind is not None and not ((shared or leads) and opening is not None):
            return self.of_cue(behind, cue)
        if opening is not None:
            return self.of_cue(opening, cue)
        place = self.place_that_speaks(cue, first, end)
        if place is not None:
            return place
        return self.dropped(cue) if grammar.dropped_subject or shared or resumed else None

    def place_that_speaks(self, cue: int, first: int, end: int) -> ClauseSubject | None:
        """Return the body in "в МИД заявили" and "сообщили в полиции": a verb without a subject in the plural, and where."""
        words, grammar, phrases = self._words, self._grammar, self._phrases
        if not words.lower[cue].endswith(grammar.plural_verb_endings):
            return None
        for k in (cue + 1, *range(max(first, cue - MOST_BESIDE), cue - 1)):
            if k + 1 < end and words.lower[k] in grammar.place_prepositions:
                body = phrases.body_at(k + 1, end if k > cue else cue)
                if body is not None and (k > cue or body.last == cue):
                    return replace(body, cue=cue)
        return None

    def _told_at_place(self, cue: int, end: int) -> ClauseSubject | None:
        """Return the body in "как сообщили ТАСС в полиции": between a verb in the plural and where, it is whom they told."""
        words, grammar, at = self._words, self._grammar, cue + 2
        if at + 1 >= end or not words.lower[cue].endswith(grammar.plural_verb_endings):
            return None
        told = words.quotation[cue + 1] >= 0 or (words.words[cue + 1].isupper() and len(words.words[cue + 1]) > 1)
        if not told or words.lower[at] not in grammar.place_prepositions:
            return None
        body = self._phrases.body_at(at + 1, end)
        return None if body is None else replace(body, cue=cue)

    def _agent(self, first: int, cue: int) -> ClauseSubject | None:
        """Return by whom a passive clause says that it was said: "wurde von Ann Roe als … bezeichnet"."""
        words, grammar = self._words, self._grammar
        if grammar.passive_auxiliaries.isdisjoint(words.lower[first : cue + 1]):
            return None
        for k in range(cue - 1, first, -1):
            if words.lower[k] in grammar.agent_prepositions:
                agent = self._phrases.phrase(k + 1, cue)
                return agent if agent is not None and self._can_speak(agent) else None
        return None

    def _is_fronted(self, near: ClauseSubject, behind: ClauseSubject) -> bool:
        """Whether a noun phrase before a verb is its object: "Die Pläne nannte er …", "Die Frage stellte Ann Roe"."""
        if near.kind != SubjectKind.PHRASE or not self._grammar.capital_nouns:
            return False
        speaks = behind.kind != SubjectKind.PHRASE or self._can_speak(behind)
        return behind.kind == SubjectKind.PRONOUN or (speaks and not self._can_speak(near))

    def _finite(self, first: int, cue: int) -> int:
        """Return the auxiliary that opens the frame whose participle a verb is: "hat am Freitag … erklärt"; else the verb."""
        words, grammar = self._words, self._grammar
        if not grammar.capital_nouns:
            return cue
        for k in range(cue - 1, first - 1, -1):
            is_break = words.lower[k] in self._breaks and words.lower[k] not in grammar.coordinators
            if words.words[k] in (",", ";", ":") or is_break:
                return cue
            if words.lower[k] in grammar.auxiliaries and words.words[k] == words.lower[k]:
                return k
        return cue

    def _outer(self, near: ClauseSubject, first: int) -> ClauseSubject:
        """Return Ann Roe of "Ann Roe, die Sprecherin des Vereins sagte", where the second comma is missing."""
        words, phrases = self._words, self._phrases
        if near.kind == SubjectKind.PRONOUN or (near.kind == SubjectKind.NAME and self._names.is_person(near.name)):
            return near
        leading = phrases.phrase(first, near.first)
        if leading is not None and leading.kind == SubjectKind.NAME and words.words[leading.last] == ",":
            return leading if self._names.is_person(leading.name) else near
        if near.first <= first or words.words[near.first - 1] != ",":
            return near
        named = phrases.ending_at(first, near.first - 1)
        return named if named is not None and named.kind == SubjectKind.NAME else near

    def _ending_at(self, first: int, verb: int) -> ClauseSubject | None:
        """Return the noun phrase that ends right before a verb, past a relative pronoun or what stands between commas."""
        words, grammar = self._words, self._grammar
        end = verb
        if end > first and words.lower[end - 1] in grammar.relatives:
            end -= 1
            end -= end > first and words.lower[end - 1] in grammar.prepositions
            end -= end > first and words.words[end - 1] == ","
            return self._phrases.ending_at(first, end, oblique=True)
        if end > first and words.words[end - 1] == ",":
            return self._around_commas(first, end - 1)
        if end > first and words.words[end - 1] == ")":
            end = next((k for k in range(end - 1, first, -1) if words.words[k] == "("), end)
        return self._phrases.ending_at(first, end)

    def _around_commas(self, first: int, end: int) -> ClauseSubject | None:
        """Return Ann Roe of "Ann Roe, presentadora del programa, …" and of "la presentadora, Ann Roe, …"."""
        opening = next((k for k in range(end - 1, first, -1) if self._words.words[k] == ","), first)
        if opening == first:  # no single comma parts a subject from its verb
            return None
        named = self._phrases.phrase(first, end)
        if named is not None and named.kind == SubjectKind.NAME and self._words.words[named.last] == ",":
            return named
        outer, inner = self._phrases.ending_at(first, opening), self._phrases.ending_at(opening + 1, end)
        if inner is not None and inner.kind == SubjectKind.NAME:
            if outer is None or outer.kind != SubjectKind.NAME:
                return inner
            if self._names.is_person(inner.name) and not self._names.is_person(outer.name):
                return inner
        return outer

    def first_subject(self, first: int, end: int) -> ClauseSubject | None:
        """Return the first noun phrase of a clause that no preposition governs."""
        k = first
        while k < end:
            subject = self._phrases.subject_at(k, end, first)
            if subject is not None and (subject.kind != SubjectKind.PHRASE or self._can_speak(subject)):
                return subject
            k = self._phrases.past(k, end) if subject is None else subject.last
        return None

    def _can_speak(self, subject: ClauseSubject) -> bool:
        if subject.kind != SubjectKind.PHRASE:
            return True
        grammar = self._grammar
        if grammar.is_role(subject.head) or subject.head in grammar.unnamed or grammar.is_body(subject.head):
            return True
        return any(k in self._names.run_at for k in range(subject.first, subject.last)) and not grammar.capital_nouns

    def behind_verb(self, cue: int, end: int, *, past_adjunct: bool = False) -> ClauseSubject | None:
        """Return the subject that stands behind its verb, past auxiliaries and adverbs, and past an adjunct if asked for."""
        words, grammar = self._words, self._grammar
        k = cue + 1
        while k < end and k - cue <= MOST_BESIDE:
            if words.lower[k] in grammar.prepositions and grammar.articles and not past_adjunct:
                return None
            if words.lower[k] in grammar.prepositions:
                subject = self._phrases.past_adjunct(k, end, cue)
                return self.of_cue(subject, cue) if subject is not None and self._agrees(subject, cue) else None
            if words.lower[k] in self._breaks:
                return None
            if words.lower[k] in grammar.oblique_articles and k + 1 < end and words.lower[k + 1] in grammar.times:
                k += 2  # "δήλωσε την Τρίτη ο Γιάννης Ρόου"
                continue
            subject = self._phrases.subject_at(k, end, cue) or self._phrases.noun_at(k, end)
            if subject is not None and not grammar.articles:
                subject = self._phrases.past_object(subject, end) or subject
            if subject is not None:
                return self.of_cue(subject, cue) if self._agrees(subject, cue) else None
            if (
                not self._phrases.stands_beside(k)
                and not self._phrases.is_verb(k)
                and words.lower[k] not in grammar.times
            ):
                return None
            k += 1
        return None

    def verb_behind(self, at: int, end: int) -> int | None:
        """Return the verb of saying at or behind a word, past what may stand beside it; None where there is none."""
        k = at
        while k < end and k - at <= MOST_BESIDE:
            if self._phrases.is_verb(k):
                return k
            if not self._phrases.stands_beside(k):
                return None
            k += 1
        return None

    def first_person(self, first: int, end: int) -> ClauseSubject | None:
        """Return the first name of a person in a clause that no preposition governs."""
        k = first
        while k < end:
            subject = self._phrases.subject_at(k, end, first)
            if subject is not None and subject.kind == SubjectKind.NAME and self._names.is_person(subject.name):
                return subject
            k = self._phrases.past(k, end) if subject is None else subject.last
        return None

    def dropped(self, cue: int) -> ClauseSubject:
        """Return the subject that a verb does not have, with the gender that the verb shows."""
        gender = self._grammar.verb_gender(self._words.lower[cue])
        return ClauseSubject(SubjectKind.DROPPED, -1, -1, cue, gender=gender)

    def of_cue(self, subject: ClauseSubject, cue: int) -> ClauseSubject:
        """Return a subject with its verb, and with the gender that the verb shows where nothing else does."""
        shown = self._grammar.verb_gender(self._words.lower[cue])
        if shown and subject.kind == SubjectKind.PHRASE:  # "minister powiedziała": the verb says more than the noun
            return replace(subject, cue=cue, gender=shown)
        return replace(subject, cue=cue, gender=subject.gender or shown)

    def _agrees(self, subject: ClauseSubject, cue: int) -> bool:
        """Whether a verb may have a subject, by the gender of both: a woman may be "minister"."""
        gender = self._grammar.verb_gender(self._words.lower[cue])
        is_office = subject.kind == SubjectKind.PHRASE and gender == Gender.FEMALE
        return not gender or is_office or subject.gender != -gender
