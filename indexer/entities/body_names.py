"""Join the parts of a name that small words part: "Campaign to Mend the Debt", "America's Voice", "4th Circuit", "Lind v. Roe".

Each part is printed like a name, and the last one, which stands before the verb, would speak alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from indexer.entities.mentions import Mention, MentionKind
from indexer.entities.ordinary_words import ordinary_words
from indexer.quotations.outline import Outline
from indexer.word_lists import phrase_list, word_list
from search.names.given_names import first_names

_FIRST_NAMES: Final = first_names("male") | first_names("female")
_HEADS: Final = word_list("heads_before_of") | word_list("heads_before_for") | word_list("heads_before_to")
_WITHIN: Final = (word_list("words_joining_names") | word_list("place_prepositions") | {"the", "on", "against"}) - {
    "and"
}
_NO_PARTS: Final = (
    word_list("organisation_words") | word_list("role_nouns") | word_list("titles") | word_list("title_modifiers")
)
_POSSESSIVES: Final = ("'s", "’s")
_PLACES: Final = phrase_list("places")
_VERSUS: Final = (["v", "."], ["v."], ["vs", "."], ["vs."])
_ORDINAL: Final = re.compile(r"[1-9]\d?\d?(?:st|nd|rd|th)")
_COUNTED: Final = word_list("bodies_with_numbers")
_MOST_BETWEEN: Final = 2  # items: "in the" of "Center for Science in the Public Interest"


def join_parts(outline: Outline, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions in order, those names that end the name of a body joined to what that begins with."""
    joined: list[Mention] = []
    for mention in mentions:
        is_name = mention.kind == MentionKind.NAME and mention.first == mention.core
        if is_name and joined and _is_one_name(outline, joined[-1], mention):
            joined[-1] = _up_to(outline, joined[-1], mention)
        else:
            joined.append(_with_number(outline, mention) if is_name else mention)
    return joined


def _up_to(outline: Outline, before: Mention, mention: Mention) -> Mention:
    """Return a name that goes on to where another ends."""
    start = outline.starts[before.core]
    head = " ".join(outline.text[start : outline.ends[mention.last - 1]].split())
    return replace(before, last=mention.last, head=head, end=mention.end)


def _is_one_name(outline: Outline, before: Mention, mention: Mention) -> bool:
    """Whether a name of ordinary words goes on with the name before it: neither is a person, an office or a body by itself."""
    low = outline.lower
    first, last = before.last, mention.first
    if before.kind != MentionKind.NAME or not 0 < last - first <= _MOST_BETWEEN:
        return False
    if low[first:last] in _VERSUS:  # "Lind v. Roe" is a case; its "v." may seem to end a sentence
        return before.title == "" and outline.paragraph[before.first] == outline.paragraph[mention.first]
    if outline.sentence[before.first] != outline.sentence[mention.first]:
        return False
    words, opening = low[mention.core : mention.last], low[before.core : first]
    if not ordinary_words().issuperset(words) or not _NO_PARTS.isdisjoint(words):
        return False
    if outline.words[first] in _POSSESSIVES:
        return last - first == 1 and tuple(opening) in _PLACES
    is_person = before.title != "" or not _FIRST_NAMES.isdisjoint(opening)
    return _WITHIN.issuperset(low[first:last]) and not is_person and not _HEADS.isdisjoint(opening)


def _with_number(outline: Outline, mention: Mention) -> Mention:
    """Return a name with the number before it: "4th Circuit Court of Appeals"."""
    first = mention.first - 1
    counts = first >= 0 and outline.lower[mention.core] in _COUNTED and outline.quotation[first] < 0
    if not counts or not _ORDINAL.fullmatch(outline.words[first]):
        return mention
    return _up_to(outline, replace(mention, first=first, core=first, start=outline.starts[first]), mention)
