"""Speech that is reported without marks: "Lee said that the bridge would open" is an indirect quotation of Lee."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.attribution.annotated_document import Scene
from indexer.attribution.source_features import mention_row
from indexer.entities.lexicon import words

_STRONG = frozenset(
    "said says say told tells added adds noted notes wrote writes stated states stressed stresses insisted insists argued"
    " argues claimed claims claim warned warns explained explains announced announces confirmed confirms denied denies"
    " acknowledged acknowledges admitted admits suggested suggests declared declares maintained maintains asserted asserts"
    " reiterated reiterates alleged alleges predicted predicts vowed vows promised promises pledged complained complains"
    " emphasized emphasised contended contends testified revealed reveals conceded concedes remarked recalled recalls"
    " believes believe believed thinks think saying adding noting arguing warning insisting claiming stressing".split()
)
_PARTICIPLES = frozenset("saying adding noting arguing warning insisting claiming stressing".split())
_NEED_THAT = frozenset(
    "believes believe believed thinks think recalled recalls revealed reveals confirmed confirms wrote".split()
)
_BETWEEN = frozenset(
    "also has have had then later once again repeatedly recently previously further even now still".split()
)
_NO_CLAUSE = frozenset(
    "in on at to of with by for from about it so as this during after before and but or nothing several yes no last next"
    " monday tuesday wednesday thursday friday saturday sunday earlier later".split()
)
_FUNCTION = words("function")
_LEAST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Reported:
    """An indirect quotation: the words of its clause, its cue and the mention that is its subject."""

    start: int
    end: int
    cue: str
    mention: int


def find_indirect(scene: Scene) -> Iterator[Reported]:
    """The clauses that a name, a role or a pronoun is said to have said, where no marks take over."""
    outline = scene.outline
    done = -1
    for i, low in enumerate(outline.lower):
        if low not in _STRONG or outline.quote[i] >= 0 or i <= done or i + 1 >= len(outline):
            continue
        mention = _subject(scene, i)
        if mention is None:
            continue
        start = _clause(scene, i)
        if start is None:
            continue
        end = _clause_end(scene, start)
        if end - start >= _LEAST_WORDS:
            done = end - 1
            yield Reported(outline.starts[start], outline.ends[end - 1], outline.words[i], mention)


def _subject(scene: Scene, cue: int) -> int | None:
    """The mention right before a cue, past "also", "has" and an apposition between commas."""
    outline = scene.outline
    if outline.lower[cue] in _PARTICIPLES:
        return _main_subject(scene, cue)
    at = cue - 1
    while at >= 0 and cue - at <= 3 and (outline.lower[at] in _BETWEEN or outline.lower[at].endswith("ly")):
        at -= 1
    comma = at >= 0 and outline.words[at] == ","
    place = bisect_left(scene.firsts, cue) - 1
    while place >= 0 and outline.sentence[scene.mentions[place].first] == outline.sentence[cue]:
        mention = scene.mentions[place]
        if mention.last - 1 == at or (mention.kind == "nominal" and outline.ends[at] == mention.end):
            if mention_row(scene, place)[5] in (4.0, 6.0, 7.0, 8.0) or not _speaks(scene, place):
                return None
            return place
        if not comma or cue - mention.last > 14:
            break
        if outline.words[mention.last : mention.last + 1] == [","] and _speaks(scene, place) and mention.kind == "name":
            return place
        place -= 1
    return None


def _speaks(scene: Scene, index: int) -> bool:
    """Whether a mention can be a subject that talks; "who said" and "it said" hardly name a speaker."""
    return scene.mentions[index].head.lower() not in ("i", "you", "it", "which", "who", "we")


def _main_subject(scene: Scene, cue: int) -> int | None:
    """The subject of the sentence that ends in ", adding that ..."."""
    outline = scene.outline
    if outline.words[cue - 1] != "," or outline.lower[cue + 1] != "that":
        return None
    first = cue
    while first > 0 and outline.sentence[first - 1] == outline.sentence[cue] and cue - first < 60:
        first -= 1
    place = bisect_left(scene.firsts, first)
    while place < len(scene.mentions) and scene.mentions[place].first < cue:
        mention = scene.mentions[place]
        if mention.last < cue and scene.cue[mention.last] >= 0.5 and _speaks(scene, place):
            return place
        place += 1
    return None


def _clause(scene: Scene, cue: int) -> int | None:
    """Where the reported clause begins after a cue; None when marks or nothing of the kind follow."""
    outline = scene.outline
    at = cue + 1
    low = outline.lower[cue]
    if low in ("told", "tells"):
        limit = at + 7
        while at < min(limit, len(outline)) and outline.lower[at] != "that" and outline.words[at] not in (".", ","):
            at += 1
    else:  # "said Monday that", "said in a statement that"
        limit = at + 8
        ahead = at
        while ahead < min(limit, len(outline)) and outline.lower[ahead] != "that" and outline.quote[ahead] < 0:
            if outline.words[ahead] in (".", ",", ":"):
                break
            ahead += 1
        if ahead < min(limit, len(outline)) and outline.lower[ahead] == "that":
            at = ahead
    if at >= len(outline) or outline.sentence[at] != outline.sentence[cue]:
        return None
    if outline.lower[at] == "that":
        at += 1
    elif low in _NEED_THAT or low in ("told", "tells") or outline.lower[at] in _NO_CLAUSE:
        return None
    if at >= len(outline) or outline.quote[at] >= 0 or outline.sentence[at] != outline.sentence[cue]:
        return None
    return at if outline.words[at][0].isalnum() else None


def _clause_end(scene: Scene, start: int) -> int:
    """The end of a reported clause: its sentence's end, a quotation, or the next ", adding that"."""
    outline = scene.outline
    end = start
    while end < len(outline) and outline.sentence[end] == outline.sentence[start] and end - start < 90:
        if outline.quote[end] >= 0:
            while end > start and outline.lower[end - 1] in _FUNCTION | {",", ":"}:
                end -= 1
            return end
        if outline.words[end] == "," and end + 1 < len(outline) and outline.lower[end + 1] in _PARTICIPLES:
            return end
        end += 1
    while end > start and not outline.words[end - 1][-1].isalnum():
        end -= 1
    return end
