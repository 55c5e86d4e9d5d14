"""One web page to one document: parse, metadata, choose the blocks, put them together, or say why not."""

from __future__ import annotations

from dataclasses import dataclass

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
    for block in blocks:
        if pieces:
            at += 2
        end = at + len(block.text)
        role = RegionRole.CAPTION if block.caption else RegionRole.HEADING if block.heading else None
        if role:
            regions.append(Region(Span(at, end), role))
        if block.quote is not None:
            key = id(block.quote)
            quoted.setdefault(key, [at, end])[1] = end
            notes[key] = notes.get(key) or _cite(block)
        pieces.append(block.text)
        at = end
    regions.extend(Region(Span(start, end), RegionRole.BLOCKQUOTE, notes[key]) for key, (start, end) in quoted.items())
    return ArticleText(
        "\n\n".join(pieces), tuple(sorted(regions, key=lambda region: (region.span.start, region.span.end)))
    )


def _cite(block: TextBlock) -> str | None:
    """The words of a `<cite>` or footer under a block quotation, or the line after a dash that signs it."""
    if block.quote is None:
        return None
    for tag in ("cite", "footer"):
        found = block.quote.find(f".//{tag}")
        if found is not None:
            return " ".join("".join(found.itertext()).split()).lstrip("—–- ")[:200] or None
    return block.text.lstrip("—– ") if block.text.startswith(("—", "–")) and len(block.text) < 120 else None


def checked_size(text: str, options: ReadOptions) -> str:
    """Return the markup itself. Raises ReadError when it is longer than a page may be."""
    if len(text) > options.max_bytes:
        raise ReadError(f"larger than {options.max_bytes / 1e6:g} MB, which is the most one page may have.")
    return text
