"""Tell what a document calls somebody: the title before a name, or the apposition beside it.

What merely stands there is none: "In a statement, Lee said", "Lee, polls show", "the memo Lee wrote", "Roe threatened
journalist Lee", of which the role is "journalist".
"""

from __future__ import annotations

import re
from bisect import bisect_left

from indexer.entities.lexicon import PLAIN_CUE, cue_weight
from indexer.entities.mentions import Mention
from indexer.entities.noun_phrases import is_capitalised, is_plural, is_role_noun
from indexer.entities.ordinary_words import ordinary_words
from indexer.quotations.outline import Outline
from indexer.word_lists import word_list

_FUNCTION_WORDS, _DETERMINERS = word_list("function_words"), word_list("determiners")
_PREPOSITIONS = word_list("prepositions")
_DOCUMENTS, _UNNAMED = word_list("document_nouns"), word_list("roles_of_nobody")
_SITES = frozenset({"blog", "site", "website"})  # of these a body may be one
_NO_PERSONS = _DOCUMENTS | word_list("things_that_speak") | word_list("collective_nouns")
_NO_BODIES, _OPENING_WORDS = _DOCUMENTS - _SITES, _FUNCTION_WORDS - _DETERMINERS
_TITLES_OF_MANY = frozenset({"gens", "govs", "reps", "sens"})
_PLAIN_TITLES = word_list("plain_titles")
_ROLE_NOUNS, _TITLE_MODIFIERS = word_list("role_nouns"), word_list("title_modifiers")
_ROLE_PARTICIPLES, _IRREGULAR_VERBS = word_list("participles_in_roles"), word_list("verbs_before_roles")
_NO_NOUNS = _FUNCTION_WORDS | _IRREGULAR_VERBS | word_list("noun_phrase_boundaries") | {"emeritus", "emerita"}
_WEEKDAYS, _MARKS_WITHIN = word_list("weekdays"), frozenset({"'s", "’s", "&", "-", "/", ",", "."})
_LEADING_ARTICLE = re.compile(r"^(?:the|a|an|his|her|its|their)\s+", re.IGNORECASE)
_LEAST_PARTICIPLE = 5  # letters: "red" and "king" are none
_BARE, _MOST_NOUNS = 2, 4  # words of a phrase that says nothing more: "innocent man"; nouns behind its head
_MOST_BEFORE, _MOST_OPENING = 6, 20  # items that are taken in before a title; of what a sentence opens with


def title_as_role(outline: Outline, first: int, core: int, *, free: int, is_person: bool) -> str:
    """Return the role in the items first..core before a name, as printed; "" for none.

    Capitals that belong to it are taken in from item `free` on, where the name before it ends: "South" of "South Korean President".
    """
    low, words = outline.lower, outline.words
    start = first
    for k in range(first, core):
        is_part = outline.quotation[k] < 0 and (words[k][0].isalnum() or low[k] in _MARKS_WITHIN)
        is_part = is_part and low[k] not in _WEEKDAYS and not low[k].endswith(("n't", "n’t"))
        # "In another tweet President Lee wrote"
        is_other = low[k] == words[k] and low[k] in _DOCUMENTS and is_capitalised(words[k + 1])
        if not is_part or is_other or (k < core - 1 and _is_verb(outline, k)):
            start = k + 1
    if start == first:
        start = _with_capitals(outline, first, free)
    while start < core and (low[start] in _DETERMINERS or low[start] == "and" or not words[start][0].isalnum()):
        start += 1
    if start == core:
        return ""
    head = low[core - 1].rstrip(".")
    if words[core - 1].islower():
        is_none = head in _UNNAMED or (head in _ROLE_NOUNS and is_plural(head))
        if is_none or head in (_NO_PERSONS if is_person else _NO_BODIES):
            return ""
    if head in _PLAIN_TITLES and low[core - 2] == "and" and core - 2 > start:  # "President and Mrs. Lee"
        return ""
    role = " ".join(outline.text[outline.starts[start] : outline.ends[core - 1]].split()).strip(" ,")
    return f"{role.rstrip('.')[:-1]}." if head in _TITLES_OF_MANY else role  # "Sens. Lee and Roe"


