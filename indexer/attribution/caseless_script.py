"""Attribute quotations in scripts without capitals: Arabic, Persian, Urdu.

Elsewhere a name is told by its capital. Here it is told by its place in the reporting clause, which news writes in one way: in
Arabic the verb comes first and its subject follows ("وقال فلان: «…»"), in Persian the subject opens the sentence and the verb stands
before the marks ("فلان … گفت: «…»"). A clause without a subject, and a pronoun, go on with who spoke last. The words are those of
`indexer/data/languages/{ar,fa}.toml`, without letters that two spellings write differently (Arabic ي ك, Persian ی ک).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from indexer.attribution.vocabulary import AttributionMethod
from indexer.word_lists import word_list
from search.model import Attribution, QuoteKind
from search.text.language import language_among

_ARABIC_SHARE: Final = 0.5  # of the letters, from which on a document is in this script
_SAMPLE: Final = 2_000  # code points that show it
_REACH: Final = 320  # code points before the marks in which their clause begins: a long Persian sentence
_PREAMBLE: Final = 14  # words before the first comma that may stand before the subject
_REPORT_MARGIN: Final = 2  # code points between a sentence's beginning and the words of a quotation that opens it
_MOST_OFFICE: Final = 20  # words of an office that is followed by its holder's name
_MOST_SUBJECT: Final = 9  # words of a subject with its office
_NAME_CONFIDENCE, _CARRIED_CONFIDENCE, _PHRASE_CONFIDENCE = (
    0.85,
    0.7,
    0.6,
)  # set by hand; 15 articles of each gave .8, .7, .6
_SPOKEN_WORDS: Final = 3  # words from which on a stretch beside a reporting clause is speech
_LETTERS = re.compile(r"[^\W\d_]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_WORD = re.compile("[^\\W_]+(?:[\u200c’'-][^\\W_]+)*[\u200c]?")
_TOKEN = re.compile('[^\\W_]+(?:[\u200c-][^\\W_]+)*|[،,؛;:()«»"“”.]')
_SENTENCE_END = re.compile(r"[.!؟?؛]\s|\n|»\s*\.?\s*\n|[.!؟]?”\s|[.!؟]\"\s")
_BREAKS: Final = frozenset("،,؛;:.()")
_MARKS: Final = frozenset('«»"“”')
_FOLDED = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ؤ": "و", "\u200c": None, "ـ": None}
)
_PARTICLES: Final = frozenset(("بن", "ابن", "ابو", "ابی", "ال", "عبد", "فان", "دی", "بنت", "ام"))


def _fold(word: str) -> str:
    return re.sub("[\u064b-\u065f\u0670]", "", word).translate(_FOLDED)


def _folded_list(name: str, language: str) -> frozenset[str]:
    return frozenset(map(_fold, word_list(name, language)))


_FA = {
    name: _folded_list(f"caseless_{name}", "fa")
    for name in (
        "cues",
        "cue_nouns",
        "light_verbs",
        "pronouns",
        "demonstratives",
        "roles",
        "honorifics",
        "stops",
        "no_names",
    )
}
_AR = {
    name: _folded_list(f"caseless_{name}", "ar")
    for name in ("cues", "participles", "pronouns", "roles", "honorifics", "stops", "bodies", "unnamed")
}
_PERSIAN_WORDS: Final = frozenset(("است", "را", "که", "این", "برای", "شد", "کرد"))


@dataclass(frozen=True, slots=True)
class _Subject:
    """Who speaks, as the clause prints it: a name or an office's holder, or "" for who spoke last."""

    text: str
    cue: str
    is_name: bool = True


def is_caseless(text: str) -> bool:
    """Return whether a text is written in a script without capitals that is read here."""
    letters = _LETTERS.findall(text[:_SAMPLE])
    return bool(letters) and sum(bool(_ARABIC.match(letter)) for letter in letters) > _ARABIC_SHARE * len(letters)


