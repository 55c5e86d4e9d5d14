"""The text of an article that a page keeps in its scripts: as markup in a string, or as a list of paragraphs.

Pages that are put together in the browser hold their words as JSON: `__NEXT_DATA__`, `Fusion.globalContent`, `__APOLLO_STATE__`,
Portable Text, or strings of JSON within calls. Nothing is run: JSON is looked for and read, bounded.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from lxml.html import HtmlElement

from indexer.html.parse import MAX_SCRIPT_CHARS

# Values of JSON that are looked at on one page, strings of JSON within strings that are opened, and starts of JSON that are tried.
MAX_VALUES, MAX_NESTED, MAX_STARTS = 200_000, 40, 40
_MIN_STRING = 400  # code points: less than this is no article
_MIN_PARAGRAPH = 40  # code points that make an item of a list running text
_MIN_PARAGRAPHS = 2
_DATA_TYPES = re.compile(r"json$", re.IGNORECASE)
_START = re.compile(
    r"(?:=|\(|,|:|return)\s{0,8}([{\[])(?=\s{0,40}[\"{\[])|(?<=\()\s{0,8}(\")(?=[\\{\[])|push\(\[\d,\s{0,4}(\")"
)
# Where an item of a list has its words.
_WORDS = (
    "content", "text", "html", "value", "body", "contents", "copy", "plainText", "paragraph", "children", "content_elements",
    "blocks", "model", "data", "attributes", "props", "innerHTML", "rendered",
)  # fmt: skip
_KINDS = ("type", "_type", "__typename", "nodeType", "kind", "component", "tagName", "blockName")
_NO_TEXT = re.compile(
    r"image|photo|picture|video|gallery|slide|\bads?\b|advert|embed|related|promo|caption|audio|social|newsletter|\braw|\bscript"
    r"|tweet|comment|author|byline|link_list|interstitial|button|divider|reference|podcast|teaser|recirc",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"comment|related|recommend|recirc|mostread|most_read|popular|teaser|navigation|footer|menu|author|byline",
    re.IGNORECASE,
)
_HEADING = re.compile(r"head|title|h[2-6]$", re.IGNORECASE)
_QUOTE = re.compile(r"quote", re.IGNORECASE)
_BLOCK_MARKUP = re.compile(r"<(?:p|div|h[1-6]|blockquote|ul|li|br)[\s/>]", re.IGNORECASE)
_ANY_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_HTML_STRING = re.compile(r"<p[\s>]|&lt;p[\s&]", re.IGNORECASE)
_LITERAL = re.compile(r'"((?:[^"\\]|\\.){400,})"')
_ESCAPES = re.compile(r"\\(?:u[0-9a-fA-F]{4}|[\"n/])")
_BARE_MARK = re.compile(r'(?<!\\)"')
_SENTENCE_END = re.compile(r"[.!?…][\"”’»)]{0,2}$")
_CODE = re.compile(r"^\s*[\[{<]|[{};,]\s*$")
_FLIGHT_ROW = re.compile(rb"([0-9a-f]{1,6}):(?:T([0-9a-f]{1,7}),)?")


def script_articles(root: HtmlElement) -> Iterator[str]:
    """Yield as markup what may be the article in the scripts of a page, in no order; whoever asks takes the longest."""
    budget = _Budget()
    flight: list[str] = []
    for script in root.iter("script"):
        text = script.text or ""
        if not _MIN_STRING <= len(text) <= MAX_SCRIPT_CHARS or script.get("type") == "application/ld+json":
            if "__next_f" in text and len(text) <= MAX_SCRIPT_CHARS:
                flight.extend(part for part in _json_values(text) if isinstance(part, str))
            continue
        is_data = bool(_DATA_TYPES.search(script.get("type") or ""))
        values = list(_whole(text) if is_data else _json_values(text))
        if "__next_f" in text:
            flight.extend(part for part in values if isinstance(part, str))
            continue
        for value in values:
            yield from _articles_in(value, budget)
        if not is_data and "<p" in text.replace("\\u003", "<").replace("<c", "<").replace("<C", "<"):
            # An object whose names have no marks is none of JSON; its strings are all the same.
            yield from (
                markup
                for found in _LITERAL.finditer(text)
                if (markup := _string_markup(_decoded(_decoded(found.group(1)).strip('"'))))
            )
    for row in sorted(_flight_rows("".join(flight)), key=len, reverse=True)[:MAX_NESTED]:
        yield from _articles_in(row, budget)


def _flight_rows(stream: str) -> Iterator[str]:
    """The rows of what React sends in pieces cut anywhere: a number, a colon, then JSON up to the line's end, or so many bytes."""
    data, at = stream.encode("utf-8", "replace"), 0
    while at < len(data):
        row = _FLIGHT_ROW.match(data, at)
        if row and row.group(2):
            end = row.end() + int(row.group(2), 16)
            following = end
        else:
            end = data.find(b"\n", at)
            end = len(data) if end < 0 else end
            following = end + 1
        if row:
            yield data[row.end() : end].decode("utf-8", "replace")
        at = following


class _Budget:
    """How much of a page may still be looked at."""

    def __init__(self) -> None:
        self.values, self.nested = MAX_VALUES, MAX_NESTED
        self.state: dict[str, Any] = {}


def _whole(text: str) -> Iterator[Any]:
    """The JSON that a script is; what can be found in it when it is not."""
    try:
        yield json.loads(text, strict=False)
    except (ValueError, RecursionError):
        yield from _json_values(text)


