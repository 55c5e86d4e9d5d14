"""Find the noun phrases and pronouns that can speak: "a spokesman for the ministry", "the report", "he"."""

from __future__ import annotations

from indexer.entities.lexicon import ANY_CUE, PLAIN_CUE, cue_weight
from indexer.entities.mentions import Mention, MentionKind
from indexer.quotations.outline import Outline
from indexer.word_lists import word_list
from search.names.name_words import name_words

_CUE_NOUNS = word_list("cue_nouns")
_DETERMINERS = word_list("determiners")
_FUNCTION_WORDS = word_list("function_words")
_ROLE_NOUNS = word_list("role_nouns")
_ROLES_BEFORE_OF = word_list("roles_before_of")
_AUXILIARIES, _OF_ONE = word_list("auxiliaries"), frozenset({"a", "an", "another", "each", "every", "this"})
_ENDS_OF_ADJECTIVES = tuple(word_list("ends_of_adjectives"))
_ENDS_OF_ADVERBS = tuple(word_list("ends_of_adverbs"))
_WITHIN_BODIES = word_list("words_within_bodies")
_BEFORE_TAILS = word_list("adjectives_before_tails")  # "one Texan close to the council said"
_PHRASE_BOUNDARIES = word_list("noun_phrase_boundaries")
_PRONOUNS, _CONTRACTED_VERBS = word_list("subject_pronouns"), word_list("contracted_verbs")
_POSSESSIVES = word_list("possessive_pronouns")
_QUOTED_PRONOUNS = word_list("object_pronouns")
_REFLEXIVES = word_list("reflexive_pronouns")
INDEFINITE = frozenset({"a", "an", "another", "one"})
_BEHIND_SPEAKERS = word_list("relative_subjects") | word_list("place_prepositions") | {",", ".", ";"}
_ENDS_OF_SPEECH = frozenset(",?!…—–")
_MAX_SAID = 5  # items from the article to its noun, and one: "an angry retired local alderman"
_JOINED_ARTICLES = name_words("articles")
_ADVERBS, _BODIES = word_list("adverbs_before_cues"), word_list("body_nouns")
_TIME_ADVERBS = word_list("adverbs_before_heads")
_TIMES, _BEFORE_TIMES = word_list("nouns_of_time") | word_list("weekdays"), word_list("words_before_times")
_WEEKDAYS = word_list("weekdays")
_TAIL_PREPOSITIONS = word_list("prepositions_after_heads")
POSSESSIVE_MARKS = frozenset(("'s", "’s"))
POSSESSIVE_ENDINGS = POSSESSIVE_MARKS | {"'", "’"}  # those of plurals too
DOMAINS = frozenset({"com", "org", "net", "gov", "ly", "co"})
_VERBS_OF_MANY = frozenset(
    {"say", "argue", "claim", "insist", "maintain", "contend", "believe", "think", "warn", "note"}
)
# A verb in its basic form follows these, and no noun.
_BEFORE_VERBS = (word_list("questioning_auxiliaries") | {"not", "they", "we", "who"}) - {"had", "has", "have"}
_LEAST_ADVERB = 5  # letters: "only", "July", "ally" are none of how
_VERB_WEIGHT = 0.5  # a cue of at least this weight is a verb and stands inside no noun phrase
# Items before a noun's head, and of the "for the ministry" after it. Longer ones are lists or damage, and the bounds keep
# a text of nothing but nouns linear.
MAX_PREMODIFIERS, _MAX_TAIL = 7, 9


def is_capitalised(word: str) -> bool:
    """Return whether a word may be part of a name: a capital, "al-Assad", a handle, a hashtag; "#tag#Word" is a page's markup."""
    if word[0].isupper():
        return True
    if word[0] in "@#":
        return word[1:2].isalpha() and "#" not in word[1:]
    article, _, name = word.partition("-")
    return article in _JOINED_ARTICLES and name[:1].isupper()


