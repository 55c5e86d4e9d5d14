"""Tell marks around what something is called from marks around speech: titles, nicknames, terms, answers on a ballot, laws."""

from __future__ import annotations

from bisect import bisect_left

from indexer.attribution.annotated_document import NEAREST_CUE, AnnotatedDocument
from indexer.entities.mentions import MentionKind
from indexer.entities.noun_phrases import POSSESSIVE_MARKS
from indexer.word_lists import word_list

# Who quotes a sentence "called it", who names a thing uses few words; longer ones are left to the learned score.
_MOST_WORDS_OF_A_NAME, _MOST_WORDS_OF_A_TITLE = 6, 16
_MOST_WORDS_OF_A_SHOW, _LEAST_WORDS_OF_A_TITLE = 6, 2
_WORK_REACH, _CUE_REACH = 10, 3  # items before the marks in which a work is named, and no reporting word
_AGENT_REACH = 4  # items after the marks in which "by" shows who called it so
_CLAUSE_REACH = 8  # items before "called" in which "what" or "that" makes it a clause with a subject of its own
_BEFORE_TERMS = word_list("words_before_terms")
_TITLED, _NAMED_AS, _NAMED = word_list("titling_words"), word_list("words_before_as"), word_list("naming_participles")
_PASSIVE, _TERMS, _USING = word_list("passive_auxiliaries"), word_list("term_nouns"), word_list("using_verbs")
_ANSWERS, _BALLOTS = word_list("ballot_answers"), word_list("ballot_nouns")
_TITLE_VERBS, _ENDS_OF_SPEECH = word_list("verbs_after_titles"), frozenset(",.!?…")
_COPULAS, _ARTICLES = word_list("copulas_after_terms"), word_list("articles_after_copulas")
_OPENERS, _WORKS = word_list("openers_of_noun_phrases"), word_list("works")
_LAWS, _DOCUMENTS = word_list("law_nouns"), word_list("document_nouns")
_PEOPLE, _INDEFINITE = word_list("role_nouns") - _DOCUMENTS, ("a", "an")
_RELATIVES, _FUNCTION_WORDS = word_list("relative_subjects"), word_list("function_words")
_MEDIA, _BROADCASTERS = word_list("media_words"), word_list("broadcasters")
_OWNERS = word_list("possessive_determiners").union(POSSESSIVE_MARKS)


def names_thing(doc: AnnotatedDocument, number: int) -> bool:
    """Return whether the words beside outermost quotation `number` say that its marks stand around a name or a term.

    "a film titled “Q”", "the so-called “Q”", "known as “Q”", "was dubbed “Q”", "the term “Q”", "a “no” vote".
    """
    at = doc.item_of_quotation.get(number)
    if at is None:
        return False
    quotation = doc.quotations[number]
    words = doc.outline.text[quotation.start : quotation.end].split()
    if len(words) > _MOST_WORDS_OF_A_TITLE:
        return False
    if _is_ballot_answer(doc, at, words) or _is_law_text(doc, at) or _is_subject(doc, at):
        return True
    if _is_show(doc, at, words) or _is_work(doc, at, words):
        return True
    if len(words) == 1 and _is_adjective(doc, at):
        return True
    k = _item_before(doc, at)
    if k is None:
        return False
    low = doc.outline.lower
    word, before = low[k], low[k - 1] if k else ""
    if word in _TITLED:
        return True
    if len(words) > _MOST_WORDS_OF_A_NAME:
        return False
    if word == "as" and before in _NAMED_AS:
        return True
    if word in _TERMS:
        return not _is_used(doc, k)
    return word in _NAMED and (before == "so" or _is_passive(doc, k, at))


def _item_before(doc: AnnotatedDocument, at: int) -> int | None:
    """Return the item before a quotation in its sentence, past one mark and one article."""
    outline, k = doc.outline, at - 1
    k -= k >= 0 and outline.words[k] in (",", ":")
    k -= k >= 0 and outline.lower[k] in _BEFORE_TERMS
    same = k >= 0 and outline.sentence[k] == outline.sentence[at] and outline.quotation[k] < 0
    return k if same else None


def _is_passive(doc: AnnotatedDocument, k: int, at: int) -> bool:
    """Whether the participle at item k has no subject who calls it so: "was dubbed", "a blog called", and no "by" after it."""
    outline, low = doc.outline, doc.outline.lower
    if "by" in low[at + 1 : at + 1 + _AGENT_REACH]:  # "was dubbed “Q” by Ann"
        return False
    j = k - 1
    while j > 0 and low[j].endswith("ly"):
        j -= 1
    if j < 0 or outline.sentence[j] != outline.sentence[k]:
        return False
    if low[j] in _PASSIVE:
        return True
    is_noun = outline.words[j][0].isalpha() and outline.words[j][0].islower()
    start = max(0, j - _CLAUSE_REACH)
    clause = (low[i] for i in range(start, j) if outline.sentence[i] == outline.sentence[k])
    speaks = low[j] in _PEOPLE or (low[j] in _DOCUMENTS and not any(word in _INDEFINITE for word in low[j - 3 : j]))
    return (
        is_noun
        and not speaks
        and low[j] not in _FUNCTION_WORDS
        and not _ends_mention(doc, j)
        and not any(word in _RELATIVES or word == "what" for word in clause)
    )


