"""Numbers in words and digits, folded to digits: "two million", "2,000,000" and "2 million" are the same word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

import regex

if TYPE_CHECKING:
    from search.text.tokens import Token

Numeral = tuple[str, str, str]
"""What part of a number a word is ("unit", "teen", "ten", "hundred", "scale", "ordinal", "digits",
"sign"), its value, its suffix."""

CURRENCIES: Final = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "₽": "rubl"}
_UNITS: Final = "zero one two three four five six seven eight nine".split()
_TEENS: Final = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINAL_WORDS: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth"
).split()
_SCALES: Final = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12,
}  # fmt: skip
_WORDS: Final[dict[str, Numeral]] = (
    {word: ("unit", str(value), "") for value, word in enumerate(_UNITS)}
    | {word: ("teen", str(value), "") for value, word in enumerate(_TEENS, 10)}
    | {word: ("ten", str(value * 10), "") for value, word in enumerate(_TENS, 2)}
    | {word: ("ordinal", str(value), "") for value, word in enumerate(_ORDINAL_WORDS, 1)}
    | {word[:-1] + "ieth": ("ordinal", str(value * 10), "") for value, word in enumerate(_TENS, 2)}
    | {"hundred": ("hundred", "100", "")}
    | {word: ("scale", str(_SCALES[word]), "") for word in ("thousand", "million", "billion", "trillion")}
)
_DIGITS: Final = regex.compile(r"(?P<number>[\d.,]+)(?P<suffix>\p{L}*)")
_ORDINALS: Final = frozenset({"st", "nd", "rd", "th"})
UNITS_OF_MEASURE: Final = frozenset(
    "am pm km kg g mg cm mm mph kph ft kb mb gb tb hz khz mhz ghz kw mw gw kwh mwh".split()
)
"""What is written with its number or apart: 5km, 5 km. Without m, which stands for a million, too."""
UNKNOWN_LANGUAGE: Final = "und"
"""Of a text that shows no language (ISO 639-2): three digits behind a point are rarely decimals then."""
# The languages that write 2.500,75 or 2 500,75. Spanish in America writes as English does.
_COMMA_DECIMALS: Final = frozenset(
    "af be bg ca cs da de el es et eu fi fr hr hu id is it kk lt lv nb nl nn no pl pt ro ru sk sl sq sr sv tr uk vi".split()
)
_AMBIGUOUS: Final = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}\.[0-9]{3}(?![0-9.,]?[0-9])")
_BETWEEN: Final = frozenset({"", " ", "-", "‐", "‑", "\u00a0"})
_MARKS_OF_SCRIPTS: Final = {"٫": ".", "٬": ",", "．": ".", "，": ","}
_ONLY_IN_NUMBERS: Final = 18  # digits that a number may have and still be added to another


def numeral(key: str, language: str = "en") -> Numeral | None:
    """Return the part of a number that a folded word is, or None for a word that is none.

    `language` (ISO 639-1) says which mark groups thousands and which one begins the decimals.
    """
    if key in _WORDS:
        return _WORDS[key]
    if not key[0].isdecimal():
        return None
    match = _DIGITS.fullmatch("".join(str(int(c)) if c.isdecimal() else _MARKS_OF_SCRIPTS.get(c, c) for c in key))
    return ("digits", plain_digits(match["number"], language), match["suffix"]) if match else None


def plain_digits(number: str, language: str = "en") -> str:
    """Return digits without the marks that group thousands: 1,000.50 -> 1000.5; 1.000.000 -> 1000000.

    Of two marks the last begins the decimals, and a mark that comes twice groups. A single one before three digits
    groups where the language writes it so: the comma in English, the point in German, either in Spanish.
    """
    last = max(number.rfind("."), number.rfind(","))
    if last < 0:
        return number.lstrip("0") or "0"
    mark = number[last]
    head, tail = number[:last], number[last + 1 :]
    if mark in head or (not re.search("[.,]", head) and _groups(mark, head, tail, language)):
        head, tail = head + tail, ""
    whole = re.sub("[.,]", "", head).lstrip("0") or "0"
    decimals = tail.rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole


def _groups(mark: str, head: str, tail: str, language: str) -> bool:
    """Whether a mark that a number has once groups its thousands."""
    if len(tail) != 3 or len(head) > 3 or head == "0":
        return False
    if mark == ".":
        return language in _COMMA_DECIMALS or language == UNKNOWN_LANGUAGE
    return language not in _COMMA_DECIMALS or language == "es"


def number_readings(written: str, key: str) -> frozenset[str]:
    """Return the numbers that digits may be which were read as `key`: 2500 and 2.5 of "2.500", of "2,5" only its own.

    A comma shows which mark is which, so that its number is never the other reading of one with a point.
    """
    if has_ambiguous_point(written):
        return frozenset({key, plain_digits(written, "en"), plain_digits(written, "de")})
    return frozenset({f"{key}," if "," in written else key})


def has_ambiguous_point(text: str) -> bool:
    """Return whether a text has digits whose point groups thousands in one language and begins decimals in another."""
    return "." in text and _AMBIGUOUS.search(text) is not None


def _times(number: str, factor: int) -> str:
    try:
        value = Decimal(number) * factor
    except InvalidOperation:
        return number
    return format(value.normalize(), "f")


def ordinal(digits: str) -> str:
    """Return the folded word of an ordinal number: "first" and "second", which are more than numbers, else "21th"."""
    return {"1": "first", "2": "second"}.get(digits, f"{digits}th")


class _Sum:
    """A number that is being read word by word: "two hundred and twenty-two thousand"."""

    def __init__(self) -> None:
        self.total = 0  # what is finished: thousands and above
        self.part = 0  # what is below a thousand
        self.last = ""
        self.floor = 10**15  # the next scale word has to be smaller

    def takes(self, kind: str, value: int) -> bool:
        """Return whether English lets this word follow."""
        if kind == "unit":
            return self.last in ("", "ten", "hundred", "scale") and (value > 0 or not self.last)
        if kind == "ordinal":  # "twenty-first", "hundred and tenth"; "two thirds" and "two first" are two numbers
            return (self.last == "ten" and 0 < value < 10) or self.last in ("hundred", "scale")
        if kind in ("teen", "ten"):
            return self.last in ("", "hundred", "scale")
        if kind == "hundred":
            return self.last in ("", "unit", "teen", "digits") and self.part < 100  # "two hundred two hundred" are two
        return kind == "scale" and self.last not in ("scale",) and value < self.floor

    def add(self, kind: str, value: int) -> None:
        if kind == "hundred":
            self.part = max(self.part, 1) * 100
        elif kind == "scale":
            self.total += max(self.part, 1) * value
            self.part, self.floor = 0, value
        else:
            self.part += value
        self.last = kind

    @property
    def value(self) -> int:
        return self.total + self.part


def fold_numbers(text: str, raw: Sequence[tuple[Token, Numeral | None]]) -> list[Token]:
    """Return the tokens with each run of number words, digits, magnitude and sign made one number.

    `raw` has for each token the part of a number that it is, if any. Linear in the tokens.
    """
    folded: list[Token] = []
    index = 0
    if all(number is None and token.key != "per" for token, number in raw):
        return [token for token, _number in raw]
    while index < len(raw):
        token, number = raw[index]
        if number is None:
            merged = _percent(raw, index)
            folded.append(token if merged is None else merged)
            index += 1 if merged is None else 2
        elif number[0] == "sign":
            index = _signed(text, raw, index, folded)
        else:
            index = _number(text, raw, index, folded)
    return folded


def _percent(raw: Sequence[tuple[Token, Numeral | None]], index: int) -> Token | None:
    """ "per cent" is one word, as "percent" and "%" are."""
    if raw[index][0].key != "per" or index + 1 >= len(raw) or raw[index + 1][0].key != "cent":
        return None
    first, last = raw[index][0], raw[index + 1][0]
    return first._replace(end=last.end, text=f"{first.text} {last.text}", key="percent", stem="percent")


def _signed(text: str, raw: Sequence[tuple[Token, Numeral | None]], index: int, found: list[Token]) -> int:
    """A sign and, for money, the number after it: "$5 million" is read as "5 million dollars"."""
    sign = raw[index][0]
    follows = index + 1 < len(raw) and raw[index + 1][1] is not None and raw[index + 1][0].start - sign.end <= 1
    if sign.key == "percent" or not follows or raw[index + 1][1][0] != "digits":  # type: ignore[index]
        found.append(sign)
        return index + 1
    before = len(found)
    index = _number(text, raw, index + 1, found)
    found[before] = found[before]._replace(start=sign.start, text=text[sign.start : found[before].end], gap=sign.gap)
    place = found[before]
    if index < len(raw) and raw[index][0].stem == sign.key:
        return index  # "$5 million dollars": its own next word says it
    found.append(place._replace(key=sign.key, stem=sign.key, gap=False))
    return index


def _number(text: str, raw: Sequence[tuple[Token, Numeral | None]], index: int, found: list[Token]) -> int:
    token, number = raw[index]
    assert number is not None
    kind, value, _suffix = number
    if kind == "digits":
        return _digits(text, raw, index, found)
    reading = _Sum()
    reading.add(kind, int(value))
    start, end = index, index + 1
    if kind in ("hundred", "scale") and found and found[-1].key == "a" and _near(text, found[-1], token):
        token = found.pop()._replace(end=token.end)
    while end < len(raw):
        step = end
        if raw[step][0].key == "and" and step + 1 < len(raw) and reading.last in ("hundred", "scale", "ten"):
            step += 1
        word, part = raw[step]
        if part is None or part[0] in ("sign", "digits") or not reading.takes(part[0], int(part[1])):
            break
        if not all(_near(text, raw[i][0], raw[i + 1][0]) for i in range(end - 1, step)):
            break
        if step > end and not (word.bracketed == token.bracketed and part[0] in ("unit", "teen", "ten", "ordinal")):
            break
        reading.add(part[0], int(part[1]))
        end = step + 1
        if part[0] == "ordinal":
            break
    last = raw[end - 1][0]
    digits = ordinal(str(reading.value)) if reading.last == "ordinal" else str(reading.value)
    single = end == start + 1 and token.start == last.start
    surface = last.text if single else text[token.start : last.end]
    found.append(token._replace(end=last.end, text=surface, key=digits, stem=digits))
    return end


def _digits(text: str, raw: Sequence[tuple[Token, Numeral | None]], index: int, found: list[Token]) -> int:
    token, number = raw[index]
    assert number is not None
    digits, suffix = number[1], number[2]
    if suffix in UNITS_OF_MEASURE:
        found.append(token._replace(key=digits, stem=digits))
        found.append(token._replace(key=suffix, stem=suffix, gap=False))
        return index + 1
    if suffix and suffix not in _SCALES and suffix not in _ORDINALS:
        found.append(token._replace(key=digits + suffix, stem=digits + suffix))
        return index + 1
    if suffix in _SCALES:
        digits = _times(digits, _SCALES[suffix])
    elif suffix:
        digits = ordinal(digits)
    index += 1
    while index < len(raw) and len(digits) < _ONLY_IN_NUMBERS and not suffix:
        word, part = raw[index]
        if part is None or part[0] not in ("scale", "hundred") or not _near(text, token, word):
            break
        digits = _times(digits, int(part[1]))
        token = token._replace(end=word.end, text=text[token.start : word.end])
        index += 1
    found.append(token._replace(key=digits, stem=digits))
    if index < len(raw) and raw[index][0].key in UNITS_OF_MEASURE and _near(text, token, raw[index][0]):
        unit = raw[index][0]
        found.append(unit._replace(stem=unit.key))  # "10 am" is not the verb
        index += 1
    return index


def _near(text: str, left: Token, right: Token) -> bool:
    """Only a space or a hyphen stands between two words."""
    return left.bracketed == right.bracketed and text[left.end : right.start] in _BETWEEN
