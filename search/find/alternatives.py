"""What to look for where nothing sure was found: the words in marks alone; other spellings; words that are there, but hidden; names.

In the order in which they are tried; the first that finds something sure is shown, and a note says what was done.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from search.find.classify import Tier
from search.find.filters import MOST_NAMED, outlets_meant, people_meant, speakers_meant
from search.find.query_language import CLOSING, OPENING, has_words
from search.message import Message, counted_message
from search.model import Query, Utterance
from search.names.speaker_kind import SpeakerKind, kind_of
from search.names.typed_names import SuggestedName, may_be_meant, names_meant
from search.storage.store import Store
from search.text.analysis import analyse
from search.text.folding import fold
from search.text.terms import pair_term, stem_term
from search.text.vocabulary import spelling_suggestions, word_splits

Note = Callable[[Sequence[Utterance]], str]
_NAME_WORDS: Final = 4  # a longer query is no name
_MOST_CORRECTED: Final = 3  # words of a query: one with more that are unknown is about something else
_MOST_LOOKED_AT: Final = 20  # unknown words of one text, each of which costs some look-ups
_WORDS_BESIDE: Final = 20  # on either side of a word that its neighbour is looked for in
_QUOTES_READ: Final = 20  # in which a word is looked for as it is printed
_MOST_NAME_WORDS: Final = 6
_IN_MARKS: Final = re.compile(rf"[{OPENING}](?P<marked>[^{OPENING}{CLOSING}]+)[{CLOSING}]")


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another query to ask; `doubtful` where what it finds is no answer to what was typed, and `note` says what it is.

    `every_word` is enough where the same words were meant: "harbour agrement" is "an agreement for the harbour".
    """

    query: Query
    note: Note
    doubtful: bool = False
    every_word: bool = False

    def is_answered_by(self, utterance: Utterance) -> bool:
        """Return whether an utterance is what the other query asks for."""
        return utterance.sure or (self.every_word and utterance.tier == Tier.ALL_WORDS.label)

    def shown(self, utterances: Sequence[Utterance]) -> list[Utterance]:
        """Return the utterances as they are shown in the answer: not as sure ones where they are no answer."""
        return [_doubted(utterance) for utterance in utterances] if self.doubtful else list(utterances)


def alternatives(store: Store, query: Query, *, in_marks: bool = True) -> Iterator[Alternative]:
    """Yield what else may be looked for, most likely first; with `in_marks` the words in quotation marks alone, too."""
    if in_marks and not query.exact and (marked := marked_words(query.text)):
        yield Alternative(
            replace(query, text=marked),
            lambda _: Message(
                "No quote has all that was typed; shown is what the words in quotation marks, “%(marked)s”, find.",
                marked=marked,
            ),
        )
    if not query.exact and (corrected := corrected_text(store, query.text)):
        yield Alternative(
            replace(query, text=corrected),
            lambda _: Message(
                "No quote has “%(typed)s”; shown is what “%(meant)s” finds.", typed=query.text, meant=corrected
            ),
            every_word=True,
        )
    if not (query.scare and query.indirect):
        yield Alternative(replace(query, scare=True, indirect=True, exact=True), _hidden_note, doubtful=True)


def marked_words(text: str) -> str | None:
    """Return the longest stretch of a text in quotation marks where other words stand around it: did she say “never again”?

    None where there is none, or no other word.
    """
    found = max(_IN_MARKS.finditer(text), key=lambda one: len(one["marked"]), default=None)
    if found is None or not has_words(found["marked"]) or not has_words(text[: found.start()] + text[found.end() :]):
        return None
    return found["marked"].strip()


def known_speakers(store: Store, query: Query) -> tuple[Query, list[str]]:
    """Return a query with each speaker whom the archive does not have replaced by who was probably meant, and notes of it.

    A note says, too, whom else a name may mean.
    """
    meant: list[str] = []
    notes: list[str] = []
    for name in query.speaker:
        better = None if speakers_meant(store, (name,)) else probably_meant(store, name)
        if better is not None:
            note = Message("No speaker is called “%(typed)s”; %(meant)s was looked for.", typed=name, meant=better)
            notes.append(note)
        elif len(people := people_meant(store, name)) > 1:
            named = ", ".join(people[:MOST_NAMED])
            notes.append(
                Message(
                    "“%(name)s” may mean several people: %(people)s. All of them were looked for.",
                    name=name,
                    people=named,
                )
            )
        meant.append(better or name)
    return replace(query, speaker=tuple(meant)), notes


def named_instead(store: Store, query: Query) -> tuple[Query, str] | None:
    """Return the query that lists what somebody said, or an outlet printed, whose name is all that was typed, and a note.

    None if it is no name.
    """
    if query.exact or len(query.text.split()) > _NAME_WORDS:
        return None
    name, listed = query.text, replace(query, text="")
    if not query.speaker:
        if speakers_meant(store, (name,)):
            said = Message("No quote has these words; listed is what speakers called “%(name)s” said.", name=name)
            return replace(listed, speaker=(name,)), said
        if (meant := probably_meant(store, name)) is not None:
            probably = Message("No quote has these words; listed is what %(name)s said.", name=meant)
            return replace(listed, speaker=(meant,)), probably
    if not query.outlet and outlets_meant(store, (name,)):
        printed = Message("No quote has these words; listed is what outlets called “%(name)s” printed.", name=name)
        return replace(listed, outlet=(name,)), printed
    return None


