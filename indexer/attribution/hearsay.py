"""Find who quotes whom: the reporters between the outlet and the speaker, from the outlet inwards.

"According to a Daily Star report, ...", "Lee told the Herald", "Ann said that Bob had said": `via` names the Daily Star,
the Herald, Ann. The outlet itself is never in the chain.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from typing import NamedTuple

from indexer.attribution.annotated_document import AnnotatedDocument
from indexer.attribution.source_selection import SelectedSource
from indexer.entities.entities import name_key
from indexer.entities.mentions import Mention, MentionKind
from indexer.word_lists import phrase_list, word_list

_MEDIA_WORDS, _MEDIA_NOUNS, _VIEWS = word_list("media_words"), word_list("media_nouns"), word_list("view_nouns")
_RELAYS, _TELLING, _REPORTED = phrase_list("relay_phrases"), word_list("telling_verbs"), word_list("repeated_reports")
_RELAYING, _NOT_NAMED = word_list("relaying_verbs"), word_list("articles") | {"according"}
_PLAIN_CUE = 0.6  # cue weight of the verbs in "Ann said that Bob told": both have to be plain
_MAX_PARAGRAPHS_APART = 1  # a chain is carried on to quotations of the next paragraph at most
_MAX_SENTENCE = 120  # items of a sentence that are looked through
_MAX_TO_MEDIUM = 2  # items between "told" and the medium: "told the Herald", "told the daily Herald"
_MAX_TO_VIEW = 8  # items after the verb in which the view stands

Names = Callable[[int], str]  # from a mention's number to what it most likely stands for


class _Carried(NamedTuple):
    """The quotation before: its paragraph, its speaker and mention, and its chain."""

    paragraph: int
    name: str
    mention: int
    via: tuple[str, ...]


def reporter_chains(
    doc: AnnotatedDocument, sources: Mapping[int, SelectedSource | None], name_of: Names
) -> dict[int, tuple[str, ...]]:
    """Return for each outermost quotation with a speaker the reporters between outlet and speaker; empty ones left out."""
    chains: dict[int, tuple[str, ...]] = {}
    before: _Carried | None = None
    for number in sorted(doc.item_of_quotation):
        source = sources.get(number)
        if source is None or source.mention < 0:
            continue
        paragraph = doc.outline.paragraph[doc.item_of_quotation[number]]
        via = _own_chain(doc, number, source, name_of)
        near = before is not None and paragraph - before.paragraph <= _MAX_PARAGRAPHS_APART
        if not via and before and near and before.name == source.name:
            same_clause = source.mention == before.mention or paragraph == before.paragraph
            via = before.via if same_clause or _has_no_cue(doc, number, source) else ()
        if via:
            chains[number] = via
        before = _Carried(paragraph, source.name, source.mention, via)
    return chains


def _has_no_cue(doc: AnnotatedDocument, number: int, source: SelectedSource) -> bool:
    """Whether the source stands in another paragraph: the quotation has no cue of its own."""
    first = doc.mentions[source.mention].first
    return doc.outline.paragraph[first] != doc.outline.paragraph[doc.item_of_quotation[number]]


def _own_chain(doc: AnnotatedDocument, number: int, source: SelectedSource, name_of: Names) -> tuple[str, ...]:
    """Return the chain that the quotation's own sentence and its source's sentence tell."""
    outline = doc.outline
    mention = doc.mentions[source.mention]
    sentences = {outline.sentence[mention.first], outline.sentence[doc.item_of_quotation[number]]}
    for sentence in sorted(sentences):
        low = bisect_left(outline.sentence, sentence)
        high = min(bisect_right(outline.sentence, sentence), low + _MAX_SENTENCE)
        medium = _told_medium(doc, source, low, high, name_of)
        if medium:
            return (medium,)
    reporter = _outer_speaker(doc, source, name_of)
    if reporter:
        return (reporter,)
    return (source.name,) if _reports_view(doc, mention) else ()


def _told_medium(doc: AnnotatedDocument, source: SelectedSource, low: int, high: int, name_of: Names) -> str | None:
    """Return the medium after "told", "according to", "leaked to" in items low..high, other than the speaker."""
    lower = doc.outline.lower
    for i in range(low, high):
        if lower[i] in _TELLING:
            after = i + 1
        elif i + 1 < high and (lower[i], lower[i + 1]) in _RELAYS:
            after = i + 2
        elif lower[i] in _REPORTED and i > low and doc.outline.words[i - 1] == ",":
            after = i + 1
        else:
            continue
        index = bisect_left(doc.mention_starts, after)
        near = index < len(doc.mentions) and doc.mention_starts[index] - after <= _MAX_TO_MEDIUM
        if near and index != source.mention:
            name = _medium_name(doc, index, source, name_of)
            if name:
                return name
    return None


def _medium_name(doc: AnnotatedDocument, index: int, source: SelectedSource, name_of: Names) -> str | None:
    """Return the name of a mention that is a newspaper, a channel or a report of one; None for anybody else."""
    mention, number = doc.mentions[index], doc.entity_of[index]
    if number >= 0:
        entity = doc.entities[number]
        is_medium = any(part in _MEDIA_WORDS for part in entity.key)
        return entity.name if is_medium and number != source.entity else None
    if mention.kind != MentionKind.NOMINAL or mention.head.lower() not in _MEDIA_NOUNS:
        return None
    words = doc.outline.words[mention.first : mention.core]
    named = [word for word in words if word[0].isupper() and word.lower() not in _NOT_NAMED]
    name = " ".join(named) if named else name_of(index)
    return None if name_key(name)[-1:] == name_key(source.name)[-1:] else name


def _outer_speaker(doc: AnnotatedDocument, source: SelectedSource, name_of: Names) -> str | None:
    """Return who reports the source's speaking: Ann in "Ann said that Bob told ..."."""
    index = source.mention
    inner = doc.mentions[index]
    if index == 0:
        return None
    outer, outline = doc.mentions[index - 1], doc.outline
    if outline.sentence[outer.first] != outline.sentence[inner.first] or outer.last >= inner.first:
        return None
    between = outline.lower[outer.last : inner.first]
    reported = doc.cue_weights[outer.last] >= _PLAIN_CUE and between[0] not in _TELLING
    verb = doc.next_cue[inner.last]
    speaks = 0 <= verb - inner.last <= 2 and doc.cue_weights[verb] >= _PLAIN_CUE
    if reported and speaks and len(between) <= 2 and all(word == "that" for word in between[1:]):
        name = name_of(index - 1)
        return None if name == source.name else name
    return None


def _reports_view(doc: AnnotatedDocument, source: Mention) -> bool:
    """Whether the source gives somebody else's words: "Lee reported the ministry's view"."""
    lower = doc.outline.lower
    at = source.last
    if at >= len(lower) or lower[at] not in _RELAYING:
        return False
    near = lower[at + 1 : at + 1 + _MAX_TO_VIEW]
    return any(word in ("'s", "’s") and set(near[k + 1 : k + 3]) & _VIEWS for k, word in enumerate(near))
