"""A record of a table or a dump (names and values) as a document."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files

from indexer.input.encoding import replace_unstorable
from indexer.input.input_file import ReadOptions
from indexer.metadata.dates import is_believable, parse_date
from indexer.metadata.languages import choose_language, primary_language
from indexer.metadata.outlets import looks_like_host, outlet_by_host
from indexer.metadata.urls import canonical_url
from search.model import Document, Skip, document_id
from search.provenance import DocumentFlag, Provenance

_TABLE = tomllib.loads((files("indexer") / "data" / "record_fields.toml").read_text("utf-8"))
# Our field -> what others call it, most usual first.
FIELD_NAMES: Mapping[str, tuple[str, ...]] = {ours: tuple(theirs) for ours, theirs in _TABLE["fields"].items()}
# Name of a dump -> our field -> what the dump calls it.
FIELD_PRESETS: Mapping[str, Mapping[str, str]] = _TABLE["presets"]
_NOBODY = frozenset(_TABLE["nobody"]["words"])
_AND = re.compile(r"\s*(?:;|,(?!\s*(?:Jr|Sr|II|III|MD|PhD)\b)|\s&\s|\sand\s|\|)\s*")
_BY = re.compile(r"^(?:by|von|par|por|di|da|door|av|af|od|от)[:\s]+", re.IGNORECASE)


def document_from_record(record: Mapping[str, object], path: str, options: ReadOptions) -> Document | Skip:
    """Return the record as a document, its text to the letter; a `Skip` that says what is missing."""
    text = record_field(record, "text", options)
    if text is None and isinstance(record.get("quotes"), list):
        text, snippets = _snippets(record["quotes"]), True
    else:
        snippets = False
    if not isinstance(text, str) or not text.strip():
        wanted = options.fields.get("text", "text")
        return Skip(
            path, f'it has no field "{wanted}" with words in it; say which field holds the text, as in --map text=body.'
        )
    if len(text) > options.max_bytes:
        return Skip(path, f"its text is longer than {options.max_bytes:,} characters.")
    kept = replace_unstorable(text)
    flags = [*([DocumentFlag.LOSSY] if kept != text else []), *([DocumentFlag.SNIPPETS] if snippets else [])]
    url = _string(first_value(record_field(record, "url", options)))
    published, known, refused = record_date(record_field(record, "published", options), options)
    modified, _, _ = record_date(record_field(record, "modified", options), options)
    language, how = _language(record_field(record, "language", options), kept)
    given = _string(record_field(record, "id", options))
    outlet, whose = _outlet(_string(record_field(record, "outlet", options)), url, options)
    fields: dict[str, object] = {
        "title": _string(record_field(record, "title", options)),
        "authors": record_authors(record_field(record, "authors", options)),
    }
    return Document(
        id=given or document_id(kept, canonical_url(url) or url),
        text=kept,
        path=path,
        url=url,
        outlet=outlet,
        title=fields["title"],  # type: ignore[arg-type]
        authors=fields["authors"],  # type: ignore[arg-type]
        published=published,
        modified=modified,
        language=language,
        flags=(*flags, *refused),
        provenance={name: Provenance.RECORD for name, value in fields.items() if value}
        | known
        | ({"language": how} if how else {})
        | ({"outlet": whose} if whose else {}),
    )


def _outlet(said: str | None, url: str | None, options: ReadOptions) -> tuple[str | None, str | None]:
    """Who published it: as the record says, but a host's name becomes the outlet's, and no name at all the address's."""
    if said and not looks_like_host(said):
        return said, Provenance.RECORD
    name = outlet_by_host(f"https://{said}" if said else url, options.outlets)
    return (name, Provenance.HOST) if name else (said, Provenance.RECORD if said else None)


def record_field(record: Mapping[str, object], name: str, options: ReadOptions) -> object:
    """Return the value that a record has for one of our fields, by the mapping of the options, then by usual names."""
    if name in options.fields:
        return record.get(options.fields[name])
    return next((record[other] for other in FIELD_NAMES[name] if record.get(other) not in (None, "")), None)


def first_value(value: object) -> object:
    """Return the first of a list, or the value itself."""
    return value[0] if isinstance(value, list) and value else value


def record_date(value: object, options: ReadOptions) -> tuple[str | None, dict[str, str], tuple[str, ...]]:
    """Return a date, its provenance, and the flag that it was refused, where it was."""
    parsed = parse_date(first_value(value))
    if parsed and is_believable(parsed, options.now):
        return parsed, {"published": Provenance.RECORD}, ()
    return None, {}, (DocumentFlag.DATE_REFUSED,) if parsed else ()


def record_authors(value: object) -> tuple[str, ...]:
    """Return names out of a list, of objects with a name, or of one line of print."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        found = [name for item in value[:50] for name in record_authors(item)]
        return tuple(dict.fromkeys(found))
    if not isinstance(value, str):
        return ()
    names = (" ".join(name.split()) for name in _AND.split(_BY.sub("", replace_unstorable(value)[:500].strip())))
    return tuple(dict.fromkeys(name for name in names if name.casefold() not in _NOBODY))


def _snippets(quotes: object) -> str | None:
    """The text of a record that has only quotations with the words around them (GDELT's quotation files)."""
    rows = (
        [row for row in quotes if isinstance(row, dict) and isinstance(row.get("quote"), str)]
        if isinstance(quotes, list)
        else []
    )
    return (
        "\n\n".join(f"{row.get('pre') or ''} “{row['quote']}” {row.get('post') or ''}".strip() for row in rows) or None
    )


def _language(value: object, text: str) -> tuple[str | None, str | None]:
    code = primary_language(value) if isinstance(value, str) else None
    if code and isinstance(value, str) and len(value) > 5 and "-" not in value:
        code = _LANGUAGE_CODES.get(value.casefold())
    return (code, Provenance.RECORD) if code else choose_language(None, text)


_LANGUAGE_CODES: Mapping[str, str] = _TABLE["languages"]


def _string(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = replace_unstorable(str(value)).strip()
    return text if text.casefold() not in _NOBODY else None
