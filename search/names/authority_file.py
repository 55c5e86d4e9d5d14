"""Read authority files: Wikidata query results (JSON, CSV), Popolo JSON, congress-legislators YAML, FollowTheMoney JSON Lines.

Everything is bounded: the file, its entries, the names and offices of each, the length of a name. An entry that cannot
be understood is one sentence, a `Skip`, and the next is read.

Formats: https://www.mediawiki.org/wiki/Wikidata_Query_Service/User_Manual, https://www.popoloproject.com/specs/,
https://github.com/unitedstates/congress-legislators, https://followthemoney.tech/explorer/schemata/
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from search.errors import ReadError
from search.model import Skip
from search.names.authority import AuthorityEntry, Office

MAX_FILE_BYTES: Final = 256 * 1024 * 1024  # all members of all parliaments are 100 MB
MAX_YAML_BYTES: Final = 32 * 1024 * 1024  # legislators-historical is 6 MB, and a YAML parser needs much memory
MAX_YAML_DEPTH: Final = 50  # they nest 4 deep; libyaml before 0.2.5 ends the process where it is 100,000
MAX_NAMES: Final = 200  # of one person: Wikidata has some 150 for the best known, one for each script and spelling
MAX_OFFICES: Final = 200
MAX_TEXT: Final = 200  # code points of a name, a role, a place
_QID: Final = re.compile(r"\bQ[1-9]\d{0,11}\b")
_DAY: Final = re.compile(r"[+]?(\d{4}(?:-\d\d(?:-\d\d)?)?)")
_TERMS: Final = {"sen": "Senator", "rep": "Representative", "prez": "President", "viceprez": "Vice President"}

Entry = AuthorityEntry | Skip


def read_authority(path: Path) -> Iterator[Entry]:
    """Yield the people of an authority file, whatever its format, and a `Skip` for each entry that is none.

    Raises:
        ReadError: the file cannot be read, is too large, or is of no known format.
    """
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise ReadError(f"{path} is larger than {MAX_FILE_BYTES // 1_000_000} MB.")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{path} cannot be read: {error}.") from error
    yield from _merged(_entries(path, text))


def _entries(path: Path, text: str) -> Iterator[Entry]:
    ending = path.suffix.lower()
    if ending in (".yaml", ".yml"):
        yield from _each(_yaml(path, text), _legislator, path)
    elif ending == ".csv":
        yield from _each(_csv_rows(path, text), _wikidata_row, path)
    else:
        yield from _json_entries(path, text)


def _json_entries(path: Path, text: str) -> Iterator[Entry]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        yield from _each(_json_lines(path, text), _follow_the_money, path)
        return
    if isinstance(whole, Mapping) and "results" in whole:
        bindings = _mapping(whole["results"]).get("bindings", [])
        yield from _each(_sequence(bindings), _binding, path)
    elif isinstance(whole, Mapping) and "persons" in whole:
        yield from _each(_sequence(whole["persons"]), _popolo(whole), path)
    elif isinstance(whole, Mapping) and "schema" in whole:
        yield from _each([whole], _follow_the_money, path)
    elif isinstance(whole, list):
        yield from _each(whole, _wikidata_row, path)
    else:
        raise ReadError(
            f"{path} is none of the authority files that can be read: Wikidata, Popolo, FollowTheMoney, YAML."
        )


def _each(
    rows: Iterable[Any], entry_of: Callable[[Mapping[str, Any]], AuthorityEntry | None], path: Path
) -> Iterator[Entry]:
    for number, row in enumerate(rows, 1):
        if isinstance(row, Skip):
            yield row
            continue
        try:
            entry = entry_of(row) if isinstance(row, Mapping) else None
        except (TypeError, ValueError, AttributeError, KeyError) as error:
            yield Skip(str(path), f"Entry {number} cannot be understood: {type(error).__name__}.")
            continue
        if entry is not None and entry.name and entry.id:
            yield entry
        elif not isinstance(row, Mapping) or row.get("schema", "Person") in ("Person", "LegalEntity"):
            yield Skip(str(path), f"Entry {number} has no id or no name.")


def _merged(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Put rows of one id together that follow each other: Wikidata has a row for each office and each other name."""
    held: AuthorityEntry | None = None
    for entry in entries:
        if isinstance(entry, Skip):
            yield entry
        elif held is not None and held.id == entry.id:
            names = tuple(dict.fromkeys((*held.names, entry.name, *entry.names)))[:MAX_NAMES]
            offices = tuple(dict.fromkeys((*held.offices, *entry.offices)))[:MAX_OFFICES]
            held = AuthorityEntry(held.id, held.name, names, offices)
        else:
            if held is not None:
                yield held
            held = entry
    if held is not None:
        yield held


