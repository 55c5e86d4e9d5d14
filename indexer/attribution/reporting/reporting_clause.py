"""Read the clause that reports a quotation and return its subject: beside its verb, before it or behind it, or left out.

A clause stands behind the quotation ("…, dijo Ann Roe"), before it ("Ann Roe dijo: …", "sagte Ann Roe, …") or around it. Where its
words do not show who speaks, nothing is returned and the ranker decides.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from indexer.attribution.reporting.clause_subject import ClauseSubject, SubjectKind
from indexer.attribution.reporting.clause_words import ClauseWords
from indexer.attribution.reporting.grammar import ReportingGrammar
from indexer.attribution.reporting.named_sources import SourceReader
from indexer.attribution.reporting.noun_phrase import PhraseReader
from indexer.attribution.reporting.sentence_topic import TopicReader
from indexer.attribution.reporting.text_names import TextNames
from indexer.attribution.reporting.verb_subject import MOST_BESIDE, VerbSubjects
from indexer.quotations.outline import DASHES

_MOST_BEFORE: Final = 60  # words before the marks in which their clause begins
_LEAST_JOINT: Final = 2  # words before the second of two who speak together
_MOST_MARKS: Final = 3  # commas and dashes between a quotation and the clause behind it
_PARTING: Final = frozenset(',)"”“»') | DASHES


class SubjectReader:
    """Find the subjects of reporting clauses in the words of one text."""

    def __init__(self, words: ClauseWords, names: TextNames, grammar: ReportingGrammar) -> None:
        self._words, self._names, self._grammar = words, names, grammar
        self._phrases = PhraseReader(words, names, grammar)
        self._topics = TopicReader(words, self._phrases, grammar)
        self._sources = SourceReader(words, self._phrases, grammar)
        self._verbs = VerbSubjects(words, names, self._phrases, grammar)

    def after(self, at: int) -> ClauseSubject | None:
        """Return the subject of the clause that follows the quotation at word `at` in its sentence."""
        words, phrases = self._words, self._phrases
        end = self._sentence_end(at)
        start = at + 1
        while start < end and start - at <= _MOST_MARKS and words.words[start] in _PARTING:
            start += 1
        if start >= end:
            return None
        document = self._sources.read_in(start, self._clause_end(start, end))
        if document is not None:
            return document
        if self._grammar.verb_last:
            return self._around(at, start, end)
        source = self._sources.at(start, end, behind=True) or self._sources.behind(start, end)
        if source is not None:
            return source
        k = start
        if words.lower[k] in self._grammar.prepositions and not self._grammar.articles:  # "с поклоном сказал швейцар"
            k = next((verb for verb in range(k + 1, min(k + MOST_BESIDE, end)) if phrases.is_verb(verb)), k)
        while k < end and k - start < MOST_BESIDE and phrases.stands_beside(k):
            k += 1
        if k >= end:
            return None
        if phrases.is_verb(k):
            if self._grammar.capital_nouns and not self._is_parted(at, start):
                return self._framed(at, k)
            if self._words.lower[k] in self._grammar.citing_verbs:
                return self._verbs.of_verb(k, k, end)
            behind = self._verbs.behind_verb(k, end, past_adjunct=True) or self._verbs.place_that_speaks(k, k, end)
            return behind or (self._verbs.dropped(k) if self._grammar.dropped_subject else None)
        subject = phrases.phrase(k, end)
        if subject is None:
            return self._behind_unlisted(k, end) if words.sentence_span(at)[0] == at else None
        if self._is_inverted(subject):
            verb = self._verbs.verb_behind(subject.last, end)
            return replace(subject, cue=subject.first - 1 if verb is None else verb)
        verb = self._verbs.verb_behind(subject.last, end)
        return self._verbs.of_cue(subject, verb) if verb is not None else None

    def _is_inverted(self, subject: ClauseSubject) -> bool:
        """Whether a pronoun hangs at its verb: "a-t-elle cinglé", whatever the verb is."""
        words = self._words
        hangs = subject.first > 0 and words.items[subject.first] == words.items[subject.first - 1]
        return subject.kind == SubjectKind.PRONOUN and hangs

    def _behind_unlisted(self, k: int, end: int) -> ClauseSubject | None:
        """Return the subject behind a word right at the marks that can hardly be but a verb: "…, bromeó el ministro"."""
        words, grammar, low = self._words, self._grammar, self._words.lower[k]
        if low in grammar.function_words or low in grammar.genitives or low != words.words[k] or not low.isalpha():
            return None
        at = k + 1
        at += at < end and self._phrases.stands_beside(at)  # "żali się Anna Roe", "ärgerte sich Anna Roe"
        subject = self._phrases.phrase(at, end) if at < end else None
        if subject is not None and (subject.kind == SubjectKind.NAME or grammar.is_role(subject.head)):
            return replace(subject, cue=k)
        ended = k + 1 >= end or not words.words[k + 1][0].isalnum() or words.lower[k + 1] in grammar.prepositions
        if subject is None and ended and grammar.verb_endings and low.endswith(grammar.verb_endings):
            return self._verbs.dropped(k)
        return None

    def _around(self, at: int, start: int, end: int) -> ClauseSubject | None:
        """Return the subject of a clause whose verb closes it, behind the quotation: it opens the sentence, or stands behind."""
        verb = next((k for k in range(start, end) if self._phrases.is_verb(k)), None)
        if verb is None:
            return None
        first = max(self._words.sentence_span(at)[0], at - _MOST_BEFORE)
        first = next((k + 1 for k in range(at - 2, first, -1) if self._words.words[k] == ":"), first)
        opening = self._verbs.first_subject(first, at)
        opening = self._past_converb(opening, at) if opening is not None else None
        subject = opening or self._verbs.behind_verb(verb, end) or self._verbs.first_subject(start, verb)
        return self._verbs.of_cue(subject, verb) if subject is not None else self._verbs.dropped(verb)

    def _past_converb(self, opening: ClauseSubject, at: int) -> ClauseSubject:
        """Return Roe of "Lee kararı eleştirirken Roe “…” dedi", whose first clause has a subject of its own."""
        for k in range(opening.last, at):
            if self._words.lower[k].endswith(self._grammar.converb_endings):
                other = self._verbs.first_subject(k + 1, at)
                return other if other is not None and other.kind == SubjectKind.NAME else opening
        return opening

    def _is_parted(self, at: int, start: int) -> bool:
        """Whether a comma, or a mark that ends the speech, stands between the quotation and the clause behind it."""
        outline = self._words.outline
        last = outline.text[self._words.starts[at] : self._words.ends[at]].rstrip("\"“”«»’‘' ")[-1:]
        return start > at + 1 or last in ",.!?…"

    def _framed(self, at: int, cue: int) -> ClauseSubject | None:
        """Return the subject of the clause that has a quotation before its last verb: "Ann Roe hat „…“ gesagt"."""
        first = max(self._words.sentence_span(at)[0], at - _MOST_BEFORE)
        return self._verbs.of_verb(first, cue, cue) if first < at else None

    def before(self, at: int) -> ClauseSubject | None:
        """Return the subject of the clause before the quotation at word `at`, in its sentence or ending in a colon."""
        words = self._words
        first, _ = words.sentence_span(at)
        if first == at:
            if at == 0 or words.words[at - 1] != ":":
                return None
            first, _ = words.sentence_span(at - 1)
        first = self._past_bracket(max(first, at - _MOST_BEFORE), at)
        introduced = at > first and words.words[at - 1] == ":"
        if first == at:  # "Ann Roe („…“)"
            named = self._phrases.ending_at(words.sentence_span(at)[0], at - 1) if at else None
            return named if named is not None and named.kind == SubjectKind.NAME else None
        opening = self._sources.at(first, at) or self._sources.read_in(first, at)
        if opening is not None:
            return opening
        cue = self._last_verb(first, at)
        resumed = any(words.quotation[k] >= 0 for k in range(first if cue is None else cue, at))
        if introduced and resumed:  # "…, und Bob Roe: …"
            named = self._phrases.ending_at(first, at - 1)
            if named is not None and named.kind == SubjectKind.NAME:
                return named
        if cue is None:
            source = self._sources.before(first, at)
            if source is not None:
                return source
            return self._label(first, at) if introduced else None
        return self._verbs.of_verb(first, cue, at)

    def reports(self, first: int, last: int) -> ClauseSubject | None:
        """Return the subject of the last clause of saying within the sentence first..last, which has no quotation."""
        first = max(first, last - _MOST_BEFORE)
        cue = self._last_verb(first, last)
        if cue is None:
            return self._sources.at(first, last)
        return self._verbs.of_verb(first, cue, last)

    def joint(self, subject: ClauseSubject) -> ClauseSubject | None:
        """Return the name that is joined to a name, Bob Roe of "Ann Lee y Bob Roe"; None for nobody."""
        words, phrases = self._words, self._phrases
        if subject.kind != SubjectKind.NAME or subject.first < 0:
            return None
        if subject.last + 1 < len(words) and words.lower[subject.last] in self._grammar.joining:
            other = phrases.phrase(subject.last + 1, len(words))
        elif subject.first >= _LEAST_JOINT and words.lower[subject.first - 1] in self._grammar.joining:
            other = phrases.ending_at(words.sentence_span(subject.first)[0], subject.first - 1)
        else:
            return None
        if other is None or other.kind != SubjectKind.NAME:
            return None
        # "Präsident Perus und Preisträger Jan Roe" is one.
        return other if not self._grammar.capital_nouns or self._names.is_person(other.name) else None

    def inserted(self) -> ClauseSubject | None:
        """Return the subject of a clause inserted in speech, the words being those of one quotation: "…, dit-il. …"."""
        words, phrases = self._words, self._phrases
        for at in range(1, len(words) - 1):
            if not (words.words[at - 1] in _PARTING or words.words[at - 1] in "!?…"):
                continue
            k = at
            while k < len(words) - 1 and k - at < MOST_BESIDE and phrases.stands_beside(k):
                k += 1
            subject = self._verbs.behind_verb(k, len(words)) if phrases.is_verb(k) else phrases.phrase(k, len(words))
            if subject is None or not self._may_insert(subject):
                continue
            verb = k if phrases.is_verb(k) else self._verbs.verb_behind(subject.last, len(words))
            if verb is not None:
                return replace(subject, first=-1, last=-1, cue=-1)
        return None

    def _may_insert(self, subject: ClauseSubject) -> bool:
        """Whether a clause inserted in speech may have such a subject: a name, or a pronoun behind its verb."""
        words = self._words
        if subject.kind == SubjectKind.PRONOUN:
            return self._is_inverted(subject)
        closed = subject.last >= len(words) or not words.words[subject.last][0].isalnum()
        return subject.kind == SubjectKind.NAME and closed

    def _past_bracket(self, first: int, at: int) -> int:
        """Return where the words begin that stand in one bracket with the quotation at word `at`."""
        words = self._words
        for k in range(at - 1, first - 1, -1):
            if words.words[k] == ")":
                break
            if words.words[k] == "(":
                return k + 1
        return first

    def _last_verb(self, first: int, end: int) -> int | None:
        """Return the last verb of saying in first..end that governs what follows; the last one where none surely does.

        In "recordó que la ciudad pidió ayuda y que …" that is "recordó".
        """
        verbs = [k for k in range(first, end) if self._phrases.is_verb(k)]
        for place in range(len(verbs) - 1, -1, -1):
            limit = verbs[place + 1] if place + 1 < len(verbs) else end
            if self._governs(verbs[place], limit, end):
                return verbs[place]
        return verbs[-1] if verbs else None

    def _governs(self, verb: int, limit: int, end: int) -> bool:
        """Whether a clause, a colon or the quotation at word `end` is the object of a verb; `limit` is the next verb."""
        words, grammar = self._words, self._grammar
        if end - verb <= MOST_BESIDE and grammar.coordinators.isdisjoint(words.lower[verb:end]):
            return True
        for k in range(verb + 1, limit):
            if words.words[k] == ":":
                return True
            if words.lower[k] in grammar.complementizers:
                return words.lower[k - 1] not in grammar.coordinators
        return False

    def _label(self, first: int, at: int) -> ClauseSubject | None:
        """Return Roe of "Roe: …" and of "Roe turned to the guests: …", and whose words "Su respuesta: …" are."""
        words = self._words
        if words.lower[first] in self._grammar.possessives:
            return ClauseSubject(SubjectKind.PRONOUN, first, first + 1)
        topic = self._topics.topic(first, at - 1)
        person = topic is not None and topic.kind == SubjectKind.PHRASE and self._grammar.is_role(topic.head)
        return self._verbs.first_person(first, at - 1) or (topic if person else None)

    def _clause_end(self, first: int, end: int) -> int:
        """Return where the clause at a word ends at the latest: at a mark or a quotation."""
        words = self._words
        return next((k for k in range(first, end) if words.quotation[k] >= 0 or not words.words[k][0].isalnum()), end)

    def _sentence_end(self, at: int) -> int:
        return min(self._words.sentence_span(at)[1], at + _MOST_BEFORE)
