"""Read who signs a quotation that is printed by itself: `“It rains.” Ann Lee, Harbour News`, and nothing behind it.

Digests of opinion print their quotations so, and magazines those that they set apart.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from indexer.attribution.annotated_document import AnnotatedDocument
from indexer.entities.noun_phrases import is_capitalised
from indexer.quotations.outline import DASHES
from indexer.word_lists import phrase_list, word_list

_LEAST_CHARS = 40  # of a quotation that is signed; shorter ones are titles: “Selma” Ann Lee, Harbour Pictures
_LONGEST_NAME, _LONGEST_PAPER = 4, 7  # words
_SMALL = word_list("name_particles") | word_list("words_joining_names") | {"the", "'s", "’s"}
_BOARDS = phrase_list("unsigned_boards")
_PLACES = phrase_list("places")


class Signature(NamedTuple):
    """Who signs a quotation, and the items of the outline that say so, half-open."""

    name: str
    items: tuple[int, int]


def signatures(doc: AnnotatedDocument) -> dict[int, Signature]:
    """Return the outermost quotations that somebody signs, each with who does."""
    signed: dict[int, Signature] = {}
    for number, at in doc.item_of_quotation.items():
        quotation = doc.quotations[number]
        if quotation.end - quotation.start < _LEAST_CHARS:
            continue
        stands_alone = at == 0 or doc.outline.paragraph[at - 1] != doc.outline.paragraph[at]
        if signature := _signature(doc, *_behind(doc, at), stands_alone=stands_alone):
            signed[number] = signature
    return signed


def _behind(doc: AnnotatedDocument, at: int) -> tuple[int, int]:
    """Return the items behind item `at` to the end of its paragraph, or those of the next one where it ends its own."""
    paragraph = doc.outline.paragraph[at]
    last = doc.paragraph_last[paragraph]
    if at < last:
        return at + 1, last + 1
    first = last + 1
    if first >= len(doc.outline):
        return first, first
    return first, doc.paragraph_last[doc.outline.paragraph[first]] + 1


def _signature(doc: AnnotatedDocument, first: int, last: int, *, stands_alone: bool) -> Signature | None:
    """Return who signs where some items are nothing but a name, a comma and a paper; behind a dash the name is enough.

    That only where the quotation stands alone: an entry of a live blog ends with who wrote it.
    """
    outline = doc.outline
    if outline.words[first:last][:1] and outline.words[first] in DASHES:
        first += 1
        person = _person_alone(doc, first, last) if stands_alone else None
        if person is not None:
            return person
    words, low = outline.words[first:last], outline.lower[first:last]
    if words.count(",") != 1 or any(outline.quotation[k] >= 0 for k in range(first, last)):
        return None
    comma = words.index(",")
    name, paper = words[:comma], words[comma + 1 :]
    if not (1 < len(name) <= _LONGEST_NAME and 0 < len(paper) <= _LONGEST_PAPER):
        return None
    if not all(is_capitalised(word) or word.lower() in _SMALL for word in (*name, *paper)):
        return None
    if not (is_capitalised(name[-1]) and is_capitalised(paper[-1])) or tuple(low[:comma]) in _PLACES:
        return None
    text = outline.text
    if tuple(low[:comma]) in _BOARDS:
        printed = text[outline.starts[first + comma + 1] : outline.ends[last - 1]]
        board = " ".join(low[:comma]).removeprefix("the ")
        return Signature(f"{printed} {board}", (first, last))
    return Signature(text[outline.starts[first] : outline.ends[first + comma - 1]], (first, first + comma))


def _person_alone(doc: AnnotatedDocument, first: int, last: int) -> Signature | None:
    """Return who signs where some items are a full name alone, with what stands before it: "security adviser Ann Lee"."""
    index = bisect_right(doc.mention_starts, first) - 1  # the last that begins with the items, or before them
    if index < 0 or doc.mentions[index].last != last or doc.entity_of[index] < 0:
        return None
    mention = doc.mentions[index]
    is_person = doc.entities[doc.entity_of[index]].person and " " in mention.head
    return Signature(mention.head, (mention.core, last)) if is_person else None
