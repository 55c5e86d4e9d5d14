"""One way of reading words, for the index, the query and the difference: what counts as the same word.

`tokens` keeps offsets into the original (code points, half-open), so that a page can show what stood there. Two
folded forms: `key` (marks, case, accents, contractions and number words folded) says "the same word"; `stem` says "a
form of the same word". Every step is linear in the text.
"""

from __future__ import annotations

import functools
import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from importlib import resources
from itertools import chain, pairwise
from typing import Final, NamedTuple

import regex
import Stemmer

from search.text.numerals import CURRENCIES, Numeral, fold_numbers, numeral

LONGEST_TERM: Final = 48  # code points of a word that count; what is longer than any word is noise
_CACHED_WORDS: Final = 100_000  # about 30 MB at the most


class Token(NamedTuple):
    """A word of a text.

    start, end  where it stands; the two words of an opened contraction ("don't") stand at the same place
    text        what stands there
    key         the folded word; equal keys are the same word
    stem        the word without its endings
    bracketed   it stands in an editor's [brackets]
    gap         an ellipsis stands before it
    wide        one character of a script that is written without spaces
    capital     it begins with a capital letter
    """

    start: int
    end: int
    text: str
    key: str
    stem: str
    bracketed: bool = False
    gap: bool = False
    wide: bool = False
    capital: bool = False


_IGNORED = "\u00ad\u034f\u061c\u0640\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
_DROP_IGNORED = regex.compile(f"[{_IGNORED}]")
_WIDE = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_APOSTROPHE = "'’ʼ‘＇`´′"
_LETTER = rf"[\p{{L}}\p{{M}}\p{{N}}{_IGNORED}--[{_WIDE}]]"
_PIECES = regex.compile(
    rf"(?P<wide>[{_WIDE}])"
    rf"|(?P<number>\p{{Nd}}++(?:[.,٫٬]\p{{Nd}}++)*+(?:[\p{{L}}\p{{M}}--[{_WIDE}]]++)?)"
    rf"|(?P<word>(?:\[\p{{L}}{{1,12}}\](?=\p{{L}}))?{_LETTER}++(?:[{_APOSTROPHE}]{_LETTER}++)*+"
    rf"(?:(?<=\p{{L}})\[\p{{L}}{{1,6}}\])?)"
    r"|(?P<gap>…|\.(?:\s?\.)+)"
    r"|(?P<bracket>[\[\]［］])"
    rf"|(?P<sign>[%{''.join(CURRENCIES)}])",
    regex.V1,
)
# The same for a text in Latin letters and common punctuation alone, which most are: `re` takes a third of the time.
_EXOTIC = re.compile("[^\\x00-\xac\xae-\u024f\u2010-\u2029\u20ac]|[²³¹¼-¾]")
_LATIN = "A-Za-zªµºÀ-ÖØ-öø-\u024f"
_PIECES_LATIN = re.compile(
    rf"(?P<word>[{_LATIN}][{_LATIN}0-9]*+(?:[{_APOSTROPHE}][{_LATIN}0-9]++)*+(?:(?<=[{_LATIN}])\[[{_LATIN}]{{1,6}}\])?)"
    r"|(?P<number>[0-9]++(?:[.,][0-9]++)*+(?:[%s]++)?)"
    r"|(?P<gap>…|\.(?:\s?\.)+)"
    rf"|(?P<opened>\[[{_LATIN}]{{1,12}}\][{_LATIN}]++(?:[{_APOSTROPHE}][{_LATIN}]++)*+)"
    r"|(?P<bracket>[\[\]])"
    r"|(?P<sign>[%%%s])" % (_LATIN, "".join(CURRENCIES))
)
_APOSTROPHES = re.compile(f"[{_APOSTROPHE}]")
_ACCENTS = regex.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u06d6-\u06ed]")
_SPACELESS_LETTERS = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d", "ß": "ss",
    "ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ۀ": "ه", "ؤ": "و",
    "ё": "е",
})  # fmt: skip

