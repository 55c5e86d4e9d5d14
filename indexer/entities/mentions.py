"""Who could have spoken: the names, "the ..." phrases and pronouns that stand outside the quotations.

Names are runs of capitals with the titles before them taken off; noun phrases end in a noun that can speak (a
spokesman, a report); pronouns are listed. Positions are items of the `Outline`; printed spans are code points.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from indexer.entities.lexicon import cue_weight, words
from indexer.quotations.outline import Outline

CUE_NOUNS = words("cue_nouns")
DETERMINERS = words("determiners")
FIRST_NAMES = words("male") | words("female")
FUNCTION = words("function")
ORG_WORDS = words("org_words")
PARTICLES = words("particles")
ROLE_NOUNS = words("role_nouns")
STOP_NP = words("stop_np")
SUFFIXES = words("suffixes")
TITLE_MODIFIERS = words("title_modifiers")
TITLES = words("titles")

_TITLE_WORDS = ROLE_NOUNS | TITLES | TITLE_MODIFIERS

MentionKind = Literal["name", "nominal", "pronoun"]

PRONOUNS = frozenset(("he", "she", "they", "i", "we", "it", "who", "which", "you"))
_OWNED = frozenset(("his", "her", "their", "its"))
_JOINING = frozenset(("of", "for", "&", "and"))
_OF_HEADS = frozenset(
    "secretary minister director president department ministry university bank house council court chief office bureau"
    " league friends daughters sons doctors citizens institute school college chamber committee commander"
    " attorney board association organization union republic islamic city state".split()
)
_ADVERBS = frozenset("often then later once always sometimes soon twice first ago back together too".split())
_TAIL_PREPOSITIONS = frozenset(("of", "for", "at", "from", "with", "in", "on"))
_AFTER_NAMES = frozenset(
    (",", ":", "(", "-", "--", "—", "–", "and", "who", "also", "is", "was", "had", "has", "will", "would")
)
HONORIFICS = frozenset(("mr", "mrs", "ms", "miss", "dr", "sen", "rep", "gov"))


@dataclass(frozen=True, slots=True)
class Mention:
    """One possible source.

    first..last  its items in the outline, titles and modifiers included; `core` is where the name or head noun begins
    head         the name without titles, the head noun, or the pronoun, as printed
    title        what stands before a name ("Foreign Minister"), or ""
    start..end   the printed source, code points
    """

    kind: MentionKind
    first: int
    last: int
    core: int
    head: str
    title: str
    start: int
    end: int


def find_mentions(outline: Outline) -> list[Mention]:
    """All possible sources outside quotations, in order."""
    found: list[Mention] = []
    headlines = _headline_paragraphs(outline)
    known = {low for low, word in zip(outline.lower, outline.words, strict=True) if word == low and word[0].isalpha()}
    inner = _inner_capitals(outline)
    cues = {low for low in known if cue_weight(low) >= 0.9}
    i, count, words_, lower = 0, len(outline), outline.words, outline.lower
    while i < count:
        low = lower[i]
        if not words_[i][0].isalpha() and words_[i][0] not in "@#0123456789":
            i += 1
            continue
        end = _run(outline, i, headlines, known) if words_[i] != low or low[0] in "@#" else i
        if end > i:
            if end - i > 1 or words_[i] in inner or not _merely_first(outline, i):
                found.extend(_names(outline, i, end))
            i = end
            continue
        mention = None
        if low in PRONOUNS or low in _OWNED or low == "him":
            mention = _pronoun(outline, i)
        elif low in ROLE_NOUNS or (i + 1 < count and lower[i + 1] in cues):
            mention = _nominal(outline, i)
        if mention:
            found.append(mention)
        i += 1
    return _shorten(outline, found, headlines)


def _inner_capitals(outline: Outline) -> set[str]:
    """The capitalised words that stand inside a sentence somewhere: these are names indeed."""
    sentence, quote = outline.sentence, outline.quote
    return {
        word
        for i, word in enumerate(outline.words)
        if i and word[0].isupper() and sentence[i] == sentence[i - 1] and quote[i - 1] < 0
    }


def _merely_first(outline: Outline, i: int) -> bool:
    """Whether a lone capitalised word only begins its sentence: no first name, and nothing like a verb after it."""
    if not _sentence_start(outline, i) or outline.lower[i] in FIRST_NAMES or outline.words[i].isupper():
        return False
    after = outline.lower[i + 1] if i + 1 < len(outline) else ""
    return cue_weight(after) < 0.3 and after not in _AFTER_NAMES and not after.endswith(("ed", "s", "ly"))


def _shorten(outline: Outline, found: list[Mention], headlines: frozenset[int]) -> list[Mention]:
    """Cut what follows a known name in a headline: "Ann Lee Speaks" is Ann Lee when the text says so."""
    if not headlines:
        return found
    body = {m.head.lower() for m in found if m.kind == "name" and outline.paragraph[m.first] not in headlines}
    out = []
    for mention in found:
        if mention.kind == "name" and outline.paragraph[mention.first] in headlines:
            for last in range(mention.last - 1, mention.core, -1):
                head = outline.text[outline.starts[mention.core] : outline.ends[last - 1]]
                if head.lower() in body and mention.head.lower() not in body:
                    out.append(replace(mention, last=last, head=head, end=outline.ends[last - 1]))
                    break
            else:
                out.append(mention)
        else:
            out.append(mention)
    return out


def _headline_paragraphs(outline: Outline) -> frozenset[int]:
    """Paragraphs whose words mostly begin with capitals: there a capital does not show a name."""
    found = []
    at, count = 0, len(outline)
    while at < count:
        paragraph = outline.paragraph[at]
        end = bisect_right(outline.paragraph, paragraph, at)
        if 3 <= end - at <= 60 and _all_capitals(outline, at, end):
            found.append(paragraph)
        at = end
    return frozenset(found)


def _all_capitals(outline: Outline, first: int, last: int) -> bool:
    """Whether most longer words of a paragraph begin with a capital, and it does not introduce a quotation."""
    introduces = any(outline.quote[k] >= 0 and outline.words[k - 1] == ":" for k in range(first + 1, last))
    longer = [word for word in outline.words[first:last] if len(word) > 3 and word[0].isalpha()]
    return not introduces and 3 <= len(longer) <= 30 and sum(word[0].isupper() for word in longer) >= 0.7 * len(longer)


def _is_capital(word: str) -> bool:
    return word[0].isupper() or (word[0] in "@#" and word[1:2].isalpha())


def _sentence_start(outline: Outline, i: int) -> bool:
    return i == 0 or outline.sentence[i] != outline.sentence[i - 1] or outline.quote[i - 1] >= 0


def _run(outline: Outline, i: int, headlines: frozenset[int], known: set[str]) -> int:
    """The end of the run of name words that begins at item i; i itself when none does."""
    word, low = outline.words[i], outline.lower[i]
    if not _is_capital(word) or low in FUNCTION or low in PRONOUNS or low in _OWNED:
        return i
    headline = outline.paragraph[i] in headlines
    if (headline or _sentence_start(outline, i)) and _common(low, known):
        return i
    count, j = len(outline), i + 1
    while j < count and outline.paragraph[j] == outline.paragraph[i] and j - i < 14:
        word, low = outline.words[j], outline.lower[j]
        follows = outline.words[j + 1] if j + 1 < count else ""
        if outline.quote[j] >= 0:
            short = outline.ends[j] - outline.starts[j] <= 14
            if not (short and follows and _is_capital(follows) and outline.ends[j] + 1 == outline.starts[j + 1]):
                break
        elif low in FUNCTION and not (low in _JOINING and follows and _is_capital(follows)):
            break
        elif low in _JOINING:
            if not (_joins(outline, i, j) and follows and _is_capital(follows)):
                break
        elif _is_capital(word):
            if headline and (_common(low, known) or cue_weight(low) > 0.3):
                break
        elif low in SUFFIXES:
            pass
        elif not (low in PARTICLES and follows and _is_capital(follows)):
            break
        j += 1
    while j > i + 1 and (outline.lower[j - 1] in _JOINING or outline.lower[j - 1] in PARTICLES):
        j -= 1
    return j


def _common(low: str, known: set[str]) -> bool:
    """Whether a capitalised word is an ordinary word that merely begins a sentence or stands in a headline."""
    if low.endswith("ly") and low not in FIRST_NAMES and len(low) > 4:
        return True
    return low in known or low in STOP_NP or (cue_weight(low) > 0.3 and low not in ("read", "text"))


def _joins(outline: Outline, i: int, j: int) -> bool:
    """Whether "of", "for", "and" at item j belongs inside a name: "Secretary of State", not "Obama and Clinton"."""
    low = outline.lower[j]
    if low == "&":
        return True
    heads = any(outline.lower[k] in _OF_HEADS for k in range(i, j))
    return heads and (low in ("of", "for") or any(outline.lower[k] in _JOINING for k in range(i, j)))


def _names(outline: Outline, first: int, last: int) -> Iterator[Mention]:
    """The name in a run of capitals, its titles apart; nothing when the run is a bare title."""
    low = outline.lower
    core = _core(outline, first, last)
    if core >= last or _is_modifier(outline, last):
        return
    office = next((k for k in range(first, last - 2) if low[k + 1] == "of" and low[k] in TITLES), None)
    if office is not None and core == first:  # "Deputy Minister of International Affairs"
        yield _phrase(outline, first, office, last)
        return
    if _bare_title(outline, first, last):
        determiner = first > 0 and low[first - 1] in DETERMINERS
        mention = _noun_phrase(outline, last - 1, determiner) if determiner or _before_cue(outline, last - 1) else None
        if mention:
            yield mention
        return
    first = _with_lower_titles(outline, first)
    text = outline.text
    head = " ".join(text[outline.starts[core] : outline.ends[last - 1]].split())
    title = " ".join(text[outline.starts[first] : outline.starts[core]].split()).strip(" ,")
    yield Mention("name", first, last, core, head, title, outline.starts[first], outline.ends[last - 1])


def _bare_title(outline: Outline, first: int, last: int) -> bool:
    """Whether a run of capitals is a title without a name: "Foreign Minister", "President"."""
    low = outline.lower
    ends = low[last - 1] in TITLES or low[last - 1] in ROLE_NOUNS
    return ends and low[last - 1] not in ORG_WORDS and all(low[k] in _TITLE_WORDS for k in range(first, last))


def _is_modifier(outline: Outline, last: int) -> bool:
    """Whether a run of capitals only modifies the noun after it: "the New York businessman", "a Homeland Security memo"."""
    k = last
    while k < min(last + 3, len(outline)) and outline.quote[k] < 0 and outline.words[k][0].islower():
        low = outline.lower[k]
        if low in FUNCTION or cue_weight(low) >= 0.3 or not (low in ROLE_NOUNS or low in TITLE_MODIFIERS):
            break
        k += 1
    if k == last or outline.lower[k - 1] not in ROLE_NOUNS:
        return False
    return not (k < len(outline) and outline.quote[k] < 0 and _is_capital(outline.words[k]))


def _core(outline: Outline, first: int, last: int) -> int:
    """Where the name proper begins in a run: after the last title, when a name is left."""
    low = outline.lower
    titles, organisations = TITLES, ORG_WORDS
    if low[first].rstrip(".") in HONORIFICS and last - first >= 2:
        follows = low[first + 1].rstrip(".")
        if last - first == 2 or follows not in titles:
            return first + 1
    for k in range(last - 2, first - 1, -1):
        word = low[k].rstrip(".")
        if word in titles:
            rest = [low[n].rstrip(".") for n in range(k + 1, last)]
            if rest[0] in _JOINING or all(r in SUFFIXES or r in organisations for r in rest):
                break
            if len(rest) == 1 and rest[0] in titles | TITLE_MODIFIERS:
                break
            if rest[-1] in organisations and word not in ("mr", "mrs", "ms", "dr", "sen", "rep", "gov"):
                break
            return k + 1
    named = FIRST_NAMES
    for k in range(first, last - 2):
        if low[k] not in TITLE_MODIFIERS:
            break
        if low[k + 1] in named:
            return k + 1
    return first


def _with_lower_titles(outline: Outline, first: int) -> int:
    """Take in the lower-case title right before a name: "foreign ministry spokesman Saeed ..."."""
    low = outline.lower
    k = first - 1
    if k < 0 or outline.quote[k] >= 0 or outline.paragraph[k] != outline.paragraph[first]:
        return first
    if low[k].rstrip(".") not in TITLES and low[k] not in ROLE_NOUNS:
        return first
    while k > 0 and first - k < 7 and _modifies(outline, k - 1, first):
        k -= 1
    return k


def _modifies(outline: Outline, k: int, near: int) -> bool:
    """Whether item k can stand inside a noun phrase before item `near`."""
    if outline.quote[k] >= 0 or outline.sentence[k] != outline.sentence[near]:
        return False
    word, low = outline.words[k], outline.lower[k]
    if low in ("'s", "’s"):
        return True
    if not word[0].isalnum() or low in STOP_NP or low in DETERMINERS:
        return False
    return cue_weight(low) < 0.5 and low not in ("also", "still", "then", "later")


def _pronoun(outline: Outline, i: int) -> Mention | None:
    low = outline.lower[i]
    if low in PRONOUNS or (low in _OWNED and _owns_words(outline, i)) or _is_quoted(outline, i):
        return Mention("pronoun", i, i + 1, i, outline.words[i], "", outline.starts[i], outline.ends[i])
    return None


def _is_quoted(outline: Outline, i: int) -> bool:
    """Whether him or her is who is quoted: "Ann quotes him as saying"."""
    low = outline.lower
    return (
        low[i] in ("him", "her")
        and low[i + 1 : i + 2] == ["as"]
        and low[i + 2 : i + 3] != []
        and low[i + 2].endswith("ing")
    )


def _owns_words(outline: Outline, i: int) -> bool:
    """Whether "his" is followed by words, a speech, a tweet: then it names who spoke."""
    return any(outline.lower[k] in CUE_NOUNS for k in range(i + 1, min(i + 4, len(outline))))


def _before_cue(outline: Outline, i: int) -> bool:
    """Whether a reporting verb follows item i at once."""
    return i + 1 < len(outline) and cue_weight(outline.lower[i + 1]) >= 0.9


def _nominal(outline: Outline, i: int) -> Mention | None:
    """The noun phrase whose head is item i, if that is a noun that can speak or it is the subject of a cue."""
    low, word = outline.lower[i], outline.words[i]
    if not word[0].isalpha() or low in FUNCTION or low in STOP_NP:
        return None
    role = low in ROLE_NOUNS
    if not role and not (
        _before_cue(outline, i) and cue_weight(low) < 0.3 and not low.endswith("ly") and low not in _ADVERBS
    ):
        return None
    if i + 1 < len(outline):
        follows = outline.words[i + 1]
        owner = outline.lower[i + 1] in ("'s", "’s") and outline.lower[i + 2 : i + 3] != ["words"]
        if outline.lower[i + 1] in ROLE_NOUNS or owner:
            return None
        if outline.quote[i + 1] < 0 and _is_capital(follows) and outline.lower[i + 1] not in FUNCTION:
            return None  # a title before a name
    return _noun_phrase(outline, i, role)


def _noun_phrase(outline: Outline, head: int, strict: bool) -> Mention | None:
    """The phrase from its determiner to `head`, with the "for the agency" that follows taken into the printed source."""
    low = outline.lower
    first = head
    while first > 0 and head - first < 7 and _modifies(outline, first - 1, head):
        first -= 1
    if first > 0 and low[first - 1] in DETERMINERS and outline.sentence[first - 1] == outline.sentence[head]:
        first -= 1
    elif first == head and not strict:
        return None
    return _phrase(outline, first, head, _tail(outline, head + 1))


def _phrase(outline: Outline, first: int, head: int, end: int) -> Mention:
    """A noun phrase with its head and what belongs to it up to item `end`."""
    last = end if outline.words[head][0].isupper() else head + 1
    return Mention("nominal", first, last, head, outline.words[head], "", outline.starts[first], outline.ends[end - 1])


def _tail(outline: Outline, i: int) -> int:
    """Where the "for the Justice Department" after a head noun ends; i when there is none."""
    low = outline.lower
    count = len(outline)
    if i >= count or low[i] not in _TAIL_PREPOSITIONS or outline.sentence[i] != outline.sentence[i - 1]:
        return i
    j = i + 1
    while j < count and j - i < 9 and outline.sentence[j] == outline.sentence[i] and outline.quote[j] < 0:
        word = outline.words[j]
        inner = low[j] in _TAIL_PREPOSITIONS or low[j] in DETERMINERS or low[j] in ("'s", "’s", "and")
        if not inner and (not word[0].isalnum() or low[j] in STOP_NP or cue_weight(low[j]) > 0.5):
            break
        j += 1
    while j > i and (low[j - 1] in _TAIL_PREPOSITIONS or low[j - 1] in DETERMINERS or low[j - 1] == "and"):
        j -= 1
    return j if j > i + 1 else i
