"""Who quotes whom: the reporters between the outlet and the speaker, from the outlet inwards.

"According to a Daily Star report, ...", "Lee told the Herald", "Ann said that Bob had said": `via` names the Herald, the
Daily Star, Ann. The outlet itself is never in the chain.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping

from indexer.attribution.annotated_document import Scene
from indexer.attribution.source_selection import Choice
from indexer.entities.entities import name_key
from indexer.entities.mentions import Mention

MEDIA = frozenset(
    "times post journal news tribune herald guardian telegraph gazette globe chronicle observer examiner dispatch review"
    " monitor daily weekly magazine radio tv television channel network cnn bbc nbc abc cbs fox msnbc npr pbs reuters ap afp"
    " bloomberg politico axios buzzfeed huffpost breitbart vox slate salon wired forbes fortune economist atlantic yorker"
    " newsweek time spiegel bild zeit monde figaro libération mundo país repubblica stampa corriere asahi yomiuri haaretz"
    " jazeera arabiya alarabiya tass ria kommersant izvestia interfax xinhua press agency wire broadcasting international"
    " mail mirror sun express standard today globe inquirer c-span espn univision telemundo hill insider beast stat quartz"
    .split()
)  # fmt: skip
_MEDIA_NOUNS = frozenset(
    "interviewer newspaper magazine channel network website broadcaster station paper journal agency outlet tabloid daily"
    " weekly programme program podcast report article story broadcast documentary publication tape recording".split()
)
_RELAYS = (
    ("according", "to"), ("leaked", "to"), ("interview", "with"), ("interview", "to"), ("interview", "in"), ("spoke", "to"),
    ("speaking", "to"), ("spoke", "with"), ("speaking", "with"), ("talking", "to"), ("talked", "to"), ("statement", "to"),
    ("comments", "to"), ("remarks", "to"), ("obtained", "by"), ("reported", "by"), ("published", "by"), ("published", "in"),
    ("quoted", "by"), ("quoted", "in"), ("cited", "by"), ("interviewed", "by"), ("released", "by"), ("email", "to"),
)  # fmt: skip
_TOLD = frozenset(("told", "tells", "telling"))
_VIEWS = frozenset(
    "assessment view views interpretation position words account version reply answer response remarks comments opinion"
    " thinking reasoning stance message reaction description".split()
)
_REACH = 2  # a chain is carried on to quotations at most so many paragraphs later


def chains(
    scene: Scene, choices: Mapping[int, Choice | None], name_of: Callable[[int], str]
) -> dict[int, tuple[str, ...]]:
    """For each outermost quotation with a speaker the reporters between outlet and speaker; empty ones left out."""
    found: dict[int, tuple[str, ...]] = {}
    before: tuple[int, str, tuple[str, ...], int] | None = None
    for number in sorted(scene.place):
        choice = choices.get(number)
        if choice is None or choice.mention < 0:
            continue
        paragraph = scene.outline.paragraph[scene.place[number]]
        via = _own(scene, number, choice, name_of)
        if not via and before and before[1] == choice.name and paragraph - before[0] <= _REACH - 1:
            same = choice.mention == before[3] or paragraph == before[0] or _far(scene, number, choice)
            via = before[2] if same else ()
        if via:
            found[number] = via
        before = (paragraph, choice.name, via, choice.mention)
    return found


def _far(scene: Scene, number: int, choice: Choice) -> bool:
    """Whether the source stands in another paragraph: the quotation has no cue of its own."""
    first = scene.mentions[choice.mention].first
    return scene.outline.paragraph[first] != scene.outline.paragraph[scene.place[number]]


def _own(scene: Scene, number: int, choice: Choice, name_of: Callable[[int], str]) -> tuple[str, ...]:
    """The chain that the quotation's own sentence and its source's sentence tell."""
    outline = scene.outline
    source = scene.mentions[choice.mention]
    sentences = {outline.sentence[source.first], outline.sentence[scene.place[number]]}
    for sentence in sorted(sentences):
        low = bisect_left(outline.sentence, sentence)
        high = min(bisect_right(outline.sentence, sentence), low + 120)
        reporter = _relay(scene, choice, low, high, name_of)
        if reporter:
            return (reporter,)
    embedding = _embedding(scene, choice, name_of)
    if embedding:
        return (embedding,)
    return (choice.name,) if _reports_view(scene, source) else ()


def _relay(scene: Scene, choice: Choice, low: int, high: int, name_of: Callable[[int], str]) -> str | None:
    """The medium after "told", "according to", "leaked to" in items low..high, other than the speaker."""
    lower = scene.outline.lower
    for i in range(low, high):
        after = -1
        if lower[i] in _TOLD:
            after = i + 1
        elif i + 1 < high and (lower[i], lower[i + 1]) in _RELAYS:
            after = i + 2
        elif lower[i] in ("reported", "reports") and i > low and scene.outline.words[i - 1] == ",":
            after = i + 1
        if after < 0:
            continue
        place = bisect_left(scene.firsts, after)
        if place < len(scene.mentions) and scene.firsts[place] - after <= 2 and place != choice.mention:
            name = _medium(scene, place, choice, name_of)
            if name:
                return name
    return None


def _medium(scene: Scene, index: int, choice: Choice, name_of: Callable[[int], str]) -> str | None:
    """The name of a mention that is a newspaper, a channel or a report of one; None for anybody else."""
    mention = scene.mentions[index]
    entity = scene.cast.of[index]
    if entity >= 0:
        key = scene.cast.entities[entity].key
        if entity == choice.entity or not any(part in MEDIA for part in key):
            return None
        return scene.cast.entities[entity].name
    if mention.kind != "nominal" or mention.head.lower() not in _MEDIA_NOUNS:
        return None
    words = scene.outline.words[mention.first : mention.core]
    named = [word for word in words if word[0].isupper() and word.lower() not in ("the", "a", "an", "according")]
    name = " ".join(named) if named else name_of(index)
    return None if name_key(name)[-1:] == name_key(choice.name)[-1:] else name


def _embedding(scene: Scene, choice: Choice, name_of: Callable[[int], str]) -> str | None:
    """Who reports the source's speaking: Ann in "Ann said that Bob told ..."."""
    index = choice.mention
    source = scene.mentions[index]
    if index == 0:
        return None
    outer: Mention = scene.mentions[index - 1]
    outline = scene.outline
    if outline.sentence[outer.first] != outline.sentence[source.first] or outer.last >= source.first:
        return None
    between = outline.lower[outer.last : source.first]
    reported = scene.cue[outer.last] >= 0.6 and between[0] not in _TOLD
    verb = scene.next_cue[source.last]
    own = 0 <= verb - source.last <= 2 and scene.cue[verb] >= 0.6
    if reported and own and len(between) <= 2 and all(word == "that" for word in between[1:]):
        name = name_of(index - 1)
        return None if name == choice.name else name
    return None


def _reports_view(scene: Scene, source: Mention) -> bool:
    """Whether the source gives somebody else's words: "Lee reported the ministry's view"."""
    lower = scene.outline.lower
    at = source.last
    if at >= len(lower) or scene.cue[at] < 0.5:
        return False
    end = min(at + 9, len(lower))
    near = lower[at + 1 : end]
    return any(word in ("'s", "’s") and set(near[k + 1 : k + 3]) & _VIEWS for k, word in enumerate(near)) or (
        "view" in near and "of" in near
    )
