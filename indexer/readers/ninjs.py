"""ninjs: the news agencies' format in JSON, one item or a list of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import partial

from indexer.input.input_file import InputFile
from indexer.input.trouble import attempted
from search.errors import ReadError
from search.model import Document, Skip
from search.provenance import Provenance

_KEYS = re.compile(
    rb'"(?:versioncreated|body_x?html|body_text|bodies|pubstatus|representationtype|copyrightholder)"\s*:'
)


def recognises(name: str, head: bytes) -> int:
    """Return how sure it is (0 to 100): two of the names that no other JSON has (iptc.org, ninjs 2 and 3)."""
    if not head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"[")):
        return 0
    return 88 if len({found.group() for found in _KEYS.finditer(head)}) >= 2 else 0


def read(file: InputFile) -> Iterator[Document | Skip]:
    """Yield every item as a document. Raises ReadError when it is no JSON."""
    try:
        value = json.loads(file.read_all())
    except (ValueError, RecursionError) as error:
        raise ReadError(f"it is no JSON ({' '.join(str(error).split())[:120]}).") from error
    items = value if isinstance(value, list) else [value]
    for number, item in enumerate(items, 1):
        path = file.path if len(items) == 1 else f"{file.path}#{number}"
        if isinstance(item, dict):
            yield attempted(path, partial(_item, item, path, file))
        else:
            yield Skip(path, "the item is no object.")


def _item(item: Mapping[str, object], path: str, file: InputFile) -> Document | Skip:
    from indexer.html.fragment import document_from_fragment

    text = {key: value for key, value in item.items() if isinstance(value, str)}
    bodies = _values(item.get("bodies"), "value")
    headlines = _values(item.get("headlines"), "value")
    return document_from_fragment(
        text.get("body_xhtml") or text.get("body_html") or text.get("body_text") or next(iter(bodies), ""),
        path,
        file.options,
        known_from=Provenance.NINJS,
        title=text.get("headline") or next(iter(headlines), None) or text.get("title"),
        url=text.get("uri") if text.get("uri", "").startswith("http") else None,
        outlet=text.get("copyrightholder")
        or next(iter(_values(item.get("infosource") or item.get("infosources"), "name")), None),
        authors=_values(item.get("person") or item.get("people"), "name", role="author")
        or ([text["byline"]] if "byline" in text else []),
        published=text.get("firstcreated") or text.get("versioncreated"),
        modified=text.get("versioncreated"),
        language=text.get("language"),
    )


def _values(items: object, key: str, role: str | None = None) -> list[str]:
    """One string of each object of a list, of those with the role when one is asked for."""
    found = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return [
        item[key]
        for item in found
        if isinstance(item.get(key), str) and (role is None or role in str(item.get("rel", "")))
    ]