def _is_verb(outline: Outline, k: int) -> bool:
    """Whether item k, before a title, is the verb of a clause: "Lee even challenged candidate Roe", "Fearing President Lee"."""
    word, low = outline.words[k], outline.lower[k]
    opens = outline.opens_sentence(k)
    if word != low and not (opens and low.endswith("ing")):
        return False
    if low in _IRREGULAR_VERBS:
        return True
    if len(low) < _LEAST_PARTICIPLE or "-" in low or low in _ROLE_PARTICIPLES or low in _ROLE_NOUNS:
        return False
    if not (low.endswith("ing") or (low.endswith("ed") and not low.endswith("eed"))):
        return False
    if opens:
        return low.endswith("ing")
    before = outline.lower[k - 1]
    if before in _DETERMINERS or before.endswith("ly"):
        return False
    if not before[0].isalnum():
        return low.endswith("ing") or outline.quotation[k - 1] >= 0
    return low.endswith("ing") or before not in _PREPOSITIONS


def _with_capitals(outline: Outline, first: int, free: int) -> int:
    """Return where a title begins with the capitals before it: "South", "President and"."""
    low, words, start = outline.lower, outline.words, first
    if not is_capitalised(words[first]):
        return first
    k = first - 1
    while k >= max(free, first - _MOST_BEFORE) and outline.sentence[k] == outline.sentence[first]:
        if outline.quotation[k] >= 0 or not words[k][0].isalpha():
            break
        if is_capitalised(words[k]) and low[k] not in _FUNCTION_WORDS:
            if outline.opens_sentence(k) and low[k] not in _TITLE_MODIFIERS and low[k] in ordinary_words():
                break
            start = k
        elif low[k] != "and" or start != k + 1:
            break
        k -= 1
    return start


def apposition_as_role(outline: Outline, nominal: Mention, name: Mention, *, is_person: bool) -> str:
    """Return the role that a noun phrase beside a name, with a comma between, says of it; "" where it says something else."""
    head = _last_noun(outline, nominal.core)
    low, is_small = outline.lower[head], outline.words[head].islower()
    if not is_role_noun(outline, head) or (is_small and is_plural(low)) or _goes_on(outline, head + 1):
        return ""
    phrase = _LEADING_ARTICLE.sub("", outline.text[nominal.start : max(outline.ends[head], _end_of(outline, nominal))])
    if low in (_NO_PERSONS if is_person else _NO_BODIES) or (low in _UNNAMED and len(phrase.split()) <= _BARE):
        return ""
    if nominal.first < name.first and _is_in_opening(outline, nominal, name):
        return ""
    return phrase


def _last_noun(outline: Outline, head: int) -> int:
    """Return the item of the last noun that a phrase goes on with, one that can speak: "director" of "deputy press director"."""
    last = k = head
    while k + 1 < len(outline) and k - head < _MOST_NOUNS and _is_noun(outline, k + 1):
        k += 1
        last = k if is_role_noun(outline, k) else last
    return last


def _is_noun(outline: Outline, k: int) -> bool:
    """Whether item k may be a noun inside a phrase: a word in small letters, none that ends a phrase and no participle."""
    low, word = outline.lower[k], outline.words[k]
    if outline.sentence[k] != outline.sentence[k - 1] or outline.quotation[k] >= 0 or not word.isalpha() or word != low:
        return False
    is_verb = cue_weight(low) >= PLAIN_CUE or low.endswith(("ing", "ed", "ly"))
    return not (is_verb or low in _NO_NOUNS)


def _goes_on(outline: Outline, k: int) -> bool:
    """Whether item k is one more noun, "a policy specialist", or what others say: "Lee, many people say"."""
    if k >= len(outline) or outline.sentence[k] != outline.sentence[k - 1] or outline.quotation[k] >= 0:
        return False
    is_said = cue_weight(outline.lower[k]) >= PLAIN_CUE
    is_said = is_said and outline.lower[k + 1 : k + 2] != ["with"]  # "the official charged with the port"
    return is_said or _is_noun(outline, k)


def _is_in_opening(outline: Outline, nominal: Mention, name: Mention) -> bool:
    """Whether a phrase before a name ends what the sentence opens with: "In a statement to its chair, Lee said"."""
    is_closed = name.last >= len(outline) or not outline.words[name.last][0].isalpha()
    begins = bisect_left(outline.sentence, outline.sentence[nominal.first])
    opening = max(begins, nominal.first - _MOST_OPENING)
    return not is_closed and outline.lower[opening] in _OPENING_WORDS


def _end_of(outline: Outline, nominal: Mention) -> int:
    """Return where a phrase ends without the verb behind its last name: "a spokesman for Mr. Lee refused"."""
    k = nominal.core + 2
    while k < len(outline) and outline.starts[k] < nominal.end:
        if outline.lower[k].endswith("ed") and outline.words[k].islower() and outline.words[k - 1][0].isupper():
            return outline.ends[k - 1]
        k += 1
    return nominal.end
