"""Read who is named as the source of a quotation by "according to" and its like, without a verb of saying."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from indexer.attribution.reporting.clause_subject import ClauseSubject, SubjectKind
from indexer.attribution.reporting.clause_words import ClauseWords
from indexer.attribution.reporting.grammar import ReportingGrammar
from indexer.attribution.reporting.noun_phrase import PhraseReader
from indexer.word_lists import word_list
from search.names.given_names import gender_shown

_MEDIA: Final = word_list("media_words")
_MOST_BEFORE_NAME: Final = 3  # words of no list between "according to" and a name
_ACRONYM: Final = re.compile(r"[^\W\d_a-z]{2,}")
_MOST_OF_SOURCE: Final = 8  # words of a source before "zufolge"
_MOST_BEFORE_DOCUMENT: Final = 4  # words from a preposition to a document: "in einer gestern verbreiteten Mitteilung"
_MOST_OF_DOCUMENT: Final = 6  # words that say what a document of nobody's is: "Brief an die Eltern"


class SourceReader:
    """Find the sources that a text names so."""

    def __init__(self, words: ClauseWords, phrases: PhraseReader, grammar: ReportingGrammar) -> None:
        self._words, self._phrases, self._grammar = words, phrases, grammar

    def at(self, k: int, end: int, *, behind: bool = False) -> ClauseSubject | None:
        """Return the source of "según Ann Roe" at word `k`; None for a medium, and where it is a clause of its own."""
        words = self._words
        if behind and words.lower[k] in self._grammar.according_behind:
            subject = self._phrases.phrase(k + 1, end) if k + 1 < end else None
            return None if subject is None else replace(subject, cue=k)
        pronoun = self._pronoun(k)
        if pronoun is not None:
            return pronoun
        for phrase in self._grammar.according:
            if tuple(words.lower[k : k + len(phrase)]) == phrase:
                at = k + len(phrase)
                if at < end and words.lower[at] in self._grammar.genitives - self._grammar.articles:
                    at += 1
                subject = self._phrases.phrase(at, end, oblique=True) if at < end else None
                if subject is None and self._grammar.case_endings:
                    subject = self._named_behind(at, end)
                if subject is None or subject.kind == SubjectKind.PRONOUN or self._is_medium(subject):
                    return None
                return replace(self._phrases.governed(self._author(subject)), cue=k)
        return None

    def behind(self, first: int, end: int) -> ClauseSubject | None:
        """Return the source that stands between a quotation and "according to", Roe of "„…“, Ann Roe zufolge"."""
        grammar = self._grammar
        for k in range(first + 1, min(first + _MOST_OF_SOURCE, end)):
            if self._words.lower[k] in grammar.according_after:
                subject = self._phrases.phrase(first, k, oblique=True)
                ends = subject is not None and subject.last == k and not self._is_medium(subject)
                return replace(self._phrases.governed(subject), cue=k) if subject is not None and ends else None
        return None

    def _pronoun(self, k: int) -> ClauseSubject | None:
        """Return the pronoun of "according to him" or "to her" at word `k`."""
        grammar = self._grammar
        for phrase in (*grammar.according_him, *grammar.according_her):
            last = k + len(phrase)
            if tuple(self._words.lower[k:last]) == phrase:
                gender = gender_shown(phrase in grammar.according_him, phrase in grammar.according_her)
                return ClauseSubject(SubjectKind.PRONOUN, k, last, k, gender=gender)
        return None

    def before(self, first: int, end: int) -> ClauseSubject | None:
        """Return the source that is named last among the words first..end, before the marks or behind what is said."""
        for k in range(end - 1, first - 1, -1):
            source = self.at(k, end)
            if source is not None:
                return source
            if self._words.lower[k] in self._grammar.according_behind and k > first and self._words.words[k - 1] == ",":
                subject = self._phrases.phrase(k + 1, end) if k + 1 < end else None
                if subject is not None:
                    return replace(subject, cue=k)
            if self._words.lower[k] in self._grammar.according_after and k > first:
                subject = self._phrases.ending_at(first, k, oblique=True)
                if subject is not None and not self._is_medium(subject):
                    return replace(self._phrases.governed(subject), cue=k)
        return None

    def read_in(self, first: int, end: int) -> ClauseSubject | None:
        """Return the owner of the document that is read from in first..end, "heißt es in einer Mitteilung der Stadtwerke", else the document.

        None where another verb of saying stands there, too.
        """
        words, grammar = self._words, self._grammar
        for k in range(first, end):
            phrase = next((each for each in grammar.read_in if tuple(words.lower[k : k + len(each)]) == each), None)
            if phrase is None:
                continue
            last = k + len(phrase)
            if any(self._reports(at) for at in (*range(first, k), *range(last, end))):
                return None
            at = self._document(last, end)
            if at is not None:
                return replace(self._owner(at, end), cue=k)
            at = self._document(first, k)
            return None if at is None else replace(self._owner(at, k), cue=k)
        return None

    def _reports(self, at: int) -> bool:
        """Whether a word is a verb of saying, and no document's noun: "comunicado" is both."""
        return self._phrases.is_verb(at) and not self._words.lower[at].endswith(self._grammar.documents)

    def _document(self, first: int, end: int) -> int | None:
        """Return the first noun of first..end that is a document's and stands where one reads in it: "im Bericht"."""
        words, grammar = self._words, self._grammar
        for k in range(first, end):
            if words.quotation[k] >= 0 or not words.lower[k].endswith(grammar.documents + grammar.documents_in):
                continue
            if words.lower[k].endswith(grammar.documents_in):
                return k
            for at in range(k - 1, max(first, k - _MOST_BEFORE_DOCUMENT) - 1, -1):
                if words.lower[at] in grammar.prepositions and words.lower[at] not in grammar.genitives:
                    return k
                if not words.words[at][0].isalnum():
                    break
        return None

    def _owner(self, document: int, end: int) -> ClauseSubject:
        """Return whose the document at a word is, the works of "Mitteilung der Stadtwerke"; itself where it is nobody's."""
        words, grammar, phrases = self._words, self._grammar, self._phrases
        at = document + 1
        low = words.lower[at] if at < end else ""
        joins = low in grammar.genitives or low in grammar.from_whom
        inflected = bool(grammar.case_endings) and low[:1].isalpha() and low not in grammar.function_words
        owner = None
        if words.lower[document].endswith(grammar.documents_in):
            owner = phrases.ending_at(words.sentence_span(document)[0], document, oblique=True)
            owner = owner or (phrases.body_at(document - 1, document) if document else None)
        elif joins or inflected:
            start = at + (joins and low not in grammar.articles)
            owner = phrases.phrase(start, end, oblique=True) if start < end else None
            if owner is None or owner.kind == SubjectKind.PRONOUN:
                owner = phrases.body_at(start, end) if start < end else None
        if owner is not None:
            return self._in_basic_form(phrases.governed(owner))
        if any(words.lower[k] in grammar.possessives for k in range(max(0, document - 2), document)):
            return ClauseSubject(SubjectKind.PRONOUN, document - 1, document + 1)  # "in seiner Erklärung"
        last = document + 1
        while (
            last < min(document + _MOST_OF_DOCUMENT, end)
            and words.words[last][0].isalnum()
            and not phrases.is_verb(last)
        ):
            last += 1
        while last > at and words.lower[last - 1] in grammar.function_words | grammar.genitives | grammar.articles:
            last -= 1
        if last == at or low not in grammar.prepositions or words.quotation[at] >= 0:
            last = at
        return ClauseSubject(SubjectKind.PHRASE, document, last, -1, head=words.lower[document], definite=False)

    def _in_basic_form(self, owner: ClauseSubject) -> ClauseSubject:
        """Return an owner with the words that his basic form has: Gericht of "des Gerichts", yhtiö of "yhtiön"."""
        words, grammar = self._words, self._grammar
        ending = next((each for each in grammar.genitive_endings if words.lower[owner.last - 1].endswith(each)), None)
        behind = words.lower[owner.first] in grammar.genitives & grammar.oblique_articles
        if ending is None or owner.kind != SubjectKind.PHRASE or not (behind or grammar.last_word_inflects):
            return owner
        printed = words.words[owner.first + behind : owner.last]
        return replace(owner, name=(*printed[:-1], printed[-1].removesuffix(ending)))

    def _author(self, document: ClauseSubject) -> ClauseSubject:
        """Return the author of a document, the ministry of "un comunicado del ministerio"; the phrase itself for none."""
        if not document.head.endswith(self._grammar.documents):
            return document
        for k in range(document.first + 1, document.last):
            if self._words.lower[k] in self._grammar.genitives:
                low = self._words.lower[k]
                acronym = k + 2 < document.last and _ACRONYM.fullmatch(self._words.words[k + 1]) is not None
                end = k + 2 if acronym else document.last  # "einer Mitteilung des BMI der Verbesserung der Lage"
                owner = self._phrases.phrase(k if low in self._grammar.articles else k + 1, end)
                return self._in_basic_form(owner) if owner is not None else document
        return document

    def _named_behind(self, at: int, end: int) -> ClauseSubject | None:
        """Return the name behind a word of no list: "podľa poslanca Filipa Beneša"."""
        words = self._words
        for k in range(at, min(at + _MOST_BEFORE_NAME, end)):
            if words.words[k] != words.lower[k]:
                return self._phrases.phrase(k, end, oblique=True)
            if not words.lower[k].isalpha() or words.lower[k] in self._grammar.function_words:
                return None
        return None

    def _is_medium(self, subject: ClauseSubject) -> bool:
        return any(low in _MEDIA for low in self._words.lower[subject.first : subject.last])
