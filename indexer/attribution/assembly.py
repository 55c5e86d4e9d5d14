"""The findings about a document put together as attributions: pieces joined, nested ones tied to their parents."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexer.attribution.annotated_document import Scene
from indexer.attribution.indirect_speech import Reported
from indexer.attribution.nested_quotations import person, told
from indexer.attribution.scare_quotes import is_markup
from indexer.attribution.source_selection import Choice
from indexer.attribution.transcripts import Line, line_around, speaker_of, transcript_lines
from indexer.attribution.tree_ensemble import Model
from indexer.entities.entities import name_key
from indexer.quotations.quotation_marks import Quotation
from search.model import Attribution, Document, Kind, Place, Region, Span

LEAST_CONFIDENCE = 0.12  # below this a speaker is a guess, and a wrong speaker is worse than none
SCARE_FROM = 0.5
SCARE_SHORT = {1: 0.15, 2: 0.15, 3: 0.25}  # by words: most scare quotes are short, and less is lost with a short one
_SPLIT_WORDS = 14  # a cue longer than this between two pieces does not make them one quotation
_CUE_REACH = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is known of one document's quotations before they are put together.

    choices, scare, via   by number of an outermost quotation; `transcript` says where a labelled one's words start
    headline              where the headline ends, code points
    """

    document: Document
    scene: Scene
    model: Model
    choices: Mapping[int, Choice | None]
    scare: Mapping[int, float]
    transcript: Mapping[int, tuple[str | None, int]]
    via: Mapping[int, tuple[str, ...]]
    reported: Sequence[tuple[Reported, Choice | None]]
    headline: int


def assemble(reading: Reading) -> tuple[Attribution, ...]:
    """The attributions in order of the text, parents before the quotations nested in them."""
    places = _Places(reading)
    lines = transcript_lines(reading.document.text, reading.scene)
    groups = _groups(reading)
    built: list[tuple[Attribution, list[int]]] = [(_marked(reading, group, places, lines), group) for group in groups]
    built += [(each, []) for each in _unmarked(reading, places, lines)]
    built.sort(key=lambda pair: (pair[0].start, -pair[0].end))
    index_of = {number: index for index, (_, group) in enumerate(built) for number in group}
    line_of = {each.start: index for index, (each, group) in enumerate(built) if not group and each.kind == "direct"}
    quotations = reading.scene.quotations
    out = []
    for attribution, group in built:
        around = quotations[group[0]].parent if group else None
        line = line_around(lines, attribution.start) if group else None
        parent = index_of[around] if around is not None else line_of.get(line.start) if line else None
        out.append(replace(attribution, parent=parent))
    return tuple(out)


def _groups(reading: Reading) -> list[list[int]]:
    """The quotations that are one: over several paragraphs, or with a cue between their pieces."""
    quotations = reading.scene.quotations
    group_of: dict[int, list[int]] = {}
    groups: list[list[int]] = []
    previous: int | None = None
    for number, quotation in enumerate(quotations):
        partner = quotation.follows
        if partner is None and quotation.parent is None and previous is not None and _split(reading, previous, number):
            partner = previous
        if partner is not None and number not in reading.transcript:
            group_of[partner].append(number)
            group_of[number] = group_of[partner]
        else:
            group_of[number] = [number]
            groups.append(group_of[number])
        if quotation.parent is None:
            previous = number
    return groups


def _split(reading: Reading, first: int, second: int) -> bool:
    """Whether two quotations are the pieces of one: "A," X said, "b." with the same source between them."""
    scene, text = reading.scene, reading.document.text
    one, two = reading.choices.get(first), reading.choices.get(second)
    before, after = scene.place[first], scene.place[second]
    if one is None or two is None or one.mention != two.mention or one.mention < 0 or after - before > _SPLIT_WORDS:
        return False
    mention = scene.mentions[one.mention]
    outline = scene.outline
    if not before < mention.first < after or outline.paragraph[before] != outline.paragraph[after]:
        return False
    ends = text[scene.quotations[first].end - 1 : scene.quotations[first].end]
    opened = text[scene.quotations[second].start : scene.quotations[second].start + 1]
    between = text[scene.quotations[first].close : scene.quotations[second].open].strip()
    return ends not in ".!?" and between[-1:] != "." and (between[-1:] == "," or opened.islower())


