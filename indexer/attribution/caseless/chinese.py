"""The subject of a Chinese reporting clause: right before its verb, with a place, a day or an adverb between them at most."""

from __future__ import annotations

import re
from typing import Final

from indexer.attribution.caseless.beside_marks import ClauseReader
from indexer.attribution.caseless.words import Subject
from indexer.word_lists import longest_first, word_list

_CUES: Final = longest_first("cues_before_marks", "zh")
_SUFFIXES: Final = ("道", "着", "著", "了", "到")  # of a verb: 说道
_ADVERBS: Final = longest_first("caseless_adverbs", "zh")
_PRONOUNS: Final = longest_first("caseless_pronouns", "zh")
_ROLES: Final = longest_first("caseless_roles", "zh")
_TITLES: Final = longest_first("caseless_titles_behind", "zh")
_SURNAMES: Final = word_list("caseless_surnames", "zh")
_BREAK = re.compile("[，,；;、：:。！？!?（）()—…]")
# What may stand between subject and verb: "on Monday", "at a meeting", "to reporters". Behind two characters, since names begin
# with some of them.
_STOPS: Final = longest_first("caseless_stops", "zh")
_ADJUNCT = re.compile(
    rf"(?<=.)(?<=..)(?:{'|'.join(map(re.escape, _STOPS))}|\d+[日月年时時點点]|[一二三四五六七八九十]+[日月年])"
)
_OPENING = re.compile(
    rf"(?:{'|'.join(map(re.escape, longest_first('caseless_openers', 'zh')))}|\d+[日月年]|[今昨当當次][天日]|(?:周|週|星期|礼拜|禮拜)[一二三四五六日])"
)
_REPORTS = re.compile(rf"(?:{'|'.join(map(re.escape, _CUES))})(?P<end>)[，,：:]")
_BRACKET = re.compile("[（(]([^（）()]{2,40})[）)]")
_OF = ("他的", "她的", "其", "他們的", "他们的")  # "his lawyer"
_AGE = re.compile(r"\d+[岁歲]的?")
_MOST_CLAUSES: Final = 3  # commas between the subject and its verb: "李明昨天在会上，就此事表示"
_DOT: Final = "·"
_BODY_ENDS: Final = frozenset("部局院会會司社团團党黨军軍校所处處署厅廳组組队隊国國市省县縣区區方店网網")
_FULL_NAME: Final = 3  # characters of a surname with a given name, mostly
_LONGEST_NAME, _LONGEST_PHRASE = 4, 16  # characters; a transliterated name has a dot and may be longer


def chinese_subject(before: str, after: str) -> Subject | None:
    """Return the subject of the clause that introduces a quotation, else of the one that follows it; None where neither is."""
    bracket = _BRACKET.fullmatch(before.strip()) or _BRACKET.match(after.strip())  # "（李安说）“…”", "“…”（李安说）"
    if bracket is not None and (source := _clause_with_cue(bracket.group(1).strip())) is not None:
        return source
    introduced = _clause_with_cue(before.rstrip(" ：:，,、"))
    behind = introduced or _clause_with_cue(_BREAK.split(after.lstrip(" ，,、。"), maxsplit=1)[0])
    if behind is not None:
        return behind
    reports = list(_REPORTS.finditer(before))  # "戴利说，他感到“…”"
    return _clause_with_cue(before[: reports[-1].start("end")]) if reports else None


def _clause_with_cue(text: str) -> Subject | None:
    """Return the subject of a stretch that ends in a verb of saying; None where it ends otherwise."""
    stem = text
    if not stem.endswith(_CUES):
        stem = next((stem.removesuffix(suffix) for suffix in _SUFFIXES if stem.endswith(suffix)), stem)
    cue = next((word for word in _CUES if stem.endswith(word)), None)
    if cue is None:
        return None
    clauses = _BREAK.split(stem.removesuffix(cue))[-_MOST_CLAUSES:]
    phrase = next((phrase for clause in reversed(clauses) if (phrase := _subject_phrase(clause))), "")
    return _described(phrase, cue) if phrase else Subject("", cue)


def _subject_phrase(clause: str) -> str:
    """Return a clause without what stands before its subject and between it and the verb; "" where nothing is left."""
    phrase = clause.strip()
    while (opening := _OPENING.match(phrase)) is not None:
        phrase = phrase[opening.end() :]
    if phrase.startswith(_STOPS) and phrase[0] not in _SURNAMES:
        return ""  # "就此事"
    adjunct = _ADJUNCT.search(phrase)
    phrase = phrase[: adjunct.start()] if adjunct else phrase
    while phrase.endswith(_ADVERBS):
        phrase = phrase.removesuffix(next(word for word in _ADVERBS if phrase.endswith(word)))
    return phrase.strip()


def _described(phrase: str, cue: str) -> Subject:
    """Return the name in a subject: behind an office, before a title, or all of it; else the office."""
    phrase = _AGE.sub("", phrase.removeprefix(next((word for word in _OF if phrase.startswith(word)), "")), count=1)
    if not phrase or phrase.startswith(_PRONOUNS):
        return Subject("", cue)
    # The last office, and of those that end with it the longest.
    end, role = max(
        ((phrase.rfind(role) + len(role), role) for role in _ROLES if role in phrase), default=(0, ""), key=_by_end
    )
    name = phrase[end:]
    if role and (_is_name(name) or 2 <= len(name) <= _LONGEST_NAME):
        return Subject(name, cue, office=role)
    title = next((word for word in _TITLES if phrase.endswith(word)), None)
    if title is not None and _is_name(phrase.removesuffix(title)):
        return Subject(phrase.removesuffix(title), cue, office=title)
    if len(phrase) > _LONGEST_PHRASE:
        return Subject("", cue)
    if len(phrase) > _LONGEST_NAME and phrase[-_FULL_NAME] in _SURNAMES and phrase[-1] not in _BODY_ENDS:
        return Subject(phrase[-_FULL_NAME:], cue)  # behind a word of no list: "渔民王秀英"
    # "特朗普", "警方": a foreign name or a body.
    is_name = _is_name(phrase) or (not role and len(phrase) <= _LONGEST_NAME)
    return Subject(phrase, cue, is_name, role if phrase == role else "")


def _by_end(found: tuple[int, str]) -> tuple[int, int]:
    return found[0], len(found[1])


def _is_name(text: str) -> bool:
    """Whether a stretch is a Chinese name, by its surname, or a foreign one with its dot."""
    short = 2 <= len(text) <= _LONGEST_NAME and (text[0] in _SURNAMES or text[:2] in _SURNAMES)
    return short or (_DOT in text and len(text) <= _LONGEST_PHRASE)


CHINESE: Final = ClauseReader(chinese_subject)
