"""The subject of a Korean reporting clause: the word with its particle before the marks, or between them and the verb."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from indexer.attribution.caseless.beside_marks import ClauseReader
from indexer.attribution.caseless.words import Subject
from indexer.word_lists import word_list

_PARTICLES_BEHIND: Final = tuple(sorted(word_list("cues_after_marks", "ko"), key=lambda word: (-len(word), word)))
_VERBS: Final = tuple(word_list("caseless_cues", "ko"))
_PRONOUNS: Final = word_list("caseless_pronouns", "ko")
_TITLES: Final = tuple(sorted(word_list("caseless_titles_behind", "ko"), key=lambda word: (-len(word), word)))
_NO_SUBJECTS: Final = tuple(word_list("caseless_no_names", "ko"))
_SURNAMES: Final = word_list("caseless_surnames", "ko")
_TOPICS, _SUBJECTS = ("은", "는"), ("이", "가")
_WORD = re.compile(r"[^\W_]+(?:[·-][^\W_]+)*|[,.]")
_VERB_REACH: Final = 10  # words between the marks and the verb
_NAME_LENGTHS: Final = (2, 5)  # syllables, least and most; longer words are bodies and transliterations
_UNNAMED: Final = word_list("caseless_roles", "ko")
_PLACES: Final = word_list("caseless_places", "ko")
_NO_NAME_ENDS: Final = tuple("부대청시국당원실위측단처군회사의은는이가을를에서도")
_FULL_NAME: Final = 3  # syllables of a surname with a given name


def korean_subject(before: str, after: str) -> Subject | None:
    """Return the subject of a sentence whose verb of saying follows the marks, or stands before them; None for no such verb."""
    opening, following = _WORD.findall(before), _WORD.findall(after)
    behind = after.startswith(_PARTICLES_BEHIND) or (
        any(word.startswith(_VERBS) for word in following[:2]) and not after.startswith(("은 ", "는 "))
    )
    ahead = any(word.startswith(_VERBS) for word in opening[-2:])
    if not behind and not ahead:
        return None
    verb = next((at for at, word in enumerate(following[:_VERB_REACH]) if word.startswith(_VERBS)), 0)
    subject = _subject(opening) or (_subject(following[:verb]) if behind else None)
    return subject or Subject("", following[verb] if verb < len(following) else "")


def _subject(words: Sequence[str]) -> Subject | None:
    """Return the first word with a topic's particle that can be a person or a body, else with a subject's."""
    for particles in (_TOPICS, _SUBJECTS):
        for at, word in enumerate(words):
            stem = word[:-1]
            if not word.endswith(particles) or word in _NO_SUBJECTS or len(stem) == 0:
                continue
            if stem in _PRONOUNS:
                return Subject("", word)
            found = _named(words, at, stem)
            if found is not None:
                return found
    return None


def _named(words: Sequence[str], at: int, stem: str) -> Subject | None:
    title = next((each for each in _TITLES if stem.endswith(each)), None)
    least, most = _NAME_LENGTHS
    if title is not None:
        bare = stem.removesuffix(title)
        if least <= len(bare) <= most and bare[0] in _SURNAMES:
            return Subject(bare, title, office=title)
        name = words[at - 1] if at else ""
        if at > 1 and not bare and (name.endswith(_NO_NAME_ENDS) or name in _PLACES) and words[at - 2] not in ",.":
            at, name = at - 1, words[at - 2]  # "김영희 서울대 교수", "폴 뒤랑 프랑스 대통령"
        korean = len(name) == _FULL_NAME and name[0] in _SURNAMES
        if korean or (not bare and title not in _UNNAMED and _is_foreign(name)):
            given = words[at - 2] if at > 1 and not korean else ""
            is_given = given != "" and _is_foreign(given.rjust(least, "가"))  # "폴 뒤랑": one syllable will do
            return Subject(f"{given} {name}" if is_given else name, title, office=title)
        alone = at == 0 or words[at - 1] in ",."
        phrase = stem if alone else f"{words[at - 1]} {stem}"
        return Subject(phrase, title, False, title if alone and not bare else "")
    if len(stem) == _FULL_NAME and stem[0] in _SURNAMES:
        return Subject(stem, "")
    return Subject(stem, "") if at == 0 and least <= len(stem) <= most else None


def _is_foreign(word: str) -> bool:
    """Whether a word without a Korean surname may be part of a name: no title, no body, no particle."""
    least, most = _NAME_LENGTHS
    return least <= len(word) <= most and not word.endswith((*_TITLES, *_NO_NAME_ENDS))


def korean_topic(sentence: str) -> Subject | None:
    """Return the person whom a sentence is about, by the title at the name; None for anything else."""
    subject = _subject(_WORD.findall(sentence))
    return subject if subject is not None and subject.office and subject.is_name else None


KOREAN: Final = ClauseReader(korean_subject, korean_topic)