_OPENED: Final = {
    "won't": "will not", "shan't": "shall not", "ain't": "is not", "cannot": "can not", "can't": "can not",
    "let's": "let us", "gonna": "going to", "wanna": "want to", "gotta": "got to", "y'all": "you all",
    "o'clock": "oclock", "'tis": "it is", "'twas": "it was",
    "dont": "do not", "doesnt": "does not", "didnt": "did not", "isnt": "is not", "arent": "are not",
    "wasnt": "was not", "werent": "were not", "cant": "can not", "couldnt": "could not", "shouldnt": "should not",
    "wouldnt": "would not", "havent": "have not", "hasnt": "has not", "hadnt": "had not",
}  # fmt: skip
_ENDINGS: Final = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am"}
_IS_BEFORE_S: Final = frozenset("it he she that this what who there here where how when why".split())
_ELIDED: Final = frozenset("l d j qu c m s t n jusqu lorsqu puisqu dell nell all sull un".split())

_STEMMERS: Final = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "eu": "basque", "fi": "finnish", "fr": "french", "hi": "hindi", "hu": "hungarian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "nl": "dutch", "no": "norwegian", "nb": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
_OF_SCRIPT: Final = (("\u0370", "\u03ff", "el"), ("\u0400", "\u052f", "ru"), ("\u0900", "\u097f", "hi"))


_OF_THREAD: Final = threading.local()


def _stemmer(language: str) -> Stemmer.Stemmer | None:
    """This thread's stemmer: one may not be used by two threads at once."""
    known: dict[str, Stemmer.Stemmer | None] = _OF_THREAD.__dict__
    if language not in known:
        name = _STEMMERS.get(language)
        # Words are remembered by `_word`.
        known[language] = Stemmer.Stemmer(name, 0) if name in Stemmer.algorithms() else None
    return known[language]


def fold(word: str) -> str:
    """A word without case, accents, width, invisible characters and letter variants."""
    if word.isascii():
        return word.casefold()
    word = unicodedata.normalize("NFKC", _DROP_IGNORED.sub("", word)).casefold()
    return _ACCENTS.sub("", unicodedata.normalize("NFD", word)).translate(_SPACELESS_LETTERS)


def _stem(word: str, language: str) -> str:
    """The stem of a lower-case word that still has its accents, which some stemmers need."""
    for first, last, script in _OF_SCRIPT:
        if first <= word[:1] <= last:
            language = script
    if language == "en":
        word = _base_form(fold(word))
    stemmer = _stemmer(language)
    if stemmer is None or not word[:1].isalpha():
        return fold(word)
    return fold(stemmer.stemWord(unicodedata.normalize("NFC", word))) or fold(word)


