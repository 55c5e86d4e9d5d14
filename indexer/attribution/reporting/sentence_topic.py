"""Say whom a sentence is about: its first noun phrase that no preposition governs, past adverbs and circumstances."""

from __future__ import annotations

from typing import Final

from indexer.attribution.reporting.clause_subject import ClauseSubject
from indexer.attribution.reporting.clause_words import ClauseWords
from indexer.attribution.reporting.grammar import ReportingGrammar
from indexer.attribution.reporting.noun_phrase import PhraseReader

_MOST_WORDS: Final = 60  # of a sentence that are looked through
_MOST_CIRCUMSTANCE: Final = 8  # words of what a preposition opens at the head of a sentence, before its comma


class TopicReader:
    """Find the subjects of sentences that report nothing."""

    def __init__(self, words: ClauseWords, phrases: PhraseReader, grammar: ReportingGrammar) -> None:
        self._words, self._phrases, self._grammar = words, phrases, grammar

    def topic(self, first: int, last: int) -> ClauseSubject | None:
        """Return the subject of a sentence that reports nothing: the first noun phrase that no preposition governs."""
        k, last, verbs = self._past_circumstance(first, last), min(last, first + _MOST_WORDS), 0
        while k < last:
            if self._words.lower[k] in self._grammar.subordinators:
                return None
            subject = self._phrases.subject_at(k, last, first)
            if subject is not None:
                return self._inverted_subject(subject, last) or subject
            following = self._phrases.past(k, last)
            if following == k + 1 and not self._may_precede_subject(k):
                verbs += 1
                if verbs > self._grammar.capital_nouns:  # "Den Vorwurf erhebt der Minister"
                    return None
            k = following
        return None

    def _inverted_subject(self, fronted: ClauseSubject, last: int) -> ClauseSubject | None:
        """Return the pronoun of "Den General, der dort wartete, habe er aufgesucht", where nouns do not show their case."""
        words, grammar = self._words, self._grammar
        if not grammar.capital_nouns:
            return None
        for k in range(fronted.last + 1, min(last, fronted.last + _MOST_CIRCUMSTANCE)):
            if words.lower[k] in grammar.male_pronouns and words.lower[k - 1] in grammar.auxiliaries:
                return self._phrases.phrase(k, last)
        return None

    def _past_circumstance(self, first: int, last: int) -> int:
        """Return where a sentence goes on behind "En conseil municipal, …", or where it begins."""
        if first >= last or self._words.lower[first] not in self._grammar.prepositions:
            return first
        commas = (k for k in range(first + 1, min(last, first + _MOST_CIRCUMSTANCE)) if self._words.words[k] == ",")
        return next(commas, first - 1) + 1

    def _may_precede_subject(self, k: int) -> bool:
        words, grammar = self._words, self._grammar
        low = words.lower[k]
        return (
            not low[0].isalpha()
            or low in grammar.function_words
            or low in grammar.openers
            or low.endswith(grammar.adverb_endings)
            or words.words[k] != low
        )
