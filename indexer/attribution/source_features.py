"""What is known about a quotation and a possible source of it, as numbers: the ranker's input.

Everything is counted on the outline, so that long quotations between the two do not count as distance. The order of
`FEATURES` is part of the model file: a model learned with other features is refused.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.attribution.annotated_document import Scene
from indexer.entities.mentions import Mention
from indexer.quotations.outline import DASHES

FEATURES = (
    "after",
    "tokens",
    "sentences",
    "paragraphs",
    "quotations",
    "mentions",
    "names",
    "commas",
    "colons",
    "that",
    "cues",
    "cue_after_gap",
    "cue_after_weight",
    "cue_after_mentions",
    "cue_before_gap",
    "cue_before_weight",
    "previous_class",
    "next_class",
    "opens_sentence",
    "opens_paragraph",
    "kind",
    "pronoun",
    "person",
    "entity_count",
    "entity_in_title",
    "name_words",
    "has_title",
    "head_odds",
    "entity_cued",
    "quote_words",
    "quote_upper",
    "quote_end",
    "quote_before",
    "quote_after",
    "before_cue_weight",
    "after_cue_weight",
    "quote_opens_paragraph",
    "quote_closes_paragraph",
    "paragraph_quotes_before",
    "paragraph_quotes_after",
    "rank_before",
    "rank_after",
    "rank_kind",
    "in_brackets",
    "sentence_first",
    "apposition",
    "headline",
    "label",
    "pattern",
    "follows",
    "named_in_quote",
    "sentence_cue",
    "cue_between_near",
    "first_person",
    "candidates_same_sentence",
    "previous_quote_gap",
    "title_case_quote",
    "entity_recent_cue",
)

_BEFORE = 9  # how many mentions before a quotation are considered, and how many after it: 99.7% of the sources
_AFTER = 4
_FAR = 60.0
_AUXILIARIES = frozenset(
    "has have had is was are were be been would will could should did does do may might can".split()
)
_OBJECT_VERBS = frozenset(
    "told tell tells telling asked ask asks reminded informed urged accused called assured".split()
)
_PRONOUN_CODE = {"he": 1, "she": 1, "they": 2, "we": 3, "i": 3, "it": 4, "who": 5, "which": 6, "you": 7}
_FIRST_PERSON = frozenset(("i", "we", "my", "our", "me", "us", "i'm", "i’m", "we're", "we’re", "i've", "i’ve"))


def candidates(scene: Scene, number: int) -> list[int]:
    """The mentions that may be the source of quotation `number`, by position: some before it, fewer after it."""
    at = scene.place[number]
    cut = bisect_left(scene.firsts, at)
    paragraph = scene.outline.paragraph[at]
    before = range(max(0, cut - _BEFORE), cut)
    after = [
        m
        for m in range(cut, min(len(scene.mentions), cut + _AFTER))
        if scene.outline.paragraph[scene.firsts[m]] - paragraph <= 1
    ]
    return [*before, *after]


def mention_row(scene: Scene, index: int) -> tuple[float, ...]:
    """What is true of a mention whatever the quotation."""
    known = scene.static.get(index)
    if known is not None:
        return known
    mention, outline = scene.mentions[index], scene.outline
    first, last = mention.first, mention.last
    sentence = outline.sentence[first]
    paragraph = outline.paragraph[first]
    entity_number = scene.cast.of[index]
    entity = scene.cast.entities[entity_number] if entity_number >= 0 else None
    gap_after, weight_after, mentions_after = _cue_after(scene, index)
    gap_before, weight_before = _cue_before(scene, mention)
    low = outline.lower[mention.core]
    out = (
        gap_after,
        weight_after,
        mentions_after,
        gap_before,
        weight_before,
        float(_class_before(scene, first)),
        float(_class_after(scene, last)),
        float(first == 0 or outline.sentence[first - 1] != sentence),
        float(scene.paragraph_first[paragraph] == first),
        float(("name", "nominal", "pronoun").index(mention.kind)),
        float(_PRONOUN_CODE.get(low, 8) if mention.kind == "pronoun" else 0),
        -1.0 if entity is None else float(entity.person) + float(entity.titled) + float(entity.gender != 0),
        min(30.0, float(len(entity.mentions))) if entity else 0.0,
        float(bool(entity) and entity is not None and entity.key[-1] in scene.title_words),
        float(len(entity.key)) if entity else 0.0,
        float(bool(mention.title)),
        scene.odds(mention, scene),
        min(9.0, scene.cued[entity_number]) if entity else 0.0,
        float(scene.totals["open"][first] > scene.totals["close"][first]),
        float(index == 0 or outline.sentence[scene.mentions[index - 1].first] != sentence),
        float(_is_apposition(scene, index)),
        float(paragraph == scene.headline),
        float(last < len(outline) and outline.words[last] == ":" and scene.paragraph_first[paragraph] == first),
        _sentence_cue(scene, mention),
    )
    scene.static[index] = out
    return out


def _cue_after(scene: Scene, index: int) -> tuple[float, float, float]:
    """Words, weight and mentions to the next cue in the mention's sentence."""
    mention, outline = scene.mentions[index], scene.outline
    at = scene.next_cue[mention.last]
    if at < 0 or outline.sentence[at] != outline.sentence[mention.first]:
        return _FAR, 0.0, 9.0
    between = bisect_left(scene.firsts, at) - index - 1
    return min(_FAR, float(at - mention.last)), scene.cue[at], float(between)


