"""Inner quotations: the clause beside them says whose they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.attribution.nested_quotations import find_reporting_clause, is_nested_term, resolve_clause_source
from indexer.entities.entities import name_key
from indexer.entities.mentions import Entity
from indexer.quotations.quotation_marks import Quotation
from search.names.given_names import Gender


def clause(text: str) -> tuple[str, str] | None:
    """Whoever the words beside ‘...’ name, and the cue."""
    start, stop = text.index("‘"), text.index("’") + 1
    found = find_reporting_clause(text, 0, len(text), start, stop)
    return (found.source, found.cue) if found else None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("He told me, ‘Go home.’", ("He", "told")),
        ("She had just told reporters that ‘it is late.’", ("She", "told")),
        ("Ann Lee said: ‘Go home.’", ("Ann Lee", "said")),
        ("The former transport minister said, ‘Go home.’", ("The former transport minister", "said")),
        ("She told me, and I wrote it down, ‘Go home.’", ("She", "told")),
        ("And then, ‘Go home,’ Lee said.", ("Lee", "said")),
        ("And then, ‘Go home,’ he told me.", ("he", "told")),
        ("I went away. ‘Go home.’", None),
        ("He told me. I saw ‘Go home’ there.", None),
        ("It was called ‘Go home’ by all.", None),
    ],
)
def test_the_clause_beside_the_marks_is_found(text: str, wanted: tuple[str, str] | None) -> None:
    assert clause(text) == wanted


@pytest.mark.parametrize("text", ["I’m saying, ‘Go home.’", "I said, ‘Go home.’"])
def test_whoever_speaks_of_himself_is_the_outer_speaker_with_a_contracted_verb_too(text: str) -> None:
    found = find_reporting_clause(text, 0, len(text), text.index("‘"), text.rindex("’") + 1)
    assert found is not None
    assert found.first_person


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("It is a democracy with a small ‘d’ in the end.", True),
        ("Anyone who uses the word ‘panic’ is wrong.", True),
        ("I tell them ‘No’ every time.", False),
        ("And I said to them, ‘No’.", False),
        ("She told me that we ‘dictate’ to others.", False),
        ("Then he goes ‘No’ and leaves.", False),
        ("He spoke of ‘a long and winding road’.", False),
        ("However, the ‘unforeseen results’ of the plan were many.", False),
    ],
)
def test_a_word_that_a_speaker_only_names_is_a_term(text: str, term: bool) -> None:
    start, stop = text.index("‘"), text.index("’") + 1
    inner = Quotation(open=start, start=start + 1, end=stop - 1, close=stop, mark="‘")
    assert is_nested_term(text, 0, inner) is term


def person(name: str, gender: Gender, *roles: str) -> Entity:
    return Entity(name, name_key(name), True, gender, roles=set(roles))


PEOPLE = [
    person("Mary Poole", Gender.FEMALE),
    person("Osvald Roe", Gender.MALE, "general"),
    person("Ann Lee", Gender.FEMALE, "mayor"),
]


@pytest.mark.parametrize(
    ("before", "source", "outer", "wanted"),
    [
        ("I met Mary Poole and Osvald Roe. ", "he", "Ann Lee", "Osvald Roe"),
        ("I met Mary Poole and Osvald Roe. ", "she", "Ann Lee", "Mary Poole"),
        ("I met Osvald Roe and Ann Lee. ", "she", "Ann Lee", None),
        ("I met Roe’s wife and General Roe. ", "he", "Ann Lee", "Osvald Roe"),
        ("I was in St. Poole. ", "she", "Ann Lee", None),
        ("ROE: Yes. ", "they", "Ann Lee", None),
        ("I met nobody. ", "the general", "Ann Lee", "Osvald Roe"),
        ("I met nobody. ", "the old engineer", "Ann Lee", "old engineer"),
        ("I met Susan Park. ", "she", "Ann Lee", "Susan Park"),
    ],
)
def test_whom_he_and_she_and_a_role_stand_for(before: str, source: str, outer: str, wanted: str | None) -> None:
    assert resolve_clause_source(f"{before}‘Go’", PEOPLE, source, len(before), outer) == wanted


@given(st.text(alphabet="Aa He.,‘’:told \n", max_size=120), st.integers(0, 60), st.integers(0, 60))
def test_any_text_is_legal(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    found = find_reporting_clause(text, 0, len(text), start, min(len(text), start + length))
    assert found is None or (found.source and found.cue)
