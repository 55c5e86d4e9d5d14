"""A text file as its articles and its readers' comments, each a document of its own."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.input.input_file import ReadOptions
from indexer.metadata.boilerplate import (
    LineKind,
    announces_byline,
    byline_authors,
    copyright_holder,
    date_in_line,
    line_kind,
)
from indexer.metadata.bylines import author_names
from indexer.metadata.dates import is_believable, parse_date
from indexer.metadata.languages import choose_language
from indexer.metadata.outlets import outlet_by_host, outlet_by_name, tidy_publisher
from indexer.metadata.urls import canonical_url
from indexer.plain_text.boundaries import begins_article, is_headline
from indexer.plain_text.comments import comment_score, comments_start
from indexer.plain_text.paragraphs import PlainParagraph, split_paragraphs
from indexer.plain_text.speaker_labels import find_labels
from search.model import Document, Region, RegionRole, Span, document_id
from search.provenance import DocumentFlag, Provenance

# A by-line or a date belongs to the head of an article when at most this many paragraphs stand before it.
MAX_HEAD_PARAGRAPHS = 3
# Whether another article begins is told by the paragraphs before, of which so many are remembered, and asked so many times in
# a file, since each time all of those paragraphs are read.
REMEMBERED_PARAGRAPHS, MAX_BOUNDARY_CHECKS = 60, 300
# Boilerplate is looked for in so many lines, comments in so many of the last paragraphs: beyond that it is no article.
MAX_CLASSIFIED_LINES, MAX_COMMENT_PARAGRAPHS = 20_000, 3000
_ADDRESS = re.compile(
    r"^(?:url|link|permalink|original(?: article)?|read (?:the )?original)\s*:\s*(https?://\S+)$", re.IGNORECASE
)
_VOICE = re.compile(
    r"\b(?P<name>(?:The )?[A-Z][\w'’.&-]*(?: (?:[A-Z][\w'’.&-]*|of|and|the))*)(?: TV| newspaper| magazine| news agency)? (?:has|have|can) (?:exclusively )?"
    r"(?:obtained|gotten hold of|got hold of|learn(?:ed|t)|reveal(?:ed)?|reviewed|uncovered|been told|seen|received|acquired)\b"
)
_WIRE = re.compile(
    r"^[A-ZÀ-Þ][\w .,'’/-]{1,60}\((?P<wire>AP|AFP|Reuters|REUTERS|UPI|dpa|DPA|TASS|Xinhua|Bloomberg|ANSA|EFE|PTI|ANI|Kyodo|Yonhap|IRNA)\)\s*[-–—:]"
)


@dataclass(slots=True)
class _Article:
    """One article while it is put together: its lines with their kinds."""

    lines: list[tuple[PlainParagraph, LineKind | None]] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    url: str | None = None


@dataclass(slots=True)
class _GrowingText:
    """The document's text as it grows, with its regions."""

    pieces: list[str] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    length: int = 0

    def add(self, words: str, role: RegionRole | None = None) -> None:
        """Add a paragraph, and a region over it when it has a role."""
        start = self.length + 2 if self.pieces else 0
        self.pieces.append(words)
        self.length = start + len(words)
        if role:
            self.regions.append(Region(Span(start, self.length), role))


def split_documents(text: str, path: str, options: ReadOptions, flags: tuple[str, ...] = ()) -> Iterator[Document]:
    """Yield the articles in a text, in order, then the comments; nothing when there are no words in it."""
    whole, comments = _without_comments(split_paragraphs(text))
    documents = [
        document
        for number, article in enumerate(_split(whole))
        if (document := _document(article, _name(path, number), options, flags))
    ]
    yield from documents
    if comments and options.comments:
        words = "\n\n".join(comments)
        yield Document(
            id=document_id(words),
            text=words,
            path=f"{path}#comments" if documents else path,
            language=choose_language(None, words)[0],
            flags=(*flags, DocumentFlag.COMMENTS),
            regions=(Region(Span(0, len(words)), RegionRole.COMMENT),),
        )


def _name(path: str, number: int) -> str:
    return path if number == 0 else f"{path}#{number + 1}"