def _cue_before(scene: Scene, mention: Mention) -> tuple[float, float]:
    at = scene.previous_cue[mention.first]
    if at < 0 or scene.outline.sentence[at] != scene.outline.sentence[mention.first]:
        return _FAR, 0.0
    return min(_FAR, float(mention.first - at - 1)), scene.cue[at]


def _sentence_cue(scene: Scene, mention: Mention) -> float:
    """How much reporting the rest of the mention's sentence holds, up to three words a weight of 1."""
    outline = scene.outline
    end = bisect_right(outline.sentence, outline.sentence[mention.first])
    return min(3.0, scene.totals["cues"][end] - scene.totals["cues"][mention.last])


def _class_before(scene: Scene, first: int) -> int:
    """The kind of word before a mention: how it hangs in its sentence."""
    outline = scene.outline
    if first == 0 or outline.sentence[first - 1] != outline.sentence[first]:
        return 0
    word = outline.lower[first - 1]
    if outline.quote[first - 1] >= 0:
        return 1
    if word == "," or word in DASHES:
        return 2
    if word == "to" and first > 1 and outline.lower[first - 2] == "according":
        return 3
    if word in _OBJECT_VERBS:
        return 4
    if scene.cue[first - 1] >= 0.5:
        return 5
    if word in ("of", "about", "for", "on", "against"):
        return 6
    if word in ("to", "with", "in", "at", "from", "by"):
        return 7 if word != "by" else 8
    if word in ("and", "or", "&"):
        return 9
    if word in ("that", "as", "when", "if", "because", "what", "while", "but"):
        return 10
    if word == "(":
        return 11
    if word in ("is", "was", "are", "were", "be"):
        return 12
    return 13 if word[0].isalnum() else 14


def _class_after(scene: Scene, last: int) -> int:
    outline = scene.outline
    if last >= len(outline) or outline.paragraph[last] != outline.paragraph[last - 1]:
        return 0
    word = outline.lower[last]
    if outline.quote[last] >= 0:
        return 1
    if word == ",":
        return 2
    if word in ("'s", "’s"):
        return 3
    if scene.cue[last] >= 0.5:
        return 4
    if word in _AUXILIARIES:
        return 5
    if word in (".", "?", "!"):
        return 6
    if word == ":":
        return 7
    if word == "(":
        return 8
    if word in ("and", "or", "&"):
        return 9
    if word in ("who", "which", "that", "whose"):
        return 10
    if word in ("of", "for", "at", "in", "from", "with", "on", "to"):
        return 11
    if word.endswith("ly") or word in ("also", "then", "later", "once", "again", "recently"):
        return 12
    if scene.cue[last] >= 0.2:
        return 13
    return 14 if word[0].isalnum() else 15