def modifies_noun(outline: Outline, k: int, near: int) -> bool:
    """Return whether item k can stand inside a noun phrase before item `near`."""
    if outline.quotation[k] >= 0 or outline.sentence[k] != outline.sentence[near]:
        return False
    word, low = outline.words[k], outline.lower[k]
    if low in POSSESSIVE_MARKS:
        return True
    if not word[0].isalnum() or low in _PHRASE_BOUNDARIES or low in _DETERMINERS or ends_domain(outline, k):
        return False
    return cue_weight(low) < _VERB_WEIGHT and low not in _TIME_ADVERBS


def pronoun_mention(outline: Outline, i: int) -> Mention | None:
    """Return the pronoun at item i as a mention when it can be a source there."""
    low = outline.lower[i]
    if low in _PRONOUNS or (low in _POSSESSIVES and _owns_words(outline, i)) or _is_quoted(outline, i):
        return Mention(MentionKind.PRONOUN, i, i + 1, i, outline.words[i], "", outline.starts[i], outline.ends[i])
    if pronoun := contracted_pronoun(low):
        head, end = outline.words[i][: len(pronoun)], outline.starts[i] + len(pronoun)
        return Mention(MentionKind.PRONOUN, i, i + 1, i, head, "", outline.starts[i], end)
    return None


def contracted_pronoun(word: str) -> str:
    """Return the pronoun in a word of small letters that has a verb in it, too: "they'll", "he’d"; else nothing."""
    if word.isalpha():  # as most words are: each word of a text is asked
        return ""
    for apostrophe in ("'", "’"):
        pronoun, found, verb = word.partition(apostrophe)
        if found and pronoun in _PRONOUNS and verb in _CONTRACTED_VERBS:
            return pronoun
    return ""


def _is_quoted(outline: Outline, i: int) -> bool:
    """Whether him or her is who is quoted: "Ann quotes him as saying"."""
    low = outline.lower
    return (
        low[i] in _QUOTED_PRONOUNS
        and low[i + 1 : i + 2] == ["as"]
        and low[i + 2 : i + 3] != []
        and low[i + 2].endswith("ing")
    )


def _owns_words(outline: Outline, i: int) -> bool:
    """Whether "his" is followed by words, a speech, a tweet: then it names who spoke."""
    return any(outline.lower[k] in _CUE_NOUNS for k in range(i + 1, min(i + 4, len(outline))))


def precedes_cue(outline: Outline, i: int) -> bool:
    """Return whether a reporting verb follows item i at once."""
    return i + 1 < len(outline) and (cue_weight(outline.lower[i + 1]) >= PLAIN_CUE or _reports(outline, i + 1))


def nominal_mention(outline: Outline, i: int) -> Mention | None:
    """Return the noun phrase whose head is item i, if that is a noun that can speak or it is the subject of a cue."""
    low, word = outline.lower[i], outline.words[i]
    if not word[0].isalpha() or low in _FUNCTION_WORDS or low in _PHRASE_BOUNDARIES or low in _REFLEXIVES:
        return None
    if _is_time(outline, i) or (i and ends_domain(outline, i - 1)):  # "Harbour.com reports"
        return None
    role = is_role_noun(outline, i)
    is_subject = precedes_cue(outline, i) and _may_be_subject(low) and not _is_no_subject(outline, i)
    if not role and not is_subject and not is_said_by(outline, i):
        return None
    if (role and (_reports(outline, i) or _is_reported_by_name(outline, i))) or _disagrees(outline, i):
        return None
    if i + 1 < len(outline):
        follows = outline.words[i + 1]
        owner = outline.lower[i + 1] in POSSESSIVE_MARKS and outline.lower[i + 2 : i + 3] != ["words"]
        if (outline.lower[i + 1] in _ROLE_NOUNS and not _reports(outline, i + 1)) or owner:
            return None
        if outline.quotation[i + 1] < 0 and is_capitalised(follows) and outline.lower[i + 1] not in _FUNCTION_WORDS:
            return None  # a title before a name
    return noun_phrase(outline, i, role)