def attribute_caseless(text: str, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Return the attributions of a text in such a script with the speakers that its reporting clauses name.

    What a label or a page's own mark-up says stays as it is.
    """
    persian = language_among(text, ("ar", "fa")) == "fa"
    names = _FullNames(text)
    last: str | None = None
    result: list[Attribution] = []
    reports = _reports(text, persian=persian)
    for one in attributions:
        # Who is reported without marks has spoken, too: the next clause without a subject is his.
        while reports and reports[0][0] < one.start - _REPORT_MARGIN:
            reported = reports.pop(0)[1]
            if reported.text and reported.is_name:
                last = names.fullest(reported.text)
        if one.kind == QuoteKind.INDIRECT or one.parent is not None or one.method in _SURE_METHODS:
            last = one.speaker or last if one.method in _SURE_METHODS else last
            result.append(one)
            continue
        clause = _clause(text, one.start)
        subject = _persian_subject(clause) if persian else _arabic_subject(text, clause)
        said = one if subject is None else _with_subject(one, subject, last, names)
        if subject is None:
            said = replace(one, speaker=None, mention=None, source=None, confidence=0.0)
        elif said.speaker is not None:
            last = said.speaker
        result.append(said)
    return tuple(result)


_SURE_METHODS: Final = frozenset((AttributionMethod.LABEL, AttributionMethod.CITE))


def _with_subject(one: Attribution, subject: _Subject, last: str | None, names: _FullNames) -> Attribution:
    speaker, confidence, method = last, _CARRIED_CONFIDENCE, AttributionMethod.PRONOUN
    if subject.text and subject.is_name:
        speaker, confidence, method = names.fullest(subject.text), _NAME_CONFIDENCE, AttributionMethod.NAME
    elif subject.text:
        known = names.holder(subject.text, last)
        speaker, confidence, method = known or last or subject.text, _PHRASE_CONFIDENCE, AttributionMethod.ROLE
    return replace(
        one,
        speaker=speaker,
        mention=subject.text or None,
        source=None,
        cue=subject.cue,
        confidence=confidence if speaker else 0.0,
        method=method,
        role=None,
        scare=one.scare and one.end - one.start < _SPOKEN_WORDS * 4,
    )


class _FullNames:
    """The fuller names of a text: of "باتيس" that is "صلاح باتيس", if the text prints it."""

    def __init__(self, text: str) -> None:
        found = list(_WORD.finditer(text))
        self._words = [match.group() for match in found]
        self._folded = [_fold(word) for word in self._words]
        # Whether a word stands right before the next: "… کند.» ایلاف" is no name of two words.
        self._adjoins = [text[one.end() : two.start()] in (" ", "\u200c", "\xa0") for one, two in pairwise(found)] + [
            False
        ]
        self._places: dict[str, list[int]] = {}
        for place, word in enumerate(self._folded):
            self._places.setdefault(word, []).append(place)
        self._spoken: list[str] = []

    def fullest(self, name: str) -> str:
        """Return the fullest form of a name of one word or two that the text prints; the name itself if there is none."""
        words = name.split()
        if len(words) > 2 or (len(words) == 2 and _fold(words[0]) not in _PARTICLES):
            return self._keep(name)
        known = next((one for one in reversed(self._spoken) if one.split()[-len(words) :] == words), None)
        if known is not None:
            return known
        folded = [_fold(word) for word in words]
        before: Counter[str] = Counter()
        for place in self._places.get(folded[0], []):
            if (
                place
                and self._folded[place : place + len(folded)] == folded
                and self._can_be_given(self._folded[place - 1])
            ):
                before[self._words[place - 1]] += 1
        return self._keep(f"{before.most_common(1)[0][0]} {name}" if before else name)

    def holder(self, phrase: str, last: str | None) -> str | None:
        """Return who is meant by an office or a body: a speaker so called before, or the body's full name."""
        head = _fold(phrase.split(maxsplit=1)[0])
        bare = head[2:] if head.startswith("ال") else head
        for one in reversed(self._spoken):
            if _fold(one.split()[0]) in (head, bare):
                return one
        if len(phrase.split()) > 1 and (named := self._named_before(phrase)) is not None:
            return named
        if head != bare and len(phrase.split()) == 1:
            for place in self._places.get(bare, [])[:20]:
                following = self._words[place + 1 : place + 3]
                kept = [word for word in following if _fold(word) not in _AR["stops"]]
                if kept:
                    return self._keep(" ".join([self._words[place], *kept]))
        return None if last is not None else self._keep(phrase)

    def _named_before(self, phrase: str) -> str | None:
        """Return the name right before an office: "مایک پامپئو وزیر خارجه آمریکا", with or without marks and a comma."""
        folded = [_fold(word) for word in phrase.split()][:3]
        for place in self._places.get(folded[0], [])[:30]:
            if place > 1 and self._folded[place : place + len(folded)] == folded and self._adjoins[place - 2]:
                name = self._folded[place - 2 : place]
                if all(self._can_be_given(word) or word.startswith("ال") for word in name) and self._can_be_given(
                    name[0]
                ):
                    return self._keep(" ".join(self._words[place - 2 : place]))
        return None

    def _keep(self, name: str) -> str:
        self._spoken.append(name)
        return name

    @staticmethod
    def _can_be_given(word: str) -> bool:
        bare = word[1:] if word[:1] in "وف" and word[1:] in _AR["cues"] else word
        lists = (
            _AR["stops"],
            _AR["cues"],
            _AR["roles"],
            _AR["honorifics"],
            _FA["stops"],
            _FA["roles"],
            _FA["light_verbs"],
            _FA["cues"],
            _FA["no_names"],
        )
        common = word in _PERSIAN_WORDS or word in _FA["demonstratives"] or word.startswith("ال") or len(word) < 3
        return not common and not any(bare in some or word in some for some in lists)


def _reports(text: str, *, persian: bool) -> list[tuple[int, _Subject]]:
    """Return the subjects of all reporting clauses of a text, each with where its sentence begins."""
    found: list[tuple[int, _Subject]] = []
    start = 0
    for end in [*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]:
        sentence = text[start:end][:_REACH]
        # Of a sentence with a quotation, what stands before it: the words between the marks are no subject.
        spoken = _OPENING.split(_QUOTED_OUTLET.sub(" ", sentence), maxsplit=1)[0]
        subject = _persian_subject(sentence, anywhere=True) if persian else _arabic_subject(text, spoken)
        if subject is not None:
            found.append((start, subject))
        start = end
    return found


def _clause(text: str, start: int) -> str:
    """Return what stands between the beginning of the sentence and the marks, whose words begin at `start`."""
    before = text[max(0, start - _REACH) : start].rstrip("«“\"‘' \u200f\u200e\xa0")
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    return before[ends[-1] :] if ends else before


def _tokens(clause: str) -> list[str]:
    return [token for token in _TOKEN.findall(clause) if token not in _MARKS]


def _persian_subject(clause: str, *, anywhere: bool = False) -> _Subject | None:
    """Return the subject of a Persian clause that ends with a verb of saying; `anywhere`: or has one."""
    tokens = _tokens(clause)
    # "This is while X said": what is reported follows.
    for at in range(len(tokens) - 1):
        if _fold(tokens[at]) == "است" and _fold(tokens[at + 1]) == "که" and at < _PREAMBLE:
            tokens = tokens[at + 2 :]
            break
    segments = _without_preamble(tokens)
    tokens = segments
    while tokens and (tokens[-1] in _BREAKS or _fold(tokens[-1]) == "که"):
        tokens.pop()
    if not tokens:
        return None
    folded = [_fold(token) for token in tokens]
    if folded[:2] in (["به", "گفته"], ["به", "نوشته"]):
        return _Subject(" ".join(_noun_phrase(tokens[2:], _FA)), "به گفته")
    cue = _persian_cue(folded)
    if cue is None:
        ends = [end for end in range(len(folded), 1, -1) if _persian_cue(folded[:end]) is not None]
        cue = _persian_cue(folded[: ends[0]]) if ends and (anywhere or "که" in folded or "اگر" in folded) else None
    if cue is None:
        return None
    words = " ".join(tokens[cue : cue + 2])
    tokens, folded = tokens[:cue], folded[:cue]
    quoted = next((at for at in range(len(folded) - 2) if folded[at : at + 2] == ["نقل", "از"]), None)
    if quoted is not None:
        start = quoted + 2 + (folded[quoted + 2] == "یک")
        phrase = _noun_phrase(tokens[start:], _FA)[:3]
        if phrase:
            return _Subject(" ".join(phrase), words, is_name=_fold(phrase[0]) not in _FA["roles"] and len(phrase) > 1)
    while folded and folded[0] in ("و", "همچنین", "اما", "سپس", "امروز", "دیروز", "در", "ادامه"):
        tokens, folded = tokens[1:], folded[1:]
    if not folded or folded[0] in _FA["pronouns"]:
        return _Subject("", words)
    if folded[0] in _FA["demonstratives"]:
        return _Subject(" ".join(_noun_phrase(tokens[1:], _FA)[:3]), words, is_name=False)
    phrase = _noun_phrase(tokens, _FA)
    while phrase and _fold(phrase[0]) in _FA["honorifics"]:
        phrase = phrase[1:]
    if not phrase:
        return _Subject("", words)
    role = next((at for at, word in enumerate(phrase) if _fold(word) in _FA["roles"]), len(phrase))
    if role == 0:
        return _Subject(" ".join(phrase[:4]), words, is_name=False)
    return _Subject(" ".join(phrase[: min(role, 4)]), words)


def _without_preamble(tokens: list[str]) -> list[str]:
    """Return a clause without what stands before its first comma when that is no subject: "بنا بر این گزارش، …"."""
    comma = next((at for at, token in enumerate(tokens[:_PREAMBLE]) if token in "،,"), None)
    first = _fold(tokens[0]) if tokens else ""
    opens = first in ("بنا", "بر", "با", "در", "طی", "پس", "از", "طبق", "براساس") or [_fold(t) for t in tokens[:2]] == [
        "به",
        "گزارش",
    ]
    return tokens[comma + 1 :] if comma is not None and opens and comma + 2 < len(tokens) else tokens


def _persian_cue(folded: Sequence[str]) -> int | None:
    """Return at which word the verb of saying begins that ends a clause; None if none does."""
    if folded[-1] in _FA["cues"]:
        return len(folded) - 1
    if folded[-1] == "گوید" and len(folded) > 1:
        return len(folded) - 2
    if folded[-1] in _FA["light_verbs"]:
        for back in (2, 3):
            if len(folded) >= back and folded[-back] in _FA["cue_nouns"]:
                return len(folded) - back
    return None


def _arabic_subject(text: str, clause: str) -> _Subject | None:
    """Return the subject that follows the last verb of saying of an Arabic clause; None where there is no such verb."""
    tokens = _tokens(_QUOTED_OUTLET.sub(" ", clause))
    folded = [_fold(token) for token in tokens]
    at = next((place for place in range(len(folded) - 1, -1, -1) if _arabic_cue(folded[place])), None)
    if at is not None and folded and folded[0].removeprefix("و") in ("کان", "کانت") and at > 1:
        return _Subject(" ".join(_noun_phrase(tokens[1:at], _AR)), tokens[at])  # "وكانت السلطات أعلنت"
    if at is None:
        if any(word in _AR["participles"] for word in folded[-3:]):
            return _Subject("", tokens[-1])
        return None
    if any(word in _AR["participles"] for word in folded[at + 1 :]) and not _noun_phrase(tokens[at + 1 :], _AR):
        return _Subject("", tokens[at])
    rest = tokens[at + 1 :]
    while rest and (_fold(rest[0]) in ("عنه", "عنها", "ایضا", "لـ") or rest[0].startswith("لل")):
        rest = rest[1:]
    phrase = _noun_phrase(rest, _AR)
    while phrase and _fold(phrase[0]) in _AR["honorifics"]:
        phrase = phrase[1:]
    if not phrase or _fold(phrase[0]) in _AR["pronouns"]:
        # "أوضح فلان أن …، وقال": whoever the sentence named first goes on.
        earlier = _arabic_subject(text, " ".join(tokens[:at])) if at else None
        return earlier if earlier is not None else _Subject("", tokens[at])
    if _fold(phrase[0]) in _AR["unnamed"] and not phrase[0].startswith("ال") and not _name_at_the_end(phrase):
        return _Subject(" ".join(_with_place(rest, phrase)), tokens[at])
    if _fold(phrase[0]) in _AR["roles"]:
        after = rest[len(phrase) + 1 :] if rest[len(phrase) : len(phrase) + 1] in (["،"], [","]) else []
        apposed = _noun_phrase(after[1:], _AR) if after and _fold(after[0]) in _AR["honorifics"] else []
        # An office may be long: "عضو الهيئة الوطنية للرقابة على تنفيذ مخرجات الحوار صلاح باتيس أن".
        whole = list(_until_stop(rest, _THAT))[:_MOST_OFFICE]
        name = apposed[:3] or _name_at_the_end(phrase) or (_name_at_the_end(whole) if len(whole) < len(rest) else ())
        return (
            _Subject(" ".join(name), tokens[at]) if name else _Subject(" ".join(phrase[:4]), tokens[at], is_name=False)
        )
    if len(phrase) == 1 and phrase[0].startswith("ال"):
        return _Subject(
            phrase[0], tokens[at], is_name=_fold(phrase[0]) not in _BODIES and not _is_definite_noun(text, phrase[0])
        )
    return _Subject(" ".join(_without_apposition(phrase)[:4]), tokens[at])


def _without_apposition(phrase: Sequence[str]) -> Sequence[str]:
    """Return "عدنان المعيبد المتحدث الرسمي" without the office: two words with the article, behind a name of two."""
    for at in range(2, len(phrase)):
        is_pair = phrase[at + 1 : at + 2] != [] and phrase[at + 1].startswith("ال")
        if phrase[at].startswith("ال") and (is_pair or _fold(phrase[at]) in _AR["roles"]):
            return phrase[:at]
    return phrase


def _with_place(rest: Sequence[str], phrase: Sequence[str]) -> Sequence[str]:
    """Return "مصادر" as "مصادر في الأوقاف": where somebody without a name is from."""
    after = rest[len(phrase) : len(phrase) + 3]
    if after[:1] == ["في"]:
        return [*phrase, "في", *(word for word in after[1:] if word.startswith("ال"))]
    return list(phrase)[:3]


_THAT: Final = frozenset(map(_fold, ("أن", "ان", "إن", "بأن", "أنه", "أنها", "إنه", "إنها")))
_OPENING = re.compile('[«“"]')
_QUOTED_OUTLET = re.compile(r"(?:\bلـ?\s*)?[\"«“][^\"»”«“\n]{1,30}[\"»”]")
_BODIES: Final = frozenset(
    map(
        _fold, ("المصدر", "المكتب", "الهيئة", "الوزارة", "الوكالة", "البيان", "الصحيفة", "الشركة", "المتحدث", "الحكومة")
    )
)


def _is_definite_noun(text: str, word: str) -> bool:
    """Whether a word with the article also stands without it: "المكتب" of a "مكتب", as "الجبير" never does."""
    return re.search(rf"(?<!\w){re.escape(word[2:])}(?!\w)", text) is not None


def _arabic_cue(word: str) -> bool:
    return word in _AR["cues"] or (word[:1] in "وف" and word[1:] in _AR["cues"])


def _name_at_the_end(phrase: Sequence[str]) -> Sequence[str]:
    """Return the name that closes an office: of "المتحدث باسم وزارة الصحة المصرية حسام عبدالغفار" the last two words."""
    titled = next((at for at in range(len(phrase) - 1, 0, -1) if _fold(phrase[at - 1]) in _AR["honorifics"]), None)
    if titled is not None:
        return phrase[titled : titled + 3]
    for length in (3, 2):
        tail = phrase[-length:]
        first = _fold(tail[0]) if len(tail) == length else ""
        is_body = first in _AR["bodies"] or first[1:] in _AR["bodies"]
        fits = len(phrase) > length and not tail[0].startswith("ال") and first not in _AR["roles"] and not is_body
        if fits and (length == 2 or _fold(tail[1]) in _PARTICLES):
            return tail
    return ()


def _noun_phrase(tokens: Sequence[str], lists: dict[str, frozenset[str]]) -> list[str]:
    """Return the words up to a comma, a preposition or whatever else ends a subject."""
    return list(_until_stop(tokens, lists["stops"]))[:_MOST_SUBJECT]


def _until_stop(tokens: Sequence[str], stops: frozenset[str]) -> Iterator[str]:
    for token in tokens:
        if token in _BREAKS or _fold(token) in stops or token.isdigit():
            return
        yield token