def _json_values(text: str) -> Iterator[Any]:
    """The objects, lists and strings of JSON that a script assigns or hands over, one after the other."""
    decoder = json.JSONDecoder(strict=False)
    at = 0
    for _ in range(MAX_STARTS):
        start = _START.search(text, at)
        if start is None:
            return
        where = next(start.start(group) for group in (1, 2, 3) if start.group(group))
        try:
            if text[where] == '"':
                value, at = scanstring(text, where + 1, False)
            else:
                value, at = decoder.raw_decode(text, where)
        except (ValueError, RecursionError):
            at = where + 1
            continue
        if isinstance(value, str) or at - where >= _MIN_STRING:
            yield value


def _articles_in(value: Any, budget: _Budget) -> Iterator[str]:
    """What may be the article within one value: a long string, or the paragraphs of a list."""
    budget.state = value if isinstance(value, dict) else {}
    todo: list[tuple[Any, str]] = [(value, "")]
    while todo and budget.values > 0:
        budget.values -= 1
        item, name = todo.pop()
        if name and _COMMENTS.search(name):
            continue
        if isinstance(item, str):
            if len(item) < _MIN_STRING:
                continue
            inner = _nested(item, budget)
            if inner is not None:
                todo.append((inner, ""))
            elif markup := _string_markup(_decoded(item)):
                yield markup
        elif isinstance(item, list):
            if markup := _list_markup(item, budget):
                yield markup
            todo.extend((each, "") for each in item)
        elif isinstance(item, dict):
            if sum(":" in key for key in item) > 1:
                budget.state = item  # a store of objects by name, which refer to each other
            todo.extend((each, key) for key, each in item.items())


def _nested(text: str, budget: _Budget) -> Any:
    """The JSON that a string holds, or None."""
    start = text[:20].lstrip()
    if start[:1] not in ("{", "[", '"') or budget.nested <= 0:
        return None
    budget.nested -= 1
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _decoded(text: str) -> str:
    """A string that was written as JSON once more within a script: its escapes undone."""
    if _ESCAPES.search(text):
        try:
            return str(json.loads(f'"{_BARE_MARK.sub(chr(92) + chr(92) + chr(34), text)}"', strict=False))
        except ValueError:
            return text
    return text


def _string_markup(text: str) -> str | None:
    """A string as markup, when it is some or its paragraphs stand between empty lines; None for anything else."""
    if text.lstrip()[:1] in ("{", "["):  # JSON that is broken
        return None
    if _HTML_STRING.search(text):
        return html.unescape(text) if "<p" not in text and "<P" not in text else text
    lines = [line for line in re.split(r"\n+|<br\s{0,3}/?>", text) if line.strip()]
    running = sum(len(line) for line in lines if len(line) >= _MIN_PARAGRAPH and " " in line.strip())
    is_prose = len(lines) >= _MIN_PARAGRAPHS and running * 2 > len(text) and not _CODE.search(lines[0])
    return "".join(f"<p>{line}</p>" for line in lines) if is_prose else None


def _list_markup(items: list[Any], budget: _Budget) -> str | None:
    """The paragraphs that a list is made of, when there are some."""
    pieces: list[str] = []
    running = 0
    if items[:1] == ["$"]:  # one element of a page, as React sends it
        return None
    for item in items[:2000]:
        kind = _kind(item)
        words = _words_of(item, budget, 0)
        if not words.strip():
            continue
        running += len(words) >= _MIN_PARAGRAPH and " " in words.strip()
        tag = "blockquote" if _QUOTE.search(kind) else "h2" if _HEADING.search(kind) and len(words) < 200 else "p"
        pieces.append(words if _BLOCK_MARKUP.match(words) else f"<{tag}>{words}</{tag}>")
    return "".join(pieces) if running >= _MIN_PARAGRAPHS else None


def _kind(item: Any) -> str:
    return (
        " ".join(str(item[key]) for key in _KINDS if isinstance(item.get(key), str)) if isinstance(item, dict) else ""
    )


def _words_of(item: Any, budget: _Budget, depth: int) -> str:
    """The words of one item of a list, as markup: a string, or what an object names so; spans of one paragraph together."""
    budget.values -= 1
    if depth > 8 or budget.values < 0:
        return ""
    if isinstance(item, str):
        return item if _ANY_MARKUP.search(item) else html.escape(html.unescape(item), quote=False)
    if isinstance(item, list):
        if item[:1] == ["$"]:
            return _words_of(item[3], budget, depth + 1) if len(item) > 3 else ""
        return _joined(_words_of(each, budget, depth + 1) for each in item[:500])
    if not isinstance(item, dict):
        return ""
    reference = item.get("__ref") or item.get("_ref") or (item.get("id") if item.get("type") == "id" else None)
    if isinstance(reference, str) and isinstance(budget.state.get(reference), dict):
        return _words_of(budget.state[reference], budget, depth + 1)
    if (depth < 2 and _NO_TEXT.search(_kind(item))) or any(key in item for key in ("username", "replies", "headline")):
        return ""
    for key in _WORDS:
        if item.get(key) and isinstance(item[key], str | list | dict):
            words = _words_of(item[key], budget, depth + 1)
            if words.strip():
                return words
    return ""


def _joined(pieces: Iterator[str]) -> str:
    """Spans as one paragraph; what ends a sentence and is followed without a blank was a paragraph of its own."""
    joined: list[str] = []
    for words in pieces:
        if joined and words and not words[0].isspace() and _SENTENCE_END.search(joined[-1][-4:]):
            joined.append("<br><br>")
        joined.append(words)
    return "".join(piece for piece in joined if piece)