# -- Wikidata: the columns of a query are named by whoever writes it; these are the usual ones, with or without "Label".


def _binding(row: Mapping[str, Any]) -> AuthorityEntry | None:
    return _wikidata_row({key: _mapping(cell).get("value") for key, cell in row.items()})


def _wikidata_row(row: Mapping[str, Any]) -> AuthorityEntry | None:
    def first(*columns: str) -> str:
        return next((value for column in columns if (value := _text(row.get(column)))), "")

    id_ = _id(first("item", "person", "human", "id", "qid", "wikidata", "politician"))
    name = first("itemLabel", "personLabel", "humanLabel", "politicianLabel", "label", "name")
    names = [
        first(
            "altLabel",
            "itemAltLabel",
            "personAltLabel",
            "alias",
            "aliases",
            "native",
            "nativeName",
            "nameInNativeLanguage",
        )
    ]
    role = first("positionLabel", "officeLabel", "position", "office", "role", "roleLabel")
    place = first("placeLabel", "countryLabel", "jurisdictionLabel", "ofLabel", "place", "country", "jurisdiction")
    office = Office(
        role, place, _day(first("start", "startDate", "from")), _day(first("end", "endDate", "until", "to"))
    )
    return _entry(id_, name, [part for some in names for part in re.split(r"[|;]|, ", some)], [office] if role else [])


# -- Popolo (EveryPolitician)


def _popolo(whole: Mapping[str, Any]) -> Callable[[Mapping[str, Any]], AuthorityEntry | None]:
    names = {
        _text(_mapping(one).get("id")): _text(_mapping(one).get("name"))
        for key in ("organizations", "areas", "posts", "events")
        for one in _sequence(whole.get(key, []))
    }
    offices: dict[str, list[Office]] = {}
    for one in map(_mapping, _sequence(whole.get("memberships", []))):
        organization, area = names.get(_text(one.get("organization_id")), ""), names.get(_text(one.get("area_id")), "")
        role = _text(one.get("role")) or names.get(_text(one.get("post_id")), "") or "member"
        office = Office(
            role, area or organization, _day(_text(one.get("start_date"))), _day(_text(one.get("end_date")))
        )
        offices.setdefault(_text(one.get("person_id")), []).append(office)

    def person(row: Mapping[str, Any]) -> AuthorityEntry | None:
        identifiers = map(_mapping, _sequence(row.get("identifiers", [])))
        qid = next((_text(one.get("identifier")) for one in identifiers if one.get("scheme") == "wikidata"), "")
        others = [_text(_mapping(one).get("name")) for one in _sequence(row.get("other_names", []))]
        own = _text(row.get("id"))
        return _entry(_id(qid) or own, _text(row.get("name")), others, offices.get(own, []))

    return person


# -- congress-legislators


def _legislator(row: Mapping[str, Any]) -> AuthorityEntry | None:
    ids, name = _mapping(row.get("id", {})), _mapping(row.get("name", {}))
    first, middle, last = (_text(name.get(key)) for key in ("first", "middle", "last"))
    nickname, suffix = _text(name.get("nickname")), _text(name.get("suffix"))
    usual = _text(name.get("official_full")) or f"{first} {last}".strip()
    names = [f"{some} {last}".strip() for some in (first, nickname, f"{first} {middle}") if some and last]
    names = [f"{one}, {suffix}" for one in names] if suffix else names
    offices = []
    for term in map(_mapping, _sequence(row.get("terms", []))):
        role = _TERMS.get(_text(term.get("type")), _text(term.get("type")))
        place = _STATES.get(_text(term.get("state")), _text(term.get("state"))) or "United States"
        offices.append(Office(role, place, _day(_text(term.get("start"))), _day(_text(term.get("end")))))
    return _entry(_id(_text(ids.get("wikidata"))) or _text(ids.get("bioguide")), usual, names, offices)


