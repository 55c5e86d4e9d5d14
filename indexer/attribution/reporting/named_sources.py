"""Read who is named as the source of a quotation by "according to" and its like, without a verb of saying."""

from __future__ import annotations

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
                    return replace(subject, cue=k)
        return None

    def _author(self, document: ClauseSubject) -> ClauseSubject:
        """Return the author of a document, the ministry of "un comunicado del ministerio"; the phrase itself for none."""
        if not document.head.endswith(self._grammar.documents):
            return document
        for k in range(document.first + 1, document.last):
            if self._words.lower[k] in self._grammar.genitives:
                low = self._words.lower[k]
                owner = self._phrases.phrase(k if low in self._grammar.articles else k + 1, document.last)
                return owner if owner is not None else document
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
