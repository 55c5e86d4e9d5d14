"""Take the offices that belong to the next name out of the mentions: of "Speaker of the House Ann Lee" the speaker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from indexer.entities.mentions import Mention, MentionKind
from indexer.entities.noun_phrases import is_capitalised
from indexer.quotations.outline import Outline
from indexer.word_lists import word_list
from search.names.given_names import is_first_name

_AFTER_OFFICES: Final = word_list("words_after_offices")
_OFFICES: Final = word_list("offices_of_one") | word_list("offices_over_something")
_JOINING: Final = word_list("words_joining_names")
_MATTERS: Final = word_list("matters_of_bodies") | word_list("matters_of_offices")
_SERVED: Final = word_list("offices_of_states") | word_list("offices_of_one")
_MOST_MATTERS: Final = 4  # words between the office's preposition and the name: "for international tax policy"


def without_offices(outline: Outline, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions without the offices that belong to the next name, and that name without whom it serves."""
    kept: list[Mention] = []
    is_office = False
    for mention, follows in zip_longest(mentions, mentions[1:]):
        whole = _without_title(outline, mention) if is_office else mention
        is_office = is_in_capitals = False
        if follows is not None and _is_before_name(outline, mention, follows):
            is_office = _serves(outline, mention, follows) or _is_over_matter(outline, mention, follows)
            is_in_capitals = _is_office(outline, mention, follows)
        if not is_office and not is_in_capitals:
            kept.append(whole)
    return kept


def _is_before_name(outline: Outline, mention: Mention, follows: Mention) -> bool:
    """Whether a noun phrase and a name stand in one sentence, with the preposition of an office behind the noun."""
    return (
        (mention.kind, follows.kind) == (MentionKind.NOMINAL, MentionKind.NAME)
        and not _AFTER_OFFICES.isdisjoint(outline.lower[mention.core + 1 : mention.core + 2])
        and outline.sentence[mention.core] == outline.sentence[follows.first]
    )


def _is_office(outline: Outline, mention: Mention, follows: Mention) -> bool:
    """Whether a mention is an office and what it is over, in capitals: "Speaker of the House Ann Lee"."""
    is_office = outline.lower[mention.core] in _OFFICES and is_capitalised(outline.words[follows.first - 1])
    return is_office and all(
        is_capitalised(outline.words[k]) or outline.lower[k] in _JOINING or outline.lower[k] == "the"
        for k in range(mention.core + 2, follows.first)
    )


def _is_over_matter(outline: Outline, mention: Mention, follows: Mention) -> bool:
    """Whether an office stands with its matter in small letters: "assistant secretary for tax policy Ann Lee"."""
    if outline.lower[mention.core] not in _OFFICES or not _is_full_name(outline, follows):
        return False
    matter = outline.words[mention.core + 2 : follows.core]
    is_matter = 0 < len(matter) <= _MOST_MATTERS and matter[-1] in _MATTERS
    return is_matter and all(word.isalpha() for word in matter)


def _serves(outline: Outline, mention: Mention, follows: Mention) -> bool:
    """Whether a mention is an office beside one of a state: the counselor in "counselor to the president Ann Lee"."""
    if not _is_full_name(outline, follows):
        return False
    after = outline.lower[mention.core + 1 : follows.core]
    return after[:2] == ["to", "the"] and len(after) in (3, 4) and after[-1] in _SERVED


def _is_full_name(outline: Outline, mention: Mention) -> bool:
    """Whether a name has a first name that a list knows, and more."""
    return mention.last - mention.core > 1 and is_first_name(outline.lower[mention.core])


def _without_title(outline: Outline, mention: Mention) -> Mention:
    """Return a name without the title before it, which is that of somebody else."""
    return replace(mention, first=mention.core, title="", start=outline.starts[mention.core])