# -- FollowTheMoney (OpenSanctions)


def _follow_the_money(row: Mapping[str, Any]) -> AuthorityEntry | None:
    if row.get("schema") not in ("Person", "LegalEntity"):
        return None
    values = _mapping(row.get("properties", {}))

    def all_of(*keys: str) -> list[str]:
        return [_text(one) for key in keys for one in _sequence(values.get(key, []))]

    names = all_of("name", "alias", "weakAlias", "previousName")
    # Positions are "Minister of Defence (2010-2014)" or without days; the dates of a tenure are entities of their own.
    offices = [Office(re.sub(r"\s*\([^)]*\)$", "", one)) for one in all_of("position")]
    qid = next(filter(None, map(_id, [*all_of("wikidataId"), _text(row.get("id"))])), "")
    return _entry(qid or _text(row.get("id")), _text(row.get("caption")) or (names[0] if names else ""), names, offices)


# -- the pieces


def _entry(id_: str, name: str, names: Iterable[str], offices: Sequence[Office]) -> AuthorityEntry:
    others = tuple(dict.fromkeys(one.strip() for one in names if one.strip() and one.strip() != name))
    return AuthorityEntry(id_, name, others[:MAX_NAMES], tuple(dict.fromkeys(offices))[:MAX_OFFICES])


def _id(value: str) -> str:
    """Return the QID in a value, which may be its address; else the value itself where it is no address."""
    qid = _QID.search(value)
    return qid[0] if qid else "" if "/" in value else value


def _day(value: str) -> str | None:
    day = _DAY.match(value)
    return day[1] if day else None


def _text(value: object) -> str:
    if isinstance(value, (int, float)) or hasattr(value, "isoformat"):
        value = str(value)
    return " ".join(value[:MAX_TEXT].split()) if isinstance(value, str) else ""


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _sequence(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else []


def _csv_rows(path: Path, text: str) -> Iterator[Any]:
    rows = csv.DictReader(text.splitlines())
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Skip(str(path), f"A row cannot be read: {error}.")
            continue
        if row is None:
            return
        yield row


def _json_lines(path: Path, text: str) -> Iterator[Any]:
    lines = [line for line in text.splitlines() if line.strip()]
    good = 0
    for number, line in enumerate(lines, 1):
        try:
            yield json.loads(line)
            good += 1
        except (ValueError, RecursionError):
            yield Skip(str(path), f"Line {number} is no JSON.")
    if not good:
        raise ReadError(f"{path} is none of the authority files that can be read: no line of it is JSON.")


def _yaml(path: Path, text: str) -> Sequence[Any]:
    if len(text) > MAX_YAML_BYTES:
        raise ReadError(f"{path} is larger than {MAX_YAML_BYTES // 1_000_000} MB, too large for YAML.")
    try:
        depth = 0
        for token in yaml.scan(text, Loader=_LOADER):
            # Aliases could name one list a billion times over; the files that we read have none.
            if isinstance(token, (yaml.AliasToken, yaml.AnchorToken)):
                raise ReadError(f"{path} has YAML aliases, which are not read.")
            depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
            if depth > MAX_YAML_DEPTH:
                raise ReadError(f"{path} is no YAML that can be read: it nests deeper than {MAX_YAML_DEPTH}.")
        return _sequence(yaml.load(text, Loader=_LOADER))
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ReadError(f"{path} is no YAML that can be read: {str(error).splitlines()[0]}.") from error


_OPENING: Final = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
)
_CLOSING: Final = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STATES: Final = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho",
    "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine",
    "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri",
    "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico",
    "NY": "New York", "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon",
    "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee",
    "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia", "WA": "Washington", "WV": "West Virginia",
    "WI": "Wisconsin", "WY": "Wyoming", "DC": "District of Columbia", "PR": "Puerto Rico",
}  # fmt: skip
