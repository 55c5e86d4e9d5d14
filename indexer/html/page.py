"""One web page to one document: parse, metadata, choose the blocks, put them together, or say why not."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.html import main_content as body
from indexer.html import metadata
from indexer.html import non_articles as refusals
from indexer.html import parse as markup
from indexer.html.blocks import Block, linearise
from indexer.input.input_file import ReadOptions
from indexer.metadata import boilerplate as furniture
from indexer.metadata import bylines, dates, languages
from search.errors import ReadError
from search.model import Document, Region, RegionRole, Skip, Span, document_id


@dataclass(frozen=True, slots=True)
class Words:
    """The text of an article with its regions."""

    text: str
    regions: tuple[Region, ...]


def read(
    text: str,
    path: str,
    options: ReadOptions,
    *,
    url: str | None = None,
    flags: tuple[str, ...] = (),
    fragment: bool = False,
) -> Document | Skip:
    """The article on a page (decoded markup) as a document, or why there is none.

    `fragment` is markup that holds nothing but the article, as feeds and newsletters have it: all of it is kept.
    """
    root = markup.parse(checked(text, options))
    if root is None:
        return Skip(path, "it holds no words.")
    about = metadata.read(root, options, url)
    language = languages.tag(about.language)
    blocks = linearise(root, language or "en")
    if reason := refusals.before(about, blocks):
        return Skip(path, reason)
    chosen = body.choose(root, blocks, about)
    if refusals.is_listing(about, blocks, chosen):
        return Skip(path, "listing: it is a front page or a list of articles, not an article.")
    chosen = _head(chosen, about, options)
    words = compose(chosen)
    if not words.text:
        return Skip(path, refusals.empty(about, blocks))
    if reason := refusals.after(about, words.text):
        return Skip(path, reason)
    language, how = languages.choose(about.language, words.text)
    known = about.known | ({"language": how} if how else {})
    odd = [*flags, *about.flags, *(["partial"] if about.paid or refusals.paywalled(blocks) else [])]
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


def _head(chosen: list[Block], about: metadata.Metadata, options: ReadOptions) -> list[Block]:
    """The blocks without the by-line and the date above them, which tell what the page's metadata did not."""
    left = list(chosen)
    for block in chosen[:4]:
        text = " ".join(block.text.split())
        if len(text) > 120 or block.heading or block.quote is not None:
            continue
        named = bylines.bare_name(text) or furniture.is_byline(text)
        if named and bylines.worth(about.authors, about.outlet) < 3:
            about.authors, about.known["authors"] = bylines.people([text]), "byline"
        day = furniture.date_of(text) if furniture.is_date(text) else None
        if day and about.published is None and dates.believable(day, options.now):
            about.published, about.known["published"] = day, "printed"
        if (named and block is not chosen[-1]) or day:
            left.remove(block)
    return left


def compose(blocks: list[Block]) -> Words:
    """The blocks as one text, an empty line between them, and the regions that are not running text."""
    pieces: list[str] = []
    regions: list[Region] = []
    at = 0
    quoted: dict[int, list[int]] = {}
    notes: dict[int, str | None] = {}
    for block in blocks:
        if pieces:
            at += 2
        end = at + len(block.text)
        role: RegionRole | None = "caption" if block.caption else "heading" if block.heading else None
        if role:
            regions.append(Region(Span(at, end), role))
        if block.quote is not None:
            key = id(block.quote)
            quoted.setdefault(key, [at, end])[1] = end
            notes[key] = notes.get(key) or _cite(block)
        pieces.append(block.text)
        at = end
    regions.extend(Region(Span(start, end), "blockquote", notes[key]) for key, (start, end) in quoted.items())
    return Words("\n\n".join(pieces), tuple(sorted(regions, key=lambda region: (region.span.start, region.span.end))))


def _cite(block: Block) -> str | None:
    """The words of a `<cite>` or footer under a block quotation, or the line after a dash that signs it."""
    if block.quote is None:
        return None
    for tag in ("cite", "footer"):
        found = block.quote.find(f".//{tag}")
        if found is not None:
            return " ".join("".join(found.itertext()).split()).lstrip("—–- ")[:200] or None
    return block.text.lstrip("—– ") if block.text.startswith(("—", "–")) and len(block.text) < 120 else None


def checked(text: str, options: ReadOptions) -> str:
    """The markup itself, when it is not longer than a page may be."""
    if len(text) > options.max_bytes:
        raise ReadError(f"larger than {options.max_bytes / 1e6:g} MB, which is the most one page may have.")
    return text