def _without_comments(lines: list[PlainParagraph]) -> tuple[_Article, list[str]]:
    """Part the lines of articles from readers' comments, which stand after a marker or read like it at the end."""
    article, said = _Article(), []
    after: list[tuple[PlainParagraph, LineKind | None]] | None = None
    commenting = False
    words = 0
    for number, line in enumerate(lines):
        kind = line_kind(line.text) if number < MAX_CLASSIFIED_LINES else None
        address = _ADDRESS.match(line.text)
        begun = words >= MAX_HEAD_PARAGRAPHS
        if address:
            article.url = canonical_url(address.group(1))
        elif kind is LineKind.COMMENTS:
            commenting = commenting or begun
        elif kind is LineKind.RELATED:
            after = [] if begun and after is None else after
        elif kind is LineKind.COPYRIGHT:
            article.notices.append(line.text)
        elif kind in (LineKind.DROP, LineKind.ADDRESS, LineKind.RULE):
            continue
        elif commenting:
            said.extend([line.text] if kind in (None, LineKind.CAPTION) else [])
        elif after is not None:
            after.append((line, kind))
        else:
            words += kind is None
            article.lines.append((line, kind))
    said[:0] = _after_marker(article, after or [])
    said[:0] = _unmarked(article)
    return article, said


def _after_marker(article: _Article, lines: list[tuple[PlainParagraph, LineKind | None]]) -> list[str]:
    """What stands after "More news": headlines of others, which go; then comments, or the rest of the article."""
    kept = [
        (line, kind)
        for line, kind in lines
        if kind is not None or not is_headline(line.text, least=1) or comment_score(line.text)[1]
    ]
    scores = [comment_score(line.text) for line, kind in kept if kind is None]
    if any(odd for _, odd in scores) and sum(value for value, _ in scores) > 0:
        return [line.text for line, kind in kept if kind is None]
    article.lines.extend(kept)
    return []


def _unmarked(article: _Article) -> list[str]:
    """The comments at the end of an article that nothing announces, taken out of it."""
    plain = [(index, line.text) for index, (line, kind) in enumerate(article.lines) if kind is None][
        -MAX_COMMENT_PARAGRAPHS:
    ]
    cut = comments_start([words for _, words in plain])
    if cut == len(plain):
        return []
    where = plain[cut][0]
    said = [line.text for line, _ in article.lines[where:]]
    del article.lines[where:]
    return said


def _split(whole: _Article) -> Iterator[_Article]:
    """The articles that follow each other in one stretch of lines."""
    current = _Article(url=whole.url)
    before: deque[str] = deque(maxlen=REMEMBERED_PARAGRAPHS)
    longs = checks = 0
    for index, (line, kind) in enumerate(whole.lines):
        if (
            kind is None
            and line.blank
            and longs >= MAX_HEAD_PARAGRAPHS
            and checks < MAX_BOUNDARY_CHECKS
            and is_headline(line.text)
        ):
            checks += 1
            if _is_boundary(list(before), whole.lines, index):
                yield current
                current, longs = _Article(), 0
                before.clear()
        current.lines.append((line, kind))
        if kind is None:
            before.append(line.text[:2000])
            longs += len(line.text) > 80
    current.notices = whole.notices
    yield current


def _is_boundary(before: list[str], lines: list[tuple[PlainParagraph, LineKind | None]], index: int) -> bool:
    following = lines[index + 1 : index + 6]
    if following and following[0][1] in (LineKind.BYLINE, LineKind.DATE):
        return True
    return begins_article(before, lines[index][0].text, [line.text[:2000] for line, kind in following if kind is None])


def _document(article: _Article, path: str, options: ReadOptions, flags: tuple[str, ...]) -> Document | None:
    known: dict[str, str] = {}
    odd = list(flags)
    authors, published, body = _head(article, options, odd)
    labelled = {body[number][0].text for number in find_labels([line.text for line, _ in body[:MAX_CLASSIFIED_LINES]])}
    title = _title(body, labelled)
    text = _GrowingText()
    kickers = _kickers(body) - labelled
    for position, (line, kind) in enumerate(body):
        if line.text in kickers and line.text != title:
            continue
        if title and line.text == title:
            if not (text.pieces and title in text.pieces):
                text.add(title, RegionRole.HEADING)
        elif kind is LineKind.CAPTION:
            text.add(line.text, RegionRole.CAPTION)
        else:
            is_heading = line.text not in labelled and _is_heading(body, position)
            text.add(line.text, RegionRole.HEADING if is_heading else None)
    words = "\n\n".join(text.pieces)
    if not words.strip():
        return None
    outlet, how = _outlet(article, [line.text for line, kind in body if kind is None][:4], options)
    language, guessed = choose_language(None, words)
    for name, value, way in (
        ("title", title, Provenance.FIRST_LINE),
        ("authors", authors, Provenance.BYLINE),
        ("published", published, Provenance.PRINTED),
        ("outlet", outlet, how),
        ("language", language, guessed),
        ("wire", next((found.group("wire") for line, _ in body[:4] if (found := _WIRE.match(line.text))), None), None),
    ):
        if value:
            known[name] = way or str(value)
    return Document(
        id=document_id(words, article.url),
        text=words,
        path=path,
        url=article.url,
        outlet=outlet,
        title=title,
        authors=authors,
        published=published,
        language=language,
        flags=tuple(dict.fromkeys(odd)),
        regions=tuple(text.regions),
        provenance=known,
    )


