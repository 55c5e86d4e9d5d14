"""Resolve mentions: say which entity a pronoun or a role stands for, from left to right through a document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.attribution.annotated_document import AnnotatedDocument
from indexer.attribution.attribution_model import AttributionModel
from indexer.attribution.clauses.appositions import apposed_person
from indexer.attribution.clauses.document_owners import DocumentOwners, owned_by_pronoun
from indexer.attribution.clauses.last_subject import is_unnamed_person, last_named_speaker, last_subject, not_meant_by
from indexer.attribution.clauses.named_before import (
    ONLY_ONES,
    holder_named_before,
    holds_another_office,
    is_surely_somebody,
    leads_a_body,
    may_be_he,
    named_before,
)
from indexer.attribution.clauses.party_members import PartyMembers
from indexer.attribution.clauses.plural_subjects import last_body, last_plural_subject, leader_of_company
from indexer.attribution.clauses.subject_phrases import governing_phrase, joined_names, phrase_end, phrase_speaks
from indexer.attribution.features.coreference_features import (
    PRONOUN_GENDERS,
    QuotationsSaid,
    candidate_antecedents,
    coreference_table,
    required_gender,
)  # fmt: skip
from indexer.attribution.features.mention_features import mention_features
from indexer.attribution.tree_ensemble import softmax
from indexer.attribution.vocabulary import AttributionMethod
from indexer.entities.mentions import MentionKind
from indexer.word_lists import phrase_list, word_list
from search.names.given_names import Gender

# Taken off a candidate's score (log odds) before the softmax. Set by hand, since the gold's pronouns were resolved by a
# machine and do not show how seldom they are: people seldom name themselves, and nobody calls himself "the general" or
# puts himself in front as what he speaks of.
_NAMES_ITSELF, _IS_SPOKEN_OF, _IS_ANOTHER = -1.0, -2.0, -4.0
_MAX_READINGS, _MIN_READING = 4, 0.02  # antecedents kept of a pronoun, and how likely they have to be
# Added for whom the "he" before stands for, and for who is named at the last reporting word, when no other subject stands
# between: log odds, set by hand. Of 38 quotations that the second gives to others, read in 1,840 articles, 34 are right.
_SAME_SUBJECT, _SPOKE_LAST = 1.5, 1.0
# Whoever was "she" with such a probability is hardly "he" later: log odds.
_SHOWS_GENDER, _OTHER_GENDER = 0.65, -3.0
# "A ranger tried ... “Q,” he said" is the ranger when nobody named is likelier than this; the first is worth this much.
_UNSURE, _UNNAMED = 0.45, 0.6
_UNNAMED_BACK = 4  # sentences from "the senator" to "another senator"
_ONE_OF_MANY = frozenset(("a", "an", "another", "one"))
_MOST_PRONOUNS = 12  # "he" after "he" that are followed back: no text of pronouns may take long
_SURELY_CARRIED = 0.5  # from here on the ranker is asked first whom "the senator" means, then the sentences before
# How far the rules below can be trusted, where no gold tells: shares of what they find that is right, set by hand.
_APPOSITION, _ONLY_HOLDER, _NEAREST_HOLDER, _LATER_HOLDER = 0.95, 0.8, 0.6, 0.55
_TOGETHER, _CARRIED_ROLE, _RELATIVE, _REFERENCE, _AUTHOR, _OWNER, _DESCRIBED = 0.75, 0.75, 0.85, 0.5, 0.8, 0.9, 0.7
_OF_STATE = 0.95
_CALLED_BACK = 14  # mentions in which somebody else may be called "senator"
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_RELATIVES, _OBJECTS = word_list("relative_subjects"), word_list("object_pronouns")
_ANAPHORIC, _THINGS = word_list("anaphoric_roles"), word_list("things_that_speak")
_RANKS: dict[str, list[str]] = defaultdict(list)
for _rank, _role in phrase_list("modified_roles"):
    _RANKS[_role].append(_rank)


class Antecedent(NamedTuple):
    """What a mention may stand for: an entity (-1 for none), its name, the probability 0 to 1, and how it was found."""

    entity: int
    name: str
    probability: float
    method: AttributionMethod


class CoreferenceResolver:
    """Resolve the mentions of one document from left to right, remembering who has spoken so far.

    Every mention is resolved once, when it is first asked for, so that a later speaker changes no earlier answer.
    """

    def __init__(self, doc: AnnotatedDocument, model: AttributionModel, authors: Sequence[str] = ()) -> None:
        self._doc = doc
        self._model = model
        self._authors = authors
        self._said: dict[int, QuotationsSaid] = {}
        self._last_speaker = -1
        self._resolved: dict[int, list[Antecedent]] = {}
        self._depth = 0
        self._shown: dict[int, Gender] = {}
        self._owners = DocumentOwners(doc)
        self._members = PartyMembers(doc)
        self._holders: dict[str, list[int]] | None = None

    def note_speaker(self, entity: int, number: int) -> None:
        """Remember that the quotation `number` is this entity's; -1 for a speaker without a name."""
        if entity >= 0:
            count = self._said[entity].quotations if entity in self._said else 0
            self._said[entity] = QuotationsSaid(self._doc.item_of_quotation[number], count + 1)
        self._last_speaker = entity

    def resolve(self, index: int, quotation: str = "") -> list[Antecedent]:
        """Return what mention `index` may stand for, likeliest first; the probabilities add up to 1 at most.

        `quotation` are the words between the marks: who is named in them is seldom who says them.
        """
        if index not in self._resolved:
            self._resolved[index] = self._resolve(index, quotation.lower())
        return self._resolved[index]

    def likeliest_name(self, index: int) -> str:
        """Return the name of what mention `index` most likely stands for, else its own words."""
        antecedents = self.resolve(index)
        return antecedents[0].name if antecedents else self._phrase(index)

    def _resolve(self, index: int, quotation: str) -> list[Antecedent]:
        mention, entity = self._doc.mentions[index], self._doc.entity_of[index]
        if entity >= 0:
            return [Antecedent(entity, self._doc.entities[entity].name, 1.0, AttributionMethod.NAME)]
        if mention.kind == MentionKind.NOMINAL:
            return self._resolve_nominal(index)
        low = mention.head.lower()
        if low in PRONOUN_GENDERS:
            nobody = [Antecedent(-1, mention.head, 0.0, AttributionMethod.PRONOUN)]
            return self._resolve_pronoun(index, quotation) or nobody
        if low in _RELATIVES:
            return self._resolve_relative(index)
        if low == "i":
            one = len(self._authors) == 1
            return [Antecedent(-1, self._authors[0], _AUTHOR, AttributionMethod.AUTHOR)] if one else []
        return self._resolve_reference(index)

    def _resolve_pronoun(self, index: int, quotation: str) -> list[Antecedent]:
        """Return the people that "he" or "she" may stand for, by the coreference ranker."""
        candidates = candidate_antecedents(self._doc, index)
        if not candidates:
            return []
        entities = self._doc.entities
        scores = self._scores(index, quotation, candidates)
        topic, subject = self._topic(index), last_subject(self._doc, index)
        same = self._same_as(subject, index) if subject is not None else -1
        spoke = last_named_speaker(self._doc, subject, index) if subject is not None else -1
        others = not_meant_by(self._doc, index)
        is_object = index > 0 and self._doc.mentions[index].head.lower() in _OBJECTS
        for place, (number, _) in enumerate(candidates):
            if number == same:
                scores[place] += _SAME_SUBJECT
            if number == spoke:
                scores[place] += _SPOKE_LAST
            if is_object and self._doc.entity_of[index - 1] == number:  # "Ann quotes her as saying"
                scores[place] += _IS_SPOKEN_OF
            if number in others:
                scores[place] += _IS_ANOTHER
            if self._shown.get(number) == -required_gender(self._doc.mentions[index]):
                scores[place] += _OTHER_GENDER
            if entities[number].key[-1] in quotation:
                scores[place] += _NAMES_ITSELF
            if number == topic or any(f"the {role} " in quotation for role in entities[number].roles):
                scores[place] += _IS_SPOKEN_OF
        chances = zip(softmax(scores).tolist(), candidates, strict=True)
        # What is nobody's name stands in the table alone, so that the others are counted as learned.
        people = [pair for pair in chances if not entities[pair[1][0]].names_nobody]
        known = sum(chance for chance, _ in people)
        # What is hardly somebody's keeps its chance from the others, since who "he" is may not be named at all.
        likely = [(chance / known, pair) for chance, pair in people if may_be_he(self._doc, pair[0])]
        ranked = sorted(likely, key=lambda pair: -pair[0])
        if len(ranked) > 1 and ranked[0][0] > _SHOWS_GENDER:
            self._shown.setdefault(ranked[0][1][0], required_gender(self._doc.mentions[index]))
        is_unsure = not ranked or ranked[0][0] * known < _UNSURE
        if subject is not None and is_unsure and is_unnamed_person(self._doc, subject, index):
            unnamed = self.resolve(subject)[:1]
            if unnamed and unnamed[0].entity < 0:
                return [unnamed[0]._replace(probability=_UNNAMED, method=AttributionMethod.PRONOUN)]
        return [
            Antecedent(number, entities[number].name, probability, AttributionMethod.PRONOUN)
            for probability, (number, _) in ranked[:_MAX_READINGS]
            if probability > _MIN_READING
        ]

    def _scores(self, index: int, quotation: str, candidates: Sequence[tuple[int, int]]) -> npt.NDArray[np.float64]:
        """Return the coreference ranker's score of each candidate: `(candidates,)` float64, log odds."""
        table = coreference_table(self._doc, index, quotation, candidates, self._said, self._last_speaker)
        return self._model.coreference.scores(table)

    def _same_as(self, subject: int, pronoun: int) -> int:
        """Return the entity that the same pronoun before, or a role, stands for; -1 where the last subject is another or not known."""
        mention, other, sentence = self._doc.mentions[subject], self._doc.mentions[pronoun], self._doc.outline.sentence
        is_earlier_role = mention.kind == MentionKind.NOMINAL and sentence[mention.first] < sentence[other.first]
        # Not the general in "But he accused the general", nor in "The general, he added, was late".
        is_role = is_earlier_role and mention_features(self._doc, subject).opens_sentence
        if not (is_role or required_gender(mention) == required_gender(other)) or self._depth >= _MOST_PRONOUNS:
            return -1
        self._depth += 1
        antecedents = self.resolve(subject)
        self._depth -= 1
        return antecedents[0].entity if antecedents else -1

    def _topic(self, index: int) -> int | None:
        """Return whom the speech goes on about when its clause is put into it: "The general, he added, 'did not'"."""
        doc, mention = self._doc, self._doc.mentions[index]
        outline = doc.outline
        if index == 0 or doc.mentions[index - 1].last != mention.first - 1 or outline.words[mention.first - 1] != ",":
            return None
        before = doc.mentions[index - 1]
        opens = before.first == 0 or outline.sentence[before.first - 1] != outline.sentence[before.first]
        ahead = outline.quotation[mention.last + 1 : mention.last + 5]
        if not opens or all(number < 0 for number in ahead):
            return None
        antecedents = self.resolve(index - 1)
        return antecedents[0].entity if antecedents and antecedents[0].entity >= 0 else None

    def _resolve_relative(self, index: int) -> list[Antecedent]:
        """Return what stands right before "who" or "which"."""
        doc = self._doc
        sentence = doc.outline.sentence[doc.mentions[index].first]
        for before in range(index - 1, max(-1, index - 4), -1):
            mention = doc.mentions[before]
            if doc.outline.sentence[mention.first] != sentence:
                break
            if mention.kind != MentionKind.PRONOUN:
                return [
                    each._replace(probability=_RELATIVE * each.probability, method=AttributionMethod.RELATIVE)
                    for each in self.resolve(governing_phrase(doc, before))
                ]
        return []

    def _resolve_reference(self, index: int) -> list[Antecedent]:
        """Return the body, the paper or the group that "it", "they" or "we" stands for: the last one, subjects first."""
        doc = self._doc
        together = last_plural_subject(doc, index) if doc.mentions[index].head.lower() == "they" else ()
        if len(together) > 1:
            name = joined_names([doc.entities[doc.entity_of[each]].name for each in together])
            return [Antecedent(-1, name, _TOGETHER, AttributionMethod.REFERENCE)]
        if together and self._depth < _MOST_PRONOUNS:
            self._depth += 1
            goes_on = self.resolve(together[0])
            self._depth -= 1
            return goes_on
        best = last_body(doc, index)
        if best is None:
            return []
        return [
            each._replace(probability=_REFERENCE * each.probability, method=AttributionMethod.REFERENCE)
            for each in self.resolve(best)[:1]
        ]

    def _resolve_nominal(self, index: int) -> list[Antecedent]:
        """Return the person whose title "the minister" is, when the document names one near enough, and the words."""
        his = self.resolve(index - 1) if index and owned_by_pronoun(self._doc, index) else []
        if his and his[0].entity >= 0:  # "his statement" is his
            return his
        phrase = self._phrase(index)
        leader = leader_of_company(self._doc, index)
        owner = self._owners.owner(index) if leader is None else leader
        holder = (owner, _OWNER) if owner is not None else self._holder(index)
        if holder is None:
            return [Antecedent(-1, phrase, 1.0, AttributionMethod.ROLE)]
        entity, probability = holder
        return [
            Antecedent(entity, self._doc.entities[entity].name, probability, AttributionMethod.ROLE),
            Antecedent(-1, phrase, 1.0 - probability, AttributionMethod.ROLE),
        ]

    def _holder(self, index: int) -> tuple[int, float] | None:
        """Return the entity that a definite phrase stands for and the probability of it; None when it is nobody's."""
        doc = self._doc
        mention = doc.mentions[index]
        apposed = apposed_person(doc, index)
        if apposed is not None:
            return apposed, _APPOSITION
        opening = doc.outline.lower[mention.first]
        definite = opening in ("the", "this") or (mention.first == mention.core and mention.head[0].isupper())
        head = mention.head.lower()
        if not definite or self._goes_on_unnamed(index):
            return None
        state = self._members.state_of_phrase(index)
        described = holder_named_before(doc, index, self._last_speaker)
        if described is not None and self._is_another(index, described):
            described = None
        member = self._members.member(state, index) if state is not None else None
        # Who has just been spoken of, and may be of that state, comes before somebody who is named elsewhere in the text.
        if member is not None and (described in (None, member) or member in named_before(doc, index)):
            return member, _OF_STATE
        if state is not None and described is not None and self._goes_on(index, described):
            return described, _DESCRIBED
        if head.endswith("s") or head in _THINGS:
            return None if described is None else (described, _DESCRIBED)
        holders = [
            number
            for number, _ in candidate_antecedents(doc, index)
            if head in doc.entities[number].roles
            and doc.entities[number].person
            and not self._is_another(index, number)
        ]
        if holders:
            return holders[0], _ONLY_HOLDER if len(holders) == 1 else _NEAREST_HOLDER
        later = [number for number in self._holders_of(head) if not self._is_another(index, number)]
        if len(later) == 1:
            return later[0], _LATER_HOLDER
        if any(word in ("'s", "’s") for word in doc.outline.lower[mention.first : mention.core]):
            return None  # "the Federation's secretary" is somebody who is not spoken of yet
        goes_on = head in ONLY_ONES and described == self._last_speaker
        carried = self._carried_role(index) if head in _ANAPHORIC and not goes_on else None
        if carried is not None and (described is None or carried[1] > _SURELY_CARRIED):
            return carried
        return None if described is None else (described, _DESCRIBED)

    def _goes_on(self, index: int, entity: int) -> bool:
        """Whether "the Ohio Republican" is who has just spoken, or "the Ohio governor" somebody just spoken of."""
        is_office = not self._members.is_member(index) and is_surely_somebody(self._doc, entity)
        return is_office or entity == self._last_speaker

    def _goes_on_unnamed(self, index: int) -> bool:
        """Whether a phrase means somebody whom the sentences before leave unnamed: "another senator, who asked ... the senator"."""
        doc, mention = self._doc, self._doc.mentions[index]
        head, sentence = mention.head.lower(), doc.outline.sentence[mention.first]
        if mention.core - mention.first != 1 or head in ONLY_ONES:  # "the Ohio senator" may be somebody else
            return False
        for before in range(index - 1, max(-1, index - _CALLED_BACK), -1):
            earlier, entity = doc.mentions[before], doc.entity_of[before]
            is_called = entity >= 0 and head in doc.entities[entity].roles
            if is_called or sentence - doc.outline.sentence[earlier.first] > _UNNAMED_BACK:
                return False
            if earlier.kind == MentionKind.NOMINAL and earlier.head.lower() == head:
                is_new = doc.outline.lower[earlier.first] in _ONE_OF_MANY and phrase_speaks(doc, before)
                return is_new and self.resolve(before)[0].entity < 0
        return False

    def _holders_of(self, role: str) -> list[int]:
        """Return the people of the whole document who hold a role; listed once, when first asked for."""
        if self._holders is None:
            self._holders = defaultdict(list)
            for number, entity in enumerate(self._doc.entities):
                for held in entity.roles if entity.person else ():
                    self._holders[held].append(number)
        return self._holders.get(role, [])

    def _is_another(self, index: int, entity: int) -> bool:
        """Whether one of the entity and the phrase is a prime minister and the other a plain one, or of another state or body."""
        if self._is_elsewhere(index, entity):
            return True
        head = self._doc.mentions[index].head.lower()
        if entity != self._last_speaker and leads_a_body(self._doc.entities[entity], head):
            return True
        if head not in _RANKS:
            return False
        phrase = self._phrase(index).lower()
        role = (self._doc.entities[entity].role or "").lower()
        titles = [f"{rank} {head}" for rank in _RANKS[head]]
        return head in role and any((title in role) != (title in phrase) for title in titles)

    def _is_elsewhere(self, index: int, entity: int) -> bool:
        """Whether the phrase is of a state, and the entity is said to be of another: "the Ohio Republican" is nobody of Utah."""
        state = self._members.state_of_phrase(index)
        is_elsewhere = state is not None and self._members.is_elsewhere(entity, state)
        return is_elsewhere or self._members.is_of_another_party(entity, index)

    def _carried_role(self, index: int) -> tuple[int, float] | None:
        """Return whom "the senator" means when nobody was called one: the person that "he" would mean there."""
        doc = self._doc
        inside = self._named_inside(index)
        is_former = "former" in doc.outline.lower[doc.mentions[index].first : doc.mentions[index].core]
        candidates = [
            pair
            for pair in candidate_antecedents(doc, index)
            if doc.entities[pair[0]].person and pair[0] not in inside and not self._is_elsewhere(index, pair[0])
        ]
        role = doc.mentions[index].head.lower()
        allowed = [
            place
            for place, (number, _) in enumerate(candidates)
            if is_surely_somebody(doc, number) and (is_former or not holds_another_office(doc.entities[number], role))
        ]
        if not allowed:
            return None
        probabilities = softmax(self._scores(index, "", candidates)).tolist()
        best = max(allowed, key=lambda place: probabilities[place])
        is_another = self._is_another(index, candidates[best][0])
        return None if is_another else (candidates[best][0], _CARRIED_ROLE * probabilities[best])

    def _named_inside(self, index: int) -> set[int]:
        """Return the entities named within a phrase: "the minister of Veldania" is not Veldania."""
        doc, end = self._doc, phrase_end(self._doc, index)
        following = range(index + 1, len(doc.mentions))
        return {doc.entity_of[k] for k in takewhile(lambda k: doc.mentions[k].first < end, following)}

    def _phrase(self, index: int) -> str:
        """Return a noun phrase as a speaker: as printed, without its article."""
        mention = self._doc.mentions[index]
        printed = re.sub(r"\s+", " ", self._doc.outline.text[mention.start : mention.end])
        return _ARTICLE.sub("", printed) or printed
