"""What is counted on a document once: totals, nearest cues, places."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.attribution.annotated_document import NEAREST_CUE, AnnotatedDocument, annotate
from indexer.entities.entities import cluster_names
from indexer.entities.mention_detection import find_mentions
from indexer.entities.mentions import MentionKind
from indexer.quotations.outline import build_outline
from indexer.quotations.quotation_marks import find_quotations

SOUP = st.lists(
    st.sampled_from(["“a”", " said", " Ann Lee", " he", ",", ".", "\n", ":", " that", "(", ")"]), max_size=60
)


def annotated(text: str, title: str = "") -> AnnotatedDocument:
    quotations = find_quotations(text)
    outline = build_outline(text, quotations)
    mentions = find_mentions(outline)
    entities = cluster_names(text, outline, mentions, [], title)
    return annotate(outline, quotations, mentions, entities, title, lambda word: float(word == "said"), lambda _: 0.5)


@settings(deadline=None)
@given(SOUP.map("".join))
def test_totals_and_nearest_cues_are_what_counting_finds(text: str) -> None:
    doc = annotated(text)
    words, totals = doc.outline.words, doc.totals
    cues = [n for n, weight in enumerate(doc.cue_weights) if weight >= NEAREST_CUE]
    for n in range(len(words) + 1):
        assert totals.commas[n] == words[:n].count(",")
        assert totals.that[n] == doc.outline.lower[:n].count("that")
        assert totals.quotations[n] == sum(number >= 0 for number in doc.outline.quotation[:n])
        assert totals.opening_brackets[n] == words[:n].count("(")
        assert doc.next_cue[n] == next((cue for cue in cues if cue >= n), -1)
        assert doc.previous_cue[n] == next((cue for cue in reversed(cues) if cue < n), -1)
    for n in range(len(doc.mentions) + 1):
        assert doc.names_before[n] == sum(each.kind == MentionKind.NAME for each in doc.mentions[:n])


def test_a_short_first_line_is_the_headline_and_its_words_are_of_the_title() -> None:
    doc = annotated("Bridge Opens\nAnn Lee left.", "A day at Lee’s")
    assert doc.headline_paragraph == 0
    assert {"bridge", "day", "lee"} <= doc.title_words
    assert annotated("Ann Lee left.").headline_paragraph == -1
    assert annotated("word " * 50 + "\nAnn Lee left.").headline_paragraph == -1


def test_an_entity_is_cued_where_a_reporting_word_stands_right_beside_it() -> None:
    doc = annotated("Then Ann Lee said so. Later, said Ann Lee, it rained on Ann Lee.")
    assert doc.cue_counts == [2.0]
    assert [doc.outline.words[item] for item in doc.cued_items[0]] == ["Ann", "Ann"]
    assert doc.item_of_quotation == {}
