"""The JSON of the contract: one line, every key, values of the enums as plain words."""

from __future__ import annotations

import json
from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from search.model import (  # fmt: skip
    ChangedParagraph,
    Difference,
    DifferenceKind,
    DiffSegment,
    Document,
    Match,
    MatchKind,
    Query,
    Quote,
    QuoteKind,
    Result,
    RevisionDiff,
    Utterance,
    Version,
)
from search.renderers import Style
from search.renderers.json import document_object, encoded, quote_object, render, revision_object

MATCH = Match(
    MatchKind.EDITED, 0.123456, (Difference(DifferenceKind.CHANGED, "a", "b"),), ("number",), "one word changed"
)
QUOTE = Quote(
    "q", "", "We will stay", kind=QuoteKind.MIXED, scare=True, flags=("joined",), confidence=0.98765, via=("Post",)
)
SAID = Utterance("q", QUOTE.text, MATCH, (Version(QUOTE.text, MATCH, (QUOTE,)),), None, ("Courier",), ("Ann Lee",))
RESULT = Result(Query(text="x", speaker=("Lee",)), 1, 1, 1, (SAID,), {"year": (("2024", 1),)}, took_ms=1.23456)


def test_an_answer_has_the_keys_of_the_contract() -> None:
    read = json.loads(render(RESULT, Style()))
    assert list(read) == ["query", "total_quotes", "total_versions", "total_utterances", "utterances", "facets", "unfiltered_quotes", "nearest", "notes", "took_ms"]  # fmt: skip
    assert read["query"] == {"text": "x", "speaker": ["Lee"], "limit": 20}
    assert (read["facets"], read["took_ms"]) == ({"year": [["2024", 1]]}, 1.23)
    (said,) = read["utterances"]
    assert (said["match"], said["score"], said["sure"], said["speakers"]) == ("edited", 0.1235, True, ["Ann Lee"])
    (version,) = said["versions"]
    assert version["differences"] == [{"kind": "changed", "query": "a", "quote": "b"}]
    assert "possible" not in said


def test_a_quote_says_that_nobody_is_quoted_and_from_no_document_it_came() -> None:
    read = quote_object(QUOTE)
    assert (read["flags"], read["kind"], read["place"], read["confidence"]) == (
        ["scare", "joined"],
        "mixed",
        "body",
        0.988,
    )
    assert read["document_id"] is None


def test_what_may_be_the_same_is_written_where_there_is_some() -> None:
    from dataclasses import replace

    from search.renderers.json import utterance_object

    assert [each["id"] for each in utterance_object(replace(SAID, possible=(SAID,)))["possible"]] == ["q"]


def test_a_document_names_its_revisions_and_copies() -> None:
    document = Document("d2", "x", provenance={"outlet": "host"})
    read = json.loads(encoded(document_object(document, [Document("d1", "y"), document], [Document("c", "x")])))
    assert (read["revisions"], read["copies"], read["provenance"]) == (["d1", "d2"], ["c"], {"outlet": "host"})


def test_the_difference_of_revisions() -> None:
    paragraph = ChangedParagraph(DifferenceKind.ADDED, (DiffSegment(DifferenceKind.ADDED, "More."),))
    assert json.loads(encoded(revision_object(RevisionDiff("a", "b", (("title", "", "New"),), (paragraph,))))) == {
        "before": "a", "after": "b", "summary": "1 paragraph added; another title",
        "facts": [{"name": "title", "before": "", "after": "New"}],
        "paragraphs": [{"kind": "added", "segments": [{"kind": "added", "text": "More."}]}],
    }  # fmt: skip


@given(st.dictionaries(st.text(), st.text()))
def test_whatever_is_written_is_one_line_that_reads_back(value: dict[str, str]) -> None:
    line = encoded(value)
    assert line.count("\n") == 1
    assert json.loads(line) == value


def test_every_field_of_a_quote_is_written_but_for_what_extract_alone_says() -> None:
    """A new field that is forgotten here would be in no JSON, page or feed."""
    unwritten = {"spans", "parent", "method", "scare", "scare_score", "speaker_id", "second", "authors"}
    assert {field.name for field in fields(Quote)} - set(quote_object(QUOTE)) == unwritten
