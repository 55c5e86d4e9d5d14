"""Authority files in each format, and what is no entry of one."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import ReadError
from search.model import Skip
from search.names.authority import AuthorityEntry, Office
from search.names.authority_file import MAX_NAMES, MAX_TEXT, read_authority

BINDINGS = {
    "results": {
        "bindings": [
            {
                "item": {"value": "http://www.wikidata.org/entity/Q901"},
                "itemLabel": {"value": "Marta Lind"},
                "altLabel": {"value": "M. Lind|مارتا لیند"},
                "positionLabel": {"value": "Governor of Indrania"},
                "start": {"value": "2009-01-12T00:00:00Z"},
                "end": {"value": "2013-01-14T00:00:00Z"},
            },
            {
                "item": {"value": "http://www.wikidata.org/entity/Q901"},
                "itemLabel": {"value": "Marta Lind"},
                "positionLabel": {"value": "Senator"},
                "placeLabel": {"value": "Indrania"},
            },
            {"itemLabel": {"value": "nobody's id"}},
        ]
    }
}
POPOLO = {
    "persons": [
        {
            "id": "p1",
            "name": "Marta Lind",
            "other_names": [{"name": "مارتا لیند"}],
            "identifiers": [{"scheme": "wikidata", "identifier": "Q901"}],
        },
        {"name": "no id"},
    ],
    "organizations": [{"id": "o1", "name": "Storting"}],
    "memberships": [{"person_id": "p1", "organization_id": "o1", "role": "member", "start_date": "2009"}],
}
LEGISLATORS = """
- id: {bioguide: L000001, wikidata: Q901}
  name: {first: Marta, middle: Jane, last: Lind, official_full: Marta J. Lind, nickname: Mart}
  terms:
  - {type: sen, start: '2009-01-06', end: '2015-01-03', state: WY}
- name: {first: nobody}
"""
FTM = [
    {"id": "Q901", "schema": "Person", "caption": "Marta Lind", "properties": {"name": ["Marta Lind"], "alias": ["مارتا لیند"], "position": ["Minister of Fish (2009-2013)"]}},
    {"id": "x1", "schema": "Vessel", "caption": "MS Lind", "properties": {}},
    {"id": "Q902", "schema": "Person", "properties": {}},
]  # fmt: skip
CSV = "item,itemLabel,positionLabel,countryLabel,start,end\nhttp://www.wikidata.org/entity/Q901,Marta Lind,minister,Indrania,2009,\nQ902,,,,,\n"


@pytest.mark.parametrize(
    ("file", "text", "names", "office"),
    [
        (
            "a.json",
            json.dumps(BINDINGS),
            ("M. Lind", "مارتا لیند"),
            Office("Governor of Indrania", "", "2009-01-12", "2013-01-14"),
        ),
        ("a.json", json.dumps(POPOLO), ("مارتا لیند",), Office("member", "Storting", "2009")),
        (
            "a.yaml",
            LEGISLATORS,
            ("Marta Lind", "Mart Lind", "Marta Jane Lind"),
            Office("Senator", "Wyoming", "2009-01-06", "2015-01-03"),
        ),
        ("a.jsonl", "\n".join(map(json.dumps, FTM)), ("مارتا لیند",), Office("Minister of Fish")),
        ("a.csv", CSV, (), Office("minister", "Indrania", "2009")),
    ],
)
def test_each_format_gives_the_person_and_says_what_is_none(
    tmp_path: Path, file: str, text: str, names: tuple[str, ...], office: Office
) -> None:
    (tmp_path / file).write_text(text, encoding="utf-8")
    rows = list(read_authority(tmp_path / file))
    (entry,) = [row for row in rows if isinstance(row, AuthorityEntry)]
    (skip,) = [row for row in rows if isinstance(row, Skip)]
    assert entry.id == "Q901"
    assert set(names) <= set(entry.names)
    assert entry.offices[0] == office
    assert skip.reason.endswith(".")


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("a.json", '{"a": 1}', "none of the authority files"),
        ("a.json", "<html>", "none of the authority files"),
        ("a.yaml", "a: &a [1]\nb: [*a, *a]", "aliases"),
        ("a.yaml", "!!python/object/apply:os.system ['true']", "no YAML"),
        ("a.yaml", "[" * 100_000, "no YAML"),
    ],
)
def test_a_file_of_no_format_or_of_malice_is_refused(tmp_path: Path, file: str, text: str, says: str) -> None:
    (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=says):
        list(read_authority(tmp_path / file))


def test_an_entry_is_bounded(tmp_path: Path) -> None:
    row = {
        "id": "Q1",
        "schema": "Person",
        "caption": "L" * 9_000,
        "properties": {"alias": [f"n{i}" for i in range(9_000)]},
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n" + "[" * 9_000, encoding="utf-8")
    entry, skip = sorted(read_authority(tmp_path / "a.jsonl"), key=lambda one: isinstance(one, Skip))
    assert isinstance(entry, AuthorityEntry)
    assert (len(entry.name), len(entry.names)) == (MAX_TEXT, MAX_NAMES)
    assert isinstance(skip, Skip)


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "results bindings persons item itemLabel id name schema properties terms identifiers".split()
            ),
            inner,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    path = tmp_path_factory.mktemp("authority") / "a.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    with contextlib.suppress(ReadError):
        assert all(isinstance(row, (AuthorityEntry, Skip)) for row in read_authority(path))
