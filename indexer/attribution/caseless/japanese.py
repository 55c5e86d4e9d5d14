"""The subject of a Japanese reporting clause: the topic that opens its sentence, or stands between the marks and the verb."""

from __future__ import annotations

import re
from typing import Final

from indexer.attribution.caseless.beside_marks import ClauseReader
from indexer.attribution.caseless.words import Subject
from indexer.word_lists import longest_first, word_list

_VERBS: Final = "|".join(re.escape(word.removeprefix("と")) for word in longest_first("cues_after_marks", "ja"))
_BEHIND = re.compile(rf"(?:など|など、|、)?と(?P<between>[^。！？\n「」『』]{{0,40}}?)(?:{_VERBS})")
_INTRODUCED = re.compile(
    rf"(?:こう|次のように|以下のように|そう)[^。\n]{{0,12}}?(?:{_VERBS})[^。\n]{{0,4}}[。：:]?$|[：:]$"
)
_ACCORDING = re.compile(r"(?P<phrase>[^、。「」\s]{1,30}?)(?:によると|によれば)、?$")
_TOLD = re.compile(rf"。?[^。、\n「」]{{1,25}}?は(?:こう|そう|このように)[^。\n]{{0,20}}?(?:{_VERBS})")
# A topic ends in は, behind a noun; では, には, とは and the like end none. A subject ends in が.
_TOPIC = re.compile(
    r"(?P<phrase>[^、。，\s「」『』]{1,30}?)(?:(?<=[\u30a0-\u30ff\u4e00-\u9fffA-Za-z々])|(?<=さん)|(?<=さま)|(?<=くん)|(?<=たち))は"
)
_SUBJECT = re.compile(r"(?P<phrase>[^、。，\s「」『』]{1,30}?)(?<![ださ])が(?=、|，|\s|$)")
_OPENING = re.compile(
    rf"(?:{'|'.join(map(re.escape, longest_first('caseless_openers', 'ja')))}|[一同\d]+[日月年](?:、|の)?)、?"
)
_RELATIVE = re.compile(rf"^.*(?:{'|'.join(map(re.escape, longest_first('caseless_relative_verbs', 'ja')))})")
_PRONOUNS: Final = longest_first("caseless_pronouns", "ja")
_TITLES: Final = longest_first("caseless_titles_behind", "ja")
_TITLE_MODIFIERS: Final = ("前", "元", "新", "副", "同", "米", "英", "仏", "独", "露", "中", "韓", "両")
_ROLES: Final = word_list("caseless_roles", "ja")
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc・＝]{2,}(?=[米英仏独露韓]?$)")
_LEAST_NAME, _LONGEST_PHRASE = 2, 20  # characters


def japanese_subject(before: str, after: str) -> Subject | None:
    """Return the topic of a sentence whose verb of saying follows the marks with と; None where no such verb is."""
    according = _ACCORDING.search(before)
    if according is not None and after.startswith("と"):
        return _described(according["phrase"])
    behind = _BEHIND.match(after)
    if behind is not None:
        between = behind["between"].lstrip("、")
        topic = _topic(between) if between else None
        return _described(topic or _topic(before) or "")
    if _INTRODUCED.search(before):
        return _described(_topic(before) or "")
    told = _TOLD.match(after)
    return _described(_topic(told.group()) or "") if told is not None else None


def japanese_topic(sentence: str) -> Subject | None:
    """Return the person whom a sentence is about, by the title behind the name; None for anything else."""
    subject = _described(_topic(sentence) or "")
    return subject if subject.office and subject.is_name else None


def _topic(clause: str) -> str | None:
    """Return the words before は, else before が, of a stretch, without what opens the sentence; None where neither stands."""
    found = _TOPIC.search(clause) or _SUBJECT.search(clause)
    if found is None:
        return None
    phrase = found["phrase"]
    opening = _OPENING.match(phrase)
    while opening is not None and opening.end():
        phrase = phrase[opening.end() :]
        opening = _OPENING.match(phrase)
    return phrase or None


def _described(phrase: str) -> Subject:
    """Return the name in a topic: behind its last の, without its titles; else the role as it stands."""
    last = phrase.rpartition("の")[2]
    if last in _ROLES:
        return Subject(phrase, "と", is_name=False)
    if not last or last.startswith(_PRONOUNS):
        return Subject("", "と")
    name = last = _RELATIVE.sub("", last) or last
    while (title := next((word for word in _TITLES if name.endswith(word)), None)) is not None:
        name = name.removesuffix(title)
    office = last[len(name) :]
    titled = office != ""
    katakana = _KATAKANA.search(name) if titled else None  # "試合後にマーク・ノバク監督"
    name = katakana.group() if katakana else name
    while titled and len(name) > _LEAST_NAME and name.endswith(_TITLE_MODIFIERS):
        name = name[:-1]
    if len(name) >= _LEAST_NAME and len(name) <= _LONGEST_PHRASE:
        return Subject(name, "と", office=office)
    return (
        Subject(phrase, "と", False, phrase if phrase == office else "")
        if len(phrase) <= _LONGEST_PHRASE
        else Subject("", "と")
    )


JAPANESE: Final = ClauseReader(japanese_subject, japanese_topic)
