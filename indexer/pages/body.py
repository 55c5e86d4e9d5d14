"""Which blocks of a page are the article."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml.html import HtmlElement

from indexer.pages.blocks import Block
from indexer.pages.metadata import Metadata

_W = re.compile(r"\W+")


def choose(root: HtmlElement, blocks: list[Block], about: Metadata) -> list[Block]:
    """The blocks of the article, in order."""
    text = squash(" ".join(extracted(root)))
    return [block for block in blocks if (key := squash(block.text)) and key in text]


def squash(text: str) -> str:
    return _W.sub("", text).casefold()


def extracted(root: HtmlElement) -> list[str]:
    """What trafilatura takes for the text, a string for each of its blocks."""
    from trafilatura.core import bare_extraction  # noqa: PLC0415 - 0.3 s to import, and only pages need it

    found = bare_extraction(deepcopy(root), include_comments=False, with_metadata=False)
    tree = getattr(found, "body", None)
    return [" ".join(element.itertext()) for element in tree] if tree is not None else []
