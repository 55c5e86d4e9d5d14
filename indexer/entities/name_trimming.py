"""Trim names to what names somebody: not the word that opens a sentence, a caption's capitals, a place behind or glued text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from indexer.entities.mentions import Mention, MentionKind
from indexer.entities.ordinary_words import ordinary_words
from indexer.quotations.outline import Outline
from indexer.word_lists import word_list
from search.names.given_names import first_names

_FIRST_NAMES = first_names("male") | first_names("female")
_TITLES = word_list("titles")
_DEPARTMENTS = word_list("departments")
_KEPT_BEHIND = word_list("organisation_words") | word_list("name_suffixes")
_BEFORE_OF = word_list("heads_before_of")
_LEAST_LABEL = 4  # letters of "WATCHED": shorter capitals are abbreviations of bodies
_LEAST_PARTICIPLE = 6  # letters of "Firing Lee", "Regarding Lee": shorter words may be names ("King", "Reed")


def trim_names(outline: Outline, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, names without the words before and behind them that are no part of them."""
    heads = [mention.head for mention in mentions if mention.kind == MentionKind.NAME]
    counts = Counter(heads) + Counter(head.rpartition(" ")[2] for head in heads if " " in head)
    surnames = frozenset(
        head.rpartition(" ")[2] for head in heads if " " in head and head.partition(" ")[0].lower() in _FIRST_NAMES
    )
    return [
        _trimmed(outline, mention, counts, surnames)
        if mention.kind == MentionKind.NAME and " " in mention.head
        else mention
        for mention in mentions
    ]


def _trimmed(outline: Outline, mention: Mention, counts: Counter[str], surnames: frozenset[str]) -> Mention:
    """Return a name of several words without what is no part of it."""
    core, last = mention.core, mention.last
    while last - core > 1 and _opens_only(outline, mention, core, last, counts, surnames):
        core += 1
    last = _end(outline, core, last, counts)
    if (core, last) == (mention.core, mention.last):
        return mention
    first = mention.first if core == mention.core else core
    head = " ".join(outline.text[outline.starts[core] : outline.ends[last - 1]].split())
    title = mention.title if core == mention.core else ""
    return replace(
        mention, first=first, core=core, last=last, head=head, title=title,
        start=outline.starts[first], end=outline.ends[last - 1],
    )  # fmt: skip


def _opens_only(
    outline: Outline, mention: Mention, core: int, last: int, counts: Counter[str], surnames: frozenset[str]
) -> bool:
    """Whether the first word only stands before the name: "WATCHED Ann Lee", "secretary of State Ann Lee", "Regarding Lee".

    An ordinary word may be a first name that no list has ("Chart Lee"): it is taken off a surname that has another one.
    """
    word, low = outline.words[core], outline.lower[core]
    if low in _FIRST_NAMES:
        return False
    rest = outline.text[outline.starts[core + 1] : outline.ends[last - 1]]
    by_first_name = last - core > 2 and outline.lower[core + 1] in _FIRST_NAMES
    if core >= 2 and outline.lower[core - 1] == "of" and outline.lower[core - 2] in _TITLES:
        return by_first_name or (last - core > 2 and low in _DEPARTMENTS)
    if word.isupper() and len(word) >= _LEAST_LABEL and not outline.words[core + 1].isupper():
        return by_first_name or (word.isalpha() and rest in counts)
    opens = core == 0 or outline.sentence[core - 1] != outline.sentence[core] or mention.core != core
    if opens and low in ordinary_words() and rest in surnames:
        return True
    participle = len(word) >= _LEAST_PARTICIPLE and low.endswith(("ing", "ed"))
    return opens and ((by_first_name and (participle or rest in counts)) or (participle and counts[rest] > 1))


def _end(outline: Outline, core: int, last: int, counts: Counter[str]) -> int:
    """Return where a person's name ends: before "of California", and before glued words when it stands alone elsewhere."""
    lower = outline.lower
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
    return last
