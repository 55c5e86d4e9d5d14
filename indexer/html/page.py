"""One web page to one document: parse, metadata, choose the blocks, put them together, or say why not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from indexer.html.blocks import TextBlock, text_blocks
from indexer.html.main_content import choose_blocks
from indexer.html.metadata import PageMetadata, read_metadata
from indexer.html.non_articles import is_listing, is_paywalled, reason_for_no_text, reason_in_text, reason_in_title
from indexer.html.parse import parse_html
from indexer.input.input_file import ReadOptions
from indexer.metadata.boilerplate import date_in_line, is_byline, is_date_line
from indexer.metadata.bylines import author_names, author_rank, is_bare_name
from indexer.metadata.dates import is_believable
from indexer.metadata.languages import choose_language, primary_language
from search.errors import ReadError
from search.model import Document, Region, RegionRole, Skip, Span, document_id
from search.provenance import DocumentFlag, Provenance

# A dash, then a name, as the last line of a block quotation.
_SIGNED = re.compile(r"(?:[—–―‒~]|--?)\s{0,3}(?=[^\W\d_a-zß-ÿ])")
_SIGNED_LINE = re.compile(r"\n" + _SIGNED.pattern + r"[^\n]{1,120}$")
_SIGNING_CLASS = re.compile(
    r"(?:^|[\s_-])(?:cite|citation|attribution|author|source|credit|byline|speaker|signature)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MAX_SIGNATURE = 120  # code points
_SENTENCE_ENDS = (".", "!", "?", "…", "”", '"', "»", "؟", "。")
# What a short message ends with: the address of its picture, shortened.
_POSTED_LINK = re.compile(r"(?:\s{0,3}(?:https?://)?(?:pic\.(?:twitter|x)\.com|t\.co)/\w{1,40}){1,4}$")
_POSTED_BY = re.compile(
    r"^(?:(?:a post|post|video|photo) (?:shared )?by|ein beitrag geteilt von|une publication partagée par)\s+",
    re.IGNORECASE,
)
# Elements that stand on lines of their own, or beside each other without a blank.
_PARTING = frozenset(("br", "span", "p", "div", "small", "li", "cite", "footer"))
_BETWEEN_SPANS = re.compile(r"(?<=\S)\n? \n?(?=\S)")


@dataclass(frozen=True, slots=True)
class ArticleText:
    """The text of an article with its regions."""

    text: str
    regions: tuple[Region, ...]


def read_page(
    text: str,
    path: str,
    options: ReadOptions,
    *,
    url: str | None = None,
    flags: tuple[str, ...] = (),
    fragment: bool = False,
) -> Document | Skip:
    """Return the article on a page (decoded markup) as a document, or the `Skip` that says why there is none.

    `fragment` is markup that holds nothing but the article, as feeds and newsletters have it: all of it is kept.
    """
    root = parse_html(checked_size(text, options))
    if root is None:
        return Skip(path, "it holds no words.")
    about = read_metadata(root, options, url)
    language = primary_language(about.language)
    blocks = text_blocks(root, language or "en")
    if reason := reason_in_title(about, blocks):
        return Skip(path, reason)
    chosen = choose_blocks(root, blocks, about)
    if is_listing(about, blocks, chosen):
        return Skip(path, "listing: it is a front page or a list of articles, not an article.")
    chosen = _head(chosen, about, options)
    words = compose_text(chosen)
    if not words.text:
        return Skip(path, reason_for_no_text(about, blocks))
    if reason := reason_in_text(about, words.text):
        return Skip(path, reason)
    language, how = choose_language(about.language, words.text)
    known = about.known | ({"language": how} if how else {})
    odd = [*flags, *about.flags, *([DocumentFlag.PARTIAL] if about.paid or is_paywalled(blocks) else [])]
    return Document(
        id=document_id(words.text, about.url),
        text=words.text,
        path=path,
        url=about.url or url,
        outlet=about.outlet,
        title=about.title,
        authors=about.authors,
        published=about.published,
        modified=about.modified,
        language=language,
        flags=tuple(dict.fromkeys(odd)),
        regions=words.regions,
        provenance=known,
    )


def _head(chosen: list[TextBlock], about: PageMetadata, options: ReadOptions) -> list[TextBlock]:
    """The blocks without the by-line and the date above them, which tell what the page's metadata did not."""
    left = list(chosen)
    for block in chosen[:4]:
        text = " ".join(block.text.split())
        if len(text) > 120 or block.heading or block.quote is not None:
            continue
        named = is_bare_name(text) or is_byline(text)
        if named and author_rank(about.authors, about.outlet) < 3:
            about.authors, about.known["authors"] = author_names([text]), Provenance.BYLINE
        day = date_in_line(text) if is_date_line(text) else None
        if day and about.published is None and is_believable(day, options.now):
            about.published, about.known["published"] = day, Provenance.PRINTED
        if (named and block is not chosen[-1]) or day:
            left.remove(block)
    return left


