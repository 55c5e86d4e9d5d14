"""Count what the coreference ranker reads: the numbers of a pronoun and each entity that it may stand for.

Candidates are the entities named last before the pronoun; each is described by how it was mentioned, how much it is
talked about, and whether it said the quotations before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.attribution.annotated_document import NEAREST_CUE, AnnotatedDocument
from indexer.attribution.features.mention_features import FollowingWord, mention_features
from indexer.entities.mentions import Mention, MentionKind
from indexer.word_lists import word_list
from search.names.given_names import Gender, first_name_gender

PRONOUN_GENDERS = {
    "he": Gender.MALE, "his": Gender.MALE, "him": Gender.MALE, "she": Gender.FEMALE, "her": Gender.FEMALE,
}  # fmt: skip
# Codes, not an order, as the model was learned; 7 is any other mention.
_PRONOUN_CODES = {"he": 1.0, "his": 1.0, "she": 2.0, "her": 2.0, "they": 3.0, "it": 4.0, "i": 5.0, "we": 6.0}
_OTHER_MENTION = 7.0
_MAX_ANTECEDENTS = 12  # entities
_MENTIONS_BACK = 160  # mentions looked through for them, which keeps a text of nothing but pronouns linear
_PRONOUNS_BACK = 40  # mentions looked through for pronouns of the same gender
_NEAR_MENTIONS = 12  # mentions before the pronoun in which an entity's mentions count as near
_FAR_ITEMS = 250.0
_MENTIONS_COUNTED = 6  # the last mentions of an entity whose uses are counted


_Column = Sequence[float]
_POSSESSIVE = float(FollowingWord.POSSESSIVE)
_PLACE_PREPOSITIONS = word_list("place_prepositions")


class QuotationsSaid(NamedTuple):
    """What an entity has said so far: the item of its last quotation, and how many it has had."""

    last_item: int
    quotations: int


class CoreferenceFeatures(NamedTuple):
    """The numbers of a pronoun (or "the senator") and its antecedents; one column a feature, gaps are items of the outline.

    "antecedent_..." and the unmarked ones are of the entity's last mention before the pronoun or of the entity itself;
    "fits" means that gender and person agree. `rank` counts antecedents that are nearer, `fitting_rank` those that fit
    (-1 for one that does not fit). The shares are of the entity's last mentions before.
    """

    items_between: _Column
    sentences_apart: _Column
    paragraphs_apart: _Column
    rank: _Column
    fitting_rank: _Column
    people_between: _Column
    pronouns_between: _Column
    names_between: _Column
    antecedent_preceding_word: _Column
    antecedent_following_word: _Column
    antecedent_first_in_sentence: _Column
    antecedent_opens_sentence: _Column
    antecedent_opens_paragraph: _Column
    antecedent_possessive: _Column
    antecedent_in_headline: _Column
    gender: _Column
    person_evidence: _Column
    mentions_before: _Column
    mentions_in_all: _Column
    mentions_near: _Column
    share_of_mentions: _Column
    in_title: _Column
    name_words: _Column
    cue_count: _Column
    said_last_quotation: _Column
    items_since_its_quotation: _Column
    quotations_said: _Column
    named_in_quotation: _Column
    named_after: _Column
    same_sentence: _Column
    pronoun: _Column
    pronoun_opens_paragraph: _Column
    pronoun_opens_sentence: _Column
    first_of_its_paragraph: _Column
    has_that_role: _Column
    nearest_that_fits: _Column
    antecedent_cue_after: _Column
    antecedent_cue_before: _Column
    antecedent_has_title: _Column
    antecedent_words: _Column
    mentioned_once: _Column
    has_role: _Column
    gender_agrees: _Column
    first_name_known: _Column
    subject_share: _Column
    place_share: _Column


def required_gender(mention: Mention) -> Gender:
    """Return the gender of whoever the mention stands for, as far as the pronoun shows it."""
    if mention.kind != MentionKind.PRONOUN:
        return Gender.UNKNOWN
    return PRONOUN_GENDERS.get(mention.head.lower(), Gender.UNKNOWN)


def candidate_antecedents(doc: AnnotatedDocument, index: int) -> list[tuple[int, int]]:
    """Return the entities named before mention `index`, nearest first, each with its last mention there.

    Entities of the other gender, and bodies where a person is meant, are left out: 17% of the canonical names that the
    ranker was learned from are wrong, and these are where it would learn to repeat them.
    """
    candidates: list[tuple[int, int]] = []
    seen: set[int] = set()
    wanted = required_gender(doc.mentions[index])
    for before in range(index - 1, max(-1, index - _MENTIONS_BACK), -1):
        number = doc.entity_of[before]
        if number < 0 or number in seen:
            continue
        seen.add(number)
        entity = doc.entities[number]
        if wanted and (entity.gender == -wanted or not entity.person):
            continue
        candidates.append((number, before))
        if len(candidates) == _MAX_ANTECEDENTS:
            break
    return candidates


def coreference_table(
    doc: AnnotatedDocument,
    index: int,
    quotation: str,
    candidates: Sequence[tuple[int, int]],
    said: Mapping[int, QuotationsSaid],
    last_speaker: int,
) -> npt.NDArray[np.float32]:
    """Return the numbers of mention `index` and each of its `candidate_antecedents`, of which there must be one at least.

    `(candidates, len(CoreferenceFeatures._fields))` float32.

    quotation     the words between the marks, lower-case: people seldom name themselves
    said          what each entity that has spoken has said so far
    last_speaker  the entity that said the quotation before, or -1
    """
    columns = _columns(doc, index, quotation, candidates, said, last_speaker)
    return np.array(columns, np.float32).T


def _columns(
    doc: AnnotatedDocument,
    index: int,
    quotation: str,
    candidates: Sequence[tuple[int, int]],
    said: Mapping[int, QuotationsSaid],
    last_speaker: int,
) -> CoreferenceFeatures:
    outline, mention, count = doc.outline, doc.mentions[index], len(candidates)
    at, head, wanted = mention.first, mention.head.lower(), required_gender(mention)
    sentence, paragraph = outline.sentence[at], outline.paragraph[at]
    numbers = [number for number, _ in candidates]
    entities = [doc.entities[number] for number in numbers]
    antecedents = [doc.mentions[before] for _, before in candidates]
    counted = [mention_features(doc, before) for _, before in candidates]
    past = [said.get(number) for number in numbers]
    uses = [_uses(doc, number, index) for number in numbers]
    fits = [(not wanted or e.gender in (Gender.UNKNOWN, wanted)) and (e.person or not wanted) for e in entities]
    fitting = list(accumulate(fits, initial=0))
    earlier = [bisect_left(entity.mentions, index) for entity in entities]
    near = max(0, index - _NEAR_MENTIONS)
    people_mentions = sum(len(entity.mentions) for entity in entities if entity.person) or 1
    named_after, pronouns = _named_after(doc, index), _pronouns_before(doc, index, wanted)
    return CoreferenceFeatures(
        items_between=[min(_FAR_ITEMS, at - each.last) for each in antecedents],
        sentences_apart=[min(20, sentence - outline.sentence[each.first]) for each in antecedents],
        paragraphs_apart=[min(12, paragraph - outline.paragraph[each.first]) for each in antecedents],
        rank=range(count),
        fitting_rank=[rank if fit else -1 for rank, fit in zip(fitting, fits, strict=False)],
        people_between=list(accumulate((entity.person for entity in entities[:-1]), initial=0)),
        pronouns_between=[sum(item > each.first for item in pronouns) for each in antecedents],
        names_between=[doc.names_before[index] - doc.names_before[before] - 1 for _, before in candidates],
        antecedent_preceding_word=[each.preceding_word for each in counted],
        antecedent_following_word=[each.following_word for each in counted],
        antecedent_first_in_sentence=[each.first_in_sentence for each in counted],
        antecedent_opens_sentence=[each.opens_sentence for each in counted],
        antecedent_opens_paragraph=[each.opens_paragraph for each in counted],
        antecedent_possessive=[each.following_word == _POSSESSIVE for each in counted],
        antecedent_in_headline=[each.in_headline for each in counted],
        gender=[0 if wanted else entity.gender for entity in entities],
        person_evidence=[entity.person + entity.titled for entity in entities],
        mentions_before=[min(20, each) for each in earlier],
        mentions_in_all=[min(30, len(entity.mentions)) for entity in entities],
        mentions_near=[n - bisect_left(e.mentions, near) for n, e in zip(earlier, entities, strict=True)],
        share_of_mentions=[len(entity.mentions) / people_mentions for entity in entities],
        in_title=[entity.key[-1] in doc.title_words for entity in entities],
        name_words=[len(entity.key) for entity in entities],
        cue_count=[min(9.0, doc.cue_counts[number]) for number in numbers],
        said_last_quotation=[number == last_speaker for number in numbers],
        items_since_its_quotation=[min(_FAR_ITEMS, at - each.last_item) if each else _FAR_ITEMS for each in past],
        quotations_said=[min(9, each.quotations) if each else 0 for each in past],
        named_in_quotation=[entity.key[-1] in quotation for entity in entities],
        named_after=[number in named_after for number in numbers],
        same_sentence=[outline.sentence[each.first] == sentence for each in antecedents],
        pronoun=[_PRONOUN_CODES.get(head, _OTHER_MENTION)] * count,
        pronoun_opens_paragraph=[doc.paragraph_first[paragraph] == at] * count,
        pronoun_opens_sentence=[at == 0 or outline.sentence[at - 1] != sentence] * count,
        first_of_its_paragraph=[
            _is_first_of_paragraph(doc, number, each) for number, each in zip(numbers, antecedents, strict=True)
        ],
        has_that_role=[head in entity.roles for entity in entities],
        nearest_that_fits=[fit and rank == 0 for rank, fit in zip(fitting, fits, strict=False)],
        antecedent_cue_after=[each.cue_after_gap for each in counted],
        antecedent_cue_before=[each.cue_before_gap for each in counted],
        antecedent_has_title=[bool(each.title) for each in antecedents],
        antecedent_words=[min(3, each.last - each.core) for each in antecedents],
        mentioned_once=[each == 1 for each in earlier],
        has_role=[entity.role is not None for entity in entities],
        gender_agrees=[bool(wanted) and entity.gender == wanted for entity in entities],
        first_name_known=[len(e.key) > 1 and first_name_gender(e.key[0]) != Gender.UNKNOWN for e in entities],
        subject_share=[each.subjects for each in uses],
        place_share=[each.places for each in uses],
    )


class _Uses(NamedTuple):
    """The shares of an entity's last mentions that come first in a sentence or stand before a cue, and that stand after "in"."""

    subjects: float
    places: float


