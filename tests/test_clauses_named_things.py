"""What the words beside the marks call a name, a title, a term or a law is no quotation, and is not held back where it is one."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import annotate_document, attribute
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.clauses.named_things import names_thing
from search.model import Document


def is_named(text: str) -> bool:
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    return names_thing(doc, next(number for number, each in enumerate(doc.quotations) if each.parent is None))


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee mailed the council a letter entitled “Formal request for a new bridge over the Esk” on Monday.",
        "Ann Lee told the council that the so-called “quick fix” had failed.",
        "Ann Lee said the rule, known as the “bridge clause,” would stay.",
        "Ann Lee read out what was dubbed a “mea culpa” on Monday.",
        "Ann Lee said a blog called “River Notes” had lied.",
        "Ann Lee showed papers, previously marked “council only,” to the press.",
        "Ann Lee urged a “no” vote on the bridge.",
        "Ann Lee pointed out that the term “bridge” has six letters.",
        "Ann Lee told CNN’s “New Day” that she would stay.",
        "Ann Lee said on “Fox & Rivers” that she would stay.",
        "Ann Lee said that she might finish a book on the great flood of 1923, “The Barrow Years”.",
        "Ann Lee said she had read the novel “The Barrow Years” twice.",
        "“The Long River” follows a family of millers.",
        "The first words of the First Amendment are “Council shall make no law”, Ann Lee knows.",
    ],
)
def test_names_titles_terms_and_laws_are_no_quotation(text: str) -> None:
    assert is_named(text)
    first = next(each for each in attribute(Document(id="t", text=text)) if each.kind != "indirect")
    assert (first.scare, first.speaker) == (True, None)


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee called it “a quick fix” on Monday.",
        "The plan, which Ann Lee dubbed “a quick fix,” failed.",
        "The plan was called “a quick fix” by Ann Lee.",
        "It is what the mayor called “a quick fix” for the town.",
        "Ann Lee used the word “disaster” to describe the bridge.",
        "“No,” Ann Lee said.",
        "Ann Lee told CNN: “We will stay here.”",
        "The Constitution says “all rivers are free” and Ann Lee agrees.",
        "The plan is titled “We will build it, and we will build it here, and nobody in this town is going to stop us”.",
        "Ann Lee closed the book, saying “The River Will Stay”.",
        "“Named”",
    ],
)
def test_what_somebody_calls_something_stays_a_quotation(text: str) -> None:
    assert not is_named(text)


def test_an_inner_quotation_is_not_asked_about() -> None:
    text = "“She called the blog titled ‘River Notes’ a fraud,” Ann Lee said."
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    assert not names_thing(doc, next(n for n, each in enumerate(doc.quotations) if each.parent is not None))


def test_the_members_of_a_list_are_all_terms_or_none() -> None:
    text = "The rules are issued as so-called “guidance” or “notice” but Ann Lee never saw them on the books."
    scores = [each.scare_score for each in attribute(Document(id="t", text=text)) if each.kind != "indirect"]
    assert len(scores) == 2
    assert scores[0] == scores[1]