def _is_apposition(scene: Scene, index: int) -> bool:
    """Whether a mention follows another one after just a comma, as "a spokesman" does after a name."""
    if index == 0:
        return False
    mention, before = scene.mentions[index], scene.mentions[index - 1]
    return mention.first - before.last == 1 and scene.outline.words[before.last] == ","


@dataclass(frozen=True, slots=True)
class _Site:
    """What is true of a quotation whatever the source."""

    at: int
    numbers: tuple[float, ...]
    lower: str
    previous: int


def _site(scene: Scene, number: int) -> _Site:
    outline, quotation = scene.outline, scene.quotations[number]
    at = scene.place[number]
    text = outline.text
    content = text[quotation.start : quotation.end]
    pieces = content.split()
    paragraph = outline.paragraph[at]
    first, last = scene.paragraph_first[paragraph], scene.paragraph_last[paragraph]
    quotes = scene.totals["quotes"]
    end = content[-1:]
    closing = 1 if end == "," else 2 if end in ".…" else 3 if end in "?!" else 4 if end in "-–—" else 0
    before_weight = scene.cue[at - 1] if at > first else 0.0
    after_weight = scene.cue[at + 1] if at < last else 0.0
    previous = at - 1
    while previous >= 0 and outline.quote[previous] < 0:
        previous -= 1
        if at - previous > 60:
            previous = -1
    lower = content.lower()
    first_person = any(piece.lower().strip(".,") in _FIRST_PERSON for piece in pieces[:60])
    capitals = sum(piece[0].isupper() for piece in pieces)
    numbers = (
        float(min(len(pieces), 80)),
        float(content[:1].isupper()),
        float(closing),
        float(_site_before(scene, at, first)),
        float(_site_after(scene, at, last)),
        before_weight,
        after_weight,
        float(at == first),
        float(at == last),
        min(9.0, quotes[at] - quotes[first]),
        min(9.0, quotes[last + 1] - quotes[at + 1]),
        float(quotation.follows is not None),
        float(first_person),
        min(_FAR, float(at - previous - 1)) if previous >= 0 else _FAR,
        float(capitals >= 0.7 * len(pieces)),
    )
    return _Site(at, numbers, lower, previous)


def _site_before(scene: Scene, at: int, first: int) -> int:
    """The kind of word before a quotation."""
    if at == first:
        return 0
    word = scene.outline.lower[at - 1]
    if word == ",":
        return 2 if at - 1 > first and scene.cue[at - 2] >= 0.3 else 1
    if word == ":":
        return 3
    if word == "that":
        return 4
    if scene.outline.quote[at - 1] >= 0:
        return 5
    if scene.cue[at - 1] >= 0.3:
        return 6
    if word in (".", "?", "!"):
        return 7
    if word in ("a", "an", "the", "his", "her", "their", "its", "of", "as", "in", "for", "with", "and", "to"):
        return 8
    return 9 if word[0].isalnum() else 10


def _site_after(scene: Scene, at: int, last: int) -> int:
    """The kind of word after a quotation."""
    if at == last:
        return 0
    word, low = scene.outline.words[at + 1], scene.outline.lower[at + 1]
    if scene.outline.quote[at + 1] >= 0:
        return 5
    if scene.cue[at + 1] >= 0.3:
        return 1
    if low in _PRONOUN_CODE:
        return 2
    if word in (".", ",", ";"):
        return 3
    if word[0].isupper():
        return 4
    if word in DASHES or word in ("(", "["):
        return 6
    return 7 if word[0].isalnum() else 8


