"""Find whose words a document is: "a Justice Department statement", "the statement" that a ministry issued before."""

from __future__ import annotations

from indexer.attribution.annotated_document import AnnotatedDocument
from indexer.attribution.clauses.clause_subjects import is_governed, mention_before
from indexer.attribution.clauses.named_before import is_party
from indexer.attribution.clauses.subject_phrases import first_word_before, phrase_end
from indexer.entities.entities import initials, name_key
from indexer.entities.mentions import MentionKind
from indexer.word_lists import word_list

_MENTIONS_BACK, _SENTENCES_BACK = 16, 3  # from "the statement" to where it is given out
_TO_GIVEN, _TO_VERB = 8, 3  # items from whoever issued a statement to it, and to the verb
_DOCUMENTS, _ARTICLES = word_list("document_nouns"), word_list("articles")
_HIS, _WITHIN = frozenset(("his", "her")), ("in", "on")
_ROLES, _GIVING = word_list("role_nouns"), word_list("giving_verbs")


class DocumentOwners:
    """Tell the owners of one text's documents; the names are folded once, when they are first asked for."""

    def __init__(self, doc: AnnotatedDocument) -> None:
        self._doc = doc
        self._by_key: dict[tuple[str, ...], int] | None = None

    def owner(self, index: int) -> int | None:
        """Return the entity whose words the document of mention `index` is; None where it is no document, or nobody's."""
        if self._doc.mentions[index].head.lower() not in _DOCUMENTS:
            return None
        named = self._named_owner(index)
        return self._owner_before(index) if named is None else named

    def _named_owner(self, index: int) -> int | None:
        """Return whose words "a Justice Department statement", "Lee’s letter" or "a note from the ministry" are, if named."""
        doc, mention = self._doc, self._doc.mentions[index]
        lower, head = doc.outline.lower, mention.core
        end = phrase_end(doc, index)
        before = lower[mention.first : head]
        after = lower[head + 2 : end] if lower[head + 1 : head + 2] in (["from"], ["by"]) else []
        by_key = self._entities_by_key()
        for words in (before, after):
            kept = [word for word in words if word not in _ARTICLES and word not in ("'s", "’s")]
            for start in range(len(kept)):
                for stop in range(len(kept), start, -1):
                    number = by_key.get(tuple(kept[start:stop]))
                    # Neither "Senate committee report" nor "the 1978 Surveillance Act".
                    if number is not None and _ROLES.isdisjoint(kept[stop:]) and not self._is_document(number):
                        return number
        return None

    def _owner_before(self, index: int) -> int | None:
        """Return whose "the statement" is where the sentences before have it given out: "the council issued a statement"."""
        doc, mention = self._doc, self._doc.mentions[index]
        head, sentences = mention.head.lower(), doc.outline.sentence
        if mention.core - mention.first != 1 or doc.outline.lower[mention.first] != "the":
            return None
        for before in range(index - 1, max(-1, index - _MENTIONS_BACK), -1):
            earlier = doc.mentions[before]
            if sentences[mention.first] - sentences[earlier.first] > _SENTENCES_BACK:
                return None
            if earlier.kind != MentionKind.NOMINAL or earlier.head.lower() != head:
                continue
            owner = self._named_owner(before)
            if owner is not None or doc.outline.lower[earlier.first] != "the":
                return self._giver(before) if owner is None else owner
        return None

    def _giver(self, document: int) -> int | None:
        """Return who gives out the document of a mention: "Ann Lee issued a statement", "Ann Lee said in a statement"."""
        doc, first = self._doc, self._doc.mentions[document].first
        giver = next((k for k in range(document - 1, max(-1, document - 3), -1) if doc.entity_of[k] >= 0), None)
        if giver is None or is_party(doc.entities[doc.entity_of[giver]]):
            return None
        mention = doc.mentions[giver]
        if first_word_before(doc, giver) == "in":  # "the Embassy in Norvik said in a statement"
            return None
        verb = doc.outline.lower[mention.last : mention.last + _TO_VERB]
        near = first - mention.last <= _TO_GIVEN and doc.outline.sentence[mention.first] == doc.outline.sentence[first]
        return doc.entity_of[giver] if near and not _GIVING.isdisjoint(verb) else None

    def _is_document(self, entity: int) -> bool:
        return self._doc.entities[entity].key[-1] in _DOCUMENTS

    def _entities_by_key(self) -> dict[tuple[str, ...], int]:
        """Return the entities by the folded words of their names: full, people's last alone, bodies' initials."""
        if self._by_key is None:
            numbered = list(enumerate(self._doc.entities))
            self._by_key = {each.key[-1:]: number for number, each in numbered if each.person}
            bodies = [(number, each) for number, each in numbered if not each.person and len(each.key) > 1]
            self._by_key |= {(initials(each.key),): number for number, each in bodies}
            self._by_key |= {each.key: number for number, each in numbered}
            for mention, number in zip(self._doc.mentions, self._doc.entity_of, strict=True):
                if number >= 0:  # "the Times", where the Harbour Times is named
                    self._by_key.setdefault(name_key(mention.head), number)
        return self._by_key


def owned_by_pronoun(doc: AnnotatedDocument, index: int) -> bool:
    """Return whether a mention is a document of whom the pronoun before it stands for: "his statement"."""
    mention, before = doc.mentions[index], doc.mentions[index - 1]
    is_owner = before.kind == MentionKind.PRONOUN and before.first == mention.first
    return is_owner and mention.head.lower() in _DOCUMENTS and before.head.lower() in _HIS


def who_states(doc: AnnotatedDocument, index: int) -> int:
    """Return the speaker within the document of a mention: the council in "the council in a statement said"; else the mention itself."""
    mention, lower = doc.mentions[index], doc.outline.lower
    is_within = mention.first > 1 and lower[mention.first - 1] in _WITHIN and lower[mention.first] in _ARTICLES
    if not is_within or mention.kind != MentionKind.NOMINAL or mention.head.lower() not in _DOCUMENTS:
        return index
    speaker = mention_before(doc, mention.first - 1)
    is_subject = speaker is not None and not is_governed(doc, doc.mentions[speaker])
    return speaker if speaker is not None and is_subject else index
