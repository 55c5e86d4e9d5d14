"""JSON-LD as pages really have it: in comments, with trailing commas and raw newlines, several to a page, in graphs."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

# Enough for every page seen; more is somebody's catalogue or an attack.
MAX_JSON_LD_CHARS, MAX_JSON_LD_NODES = 2_000_000, 400
# No white space before the closing ones: looking for it would take the square of every run of blanks in a script.
_OPENING = re.compile(r"(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)\s*")
_CLOSING = re.compile(r"(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>);?$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_ARTICLE = re.compile(r"(?:article|blogposting|report|review|posting|newsstory|statement|interview)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class JsonLdArticle:
    """What one JSON-LD object says of an article. Dates are as printed."""

    headline: str | None
    authors: tuple[str, ...]
    published: str | None
    modified: str | None
    publisher: str | None
    url: str | None
    language: str | None
    description: str | None
    body: str | None
    free: bool | None
    kind: str


def read_json_ld(scripts: list[str]) -> tuple[list[JsonLdArticle], set[str], str | None]:
    """Return the articles that the scripts describe, the types of everything else, and the name of the site."""
    found: list[JsonLdArticle] = []
    kinds: set[str] = set()
    site: str | None = None
    nodes = [node for script in scripts for node in _nodes(_load(script))]
    names = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    for node in nodes:
        types = _types(node)
        kinds |= types
        if any(_ARTICLE.search(kind) for kind in types) and "ItemList" not in types:
            found.append(_article(node, names, next(kind for kind in types if _ARTICLE.search(kind))))
        elif types & {"WebSite", "NewsMediaOrganization"} and site is None:
            site = text_value(node.get("name"))
    return found, kinds, site


def _load(script: str) -> object:
    if len(script) > MAX_JSON_LD_CHARS:
        return None
    script = script.strip()
    for _ in range(2):
        opening = _OPENING.match(script)
        script = _CLOSING.sub("", script[opening.end() :] if opening else script).strip()
    script = script.rstrip(";")
    for attempt in (script, _TRAILING_COMMA.sub(r"\1", script), _TRAILING_COMMA.sub(r"\1", html.unescape(script))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: object) -> Iterator[dict[str, object]]:
    """Every object that may be an article, without descending into what articles consist of."""
    todo, seen = [value], 0
    while todo and seen < MAX_JSON_LD_NODES:
        item = todo.pop(0)
        seen += 1
        if isinstance(item, list):
            todo.extend(item)
        elif isinstance(item, dict):
            yield item
            for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemReviewed", "subjectOf"):
                if isinstance(item.get(key), list | dict):
                    todo.append(item[key])


def _types(node: dict[str, object]) -> set[str]:
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return {kind.rpartition("/")[2].rpartition(":")[2] for kind in listed if isinstance(kind, str)}


def _article(node: dict[str, object], names: dict[object, dict[str, object]], kind: str) -> JsonLdArticle:
    page = node.get("mainEntityOfPage")
    url = node.get("url") or (page.get("@id") if isinstance(page, dict) else page)
    body = node.get("articleBody")
    return JsonLdArticle(
        headline=text_value(node.get("headline") or node.get("name")),
        authors=tuple(dict.fromkeys(person_names(node.get("author") or node.get("creator"), names))),
        published=text_value(node.get("datePublished") or node.get("dateCreated")),
        modified=text_value(node.get("dateModified")),
        publisher=next(iter(person_names(node.get("publisher") or node.get("sourceOrganization"), names)), None),
        url=text_value(url),
        language=text_value(node.get("inLanguage")),
        description=text_value(node.get("description")),
        body=body if isinstance(body, str) else None,
        free=_free(node.get("isAccessibleForFree")),
        kind=kind,
    )


def person_names(value: object, names: dict[object, dict[str, object]], depth: int = 0) -> Iterator[str]:
    """Yield names of persons or organisations out of strings, objects, references (@id) and lists of these."""
    if depth > 4:
        return
    if isinstance(value, list):
        for item in value[:40]:
            yield from person_names(item, names, depth + 1)
    elif isinstance(value, dict):
        name = value.get("name") or " ".join(
            part for part in (text_value(value.get("givenName")), text_value(value.get("familyName"))) if part
        )
        if name:
            yield from person_names(name, names, depth + 1)
        elif value.get("@id") in names and names[value["@id"]] is not value:
            yield from person_names(names[value["@id"]].get("name"), names, depth + 1)
        elif isinstance(value.get("@list"), list):
            yield from person_names(value["@list"], names, depth + 1)
    elif isinstance(value, str) and value.strip():
        yield one_line(value)


def text_value(value: object) -> str | None:
    """Return a string, the first of a list, or a language-tagged value (@value); None for anything else."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    return one_line(value) or None if isinstance(value, str) else None


def one_line(value: str) -> str:
    """Return text on one line, entities undone twice."""
    value = html.unescape(html.unescape(value)) if "&" in value else value
    return " ".join(value.split())


def _free(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(str(value).strip().casefold().rpartition("/")[2])
