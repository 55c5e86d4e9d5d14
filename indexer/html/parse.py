"""A page's markup to a tree that is safe to walk: bounded depth, no controls, HTML5's reading of old entities."""

from __future__ import annotations

import re

from lxml import etree, html
from lxml.html import HtmlElement

from indexer.html.long_tags import trim_attributes
from indexer.input.bounds import check_tags
from indexer.input.encoding import clean_text

# libxml2 gives up at depth 256 and the extractors recurse: deeper wrappers say nothing and are taken out.
MAX_WRAPPER_DEPTH = 120
MAX_SCRIPT_CHARS = 3_000_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,12})(?=[\s/>])")
# Only tags that nothing but their own end closes: an open `<p>` or `<li>` is closed by the next one.
_WRAPPERS = frozenset(
    [
        "div",
        "span",
        "section",
        "article",
        "main",
        "b",
        "i",
        "em",
        "strong",
        "font",
        "blockquote",
        "u",
        "small",
        "big",
        "center",
        "ul",
        "ol",
        "table",
        "tbody",
        "a",
        "s",
        "sub",
        "sup",
        "dl",
        "nav",
        "aside",
        "figure",
        "form",
        "label",
        "cite",
        "q",
        "ins",
        "del",
        "mark",
        "abbr",
        "code",
        "pre",
        "header",
        "footer",
        "fieldset",
    ]
)
_NAME = re.compile(r"<(/?[a-zA-Z]+)(?=[\s/>])")
_PARSER_OPTIONS = {"remove_comments": True, "remove_pis": True, "no_network": True, "recover": True, "huge_tree": False}
_C1_ENTITY = re.compile(r"&#(?:0*(1[2-5]\d)|[xX]0*([89][0-9a-fA-F]))(?!\d)(?:;|(?![0-9a-fA-F]))")
# Without a semicolon HTML5 still reads these few as what they are; libxml2 does not.
_BARE = re.compile(r"&(quot|ldquo|rdquo|lsquo|rsquo|laquo|raquo|amp|nbsp|lt|gt)(?![;\w=])")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")


def parse_html(text: str) -> HtmlElement | None:
    """Return the tree of a page, or None when there is nothing in it. Raises ReadError when it has too many tags."""
    text = _XML_DECLARATION.sub("", clean_text(text))
    text = _C1_ENTITY.sub(_windows, text)
    text = _BARE.sub(r"&\1;", text)
    text = flatten_wrappers(trim_attributes(check_tags(text)))
    if not text.strip():
        return None
    try:
        return html.document_fromstring(text, parser=_parser())
    except (ValueError, etree.ParserError):
        return None


def _parser() -> etree.HTMLParser:
    """A parser whose elements are all of one class: lxml's own asks a Python function each time one is touched."""
    parser = etree.HTMLParser(**_PARSER_OPTIONS)
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    return parser


def flatten_wrappers(text: str) -> str:
    """Return markup nested at most `MAX_WRAPPER_DEPTH` deep: what is deeper loses its tags and keeps its words.

    The text comes back as it was when nothing is too deep, which is nearly always.
    """
    return _flattened(text) if _is_deep(text) else text


def _is_deep(text: str) -> bool:
    """Whether more than `DEEPEST` wrappers are open anywhere, closing tags that close nothing aside."""
    depth = dict.fromkeys(_WRAPPERS, 0)
    total = 0
    for name in map(str.lower, _NAME.findall(text)):
        if name in depth:
            depth[name] += 1
            total += 1
            if total > MAX_WRAPPER_DEPTH:
                return True
        elif name[0] == "/" and depth.get(name[1:]):
            depth[name[1:]] -= 1
            total -= 1
    return False


def _flattened(text: str) -> str:
    depth: dict[str, int] = {}
    dropped: dict[str, int] = {}
    total, done, pieces = 0, 0, []
    for tag in _TAG.finditer(text):
        name = tag.group(2).lower()
        if name not in _WRAPPERS:
            continue
        if not tag.group(1):
            if total < MAX_WRAPPER_DEPTH:
                depth[name] = depth.get(name, 0) + 1
                total += 1
                continue
            dropped[name] = dropped.get(name, 0) + 1
        elif dropped.get(name):
            dropped[name] -= 1
        else:
            if depth.get(name):
                depth[name] -= 1
                total -= 1
            continue
        end = text.find(">", tag.end())
        if end < 0:
            break
        pieces.append(text[done : tag.start()])
        # A wrapper that is taken out still parts the words on its two sides.
        pieces.append(" ")
        done = max(done, end + 1)
    pieces.append(text[done:])
    return "".join(pieces)


def _windows(match: re.Match[str]) -> str:
    """`&#147;` is a curly mark to every browser: the code point that Windows-1252 has at that place."""
    code = int(match.group(1)) if match.group(1) else int(match.group(2), 16)
    try:
        return bytes([code]).decode("cp1252") if 0x80 <= code < 0xA0 else match.group()
    except UnicodeDecodeError:
        return ""
