"""The subject of a Hebrew reporting clause: right behind its verb, or right before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from indexer.attribution.caseless.beside_marks import ClauseReader
from indexer.attribution.caseless.words import Subject
from indexer.word_lists import phrase_list, word_list

_CUES: Final = word_list("caseless_cues", "he")
_PRONOUNS: Final = word_list("caseless_pronouns", "he")
_ROLES: Final = word_list("caseless_roles", "he")
_HONORIFICS: Final = word_list("caseless_honorifics", "he")
_STOPS: Final = word_list("caseless_stops", "he")
_ACCORDING: Final = tuple(list(phrase) for phrase in phrase_list("caseless_according", "he"))
_PARTICLES: Final = frozenset(("בן", "בת", "בר", "אבו", "אל", "דה", "ון"))
_TOKEN = re.compile("[^\\W_]+(?:[-־'’\"״׳](?=\\w)[^\\W_]+)*['׳]?|[,;:()–—-]")
_HEADS: Final = frozenset(("ראש", "ראשת"))
_BREAKS: Final = frozenset(",;:()–—-")
_MOST_WORDS: Final = 7  # of an office with its holder's name
# Prepositions, "and", "that", written to the next word: they end a subject with a name.
_JOINED: Final = frozenset("ובלכמש")
_SURNAMES_FIRST, _NAME_WORDS = 2, 3  # words after which a joined preposition ends a name; that a name has at most


def hebrew_subject(before: str, after: str) -> Subject | None:
    """Return the subject of the clause behind a quotation, else of the one before it; None where no verb of saying is."""
    opening, following = _TOKEN.findall(before), _TOKEN.findall(after)
    ended = opening[-1:] in ([":"], [","], ["כי"]) or (bool(opening) and opening[-1] in _CUES)
    if not ended:
        behind = _behind(following)
        if behind is not None:
            return behind
    return _before(opening)


def _behind(tokens: list[str]) -> Subject | None:
    """Return the subject in ", said Lavi", ", Lavi said" and ", according to Lavi"."""
    while tokens and tokens[0] in _BREAKS:
        tokens = tokens[1:]
    tokens = tokens[: next((at for at, token in enumerate(tokens) if token in _BREAKS), len(tokens))]
    source = _according_to(tokens)
    if source is not None:
        return source
    cue = next((at for at, token in enumerate(tokens[:_MOST_WORDS]) if _is_cue(token)), None)
    if cue is None:
        return None
    run = _run(tokens[cue + 1 :]) or _run(tokens[:cue]) or _office_behind(tokens[cue + 1 :])
    return _described(run, tokens[cue])


def _office_behind(tokens: Sequence[str]) -> list[str]:
    """Return an office with its holder behind what a preposition adds: "אמר אחרי המשחק מאמן הקבוצה מרק נובק"."""
    office = next((at for at, token in enumerate(tokens[:_MOST_WORDS]) if _bare(token) in _ROLES), None)
    return [] if office is None else _run(tokens[office:])


def _before(tokens: list[str]) -> Subject | None:
    """Return the subject in "Lavi said:", "Lavi added that" and "said Lavi yesterday:"."""
    while tokens and (tokens[-1] in _BREAKS or tokens[-1] in ("כי", "ש")):
        tokens = tokens[:-1]
    low = max((at + 1 for at, token in enumerate(tokens) if token in _BREAKS), default=0)
    clause = tokens[low:]
    source = _according_to(clause) or _according_to(tokens)
    if source is not None:
        return source
    cues = [at for at, token in enumerate(clause) if _is_cue(token)]
    if not cues:
        return None
    first = next((at for at in cues if cues[-1] - at <= len(cues)), cues[-1])  # "הוסיף ואמר": two verbs, one subject
    follows, precedes = _run(clause[cues[-1] + 1 :]), _run_before(clause[:first])
    if first == 0 and low > 1 and tokens[low - 1] == ",":
        precedes = _around_comma(tokens[: low - 1])
    # "מרקון כתב בחשבונו", against "בתום הישיבה אמר בני כהן": of two words that may be a preposition with its noun, the verb's own.
    adjunct = follows and follows[0][0] in _JOINED and precedes and precedes[0][0] not in _JOINED
    return _described(precedes if adjunct or not follows else follows, clause[cues[-1]])


def _around_comma(tokens: list[str]) -> list[str]:
    """Return who is set between commas before the verb, "נשיא צרפת, פול דיראן, כתב", else who stands before them, "לביא, בן 24, אמר"."""
    opening = max((at for at, token in enumerate(tokens) if token in _BREAKS), default=-1)
    inner = tokens[opening + 1 :]
    is_name = 0 < len(inner) <= _NAME_WORDS and inner[0] not in _PARTICLES and _STOPS.isdisjoint(inner)
    return inner if is_name or opening < 0 else _run_before(tokens[:opening])


def _according_to(tokens: Sequence[str]) -> Subject | None:
    for phrase in _ACCORDING:
        if list(tokens[: len(phrase)]) == phrase:
            run = _run(tokens[len(phrase) :])
            return _described(run, " ".join(phrase)) if run else None
    return None


def _is_cue(token: str) -> bool:
    return token in _CUES or (token[:1] in "וש" and token[1:] in _CUES)


def _run(tokens: Sequence[str]) -> list[str]:
    """Return the words of a subject that opens a stretch: up to a mark, a stop or a joined preposition behind a name."""
    run: list[str] = []
    for token in tokens[:_MOST_WORDS]:
        named = len(run) - sum(word in _HONORIFICS for word in run)
        joined = named >= _SURNAMES_FIRST and token[0] in _JOINED and token not in _PARTICLES and len(token) > 2
        if token[0] == "ש" and token[1:] in _PRONOUNS:  # "that he"
            break
        headed = run[-1:] != [] and run[-1] in _HEADS  # "ראש העיר" is the mayor, though "העיר" is "remarked" too
        if token in _BREAKS or token in _STOPS or (_is_cue(token) and not headed) or token[0].isdigit():
            break
        if joined and not _is_office(run):
            break
        run.append(token)
    return run


def _is_office(run: Sequence[str]) -> bool:
    """Whether a run of words may not have come to its name yet: an office and a word or two."""
    return (_bare(run[0]) in _ROLES or _is_called(run[0])) and len(run) <= _NAME_WORDS


def _run_before(tokens: Sequence[str]) -> list[str]:
    """Return the words of a subject that ends a stretch: back to a mark or a stop; of a longer one from its office on."""
    low = max((at + 1 for at, token in enumerate(tokens) if token in _STOPS or token in _BREAKS), default=0)
    run = list(tokens[low:])
    office = next((at for at, token in enumerate(run) if _bare(token) in _ROLES or token in _HONORIFICS), None)
    if office is not None:
        return run[office:][:_MOST_WORDS]
    return run if len(run) <= _NAME_WORDS else run[-_SURNAMES_FIRST:]


def _bare(word: str) -> str:
    """Return a word without its article."""
    return word[1:] if word.startswith("ה") and len(word) > 2 and word not in _ROLES else word


def _is_called(word: str) -> bool:
    """Whether a word has the article: what somebody is called before a name ("הדייגת נועה שלו")."""
    return word.startswith("ה") and len(word) > _NAME_WORDS


def _described(run: Sequence[str], cue: str) -> Subject:
    """Return a subject as a name, or as an office without one; "" for a pronoun and for no word at all."""
    words = list(run)
    if not words or words[0] in _PRONOUNS:
        return Subject("", cue)
    office: list[str] = [words.pop(0)] if len(words) == _NAME_WORDS and _is_called(words[0]) else []
    while words and (words[0] in _HONORIFICS or _bare(words[0]) in _ROLES):
        definite = words[0] not in _ROLES
        office.append(words.pop(0))
        if definite or office[-1] in _HONORIFICS:
            continue
        # "ראש העיר", "דובר צה״ל", "נשיא צרפת": what the office is of.
        while (
            words and (words[0].startswith("ה") or '"' in words[0] or "״" in words[0]) and len(office) < _NAME_WORDS + 1
        ):
            office.append(words.pop(0))
        if len(office) == 1 and len(words) > _SURNAMES_FIRST:
            office.append(words.pop(0))
    role = _bare(office[0]) if office else ""
    if not words:
        return Subject(" ".join(office), cue, is_name=False, office=role if len(office) == 1 else "")
    return Subject(" ".join(words[-_NAME_WORDS:] if office else words[:_NAME_WORDS]), cue, office=role)


def _may_be_first_name(word: str) -> bool:
    plain = (
        word.isalpha() and len(word) > 2 and word not in _STOPS and word not in _PRONOUNS and word not in _HONORIFICS
    )
    return plain and not _is_cue(word) and _bare(word) not in _ROLES and not word.startswith("ה")


def hebrew_topic(sentence: str) -> Subject | None:
    """Return the person whom a sentence is about, by the office before the name; None for anything else."""
    run = _run(_TOKEN.findall(sentence))
    subject = _described(run, "") if 1 < len(run) <= _MOST_WORDS and _bare(run[0]) in _ROLES else None
    return subject if subject is not None and subject.office and subject.is_name else None


HEBREW: Final = ClauseReader(hebrew_subject, hebrew_topic, name_before=_may_be_first_name)