@functools.cache
def _forms() -> dict[str, str]:
    lines = (resources.files("search") / "data" / "irregular_forms.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def _base_form(word: str) -> str:
    """An irregular or antiquated English form as the word it is a form of: went, go; saith, say; cometh, come."""
    known = _forms().get(word)
    if known is None and len(word) > 6 and word.endswith("eth"):
        return word[:-3]
    return known or word


def _opened(word: str) -> list[str]:
    """The words that a written word stands for: contractions and elisions opened, possessives dropped."""
    if word in _OPENED:
        return _OPENED[word].split()
    head, mark, tail = word.rpartition("'")
    if not mark or not head:
        return [word]
    if tail == "t" and head.endswith("n"):
        return [head[:-1], "not"] if len(head) > 1 else [word]
    if tail == "s":
        return [head, "is"] if head in _IS_BEFORE_S else _opened(head)
    ending = _ENDINGS.get(mark + tail)
    if ending:
        return [*_opened(head), ending] if head.count("'") < 3 else [head, ending]
    if head in _ELIDED and len(tail) > 1:
        return [head, tail]
    return [word.replace("'", "")]


@functools.lru_cache(maxsize=_CACHED_WORDS)
def _word(text: str, language: str) -> tuple[tuple[str, str, Numeral | None], ...]:
    """For each word that `text` stands for: its key, its stem, and the number that it is or takes part in."""
    plain = text.replace("[", "").replace("]", "")
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", _DROP_IGNORED.sub("", plain))
    plain = _APOSTROPHES.sub("'", plain[:LONGEST_TERM]).casefold()
    found = []
    for word in _opened(plain):
        key = fold(word).replace("'", "")
        if key:
            found.append((key, _stem(word.replace("'", ""), language) or key, numeral(key)))
    return tuple(found)


def _raw(text: str, language: str) -> Iterator[tuple[Token, Numeral | None]]:
    """The words of a text before its numbers are put together."""
    depth, gap, possessive = 0, False, -1
    for piece in (_PIECES if _EXOTIC.search(text) else _PIECES_LATIN).finditer(text):
        kind, start, end = piece.lastgroup, piece.start(), piece.end()
        surface = piece.group()
        if kind == "gap":
            gap = True
        elif kind == "bracket":
            opens = surface in "[［"
            # A bracket that is never closed is a slip of the pen, not an editor's note.
            depth = int(opens and text.find("]" if surface == "[" else "］", end, end + 400) >= 0)
            possessive = -1 if opens else end
        elif kind == "wide":
            key = fold(surface) or surface
            yield Token(start, end, surface, key, key, bool(depth), gap, True), None
            gap = False
        elif kind == "sign":
            name = "percent" if surface == "%" else CURRENCIES[surface]
            yield Token(start, end, surface, name, name, bool(depth), gap), ("sign", name, surface)
            gap = False
        elif start == possessive + 1 and surface == "s" and text[possessive] in _APOSTROPHE:
            continue  # [the minister]'s
        else:
            capital = surface[0].isupper()
            for key, stem, number in _word(surface, language):
                yield Token(start, end, surface, key, stem, bool(depth), gap, False, capital), number
                gap = False


def tokens(text: str, language: str | None = None) -> tuple[Token, ...]:
    """The words of a text in order. `language` (ISO 639-1) chooses the stemmer; not given, it is guessed."""
    language = language or guess_language(text)
    return tuple(fold_numbers(text, list(_raw(text, language))))


_WIDE_CHARACTER: Final = regex.compile(f"[{_WIDE}]")
# Nothing outside of these is wide, and `re` finds that out in a third of the time.
_MAY_BE_WIDE: Final = re.compile("[\u0e00-\u109f\u1780-\u19ff\u2e80-\U0010ffff]")


def has_wide(text: str) -> bool:
    """Whether some of a text is in a script that is written without spaces."""
    return not text.isascii() and _MAY_BE_WIDE.search(text) is not None and _WIDE_CHARACTER.search(text) is not None


_COMMON: Final = {
    "de": "der die das und ist nicht ein eine zu den von mit wir ich sie auf für im dem des sich auch es werden haben",
    "fr": "le la les des est et une un pas que qui dans nous vous ne sur pour il elle du ce cette au aux avec sont",
    "es": "el la los las que de y en un una es no se por con para del lo como su al más pero son",
    "it": "il la che di e un una è non per sono con del della le gli si nel alla dei ha più ma anche",
    "pt": "o a os as que de e em um uma não se por com para do da dos das no na mais mas são é",
    "nl": "de het een en van is niet dat in op te zijn voor met die wij ik ook aan hebben er maar",
    "sv": "och att det som en är inte på av för med den har vi jag till ett om men",
    "en": "the of and to in a is that it we for not be on are this you he with have i was they as",
}  # fmt: skip
_VOTES: Final = {
    word: tuple(sorted(code for code, words in _COMMON.items() if word in words.split()))
    for words in _COMMON.values()
    for word in words.split()
}
_FOREIGN: Final = frozenset(_VOTES) - frozenset(_COMMON["en"].split())


def guess_language(text: str) -> str:
    """The language of a text in Latin letters by its commonest words; English when they do not say."""
    words = text[:600].casefold().split()
    if len(words) < 3 or len(_FOREIGN.intersection(words)) < 2:
        return "en"
    votes: dict[str, int] = {}
    for word in words:
        for code in _VOTES.get(word, ()):
            votes[code] = votes.get(code, 0) + 1
    best = max(votes, key=lambda code: (votes[code], code))
    return best if votes[best] > votes.get("en", 0) + 1 else "en"


_SPECIAL: Final = re.compile(rf"[^\x00-\xac\xae-\u024f\u2010-\u2029]|[\[\]\d²³¹¼-¾%{''.join(CURRENCIES)}]")
_WORDS: Final = re.compile(rf"[{_LATIN}]++(?:[{_APOSTROPHE}][{_LATIN}]++)*+")


def key(text: str) -> str:
    """The words alone: equal for two texts exactly when they say the same words in the same order."""
    plain = _plainly(text, "en")
    if plain is None:
        return " ".join(token.key for token in tokens(text, "en"))
    return " ".join(chain.from_iterable(word.keys for word in plain))


def stems_of(text: str, language: str | None = None) -> list[str]:
    """`stems(tokens(text, language))`."""
    language = language or guess_language(text)
    plain = _plainly(text, language)
    return stems(tokens(text, language)) if plain is None else list(chain.from_iterable(word.stems for word in plain))


class _Plain(NamedTuple):
    """A written word: the keys and stems of the words that it stands for.

    number  it is a number word
    opens   a number word after it may belong to it: after "two", "hundred and", "a"
    placed  it has to be looked at in its place, among its neighbours
    """

    keys: tuple[str, ...]
    stems: tuple[str, ...]
    number: bool = False
    opens: bool = False
    placed: bool = False


def _plainly(text: str, language: str) -> list[_Plain] | None:
    """The written words of a text of nothing but words, as most are: five times as fast as `tokens`; None for another."""
    if _SPECIAL.search(text):
        return None
    found: list[_Plain] = []
    opened = False
    for surface in _WORDS.findall(text):
        word = _plain(surface, language)
        if word.placed or (word.number and opened):
            return None
        found.append(word)
        opened = word.opens
    return found


@functools.lru_cache(maxsize=_CACHED_WORDS)
def _plain(surface: str, language: str) -> _Plain:
    words = _word(surface, language)
    keys = tuple(key for key, _stem, _number in words)
    numbers = [number for _key, _stem, number in words if number is not None]
    if "per" in keys or "cent" in keys or (numbers and len(words) > 1):
        return _Plain((), (), placed=True)
    if numbers:
        return _Plain((numbers[0][1],), (numbers[0][1],), number=True, opens=True)
    return _Plain(keys, tuple(stem for _key, stem, _number in words), opens=bool(keys) and keys[-1] in ("a", "and"))


def stems(words: Sequence[Token]) -> list[str]:
    """What of a text is looked up: the stems outside brackets, and pairs of characters where no spaces are."""
    found: list[str] = []
    for index, token in enumerate(words):
        if token.bracketed:
            continue
        following = words[index + 1] if index + 1 < len(words) else None
        if not token.wide:
            found.append(token.stem)
        elif following is not None and following.wide and following.start == token.end:
            found.append(token.key + following.key)
        elif not (index and words[index - 1].wide and words[index - 1].end == token.start):
            found.append(token.key)
    return found


def terms(text: str, language: str | None = None) -> tuple[str, ...]:
    """The opaque terms under which a text is indexed, each once: `s` stems, `b` pairs of neighbouring stems.

    A text in another language than English also gets the stems that a query too short to show its language has.
    """
    language = language or guess_language(text)
    if "[" in text or "［" in text:
        words = tokens(text, language)
        if not any(not token.bracketed for token in words):
            words = tuple(token._replace(bracketed=False) for token in words)
        found = dict.fromkeys(stem_terms(stems(words)))
        found.update(dict.fromkeys("s" + token.stem for token in words if token.bracketed))
    else:
        found = dict.fromkeys(stem_terms(stems_of(text, language)))
    if language != "en":
        found.update(dict.fromkeys(stem_terms(stems_of(text, "en"))))
    return tuple(found)


def stem_terms(found: Sequence[str]) -> Iterator[str]:
    """The terms of a row of stems."""
    for stem in found:
        yield "s" + stem
    for left, right in pairwise(found):
        yield f"b{left} {right}"
