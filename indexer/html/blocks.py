"""A tree as the blocks of text that a reader sees, in order, each with what its surroundings say of it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "button",
        "select",
        "textarea",
        "input",
        "option",
        "head",
        "title",
        "canvas",
        "audio",
        "video",
        "map",
        "datalist",
        "dialog",
        "amp-ad",
        "amp-analytics",
        "amp-sidebar",
    ]
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "td",
        "th",
        "tr",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "caption",
        "section",
        "article",
        "header",
        "footer",
        "aside",
        "figure",
        "figcaption",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "pre",
        "main",
        "nav",
        "form",
        "fieldset",
        "address",
        "body",
        "html",
        "center",
        "hr",
        "details",
        "summary",
        "legend",
        "menu",
        "amp-img",
        "picture",
    ]
)
_SPACE = re.compile(r"[ \t\n\r\f\v\u00a0\u2000-\u200a\u202f\u3000]+")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_MARKS = {
    "de": "„“‚‘", "cs": "„“‚‘", "sk": "„“‚‘", "bg": "„“‚‘", "fr": "«»“”", "ru": "«»„“", "uk": "«»„“", "es": "«»“”", "it": "«»“”",
    "pt": "«»“”", "el": "«»“”", "fa": "«»“”", "no": "«»‘’", "pl": "„”«»", "hu": "„”»«", "ro": "„”«»", "sv": "””’’", "fi": "””’’",
    "da": "»«›‹", "ja": "「」『』", "zh": "“”‘’", "ar": "«»“”",
}  # fmt: skip
_ANY_MARK = "\"'“”„‟«»‘’‚‹›「」『』"
# Entities that were escaped twice show as "&ldquo;" on the page; only marks and the ampersand itself are undone.
_ESCAPED = re.compile(
    r"&(?:amp;){0,3}(?:quot|apos|[lr][sd]quo|[lr]aquo|[bs]dquo|hellip|[mn]dash|nbsp|#\d{2,5}|#x[0-9a-fA-F]{2,4});"
)
# What may say under a block quotation whose words it holds.
_SIGNATURES = frozenset(("cite", "footer", "figcaption"))
_BEFORE_SIGNATURE = re.compile(r"(?:[.!?…。！？؟][\"”’»“)\]]{0,2}|[\"”»]|[—–―-]\s?)$")
_DASHES = ("—", "–", "―")
_SENTENCE_END = re.compile(r"[.!?…:;\"”“»’)\]。！？」]\s*$")


@dataclass(slots=True)
class TextBlock:
    """One run of text between two boundaries of blocks.

    element   the innermost block element around it
    tag       that element's tag
    links     characters of it that are inside links
    quote     the outermost `<blockquote>` around it, as an element, or None
    signature whether it only says whose words the block quotation holds
    caption   whether it stands under a picture
    squashed  what `key` gave, once somebody asked
    """

    text: str
    element: HtmlElement
    tag: str
    links: int = 0
    strong: int = 0
    quote: HtmlElement | None = None
    caption: bool = False
    signature: bool = False
    squashed: str | None = None

    @property
    def heading(self) -> bool:
        """Return whether the block is a heading."""
        return self.tag in _HEADINGS

    @property
    def key(self) -> str:
        """Return the letters and digits of the text, case folded; worked out once."""
        if self.squashed is None:
            self.squashed = alphanumeric_key(self.text)
        return self.squashed


@dataclass(slots=True)
class _Walk:
    """What is known while walking: the pieces of the current block and the open elements that matter."""

    language: str
    blocks: list[TextBlock] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    links: int = 0
    strong: int = 0
    breaks: int = 0
    in_link: int = 0
    in_strong: int = 0
    quoted: int = 0
    stack: list[HtmlElement] = field(default_factory=list)
    quotes: list[HtmlElement] = field(default_factory=list)
    captions: int = 0
    signature: HtmlElement | None = None


def text_blocks(root: HtmlElement, language: str = "en") -> list[TextBlock]:
    """Return the blocks of text below an element, in the order of the page. Walks without recursion."""
    walk = _Walk(language)
    unseen: HtmlElement | None = None
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag
        if unseen is not None:
            if element is unseen and event == "end":
                unseen = None
                _add(walk, element.tail)
        elif event == "start" and (tag in _SKIPPED or _hidden(element, tag)):
            unseen = element
        elif event == "start":
            if tag in _SIGNATURES and walk.signature is None and _is_signature(walk, element, tag):
                _flush(walk)
                walk.signature = element
            _open(walk, element, tag)
            _add(walk, element.text)
        else:
            if event == "end":
                _close(walk, element, tag)
                if element is walk.signature:
                    _flush(walk)
                    walk.signature = None
            _add(walk, element.tail)
    _flush(walk)
    return _once(walk.blocks)


def _is_signature(walk: _Walk, element: HtmlElement, tag: str) -> bool:
    """Whether an element says whose words a block quotation holds.

    A `<cite>` may also be the title of a book in the middle of what is quoted: then no sentence ends before it, or words
    follow it in its paragraph.
    """
    if tag == "figcaption":
        figure = element.getparent()
        return figure is not None and figure.tag == "figure" and figure.find("blockquote") is not None
    if not walk.quotes or tag == "footer":
        return bool(walk.quotes)
    before = "".join(walk.pieces[-3:]).strip()
    if before and not walk.breaks and not _BEFORE_SIGNATURE.search(before):
        return False
    inner: HtmlElement | None = element
    while inner is not None and inner is not walk.quotes[0]:
        if inner is not element and _is_block(inner, str(inner.tag)):
            return True
        following = inner.tail or ""
        if following.strip(" \n\t\r.)]") or following.lstrip().startswith("."):
            return False
        later = inner.getnext()
        if later is not None and later.tag not in _BLOCKS and later.tag not in ("br", "cite"):
            return False
        inner = inner.getparent() if later is None else None
    return True


def _once(blocks: list[TextBlock]) -> list[TextBlock]:
    """The blocks without the second printing of a long one: pages hold copies for telephones and for printers."""
    seen: set[str] = set()
    kept = []
    for block in blocks:
        if len(block.text) > 80 and block.text in seen:
            continue
        seen.add(block.text)
        kept.append(block)
    return kept


def _hidden(element: HtmlElement, tag: str) -> bool:
    return (element.get("hidden") is not None and tag not in ("body", "html")) or (
        tag in ("span", "i") and element.get("aria-hidden") == "true"
    )


def _is_block(element: HtmlElement, tag: str) -> bool:
    """Whether an element stands on lines of its own. The cells of a row of figures do not; those of a layout do."""
    if tag not in ("td", "th"):
        return tag in _BLOCKS
    return any(child.tag in _BLOCKS for child in element) or len(element.text_content()) > 100


def _open(walk: _Walk, element: HtmlElement, tag: str) -> None:
    if _is_block(element, tag):
        _flush(walk)
        walk.stack.append(element)
        if tag == "blockquote":
            walk.quotes.append(element)
        elif tag in ("figcaption", "figure", "caption"):
            walk.captions += 1
    elif tag == "br":
        walk.breaks += 1
    elif tag == "span" and walk.signature is not None and walk.pieces:
        walk.pieces.append(" ")
    elif tag in ("td", "th"):
        _add(walk, " ")
    elif tag == "a":
        walk.in_link += 1
    elif tag in ("b", "strong"):
        walk.in_strong += 1
    elif tag == "q":
        _mark(walk, element, 0)


def _close(walk: _Walk, element: HtmlElement, tag: str) -> None:
    if walk.stack and walk.stack[-1] is element:
        _flush(walk)
        walk.stack.pop()
        if tag == "blockquote" and walk.quotes:
            walk.quotes.pop()
        elif tag in ("figcaption", "figure", "caption"):
            walk.captions -= 1
    elif tag == "a":
        walk.in_link -= 1
    elif tag in ("b", "strong"):
        walk.in_strong -= 1
    elif tag == "q":
        _mark(walk, element, 1)


def _mark(walk: _Walk, element: HtmlElement, closing: int) -> None:
    """The quotation mark that a browser draws for `<q>`, unless the page printed one itself."""
    if not closing:
        walk.quoted += 1
    level = (walk.quoted - 1) % 2
    if closing:
        walk.quoted -= 1
    words = "".join(element.itertext()).strip()
    if words and words[0] in _ANY_MARK and words[-1] in _ANY_MARK and len(element) == 0:
        return
    marks = _MARKS.get(walk.language, "“”‘’")
    _add(walk, marks[level * 2 + closing], glue=bool(closing))


def _add(walk: _Walk, text: str | None, *, glue: bool = False) -> None:
    if not text:
        return
    if text.isspace():
        # What a block begins with is cut off again; most of a page's strings are the indentation of its markup.
        if walk.pieces:
            walk.pieces.append(" ")
        return
    if walk.breaks:
        before = "".join(walk.pieces[-3:])
        if walk.breaks > 1:
            _flush(walk)
        elif (walk.quotes and text.lstrip()[:1] in _DASHES) or (_SENTENCE_END.search(before) and before.strip()):
            walk.pieces.append("\n")
        else:
            walk.pieces.append(" ")
        walk.breaks = 0
    text = _SPACE.sub(" ", text)
    if glue and walk.pieces:
        walk.pieces[-1] = walk.pieces[-1].rstrip(" ")
    walk.pieces.append(text)
    if walk.in_link:
        walk.links += len(text.strip())
    if walk.in_strong:
        walk.strong += len(text.strip())


def _flush(walk: _Walk) -> None:
    walk.breaks = 0
    if not walk.pieces:
        return
    text = normalise_spaces("".join(walk.pieces))
    walk.pieces.clear()
    links, strong, walk.links, walk.strong = walk.links, walk.strong, 0, 0
    if not text or not walk.stack:
        return
    element = walk.stack[-1]
    quote = walk.quotes[0] if walk.quotes else None
    signature = walk.signature is not None
    # A quotation set off in a figure is no picture's caption.
    caption = walk.captions > 0 and quote is None and not signature
    walk.blocks.append(TextBlock(text, element, str(element.tag), links, strong, quote, caption, signature))


def normalise_spaces(text: str) -> str:
    """Return text with one space between words, none at the ends of lines, and entities undone that were escaped twice."""
    if "&" in text:
        for _ in range(3):
            if not _ESCAPED.search(text):
                break
            text = _ESCAPED.sub(_unescape, text)
    if "  " in text:
        text = _RUN.sub(" ", text)
    if "\n" not in text:
        return text.strip()
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


_RUN = re.compile(" {2,}")
_NO_LETTERS = re.compile(r"[\W_]+")


def alphanumeric_key(text: str) -> str:
    """Return the letters and digits of a text, case folded: what is left when two renderings are compared."""
    return _NO_LETTERS.sub("", text).casefold()


def _unescape(match: re.Match[str]) -> str:
    return html.unescape(match.group().replace("amp;", ""))
