"""Find the runs of capitals that may be names: where one begins and ends, and which paragraphs are headlines in title case."""

from __future__ import annotations

from bisect import bisect_right

from indexer.entities.lexicon import ANY_CUE, PLAIN_CUE, cue_weight
from indexer.entities.noun_phrases import POSSESSIVE_ENDINGS, contracted_pronoun, is_capitalised
from indexer.entities.ordinary_words import ordinary_words
from indexer.entities.party_tags import is_party_tag
from indexer.quotations.outline import DASHES, Outline
from indexer.word_lists import phrase_list, word_list
from search.names.given_names import first_names

_FIRST_NAMES = first_names("male") | first_names("female")
_FUNCTION_WORDS = word_list("function_words")
_OPENERS = word_list("sentence_openers")
_ORGANISATION_WORDS = word_list("organisation_words")
_TITLES = word_list("titles")
_MATTERS, _ENDS_AFTER_MATTERS = word_list("matters_of_bodies"), word_list("ends_after_matters")
_PARTICLES = word_list("name_particles")
_WITH_MEMBERS = word_list("bodies_of_members")
_OF_OFFICERS = word_list("bodies_of_officers")
_PHRASE_BOUNDARIES = word_list("noun_phrase_boundaries")
_SMALL_SURNAMES = word_list("small_words_as_surnames")
_SUFFIXES = word_list("name_suffixes")
_PRONOUNS = word_list("subject_pronouns") | word_list("possessive_pronouns")
_HONORIFICS = word_list("honorifics")
_BEFORE_OF, _BEFORE_TO = word_list("heads_before_of"), word_list("heads_before_to")
_BEFORE_FOR, _BEFORE_ON = word_list("heads_before_for"), word_list("heads_before_on")
_BEFORE_OF_THE, _BEFORE_FOR_THE = word_list("heads_before_of_the"), word_list("heads_before_for_the")
_WITHIN_BODIES = word_list("words_within_bodies")
_WEEKDAYS = word_list("weekdays")
_DAYS = _WEEKDAYS | word_list("nouns_of_time")
_CUT_STATES = word_list("cut_states")
_JOINING = word_list("words_joining_names")
_ALL_PLACES = phrase_list("places")
_PLACES = frozenset(place[:2] for place in _ALL_PLACES if len(place) > 1)
# Items that a name may have, and code points of a nickname with its marks (Robert “Bob” Cole). Longer ones are lists or
# damage, and the bounds keep a text of nothing but capitals linear.
_MAX_NAME, _MAX_NICKNAME = 14, 14
_BEFORE_SENTENCES = frozenset("([•*")
_CUT_COUNTRIES = frozenset({"u.s.", "u.k."})
_DISTRICTS = frozenset({"d.c.", "dc"})
_MAX_BODY = 4  # items from "and" to the last word of "Food and Drug Administration"
# A paragraph of so many items (least, most), with so many words longer than three letters, of which at least this share
# begins with a capital, is a headline in title case.
_HEADLINE_ITEMS, _HEADLINE_WORDS, _HEADLINE_CAPITALS = (3, 60), (3, 30), 0.7
_DATELINE = 9  # items from the first word of a dateline to its dash


