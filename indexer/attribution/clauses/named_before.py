"""Find who or what a role noun means that nobody was called: the only fitting name in the two sentences before."""

from __future__ import annotations

import re

from indexer.attribution.annotated_document import AnnotatedDocument
from indexer.attribution.clauses.last_subject import fits_gender, last_subject
from indexer.attribution.features.mention_features import FollowingWord, PrecedingWord, mention_features
from indexer.entities.mentions import Entity
from indexer.entities.noun_phrases import is_age
from indexer.word_lists import joined_phrases, word_list
from search.names.given_names import is_first_name

_MENTIONS_BACK, _SENTENCES_BACK = 16, 2
_DESCRIBING, _ANAPHORIC, _BODIES = word_list("describing_roles"), word_list("anaphoric_roles"), word_list("body_nouns")
_OFFICES = word_list("offices_of_one")
_MEMBERS, _BESIDE_OFFICES = word_list("party_members"), word_list("roles_beside_offices")
_MEDIA_NOUNS, _MEDIA_BODIES, _MEDIA_WORDS = (
    word_list("media_nouns"),
    word_list("media_bodies"),
    word_list("media_words"),
)
_PLACES = joined_phrases("places")
ONLY_ONES = frozenset(("president", "pope", "king", "queen"))  # of whom there is one in a text
_PARTY = re.compile("[A-Z]-[A-Z]")  # "R-Ohio" behind a name
_CUE, _SAID = float(FollowingWord.CUE), float(PrecedingWord.CUE)


def holder_named_before(doc: AnnotatedDocument, index: int, last_speaker: int) -> int | None:
    """Return the entity that "the Alabama conservative" or "the company" means, if the sentences before leave one only.

    last_speaker  the entity that said the quotation before, or -1
    """
    head = doc.mentions[index].head
    if head.lower() in _BODIES:
        return _body(doc, index)
    # "The Scientist" is a magazine.
    if head in _DESCRIBING or head.lower() in _ANAPHORIC or is_age(head):
        return _person(doc, index, last_speaker)
    return None


def may_be_called(entity: Entity, role: str) -> bool:
    """Return whether "the senator" may be somebody whom the text calls otherwise: a leader, but not a general."""
    return role in _MEMBERS or role in entity.roles or entity.roles <= _BESIDE_OFFICES


def holds_another_office(entity: Entity, role: str) -> bool:
    """Return whether the text gives somebody an office, and not the one that is asked after: the senator is not the president."""
    return role in _OFFICES and role not in entity.roles and not _OFFICES.isdisjoint(entity.roles)


def leads_a_body(entity: Entity, role: str) -> bool:
    """Return whether the text calls somebody the president of something, which is not "the president" of the country."""
    printed = (entity.role or "").lower()
    return (
        role in ONLY_ONES
        and f"{role} of " in printed
        and printed.rpartition(" of ")[2].removeprefix("the ") not in _PLACES
    )


def is_surely_somebody(doc: AnnotatedDocument, number: int) -> bool:
    """Return whether a title, a role, a first name or its own words show that an entity is a person; "Memorial Day" may be taken for one."""
    entity = doc.entities[number]
    shown = entity.titled or entity.roles or entity.gender or is_first_name(entity.key[0]) or doc.cue_counts[number] > 0
    return entity.person and bool(shown)


def may_be_he(doc: AnnotatedDocument, number: int) -> bool:
    """Return whether "he" or "she" may be an entity: no word alone that nothing shows to be somebody and that does nothing,
    as "Northport"; "Lee openly dodged it" shows Lee.
    """
    entity = doc.entities[number]
    if entity.names_nobody or len(entity.key) > 1 or is_surely_somebody(doc, number):
        return not entity.names_nobody
    lasts = [doc.mentions[each].last for each in entity.mentions[:_MENTIONS_BACK]]
    follows = [doc.outline.lower[last : last + 2] for last in lasts]
    return any(words and words[words[0].endswith("ly") and len(words) > 1].endswith("ed") for words in follows)


