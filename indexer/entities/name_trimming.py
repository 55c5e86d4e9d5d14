"""Trim names to what names somebody: not the word that opens a sentence, a caption's capitals, a place behind or glued text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import replace
from typing import NamedTuple

from indexer.entities.mentions import Mention, MentionKind
from indexer.entities.ordinary_words import ordinary_words
from indexer.quotations.outline import Outline
from indexer.word_lists import phrase_list, word_list
from search.names.given_names import first_names

_FIRST_NAMES = first_names("male") | first_names("female")
_TITLES = word_list("titles")
_REFLEXIVES = word_list("reflexive_pronouns")
_DEPARTMENTS = word_list("departments")
_KEPT_BEHIND = word_list("organisation_words") | word_list("name_suffixes")
_BEFORE_OF = word_list("heads_before_of")
_MADE = word_list("things_made")
_ANY_PLACES = phrase_list("places")
_PLACES = frozenset(place[0] for place in _ANY_PLACES if len(place) == 1)
_PEOPLES, _OF_A_PEOPLE = word_list("adjectives_of_peoples"), 3  # words of "Veldanian Quillon Lee"
_POSSESSIVES = (["'s"], ["’s"], ["'"], ["’"])
_LONGEST_INITIALS = 2  # letters: "JR Lee"
_LEAST_LABEL = 4  # letters of "WATCHED": shorter capitals are abbreviations of bodies
_TWO_SURNAMES, _OFTEN = 2, 2  # words behind a first name, and how often each stands alone, for them to be two people's
_LEAST_PARTICIPLE = 6  # letters of "Firing Lee", "Regarding Lee": shorter words may be names ("King", "Reed")


def trim_names(outline: Outline, mentions: Sequence[Mention], headlines: Set[int] = frozenset()) -> list[Mention]:
    """Return the mentions, names without the words before and behind them that are no part of them.

    `headlines` are the numbers of paragraphs in title case.
    """
    heads = [mention.head for mention in mentions if mention.kind == MentionKind.NAME]
    printed = _PrintedNames(
        counts=Counter(heads) + Counter(head.rpartition(" ")[2] for head in heads if " " in head),
        alone=Counter(head for head in heads if " " not in head),
        surnames=frozenset(
            head.rpartition(" ")[2] for head in heads if " " in head and head.partition(" ")[0].lower() in _FIRST_NAMES
        ),
        headlines=headlines,
    )
    trimmed = (
        _trimmed(outline, mention, printed) if mention.kind == MentionKind.NAME and " " in mention.head else mention
        for mention in mentions
    )
    with_tails = [_with_reflexive(outline, one) if one.kind == MentionKind.NAME else one for one in trimmed]
    return _without_homes(outline, with_tails)


def _without_homes(outline: Outline, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions without the places behind "of" that somebody with a title is from: "Speaker Ann Lee of Ohio, who said"."""
    kept: list[Mention] = []
    for mention in mentions:
        before = kept[-1] if kept else None
        is_home = (
            before is not None
            and before.kind == mention.kind == MentionKind.NAME
            and (before.title != "" or outline.lower[before.core] in _FIRST_NAMES)
            and outline.lower[before.last : mention.first] == ["of"]
            and tuple(outline.lower[mention.first : mention.last]) in _ANY_PLACES
            and outline.words[mention.last : mention.last + 1] not in _POSSESSIVES
        )
        if before is not None and is_home:
            kept[-1] = replace(before, last=mention.last)
        else:
            kept.append(mention)
    return kept


def _with_reflexive(outline: Outline, mention: Mention) -> Mention:
    """Return a name with the "himself" behind it among its items: what follows that follows the name."""
    last = mention.last
    if last >= len(outline) or outline.lower[last] not in _REFLEXIVES:
        return mention
    return replace(mention, last=last + 1, end=outline.ends[last])


class _PrintedNames(NamedTuple):
    """How often a document prints each name or last word of one, and each single word alone; surnames behind first names."""

    counts: Counter[str]
    alone: Counter[str]
    surnames: frozenset[str]
    headlines: Set[int]


def _trimmed(outline: Outline, mention: Mention, printed: _PrintedNames) -> Mention:
    """Return a name of several words without what is no part of it."""
    core, last = mention.core, mention.last
    while last - core > 1 and _opens_only(outline, mention, core, last, printed):
        core += 1
    last = _end(outline, core, _without_repetition(outline, core, last), printed)
    if (core, last) == (mention.core, mention.last):
        return mention
    first = mention.first if core == mention.core else core
    head = " ".join(outline.text[outline.starts[core] : outline.ends[last - 1]].split())
    title = mention.title if core == mention.core else ""
    return replace(
        mention, first=first, core=core, last=last, head=head, title=title,
        start=outline.starts[first], end=outline.ends[last - 1],
    )  # fmt: skip