class NameRuns:
    """The runs of name words of one outline."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self.headlines = headline_paragraphs(outline)
        # Printed small somewhere: at the head of a sentence a capital shows no name of such a word.
        self.known = {
            low for low, word in zip(outline.lower, outline.words, strict=True) if word == low and word[0].isalpha()
        }
        self._pairs = _inner_pairs(outline, self.headlines)
        self._of_people = _words_of_full_names(outline)
        self._surnames = _surnames(outline, self.headlines)

    def is_of_person(self, low: str) -> bool:
        """Return whether the text prints a word behind or as a first name somewhere: French is somebody where Ann French is."""
        return low in self._of_people

    def is_surname(self, low: str) -> bool:
        """Return whether a word is somebody's last name in the text: King where "Ann King" stands, but not in "Ann King Roe"."""
        return low in self._surnames

    def end(self, i: int) -> int:
        """Return the end of the run of name words that begins at item i; i itself when none does."""
        outline = self._outline
        word, low = outline.words[i], outline.lower[i]
        if not is_capitalised(word) or low in _PRONOUNS or contracted_pronoun(low):
            return i
        if low in _FUNCTION_WORDS and not _opens_movement(outline, i):
            return i + self._is_bare_surname(i)
        if (low in _OPENERS and starts_sentence(outline, i)) or low in _CUT_STATES or is_party_tag(word):
            return i
        if i and is_party_tag(outline.words[i - 1]):  # "R-New York" is two words
            return i
        if outline.lower[i + 1 : i + 2] != [] and outline.lower[i + 1] in _WEEKDAYS and low in ordinary_words():
            return i  # "on Super Tuesday"
        if low in _DISTRICTS and outline.words[i - 1 : i] == [","]:  # "in Washington, D.C., members said"
            return i
        headline = outline.paragraph[i] in self.headlines
        opens = headline or starts_sentence(outline, i)
        if opens and self._is_common(low) and (headline or not self._opens_name(i)):
            return i
        return self._end_from(i, headline=headline)

    def _end_from(self, i: int, *, headline: bool) -> int:
        """Return where the run of name words that begins at item i ends."""
        outline = self._outline
        count, j = len(outline), i + 1
        while j < count and outline.paragraph[j] == outline.paragraph[i] and j - i < _MAX_NAME:
            word, low = outline.words[j], outline.lower[j]
            follows = outline.words[j + 1] if j + 1 < count else ""
            if outline.quotation[j] >= 0:
                short = outline.ends[j] - outline.starts[j] <= _MAX_NICKNAME
                if not (short and follows and is_capitalised(follows) and outline.ends[j] + 1 == outline.starts[j + 1]):
                    break
            elif word == "," and follows.lower() in _SUFFIXES and follows[0].isupper():
                pass  # "Lee, Jr."
            elif _heads_the(outline, j):  # "Department of the Interior"
                j += 1
            elif _heads_on(outline, j):  # "Council on Foreign Relations"
                pass
            elif low in _FUNCTION_WORDS and not (low in _JOINING and follows and is_capitalised(follows)):
                # "Doctors Without Borders", "March for Our Parks"
                is_within = low in _WITHIN_BODIES and word.istitle() and follows.istitle()
                if headline or not (
                    is_within or _is_surname(outline, j) or (low in _ORGANISATION_WORDS and word.istitle())
                ):
                    break  # "USA Today" is a paper
            elif low in _JOINING:
                if not (_joins(outline, i, j) and follows and is_capitalised(follows)):
                    break
            elif is_party_tag(word):  # "Dianne Lee D-Calif."
                break
            elif is_capitalised(word):
                if outline.lower[j - 1] in _CUT_COUNTRIES and (low,) in _ALL_PLACES:
                    break  # "India and the U.S. Norvik has promised"
                if headline and (self._is_common(low) or cue_weight(low) > ANY_CUE):
                    break
            elif low in _SUFFIXES or (
                low in POSSESSIVE_ENDINGS and follows.istitle() and _names_body(outline.lower[j - 1], follows.lower())
            ):
                pass  # "White House Correspondents' Association", "Kent County Sheriff's Office"
            elif not (low in _PARTICLES and follows and is_capitalised(follows)):
                break
            j += 1
        while j > i + 1 and (
            outline.lower[j - 1] in _JOINING
            or outline.words[j - 1] in _PARTICLES
            or outline.words[j - 1] in ("on", "the")
        ):
            j -= 1
        return j

    def _is_bare_surname(self, i: int) -> bool:
        """Whether a small word with a capital is somebody, who is named in full elsewhere: "May said", "May's plan"."""
        follows = self._outline.lower[i + 1] if i + 1 < len(self._outline) else ""
        is_named = self._outline.lower[i] in _SMALL_SURNAMES and self._outline.lower[i] in self._surnames
        return is_named and (follows in POSSESSIVE_ENDINGS or cue_weight(follows) >= PLAIN_CUE)

    def _is_common(self, low: str) -> bool:
        """Whether a capitalised word is an ordinary word that merely begins a sentence or stands in a headline."""
        if low.endswith("ly") and low not in _FIRST_NAMES and len(low) > 4:
            return True
        return (
            low in self.known
            or low in _PHRASE_BOUNDARIES
            or (cue_weight(low) > ANY_CUE and low not in ("read", "text"))
        )

    def _opens_name(self, i: int) -> bool:
        """Whether an ordinary word at the head of a sentence begins a name: "New York has", "White House aides say", "Lance Roe said".

        Of a place, of a name that the text prints inside a sentence too, or of a person by a first name that the text
        prints small nowhere.
        """
        outline = self._outline
        low = outline.lower
        if i + 1 >= len(outline) or not is_capitalised(outline.words[i + 1]) or outline.quotation[i + 1] >= 0:
            return False
        pair = (low[i], low[i + 1])
        is_first_name = low[i] in _FIRST_NAMES and low[i] not in self.known and low[i + 1] not in _FUNCTION_WORDS
        return pair in _PLACES or pair in self._pairs or is_first_name