def named_before(doc: AnnotatedDocument, index: int) -> list[int]:
    """Return the entities that are named in the two sentences before a phrase or before it in its own, latest first."""
    sentence = doc.outline.sentence[doc.mentions[index].first]
    named: dict[int, None] = {}
    for before in range(index - 1, max(-1, index - _MENTIONS_BACK), -1):
        if sentence - doc.outline.sentence[doc.mentions[before].first] > _SENTENCES_BACK:
            break
        if doc.entity_of[before] >= 0:
            named.setdefault(doc.entity_of[before])
    return list(named)


def _person(doc: AnnotatedDocument, index: int, last_speaker: int) -> int | None:
    """Return the last subject, else the only person named, else who spoke last, where the phrase is a subject itself."""
    counted = mention_features(doc, index)
    if not (counted.opens_sentence or counted.following_word == _CUE or counted.preceding_word == _SAID):
        return None
    noun, entities = doc.mentions[index].head.lower(), doc.entities
    if noun in ONLY_ONES and last_speaker >= 0 and _may_be_the_one(entities[last_speaker], noun):
        return last_speaker
    people = [n for n in named_before(doc, index) if entities[n].person and fits_gender(noun, entities[n].gender)]
    if noun in _ANAPHORIC:  # "the minister" is not General Brekk
        people = [n for n in people if may_be_called(entities[n], noun)]
    subject = last_subject(doc, index)
    last = doc.entity_of[subject] if subject is not None else -1
    if last in people:
        return last
    if noun in _ANAPHORIC:  # where the sentences leave several, whoever has another role is less likely
        people = [n for n in people if not entities[n].roles or noun in entities[n].roles]
    if len(people) == 1 and (people[0] == last_speaker or len(entities[people[0]].key) > 1):
        return people[0]
    return last_speaker if subject is None and last_speaker in people else None


def _may_be_the_one(entity: Entity, noun: str) -> bool:
    """Whether "the president" may be who has spoken last, whom the text calls nothing: he is named here and there, but not beside it."""
    fits = entity.person and fits_gender(noun, entity.gender)
    return fits and (noun in entity.roles or not entity.roles)


def _body(doc: AnnotatedDocument, index: int) -> int | None:
    """Return the body that has the noun in its name, else the last subject, else the only body named."""
    entities, head = doc.entities, doc.mentions[index].head.lower()
    named = [n for n in named_before(doc, index) if not _is_place(entities[n]) and not is_party(entities[n])]
    media = [n for n in named if not _MEDIA_WORDS.isdisjoint(entities[n].key)]
    bodies = [n for n in named if not entities[n].person]
    called = [n for n in bodies if head in entities[n].key]
    if called:  # "the World Bank", "the bank"
        return called[0]
    if head in _MEDIA_NOUNS - _MEDIA_BODIES:
        return media[0] if len(media) == 1 else None
    if head not in _MEDIA_BODIES:
        bodies = [n for n in bodies if n not in media]
    subject = last_subject(doc, index)
    last = doc.entity_of[subject] if subject is not None else -1
    if last in named and last not in bodies and last not in media and _may_be_body(entities[last]):
        return last  # "Apple" alone is taken for a surname
    return bodies[0] if len(bodies) == 1 else None


def is_party(entity: Entity) -> bool:
    """Return whether a name is the party and state behind somebody's: "R-Ohio"."""
    return bool(_PARTY.match(entity.name))


def _is_place(entity: Entity) -> bool:
    """Whether a name that is no person's is a place's."""
    return entity.place or " ".join(entity.key) in _PLACES


def _may_be_body(entity: Entity) -> bool:
    """Whether nothing shows that a name of one word is a person's."""
    return len(entity.key) == 1 and not (entity.titled or entity.roles or entity.gender)
