"""Tell common nouns from names where every noun begins with a capital: "Vorwurf" is nobody."""

from __future__ import annotations

from functools import cached_property

from indexer.attribution.reporting.basic_forms import may_be_first_name
from indexer.attribution.reporting.grammar import ReportingGrammar
from indexer.quotations.outline import Outline
from indexer.word_lists import word_list

_MEDIA = word_list("media_words")
_SHORTEST_ACRONYM = 2  # letters
_MOST_BEFORE_SUBJECT = 3  # words of a sentence up to its subject: "Von der Leyen betonte"


class CommonNouns:
    """The common nouns of a text in a language whose nouns all begin with a capital; none in another.

    Made in the time of the text's length when the first word is asked for.
    """

    def __init__(self, outline: Outline, grammar: ReportingGrammar) -> None:
        self._outline, self._grammar = outline, grammar

    def has(self, name: str) -> bool:
        """Return whether a name is a lone word, or one behind an article, that nothing shows to be a person's.

        It is none where it is a body, a document or a role. A name stands beside a title, a role or a reporting verb somewhere
        in the text: "Vizekanzler Roe", "sagte Roe".
        """
        grammar = self._grammar
        *before, word = name.split()
        is_lone = all(each.lower() in grammar.articles or each.lower() in grammar.determiners for each in before)
        if not grammar.capital_nouns or not is_lone or self._speaks_for_itself(word):
            return False
        low = word.lower()
        return low in grammar.function_words or low in grammar.openers or word not in self._names

    @cached_property
    def _names(self) -> frozenset[str]:
        """The words that stand somewhere as names do."""
        words, quotation = self._outline.words, self._outline.quotation
        return frozenset(
            word for at, word in enumerate(words) if word[0].isupper() and quotation[at] < 0 and self._is_name_at(at)
        )

    def _is_name_at(self, at: int) -> bool:
        """Whether a word has beside it what a name has: "Kevin Roe", "Vizekanzler Roe", "sagte Roe", "Von der Roe betonte"."""
        outline, grammar = self._outline, self._grammar
        sentence = outline.sentence[at]
        opens = at < _MOST_BEFORE_SUBJECT or outline.sentence[at - _MOST_BEFORE_SUBJECT] != sentence
        if opens and outline.sentence[at + 1 : at + 2] == [sentence] and outline.lower[at + 1] in grammar.verbs:
            return True
        if outline.opens_sentence(at):
            return False
        before = outline.lower[at - 1].rstrip(".")
        is_title = before in grammar.male_titles or before in grammar.female_titles or grammar.is_role(before)
        is_first_name = outline.words[at - 1][0].isupper() and may_be_first_name(before)
        return is_title or is_first_name or before in grammar.verbs or before in grammar.according_behind

    def _speaks_for_itself(self, word: str) -> bool:
        """Whether a word alone shows that it may speak: an acronym, a first name, a paper, a role, a body, a document."""
        grammar, low = self._grammar, word.lower()
        acronym = sum(letter.isupper() for letter in word) >= _SHORTEST_ACRONYM
        known = may_be_first_name(low) or low in _MEDIA or low in grammar.unnamed or grammar.is_role(low)
        return acronym or known or low.endswith(grammar.bodies + grammar.documents)


def may_speak(phrase: str, grammar: ReportingGrammar) -> bool:
    """Return whether a phrase of common words may be somebody: not "wie man", which has a pronoun or a verb, nor a thing."""
    words = phrase.lower().split()
    is_clause = len(words) > 1 and any(
        word in grammar.verbs or word in grammar.auxiliaries or word in grammar.pronouns for word in words
    )
    return not is_clause and not grammar.is_thing(words[-1])
