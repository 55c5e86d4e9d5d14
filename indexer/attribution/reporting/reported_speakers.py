"""Follow a text from left to right and say who speaks each quotation, by the clauses that report it.

A name is brought to its fullest form; a pronoun and a verb without a subject go on with whom the text was about, a role
with its holder. Where no clause shows a speaker, none is given, and the ranker decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.attribution.clauses.subject_phrases import joined_names
from indexer.attribution.reporting.clause_subject import ClauseSubject, SubjectKind
from indexer.attribution.reporting.clause_words import ClauseWords, clause_words
from indexer.attribution.reporting.grammar import ReportingGrammar
from indexer.attribution.reporting.marked_sources import MarkedSource, MarkedSourceReader
from indexer.attribution.reporting.noun_phrase import PhraseReader
from indexer.attribution.reporting.reporting_clause import SubjectReader
from indexer.attribution.reporting.sentence_topic import TopicReader
from indexer.attribution.reporting.text_names import TextNames
from indexer.attribution.vocabulary import AttributionMethod
from indexer.quotations.outline import DASHES, build_outline
from search.names.given_names import Gender

_MOST_REMEMBERED = 12  # people that a pronoun may mean
_LEAST_WITH_CLAUSE = 30  # code points of a quotation that may hold its own clause
_MOOD_REACH = 20  # words beside a quotation in which a verb may show that speech is reported
_TITLE_WORDS, _LONGER_WORD = 12, 4  # words of a title that are looked at, and letters of those that have a capital
_ENDS_OF_SPEECH = frozenset(",.!?…")
_PASSED = 3  # sentences after which who was named in passing is forgotten
_NEAR = 3  # quotations of one sentence that share a clause
_REACH = 2  # paragraphs that a speaker is carried over to a quotation without a clause


@dataclass(frozen=True, slots=True)
class ReportedSpeaker:
    """Who a clause says speaks; the name is "" where it says that somebody does, and not who.

    items   the items of the outline that name him, half-open; None where the clause does not
    cue     the item of the word that reports, or -1
    spoken  whether the words are surely speech: a clause of their own reports them, or they stand alone behind such
    whole   whether they are all that is said, however short: "“Nein”, sagte sie"
    """

    name: str
    items: tuple[int, int] | None
    cue: int
    method: AttributionMethod
    spoken: bool = True
    whole: bool = False


def reported_speakers(words: ClauseWords, names: TextNames, grammar: ReportingGrammar) -> dict[int, ReportedSpeaker]:
    """Return for each outermost quotation whose speaker the clauses show who that is. Linear in the length of the text."""
    return dict(_Reader(words, names, grammar).speakers())


class _Reader:
    """What has been read so far: who spoke, and whom the sentences were about."""

    def __init__(self, words: ClauseWords, names: TextNames, grammar: ReportingGrammar) -> None:
        self._words, self._names, self._grammar = words, names, grammar
        self._clauses = SubjectReader(words, names, grammar)
        self._marked_sources = MarkedSourceReader(words, grammar)
        self._topics = TopicReader(words, PhraseReader(words, names, grammar), grammar)
        self._spoke: list[tuple[str, ...]] = []  # people, the last to speak at the end
        self._subjects: list[tuple[str, ...]] = []  # people, the last that was a subject at the end
        self._places: dict[str, list[int]] = {}  # where a name's last word is printed
        for first, last in names.run_at.values():
            self._places.setdefault(words.words[last - 1], []).append(first)
        self._last: ReportedSpeaker | None = None
        self._last_paragraph = -1
        self._reporter: ReportedSpeaker | None = (
            None  # whose speech was reported last, with marks or without, a body too
        )
        self._reporter_paragraph = -1
        self._about: ReportedSpeaker | None = None  # whom the last sentence without quotations is about
        self._about_paragraph = -1

    def speakers(self) -> Iterator[tuple[int, ReportedSpeaker]]:
        """Yield the quotations with their speakers."""
        at, count = 0, len(self._words)
        while count and self._words.quotation[count - 1] < 0:  # what stands behind the last quotation tells nothing
            count -= 1
        while at < count:
            first, last = self._words.sentence_span(at)
            marked = [k for k in range(first, last) if self._words.quotation[k] >= 0]
            if marked:
                yield from self._in_sentence(first, marked)
            else:
                self._without_marks(first, last)
            at = last

    def _in_sentence(self, first: int, marked: list[int]) -> Iterator[tuple[int, ReportedSpeaker]]:
        """Yield the speakers of the quotations of one sentence."""
        found: dict[int, ReportedSpeaker] = {}
        marked = [k for k in marked if not self._is_compound(k)]
        sources = self._marked_sources.sources(marked)
        papers = {source.last - 1 for source in sources.values()}
        marked = [k for k in marked if k not in papers]
        for k, source in sources.items():
            found[k] = self._of_paper(source)
            self._note(found[k], self._paragraph(k), None, quoted=True)
        for k in marked:
            if k in found:
                continue
            subject = self._reporting_subject(k)
            speaker = self._speaker(subject) if subject is not None else None
            whole = subject is not None and self._can_report(subject) and self._is_whole(k, subject.cue)
            reports = speaker is None and subject is not None and subject.cue >= 0
            if subject is not None and reports and (whole or not self._grammar.articles):
                # "«…», – писал он" is speech, though nobody was named before.
                cue = self._words.items[subject.cue]
                found[k] = ReportedSpeaker("", None, cue, AttributionMethod.PRONOUN, whole=whole)
            if speaker is not None and subject is not None:
                found[k] = replace(speaker, spoken=whole or not self._is_title(k), whole=whole)
                self._note(speaker, self._paragraph(k), subject, quoted=True)
        for place, k in enumerate(marked):
            if k in found and found[k].name:
                yield self._words.quotation[k], found[k]
                continue
            others = [*marked[place + 1 : place + _NEAR], *reversed(marked[max(0, place - _NEAR) : place])]
            near = next((found[other] for other in others if other in found and found[other].name), None)
            near = near or self._in_reported_mood(first, k)
            speaker = near or self._carried(k)
            if speaker is not None:
                self._last, self._last_paragraph = speaker, self._paragraph(k)
                cued = found.get(k)  # a verb without a subject reports it: "“…”, dijo tras el partido"
                spoken = near is not None or cued is not None or self._stands_alone(k)
                cue, whole = (cued.cue, cued.whole) if cued is not None else (-1, False)
                yield (
                    self._words.quotation[k],
                    ReportedSpeaker(speaker.name, None, cue, AttributionMethod.PRONOUN, spoken, whole),
                )
            elif k in found:
                yield self._words.quotation[k], found[k]
        if marked and not found:
            self._note_topic(first, marked[0])

    def _of_paper(self, source: MarkedSource) -> ReportedSpeaker:
        """Return who speaks where a paper does, whose name has marks of its own."""
        items = self._words.items
        place = items[source.first], items[source.last - 1] + 1
        return ReportedSpeaker(source.name, place, items[source.cue], AttributionMethod.NAME)

    def _reporting_subject(self, k: int) -> ClauseSubject | None:
        """Return the subject of the clause of a quotation: behind it, before it, inside it; a name before a pronoun."""
        behind = self._clauses.after(k)
        if (
            behind is not None
            and behind.kind in (SubjectKind.PRONOUN, SubjectKind.DROPPED)
            and self._words.words[k - 1] == ":"
        ):
            before = self._clauses.before(k)
            return before if before is not None and before.kind == SubjectKind.NAME else behind
        return behind or self._clauses.before(k) or self._inside(k)

    def _in_reported_mood(self, first: int, k: int) -> ReportedSpeaker | None:
        """Return whose reported speech goes on in a sentence whose verb says so: "Die Lage sei „sehr ernst“"."""
        words = self._words
        beside = words.lower[max(first, k - _MOOD_REACH) : k] + words.lower[k + 1 : k + 1 + _MOOD_REACH]
        if self._reporter is None or self._grammar.reported_moods.isdisjoint(beside):
            return None
        return self._reporter if self._paragraph(k) - self._reporter_paragraph <= 1 else None

    def _is_whole(self, k: int, cue: int) -> bool:
        """Whether a quotation is a sentence that a verb right behind it reports, or one that a verb and a colon lead up to."""
        words, grammar = self._words, self._grammar
        if k and words.words[k - 1] == ":":
            return True
        behind = k + 1
        while behind < len(words) and (words.words[behind] in DASHES or words.words[behind] == ","):
            behind += 1
        parted = behind > k + 1 or words.outline.text[words.ends[k] - 2] in _ENDS_OF_SPEECH or grammar.verb_last
        beside = words.lower[behind:cue]
        return (
            words.opens_sentence(k)
            and parted
            and behind <= cue
            and all(word in grammar.function_words for word in beside)
        )

    def _is_title(self, k: int) -> bool:
        """Whether all longer words between the marks have a capital, with no colon or comma before: a paper, a body."""
        words = self._words
        if k and words.words[k - 1] in (",", ":"):
            return False
        content = words.outline.text[words.starts[k] : words.ends[k]].strip('"“”«»„ \xa0\u202f')
        longer = [word for word in content.split()[:_TITLE_WORDS] if len(word) >= _LONGER_WORD]
        return all(word[0].isupper() or not word[0].isalpha() for word in longer) and content[-1:].isalnum()

    def _is_compound(self, k: int) -> bool:
        """Whether the marks stand around a part of a word: "„Wir bleiben“-Kampagne"."""
        words = self._words
        return k + 1 < len(words) and words.words[k + 1] == "-" and words.starts[k + 1] == words.ends[k]

    def _carried(self, k: int) -> ReportedSpeaker | None:
        """Return who goes on in a quotation without a clause: whom the sentence before is about, else who spoke last."""
        paragraph = self._paragraph(k)
        opens = k == 0 or self._paragraph(k - 1) != paragraph
        # "– said Roe. – There is": behind the clause inside his marks.
        dashed = k > 0 and self._words.words[k - 1] in DASHES and self._words.opens_sentence(k - 1)
        dashed = dashed and self._last_paragraph == paragraph and not self._grammar.articles
        if not (opens or dashed or self._words.opens_sentence(k)):
            return None
        if self._about is not None and self._about_paragraph == paragraph:
            return self._about
        return self._last if paragraph - self._last_paragraph <= _REACH else None

    def _inside(self, k: int) -> ClauseSubject | None:
        """Return the subject of a clause between the marks themselves: "« Je ne crois pas, dit-il. »"."""
        outline, item = self._words.outline, self._words.items[k]
        content = outline.text[outline.starts[item] : outline.ends[item]]
        if len(content) < _LEAST_WITH_CLAUSE:
            return None
        words = clause_words(build_outline(content.strip('"“”«»„ \xa0\u202f'), ()), self._grammar)
        return SubjectReader(words, TextNames(words, self._grammar), self._grammar).inserted()

    def _paragraph(self, k: int) -> int:
        return self._words.outline.paragraph[self._words.items[k]]

    def _without_marks(self, first: int, last: int) -> None:
        """Note who a sentence without quotations says spoke, or whom it is about."""
        subject = self._clauses.reports(first, last)
        speaker = self._speaker(subject) if subject is not None else None
        if speaker is not None and subject is not None and self._can_report(subject):
            self._reporter, self._reporter_paragraph = speaker, self._paragraph(first)
        if speaker is not None and subject is not None and subject.kind != SubjectKind.PHRASE:
            self._note(speaker, self._paragraph(first), subject, quoted=False)
        if subject is None:
            self._note_topic(first, last)

    def _can_report(self, subject: ClauseSubject) -> bool:
        """Whether a subject speaks as people and bodies do, so that a sentence in the reported mood may be his."""
        if subject.kind != SubjectKind.PHRASE:
            return True
        grammar = self._grammar
        return grammar.is_body(subject.head) or grammar.is_role(subject.head) or subject.head in grammar.unnamed

    def _note_topic(self, first: int, last: int) -> None:
        """Note the person that a sentence is about: a name, a pronoun, or a role whose holder is known."""
        subject = self._topics.topic(first, last)
        if subject is None:
            return
        if subject.kind == SubjectKind.NAME:
            name = self._names.fullest(subject.name)
            if not self._names.is_person(name):
                return
            _remember(self._subjects, name)
        elif subject.kind == SubjectKind.PHRASE and not (self._grammar.is_role(subject.head) and subject.definite):
            return
        speaker = self._speaker(subject)
        if speaker is not None and self._names.is_person(tuple(speaker.name.split())):
            self._about, self._about_paragraph = speaker, self._paragraph(first)

    def _stands_alone(self, k: int) -> bool:
        """Whether a quotation is a sentence of its own, so that whoever spoke before goes on."""
        first, last = self._words.sentence_span(k)
        return not any(word[0].isalnum() for word in self._words.words[first:k] + self._words.words[k + 1 : last])

    def _speaker(self, subject: ClauseSubject) -> ReportedSpeaker | None:
        """Return who the subject of a clause is; None where that cannot be told."""
        words, names = self._words, self._names
        cue = words.items[subject.cue] if subject.cue >= 0 else -1
        items = None if subject.first < 0 else (words.items[subject.first], words.items[subject.last - 1] + 1)
        if subject.kind == SubjectKind.NAME:
            name = names.fullest(subject.name)
            if names.may_be_person(name):
                names.add_person(name, subject.gender)
            other = self._clauses.joint(subject)
            together = [subject, other] if other is not None else [subject]
            together.sort(key=lambda each: each.first)
            printed = joined_names([" ".join(names.fullest(each.name)) for each in together])
            return ReportedSpeaker(printed, items, cue, AttributionMethod.NAME)
        if subject.kind == SubjectKind.PHRASE:
            if self._grammar.is_thing(subject.head):
                return None  # "Die Feststellung lautet"
            return self._of_role(subject, items, cue)
        meant = self._meant(subject.gender)
        return None if meant is None else ReportedSpeaker(" ".join(meant), items, cue, AttributionMethod.PRONOUN)

    def _of_role(self, subject: ClauseSubject, items: tuple[int, int] | None, cue: int) -> ReportedSpeaker:
        """Return who "el ministro" is: its holder, else who spoke last where nothing more is said of him, else the words."""
        words, grammar = self._words, self._grammar
        inner = words.lower[min(subject.first + 1, subject.last - 1)] in grammar.prepositions  # "одна из гимнасток"
        start = subject.first + (not inner and words.lower[subject.first] in grammar.articles | grammar.determiners)
        owned = start > 0 and words.sentence[start - 1] == words.sentence[start]
        before = words.words[start - 1]
        owned = owned and words.quotation[start - 1] < 0 and grammar.verb_last
        owned = owned and (before[0].isupper() or before.endswith(grammar.owner_endings))
        start -= owned
        printed = " ".join(subject.name) or words.printed(min(start, subject.last - 1), subject.last)
        # A noun of no list that speaks in a language without articles, "добавил американец", goes on with who spoke.
        unlisted = not grammar.articles and subject.alone and not subject.head.endswith(grammar.bodies)
        person = subject.definite and (grammar.is_role(subject.head) or unlisted)
        known = (subject.alone and not owned) or subject.head not in grammar.spokesmen
        holder = self._names.holder(subject.head, subject.first) if subject.definite else None
        if holder is not None and self._is_passing(holder, subject.first):
            holder = None
        if holder is None and person and known:
            about = self._about.name if self._about and self._about_paragraph == self._paragraph(subject.first) else ""
            spoke = (name for name in reversed(self._spoke) if self._fits(name, subject.gender))
            # Whom a sentence was about is "the expert" before another "expert" who has no name.
            named = (name for name in reversed(self._subjects) if self._names.is_person(name))
            holder = next(spoke, None)
            if about and self._fits(tuple(about.split()), subject.gender):
                holder = tuple(about.split())  # "Auch Jan Roe war sauer. „…“, schimpfte der 23-Jährige"
            if holder is None or not self._names.is_person(holder):
                holder = next((name for name in named if self._fits(name, subject.gender)), holder)
        if holder is None and subject.definite:
            holder = self._names.holder(subject.head, len(words))
        name = " ".join(holder) if holder is not None else printed
        return ReportedSpeaker(name, items, cue, AttributionMethod.ROLE)

    def _is_passing(self, name: tuple[str, ...], at: int) -> bool:
        """Whether somebody was named once, some sentences before a word, and was the subject of none: nobody goes on with him."""
        printed = self._places.get(name[-1], ())
        far = len(printed) == 1 and self._words.sentence[at] - self._words.sentence[printed[0]] > _PASSED
        return far and name not in self._subjects and name not in self._spoke

    def _meant(self, gender: Gender) -> tuple[str, ...] | None:
        """Return whom a pronoun of a gender means: the last subject that it fits."""
        return next((name for name in reversed(self._subjects) if self._fits(name, gender)), None)

    def _fits(self, name: tuple[str, ...], gender: Gender) -> bool:
        known = self._names.gender(name)
        return not gender or not known or known == gender

    def _note(self, speaker: ReportedSpeaker, paragraph: int, subject: ClauseSubject | None, *, quoted: bool) -> None:
        """Remember who spoke; a pronoun goes on with people alone, a role with those whose words are printed."""
        self._last, self._last_paragraph, self._about = speaker, paragraph, None
        self._reporter, self._reporter_paragraph = speaker, paragraph
        name = tuple(speaker.name.split())
        person = self._names.is_person(name)
        if subject is not None and subject.kind == SubjectKind.PHRASE and not person:
            person = self._grammar.is_role(subject.head) and subject.cue >= 0
            if person and subject.gender:
                self._names.add_gender(name, subject.gender)
        if person:
            _remember(self._subjects, name)
            if quoted or not self._spoke:
                _remember(self._spoke, name)


def _remember(names: list[tuple[str, ...]], name: tuple[str, ...]) -> None:
    if name in names:
        names.remove(name)
    names.append(name)
    del names[:-_MOST_REMEMBERED]