def _ends_mention(doc: AnnotatedDocument, item: int) -> bool:
    """Whether a name or a pronoun ends at an item: who calls something so."""
    index = bisect_left(doc.mention_starts, item + 1) - 1
    return index >= 0 and doc.mentions[index].last == item + 1 and doc.mentions[index].kind != MentionKind.NOMINAL


def _is_used(doc: AnnotatedDocument, k: int) -> bool:
    """Whether somebody says the term at item k: "Ann used the word", "her phrase"; then it is quoted from her."""
    outline = doc.outline
    first = max(0, k - _CLAUSE_REACH)
    same = [i for i in range(first, k) if outline.sentence[i] == outline.sentence[k]]
    owned = any(outline.lower[i] in _OWNERS for i in same[-2:])
    return owned or any(outline.lower[i] in _USING for i in same)


def _is_ballot_answer(doc: AnnotatedDocument, at: int, words: list[str]) -> bool:
    """Whether the words are what is voted for: "a “no” vote"."""
    follows = doc.outline.lower[at + 1 : at + 2]
    return len(words) == 1 and words[0].strip(".,").lower() in _ANSWERS and follows != [] and follows[0] in _BALLOTS


def _is_subject(doc: AnnotatedDocument, at: int) -> bool:
    """Whether the stretch opens its sentence as what is spoken of: "“Northland” tells the story of", "“Q” is a truth"."""
    outline, low = doc.outline, doc.outline.lower
    opens = outline.opens_sentence(at)
    if not opens or at + 2 >= len(low) or outline.text[outline.ends[at] - 2 : outline.ends[at] - 1] in _ENDS_OF_SPEECH:
        return False
    return low[at + 1] in _TITLE_VERBS or (low[at + 1] in _COPULAS and low[at + 2] in _ARTICLES)


def _is_adjective(doc: AnnotatedDocument, at: int) -> bool:
    """Whether a noun phrase is complete without the word at item `at`: "the court’s four “liberal” justices"."""
    low = doc.outline.lower
    if doc.outline.opens_sentence(at) or at + 1 >= len(low):
        return False
    is_noun = low[at + 1][0].isalpha() and low[at + 1] not in _FUNCTION_WORDS and doc.cue_weights[at + 1] < NEAREST_CUE
    return low[at - 1] in _OPENERS and is_noun


def _is_show(doc: AnnotatedDocument, at: int, words: list[str]) -> bool:
    """Whether a few capitalised words are a broadcast: "told CNN’s “Q”", "on “Fox & Friends”"."""
    if at < 2 or len(words) > _MOST_WORDS_OF_A_SHOW or not _is_title_case(words):
        return False
    low, capital = doc.outline.lower, words[0][0].isupper()
    owned = low[at - 1] in POSSESSIVE_MARKS and low[at - 2] in _MEDIA and doc.outline.words[at - 2][0].isupper()
    has_outlet = len(words) > 1 and any(word.strip(",.").lower() in _BROADCASTERS for word in words)
    return capital and (owned or has_outlet)


def _is_work(doc: AnnotatedDocument, at: int, words: list[str]) -> bool:
    """Whether capitalised words stand at a work as its title: "the novel “Q”", "a book on the great flood, “Q”,"."""
    outline, k = doc.outline, at - 1
    if k < 0 or len(words) < _LEAST_WORDS_OF_A_TITLE or not words[0][0].isupper() or not _is_title_case(words):
        return False
    if outline.lower[k] in _WORKS:
        return True
    same = [i for i in range(max(0, k - _WORK_REACH), k) if outline.sentence[i] == outline.sentence[at]]
    return (
        outline.words[k] == ","
        and any(outline.lower[i] in _WORKS for i in same)
        and all(doc.cue_weights[i] < NEAREST_CUE for i in same[-_CUE_REACH:])
    )


def _is_title_case(words: list[str]) -> bool:
    """Whether all but the function words begin with a capital."""
    return all(word[0].isupper() for word in words if word[0].isalpha() and word.lower() not in _FUNCTION_WORDS)


def _is_law_text(doc: AnnotatedDocument, at: int) -> bool:
    """Whether a law's words stand as its own: "the First Amendment is “Q”", "the Constitution’s “Q”"; not "the law says “Q”"."""
    outline, k = doc.outline, at - 1
    if k < 1 or outline.sentence[k - 1] != outline.sentence[at]:
        return False
    linked = outline.lower[k] in _PASSIVE or outline.lower[k] in POSSESSIVE_MARKS
    return linked and outline.lower[k - 1] in _LAWS and outline.words[k - 1][0].isupper()