def _uses(doc: AnnotatedDocument, entity: int, before: int) -> _Uses:
    """Return how the last mentions of an entity before mention `before` are used."""
    mentions, outline = doc.entities[entity].mentions, doc.outline
    end = bisect_left(mentions, before)
    numbers = mentions[max(0, end - _MENTIONS_COUNTED) : end]
    subjects = sum(
        number == 0
        or outline.sentence[doc.mentions[number - 1].first] != outline.sentence[doc.mentions[number].first]
        or (doc.mentions[number].last < len(outline) and doc.cue_weights[doc.mentions[number].last] >= NEAREST_CUE)
        for number in numbers
    )
    counted = [doc.mentions[number] for number in numbers]
    places = sum(each.first > 0 and outline.lower[each.first - 1] in _PLACE_PREPOSITIONS for each in counted)
    return _Uses(subjects / (len(counted) or 1), places / (len(counted) or 1))


def _named_after(doc: AnnotatedDocument, index: int) -> set[int]:
    """Return the entities that the next three mentions name in the same sentence."""
    sentences, mentions = doc.outline.sentence, doc.mentions
    sentence = sentences[mentions[index].first]
    return {
        doc.entity_of[k]
        for k in range(index + 1, min(index + 4, len(mentions)))
        if doc.entity_of[k] >= 0 and sentences[mentions[k].first] == sentence
    }


def _pronouns_before(doc: AnnotatedDocument, index: int, wanted: Gender) -> list[int]:
    """Return the items of the pronouns of the same gender among the mentions before."""
    if not wanted:
        return []
    before = (doc.mentions[k] for k in range(max(0, index - _PRONOUNS_BACK), index))
    return [each.first for each in before if each.kind == MentionKind.PRONOUN and required_gender(each) == wanted]


def _is_first_of_paragraph(doc: AnnotatedDocument, number: int, antecedent: Mention) -> bool:
    """Whether the paragraph of its last mention names this entity first."""
    first = doc.paragraph_first[doc.outline.paragraph[antecedent.first]]
    index = bisect_left(doc.mention_starts, first)
    while index < len(doc.mentions) and doc.entity_of[index] < 0 and doc.mentions[index].first <= antecedent.first:
        index += 1
    return index < len(doc.mentions) and doc.entity_of[index] == number
