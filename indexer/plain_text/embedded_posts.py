"""Posts of a network that a text has as paragraphs, without marks: "The port is late. — Ann Lee (@annlee) May 16, 2018".

Who signs a post said it, whoever wrote the article: each becomes a block quotation with its signature as the note, as it is
on a page that marks it up. The form is that of the networks' own code for embedding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from search.model import Document, Region, RegionRole, Span

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
# A handle may have a server behind it, "@ann@northport.example". Behind it is the day at most: no line goes on.
_SIGNATURE = re.compile(r"\s[—–-]{1,2}\s?(?P<note>[^—–()]{1,60}\(@[\w.@-]{1,80}\)[^()]{0,40})$")
_LINKS, _MOST_LINKS = ("http://", "https://", "pic.twitter.com/"), 4  # at the end of a post: its pictures and cards
_MIN_WORDS = 3  # a shorter one is a picture's


def mark_posts(document: Document) -> Document:
    """Return the document with a region over each post, without the links to pictures at its end."""
    posts = tuple(_posts(document.text))
    return replace(document, regions=(*document.regions, *posts)) if posts else document


def _posts(text: str) -> Iterator[Region]:
    for line in _LINE.finditer(text):
        signature = _SIGNATURE.search(line.group().rstrip()) if "(@" in line.group() else None
        if signature is None:
            continue
        post = _without_links(line.group()[: signature.start()])
        start = line.start() + len(post) - len(post.lstrip())
        if len(post.split()) >= _MIN_WORDS:
            span = Span(start, line.start() + len(post.rstrip()))
            yield Region(span, RegionRole.BLOCKQUOTE, signature["note"].strip())


def _without_links(post: str) -> str:
    """Return a post without the links at its end, which may be glued to its last word."""
    for _ in range(_MOST_LINKS):
        words, _, last = post.rstrip().rpartition(" ")
        begins = [at for link in _LINKS if (at := last.find(link)) >= 0]
        if not begins:
            break
        post = f"{words} {last[: min(begins)]}"
    return post
