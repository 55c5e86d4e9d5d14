"""The subject of a Hindi reporting clause: the words before its particle, before the marks or behind them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from indexer.attribution.caseless.beside_marks import ClauseReader
from indexer.attribution.caseless.words import Subject
from indexer.word_lists import phrase_list, word_list

_CUES: Final = word_list("caseless_cues", "hi")
_PRONOUNS: Final = word_list("caseless_pronouns", "hi")
_ROLES: Final = word_list("caseless_roles", "hi")
_HONORIFICS: Final = word_list("caseless_honorifics", "hi")
_STOPS: Final = word_list("caseless_stops", "hi")
_OWNERS: Final = word_list("caseless_owners", "hi")
_ACCORDING: Final = tuple(tuple(phrase) for phrase in phrase_list("caseless_according", "hi"))
_AGENT: Final = "ने"  # behind the subject of a verb in the past
_JOINING: Final = word_list("joining_words", "hi")
_EDGES: Final = "\"'“”‘’«»,;:()।!?.-–—"
_BREAKS: Final = frozenset(",;:।!?")
_VERB_REACH: Final = 14  # words between the subject and its verb
_MOST_WORDS, _NAME_WORDS = 7, 4  # of an office with its holder's name; of a name


def hindi_subject(before: str, after: str) -> Subject | None:
    """Return the subject of the clause behind a quotation, else of the one before it; None where no verb of saying is."""
    opening, following = _tokens(before), _tokens(after)
    leads_up = opening[-1:] in ([","], [":"], ["कि"]) or (opening != [] and opening[-1] in _CUES)
    behind = None if leads_up and _read(opening) else _read(_first_clause(following))
    return behind or _read(opening)


def _tokens(clause: str) -> list[str]:
    """Return the words of a clause, and the marks that end one as words of their own."""
    tokens: list[str] = []
    for printed in clause.split():
        word = printed.strip(_EDGES)
        tokens += [word] if word else []
        tokens += [printed[-1]] if printed[-1] in _BREAKS else []
    return tokens


def _first_clause(tokens: list[str]) -> list[str]:
    while tokens and tokens[0] in _BREAKS:
        tokens = tokens[1:]
    return tokens[: next((at for at, token in enumerate(tokens) if token in _BREAKS), len(tokens))]


def _read(tokens: Sequence[str]) -> Subject | None:
    """Return the subject of the last reporting clause of some words."""
    for at in range(len(tokens) - 1, 0, -1):
        for phrase in _ACCORDING:
            if tuple(tokens[at : at + len(phrase)]) == phrase:
                return _described(_run_before(tokens, at), " ".join(phrase))
        if tokens[at] not in _CUES or (tokens[at - 1], tokens[at]) in _ACCORDING:
            continue
        # "करासू ने याद दिलाया कि शहर ने … और कहा": a second verb goes on with who opened the sentence.
        resumed = at > 1 and tokens[at - 1] in _JOINING
        places = range(1, at) if resumed else range(at - 1, max(-1, at - _VERB_REACH), -1)
        for agent in places:
            if tokens[agent] in _PRONOUNS:
                return Subject("", tokens[at])
            if tokens[agent] == _AGENT:
                return _described(_run_before(tokens, agent), tokens[at])
        run = _run_before(tokens, at)
        if run:
            return _described(run, tokens[at])
    return None


def _run_before(tokens: Sequence[str], end: int) -> list[str]:
    """Return the words of a subject that ends before a word: back to a mark or a stop, of an owner's office from that on."""
    run: list[str] = []
    for at in range(end - 1, max(-1, end - 1 - _MOST_WORDS), -1):
        token = tokens[at]
        if token in _BREAKS or token in _STOPS or token in _CUES or token[0].isdigit():
            break
        if token in _OWNERS and any(word in _ROLES for word in run) and len(run) > 1:
            break
        run.insert(0, token)
    return run


def _described(run: Sequence[str], cue: str) -> Subject | None:
    """Return a subject as a name, or as an office without one; "" for a pronoun; None for no word at all."""
    words = [word for word in run if word not in _HONORIFICS]
    if not words:
        return None
    if words[-1] in _PRONOUNS:
        return Subject("", cue)
    role = max((at for at, word in enumerate(words) if word in _ROLES), default=-1)
    name = words[role + 1 :]
    if not name:
        return Subject(" ".join(words), cue, is_name=False, office=words[role] if len(words) == 1 else "")
    return Subject(" ".join(name[-_NAME_WORDS:]), cue, office=words[role] if role >= 0 else "")


HINDI: Final = ClauseReader(hindi_subject)