def _marked(reading: Reading, group: list[int], places: _Places, lines: Sequence[Line]) -> Attribution:
    """The attribution of one quotation between marks, or of the pieces that make it."""
    scene, text = reading.scene, reading.document.text
    first = scene.quotations[group[0]]
    top = group[0]
    while (parent := scene.quotations[top].parent) is not None:
        top = parent
    contents = tuple(span for number in group for span in _pieces(reading, number))
    score = _scare_score(reading, group)
    words = sum(len(span.of(text).split()) for span in contents)
    plain = Attribution(
        contents,
        kind=_kind(scene, group[0]),
        place=places.of(first.start),
        flags=_flags(reading, group, text),
        scare=score >= SCARE_SHORT.get(words, SCARE_FROM),
        scare_score=score,
    )
    if plain.place == "comment":
        return plain
    if top != group[0]:
        return _nested(reading, plain, group[0], top)
    line = line_around(lines, first.start)
    if line is not None:
        return _in_line(reading, plain, group[0], line)
    cited = places.note(first.start)
    if cited:
        return replace(plain, speaker=speaker_of(cited, scene.cast), mention=cited, confidence=0.9, method="cite")
    options = [choice for number in group if (choice := reading.choices.get(number)) is not None]
    if not options:
        return plain
    choice = max(options, key=lambda each: each.chance)
    via = next((reading.via[number] for number in group if number in reading.via), ())
    return _spoken(reading, plain, choice, via, scene.place[group[0]])


def _pieces(reading: Reading, number: int) -> Iterator[Span]:
    """The words of a quotation without a transcript's label; a joined paragraph is a piece."""
    quotations = reading.scene.quotations
    quotation = quotations[number]
    start = quotation.start
    if number in reading.transcript:
        after = reading.transcript[number][1]
        inner = quotations[number + 1] if number + 1 < len(quotations) else None
        if after < quotation.end and not (inner and inner.parent == number and inner.open < after):
            start = max(start, after)
    yield Span(start, quotation.end)


def _flags(reading: Reading, group: list[int], text: str) -> tuple[str, ...]:
    quotations = [reading.scene.quotations[number] for number in group]
    flags = []
    if quotations[-1].unclosed:
        flags.append("unclosed")
    if any(quotation.follows is not None for quotation in quotations):
        flags.append("joined")
    first, last = quotations[0], quotations[-1]
    opening = text[first.start : first.start + 3]
    if opening.startswith(("…", "...")) or text[max(last.start, last.end - 3) : last.end].endswith(("…", "...")):
        flags.append("truncated")
    return tuple(flags)


def _scare_score(reading: Reading, group: list[int]) -> float:
    """The chance that nobody is quoted; a quotation in pieces, in a transcript or nested in another is no scare quote."""
    quotation = reading.scene.quotations[group[0]]
    if is_markup(reading.document.text, quotation):
        return 1.0
    if group[0] in reading.transcript or len(group) > 1 or not quotation.mark:
        return 0.0
    if _is_crosshead(reading, group[0]):
        return 0.6
    return reading.scare.get(group[0], 0.1)


def _is_crosshead(reading: Reading, number: int) -> bool:
    """Whether a few capitalised words between marks fill a paragraph in the body: a heading, and said already."""
    scene = reading.scene
    if number not in scene.place:
        return False
    at = scene.place[number]
    paragraph = scene.outline.paragraph[at]
    quotation = scene.quotations[number]
    words = scene.outline.text[quotation.start : quotation.end].split()
    alone = scene.paragraph_first[paragraph] == at and scene.paragraph_last[paragraph] - at <= 1
    capitals = sum(word[:1].isupper() for word in words if len(word) > 3)
    longer = sum(len(word) > 3 for word in words)
    return alone and paragraph > 0 and 2 <= len(words) <= 8 and 0 < longer == capitals


def _spoken(reading: Reading, plain: Attribution, choice: Choice, via: tuple[str, ...], at: int | None) -> Attribution:
    """The attribution with its speaker, if that is likely enough."""
    scene = reading.scene
    mention = scene.mentions[choice.mention] if choice.mention >= 0 else None
    raw, right = reading.model.calibration
    confidence = choice.chance if choice.method == "label" else float(np.interp(choice.chance, raw, right))
    entity = scene.cast.entities[choice.entity] if choice.entity >= 0 else None
    return replace(
        plain,
        speaker=choice.name if confidence >= LEAST_CONFIDENCE else None,
        role=entity.role if entity else None,
        mention=scene.outline.text[mention.start : mention.end] if mention else None,
        source=Span(mention.start, mention.end) if mention else None,
        cue=_cue(scene, choice.mention, at) if mention else None,
        via=via,
        confidence=confidence,
        method=choice.method,
    )


def _cue(scene: Scene, index: int, at: int | None) -> str | None:
    """The reporting words at a source, those towards the quotation first."""
    mention, outline = scene.mentions[index], scene.outline
    if mention.first >= 2 and outline.lower[mention.first - 2 : mention.first] == ["according", "to"]:
        return outline.text[outline.starts[mention.first - 2] : outline.ends[mention.first - 1]]
    after, before = scene.next_cue[mention.last], scene.previous_cue[mention.first]
    options = []
    if (
        after >= 0
        and after - mention.last <= _CUE_REACH
        and outline.paragraph[after] == outline.paragraph[mention.first]
    ):
        options.append((after - mention.last + (at is not None and after > at > mention.first), after))
    if (
        before >= 0
        and mention.first - before <= _CUE_REACH
        and outline.paragraph[before] == outline.paragraph[mention.first]
    ):
        options.append((mention.first - before - 1, before))
    return outline.words[min(options)[1]] if options else None


