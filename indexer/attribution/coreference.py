"""Which entity a pronoun or a role stands for: the numbers that the second ranker reads.

Candidates are the entities named last before the pronoun; each is described by how it was mentioned, how much it is
talked about, and whether it said the quotations before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.attribution.annotated_document import Scene
from indexer.attribution.source_features import mention_row
from indexer.attribution.tree_ensemble import Model, softmax
from indexer.entities.mentions import Mention

RESOLUTION_FEATURES = (
    "tokens",
    "sentences",
    "paragraphs",
    "rank",
    "fit_rank",
    "people_between",
    "pronouns_between",
    "others_between",
    "previous_class",
    "next_class",
    "sentence_first",
    "opens_sentence",
    "paragraph_first",
    "possessive",
    "headline",
    "gender",
    "person",
    "count_before",
    "count_total",
    "count_near",
    "share",
    "in_title",
    "name_words",
    "cued",
    "spoke_last",
    "spoke_gap",
    "spoken",
    "named_in_quote",
    "named_after",
    "same_sentence",
    "pronoun",
    "opens_paragraph",
    "pronoun_opens",
    "first_of_paragraph",
    "role_fit",
    "last_fit",
    "cue_after",
    "cue_before",
    "title",
    "mention_words",
    "first_mention",
    "has_role",
)
_CLOSE = frozenset(
    (",", ".", ";", ")", ":", "who", "which", "and", "of", "for", "at", "from", "in", "on", "with", "to")
)
_SELF_NAMED = -1.0  # people seldom name themselves; the gold's pronouns, resolved by machine, do not show how seldom
_SPOKEN_OF = -2.0  # nobody calls himself "the general", nor puts himself in front as what he speaks of
_NEAREST = 12
_FAR = 250.0
WANTED = {"he": 1, "his": 1, "him": 1, "she": -1, "her": -1}


def antecedents(scene: Scene, index: int) -> list[tuple[int, int]]:
    """The entities named before mention `index`, nearest first, each with its last mention there."""
    found: list[tuple[int, int]] = []
    seen: set[int] = set()
    wanted = wanted_gender(scene.mentions[index])
    for before in range(index - 1, max(-1, index - 160), -1):
        entity = scene.cast.of[before]
        if entity >= 0 and entity not in seen:
            seen.add(entity)
            known = scene.cast.entities[entity]
            if wanted and (known.gender == -wanted or not known.person):
                continue
            found.append((entity, before))
            if len(found) == _NEAREST:
                break
    return found


def wanted_gender(mention: Mention) -> int:
    """1 when the mention can only be a man, -1 a woman, 0 either."""
    return WANTED.get(mention.head.lower(), 0) if mention.kind == "pronoun" else 0


def resolution_rows(
    scene: Scene, index: int, quote: str, pairs: list[tuple[int, int]], spoke: Mapping[int, tuple[int, int]], last: int
) -> list[list[float]]:
    """One row an antecedent in the order of `RESOLUTION_FEATURES`.

    quote   the words of the quotation, lower-case: people seldom name themselves
    spoke   entity -> (outline position of its last quotation so far, how many it has had)
    last    the entity that said the quotation before, or -1
    """
    outline, mentions, cast = scene.outline, scene.mentions, scene.cast
    mention = mentions[index]
    wanted = wanted_gender(mention)
    head = mention.head.lower()
    code = {"he": 1.0, "his": 1.0, "she": 2.0, "her": 2.0, "they": 3.0, "it": 4.0, "i": 5.0, "we": 6.0}.get(head, 7.0)
    sentence, paragraph = outline.sentence[mention.first], outline.paragraph[mention.first]
    out: list[list[float]] = []
    fits = 0
    total = sum(len(cast.entities[entity].mentions) for entity, _ in pairs if cast.entities[entity].person) or 1
    after_names = {cast.of[k] for k in range(index + 1, min(index + 4, len(mentions))) if cast.of[k] >= 0
                   and outline.sentence[mentions[k].first] == sentence}  # fmt: skip
    pronoun_sentences = _pronouns(scene, index, wanted)
    for rank, (number, before) in enumerate(pairs):
        entity, seen = cast.entities[number], mentions[before]
        fit = (not wanted or entity.gender in (0, wanted)) and (entity.person or not wanted)
        earlier = bisect_left(entity.mentions, index)
        near = earlier - bisect_left(entity.mentions, max(0, index - 12))
        at_sentence = outline.sentence[seen.first]
        static = mention_row(scene, before)
        spoken = spoke.get(number)
        out.append([
            min(_FAR, float(mention.first - seen.last)),
            min(20.0, float(sentence - at_sentence)),
            min(12.0, float(paragraph - outline.paragraph[seen.first])),
            float(rank),
            float(fits if fit else -1),
            float(sum(1 for e, _ in pairs[:rank] if cast.entities[e].person)),
            float(sum(1 for k in pronoun_sentences if k > seen.first)),
            float(scene.names_before[index] - scene.names_before[before] - 1),
            static[5],
            static[6],
            static[19],
            static[7],
            static[8],
            float(static[6] == 3.0),
            static[21],
            0.0 if wanted else float(entity.gender),
            float(entity.person) + float(entity.titled),
            min(20.0, float(earlier)),
            min(30.0, float(len(entity.mentions))),
            float(near),
            len(entity.mentions) / total,
            float(entity.key[-1] in scene.title_words),
            float(len(entity.key)),
            min(9.0, scene.cued[number]),
            float(number == last),
            min(_FAR, float(mention.first - spoken[0])) if spoken else _FAR,
            min(9.0, float(spoken[1])) if spoken else 0.0,
            float(entity.key[-1] in quote),
            float(number in after_names),
            float(at_sentence == sentence),
            code,
            float(scene.paragraph_first[paragraph] == mention.first),
            float(mention.first == 0 or outline.sentence[mention.first - 1] != sentence),
            float(_opens(scene, number, seen)),
            float(head in entity.roles),
            float(fit and fits == 0),
            static[0],
            static[3],
            float(bool(seen.title)),
            float(min(3, seen.last - seen.core)),
            float(earlier == 1),
            float(entity.role is not None),
        ])  # fmt: skip
        fits += fit
    return out


def _pronouns(scene: Scene, index: int, wanted: int) -> list[int]:
    """Where the like pronouns stand among the forty mentions before."""
    if not wanted:
        return []
    return [
        scene.mentions[k].first
        for k in range(max(0, index - 40), index)
        if scene.mentions[k].kind == "pronoun" and wanted_gender(scene.mentions[k]) == wanted
    ]


def _opens(scene: Scene, entity: int, seen: Mention) -> bool:
    """Whether the paragraph of the last mention begins with this entity."""
    first = scene.paragraph_first[scene.outline.paragraph[seen.first]]
    place = bisect_left(scene.firsts, first)
    while place < len(scene.mentions) and scene.cast.of[place] < 0 and scene.mentions[place].first <= seen.first:
        place += 1
    return place < len(scene.mentions) and scene.cast.of[place] == entity


Reading = tuple[int, str, float, str]  # entity or -1, the name, its chance, how it was found

_RANKS = {"minister": ("prime",), "president": ("vice",)}
_POSSESSIVE = frozenset(("their", "his", "her", "its", "our", "my"))
_PLURAL = frozenset(("they", "their", "we"))
_ANAPHORIC = frozenset(
    "president senator governor mayor minister candidate nominee businessman billionaire mogul congressman congresswoman"
    " chancellor premier secretary ambassador commissioner lawmaker frontrunner front-runner hopeful contender tycoon"
    " neurosurgeon republican democrat king queen pope prince general commander ayatollah".split()
)
_THINGS = frozenset(
    "report study letter statement article paper newspaper website story memo document poll survey agency department"
    " company group organization committee commission campaign union ministry court magazine network book ad video".split()
)


@dataclass(slots=True)
class Resolver:
    """Resolves the sources of one document from left to right, remembering who has spoken so far."""

    scene: Scene
    model: Model
    authors: tuple[str, ...] = ()
    spoke: dict[int, tuple[int, int]] = field(default_factory=dict)
    last: int = -1
    known: dict[int, list[Reading]] = field(default_factory=dict)
    roles: dict[str, list[int]] | None = None

    def _by_role(self) -> dict[str, list[int]]:
        """The people who hold each role, listed once."""
        if self.roles is None:
            self.roles = {}
            for number, entity in enumerate(self.scene.cast.entities):
                for role in entity.roles if entity.person else ():
                    self.roles.setdefault(role, []).append(number)
        return self.roles

    def spoken(self, entity: int, number: int) -> None:
        """Note that the quotation `number` is this entity's; -1 for a speaker without a name."""
        if entity >= 0:
            self.spoke[entity] = (self.scene.place[number], self.spoke.get(entity, (0, 0))[1] + 1)
        self.last = entity

    def readings(self, index: int, quote: str = "") -> list[Reading]:
        """What a mention may stand for, likeliest first; the chances add up to 1 at most. `quote`: the words said."""
        if index not in self.known:
            self.known[index] = self._read(index, quote.lower())
        return self.known[index]

    def _read(self, index: int, quote: str) -> list[Reading]:
        mention = self.scene.mentions[index]
        entity = self.scene.cast.of[index]
        if entity >= 0:
            return [(entity, self.scene.cast.entities[entity].name, 1.0, "name")]
        if mention.kind == "nominal":
            return self._nominal(index)
        low = mention.head.lower()
        if low in WANTED:
            return self._person(index, quote) or [(-1, mention.head, 0.0, "pronoun")]
        if low in ("who", "which"):
            return self._relative(index)
        if low == "i":
            return [(-1, self.authors[0], 0.8, "author")] if len(self.authors) == 1 else []
        return self._thing(index)

    def _person(self, index: int, quote: str) -> list[Reading]:
        """He or she: the second ranker over the people named before."""
        pairs = antecedents(self.scene, index)
        if not pairs:
            return []
        table = resolution_rows(self.scene, index, quote, pairs, self.spoke, self.last)
        entities = self.scene.cast.entities
        scores = self.model.resolution.scores(table)
        topic = self._topic(index)
        for place, (entity, _) in enumerate(pairs):
            if entities[entity].key[-1] in quote:
                scores[place] += _SELF_NAMED
            if entity == topic or any(f"the {role} " in quote for role in entities[entity].roles):
                scores[place] += _SPOKEN_OF
        shares = softmax(scores).tolist()
        ranked = sorted(zip(shares, pairs, strict=True), key=lambda each: -each[0])[:4]
        return [(entity, entities[entity].name, share, "pronoun") for share, (entity, _) in ranked if share > 0.02]

    def _topic(self, index: int) -> int | None:
        """Whom the speech goes on about when its clause is put into a sentence: "The general, he added, 'did not ask'"."""
        scene, mention = self.scene, self.scene.mentions[index]
        outline = scene.outline
        if index == 0 or scene.mentions[index - 1].last != mention.first - 1 or outline.words[mention.first - 1] != ",":
            return None
        before = scene.mentions[index - 1]
        opens = before.first == 0 or outline.sentence[before.first - 1] != outline.sentence[before.first]
        ahead = outline.quote[mention.last + 1 : mention.last + 5]
        if not opens or all(number < 0 for number in ahead):
            return None
        found = self.readings(index - 1)
        return found[0][0] if found and found[0][0] >= 0 else None

    def _relative(self, index: int) -> list[Reading]:
        """Who and which: what stands right before them."""
        for before in range(index - 1, max(-1, index - 4), -1):
            mention = self.scene.mentions[before]
            if (
                self.scene.outline.sentence[mention.first]
                != self.scene.outline.sentence[self.scene.mentions[index].first]
            ):
                break
            if mention.kind != "pronoun":
                return [(entity, name, 0.85 * share, "relative") for entity, name, share, _ in self.readings(before)]
        return []

    def _thing(self, index: int) -> list[Reading]:
        """It, they, we: the body, the paper or the group spoken of last, subjects first."""
        scene = self.scene
        plural = scene.mentions[index].head.lower() in _PLURAL
        sentence = scene.outline.sentence[scene.mentions[index].first]
        best: tuple[float, int] | None = None
        for before in range(index - 1, max(-1, index - 15), -1):
            mention, entity = scene.mentions[before], scene.cast.of[before]
            head = mention.head.lower()
            if mention.kind == "pronoun" or (entity >= 0 and scene.cast.entities[entity].person):
                continue
            if mention.kind == "nominal" and plural != (head.endswith("s") and not head.endswith("ss")):
                continue
            gap = sentence - scene.outline.sentence[mention.first]
            score = -1.0 * gap + 1.2 * (mention_row(scene, before)[19] > 0) + 0.6 * (head in _THINGS or entity >= 0)
            if best is None or score > best[0]:
                best = (score, before)
        if best is None:
            return []
        found = self.readings(best[1])
        return [(entity, name, 0.5 * share, "reference") for entity, name, share, _ in found[:1]]

    def _nominal(self, index: int) -> list[Reading]:
        """The minister, the spokesman: the one whose title it is, when the document names just one near enough."""
        phrase = self.phrase(index)
        found = self._holder(index)
        if found is None:
            return [(-1, phrase, 1.0, "role")]
        entity, chance = found
        return [(entity, self.scene.cast.entities[entity].name, chance, "role"), (-1, phrase, 1.0 - chance, "role")]

    def _holder(self, index: int) -> tuple[int, float] | None:
        """The entity that a definite phrase stands for, and how sure that is."""
        scene = self.scene
        mention = scene.mentions[index]
        opening = scene.outline.lower[mention.first]
        apposed = self._apposed(index)
        if apposed is not None:
            return apposed, 0.95
        definite = opening in ("the", "this") or (mention.first == mention.core and mention.head[0].isupper())
        if not definite or mention.head.lower().endswith("s"):
            return None
        head = mention.head.lower()
        if head in _THINGS:
            return None
        holders = [
            (entity, seen) for entity, seen in antecedents(scene, index)
            if head in scene.cast.entities[entity].roles and scene.cast.entities[entity].person
            and not self._of_other_rank(index, entity)
        ]  # fmt: skip
        if holders:
            return holders[0][0], 0.8 if len(holders) == 1 else 0.6
        later = [entity for entity in self._by_role().get(head, []) if not self._of_other_rank(index, entity)]
        if len(later) == 1:
            return later[0], 0.55
        return self._carried(index) if head in _ANAPHORIC else None

    def _of_other_rank(self, index: int, entity: int) -> bool:
        """Whether the entity is a prime minister and the phrase a plain one: "the minister" is somebody else then."""
        head = self.scene.mentions[index].head.lower()
        ranks = {rank for rank in _RANKS.get(head, ()) if f"{rank} {head}" in self.phrase(index).lower()}
        role = (self.scene.cast.entities[entity].role or "").lower()
        return any(f"{rank} {head}" in role for rank in _RANKS.get(head, ()) if rank not in ranks)

    def _carried(self, index: int) -> tuple[int, float] | None:
        """Whom "the senator" means when nobody was called one: the person that "he" would mean there."""
        pairs = [
            (entity, seen) for entity, seen in antecedents(self.scene, index) if self.scene.cast.entities[entity].person
        ]
        if not pairs:
            return None
        table = resolution_rows(self.scene, index, "", pairs, self.spoke, self.last)
        shares = softmax(self.model.resolution.scores(table)).tolist()
        best = max(range(len(pairs)), key=lambda n: shares[n])
        return pairs[best][0], 0.75 * shares[best]

    def _apposed(self, index: int) -> int | None:
        """The name that stands beside the phrase: "the spokesman, Josh Earnest," or "Earnest, the spokesman,"."""
        scene = self.scene
        mention = scene.mentions[index]
        words, lower, sentence = scene.outline.words, scene.outline.lower, scene.outline.sentence
        for other in (index + 1, index - 1):
            if not 0 <= other < len(scene.mentions) or scene.cast.of[other] < 0:
                continue
            beside = scene.mentions[other]
            first, second = (mention, beside) if other > index else (beside, mention)
            gap = words[first.last : second.first]
            closed = second.last >= len(words) or words[second.last] in _CLOSE
            is_name = gap in (["is"], ["was"]) and first is mention and lower[first.first] in _POSSESSIVE
            if (
                ((gap == [","] and closed) or is_name)
                and sentence[first.first] == sentence[second.first]
                and scene.cast.entities[scene.cast.of[other]].person
            ):
                return scene.cast.of[other]
        return None

    def phrase(self, index: int) -> str:
        """A noun phrase as a speaker: as printed, without its article."""
        mention = self.scene.mentions[index]
        printed = re.sub(r"\s+", " ", self.scene.outline.text[mention.start : mention.end])
        return re.sub(r"^(?:the|a|an)\s+", "", printed, flags=re.IGNORECASE) or printed
