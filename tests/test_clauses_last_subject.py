"""What the clause before was about."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import annotate_document
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.clauses.last_subject import (
    fits_gender,
    is_unnamed_person,
    last_named_speaker,
    last_subject,
    not_meant_by,
)
from search.model import Document
from search.names.given_names import Gender


def subject(text: str) -> str | None:
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    number = last_subject(doc, len(doc.mentions) - 1)
    return None if number is None else doc.mentions[number].head


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Robert Cole met Mark Park. He", "Robert Cole"),
        ("It rained, said Mark Park. He", "Mark Park"),
        ("Asked about the lake, Robert Cole smiled. He", "Robert Cole"),
        ("A ranger met Mark Park. He", "ranger"),
        ("It rained. Robert Cole said Park’s boat sank. He", "Robert Cole"),
        ("Robert Cole said Mark Park claimed too much. He", "Robert Cole"),
        ("Robert Cole fell when the host Mark Park noted it. He", "Robert Cole"),
        ("Robert Cole left. It rained. It rained. It rained. It rained. He", "It"),
        ("Robert Cole’s Liberal successor, Mark Park, issued a statement. He", "Mark Park"),
        ("Robert Cole’s letter, Mark Park, was late. He", "Robert Cole"),
        ("He", None),
    ],
)
def test_the_last_subject_is_found(text: str, head: str | None) -> None:
    assert subject(text) == head


@pytest.mark.parametrize(
    ("text", "pronoun", "unnamed"),
    [
        ("A ranger left. He", "He", True),
        ("A chairman left. She", "She", False),
        ("The rangers left. He", "He", False),
        ("The committee met. He", "He", False),
        ("Robert Cole, a ranger, left. He", "He", False),
    ],
)
def test_somebody_without_a_name_is_one_person_of_that_gender(text: str, pronoun: str, unnamed: bool) -> None:
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    last = len(doc.mentions) - 1
    assert doc.mentions[last].head == pronoun
    nominals = [n for n in range(last) if doc.mentions[n].kind == "nominal"]
    assert any(is_unnamed_person(doc, n, last) for n in nominals) is unnamed


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Robert Cole said Mark Park’s boat sank. He", "Robert Cole"),
        ("Robert Cole met Mark Park. He", None),
        ("Robert Cole said it rained. In the end Mark Park left, and he", None),
        ("A ranger said it rained. He", None),
    ],
)
def test_who_is_named_at_the_last_reporting_word(text: str, name: str | None) -> None:
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    last = len(doc.mentions) - 1
    number = last_subject(doc, last)
    assert number is not None
    entity = last_named_speaker(doc, number, last)
    assert (doc.entities[entity].name if entity >= 0 else None) == name


def test_a_noun_that_shows_a_gender_fits_no_other() -> None:
    assert fits_gender("chairman", Gender.MALE)
    assert not fits_gender("chairman", Gender.FEMALE)
    assert fits_gender("singer", Gender.FEMALE)
    assert fits_gender("chairman", Gender.UNKNOWN)


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("He told Robert Cole.", {"Robert Cole"}),
        ("He said to Robert Cole that it rained.", {"Robert Cole"}),
        ("He said it was “a real storm” that Robert Cole’s boat would meet.", {"Robert Cole"}),
        ("He said it was late, and Robert Cole left.", set()),
        ("He said it was “late,” Robert Cole left.", set()),
        ("He said the Cole committee left.", set()),
        ("He has vowed “no” but it goes on about Robert Cole.", set()),
        ("He said so after the judge asked Robert Cole.", set()),
        ("He said so when asked about Robert Cole.", {"Robert Cole"}),
        ("He said that when Robert Cole left it rained.", {"Robert Cole"}),
        ("His boat met Robert Cole.", set()),
        ("He left. Robert Cole said so.", set()),
    ],
)
def test_he_is_nobody_whom_his_own_clause_names(text: str, others: set[str]) -> None:
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    assert {doc.entities[number].name for number in not_meant_by(doc, 0)} == others
