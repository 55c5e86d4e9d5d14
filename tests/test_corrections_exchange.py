"""Corrections as JSON: what goes out comes in the same, and what is none is one sentence."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.corrections.correction import Correction, CorrectionKind, QuoteName, new_correction, taken_back
from search.corrections.exchange import correction_from, correction_object
from search.errors import QueryError

lines = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=20)
words = st.text(min_size=1, max_size=40).filter(str.strip)
quote_names = st.builds(QuoteName, id=words, document=st.text(max_size=9), page=st.text(max_size=9), exact=words)


@st.composite
def corrections(draw: st.DrawFn) -> Correction:
    kind = draw(st.sampled_from(CorrectionKind))
    name_count, quote_count = {"speaker": (1, 1), "same_person": (3, 0), "other_person": (2, 0)}.get(kind, (0, 1))
    quote_count += kind in ("join", "split")
    names = draw(st.lists(words.map(lambda one: f"n{one}"), min_size=name_count, max_size=name_count, unique=True))
    quotes = draw(
        st.lists(quote_names, min_size=quote_count, max_size=quote_count, unique_by=lambda one: (one.id, one.exact))
    )
    try:
        made = new_correction(kind, draw(lines), draw(st.text(max_size=50)), tuple(quotes), tuple(names))
    except QueryError:  # two names that fold to one, or a line break in a name
        made = new_correction(kind, "Ann", "", tuple(quotes[:quote_count]), ("Ann Lee", "Bo Berg")[:name_count])
    return taken_back(made, draw(lines), draw(st.text(max_size=50))) if draw(st.booleans()) else made


@given(corrections())
def test_what_goes_out_comes_in_the_same(correction: Correction) -> None:
    assert correction_from(json.loads(json.dumps(correction_object(correction)))) == correction


GOOD: dict[str, Any] = {
    "kind": "hide", "made": "2026-11-02T10:00:00.000000Z", "person": "Ann", "reason": "withdrawn",
    "quotes": [{"id": "q1", "exact": "The ferry was sold"}],
}  # fmt: skip


def test_the_same_correction_has_the_same_id_whatever_the_file_calls_it() -> None:
    assert correction_from(GOOD).id == correction_from(GOOD | {"id": "another"}).id


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "paint"},
        {"kind": ["hide"]},
        {"made": "yesterday"},
        {"made": "9999-12-31T23:59:59.999999Z"},
        {"made": 3},
        {"undone": "soon"},
        {"quotes": []},
        {"quotes": "q1"},
        {"quotes": ["q1"]},
        {"quotes": [{"id": "q1"}]},
        {"quotes": [{"exact": "words of no quote"}]},
        {"quotes": [{"id": "q1", "exact": "x" * 200_000}]},
        {"quotes": GOOD["quotes"] * 2},
        {"names": [3]},
        {"names": ["", "Ann"], "quotes": [], "kind": "same_person"},
        {"names": ["Ann", "ANN"], "quotes": [], "kind": "other_person"},
        {"names": [f"Name {n}" for n in range(200)], "quotes": [], "kind": "same_person"},
        {"kind": "speaker", "names": ["Ann Lee\u202e\n"]},
        {"person": "A\nB"},
        {"reason": "x" * 2_000},
        {"kind": "join"},
    ],
)
def test_what_is_no_correction_is_one_sentence(change: dict[str, Any]) -> None:
    with pytest.raises(QueryError) as raised:
        correction_from(GOOD | change)
    assert str(raised.value).endswith(".")


@given(st.dictionaries(st.sampled_from([*GOOD, "id", "undone", "names"]), st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=4)))  # fmt: skip
def test_any_json_is_a_correction_or_refused(row: dict[str, Any]) -> None:
    with contextlib.suppress(QueryError):
        assert correction_from(GOOD | row).kind in CorrectionKind