def adjective_mention(outline: Outline, i: int) -> list[Mention]:
    """Return the phrase that an adjective of a people or party at item i ends, "the Texan"; none where it stands before a noun."""
    follows = outline.words[i + 1] if i + 1 < len(outline) else ""
    low = follows.lower()
    is_noun = follows[:1].isalpha() and outline.quotation[i + 1] < 0 and outline.sentence[i + 1] == outline.sentence[i]
    is_noun = is_noun and (follows[0].isupper() or not (low in _FUNCTION_WORDS or low.endswith(("ed", "ly"))))
    is_noun = is_noun and (cue_weight(low) < PLAIN_CUE or low in _ROLE_NOUNS) and low not in _BEFORE_TAILS
    mention = None if is_noun else noun_phrase(outline, i, strict=False)
    return [mention] if mention and outline.lower[mention.first] in _DETERMINERS else []


def is_role_noun(outline: Outline, i: int) -> bool:
    """Return whether item i is a noun that can speak: "spokesman", and "head" before "of"."""
    low = outline.lower[i]
    return low in _ROLE_NOUNS or is_age(low) or (low in _ROLES_BEFORE_OF and outline.lower[i + 1 : i + 2] == ["of"])


def is_said_by(outline: Outline, i: int) -> bool:
    """Return whether item i is a noun right behind a quotation and its verb: "“We go,” said an alderman in Northport"."""
    low, after = outline.lower, outline.lower[i + 1 : i + 2]
    if not after or not (after[0] in _BEHIND_SPEAKERS or after[0] in _TAIL_PREPOSITIONS):
        return False
    at = next((k for k in range(i - 1, max(0, i - _MAX_SAID), -1) if low[k] in INDEFINITE), 0)
    if at < 2 or any(not modifies_noun(outline, k, i) for k in range(at + 1, i)) or cue_weight(low[at - 1]) < PLAIN_CUE:
        return False
    if low[at - 1].endswith("ing"):
        return False
    behind = at - 2 - (outline.words[at - 2] == ",")
    is_noun = _may_be_subject(low[i]) and low[i] not in _FUNCTION_WORDS and low[i] not in _BEFORE_TAILS
    if not is_noun or behind < 0 or outline.quotation[behind] < 0:
        return False
    # Not "calling it “rigged” implies a vast, joint plan": speech ends in a mark.
    return behind < at - 2 or not _ENDS_OF_SPEECH.isdisjoint(
        outline.text[outline.ends[behind] - 2 : outline.ends[behind]]
    )


def is_age(word: str) -> bool:
    """Return whether a word tells somebody by his age: "the 24-year-old"."""
    return word.endswith(("-year-old", "-years-old"))


def _is_no_subject(outline: Outline, i: int) -> bool:
    """Whether a word of no list before a cue is no noun, or the cue no verb: "should really stop accusing", "Lee resumes
    calling", "the convenient cries of".
    """
    if outline.lower[i + 2 : i + 3] == ["of"]:
        return True
    if outline.opens_sentence(i):
        return False
    before, after = outline.lower[i - 1], outline.lower[i + 1]
    if before in _AUXILIARIES or before == "not" or (before.endswith("ly") and len(before) > _LEAST_ADVERB):
        return True
    is_named = is_capitalised(outline.words[i - 1]) and outline.quotation[i - 1] < 0
    return after.endswith("ing") and is_named and outline.lower[i].endswith("s")


def ends_domain(outline: Outline, k: int) -> bool:
    """Return whether item k is the end of an address on the web: the "com" of "Harbour.com"."""
    return (
        outline.lower[k] in DOMAINS and outline.words[k - 1 : k] == ["."] and outline.ends[k - 1] == outline.starts[k]
    )


def _reports(outline: Outline, i: int) -> bool:
    """Whether "reports" at item i is what a noun with an article does: "The station reports: “...”"."""
    low, words = outline.lower, outline.words
    if low[i] != "reports" or i < 2 or i + 1 >= len(outline) or low[i - 2] not in _DETERMINERS:
        return False
    follows = words[i + 1] == ":" or outline.quotation[i + 1] >= 0 or low[i + 1] == "that"
    return follows and words[i - 1].islower() and not low[i - 1].endswith("s")


