"""Say how a quote relates to the words typed: no answer, or an answer of a tier, sure or possible."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final, NamedTuple

from search.find.coverage import Coverage, coverage, has_phrase, has_same_words, has_words_apart, may_have_phrase
from search.matching.compare import altered_meaning, different_match, verdict
from search.matching.meaning_changes import count_denials, has_other_numbers
from search.matching.similarity import comparison_vector, length_bound, similarity, similarity_bound
from search.matching.thresholds import POSSIBLE_PROBABILITY, UTTERANCE_PROBABILITY
from search.model import Match, MatchKind, MeaningChange, Quote
from search.storage.analysed_quotes import AnalysedQuote
from search.text.analysis import AnalysedText, stored

PHRASE_SCORE: Final = 0.7
"""The least score of a quote that holds the whole phrase, however little it says: whoever types two words means these."""
APART_SCORE: Final = 0.6  # the same where every word is there, with others between
APART_NATS: Final = 18.0  # what the words have to say for that to be sure: "nuclear" and "option" stand near by chance
FEW_WORDS: Final = 2  # that are about anything: nothing is a change of their meaning
CONTAINED_LEAST_SHARE: Final = 0.5
"""The share of the typed words' information from which a quote that they contain is surely theirs. Below it half of those
read were a common phrase: "a good man" out of "Reince is a good man"."""
COMMON_PHRASE_NATS: Final = 18.0
"""What says less and is contained in what was typed may be anybody's: "my friend" and "fantastic job" say 10 to 13, and the
name of a law 14."""
POSSIBLE_NATS: Final = 21.0
POSSIBLE_SHARE: Final = 0.45
"""What one place of a quote has to have of the typed words to be shown as possible: their information, and the share of it,
below which a long query matches anything. On 250 queries to three archives of 2,000 articles, 93 of them for things that
nobody said there, .72 of those shown are right and 5 of the 93 are answered; at 18 nats it is .59 and 8. Less was enough for
a while where nothing sure is there (12 nats and a likelihood of .2) or all words are (16): of the 19 quotes that only
this showed for 205 queries to each of two archives one was right. They stand among the nearest."""
LIKELY: Final = 0.5
"""The likelihood by the learned order from which a quote is shown as possible, whatever place it has of the typed words; from
`MAY_BE_LIKELY` on if one place of it has `POSSIBLE_NATS` of them. On the same queries that shows five right ones more, and
three wrong; of the versions of translated news that nothing else would show, two thirds."""
MAY_BE_LIKELY: Final = 0.1
BESIDE_SURE_SHARE: Final = 0.65  # where something sure is there, and less would only be about the same matter
AROUND_MOST: Final = 4.0  # nats that the words around a quote add at the most, as far as it matters here
TELLING_WORDS: Final = 2  # that have to be among them
POSSIBLE_MOST: Final = 0.49  # the highest score of what is only possible

# Times as many words as were typed, from which a quote's length alone may tell that it is no version.
MUCH_LONGER: Final = 2

PHRASE_REASON: Final = "it holds all that was typed"
APART_REASON: Final = "it has every word typed, but not side by side"
POSSIBLE_REASON: Final = "it has the telling words, in other forms or another order"
LIKELY_REASON: Final = "it has much of what was typed, and versions have it so"
ALSO_REASON: Final = "another version of this utterance"


class Tier(IntEnum):
    """The parts of an answer, in the order in which they are shown: what holds all that was typed comes first."""

    SAME_WORDS = 0
    PHRASE = 1  # the quote holds the whole phrase
    ALL_WORDS = 2  # one place of the quote has every word typed
    EDITED = 3  # the same utterance, with words changed
    CONTAINED = 4  # the typed words contain the quote
    TRANSLATION = 5  # may be the same in another language
    POSSIBLE = 6  # may be the same in other words
    ALSO = 7  # in by its utterance alone

    @property
    def label(self) -> str:
        """Return what a reader is told of an utterance that stands here."""
        return _LABELS[self]


_LABELS = {
    Tier.SAME_WORDS: "the very words",
    Tier.PHRASE: "holds all that was typed",
    Tier.ALL_WORDS: "holds every word typed, but not side by side",
    Tier.EDITED: "the same with words changed",
    Tier.CONTAINED: "what was typed holds this, and more",
    Tier.TRANSLATION: "probable translation",
    Tier.POSSIBLE: "may be the same in other words",
    Tier.ALSO: "another version of an utterance found",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A quote, how it relates to what was asked, and its tier.

    likely      it is likely a version, though it is not sure
    likelihood  that of being one by the learned order, 0 to 1; 0 where it is not known
    """

    quote: Quote
    match: Match
    tier: Tier
    likely: bool = False
    likelihood: float = 0.0


class Classified(NamedTuple):
    """How a quote relates to the words typed, and in which tier of the answer it stands; the others as in `Hit`."""

    match: Match
    tier: Tier
    likely: bool = False
    likelihood: float = 0.0


