"""JSON-LD: a claim with its first appearance, its quotations, and no markup out of anybody's words."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.model import Match, MatchKind, Quote, Utterance, Version
from web.presentation.sharing.structured_data import QUOTES_DESCRIBED, quotation_json_ld

MATCH = Match(MatchKind.EXACT, 1.0)
LATE = Quote(
    "b",
    "e",
    "We will stay",
    speaker="Ann Lee",
    confidence=0.9,
    outlet="Post",
    published="2024-03-10",
    flags=("denied",),
)
FIRST = Quote("a", "d", "We will stay", speaker="Ann Lee", confidence=0.9, outlet="Evening Tide", title="Ships", published="2024-03-09", url="https://tide.example/a", language="en")  # fmt: skip


def said(*quotes: Quote) -> Utterance:
    return Utterance("a", quotes[0].text, MATCH, (Version(quotes[0].text, MATCH, quotes),), None, (), ())


def page(id_: str) -> str:
    return f"https://a.example/quotes/{id_}"


def test_a_claim_has_its_first_appearance_and_what_was_denied_is_no_quotation() -> None:
    undated = Quote("c", "f", "We will stay")
    claim, *quotations = json.loads(quotation_json_ld(said(LATE, FIRST, undated), page))["@graph"]
    assert (claim["@type"], claim["url"]) == ("Claim", page("a"))
    assert claim["firstAppearance"] == {
        "@type": "NewsArticle", "headline": "Ships", "url": "https://tide.example/a", "datePublished": "2024-03-09",
        "publisher": {"@type": "Organization", "name": "Evening Tide"},
    }  # fmt: skip
    assert len(claim["appearance"]) == 2
    assert [each["url"] for each in quotations] == [page("a"), page("c")]
    assert quotations[0]["spokenByCharacter"] == {"@type": "Person", "name": "Ann Lee"}
    assert "spokenByCharacter" not in quotations[1]


@pytest.mark.parametrize(
    ("id_", "same_as"),
    [("Q42", "http://www.wikidata.org/entity/Q42"), ("B000444", None), ('Q1"><script>', None), (None, None)],
)
def test_a_speaker_whom_wikidata_knows_is_named_by_its_id(id_: str | None, same_as: str | None) -> None:
    quotation = json.loads(quotation_json_ld(said(replace(FIRST, speaker_id=id_)), page))["@graph"][1]
    assert quotation["spokenByCharacter"].get("sameAs") == same_as


def test_where_no_day_is_known_nothing_is_called_the_first() -> None:
    claim = json.loads(quotation_json_ld(said(replace(FIRST, published=None)), page))["@graph"][0]
    assert "firstAppearance" not in claim


@pytest.mark.parametrize(
    ("published", "shown"),
    [("2024-03-09T10:00:00Z", "2024-03-09"), ("2024-03", "2024-03"), ("\u202e=1", None), ("2024-02-31", None)],
)
def test_what_is_no_day_or_no_language_is_left_out(published: str, shown: str | None) -> None:
    """Imported quotes may have any words there, and they were printed as they stood."""
    claim, quotation = json.loads(
        quotation_json_ld(said(replace(FIRST, published=published, language="\u202een")), page)
    )["@graph"]
    assert quotation["isPartOf"].get("datePublished") == shown
    assert not {"inLanguage"} & (claim.keys() | quotation.keys())


def test_a_wire_copy_of_a_hundred_places_is_cut() -> None:
    graph = json.loads(quotation_json_ld(said(*(replace(FIRST, id=f"q{n}") for n in range(100))), page))["@graph"]
    assert len(graph) == 1 + QUOTES_DESCRIBED


@given(st.text(), st.text())
def test_nothing_in_it_ends_the_script_or_opens_a_comment(text: str, title: str) -> None:
    for words in (text, "</script><!--<script>]]>&\u2028"):
        quote = replace(FIRST, text=words, title=title, speaker=words)
        shown = str(quotation_json_ld(said(quote), page))
        assert not set("<>&") & set(shown)
        assert json.loads(shown)["@graph"]


def test_who_is_in_doubt_is_no_speaker_for_a_program() -> None:
    quotation = json.loads(quotation_json_ld(said(replace(FIRST, confidence=0.4)), page))["@graph"][1]
    assert "spokenByCharacter" not in quotation
