"""The subject of an Arabic reporting clause: it follows its verb, or is not there where who spoke last goes on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from indexer.attribution.caseless.full_names import FullNames
from indexer.attribution.caseless.words import (
    ARABIC,
    CLAUSE_BREAKS,
    NAME_PARTICLES,
    Subject,
    clause_tokens,
    fold_letters,
    subject_run,
    until_stop,
)

_MOST_OFFICE: Final = 20  # words of an office that is followed by its holder's name
_MOST_VERBS: Final = 6  # of saying in one clause: forty times "said" made each quotation forty times as dear
_STATEMENTS: Final = frozenset(("بیان", "تصریح", "تصریحات", "تقریر"))
_THEN_THAT: Final = frozenset(("فإن", "فإنه", "فإنها"))
_SAID: Final = "قال"  # before a source it makes a clause that reports
_MOST_BEFORE_SOURCE: Final = 4  # words of a sentence before "according to"
_SHORTEST_JOINED: Final = 3  # letters of a word that "to" may be joined to
_LONGEST_NAME: Final = 5  # words, with the comma behind it
_SHADDA: Final = "\u0651"
_CUES_BY_THEIR_SIGN: Final = frozenset(("بین", "وبین"))  # without it they are "between"
_THAT: Final = frozenset(map(fold_letters, ("أن", "ان", "إن", "بأن", "أنه", "أنها", "إنه", "إنها")))
QUOTED_OUTLET = re.compile(r"(?:\bلـ?\s*)?[\"«“][^\"»”«“\n]{1,30}[\"»”]")
_BODIES: Final = frozenset(
    map(
        fold_letters,
        ("المصدر", "المكتب", "الهيئة", "الوزارة", "الوكالة", "البيان", "الصحيفة", "الشركة", "المتحدث", "الحكومة"),
    )
)


def arabic_subject(names: FullNames, clause: str, verbs: int = _MOST_VERBS) -> Subject | None:
    """Return the subject that follows the last verb of saying of an Arabic clause; None where there is no such verb.

    `names` are those of the text that it stands in; of verbs without a subject so many are looked behind.
    """
    tokens = clause_tokens(QUOTED_OUTLET.sub(" ", clause))
    folded = [fold_letters(token) for token in tokens]
    at = next((place for place in range(len(folded) - 1, -1, -1) if _arabic_cue(tokens[place])), None)
    if at is not None and folded[0].removeprefix("و") in ("کان", "کانت") and at > 1:
        whole = subject_run(tokens[1:at], ARABIC)
        if len(whole) == at - 1:
            return Subject(" ".join(whole), tokens[at])  # "وكانت السلطات أعلنت"
    if at is not None and (cited := _cited(tokens[at + 1 :])):
        return (
            arabic_subject(names, " ".join([tokens[at], *cited]), verbs - 1) if verbs > 1 else Subject("", tokens[at])
        )
    if at is None:
        if any(word in ARABIC["participles"] for word in folded[-3:]):
            return Subject("", tokens[-1])
        source = _document_or_source(tokens, folded) if verbs > 1 else None
        return arabic_subject(names, " ".join([_SAID, *source]), 1) if source else None
    if any(word in ARABIC["participles"] for word in folded[at + 1 :]) and not subject_run(tokens[at + 1 :], ARABIC):
        return Subject("", tokens[at])
    rest = tokens[at + 1 :]
    while rest and (fold_letters(rest[0]) in ("عنه", "عنها", "ایضا", "لـ") or rest[0].startswith("لل")):
        rest = rest[1:]
    phrase = subject_run(rest, ARABIC)
    while phrase and fold_letters(phrase[0]) in ARABIC["honorifics"]:
        phrase = phrase[1:]
    if not phrase or fold_letters(phrase[0]) in ARABIC["pronouns"]:
        # "أوضح فلان أن …، وقال": whoever the sentence named first goes on.
        earlier = arabic_subject(names, " ".join(tokens[:at]), verbs - 1) if at and verbs > 1 else None
        return earlier if earlier is not None else Subject("", tokens[at])
    if fold_letters(phrase[0]) in ARABIC["unnamed"] and not phrase[0].startswith("ال") and not _name_at_the_end(phrase):
        return Subject(" ".join(_with_place(rest, phrase)), tokens[at])
    if fold_letters(phrase[0]) in ARABIC["roles"]:
        after = rest[len(phrase) + 1 :] if rest[len(phrase) : len(phrase) + 1] in (["،"], [","]) else []
        apposed = subject_run(after[1:], ARABIC) if after and fold_letters(after[0]) in ARABIC["honorifics"] else []
        # An office may be long: "عضو الهيئة الوطنية للرقابة على تنفيذ مخرجات الحوار صلاح باتيس أن".
        whole = list(until_stop(rest, _THAT))[:_MOST_OFFICE]
        name = apposed[:3] or _between_commas(rest, len(whole)) or _name_at_the_end(phrase)
        name = name or (_name_at_the_end(whole) if len(whole) < len(rest) else ())
        return Subject(" ".join(name), tokens[at]) if name else Subject(" ".join(phrase[:4]), tokens[at], is_name=False)
    if len(phrase) == 1 and phrase[0].startswith("ال"):
        # "المكتب" is also printed as "مكتب", which "الجبير" never is without its article.
        bare = phrase[0].removeprefix("ال")
        is_noun = fold_letters(phrase[0]) in _BODIES or not bare or names.prints(bare)
        return Subject(phrase[0], tokens[at], is_name=not is_noun)
    return Subject(" ".join(_without_apposition(phrase)[:4]), tokens[at])


def _document_or_source(tokens: Sequence[str], folded: Sequence[str]) -> Sequence[str]:
    """Return the words from who is the source on in "وجاء في بيان الشرطة" and "وبحسب الوزير"; () where neither stands."""
    for at, word in enumerate(folded[:_MOST_BEFORE_SOURCE]):
        bare = word.removeprefix("و")
        behind = folded[at + 1 : at + 3]
        if (
            bare in ARABIC["stands_written"]
            and behind[:1] == ["فی"]
            and behind[1:]
            and behind[1] in ARABIC["documents"]
        ):
            return tokens[at + 3 :]
        if word in ARABIC["according"] or bare in ARABIC["according"]:
            # As it is printed: without its sign "then that" is the Dutch "van".
            stop = next((k for k in range(at + 1, len(tokens)) if tokens[k] in _THEN_THAT), len(tokens))
            rest = [*tokens[at + 1 : stop]]
            if rest and rest[0].startswith("ل") and len(rest[0]) > _SHORTEST_JOINED:  # "وفقا للوزير", "وفقا لخالد"
                rest[0] = "ا" + rest[0] if rest[0].startswith("لل") else rest[0][1:]
            return rest
    return ()


def arabic_subject_behind(names: FullNames, following: str) -> Subject | None:
    """Return the subject of the clause behind the comma behind a quotation: "«…»، تقول فلانة"."""
    if not following.startswith(("،", ",")):
        return None
    tokens = clause_tokens(following[1:])
    end = next((at for at, token in enumerate(tokens) if token in CLAUSE_BREAKS), len(tokens))
    opens = tokens[:1] != [] and fold_letters(tokens[0]) in ARABIC["cues"] and tokens[end : end + 1] != [":"]
    return arabic_subject(names, " ".join(tokens[:end])) if opens else None


def _without_apposition(phrase: Sequence[str]) -> Sequence[str]:
    """Return "عدنان المعيبد المتحدث الرسمي" without the office: two words with the article, behind a name of two."""
    for at in range(2, len(phrase)):
        is_pair = phrase[at + 1 : at + 2] != [] and phrase[at + 1].startswith("ال")
        if phrase[at].startswith("ال") and (is_pair or fold_letters(phrase[at]) in ARABIC["roles"]):
            return phrase[:at]
    return phrase


def _with_place(rest: Sequence[str], phrase: Sequence[str]) -> Sequence[str]:
    """Return "مصادر" as "مصادر في الأوقاف": where somebody without a name is from."""
    after = rest[len(phrase) : len(phrase) + 3]
    if after[:1] == ["في"]:
        return [*phrase, "في", *(word for word in after[1:] if word.startswith("ال"))]
    return list(phrase)[:3]


def _arabic_cue(token: str) -> bool:
    word = fold_letters(token)
    if word in _CUES_BY_THEIR_SIGN and _SHADDA not in token:
        return False
    return word in ARABIC["cues"] or (word[:1] in "وف" and word[1:] in ARABIC["cues"])


def _cited(rest: Sequence[str]) -> Sequence[str]:
    """Return the words from whom an agency cites on: "نقلا عن بيان لهيئة النقل أن" has the authority; () where it cites nobody."""
    folded = [fold_letters(word) for word in rest]
    at = next((at for at, pair in enumerate(pairwise(folded)) if pair == ("نقلا", "عن")), None)
    if at is None:
        return ()
    source = [*rest[at + 2 :]]
    if source and fold_letters(source[0]) in _STATEMENTS:
        source = source[1:]
        joined = fold_letters(source[0])[1:] in ARABIC["bodies"] if source else False
        source[:1] = [source[0].removeprefix("ل")] if joined else source[:1]
    return source


def _between_commas(rest: Sequence[str], office: int) -> Sequence[str]:
    """Return the name behind an office of so many words: "عضو هيئة الرقابة، صلاح باتيس، أن"; () where no name is there alone."""
    name = rest[office + 1 : office + 1 + _LONGEST_NAME]
    end = next((at for at, word in enumerate(name) if word in ("،", ",")), 0)
    stands_alone = rest[office : office + 1] in (["،"], [","]) and end > 1
    return name[:end] if stands_alone and len(subject_run(name[:end], ARABIC)) == end else ()


def _name_at_the_end(phrase: Sequence[str]) -> Sequence[str]:
    """Return the name that closes an office: of "المتحدث باسم وزارة الصحة المصرية حسام عبدالغفار" the last two words."""
    titled = next(
        (at for at in range(len(phrase) - 1, 0, -1) if fold_letters(phrase[at - 1]) in ARABIC["honorifics"]), None
    )
    if titled is not None:
        return phrase[titled : titled + 3]
    for length in (3, 2):
        tail = phrase[-length:]
        first = fold_letters(tail[0]) if len(tail) == length else ""
        is_body = first in ARABIC["bodies"] or first[1:] in ARABIC["bodies"]
        fits = len(phrase) > length and not tail[0].startswith("ال") and first not in ARABIC["roles"] and not is_body
        if fits and (length == 2 or fold_letters(tail[1]) in NAME_PARTICLES):
            return tail
    return ()
