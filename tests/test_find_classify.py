"""What is left unread must be no answer: the short cuts of a find never lose what the long way would have found."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from search.find.classify import RELEVANT, by_stems, judged, likely
from search.find.paraphrases import relevance
from search.model import Query
from search.storage.analysed_quotes import AnalysedQuote
from search.text.analysis import analyse

WORDS = (
    "the a of we will not never ferry ferries islands island sold sale selling harbour harbours diplomacy diplomatic "
    "undiplomatic twelve 12 twenty per cent don't won't café für Regierungen [the] … 港口 said"
).split()
some_words = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
texts = some_words | st.text(max_size=60)


def reading(text: str) -> AnalysedQuote:
    return AnalysedQuote(1, text, analyse(text).stems, "d")


@given(texts, texts)
@example("the ferry", "[the] ferry")
@example("a la una", "a una")
@example("für Regierungen", "Für die Regierungen: der Zug und die Stadt sind nicht das, was wir von euch wollen!")
@example("der, und, regierungen, forderungen, wohnungen", "der und regierungen forderungen wohnungen")
@example("ferry sold", "They said the ferry, sold last year, was never ours")
@example("not sold", "They said the ferry wasn't sold last year")
def test_what_the_stems_tell_is_what_the_words_would(typed: str, printed: str) -> None:
    """The short way and the long one come to the same; without a wish for it, only the score of what is different is left."""
    query = Query(text=typed)
    if found := by_stems(query, reading(printed), scored=True):
        assert found == judged(query, printed)
    if found := by_stems(query, reading(printed)):
        assert found.kind == judged(query, printed).kind


@given(some_words.filter(bool), some_words, some_words)
def test_what_is_given_up_early_is_not_relevant(typed: str, printed: str, near: str) -> None:
    """By what the whole quote has of the words, before the best place of it is looked for."""
    stems, around = analyse(printed).stems, analyse(near).stems
    share = relevance(typed, stems, around)
    assert relevance(typed, stems, around, RELEVANT) in ({share} if share >= RELEVANT else {share, 0.0})


def test_a_quote_that_has_half_of_the_words_may_be_one() -> None:
    """And one with the other half around it, unless its document has a sure version: there everything stands around."""
    query = Query(text="the northern islanders lost their ferry")
    close = reading("Nobody on the islands, least of all the northern ones, wanted that ferry")
    found = likely(query, close, ())
    assert found is not None
    assert found.kind == "reworded"
    far = reading("The price of bread has doubled on the northern islands")
    near = replace(far, around=analyse("The islanders, who had lost their ferry, said").stems)
    assert likely(query, near, ()) is not None
    assert likely(query, far, ()) is None
    assert likely(query, near, ("d",)) is None
    none = replace(near, stems=analyse("The price of bread has doubled").stems, text="The price of bread has doubled")
    assert likely(query, none, ()) is None
