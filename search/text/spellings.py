"""Fold the spellings of one word: British and American, joined and apart, umlauts and the vowels that are written for them.

The rules change a folded word, never a text, so that a page still shows the spelling that was printed. The words:
`search/data/spellings.toml`.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Any, Final, NamedTuple

from search.text.information import common_stems
from search.text.stemming import stem

# ae, oe and ue that stand for an umlaut: "Mueller", "Loesung", and not "Bauer", "neue", "Quelle".
_WRITTEN_OUT: Final = re.compile(r"(?<![aeiouq])([aou])e(?=[a-z])")
_SHORTEST_UMLAUT: Final = 5  # letters: what an umlaut is taken out of in a shorter word is another word too often
_ANALYZE: Final = re.compile(
    r"^((?:psycho|re|over)?anal|paral|catal|dial|hydrol|breathal)ys(?=(?:e|ed|es|er|ers|ing)$)"
)
_IZE_ENDINGS: Final = "e|ed|es|ing|er|ers|ation|ations|ational|able"


class _Spellings(NamedTuple):
    american: Mapping[str, str]
    beginnings: Mapping[str, str]
    our: re.Pattern[str]
    doubled_l: re.Pattern[str]
    ize: re.Pattern[str]
    compounds: Mapping[str, str]
    compound_beginnings: Mapping[str, str]
    umlauts: frozenset[str]


@functools.cache
def _spellings() -> _Spellings:
    data = tomllib.loads((resources.files("search") / "data" / "spellings.toml").read_text(encoding="utf-8"))
    american, patterns = data["american"], data["patterns"]
    compounds = dict(_compounds(data["compounds"]["en"]))
    not_ize = "|".join(patterns["not_ize"])
    return _Spellings(
        {word: other for word, other in american.items() if not word.endswith("*")},
        {word[:-1]: other for word, other in american.items() if word.endswith("*")},
        re.compile(rf"^((?:dis|mis|un|bi|multi|mono|water)?(?:{'|'.join(patterns['our'])})o)u(?=r)"),
        re.compile(rf"^({'|'.join(patterns['doubled_l'])})l(?=(?:ed|ing|ings|er|ers|or|ors|ous|ously|ist|ists)$)"),
        # A vowel before -ise is none of -ize ("raise", "noise"), nor is what ends in -wise or -rise.
        re.compile(
            rf"^(?!(?:un|im|in|non|re|pre|over|under|sub|multi)*(?:{not_ize})s)(?!.*(?:wis|ris)(?:e|es|ed|ing)$)(.{{2,}}[^aeou]i)s(?=(?:{_IZE_ENDINGS})$)"
        ),
        {joined: parts for joined, parts in compounds.items() if not joined.endswith("*")},
        {joined[:-1]: parts[:-1] for joined, parts in compounds.items() if joined.endswith("*")},
        frozenset(data["umlauts"]["names"]),
    )


def _compounds(entries: Iterable[str]) -> Iterable[tuple[str, str]]:
    for entry in entries:
        parts, _, joined = entry.partition("=")
        yield joined or parts.replace(" ", ""), parts


def fold_spelling(word: str) -> str:
    """Return a folded English word in its American spelling, with a written-out umlaut as the vowel alone.

    "honour" and "honor" are one word then, as are "Mueller" and "Müller"; "four", "promise" and "blue" stay.
    """
    known = _spellings()
    if word in known.american:
        return known.american[word]
    if beginning := _longest_beginning(word, known.beginnings):
        return known.beginnings[beginning] + word[len(beginning) :]
    # Most words have none of these letters, which is told in a tenth of the time that a pattern takes.
    if "our" in word:
        word = known.our.sub(r"\1", word)
    if "ll" in word:
        word = known.doubled_l.sub(r"\1", word)
    if "is" in word:
        word = known.ize.sub(r"\1z", word)
    if "lys" in word:
        word = _ANALYZE.sub(r"\1yz", word)
    return _without_umlaut(word)


def fold_written_umlauts(word: str) -> str:
    """Return a folded German word with ae, oe and ue as a, o and u, as a folded umlaut is."""
    return _WRITTEN_OUT.sub(r"\1", word)


def compound_parts(word: str) -> tuple[str, ...]:
    """Return the words that an English compound is made of where it is written apart, too: ("e", "mails") of "emails".

    A word that is no such compound is returned alone.
    """
    known = _spellings()
    if word in known.compounds:
        return tuple(known.compounds[word].split())
    beginning = _longest_beginning(word, known.compound_beginnings)
    if not beginning:
        return (word,)
    return tuple((known.compound_beginnings[beginning] + word[len(beginning) :]).split())


def _longest_beginning(word: str, beginnings: Mapping[str, Any]) -> str | None:
    # From the longest down; no entry is shorter than four letters.
    return next((word[:length] for length in range(len(word), 3, -1) if word[:length] in beginnings), None)


def _without_umlaut(word: str) -> str:
    """An English word has its ae, oe and ue ("does", "blue"); in one that English news does not have they are umlauts."""
    if (
        len(word) >= _SHORTEST_UMLAUT
        and _WRITTEN_OUT.search(word)
        and (word in _spellings().umlauts or stem(word, "en") not in common_stems())
    ):
        return fold_written_umlauts(word)
    return word