def _pattern(scene: Scene, at: int, mention: Mention) -> int:
    """The plain shapes: "Q," m said; "Q," said m; m said, "Q"; m: "Q"; according to m, "Q"."""
    outline, cue = scene.outline, scene.cue
    count = len(outline)
    first, last = mention.first, mention.last
    if first > at:
        start = at + 1
        while start < first and (outline.words[start] == "," or outline.words[start] in DASHES):
            start += 1
        if (
            start == first
            and start > at + 1
            and outline.words[start - 1] in DASHES
            and (last >= count or outline.paragraph[last] != outline.paragraph[first] or outline.words[last] in ".(")
        ):
            return 11
        if start == first:
            if last < count and cue[last] >= 0.3:
                return 1
            return 2
        if cue[start] >= 0.3 and first - start == 1:
            return 3
        if cue[start] >= 0.3 and first - start <= 4:
            return 4
        if outline.lower[start] == "according" and first - start <= 3:
            return 5
        return 0
    end = at - 1
    if end >= last and outline.words[end] in (",", ":", "that"):
        end -= 1
    if end < last:
        return 6 if outline.words[at - 1] == ":" else 7
    if cue[end] >= 0.3 and end == last:
        return 8
    if cue[end] >= 0.3 and end - last <= 3:
        return 9
    return 10 if outline.words[at - 1] == ":" and outline.sentence[first] == outline.sentence[at] else 0


def rows(scene: Scene, number: int, chosen: Sequence[int]) -> list[list[float]]:
    """The numbers of each pair of quotation `number` and one of the mentions `chosen`, in the order of `FEATURES`."""
    site = _site(scene, number)
    at = site.at
    outline, totals, firsts = scene.outline, scene.totals, scene.firsts
    cut = bisect_left(firsts, at)
    same_sentence = float(sum(outline.sentence[scene.mentions[m].first] == outline.sentence[at] for m in chosen))
    sentence, paragraph, names = outline.sentence[at], outline.paragraph[at], scene.names_before
    quotes, commas, colons = totals["quotes"], totals["commas"], totals["colons"]
    that, cues = totals["that"], totals["cues"]
    mentions, cue, of, known = scene.mentions, scene.cue, scene.cast.of, scene.static
    out: list[list[float]] = []
    for index in chosen:
        mention = mentions[index]
        static = known.get(index) or mention_row(scene, index)
        is_after = mention.first > at
        low, high = (at + 1, mention.first) if is_after else (mention.last, at)
        high = max(low, high)
        near = cue[high - 1] if is_after and high > low else cue[low] if high > low else 0.0
        entity = of[index]
        named = 0.0
        recent = _FAR
        if entity >= 0:
            named = float(scene.cast.entities[entity].key[-1] in site.lower)
            past = bisect_left(scene.cued_at[entity], at)
            if past:
                recent = min(300.0, float(at - scene.cued_at[entity][past - 1]))
        between = (cut, index) if is_after else (index + 1, cut)
        out.append([
            float(is_after),
            float(min(250, high - low)),
            float(min(20, abs(outline.sentence[mention.first] - sentence))),
            float(min(12, abs(outline.paragraph[mention.first] - paragraph))),
            min(12.0, quotes[high] - quotes[low]),
            float(between[1] - between[0]),
            float(names[between[1]] - names[between[0]]),
            min(12.0, commas[high] - commas[low]),
            min(4.0, colons[high] - colons[low]),
            min(4.0, that[high] - that[low]),
            min(8.0, cues[high] - cues[low]),
            *static[:18],
            *site.numbers[:11],
            float(cut - 1 - index) if not is_after else -1.0,
            float(index - cut) if is_after else -1.0,
            float(abs(names[cut] - names[index])),
            *static[18:23],
            float(_pattern(scene, at, mention)),
            site.numbers[11], named, static[23], near, site.numbers[12], same_sentence, site.numbers[13],
            site.numbers[14], recent,
        ])  # fmt: skip
    return out
