"""CSL-JSON: a list of newspaper articles."""

from __future__ import annotations

import json

from search.find.bylines import only_quote
from search.model import Match, MatchKind, Quote, Utterance, Version
from search.renderers import Style
from search.renderers.csl import render


def test_an_item_has_what_is_known_and_no_empty_value() -> None:
    match = Match(MatchKind.EXACT, 1.0)
    quote = Quote(
        "q", "d", "خواهیم ماند", title="نوار", outlet="خبر بندر", published="2024-03-15T10:00:00Z", language="fa",
        authors=("سارا محمدی", "Robert Hill Jr."),
    )  # fmt: skip
    said = Utterance("q", "x", match, (Version("x", match, (quote,)),), None, (), ())
    (item,) = json.loads(render(only_quote(said, "q"), Style()))
    assert item.pop("id").startswith("quote2024-")
    assert item == {
        "type": "article-newspaper", "title": "نوار", "container-title": "خبر بندر", "language": "fa",
        "author": [{"literal": "سارا محمدی"}, {"family": "Hill", "given": "Robert", "suffix": "Jr."}],
        "issued": {"date-parts": [[2024, 3, 15]]}, "note": "Speaker not known: “خواهیم ماند”",
    }  # fmt: skip