def _is_reported_by_name(outline: Outline, i: int) -> bool:
    """Whether "reports" at item i is what somebody named does: "From Norvik, the Herald's Ann Lee reports: “...”"."""
    is_introducing = outline.lower[i] == "reports" and outline.words[i + 1 : i + 2] == [":"]
    return is_introducing and i > 0 and outline.quotation[i - 1] < 0 and is_capitalised(outline.words[i - 1])


def _disagrees(outline: Outline, i: int) -> bool:
    """Whether one thing would stand before a verb of many: "to embrace a new agenda say that" is not what an agenda says."""
    if not precedes_cue(outline, i) or outline.lower[i + 1] not in _VERBS_OF_MANY or outline.lower[i].endswith("s"):
        return False
    first = _first_modifier(outline, i)
    return first > 0 and outline.lower[first - 1] in _OF_ONE


def _may_be_subject(low: str) -> bool:
    """Whether a word of no list right before a cue may be its subject: no verb, adjective, adverb, or "hasn’t" with its own mark."""
    plain = low.replace("’", "'")
    if plain.endswith("n't") or low.endswith(_ENDS_OF_ADJECTIVES):
        return False
    if (
        low.endswith("ed") and low not in _ROLE_NOUNS and len(low) > _LEAST_ADVERB
    ):  # "Lee renewed calls", "who is surveyed said"
        return False
    adverb = (low.endswith("ly") and low not in _BODIES) or plain in _ADVERBS or plain in _FUNCTION_WORDS
    return not adverb and cue_weight(low) < ANY_CUE


def noun_phrase(outline: Outline, head: int, strict: bool) -> Mention | None:
    """Return the phrase from its determiner to `head`, with the "for the agency" that follows taken into the printed source."""
    low = outline.lower
    first = _with_joined(outline, _first_modifier(outline, head), head)
    while first < head and low[first] in POSSESSIVE_MARKS:  # of "it's", which is no owner
        first += 1
    if first < head and _is_verb_before(outline, first):
        first += 1
    if (
        first > 0
        and low[first - 1] in _DETERMINERS
        and outline.sentence[first - 1] == outline.sentence[head]
        and not _joins_clause(outline, first - 1, head)
    ):
        first -= 1
    elif first == head and not strict:
        return None
    return phrase_mention(outline, first, head, _tail(outline, head + 1))


def _is_verb_before(outline: Outline, first: int) -> bool:
    """Whether the first word of a phrase is a verb: "who do not hold office", "they run ads", "would harbour workers"."""
    before = outline.lower[first - 1] if first else ""
    return before in _BEFORE_VERBS and outline.words[first].islower()


def _first_modifier(outline: Outline, head: int) -> int:
    """Return the first item of the words before a noun that belong to it, its article apart; `head` where none does."""
    first = head
    while first > 0 and head - first < MAX_PREMODIFIERS and modifies_noun(outline, first - 1, head):
        first -= 1
    return first


def is_plural(noun: str) -> bool:
    """Return whether a noun in small letters ends as those of many do: "officials", not "boss"."""
    return noun.endswith("s") and not noun.endswith("ss")


def _with_joined(outline: Outline, first: int, head: int) -> int:
    """Return where a phrase of many begins with the name before "and": "the Justice and Education departments"."""
    is_many = first < head and outline.words[head].islower() and outline.lower[head].endswith("s")
    if not is_many or first < 2 or outline.lower[first - 1] != "and" or not is_capitalised(outline.words[first]):
        return first
    start = first - 1
    while start > 0 and head - start < MAX_PREMODIFIERS and is_capitalised(outline.words[start - 1]):
        if outline.sentence[start - 1] != outline.sentence[head] or outline.quotation[start - 1] >= 0:
            break
        start -= 1
    return start if start < first - 1 else first