def compose_text(blocks: list[TextBlock]) -> ArticleText:
    """Return the blocks as one text, an empty line between them, and the regions that are not running text."""
    pieces: list[str] = []
    regions: list[Region] = []
    at = 0
    quoted: dict[int, list[int]] = {}
    notes: dict[int, str | None] = {}
    lasts = {id(block.quote): block for block in blocks if block.quote is not None}
    signed = _signatures(blocks, lasts)
    for block in blocks:
        if pieces:
            at += 2
        end = at + len(block.text)
        role = RegionRole.CAPTION if block.caption else RegionRole.HEADING if block.heading else None
        if role:
            regions.append(Region(Span(at, end), role))
        if block.quote is not None and id(block) not in signed:
            key = id(block.quote)
            line = _signed_line(block) if block is lasts[key] else None
            cut = line or _POSTED_LINK.search(block.text)
            if cut is None or cut.start() > 0:
                quoted.setdefault(key, [at, end])[1] = at + cut.start() if cut else end
            notes[key] = _signed_name(line.group()) if line else notes.get(key)
        if block.quote is not None:
            key = id(block.quote)
            notes[key] = notes.get(key) or signed.get(id(block)) or _cite(block.quote)
        pieces.append(block.text)
        at = end
    regions.extend(Region(Span(start, end), RegionRole.BLOCKQUOTE, notes[key]) for key, (start, end) in quoted.items())
    return ArticleText(
        "\n\n".join(pieces), tuple(sorted(regions, key=lambda region: (region.span.start, region.span.end)))
    )


def _signatures(blocks: list[TextBlock], lasts: dict[int, TextBlock]) -> dict[int, str]:
    """What the blocks that sign a block quotation say, by the identity of the block."""
    firsts = {id(block.quote): block for block in reversed(blocks) if block.quote is not None}
    signed: dict[int, str] = {}
    for block in blocks:
        key = id(block.quote)
        dash = _SIGNED.match(block.text) if block is lasts.get(key) and block is not firsts.get(key) else None
        words = block.text[dash.end() :] if dash else block.text
        is_dashed = dash is not None and len(words) <= _MAX_SIGNATURE and not words.endswith(_SENTENCE_ENDS)
        is_named = block is lasts.get(key) and block is not firsts.get(key) and _is_named_signature(block)
        is_dash = not any(map(str.isalnum, block.text))
        if block.quote is not None and (block.signature or is_dashed or is_dash or is_named):
            signed[id(block)] = (_cite(block.quote, sure=True) if block.signature else None) or _signed_name(words)
    return signed


def _is_named_signature(block: TextBlock) -> bool:
    """Whether the class of a block's element says that it signs what stands above it."""
    is_short = len(block.text) <= _MAX_SIGNATURE and not block.text.endswith(_SENTENCE_ENDS)
    return is_short and _SIGNING_CLASS.search(block.element.get("class") or "") is not None


def _signed_line(block: TextBlock) -> re.Match[str] | None:
    """The last line of a block after a `<br>`, when it is a dash and a name."""
    line = _SIGNED_LINE.search(block.text)
    return line if line and not line.group().endswith(_SENTENCE_ENDS) else None


def _cite(quote: HtmlElement, *, sure: bool = False) -> str | None:
    """The words of a `<cite>`, footer or caption that signs a block quotation.

    Unless it is `sure` that one does, a `<cite>` within a paragraph is the title of a book.
    """
    figure = quote.getparent()
    caption = figure.find("figcaption") if figure is not None and figure.tag == "figure" else None
    # The last `<cite>` signs: one before it may be the title of a book.
    inside = [
        found
        for tag in ("footer", "figcaption", "cite")
        for found in quote.findall(f".//{tag}" if sure or tag != "cite" else tag)[-1:]
    ]
    for signature in (*inside, *([caption] if caption is not None else [])):
        if words := _signed_name(_parted_words(signature)):
            return words
    return None


def _signed_name(words: str) -> str:
    """A signature without its dash and what a message says before the name."""
    return _POSTED_BY.sub("", words.strip().lstrip("—–―- ‒~")).strip()[:200]


def _parted_words(element: HtmlElement) -> str:
    """All words in an element, a comma where only markup parts them: "Kay Dunne<br>Chief engineer" is a name and an office."""
    pieces: list[str] = []
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if inner is not element and inner.tag in _PARTING and pieces and pieces[-1] != "\n":
            pieces.append("\n")
        words = inner.text if event == "start" else inner.tail if inner is not element else None
        pieces.append(words or "")
    lines = [" ".join(line.split()) for line in _BETWEEN_SPANS.sub(" ", "".join(pieces)).split("\n")]
    return ", ".join(line.strip(" ,") for line in lines if line.strip(" ,—–―-"))


def checked_size(text: str, options: ReadOptions) -> str:
    """Return the markup itself. Raises ReadError when it is longer than a page may be."""
    if len(text) > options.max_bytes:
        raise ReadError(f"larger than {options.max_bytes / 1e6:g} MB, which is the most one page may have.")
    return text
