"""Tell which names nobody bears: peoples, things with an article, abbreviations, and phrases of ordinary words with capitals.

A name that no list knows may be a person's, so that "he" could be "Bay Networks", "the Delta Nine" or "Veldanians".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from indexer.entities.lexicon import PLAIN_CUE, cue_weight
from indexer.entities.mentions import Mention
from indexer.entities.name_runs import starts_sentence
from indexer.entities.namesakes import ROLE_WORDS
from indexer.entities.ordinary_words import ordinary_words
from indexer.quotations.outline import Outline
from indexer.word_lists import word_list
from search.names.given_names import is_first_name

_ADJECTIVES: Final = word_list("adjectives_of_peoples") | word_list("party_members")
_SUFFIXES: Final = word_list("name_suffixes")
_ABBREVIATION: Final = re.compile(r"[A-Z][A-Z0-9-]*[A-Z0-9]s?")
_OF_SOMEBODY: Final = word_list("nouns_of_somebody")


def is_nobodys_name(name: str, outline: Outline, mentions: Sequence[Mention], numbers: Sequence[int]) -> bool:
    """Return whether a name of unknown words, printed as the mentions `numbers`, is no person's."""
    words = name.split()
    low = [word.lower() for word in words]
    if any(map(is_first_name, low)):
        return False
    if _is_abbreviated(words):
        return True
    if low[-1] in ROLE_WORDS:  # "Hidden Commander" is somebody
        return False
    is_ordinary = ordinary_words().issuperset(low)
    if is_ordinary and (len(words) > 1 or all(_merely_opens(outline, mentions[number]) for number in numbers)):
        return True
    return 2 * sum(_has_article(outline, mentions[number]) for number in numbers) > len(numbers)


def names_people(word: str) -> bool:
    """Return whether a word is the plural of an adjective of a people or a party: "Veldanians", "African-Americans"."""
    singular = word.rpartition("-")[2]
    return singular.endswith("s") and singular.removesuffix("s") in _ADJECTIVES


def _is_abbreviated(words: Sequence[str]) -> bool:
    """Whether a name is or ends in an abbreviation: "HAPOG", "Council EPA", not "ANN LEE" and "Ann Lee III"."""
    is_last = _ABBREVIATION.fullmatch(words[-1]) is not None and words[-1].lower() not in _SUFFIXES
    return is_last and (len(words) == 1 or any(map(str.islower, "".join(words[:-1]))))


def _has_article(outline: Outline, mention: Mention) -> bool:
    """Whether "the" belongs to a name: to that of "the Delta Nine", and not to the regime in "the Kolvar regime"."""
    before, follows = outline.lower[mention.first - 1 : mention.first], outline.lower[mention.last : mention.last + 1]
    return before == ["the"] and _OF_SOMEBODY.isdisjoint(follows)


def _merely_opens(outline: Outline, mention: Mention) -> bool:
    """Whether a capital at the head of a sentence shows no name: no reporting word or comma follows, as in "Power said"."""
    follows = outline.lower[mention.last : mention.last + 1]
    speaks = follows != [] and (follows[0] == "," or cue_weight(follows[0]) >= PLAIN_CUE)
    return starts_sentence(outline, mention.first) and not speaks