def _names_body(owner: str, owned: str) -> bool:
    """Whether a possessive and the word behind it end a body's name: by the word, or as an officer's office."""
    return owned in _WITH_MEMBERS or (owned in _OF_OFFICERS and owner in _TITLES)


def _words_of_full_names(outline: Outline) -> set[str]:
    """Return the first names and the words behind them that the text prints side by side with capitals."""
    words, low = outline.words, outline.lower
    firsts = (
        i
        for i in range(len(outline) - 1)
        if low[i] in _FIRST_NAMES and words[i][0].isupper() and words[i + 1][0].isupper()
    )
    return {word for i in firsts for word in (low[i], low[i + 1])}


def _surnames(outline: Outline, headlines: frozenset[int]) -> set[str]:
    """Return the words that stand last in a name of two or more behind a first name that is no place's, headlines left out."""
    words, low = outline.words, outline.lower
    return {
        low[i]
        for i in range(1, len(outline))
        if words[i][0].isupper()
        and words[i - 1][0].isupper()
        and low[i - 1] in _FIRST_NAMES
        and (low[i - 1],) not in _ALL_PLACES
        and not (i + 1 < len(outline) and words[i + 1][0].isupper() and low[i + 1] not in _SUFFIXES)
        and outline.paragraph[i] not in headlines
    }


def _inner_pairs(outline: Outline, headlines: frozenset[int]) -> set[tuple[str, str]]:
    """Return the pairs of capitalised words, side by side, that stand inside a sentence somewhere: these begin names indeed."""
    words, low = outline.words, outline.lower
    return {
        (low[i], low[i + 1])
        for i in range(1, len(outline) - 1)
        if words[i][0].isupper()
        and words[i + 1][0].isupper()
        and not starts_sentence(outline, i)
        and outline.sentence[i] == outline.sentence[i + 1]
        and outline.paragraph[i] not in headlines
        and words[i - 1][0].islower()
    }


def is_dateline(outline: Outline, first: int, last: int) -> bool:
    """Return whether a run is where a report was written: "COLUMBIA, South Carolina — ", "CAIRO (AP) -- ", "Cairo (CNN) Ann Lee"."""
    opens = first == 0 or outline.paragraph[first - 1] != outline.paragraph[first]
    follows = "".join(outline.words[last + 3 : last + 4])
    is_story = follows in DASHES or follows[:1].isupper()
    by_agency = outline.words[last : last + 3 : 2] == ["(", ")"] and outline.lower[last + 1] in _ORGANISATION_WORDS
    if opens and by_agency and is_story:
        return True
    if not opens or not all(word.isupper() for word in outline.words[first:last]):
        return False
    if outline.words[last : last + 1] not in (["("], [","]):
        return False
    ahead = range(last, min(first + _DATELINE, len(outline)))
    return any(outline.words[k] in DASHES and outline.paragraph[k] == outline.paragraph[first] for k in ahead)


def headline_paragraphs(outline: Outline) -> frozenset[int]:
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
    """Whether most longer words of a paragraph begin with a capital, and it does not introduce a quotation or report one."""
    introduces = outline.lower[first : first + 2] == ["according", "to"] or any(
        outline.quotation[k] >= 0 and outline.words[k - 1] == ":" for k in range(first + 1, last)
    )
    # "“...” — Prime Minister Ann Lee" says whose words stand there.
    signs = outline.quotation[first] >= 0 and not DASHES.isdisjoint(outline.words[first + 1 : first + 2])
    longer = [word for word in outline.words[first:last] if len(word) > 3 and word[0].isalpha()]
    least, most = _HEADLINE_WORDS
    capitals = sum(word[0].isupper() for word in longer)
    # In title case verbs have capitals: "Basically, adds The Harbour Courier" is none.
    reports = any(word.islower() and cue_weight(word) >= PLAIN_CUE for word in longer)
    is_title_case = least <= len(longer) <= most and capitals >= _HEADLINE_CAPITALS * len(longer)
    return is_title_case and not (introduces or signs or reports)


