"""Find who could have spoken: the names, "the ..." phrases and pronouns that stand outside the quotations.

Names are runs of capitals with the titles before them taken off; noun phrases end in a noun that can speak (a
spokesman, a report); pronouns are listed. Positions are items of the `Outline`; printed spans are code points.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from indexer.entities.lexicon import ANY_CUE, PLAIN_CUE, cue_weight
from indexer.entities.mentions import Mention, MentionKind
from indexer.entities.name_trimming import trim_names
from indexer.entities.noun_phrases import (
    MAX_PREMODIFIERS,
    contracted_pronoun,
    is_capitalised,
    modifies_noun,
    nominal_mention,
    noun_phrase,
    phrase_mention,
    precedes_cue,
    pronoun_mention,
)
from indexer.entities.ordinary_words import ordinary_words
from indexer.entities.party_tags import is_party_tag
from indexer.quotations.outline import DASHES, Outline
from indexer.word_lists import phrase_list, word_list
from search.names.given_names import first_names

_DETERMINERS = word_list("determiners")
_FIRST_NAMES = first_names("male") | first_names("female")
_FUNCTION_WORDS = word_list("function_words")
_OPENERS = word_list("sentence_openers")
_ORGANISATION_WORDS = word_list("organisation_words")
_MATTERS = word_list("matters_of_bodies")
_PARTICLES = word_list("name_particles")
_ROLE_NOUNS = word_list("role_nouns")
_PHRASE_BOUNDARIES = word_list("noun_phrase_boundaries")
_SMALL_SURNAMES = word_list("small_words_as_surnames")
_SUFFIXES = word_list("name_suffixes")
_TITLE_MODIFIERS = word_list("title_modifiers")
_TITLES = word_list("titles")
_ABBREVIATED_TITLES = word_list("abbreviated_titles")
_PRONOUNS = word_list("subject_pronouns")
_POSSESSIVES = word_list("possessive_pronouns")
_QUOTED_PRONOUNS = word_list("object_pronouns")
_HONORIFICS = word_list("honorifics")
_BEFORE_OF, _BEFORE_TO = word_list("heads_before_of"), word_list("heads_before_to")
_CUT_STATES = word_list("cut_states")
_AGENCIES, _PICTURES = word_list("picture_agencies"), word_list("pictures")
_ENDS_OF_OFFICES = word_list("ends_of_offices")
_PLACES = frozenset(place[0] for place in phrase_list("places") if len(place) == 1)
_TITLE_WORDS = _ROLE_NOUNS | _TITLES | _TITLE_MODIFIERS
_OF_PEOPLE = (_ROLE_NOUNS - _ORGANISATION_WORDS) | _TITLES | _HONORIFICS
_PARTY_MEMBERS, _OFFICE_HOLDERS = word_list("party_members"), word_list("office_holders")
_PEOPLE = _TITLES | _PARTY_MEMBERS | _OFFICE_HOLDERS
_JOINING = word_list("words_joining_names") | {"&"}
_AFTER_NAMES = word_list("words_after_names") | {",", ":", "("} | (DASHES - {"―", "‒"})
# Items that a name may have, and code points of a nickname with its marks (Robert “Bob” Cole). Longer ones are lists or
# damage, and the bounds keep a text of nothing but capitals linear.
_MAX_NAME, _MAX_NICKNAME = 14, 14
_MOST_UNKNOWN = 3  # words of a name behind an office, whose first name no list has
_MAX_BODY = 4  # items from "and" to the last word of "Food and Drug Administration"
# A paragraph of so many items (least, most), with so many words longer than three letters, of which at least this share
# begins with a capital, is a headline in title case.
_HEADLINE_ITEMS, _HEADLINE_WORDS, _HEADLINE_CAPITALS = (3, 60), (3, 30), 0.7


def find_mentions(outline: Outline) -> list[Mention]:
    """Return all possible sources outside quotations, in order. Linear in the length of the outline."""
    mentions: list[Mention] = []
    headlines = _headline_paragraphs(outline)
    # Printed small somewhere: at the head of a sentence a capital shows no name of such a word.
    known = {low for low, word in zip(outline.lower, outline.words, strict=True) if word == low and word[0].isalpha()}
    inner = _inner_capitals(outline)
    cues = {low for low in known if cue_weight(low) >= PLAIN_CUE}
    i, count, words_, lower = 0, len(outline), outline.words, outline.lower
    while i < count:
        low = lower[i]
        if not words_[i][0].isalpha() and words_[i][0] not in "@#0123456789":
            i += 1
            continue
        end = _run(outline, i, headlines, known) if words_[i] != low or low[0] in "@#" else i
        if end > i:
            if end - i > 1 or words_[i] in inner or not _merely_first(outline, i):
                mentions.extend(_names(outline, i, end))
            elif low in _ROLE_NOUNS and (nominal := nominal_mention(outline, i)):
                mentions.append(nominal)
            i = end
            continue
        mention = None
        if low in _PRONOUNS or low in _POSSESSIVES or low in _QUOTED_PRONOUNS or contracted_pronoun(low):
            mention = pronoun_mention(outline, i)
        elif low in _ROLE_NOUNS or (i + 1 < count and lower[i + 1] in cues):
            mention = nominal_mention(outline, i)
        if mention:
            mentions.append(mention)
        i += 1
    return trim_names(outline, _shorten(outline, mentions, headlines))


def _inner_capitals(outline: Outline) -> set[str]:
    """Return the capitalised words that stand inside a sentence somewhere: these are names indeed."""
    sentence, quote = outline.sentence, outline.quotation
    return {
        word
        for i, word in enumerate(outline.words)
        if i and word[0].isupper() and sentence[i] == sentence[i - 1] and quote[i - 1] < 0
    }


def _merely_first(outline: Outline, i: int) -> bool:
    """Whether a lone capitalised word only begins its sentence: no first name, and ordinary, or nothing like a verb after it."""
    if not _sentence_start(outline, i) or outline.lower[i] in _FIRST_NAMES or outline.words[i].isupper():
        return False
    after = outline.lower[i + 1] if i + 1 < len(outline) else ""
    if outline.lower[i] in ordinary_words() and cue_weight(after) < PLAIN_CUE:  # "Power said" is somebody
        return True
    return cue_weight(after) < ANY_CUE and after not in _AFTER_NAMES and not after.endswith(("ed", "s", "ly"))


def _shorten(outline: Outline, mentions: list[Mention], headlines: frozenset[int]) -> list[Mention]:
    """Return the mentions without what follows a known name in a headline: "Ann Lee Speaks" is Ann Lee when the text says so."""
    if not headlines:
        return mentions
    body = {
        m.head.lower() for m in mentions if m.kind == MentionKind.NAME and outline.paragraph[m.first] not in headlines
    }
    shortened = []
    for mention in mentions:
        if mention.kind == MentionKind.NAME and outline.paragraph[mention.first] in headlines:
            for last in range(mention.last - 1, mention.core, -1):
                head = outline.text[outline.starts[mention.core] : outline.ends[last - 1]]
                if head.lower() in body and mention.head.lower() not in body:
                    shortened.append(replace(mention, last=last, head=head, end=outline.ends[last - 1]))
                    break
            else:
                shortened.append(mention)
        else:
            shortened.append(mention)
    return shortened


def _headline_paragraphs(outline: Outline) -> frozenset[int]:
    """Return the paragraphs whose words mostly begin with capitals: there a capital does not show a name."""
    headlines = []
    at, count = 0, len(outline)
    while at < count:
        paragraph = outline.paragraph[at]
        end = bisect_right(outline.paragraph, paragraph, at)
        least, most = _HEADLINE_ITEMS
        if least <= end - at <= most and _all_capitals(outline, at, end):
            headlines.append(paragraph)
        at = end
    return frozenset(headlines)


def _all_capitals(outline: Outline, first: int, last: int) -> bool:
    """Whether most longer words of a paragraph begin with a capital, and it does not introduce a quotation."""
    introduces = any(outline.quotation[k] >= 0 and outline.words[k - 1] == ":" for k in range(first + 1, last))
    longer = [word for word in outline.words[first:last] if len(word) > 3 and word[0].isalpha()]
    least, most = _HEADLINE_WORDS
    capitals = sum(word[0].isupper() for word in longer)
    return not introduces and least <= len(longer) <= most and capitals >= _HEADLINE_CAPITALS * len(longer)


def _sentence_start(outline: Outline, i: int) -> bool:
    """Whether a capital at item i may only begin a sentence."""
    return i == 0 or outline.sentence[i] != outline.sentence[i - 1] or outline.quotation[i - 1] >= 0


def _run(outline: Outline, i: int, headlines: frozenset[int], known: set[str]) -> int:
    """Return the end of the run of name words that begins at item i; i itself when none does."""
    word, low = outline.words[i], outline.lower[i]
    if not is_capitalised(word) or low in _FUNCTION_WORDS or low in _PRONOUNS or low in _POSSESSIVES:
        return i
    if contracted_pronoun(low):
        return i
    if (low in _OPENERS and _sentence_start(outline, i)) or low in _CUT_STATES or is_party_tag(word):
        return i
    if i and is_party_tag(outline.words[i - 1]):  # "R-New York" is two words
        return i
    headline = outline.paragraph[i] in headlines
    if (headline or _sentence_start(outline, i)) and _common(low, known):
        return i
    count, j = len(outline), i + 1
    while j < count and outline.paragraph[j] == outline.paragraph[i] and j - i < _MAX_NAME:
        word, low = outline.words[j], outline.lower[j]
        follows = outline.words[j + 1] if j + 1 < count else ""
        if outline.quotation[j] >= 0:
            short = outline.ends[j] - outline.starts[j] <= _MAX_NICKNAME
            if not (short and follows and is_capitalised(follows) and outline.ends[j] + 1 == outline.starts[j + 1]):
                break
        elif low in _FUNCTION_WORDS and not (low in _JOINING and follows and is_capitalised(follows)):
            if headline or not _is_surname(outline, j):
                break
        elif low in _JOINING:
            if not (_joins(outline, i, j) and follows and is_capitalised(follows)):
                break
        elif is_capitalised(word):
            if headline and (_common(low, known) or cue_weight(low) > ANY_CUE):
                break
        elif low in _SUFFIXES:
            pass
        elif not (low in _PARTICLES and follows and is_capitalised(follows)):
            break
        j += 1
    while j > i + 1 and (outline.lower[j - 1] in _JOINING or outline.words[j - 1] in _PARTICLES):
        j -= 1
    return j


def _common(low: str, known: set[str]) -> bool:
    """Whether a capitalised word is an ordinary word that merely begins a sentence or stands in a headline."""
    if low.endswith("ly") and low not in _FIRST_NAMES and len(low) > 4:
        return True
    return low in known or low in _PHRASE_BOUNDARIES or (cue_weight(low) > ANY_CUE and low not in ("read", "text"))


def _is_surname(outline: Outline, j: int) -> bool:
    """Whether a small word is a surname: in "Theresa May" and "Mr. Will", not in "April. May 3"."""
    if outline.lower[j] not in _SMALL_SURNAMES or not outline.words[j].istitle() or _sentence_start(outline, j):
        return False
    before = outline.lower[j - 1].rstrip(".")
    follows = outline.words[j + 1] if j + 1 < len(outline) else ""
    return (before in _FIRST_NAMES or before in _HONORIFICS) and not follows[:1].isdigit()


def _joins(outline: Outline, i: int, j: int) -> bool:
    """Whether "of", "for", "and" at item j belongs inside a name: "Secretary of State", not "Obama and Clinton"."""
    low = outline.lower[j]
    if low == "&":
        return True
    if low == "to":
        return outline.lower[j - 1] in _BEFORE_TO
    if low not in ("of", "for") and any(word in _FIRST_NAMES for word in outline.lower[j + 1 : j + 2]):
        return False  # "the University of Dayton and Kyle Lee"
    if low == "and" and _names_two_matters(outline, j):
        return True
    heads = any(outline.lower[k] in _BEFORE_OF for k in range(i, j))
    return heads and (low in ("of", "for") or any(outline.lower[k] in _JOINING for k in range(i, j)))


def _names_two_matters(outline: Outline, j: int) -> bool:
    """Whether "and" at item j joins what one body is for: "Food and Drug Administration", not "Obama and Justice Department"."""
    low = outline.lower
    if low[j - 1] not in _MATTERS or low[j + 1 : j + 2] == [] or low[j + 1] not in _MATTERS:
        return False
    k = j + 1
    while k + 1 < len(outline) and k - j < _MAX_BODY and low[k] in _MATTERS and is_capitalised(outline.words[k + 1]):
        k += 1
    return low[k] in _ORGANISATION_WORDS


def _names(outline: Outline, first: int, last: int) -> Iterator[Mention]:
    """Yield the name in a run of capitals, its titles apart; nothing when the run is a bare title."""
    low = outline.lower
    last = _without_photographer(outline, first, last)
    core = _core(outline, first, last)
    if core >= last or _is_modifier(outline, last):
        return
    office = next((k for k in range(first, last - 2) if low[k + 1] == "of" and low[k] in _TITLES), None)
    if office is not None and core == first:  # "Deputy Minister of International Affairs"
        yield phrase_mention(outline, first, office, last)
        return
    if _is_party_member(outline, first, last):
        mention = noun_phrase(outline, last - 1, strict=True)
        if mention:
            yield mention
        return
    if _bare_title(outline, first, last):
        determiner = first > 0 and low[first - 1] in _DETERMINERS
        mention = noun_phrase(outline, last - 1, determiner) if determiner or precedes_cue(outline, last - 1) else None
        if mention:
            yield mention
        return
    has_title = core == first or any(low[k].rstrip(".") in _OF_PEOPLE for k in range(first, core))
    first = _with_lower_titles(outline, first) if has_title else core  # a body or a place is no title
    text = outline.text
    head = " ".join(text[outline.starts[core] : outline.ends[last - 1]].split())
    title = " ".join(text[outline.starts[first] : outline.starts[core]].split()).strip(" ,")
    yield Mention(MentionKind.NAME, first, last, core, head, title, outline.starts[first], outline.ends[last - 1])


def _without_photographer(outline: Outline, first: int, last: int) -> int:
    """Return where a run ends without the name of who took a picture: "Rudy Lee Pete Berg/Getty Images", "Photo by Ann Lee"."""
    low, words = outline.lower, outline.words
    if words[last : last + 1] == ["/"] and not _AGENCIES.isdisjoint(low[last + 1 : last + 2]):
        return max(first, last - 2)
    before = low[max(0, first - 2) : first]
    return first if len(before) > 1 and before[0] in _PICTURES and before[1] in ("/", "by") else last


def _is_party_member(outline: Outline, first: int, last: int) -> bool:
    """Whether a run of capitals is somebody by state and party: "the South Carolina Republican"; not "Ann Republican"."""
    opens_with_name = outline.lower[first] in _FIRST_NAMES and outline.lower[first] not in _TITLE_MODIFIERS
    return last - first > 1 and outline.lower[last - 1] in _PARTY_MEMBERS and not opens_with_name


def _bare_title(outline: Outline, first: int, last: int) -> bool:
    """Whether a run of capitals is a title without a name: "Foreign Minister", "President"."""
    low = outline.lower
    ends = low[last - 1] in _TITLES or low[last - 1] in _ROLE_NOUNS
    return ends and low[last - 1] not in _ORGANISATION_WORDS and all(low[k] in _TITLE_WORDS for k in range(first, last))


def _is_modifier(outline: Outline, last: int) -> bool:
    """Whether a run of capitals only modifies the noun after it: "the New York businessman", "a Homeland Security memo"."""
    k = last
    while k < min(last + 3, len(outline)) and outline.quotation[k] < 0 and outline.words[k][0].islower():
        low = outline.lower[k]
        if low in _FUNCTION_WORDS or cue_weight(low) >= ANY_CUE or not (low in _ROLE_NOUNS or low in _TITLE_MODIFIERS):
            break
        k += 1
    if k == last or outline.lower[k - 1] not in _ROLE_NOUNS:
        return False
    return not (k < len(outline) and outline.quotation[k] < 0 and is_capitalised(outline.words[k]))


def _core(outline: Outline, first: int, last: int) -> int:
    """Return where the name proper begins in a run: after the last title, when a name is left."""
    low = outline.lower
    if low[first].rstrip(".") in _HONORIFICS and last - first >= 2:
        follows = low[first + 1].rstrip(".")
        if last - first == 2 or follows not in _TITLES:
            return first + 1
    for k in range(last - 2, first - 1, -1):
        word = low[k].rstrip(".")
        if word in _TITLES:
            rest = [low[n].rstrip(".") for n in range(k + 1, last)]
            if rest[0] in _JOINING or all(r in _SUFFIXES or r in _ORGANISATION_WORDS for r in rest):
                break
            if len(rest) == 1 and (rest[0] in _TITLES or rest[0] in _TITLE_MODIFIERS):
                break
            if rest[-1] in _ORGANISATION_WORDS and word not in _ABBREVIATED_TITLES:
                break
            begin = k + 1
            while begin + 2 < last and low[begin] in _ENDS_OF_OFFICES:  # "President Pro Tem Ann Lee"
                begin += 1
            return begin
    for k in range(first, last - 2):
        if low[k] not in _TITLE_MODIFIERS:
            break
        if low[k + 1] in _FIRST_NAMES:
            return k + 1
    return _behind_office(outline, first, last)


def _behind_office(outline: Outline, first: int, last: int) -> int:
    """Return where a full name begins behind an office with what it is over, or behind a body; `first` where none does.

    "Police Chief Kerr Lee"; "Director of National Statistics Joseph Lee"; "European Union Gordon Lee", to which the
    ambassador is; "Agent in Charge Richard Lee", "CIA David Lee", "Journalist Glenn Lee", of which the run may have the end alone.
    """
    low = outline.lower
    if low[last - 1] in _ORGANISATION_WORDS:
        return first
    for k in range(last - 2, max(first, last - 1 - _MOST_UNKNOWN), -1):
        if low[k - 1] in _OFFICE_HOLDERS and _TITLE_WORDS.union(_ORGANISATION_WORDS, _JOINING).isdisjoint(low[k:last]):
            return k
    for k in range(last - 2, first, -1):
        if low[k] in _FIRST_NAMES:
            is_of_office = any(low[n] in _TITLE_WORDS and low[n + 1] in _JOINING for n in range(first, k - 1))
            is_behind = (
                low[k - 1] in _ORGANISATION_WORDS
                or low[k - 1] in _PEOPLE
                or all(_is_no_name(outline, n) for n in range(first, k))
            )
            return k if is_of_office or is_behind else first
    return first


def _is_no_name(outline: Outline, n: int) -> bool:
    """Whether the word of item n is no first name and no surname: a role, a place, an abbreviation of a body."""
    word, low = outline.words[n], outline.lower[n]
    is_abbreviation = (word.isupper() and word.isalpha() and len(word) > 1) or low in ("u.s.", "u.n.", "u.k.", "d.c.")
    return low in _TITLE_WORDS or low in _ENDS_OF_OFFICES or low in _PLACES or is_abbreviation


def _with_lower_titles(outline: Outline, first: int) -> int:
    """Return where the run begins with the lower-case title right before a name taken in: "foreign ministry spokesman Saeed ..."."""
    low = outline.lower
    k = first - 1
    if k < 0 or outline.quotation[k] >= 0 or outline.paragraph[k] != outline.paragraph[first]:
        return first
    if low[k].rstrip(".") not in _TITLES and low[k] not in _ROLE_NOUNS:
        return first
    while k > 0 and first - k < MAX_PREMODIFIERS and modifies_noun(outline, k - 1, first):
        k -= 1
    return k
