"""One web page to one document: parse, metadata, choose the blocks, put them together, or say why not."""

from __future__ import annotations

from dataclasses import dataclass

from indexer import languages
from indexer.pages import body, markup, metadata, refusals
from indexer.pages.blocks import Block, linearise
from indexer.source import ReadOptions
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
    root = markup.parse(text)
    if root is None:
        return Skip(path, "it holds no words.")
    about = metadata.read(root, options, url)
    language = languages.tag(about.language)
    blocks = linearise(root, language or "en")
    if not fragment and (reason := refusals.before(about, blocks)):
        return Skip(path, reason)
    chosen = blocks if fragment else body.choose(root, blocks, about)
    if not fragment and refusals.is_listing(about, blocks, chosen):
        return Skip(path, "listing: it is a front page or a list of articles, not an article.")
    words = compose(chosen, about.title if not fragment else None)
    if not words.text:
        return Skip(path, refusals.empty(about, blocks))
    if not fragment and (reason := refusals.after(about, blocks, words.text)):
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


def compose(blocks: list[Block], title: str | None = None) -> Words:
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
            notes.setdefault(key, _cite(block))
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
    return None


def checked(text: str, options: ReadOptions) -> str:
    """The markup itself, when it is not longer than a page may be."""
    if len(text) > options.max_bytes:
        raise ReadError(f"larger than {options.max_bytes / 1e6:g} MB, which is the most one page may have.")
    return text