def _head(
    article: _Article, options: ReadOptions, odd: list[str]
) -> tuple[tuple[str, ...], str | None, list[tuple[PlainParagraph, LineKind | None]]]:
    """Authors and date out of the lines at the two ends of an article, and the lines that are left."""
    authors: tuple[str, ...] = ()
    published: str | None = None
    body: list[tuple[PlainParagraph, LineKind | None]] = []
    longs, take_name = 0, False
    for index, (line, kind) in enumerate(article.lines):
        edge = longs < MAX_HEAD_PARAGRAPHS or index >= len(article.lines) - 3
        if take_name:
            take_name = False
            names = author_names([line.text]) if len(line.text) < 80 else ()
            if names:
                authors = authors or names
                continue
        if kind is LineKind.BYLINE and edge:
            take_name = announces_byline(line.text)
            authors = authors or (() if take_name else byline_authors(line.text))
            published = published or _believed(parse_date(line.text), options, odd)
            continue
        if kind is LineKind.DATE and edge:
            published = published or _believed(date_in_line(line.text), options, odd)
            continue
        longs += kind is None and len(line.text) > 80
        body.append((line, kind if kind is LineKind.CAPTION else None))
    return authors, published, body


def _believed(day: str | None, options: ReadOptions, odd: list[str]) -> str | None:
    if day and not is_believable(day, options.now):
        odd.append(DocumentFlag.DATE_REFUSED)
        return None
    return day


def _kickers(body: list[tuple[PlainParagraph, LineKind | None]]) -> set[str]:
    """Lines printed twice above an article: the name of a section, or what a picture is called."""
    leading = [line.text for line, kind in body[:8] if kind is None and len(line.text) < 120]
    return {line for line in leading if leading.count(line) > 1}


def _title(body: list[tuple[PlainParagraph, LineKind | None]], labelled: set[str]) -> str | None:
    """The first line that reads like a headline, before the first paragraph; a line printed twice is a kicker.

    Lines of a transcript (`labelled`) are somebody's words.
    """
    leading: list[str] = []
    for line, kind in body[:8]:
        if kind is LineKind.CAPTION:
            continue
        if line.text in labelled or not is_headline(line.text, least=2):
            break
        leading.append(line.text)
    if not leading or len(leading) == len(body):
        return None
    once = [line for line in leading if leading.count(line) == 1]
    return (once or leading)[0]


def _is_heading(body: list[tuple[PlainParagraph, LineKind | None]], position: int) -> bool:
    """A short line without a full stop, alone between blank lines, with a paragraph after it."""
    line = body[position][0]
    if position + 1 >= len(body) or not line.blank or not body[position + 1][0].blank:
        return False
    following = body[position + 1][0].text
    return len(line.text) <= 110 and is_headline(line.text, least=1) and len(following) > len(line.text)


def _outlet(article: _Article, opening: list[str], options: ReadOptions) -> tuple[str | None, str | None]:
    """Who printed it: the address, the copyright notice, or the voice that says "Example Courier has obtained"."""
    known = outlet_by_host(article.url, options.outlets)
    if known:
        return known, Provenance.HOST
    for notice in article.notices:
        name = tidy_publisher(copyright_holder(notice))
        if name:
            return name, Provenance.COPYRIGHT_NOTICE
    for paragraph in opening:
        for found in _VOICE.finditer(paragraph[:300]):
            name = outlet_by_name(found.group("name").removesuffix(" TV"), options.outlets)
            if name:
                return name, Provenance.OWN_VOICE
    return None, None
