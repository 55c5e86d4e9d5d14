"""Every way in which a fact is known has words for a person, and no words are kept for a way that nobody produces."""

from __future__ import annotations

import ast
from enum import StrEnum
from importlib.resources import files
from pathlib import Path

import pytest

from indexer.pipeline.read import read_paths
from search.model import Document
from search.provenance import DocumentFlag, Provenance, provenance_wording

INDEXER = Path(str(files("indexer")))
HERE = Path(__file__).parent
# Keys of a document's provenance that hold a fact in place of how one is known.
FACTS = {"canonical", "fetched", "kept", "wire"}


def produced(vocabulary: type[StrEnum]) -> set[str]:
    """The members that the code of the indexer names."""
    names: set[str] = set()
    for path in INDEXER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id == vocabulary.__name__
            ):
                names.add(node.attr)
    return names


@pytest.mark.parametrize("vocabulary", [Provenance, DocumentFlag])
def test_every_value_is_produced(vocabulary: type[StrEnum]) -> None:
    assert produced(vocabulary) == set(vocabulary.__members__)


@pytest.mark.parametrize("member", [*Provenance, *DocumentFlag], ids=str)
def test_every_value_has_words_of_its_own(member: Provenance | DocumentFlag) -> None:
    assert member.wording
    assert member.wording != member.value
    assert sum(other.wording == member.wording for other in type(member)) == 1


def test_all_that_readers_say_of_documents_is_in_the_vocabularies() -> None:
    for item in read_paths([str(HERE / "readers"), str(HERE / "hostile"), str(INDEXER / "samples" / "articles")]):
        if isinstance(item, Document):
            assert set(item.flags) <= set(DocumentFlag)
            assert {how for field, how in item.provenance.items() if field not in FACTS} <= set(Provenance)


def test_pages_say_it_in_these_words() -> None:
    assert provenance_wording("by hand") == "what was said by hand when it was indexed"
    assert provenance_wording("of another program") == "of another program"
