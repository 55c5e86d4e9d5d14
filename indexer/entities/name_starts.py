"""Tell where a name begins in a run of capitals: behind titles, an office with what it is over, a body, a place.

"Deputy Chief of Mission Ann Lee", "Ambassador to Sri Lanka Ann Lee", "Illinois Democrat Ann Lee".
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.entities.ordinary_words import ordinary_words
from indexer.quotations.outline import Outline
from indexer.word_lists import phrase_list, word_list
from search.names.given_names import first_names

_ADJECTIVES = word_list("adjectives_of_peoples") | word_list("party_members")
_FIRST_NAMES = first_names("male") | first_names("female")
_ORGANISATION_WORDS = word_list("organisation_words")
_BODIES_AND_SURNAMES = word_list("bodies_and_surnames")
_ROLE_NOUNS = word_list("role_nouns")
_SUFFIXES = word_list("name_suffixes")
_TITLE_MODIFIERS = word_list("title_modifiers")
_TITLES = word_list("titles")
_ABBREVIATED_TITLES = word_list("abbreviated_titles")
_BEFORE_SURNAMES = word_list("titles_before_surnames")
_HONORIFICS = word_list("honorifics")
_ENDS_OF_OFFICES, _AFTER_OFFICES = word_list("ends_of_offices"), word_list("words_after_offices")
_DEPARTMENTS = word_list("departments")
_TITLES_AND_PARTS = _TITLES | word_list("parts_of_titles")
_ANY_PLACES = phrase_list("places")
_PLACES = frozenset(place[0] for place in _ANY_PLACES if len(place) == 1)
_TITLE_WORDS = _ROLE_NOUNS | _TITLES | _TITLE_MODIFIERS
_PARTY_MEMBERS, _OFFICE_HOLDERS = word_list("party_members"), word_list("office_holders")
_PEOPLE = _TITLES | _PARTY_MEMBERS | _OFFICE_HOLDERS
_JOINING = word_list("words_joining_names")
_GOING_ON = _JOINING | {"'s", "’s"}  # "the U.S. Attorney's Office" has no title
_WITHIN_OFFICES = _ENDS_OF_OFFICES | ((_TITLE_MODIFIERS | _OFFICE_HOLDERS) - _FIRST_NAMES)
_NO_PERSONS_WORDS = _ORGANISATION_WORDS | _TITLE_WORDS | _JOINING
_HOMES = _ANY_PLACES | {("house",), ("senate",)}  # that a member of a party may be of
_BEFORE_FOR = word_list("heads_before_for")  # "People for Ann Lee" is a body
_BEFORE_OF = word_list("heads_before_of")
_PARTICLES = word_list("name_particles")
_FULL_NAME = 2  # words
_CUT_PLACES = ("u.s.", "u.n.", "u.k.", "d.c.")
_MOST_UNKNOWN = 3  # words of a name behind an office, whose first name no list has


def core_of(outline: Outline, first: int, last: int) -> int:
    """Return where the name proper begins in a run: after the last title, when a name is left."""
    low = outline.lower
    if low[first].rstrip(".") in _HONORIFICS and last - first >= 2:
        follows = low[first + 1].rstrip(".")
        if last - first == 2 or follows not in _TITLES:
            # "Miss Universe Ann Lee"
            is_won = low[first] == "miss" and low[last - 2] in _FIRST_NAMES and follows not in _FIRST_NAMES
            return last - 2 if is_won else first + 1
    for k in range(last - 2, first - 1, -1):
        word = low[k].rstrip(".")
        if low[k] in _PARTICLES and k > first:
            continue  # "Miguel Del Roe", but "Del. Ann Roe"
        if is_title(word) or _is_plural_title(outline, k, last):
            rest = [low[n].rstrip(".") for n in range(k + 1, last)]
            if rest[0] in _GOING_ON or all(r in _SUFFIXES or r in _ORGANISATION_WORDS for r in rest):
                break
            if len(rest) == 1 and (rest[0] in _TITLES or rest[0] in _TITLE_MODIFIERS):
                break
            is_person = len(rest) == _FULL_NAME and rest[0] in _FIRST_NAMES and rest[1] in _BODIES_AND_SURNAMES
            if rest[-1] in _ORGANISATION_WORDS and word not in _ABBREVIATED_TITLES and not is_person:
                break
            begin = k + 1
            # "President Pro Tem Ann Lee", "Executive Editor Ann Lee"
            while begin + 2 < last and low[begin] in _WITHIN_OFFICES:
                begin += 1
            # "Deputy Chief of Mission Ann R. Lee"
            is_over = low[begin - 1] == "of" and low[begin] not in _FIRST_NAMES
            return next((n for n in range(begin, last - 1) if is_over and low[n] in _FIRST_NAMES), begin)
    if last - first == _FULL_NAME and low[first] in _BEFORE_SURNAMES and _may_name(low[first + 1 : last]):
        return first + 1
    for k in range(first, last - 2):
        if low[k] not in _TITLE_MODIFIERS:
            break
        if _opens_full_name(outline, k + 1, last):
            return k + 1
    return _behind_office(outline, first, last)


def _behind_office(outline: Outline, first: int, last: int) -> int:
    """Return where a full name begins behind an office with what it is over, or behind a body; `first` where none does.

    "Police Chief Kerr Lee"; "Director of National Statistics Joseph Lee"; "European Union Gordon Lee", to which the
    ambassador is; "Agent in Charge Richard Lee", "CIA David Lee", "Journalist Glenn Lee", of which the run may have the end alone.
    """
    low = outline.lower
    if low[last - 1] in _ORGANISATION_WORDS or (low[first] in _BEFORE_FOR and low[first + 1 : first + 2] == ["for"]):
        return first
    if last - first > 2 and _is_over_something(outline, first):
        # "Ambassador to Sri Lanka Quillon Lee", "Speaker of the House Tip Lee"
        size = next((size for size in (2, 1) if tuple(low[first : first + size]) in _ANY_PLACES), 0)
        size = size or int(low[first] in _ORGANISATION_WORDS or low[first] in _CUT_PLACES)
        if size and 1 < last - first - size <= _MOST_UNKNOWN and _may_name(low[first + size : last]):
            return first + size
    for k in range(first + 1, last - 1 - _FULL_NAME):
        # "Secretary of State Quillon Lee"
        is_head = low[k] == "of" and low[k + 1] in _DEPARTMENTS and is_title(low[k - 1])
        if is_head and last - k - 2 <= _MOST_UNKNOWN and _may_name(low[k + 2 : last]):
            return k + 2
    # "Republican Quillon G. Lee"
    if (
        low[first] in _PARTY_MEMBERS
        and _FULL_NAME < last - first <= _MOST_UNKNOWN + 1
        and _may_name(low[first + 1 : last])
    ):
        return first + 1
    for k in range(last - 2, max(first, last - 1 - _MOST_UNKNOWN), -1):
        # "Illinois Democrat Quillon Lee"
        home = {tuple(low[first : k - 1]), (low[k - 2],)}
        is_member = low[k - 1] in _PARTY_MEMBERS and not home.isdisjoint(_HOMES)
        if (is_member or low[k - 1] in _OFFICE_HOLDERS) and _NO_PERSONS_WORDS.isdisjoint(low[k:last]):
            return k
    for k in range(last - 2, first, -1):
        if _opens_full_name(outline, k, last) and low[k - 1] not in _FIRST_NAMES:
            is_of_office = _is_over_something(outline, first) or any(
                low[n] in _TITLE_WORDS and low[n + 1] in _JOINING for n in range(first, k - 1)
            )
            is_behind = (
                low[k - 1] in _ORGANISATION_WORDS
                or (k - 3 >= first and low[k - 2] == "of" and low[k - 3] in _BEFORE_OF)  # "Chamber of Commerce Ann Lee"
                or low[k - 1] in _PEOPLE
                or low[k - 1] in _ROLE_NOUNS
                or (k == first + 1 and (low[first] in _ADJECTIVES or low[first].endswith("-american")))
                or all(_is_no_name(outline, n) for n in range(first, k))
            )
            return k if is_of_office or is_behind else first
    return first


def _opens_full_name(outline: Outline, k: int, last: int) -> bool:
    """Whether item k is a first name: Carolina is one in "Carolina Lee", but not in "North Carolina State Board"."""
    low = outline.lower[k]
    return low in _FIRST_NAMES and (low not in _TITLE_MODIFIERS or last - k == _FULL_NAME)


def is_title(word: str) -> bool:
    """Return whether a word in lower case is a title, or one with a part joined to it: "director-in-waiting", "co-director"."""
    if "-" not in word or word in _TITLES:
        return word in _TITLES
    parts = word.split("-")
    return not _TITLES.isdisjoint(parts) and _TITLES_AND_PARTS.issuperset(parts)


def _is_plural_title(outline: Outline, k: int, last: int) -> bool:
    """Whether item k is the title of several of whom the first follows: "Commissioners Ann Lee and Bob Roe", "Senators Lee"."""
    low = outline.lower
    is_named = low[k + 1] in _FIRST_NAMES or (last - k == _FULL_NAME and _may_name(low[k + 1 : last]))
    one = low[k].removesuffix("men") + "man" if low[k].endswith("men") else low[k].removesuffix("s")
    return is_named and one != low[k] and is_title(one)


def _may_name(words: Sequence[str]) -> bool:
    """Return whether some words, in lower case, may be a person's name: none is one of bodies, offices or an ordinary word."""
    return _NO_PERSONS_WORDS.isdisjoint(words) and ordinary_words().isdisjoint(words)


def _is_over_something(outline: Outline, first: int) -> bool:
    """Whether what begins at item `first` is what an office is over: "Ambassador to", "Superintendent of", "Manager of the"."""
    low = outline.lower
    before = first - 1 if low[first - 1 : first] == ["the"] else first
    return (
        before > 1
        and low[before - 1] in _AFTER_OFFICES
        and (is_title(low[before - 2]) or low[before - 2] in _OFFICE_HOLDERS)
    )


def _is_no_name(outline: Outline, n: int) -> bool:
    """Whether the word of item n is no first name and no surname: a role, a place, an abbreviation of a body."""
    word, low = outline.words[n], outline.lower[n]
    is_abbreviation = (word.isupper() and word.isalpha() and len(word) > 1) or low in _CUT_PLACES
    return low in _TITLE_WORDS or low in _ENDS_OF_OFFICES or low in _PLACES or is_abbreviation