def _nested(reading: Reading, plain: Attribution, number: int, top: int) -> Attribution:
    """A quotation inside another: said by whoever the words beside it name, else by the outer speaker."""
    choice = reading.choices.get(top)
    outer = replace(plain, scare=False)
    if choice is not None:
        outer = _spoken(reading, outer, choice, reading.via.get(top, ()), None)
        outer = replace(outer, confidence=0.8 * outer.confidence, method="nested", source=None, mention=None, cue=None)
    quotation = reading.scene.quotations[number]
    parent = reading.scene.quotations[quotation.parent if quotation.parent is not None else top]
    return _told(reading, outer, quotation, parent.start, parent.end)


def _in_line(reading: Reading, plain: Attribution, number: int, line: Line) -> Attribution:
    """A quotation inside a transcript's line that has no marks of its own."""
    outer = plain
    if line.speaker is not None:
        outer = replace(outer, speaker=line.speaker, confidence=0.8, method="nested")
    return _told(reading, outer, reading.scene.quotations[number], line.start, line.end)


def _told(reading: Reading, outer: Attribution, quotation: Quotation, low: int, high: int) -> Attribution:
    """The inner quotation with the speaker that its own clause within low..high names; `outer` has the outer one."""
    text, cast = reading.document.text, reading.scene.cast
    found = told(text, low, high, quotation.open, quotation.close)
    if found is None or found.first_person:
        return outer
    by_name = not (found.pronoun or found.phrase)
    if by_name:
        speaker = speaker_of(found.source, cast)
    else:
        speaker = person(text, cast, found.source, quotation.open, outer.speaker)
    if speaker == outer.speaker or (speaker is None and not found.pronoun):
        return outer
    via = (*outer.via, outer.speaker) if outer.speaker else outer.via
    sure = 0.0 if speaker is None else 0.7 if by_name else 0.6
    role = next((entity.role for entity in cast.entities if entity.name == speaker), None)
    return replace(
        outer, speaker=speaker, role=role, mention=found.source, cue=found.cue, via=via, confidence=sure,
        method="nested cue", scare=False,
    )  # fmt: skip


def _unmarked(reading: Reading, places: _Places, lines: Sequence[Line]) -> Iterator[Attribution]:
    """Transcript lines without marks, and indirect speech."""
    for line in lines:
        place = places.of(line.start)
        if place != "comment":
            yield Attribution(
                (Span(line.start, line.end),), speaker=line.speaker, mention=line.label,
                confidence=0.95 if line.speaker else 0.0, method="label", place=place,
            )  # fmt: skip
    for each, choice in reading.reported:
        place = places.of(each.start)
        if choice is None or place == "comment":
            continue
        plain = Attribution((Span(each.start, each.end),), kind="indirect", place=place)
        yield replace(_spoken(reading, plain, choice, (), None), cue=each.cue)


def _kind(scene: Scene, number: int) -> Kind:
    """Mixed when the words between the marks are part of a sentence that the outlet words itself."""
    if number not in scene.place:
        return "direct"
    at = scene.place[number]
    outline, quotation = scene.outline, scene.quotations[number]
    content = outline.text[quotation.start : quotation.start + 1]
    before = outline.lower[at - 1] if at and outline.sentence[at - 1] == outline.sentence[at] else ""
    plain = bool(before) and before[0].isalnum() and scene.cue[at - 1] < 0.5
    return "mixed" if content.islower() and plain else "direct"


class _Places:
    """Where on the page an offset stands, from the document's regions."""

    def __init__(self, reading: Reading) -> None:
        self.regions: list[Region] = sorted(reading.document.regions, key=lambda region: region.span)
        self.starts = [region.span.start for region in self.regions]
        self.headline = reading.headline

    def _at(self, offset: int) -> Iterator[Region]:
        """The regions around an offset; they seldom nest, so only the last few that start before it are asked."""
        last = bisect_right(self.starts, offset)
        for region in self.regions[max(0, last - 4) : last]:
            if region.span.start <= offset < region.span.end:
                yield region

    def of(self, offset: int) -> Place:
        roles = {region.role for region in self._at(offset)}
        if "comment" in roles:
            return "comment"
        if "caption" in roles:
            return "caption"
        return "headline" if "heading" in roles or offset < self.headline else "body"

    def note(self, offset: int) -> str | None:
        """The name under a block quotation, as the page gives it: "— Ann Lee, The Book"."""
        for region in self._at(offset):
            if region.role == "blockquote" and region.note:
                name = region.note.strip(' \t\n-–—―"“”').split(",")[0].split("(")[0].strip()
                if name_key(name):
                    return name
        return None