def _joins_clause(outline: Outline, k: int, head: int) -> bool:
    """Whether "that" at item k only opens a clause, as before a plural, a number or a name: "claim that Lee's people say"."""
    low, follows = outline.lower, outline.words[k + 1]
    return low[k] == "that" and (follows[0].isdigit() or follows[0].isupper() or is_plural(low[head]))


def _is_time(outline: Outline, k: int) -> bool:
    """Whether item k is a noun of time; in capitals a weekday is, and what "in" or "last" is before: "Winter said" is somebody."""
    low, word = outline.lower[k], outline.words[k]
    if low not in _TIMES:
        return False
    return word == low or low in _WEEKDAYS or (k > 0 and outline.lower[k - 1] in _BEFORE_TIMES)


def before_time(outline: Outline, end: int) -> int:
    """Return where what stands before item `end` ends without the time at its end: "Lee earlier this week" is "Lee"."""
    k = end
    while k > 0 and _is_time(outline, k - 1) and outline.quotation[k - 1] < 0:
        k -= 1
    while k < end and k > 0 and outline.lower[k - 1] in _BEFORE_TIMES and outline.quotation[k - 1] < 0:
        k -= 1
    return k


def phrase_mention(outline: Outline, first: int, head: int, end: int) -> Mention:
    """Return a noun phrase with its head and what belongs to it up to item `end`."""
    last = end if outline.words[head][0].isupper() else head + 1
    return Mention(
        MentionKind.NOMINAL, first, last, head, outline.words[head], "", outline.starts[first], outline.ends[end - 1]
    )


def _is_verb_behind(outline: Outline, j: int) -> bool:
    """Whether item j is a verb behind a noun: "a group of members visited the port", "a group of experts found that"."""
    low, before = outline.lower, outline.lower[j - 1]
    if j + 1 == len(outline) or before in _TAIL_PREPOSITIONS or before in _DETERMINERS or before == "and":
        return False
    follows = low[j + 1]
    is_cue = cue_weight(low[j]) >= ANY_CUE and low[j] not in _ROLE_NOUNS
    if is_cue and (follows == "that" or outline.quotation[j + 1] >= 0):
        return True
    is_past = outline.words[j] == low[j] and low[j].endswith("ed") and len(low[j]) > _LEAST_ADVERB
    is_followed = follows in _DETERMINERS or follows in _TAIL_PREPOSITIONS or follows in _POSSESSIVES or follows == "to"
    return is_past and is_followed


def _tail(outline: Outline, i: int) -> int:
    """Return where the "for the Justice Department" after a head noun ends; i when there is none."""
    low = outline.lower
    count = len(outline)
    if i >= count or low[i] not in _TAIL_PREPOSITIONS or outline.sentence[i] != outline.sentence[i - 1]:
        return i
    j = i + 1
    while j < count and j - i < _MAX_TAIL and outline.sentence[j] == outline.sentence[i] and outline.quotation[j] < 0:
        word = outline.words[j]
        inner = low[j] in _TAIL_PREPOSITIONS or low[j] in _DETERMINERS or low[j] in POSSESSIVE_MARKS or low[j] == "and"
        if _is_time(outline, j):
            j = max(i, before_time(outline, j + 1))
            break
        is_of_name = word.istitle() and low[j] in _WITHIN_BODIES  # "Doctors Without Borders"
        inner = inner or is_of_name
        if not inner and (not word[0].isalnum() or low[j] in _PHRASE_BOUNDARIES or cue_weight(low[j]) > _VERB_WEIGHT):
            break
        if j > i + 1 and _is_verb_behind(outline, j):
            j -= low[j - 1].endswith("ly")  # "a member of the council publicly referred to"
            break
        j += 1
    if j < count and cue_weight(low[j]) >= ANY_CUE and low[j - 1].endswith(_ENDS_OF_ADVERBS):
        j -= 1  # "members of the council repeatedly said"
    while j > i and (low[j - 1] in _TAIL_PREPOSITIONS or low[j - 1] in _DETERMINERS or low[j - 1] == "and"):
        j -= 1
    return j if j > i + 1 else i
