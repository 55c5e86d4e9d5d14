"""Articles that a page keeps in its scripts, in the forms that the programs of papers give them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.html.page import read_page
from indexer.html.parse import parse_html
from indexer.html.script_text import script_articles
from indexer.input.input_file import ReadOptions
from search.model import Document

WORDS = [
    "The ferry of Aldersund will run until midnight from June, the port said on Monday, after nine years of talks with its crews.",
    "“The ferry will run at night and the fare will stay,” said Nora Blum, the harbour master. “We have waited long enough for it.”",
    "People on the island had to stay the night in town whenever a meeting went on for too long, or sleep in their cars by the pier.",
    "“It is too late for the school, which closed,” said Ines Roth, who had asked for a boat in the evening since 2015 and before.",
    "The boat was built in 1961 and has carried more than four million people since, most of them on days without any wind at all.",
]
MARKUP = "".join(f"<p>{words}</p>" for words in WORDS)
REFERRED = {f"P:{number}": {"__typename": "Paragraph", "text": words} for number, words in enumerate(WORDS)}
FLIGHT = (
    "1:"
    + json.dumps(["$", "div", None, {"children": [["$", "p", None, {"children": words}] for words in WORDS]}])
    + "\n2:I[1]"
)


def script(value: object, before: str = "window.x = ", after: str = ";") -> str:
    return f"<script>{before}{json.dumps(value)}{after}</script>"


def flight(stream: str) -> str:
    parts = [stream[at : at + 300] for at in range(0, len(stream), 300)]
    return "".join(f"<script>self.__next_f.push({json.dumps([1, part])})</script>" for part in parts)


PAGES = {
    "escaped letters": f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"props": {"html": MARKUP}})}</script>',
    "escaped tags": script({"html": MARKUP}).replace("<p", "\\u003cp").replace("</p", "\\u003c/p"),
    "escaped as HTML": script({"html": MARKUP.replace("<", "&lt;").replace(">", "&gt;")}),
    "named marks": script({"html": MARKUP.replace("“", "&ldquo;").replace("”", "&rdquo;")}),
    "lines": script({"text": "\n\n".join(WORDS)}),
    "a string of JSON": script(json.dumps({"story": [{"content": words} for words in WORDS]}), "x = JSON.parse(", ")"),
    "names without marks": script(MARKUP, "x = {body:", ",a:1}"),
    "a string in a string": script(json.dumps(MARKUP), "x = {body:", ",a:1}"),
    "strings": script({"story": WORDS}),
    "Arc": script({"content_elements": [{"type": "text", "content": words} for words in WORDS]}, "Fusion.globalContent="),
    "blocks": script({"blocks": [{"type": "paragraph", "text": words} for words in WORDS]}),
    "blocks of WordPress": script({"blocks": [{"name": "core/paragraph", "innerHTML": f"<p>{words}</p>"} for words in WORDS]}),
    "blocks with data": script({"blocks": [{"type": "paragraph", "data": {"text": words}} for words in WORDS]}),
    "models": script({"blocks": [{"type": "text", "model": {"blocks": [{"model": {"text": words}}]}} for words in WORDS]}),
    "elements": script({"elements": [{"_type": "TextBlockElement", "html": f"<p>{words}</p>"} for words in WORDS]}),
    "Portable Text": script(
        {"body": [{"_type": "block", "children": [{"text": words[:40]}, {"text": words[40:]}]} for words in WORDS]}
    ),
    "Contentful": script({"content": [{"nodeType": "paragraph", "content": [{"value": words}]} for words in WORDS]}),
    "sections": script({"sections": [{"type": "section", "content": [{"text": words} for words in WORDS]}]}),
    "Apollo": script({"Article:1": {"body": [{"__ref": name} for name in REFERRED]}, **REFERRED}),
    "Apollo, older": script({"a": {"A:1": {"body": [{"type": "id", "id": name} for name in REFERRED]}, **REFERRED}}),
    "React": flight(FLIGHT),
    "React, text": flight(f"0:[]\n1:T{len(MARKUP.encode()):x},{MARKUP}2:{json.dumps({'a': MARKUP[:60]})}\n"),
    "pictures between": script({"body": [{"type": "text", "content": WORDS[0]}, {"type": "image", "caption": WORDS[0]}]
                               + [{"type": "text", "content": words} for words in WORDS[1:]]}),
    "comments, longer": script({"body": WORDS, "comments": [{"text": words * 3} for words in WORDS]}),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_the_article_is_read_out_of_the_script(name: str) -> None:
    page = f"<html lang=en><head><title>Ferry to run at night</title></head><body><div id=app></div>{PAGES[name]}</body></html>"
    item = read_page(page, "x", ReadOptions())
    assert isinstance(item, Document)
    assert item.text == "\n\n".join(WORDS)


@pytest.mark.parametrize(("dated", "found"), [("2024-03-04T10:00:00Z", True), ("", False)])
def test_a_brief_is_read_where_the_page_shows_nothing_and_is_dated(dated: str, found: bool) -> None:
    head = f'<meta property="article:published_time" content="{dated}">'
    markup = "".join(f"<p>{words}</p>" for words in WORDS[1:4])
    page = f"<html lang=en><head><title>Ferry</title>{head}</head><body><div></div>{script({'body': markup})}</body></html>"
    item = read_page(page, "x", ReadOptions())
    assert isinstance(item, Document) is found
    assert not isinstance(item, Document) or item.text == "\n\n".join(WORDS[1:4])


@given(st.recursive(st.text(max_size=9) | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(
    ["text", "content", "children", "__ref", "a:1", "b:2", "type"]), inner), max_leaves=20))  # fmt: skip
def test_any_json_may_stand_in_a_script(value: object) -> None:
    root = parse_html(script([value] * 40))
    assert root is not None
    assert all(isinstance(markup, str) for markup in script_articles(root))


def test_objects_that_refer_to_each_other_end() -> None:
    store = {f"P:{number}": {"children": [{"__ref": f"P:{other}"} for other in range(40)]} for number in range(40)}
    root = parse_html(script(store))
    assert root is not None
    assert list(script_articles(root)) == []