def classify(asked: AnalysedText, candidate: AnalysedQuote, *, exact: bool = False) -> Classified | None:
    """Return how a candidate answers by its words alone; None if it does not. What differs is left out.

    `exact`: only quotes that hold these very words answer.
    """
    quote = stored(candidate.text, candidate.stems)
    # Most candidates lack a word that was typed, which their stems tell without a look at their words; where the two may be
    # stemmed as of two languages, the beginnings of the words do.
    may_have_all = asked.stem_set.stems.issubset(candidate.stems) or may_have_phrase(candidate.text, asked)
    if may_have_all:
        if has_same_words(quote, asked):
            match = verdict(asked, quote)
            return Classified(match, Tier.SAME_WORDS) if match.kind != MatchKind.DIFFERENT else None
        if has_phrase(quote, asked):
            return Classified(_phrase_match(asked, quote), Tier.PHRASE)
    if exact:
        return None
    match = quick_verdict(asked, quote) or verdict(asked, quote)
    if may_have_all and has_words_apart(quote, asked):
        return Classified(_apart_match(asked, quote, match), Tier.ALL_WORDS)
    if match.kind == MatchKind.DIFFERENT:
        return None
    return _by_verdict(asked, quote, match)


def quick_verdict(asked: AnalysedText, quote: AnalysedText, *, scored: bool = False) -> Match | None:
    """Return the verdict where the stems alone tell that the two have too little in common; None where it takes the words.

    Ten times as fast as `verdict`. The score is 0 unless it is wanted.
    """
    if not asked.is_plain or not asked.stems or not quote.is_plain:
        return None
    probability = 0.0
    if scored or not _cannot_be_one(asked, quote):
        probability = similarity(asked, quote)
    return None if probability >= POSSIBLE_PROBABILITY else different_match(probability)


def _cannot_be_one(asked: AnalysedText, quote: AnalysedText) -> bool:
    """Whether bounds, the cheaper first, tell that two plain texts have too little in common to be one."""
    if len(quote.stems) > MUCH_LONGER * len(asked.stems) and length_bound(asked, quote) < POSSIBLE_PROBABILITY:
        return True
    return similarity_bound(asked, quote) < POSSIBLE_PROBABILITY


def possible_match(
    asked: AnalysedText, candidate: AnalysedQuote, around: Iterable[str], *, beside_sure: bool, likelihood: float = 0.0
) -> Match | None:
    """Return the match of a candidate that may say the same in other words; None if there is too little to show it.

    `around` are the words next to the quote that count; `beside_sure`: the answer holds something sure; `likelihood` is that
    of being a version, 0 to 1, by the learned order.
    """
    quote = stored(candidate.text, candidate.stems)
    place = coverage(asked, quote.all_stems, around, least=0.0 if likelihood >= LIKELY else POSSIBLE_NATS - AROUND_MOST)
    likely = likelihood >= LIKELY or (likelihood >= MAY_BE_LIKELY and place.nats >= POSSIBLE_NATS)
    if not likely and not _enough(place, BESIDE_SURE_SHARE if beside_sure else POSSIBLE_SHARE):
        return None
    alters = (MeaningChange.NUMBER,) if has_other_numbers(asked, quote) else ()
    score = round(POSSIBLE_MOST * max(place.share, likelihood), 4)
    return Match(MatchKind.REWORDED, score, alters=alters, reason=LIKELY_REASON if likely else POSSIBLE_REASON)


def _enough(place: Coverage, least_share: float) -> bool:
    return place.telling >= TELLING_WORDS and place.nats >= POSSIBLE_NATS and place.share >= least_share


# Of a phrase that says little by itself.
_PHRASE_MATCH: Final = Match(MatchKind.PART, PHRASE_SCORE, reason=PHRASE_REASON)


def _phrase_match(asked: AnalysedText, quote: AnalysedText) -> Match:
    match = quick_verdict(asked, quote)
    if match is not None:
        return _PHRASE_MATCH
    match = verdict(asked, quote)
    return replace(match, kind=MatchKind.PART, score=max(match.score, PHRASE_SCORE), reason=PHRASE_REASON)


def _apart_match(asked: AnalysedText, quote: AnalysedText, match: Match) -> Match:
    if match.sure and match.score >= UTTERANCE_PROBABILITY:
        return match
    # "Mexico will pay for the wall" is not what "that Mexico cannot pay for the wall" says, though it has every word.
    # Of those that are not different the verdict has told it.
    untold = match.kind == MatchKind.DIFFERENT and len(asked.stems) > FEW_WORDS
    return replace(
        match,
        kind=MatchKind.PART,
        score=max(match.score, APART_SCORE),
        reason=APART_REASON,
        alters=altered_meaning(asked, quote) if untold else match.alters,
        doubtful=asked.weight < APART_NATS,
    )


def _by_verdict(asked: AnalysedText, quote: AnalysedText, match: Match) -> Classified:
    vector = comparison_vector(asked, quote)
    contained = match.kind in (MatchKind.PART, MatchKind.EDITED) and vector.right < vector.left
    if contained and match.kind == MatchKind.PART:
        sure = match.score >= UTTERANCE_PROBABILITY and vector.share_of_longer >= CONTAINED_LEAST_SHARE
        # "quid pro quo" is not what "no quid pro quo" says.
        sure = sure and count_denials(asked.keys) == count_denials(quote.keys)
        return Classified(replace(match, doubtful=not sure), Tier.CONTAINED)
    if match.score < UTTERANCE_PROBABILITY:
        return Classified(replace(match, doubtful=True), Tier.POSSIBLE)
    return Classified(match, Tier.EDITED)
