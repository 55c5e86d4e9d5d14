"""JSON Lines: a quote a line, in the order of the answer."""

from __future__ import annotations

import json

from search.model import Match, MatchKind, Query, Quote, Result, Utterance, Version
from search.renderers import Style
from search.renderers.json import match_object, quote_object
from search.renderers.jsonl import render


def test_every_quote_is_a_line_in_the_order_of_the_answer() -> None:
    match = Match(MatchKind.PART, 0.75, reason="the second contains the first")
    quotes = [Quote(f"q{n}", "d", "We will\nstay\u2028here") for n in range(4)]
    versions = (Version(quotes[0].text, match, tuple(quotes[:2])), Version("y", match, tuple(quotes[2:3])))
    said = [
        Utterance("q0", "x", match, versions, None, (), ()),
        Utterance("q3", "x", match, (Version("z", match, tuple(quotes[3:])),), None, (), ()),
    ]
    lines = render(Result(Query(text="x"), 4, 3, 2, tuple(said)), Style()).split("\n")
    assert lines.pop() == ""
    read = [json.loads(line) for line in lines]
    assert [(row["id"], row["utterance"]) for row in read] == [("q0", "q0"), ("q1", "q0"), ("q2", "q0"), ("q3", "q3")]
    expected = json.loads(json.dumps(quote_object(quotes[0]) | match_object(match)))
    assert read[0] == expected | {"utterance": "q0"}