def _opens_only(outline: Outline, mention: Mention, core: int, last: int, printed: _PrintedNames) -> bool:
    """Whether the first word only stands before the name: "WATCHED Ann Lee", "secretary of State Ann Lee", "Regarding Lee".

    An ordinary word may be a first name that no list has ("Chart Lee"): it is taken off a surname that has another one.
    """
    word, low, counts = outline.words[core], outline.lower[core], printed.counts
    if low in _FIRST_NAMES:
        return False
    rest = outline.text[outline.starts[core + 1] : outline.ends[last - 1]]
    by_first_name = last - core > 2 and outline.lower[core + 1] in _FIRST_NAMES
    if core >= 2 and outline.lower[core - 1] == "of" and outline.lower[core - 2] in _TITLES:
        return by_first_name or (last - core > 2 and low in _DEPARTMENTS)
    if outline.lower[last - 2] in _MADE and printed.alone[outline.words[last - 1]] > 1:
        return True  # "the Recovery Act Lee signed"
    if word.isupper() and len(word) >= _LEAST_LABEL and not outline.words[core + 1].isupper():
        is_printed = counts[rest] if " " in rest else printed.alone[rest]
        return by_first_name or (word.isalpha() and is_printed > 0)
    if printed.alone[rest] > 1 and printed.counts[f"{word} {rest}"] == 1 and _ends_a_phrase(outline, core):
        return True
    in_headline = outline.paragraph[core] in printed.headlines or outline.words[core - 1 : core] == [":"]
    if low in _PEOPLES and last - core == _OF_A_PEOPLE and printed.alone[outline.words[last - 1]] > 0:
        is_unknown = ordinary_words().isdisjoint(outline.lower[core + 1 : last])
        return is_unknown and outline.lower[core + 1] not in _PLACES  # "Veldanian Quillon Lee", "Lee said"
    opens = outline.opens_sentence(core) or mention.core != core or in_headline
    is_known = by_first_name or rest in printed.surnames or (in_headline and counts[rest] > 1)
    if opens and low in ordinary_words() and is_known:
        return True  # "Poor Ann Lee"
    participle = len(word) >= _LEAST_PARTICIPLE and low.endswith(("ing", "ed"))
    return opens and ((by_first_name and (participle or rest in counts)) or (participle and counts[rest] > 1))


def _ends_a_phrase(outline: Outline, k: int) -> bool:
    """Whether a word ends what stands before a name: "the PACs Lee started", "Japan and Italy Lee declared"."""
    word = outline.words[k]
    is_abbreviation = len(word) > _LONGEST_INITIALS and (word.isupper() or (word.endswith("s") and word[:-1].isupper()))
    is_listed = k > 1 and outline.lower[k - 1] in ("and", ",") and outline.lower[k - 2] in _PLACES
    is_placed = is_listed or (k > 0 and outline.lower[k - 1] in ("in", "of"))  # "on Monday in Washington Lee said"
    is_body = outline.lower[k + 1] in _KEPT_BEHIND  # "the LDS Church"
    return (is_abbreviation and not is_body) or (is_placed and outline.lower[k] in _PLACES)


def _without_repetition(outline: Outline, core: int, last: int) -> int:
    """Return where a name ends that stands twice: as a caption and as the name below it, "Ann Lee Ann Lee"."""
    half = (last - core) // 2
    is_twice = half > 1 and outline.words[core : core + half] == outline.words[core + half : last]
    return core + half if is_twice else last


def _end(outline: Outline, core: int, last: int, printed: _PrintedNames) -> int:
    """Return where a person's name ends: before "of California", and before glued words when it stands alone elsewhere."""
    lower, counts = outline.lower, printed.counts
    if lower[core] not in _FIRST_NAMES:
        return last
    for k in range(core + 2, last):
        if lower[k] in ("of", "for") and _BEFORE_OF.isdisjoint(lower[core:k]):
            return k
    full = counts[outline.text[outline.starts[core] : outline.ends[last - 1]]]
    for k in range(last - 1, core + 1, -1):
        if lower[k] in _KEPT_BEHIND:
            break
        if counts[outline.text[outline.starts[core] : outline.ends[k - 1]]] > full:
            return k
    # "Bill Lee Roe's closer": two people, each of whom the text calls by the surname alone.
    both = outline.words[core + 1 : last]
    if full == 1 and len(both) == _TWO_SURNAMES and all(printed.alone[word] >= _OFTEN for word in both):
        return last - 1
    return last