def speaker_note(store: Store, query: Query) -> tuple[str, ...]:
    """Return how to ask for what a person said, where all that was typed is his name: the answer is who speaks of him."""
    name = query.text.strip()
    # All names are asked for last: a whole quote is none.
    may_be_name = len(name.split()) <= _MOST_NAME_WORDS and kind_of(name) == SpeakerKind.PERSON
    if query.exact or query.speaker or not may_be_name or name not in store.speaker_names():
        return ()
    asked = SuggestedName("speaker", name, None).query
    return (Message("These quotes hold the name; what %(name)s said is found by `%(query)s`.", name=name, query=asked),)


def probably_meant(store: Store, name: str) -> str | None:
    """Return the speaker whose name was probably typed with a slip; None if it is nobody's."""
    names = (*store.speaker_names(), *store.decided_names().aliases.values())
    if not may_be_meant(name, names):
        return None
    return next(iter(names_meant(name, store.speaker_table())), None)


def corrected_text(store: Store, text: str) -> str | None:
    """Return a text with each word that the archive does not have replaced by what was probably meant; None if none is.

    A word is tried at one edit and two, and as two words written as one. At most `_MOST_LOOKED_AT` words are tried,
    and `_MOST_CORRECTED` replaced.
    """
    corrected, changed, tried = [], 0, 0
    words = text.split()
    stems_of = {word: analyse(word, "en").stems for word in words}
    with store.reading() as reader:
        # To read all words of an archive takes a hundred times as long, and most queries have none that it lacks.
        quotes = reader.frequencies(stem_term(stem) for stems in stems_of.values() for stem in stems)
    for place, word in enumerate(words):
        stems = stems_of[word]
        known = not stems or any(quotes[stem_term(stem)] for stem in stems)
        is_tried = not known and changed < _MOST_CORRECTED and tried < _MOST_LOOKED_AT
        tried += is_tried
        better = _meant(store, words, place) if is_tried else None
        changed += better is not None
        corrected.append(better or word)
    return " ".join(corrected) if changed else None


def _meant(store: Store, words: Sequence[str], place: int) -> str | None:
    word = words[place]
    splits = word_splits(word)
    with store.reading() as reader:
        # Two words side by side in some quote, and not two of a hundred thousand that happen to be there.
        together = reader.frequencies(pair_term(left, right) for left, right in splits)
    for left, right in splits:
        if together[pair_term(left, right)]:
            return f"{_printed_form(store, left)} {_printed_form(store, right)}"
    suggestions = [one.stem for one in spelling_suggestions(word, store.vocabulary)]
    # What stands beside the same neighbour in some quote was meant: "whitch hunt" is "witch hunt", and not "which hunt".
    sides = words[max(place - _WORDS_BESIDE, 0) : place], words[place + 1 : place + 1 + _WORDS_BESIDE]
    before, after = ([*analyse(" ".join(some), "en").stems] for some in sides)
    pairs = {stem: [pair_term(*pair) for pair in pairwise([*before[-1:], stem, *after[:1]])] for stem in suggestions}
    with store.reading() as reader:
        together = reader.frequencies(pair for terms in pairs.values() for pair in terms)
    best = max(suggestions, key=lambda stem: sum(together[pair] > 0 for pair in pairs[stem]), default=None)
    return best and _printed_form(store, best)


def _printed_form(store: Store, stem: str) -> str | None:
    """The word, as quotes print it, that a stem is the stem of: the commonest in a few of them."""
    numbers = store.findable.first_having(stem_term(stem), _QUOTES_READ)
    words = [token for text in store.texts(numbers) for token in analyse(text).tokens if token.stem == stem]
    if not words:
        return None
    key = Counter(word.key for word in words).most_common(1)[0][0]
    # A name keeps its capital; a possessive, and a word that is one of two ("don't"), do not stand as they are looked up.
    plain = Counter(word.text for word in words if fold(word.text) == key)
    return plain.most_common(1)[0][0] if plain else key


def _hidden_note(utterances: Sequence[Utterance]) -> str:
    quotes = [quote for utterance in utterances for version in utterance.versions for quote in version.quotes]
    scare = sum(quote.scare for quote in quotes)
    in_marks = counted_message(
        "%(num)s time in marks that quote nobody (a title, a slogan, a scare quote)",
        "%(num)s times in marks that quote nobody (a title, a slogan, a scare quote)",
        scare,
    )
    reported = counted_message(
        "%(num)s time as reported speech without marks",
        "%(num)s times as reported speech without marks",
        len(quotes) - scare,
    )
    both = Message("%(one)s and %(other)s", one=in_marks, other=reported)
    where = both if 0 < scare < len(quotes) else in_marks if scare else reported
    return Message("Nobody is quoted with these words; they stand here %(where)s.", where=where)


def _doubted(utterance: Utterance) -> Utterance:
    versions = tuple(replace(one, match=replace(one.match, doubtful=True)) for one in utterance.versions)
    return replace(utterance, versions=versions, match=versions[0].match)
