"""What can be seen of a block of text and its surroundings, as numbers between 0 and 1 (roughly)."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from indexer.html.blocks import TextBlock, alphanumeric_key
from indexer.html.metadata import PageMetadata
from indexer.metadata.boilerplate import LineKind, is_caption, line_kind
from indexer.metadata.bylines import is_bare_name
from indexer.metadata.phrases import compile_phrases

_GOOD = compile_phrases("block_names", "article", flags=re.NOFLAG)
_BAD = compile_phrases("block_names", "beside_article", flags=re.NOFLAG)
_LEAD = compile_phrases("block_names", "lead", flags=re.NOFLAG)
_ABOUT = compile_phrases("block_names", "about_article", flags=re.NOFLAG)
_MORE = compile_phrases("block_names", "more", r"^\W*")
_BY = re.compile(r"(?:by|von|par|por|di|door|av|от)\s+[A-ZÀ-ÞА-Я]", re.IGNORECASE)
_END = re.compile(r"[.!?…。！？»”\"“)]\s*$")
_SENTENCES = re.compile(r"[.!?。！？](?=\s|$|[\"”“»])")
# Blocks further than this from all that the extractor took are not looked at: menus, mostly.
MAX_DISTANCE_BLOCKS = 25
_TAGS = frozenset(
    (
        "p",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "div",
        "td",
        "span",
        "blockquote",
        "pre",
        "section",
        "article",
        "figcaption",
        "a",
    )
)
_AROUND = frozenset(
    ("article", "main", "aside", "header", "footer", "nav", "form", "ul", "table", "figure", "blockquote", "section")
)


def block_features(blocks: list[TextBlock], shares: list[float], about: PageMetadata) -> list[dict[str, float]]:
    """Return a row of features (about 0 to 1) for every block, an empty one for a block that is far from the text."""
    seen: dict[HtmlElement, _Around] = {}
    lengths = [len(block.text) - block.links for block in blocks]
    kept = [index for index, share in enumerate(shares) if share > 0.5 and lengths[index] > 60]
    first, last = (kept[0], kept[-1]) if kept else (len(blocks), -1)
    parents = _containers(blocks, shares, lengths)
    signatures = _signatures(blocks, shares, lengths)
    wanted = _texts(about)
    heading = next(
        (i for i, block in enumerate(blocks) if block.tag == "h1" and wanted.title and _alike(block.key, wanted.title)),
        None,
    )
    once: set[str] = set()
    rows: list[dict[str, float]] = []
    for index, block in enumerate(blocks):
        if not first - MAX_DISTANCE_BLOCKS <= index <= last + MAX_DISTANCE_BLOCKS and kept:
            rows.append({})
            continue
        row = _own(block, shares[index], wanted)
        row |= _place(block.element, seen)
        row |= _neighbours(index, shares, lengths)
        row["container"] = parents[index][0]
        row["container_kept"] = parents[index][1]
        row["wider_kept"] = parents[index][2]
        row["signature_kept"], row["signature_share"] = signatures[index]
        row["inside"] = float(first <= index <= last)
        row["before"] = float(index < first)
        row["just_before"] = float(first - 3 <= index < first)
        row["after"] = float(index > last)
        row["just_after"] = float(last < index <= last + 2)
        row["far_after"] = math.log1p(max(0, index - last)) / 5 if last >= 0 else 0.0
        row["above_h1"] = float(heading is not None and index < heading)
        row["below_h1"] = float(heading is not None and heading < index <= heading + 4)
        key = block.text[:200]
        row["repeated"] = float(key in once)
        once.add(key)
        rows.append(row)
    for index, row in enumerate(rows):
        if row and (blocks[index].heading or row["short_bold"]):
            following = next((j for j in range(index + 1, min(len(rows), index + 4)) if not blocks[j].heading), None)
            row["heads_kept"] = shares[following] if following is not None else 0.0
            row["heads_links"] = float(following is None or blocks[following].links * 2 > len(blocks[following].text))
    return rows


@dataclass(slots=True)
class _Texts:
    title: str
    descriptions: list[str]
    body: str


def _texts(about: PageMetadata) -> _Texts:
    return _Texts(
        alphanumeric_key(about.title or ""),
        [alphanumeric_key(value) for value in about.descriptions[:4]],
        alphanumeric_key(about.body or "")[:200_000],
    )


_DIGIT = re.compile(r"\d")


def _alike(mine: str, key: str) -> bool:
    return bool(mine) and (
        mine == key or (len(mine) > 15 and (mine in key or key in mine) and abs(len(mine) - len(key)) < 0.5 * len(key))
    )


def _own(block: TextBlock, share: float, wanted: _Texts) -> dict[str, float]:
    text = block.text
    size = len(text)
    words = text.count(" ") + 1
    key = block.key
    sentences = len(_SENTENCES.findall(text))
    kind = line_kind(text) if size < 200 else None
    row = {
        "bias": 1.0,
        "share": share,
        "share_full": float(share > 0.95),
        "length": min(1.0, math.log1p(size) / 7),
        "tiny": float(size < 25),
        "short": float(size < 80),
        "long": float(size > 200),
        "links": block.links / max(1, size),
        "mostly_links": float(block.links * 2 > size),
        "all_link": float(block.links >= size * 0.9 and block.links > 0),
        "ends": float(bool(_END.search(text))),
        "sentences": min(1.0, sentences / 4),
        "no_sentence": float(sentences == 0),
        "quoted": float(any(mark in text for mark in '“”„«»"「')),
        "commas": min(1.0, text.count(",") / 5),
        "colon": float(text.endswith(":")),
        "upper": float(text.isupper()),
        "digits": len(_DIGIT.findall(text[:200])) / min(200, max(1, size)),
        "bold": float(block.strong >= 0.8 * size),
        "short_bold": float(block.strong >= 0.8 * size and words <= 14),
        "is_title": float(bool(wanted.title) and _alike(block.key, wanted.title)),
        "is_description": float(
            size > 30
            and any(
                key == value
                or (len(key) > 40 and key in value)
                or (len(value) > 40 and value in key and len(key) < 1.6 * len(value))
                for value in wanted.descriptions
            )
        ),
        "in_json": float(bool(wanted.body) and len(key) > 15 and key[:200] in wanted.body),
        "not_in_json": float(len(wanted.body) > 400 and not (len(key) > 15 and key[:200] in wanted.body)),
        "more": float(bool(_MORE.match(text))),
        "furniture": float(kind is not None and kind not in (LineKind.BYLINE, LineKind.DATE, LineKind.CAPTION)),
        "byline": float(
            kind is LineKind.BYLINE or (size < 90 and bool(_BY.match(text)) and sentences == 0) or is_bare_name(text)
        ),
        "date": float(kind is LineKind.DATE),
        "credited": float(is_caption(text)) if size < 320 else 0.0,
        "caption": float(block.caption),
        "in_quote": float(block.quote is not None),
        "copyright": float("©" in text or "All rights" in text),
        "url": float("http" in text or "@" in text),
    }
    if block.tag in _TAGS:
        row[f"tag_{block.tag}"] = 1.0
    return row


@dataclass(slots=True)
class _Around:
    """What an element and those around it say: their names, innermost first, and the tags among them that matter."""

    said: list[tuple[bool, bool, bool, bool]]
    tags: dict[str, float]
    item: bool


def _around(element: HtmlElement, seen: dict[HtmlElement, _Around]) -> _Around:
    """The same for all children of an element, so worked out once."""
    found = seen.get(element)
    if found is None:
        chain = [element, *element.iterancestors()]
        said = [
            _said(place.get("class") or "", place.get("id") or "", place.get("data-component") or "")
            for place in chain[:7]
        ]
        tags = {f"in_{place.tag}": 1.0 for place in chain if place.tag in _AROUND}
        found = _Around(said, tags, any("articleBody" in (place.get("itemprop") or "") for place in chain))
        seen[element] = found
    return found


def _place(element: HtmlElement, seen: dict[HtmlElement, _Around]) -> dict[str, float]:
    parent = element.getparent()
    above = _around(parent, seen) if parent is not None else _Around([], {}, False)
    own = _said(element.get("class") or "", element.get("id") or "", element.get("data-component") or "")
    said = [own, *above.said]
    near, far = said[:3], said[3:]
    row = {
        "good_near": float(any(names[0] for names in near)),
        "good_far": float(any(names[0] for names in far)),
        "bad_own": float(own[1]),
        "bad_near": float(any(names[1] for names in near)),
        "bad_far": float(any(names[1] for names in far)),
        "lead_near": float(any(names[2] for names in near)),
        "about_own": float(own[3]),
        "about_near": float(any(names[3] for names in near)),
        "unnamed": float(not element.get("class") and not element.get("id")),
        "item_body": float(above.item or "articleBody" in (element.get("itemprop") or "")),
    }
    row |= above.tags
    if element.tag in _AROUND:
        row[f"in_{element.tag}"] = 1.0
    return row


@lru_cache(maxsize=50_000)
def _said(*names: str) -> tuple[bool, bool, bool, bool]:
    """Whether the names of an element speak of an article, of what stands beside one, of a lead, of facts about it."""
    # Lower case once is many times cheaper than a pattern that ignores case at every letter.
    words = " ".join(names)[:300].lower()
    return bool(_GOOD.search(words)), bool(_BAD.search(words)), bool(_LEAD.search(words)), bool(_ABOUT.search(words))


def _neighbours(index: int, shares: list[float], lengths: list[int]) -> dict[str, float]:
    """How much was taken of the blocks around: of the two before, the two after, and of five on each side by length."""
    before = shares[max(0, index - 2) : index]
    after = shares[index + 1 : index + 3]
    low, high = max(0, index - 5), min(len(shares), index + 6)
    around = [(shares[i], lengths[i]) for i in range(low, high) if i != index]
    total = sum(length for _, length in around) or 1
    return {
        "before_kept": sum(before) / 2,
        "after_kept": sum(after) / 2,
        "both_kept": float(bool(before) and bool(after) and before[-1] > 0.5 and after[0] > 0.5),
        "around_kept": sum(share * length for share, length in around) / total,
        "around_text": min(1.0, math.log1p(total) / 9),
    }


def _containers(blocks: list[TextBlock], shares: list[float], lengths: list[int]) -> list[tuple[float, float, float]]:
    """Of each block's parent: its part of the page's running text, and how much of its text was taken; the same one up."""
    total: Counter[HtmlElement] = Counter()
    kept: Counter[HtmlElement] = Counter()
    ups = []
    for index, block in enumerate(blocks):
        parent = block.element.getparent()
        upper = parent.getparent() if parent is not None else None
        ups.append((parent, upper))
        for place in {parent, upper} - {None}:
            total[place] += lengths[index]
            kept[place] += int(lengths[index] * shares[index])
    most = max(total.values(), default=1) or 1
    return [
        (
            total[parent] / most if parent is not None else 0.0,
            kept[parent] / max(1, total[parent]) if parent is not None else 0.0,
            kept[upper] / max(1, total[upper]) if upper is not None else 0.0,
        )
        for parent, upper in ups
    ]


def _signatures(blocks: list[TextBlock], shares: list[float], lengths: list[int]) -> list[tuple[float, float]]:
    """Of all blocks with this tag and class: how much of their text was taken, and their part of all that was."""
    classes: dict[HtmlElement, str] = {}
    keys = []
    for block in blocks:
        parent = block.element.getparent()
        if parent is not None and parent not in classes:
            classes[parent] = parent.get("class") or ""
        keys.append((block.tag, block.element.get("class") or "", classes[parent] if parent is not None else ""))
    total: Counter[tuple[str, str, str]] = Counter()
    kept: Counter[tuple[str, str, str]] = Counter()
    for key, share, length in zip(keys, shares, lengths, strict=True):
        total[key] += length
        kept[key] += int(length * share)
    everything = sum(kept.values()) or 1
    return [(kept[key] / max(1, total[key]), kept[key] / everything) for key in keys]
