"""Which blocks of a page are the article.

Trafilatura's answer is one of the signs; the learned rule weighs it with what else can be seen of each block. What the
rule must never do is written out here: readers' comments, walls and a second printing of the same words stay out, and a
page that keeps its text in a script is read there.
"""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement

from indexer.html.block_classifier import KEEP_PROBABILITY, KEEP_QUOTE_PROBABILITY, keep_probabilities
from indexer.html.block_features import block_features
from indexer.html.blocks import TextBlock, alphanumeric_key, text_blocks
from indexer.html.metadata import PageMetadata
from indexer.html.non_articles import is_paywall_notice
from indexer.html.parse import parse_html
from indexer.html.script_text import script_articles

# Above this many blocks, letters or elements trafilatura takes longer than anybody waits; the other signs have to do.
MAX_BLOCKS, MAX_CHARS, MAX_ELEMENTS = 4000, 1_500_000, 40_000
# Less text than this may be a teaser in front of a text that a script shows.
TEASER_CHARS = 600
# On a page that shows nothing, and says when it was published, so much is an article: a brief.
BRIEF_CHARS = 300
# The part of a page's running text that trafilatura's quick way has to take; else its slow way is tried.
MIN_TAKEN_SHARE = 0.6
_COUNT = etree.XPath("count(//*)")
_COMMENTS = re.compile(
    r"(?:^|[\s_-])(?:comments?|disqus|kommentare?|comentarios|commentaires|reader-?comments?|comment-?(?:list|section|body|content|thread|area))(?:$|[\s_-])",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"paywall|pay-wall|regwall|subscribe-|subscription-|piano-|overlay|barrier|premium-box|upsell", re.IGNORECASE
)
_ASIDE = re.compile(r"pull-?quote|zitat-?box|quote-?box|citation-?box|highlight-quote", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_QUOTED = re.compile(r"[“„«\"「](?:[^“”„«»\"「」]|(?<=\w)[\"”](?=\w)){12,}[”“»\"」]")


_NO_TEXT = (
    "script",
    "style",
    "svg",
    "noscript",
    "iframe",
    "nav",
    "template",
    "button",
    "select",
    "link",
    "object",
    "video",
    "audio",
    "canvas",
    "head",
    "input",
    "label",
    "map",
    "picture",
    "source",
    "textarea",
    "time",
)


def choose_blocks(root: HtmlElement, blocks: list[TextBlock], about: PageMetadata) -> list[TextBlock]:
    """Return the blocks of the article, in order."""
    rows = block_features(blocks, extractor_shares(root, blocks), about)
    chances = keep_probabilities(rows, [len(block.text) for block in blocks])
    kept = _between(blocks, chances)
    barred = _barred(blocks, kept)
    chosen = [block for index, block in enumerate(blocks) if index in kept and index not in barred]
    chosen = _without_pull_quotes(chosen)
    if sum(len(block.text) for block in chosen) < TEASER_CHARS:
        return _hidden_text(root, about, chosen)
    return chosen


def _between(blocks: list[TextBlock], chances: list[float]) -> set[int]:
    """The places of the blocks to keep. Between the first and the last of them quotations and captions that quote stay."""
    kept = {index for index, chance in enumerate(chances) if chance >= KEEP_PROBABILITY and not blocks[index].caption}
    if not kept:
        return {index for index, chance in enumerate(chances) if chance >= KEEP_QUOTE_PROBABILITY}
    first, last = min(kept), max(kept)
    for index in range(max(0, first - 1), last + 1):
        quotes = bool(_QUOTED.search(blocks[index].text))
        if quotes and (
            (blocks[index].caption and index > first)
            or (not blocks[index].caption and chances[index] >= KEEP_QUOTE_PROBABILITY)
        ):
            kept.add(index)
    return kept


def _barred(blocks: list[TextBlock], kept: set[int]) -> set[int]:
    """The places of what readers wrote and of what hides the rest of an article.

    Sites also call the article's own parts "paywall" or "has-comments". So a wall is what says that it is one, and what
    holds half of the kept text is the article.
    """
    half = sum(len(blocks[index].text) for index in kept) / 2
    sizes: dict[HtmlElement, int] = {}
    for index in kept:
        for place in _around(blocks[index]):
            sizes[place] = sizes.get(place, 0) + len(blocks[index].text)
    walls = {
        place
        for block in blocks
        if is_paywall_notice(block)
        for place in _around(block)[:4]
        if _WALL.search(_names(place))
    }
    known: dict[HtmlElement, bool] = {}

    def bad(place: HtmlElement) -> bool:
        if place not in known:
            known[place] = sizes.get(place, 0) <= half and (place in walls or bool(_COMMENTS.search(_names(place))))
        return known[place]

    return {index for index in kept if is_paywall_notice(blocks[index]) or any(map(bad, _around(blocks[index])))}


def _names(place: HtmlElement) -> str:
    return f"{place.get('class') or ''} {place.get('id') or ''}"


def _around(block: TextBlock) -> list[HtmlElement]:
    """A block's element and those around it, the page itself aside."""
    return [place for place in (block.element, *block.element.iterancestors()) if place.tag not in ("html", "body")]


def _without_pull_quotes(blocks: list[TextBlock]) -> list[TextBlock]:
    """The blocks without those that only repeat, in a box, words that another one prints."""
    keys = [block.key for block in blocks]
    everything = "\n".join(keys)
    return [
        block
        for block, key in zip(blocks, keys, strict=True)
        if not (key and len(key) < 400 and not block.heading and _is_boxed(block) and everything.count(key) > 1)
    ]


def _is_boxed(block: TextBlock) -> bool:
    boxes = _around(block)[:4]
    return block.quote is not None or any(box.tag == "aside" or _ASIDE.search(box.get("class") or "") for box in boxes)


def _hidden_text(root: HtmlElement, about: PageMetadata, chosen: list[TextBlock]) -> list[TextBlock]:
    """The article as the page's scripts hold it, when that is much longer than what the page shows."""
    shown = sum(len(block.text) for block in chosen)
    bodies = [about.body] if about.body else []
    best = max((*(_paragraphs_of(body) for body in bodies), *script_articles(root)), key=_running_length, default="")
    least = BRIEF_CHARS if not shown and about.published else max(TEASER_CHARS, 2 * shown)
    if len(best) < least:
        return chosen
    tree = parse_html(best)
    blocks = (
        [block for block in text_blocks(tree) if not block.caption and len(block.text) > 1] if tree is not None else []
    )
    return blocks if sum(len(block.text) for block in blocks) > least else chosen


def _paragraphs_of(body: str) -> str:
    return body if re.search(r"<p[\s>]", body) else "".join(f"<p>{line}</p>" for line in re.split(r"\n+", body))


def _running_length(markup: str) -> int:
    """The length of some markup without its tags and what they hold."""
    return len(_TAGS.sub("", markup))


def extractor_shares(root: HtmlElement, blocks: list[TextBlock]) -> list[float]:
    """Return how much of each block trafilatura takes, 0 to 1; asked once more, thoroughly, when it left much on the page."""
    letters = sum(len(block.text) for block in blocks)
    if len(blocks) > MAX_BLOCKS or letters > MAX_CHARS or _COUNT(root) > MAX_ELEMENTS:
        return [float(len(block.text) > 60 and block.links * 3 < len(block.text)) for block in blocks]
    quick = block_shares(blocks, trafilatura_blocks(root, fast=True))
    running = [len(block.text) * (len(block.text) > 120 and block.links * 3 < len(block.text)) for block in blocks]
    if sum(size * share for size, share in zip(running, quick, strict=True)) >= MIN_TAKEN_SHARE * sum(running):
        return quick
    return block_shares(blocks, trafilatura_blocks(root, fast=False))


def block_shares(blocks: list[TextBlock], pieces: list[str]) -> list[float]:
    """Return how much of each block is in what the extractor took, 0 to 1.

    A long block is looked for anywhere. A short one ("Related", a name) stands on many pages more than once, so it counts
    only next to where the extractor was: after the block before it, or as a paragraph of its own.
    """
    text = alphanumeric_key("\n".join(pieces))
    alone = {alphanumeric_key(words) for words in pieces}
    found: list[float] = []
    at = 0
    for block in blocks:
        key = block.key
        if not key:
            found.append(0.0)
            continue
        if len(key) < 40:
            here = text.startswith(key, at)
            found.append(1.0 if here or key in alone else 0.0)
            at = at + len(key) if here else at
            continue
        where = text.find(key, at)
        if where < 0:
            where = text.find(key)
        if where >= 0:
            found.append(1.0)
            at = where + len(key)
        else:
            found.append(_partly(key, text))
    return found


def _partly(key: str, text: str) -> float:
    """The part of a block's stretches of 30 letters that occur in the text."""
    steps = range(0, max(1, len(key) - 29), 30)
    return sum(1 for start in steps if key[start : start + 30] in text) / len(steps)


def trafilatura_blocks(root: HtmlElement, *, fast: bool) -> list[str]:
    """Return the text of the article by trafilatura, a string for each of its blocks; none where it fails."""
    from trafilatura.core import bare_extraction

    copied = deepcopy(root)
    # What it would throw away after copying it three times.
    etree.strip_elements(copied, *_NO_TEXT, with_tail=False)
    try:
        found = bare_extraction(copied, include_comments=False, with_metadata=False, fast=fast)
    except Exception:  # it fails in many ways on broken trees, and the other signs can do without it
        return []
    tree = getattr(found, "body", None)
    return [" ".join(element.itertext()) for element in tree] if tree is not None else []