def starts_sentence(outline: Outline, i: int) -> bool:
    """Return whether a capital at item i may only begin a sentence."""
    # Past one mark and not past many: a text may be nothing but brackets.
    k = i - 1 if i > 0 and outline.words[i - 1] in _BEFORE_SENTENCES and outline.quotation[i - 1] < 0 else i
    return _follows_end(outline, i) or _follows_end(outline, k)


def _follows_end(outline: Outline, i: int) -> bool:
    """Whether item i is the first of its sentence, or of what follows a quotation."""
    return outline.opens_sentence(i) or outline.quotation[i - 1] >= 0


def _is_surname(outline: Outline, j: int) -> bool:
    """Whether a small word is a surname: in "Theresa May" and "Mr. Will", not in "April. May 3"."""
    if outline.lower[j] not in _SMALL_SURNAMES or not outline.words[j].istitle() or starts_sentence(outline, j):
        return False
    before = outline.lower[j - 1].rstrip(".")
    follows = outline.words[j + 1] if j + 1 < len(outline) else ""
    return (before in _FIRST_NAMES or before in _HONORIFICS) and not follows[:1].isdigit()


def _opens_movement(outline: Outline, i: int) -> bool:
    """Whether a month opens the name of a movement: "the March for Our Parks", not "in March for Lee"."""
    low = outline.lower
    is_headed = low[i] in _BEFORE_FOR and low[i - 1 : i] == ["the"] and low[i + 1 : i + 2] == ["for"]
    return is_headed and i + 2 < len(outline) and is_capitalised(outline.words[i + 2])


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
    if low == "for" and outline.lower[j - 1] in _BEFORE_FOR:
        return True
    words = outline.lower[i:j]
    heads = not _BEFORE_OF.isdisjoint(words) or ("for" in words and not _BEFORE_FOR.isdisjoint(words))
    has_joined = "on" in words or not _JOINING.isdisjoint(words)
    # Not "House Speaker Ann Lee for Congress".
    return heads and (has_joined or (low in ("of", "for") and words[-1] in _BEFORE_OF))


def _heads_the(outline: Outline, j: int) -> bool:
    """Whether "of the" or "for the" at item j belongs to a body's name: "Department of the Interior", "Institute for the Study of War"."""
    heads = {"of": _BEFORE_OF_THE, "for": _BEFORE_FOR_THE}.get(outline.lower[j], frozenset())
    if outline.lower[j + 1 : j + 2] != ["the"] or outline.lower[j - 1] not in heads:
        return False
    return j + 2 < len(outline) and outline.quotation[j + 2] < 0 and is_capitalised(outline.words[j + 2])


def _heads_on(outline: Outline, j: int) -> bool:
    """Whether "on" at item j belongs inside the name of a body: "Council on Foreign Relations", not "the Council on Monday"."""
    if outline.lower[j] != "on" or outline.lower[j - 1] not in _BEFORE_ON or j + 1 == len(outline):
        return False
    return outline.quotation[j + 1] < 0 and is_capitalised(outline.words[j + 1]) and outline.lower[j + 1] not in _DAYS


def _names_two_matters(outline: Outline, j: int) -> bool:
    """Whether "and" at item j joins what one body is for: "Food and Drug Administration", not "Obama and Justice Department"."""
    low = outline.lower
    if low[j - 1] not in _MATTERS or low[j + 1 : j + 2] == [] or low[j + 1] not in _MATTERS:
        return False
    k = j + 1
    while k + 1 < len(outline) and k - j < _MAX_BODY and low[k] in _MATTERS and is_capitalised(outline.words[k + 1]):
        k += 1
    # "Customs and Border Protection", "Housing and Urban Development Secretary"
    return low[k] in _ORGANISATION_WORDS or low[k] in _ENDS_AFTER_MATTERS or low[k] in _TITLES
