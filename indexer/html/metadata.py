"""What a page says about itself: title, outlet, authors, dates, language, address, each with how it is known."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from importlib.resources import files

from bs4 import BeautifulSoup, Tag
from lxml import etree
from lxml.etree import tostring
from lxml.html import HtmlElement

from indexer.html.json_ld import MAX_JSON_LD_CHARS, JsonLdArticle, one_line, read_json_ld
from indexer.input.input_file import ReadOptions
from indexer.metadata.bylines import author_names, author_rank, bounded_byline
from indexer.metadata.dates import is_believable, parse_date
from indexer.metadata.languages import primary_language
from indexer.metadata.outlets import host_of, looks_like_host, outlet_by_host, tidy_publisher
from indexer.metadata.urls import canonical_url, same_site
from search.provenance import DocumentFlag, Provenance

_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:by-?line|author|autor|auteur|writer|contributor|reporter)s?(?:$|[\s_-])|byline|author-?name",
    re.IGNORECASE,
)
_SPEAKING = frozenset(("title", "meta", "link", "script", "h1", "time"))
# What a page tells browsers, search engines and owners' tools: half of all that it says, and nothing about itself.
_BESIDE = re.compile(
    r"og:(?:image|video|audio)|twitter:(?:image|card|site|label|data|player|app)|fb:|article:tag|viewport|robots|google|theme-color|"
    r"msapplication|msvalidate|apple-mobile-web-app-(?:capable|status)|apple-itunes|al:(?!ios:app_name)|generator|format-detection|"
    r"p:domain|pinterest|yandex|referrer|keywords|news_keywords|csrf|next-head",
    re.IGNORECASE,
)
_NAMED = re.compile("uth?or|yline|YLINE|uteur|riter|ontributor|eporter")
_DATE_CLASS = re.compile(r"(?:publish|posted|date|timestamp|datum|fecha)", re.IGNORECASE)
_META_NAMES = {
    about: tuple(names)
    for about, names in tomllib.loads((files("indexer") / "data" / "meta_names.toml").read_text("utf-8")).items()
}
_PUBLISHED = _META_NAMES["published"]
_MODIFIED = _META_NAMES["modified"]
_AUTHOR = _META_NAMES["author"]


@dataclass(slots=True)
class PageMetadata:
    """What is known of a page. `known` says how; `flags` what was odd; `descriptions` and `body` help to find the text."""

    title: str | None = None
    headings: list[str] = field(default_factory=list)
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    url: str | None = None
    known: dict[str, str] = field(default_factory=dict)
    flags: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    body: str | None = None
    kind: str | None = None
    types: set[str] = field(default_factory=set)
    page_title: str | None = None
    paid: bool = False


@dataclass(slots=True)
class _Page:
    """The parts of a page that speak about it."""

    meta: dict[str, list[str]]
    articles: list[JsonLdArticle]
    types: set[str]
    site: str | None
    canonical: str | None
    title: str | None
    headings: list[str]
    times: list[Tag]
    bylines: list[Tag]
    language: str | None


def read_metadata(root: HtmlElement, options: ReadOptions, url: str | None = None) -> PageMetadata:
    """Return the metadata of a page from its tree; `url` is where it was fetched, if anybody knows."""
    page = _parse(root)
    found = PageMetadata(headings=page.headings, page_title=page.title, types=page.types, language=page.language)
    _address(page, found, url)
    article = _own(page, found)
    _outlet(page, article, found, options, url)
    _title(page, article, found)
    _authors(page, article, found)
    _dates(page, article, found, options)
    found.descriptions = [
        value
        for value in (
            article.description if article else None,
            *_values(page, "og:description", "description", "twitter:description"),
        )
        if value
    ]
    found.body = article.body if article else None
    found.kind = article.kind if article else (_value(page, "og:type") or "").casefold() or None
    found.paid = bool(article and article.free is False) or _value(page, "article:content_tier") in (
        "locked",
        "metered",
    )
    found.language = (
        found.language
        or (article.language if article else None)
        or _value(page, "og:locale", "language", "dc.language", "content-language")
    )
    return found


def _excerpt(root: HtmlElement) -> str:
    """The markup of the parts that speak about the page: a tenth of it, so that the soup is made in no time."""
    pieces: list[str] = []
    for element in root.iter(etree.Element):
        if not _is_telling(element):
            continue
        markup = tostring(element, encoding="unicode", with_tail=False)
        if len(markup) <= (MAX_JSON_LD_CHARS if element.tag in ("script", "meta") else 4000):
            pieces.append(markup)
            if len(pieces) == 600:
                break
    return "".join(pieces)


def _is_telling(element: HtmlElement) -> bool:
    """Whether an element may say something about the page: what is made for that, and what is named like a by-line."""
    tag = element.tag
    if tag in _SPEAKING:
        if tag == "link":
            return "canonical" in (element.get("rel") or "")
        if tag == "meta":
            return not _BESIDE.match(element.get("property") or element.get("name") or "")
        return tag != "script" or "ld+json" in (element.get("type") or "")
    named = (
        _NAMED.search(element.get("class") or "")
        or "author" in (element.get("rel") or "")
        or "author" in (element.get("itemprop") or "")
    )
    return bool(named) and not _is_readers(element)


def _is_readers(element: HtmlElement) -> bool:
    """Whether an element is among the readers' comments, whose authors did not write the page."""
    around = (element, *element.iterancestors())
    return any("omment" in (place.get("class") or "") or "omment" in (place.get("id") or "") for place in around)


def _parse(root: HtmlElement) -> _Page:
    soup = BeautifulSoup(_excerpt(root), "lxml")
    meta: dict[str, list[str]] = {}
    named: dict[str, list[Tag]] = {}
    tags = [tag for tag in soup.descendants if isinstance(tag, Tag)]
    for tag in tags:
        named.setdefault(tag.name, []).append(tag)
    for tag in named.get("meta", [])[:400]:
        key = (
            str(tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv") or "")
            .strip()
            .lower()
        )
        value = one_line(str(tag.get("content") or ""))
        if key and value:
            meta.setdefault(key, []).append(value)
    scripts = [tag.string or tag.get_text() for tag in named.get("script", [])[:40]]
    articles, types, site = read_json_ld(scripts)
    canonical = next(iter(named.get("link", [])), None)
    title = next(iter(named.get("title", [])), None)
    headings = [one_line(tag.get_text(" ")) for tag in named.get("h1", [])[:8]]
    return _Page(
        meta=meta,
        articles=articles,
        types=types,
        site=site,
        canonical=str(canonical.get("href") or "") if canonical else None,
        title=one_line(title.get_text()) if title else None,
        headings=[heading for heading in headings if heading],
        times=named.get("time", [])[:40],
        bylines=[tag for tag in tags[:600] if _speaks(tag)],
        language=root.get("lang") or root.get("xml:lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"),
    )


def _speaks(tag: Tag) -> bool:
    """Whether the element is a by-line: by its relation, its property or its class."""
    said = f"{tag.get('rel') or ''} {tag.get('itemprop') or ''}"
    return "author" in said or bool(_BYLINE.search(" ".join(tag.get_attribute_list("class"))))


def _values(page: _Page, *names: str) -> list[str]:
    return [value for name in names for value in page.meta.get(name, ())]


def _value(page: _Page, *names: str) -> str | None:
    return next(iter(_values(page, *names)), None)


def _address(page: _Page, found: PageMetadata, fetched: str | None) -> None:
    """The canonical link names the document; one that leads to another site is noted and not followed."""
    said = canonical_url(page.canonical, fetched) or canonical_url(_value(page, "og:url"), fetched)
    inside = [address for address in (canonical_url(article.url, said) for article in page.articles) if address]
    home = fetched or canonical_url(_value(page, "og:url"))
    if said and home and not same_site(said, home):
        found.flags.append(DocumentFlag.OFF_SITE_CANONICAL)
        found.known["canonical"] = said
        said = canonical_url(home)
    elif said and not home and inside and not same_site(said, inside[0]):
        found.flags.append(DocumentFlag.OFF_SITE_CANONICAL)
        found.known["canonical"] = said
        said = inside[0]
    found.url = said or (inside[0] if inside else None) or canonical_url(fetched)
    if found.url:
        found.known["url"] = (
            Provenance.CANONICAL if page.canonical and said else Provenance.JSON_LD if inside else Provenance.FETCHED
        )


_MARKS = str.maketrans("‘’“”\u00a0", "''\"\" ")
_TAIL = re.compile(r"\s*[-|–—:·•»*ㅣ：,]")


def _own(page: _Page, found: PageMetadata) -> JsonLdArticle | None:
    """The JSON-LD article that this page is about: the one whose headline the page prints."""
    named = [words for words in (*page.headings, *_values(page, "og:title", "twitter:title"), page.title) if words]

    def likeness(article: JsonLdArticle) -> float:
        score = max((_overlap(article.headline, name) for name in named), default=0.0)
        same = canonical_url(article.url, found.url) == found.url if article.url and found.url else False
        return score + 0.3 * same + 0.1 * bool(article.published) + 0.05 * bool(article.authors)

    best = max(page.articles, key=likeness, default=None)
    if best is None:
        return None
    if len(page.articles) > 1 and best.headline and named and likeness(best) < 0.3:
        return None
    return best


def _overlap(first: str | None, second: str | None) -> float:
    mine, theirs = _bag(first), _bag(second)
    return len(mine & theirs) / max(1, min(len(mine), len(theirs))) if mine and theirs else 0.0


def _bag(text: str | None) -> set[str]:
    return set(re.findall(r"\w+", (text or "").casefold()[:400]))


def _outlet(
    page: _Page, article: JsonLdArticle | None, found: PageMetadata, options: ReadOptions, fetched: str | None
) -> None:
    """The host table first; then the page's own words, of which the shortest that is a name wins over a slogan."""
    for address in (found.url, fetched, _value(page, "og:url")):
        name = outlet_by_host(address, options.outlets)
        if name:
            found.outlet, found.known["outlet"] = name, Provenance.HOST
            return
    spoken = (
        (_value(page, Provenance.OG_SITE_NAME), Provenance.OG_SITE_NAME),
        (article.publisher if article else None, Provenance.JSON_LD),
        (page.site, Provenance.JSON_LD),
        (
            _value(
                page,
                "application-name",
                "apple-mobile-web-app-title",
                "al:ios:app_name",
                "publisher",
                "dc.publisher",
                "copyright",
            ),
            Provenance.META,
        ),
        (_suffix(page), Provenance.TITLE),
    )
    named = [(tidied, how) for name, how in spoken if (tidied := tidy_publisher(name)) and not looks_like_host(tidied)]
    if named:
        found.outlet, found.known["outlet"] = named[0]
    elif found.url:
        found.outlet, found.known["outlet"] = host_of(found.url) or None, Provenance.ADDRESS


def _suffix(page: _Page) -> str | None:
    """The last part of the page's title, when the rest is the headline ("Talks collapse | Example Courier")."""
    parts = re.split(r"\s+[|–—-]\s+", page.title or "")
    if len(parts) < 2 or not page.headings:
        return None
    return parts[-1] if _overlap(parts[0], page.headings[0]) > 0.6 and len(parts[-1]) < 40 else None


def _title(page: _Page, article: JsonLdArticle | None, found: PageMetadata) -> None:
    """The headline. What a page calls itself when shared is what people see; the longer forms are for search engines."""
    headline = article.headline if article else None
    known = [
        (_value(page, Provenance.OG_TITLE), Provenance.OG_TITLE),
        (headline, Provenance.JSON_LD),
        (page.headings[0] if len(page.headings) == 1 else None, Provenance.HEADING),
        (_value(page, "twitter:title", "dc.title", "title", "parsely-title", "sailthru.title"), Provenance.META),
        (page.headings[0] if len(page.headings) > 1 else None, Provenance.HEADING),
        (page.title, Provenance.TITLE),
    ]
    named = [
        (_without_tail(without_outlet_suffix(name, found.outlet), headline, *page.headings[:2]), how)
        for name, how in known
        if name
    ]
    if named:
        found.title, found.known["title"] = named[0]


def _without_tail(title: str, *shorter: str | None) -> str:
    """A title without what follows the headline that the page has elsewhere ("... - National | Globalnews.example")."""
    for words in shorter:
        if words and 12 <= len(words) < len(title) and _same_start(title, words) and _TAIL.match(title[len(words) :]):
            return title[: len(words)]
    return title


def _same_start(title: str, words: str) -> bool:
    return _straight(title[: len(words)]) == _straight(words)


def _straight(text: str) -> str:
    return text.translate(_MARKS).casefold()


def without_outlet_suffix(title: str, outlet: str | None) -> str:
    """Return a title without the outlet's name at its end."""
    parts = re.split(r"(\s+[|–—•·»:-]+\s+|\s*\|\s*)", title)
    while len(parts) > 2 and outlet and _is_outlet(parts[-1], outlet):
        parts = parts[:-2]
    return "".join(parts).strip() or title


def _is_outlet(words: str, outlet: str) -> bool:
    squash = re.compile(r"\W+|^(?:the|der|die|das)\s+", re.IGNORECASE)
    mine, theirs = squash.sub("", words).casefold(), squash.sub("", outlet).casefold()
    return bool(mine) and (
        mine == theirs
        or mine.removesuffix("com") == theirs
        or _bag(words) <= _bag(outlet)
        or (_bag(outlet) <= _bag(words) and len(words) < 40)
    )


def _authors(page: _Page, article: JsonLdArticle | None, found: PageMetadata) -> None:
    """Authors from JSON-LD, then meta, then the printed by-line.

    A person wins over the outlet's own name, and that over the name of an account.
    """
    sources = (
        (list(article.authors) if article else [], Provenance.JSON_LD),
        (_values(page, *_AUTHOR), Provenance.META),
        (_printed(page), Provenance.BYLINE),
    )
    best = 0
    for names, how in sources:
        people = author_names(names, roles=how is Provenance.JSON_LD)
        worth = author_rank(people, found.outlet)
        if worth > best:
            found.authors, found.known["authors"], best = people, how, worth


def _printed(page: _Page) -> list[str]:
    """The first printed by-line with a name in it; those after it belong to other stories."""
    lines = (bounded_byline(tag.get_text(" ", strip=True)) for tag in page.bylines)
    return next(([line] for line in lines if line and author_names([line])), [])


def _dates(page: _Page, article: JsonLdArticle | None, found: PageMetadata, options: ReadOptions) -> None:
    language = primary_language(found.language)
    published = [
        *([(article.published, Provenance.JSON_LD)] if article else []),
        *((value, Provenance.META) for value in _values(page, *_PUBLISHED)),
        *(
            (str(tag.get("datetime") or tag.get_text(" ", strip=True)), Provenance.TIME)
            for tag in _publishing_times(page)
        ),
        *(
            (tag.get_text(" ", strip=True)[:80], Provenance.PRINTED)
            for tag in page.bylines
            if _DATE_CLASS.search(" ".join(map(str, tag.get_attribute_list("class"))))
        ),
        *([(found.url, Provenance.ADDRESS)] if found.url else []),
    ]
    for value, how in published:
        day = _in_address(value) if how is Provenance.ADDRESS else parse_date(value, language)
        if day and is_believable(day, options.now):
            found.published, found.known["published"] = day, how
            break
        if day:
            found.flags.append(DocumentFlag.DATE_REFUSED)
    for value, how in (
        (article.modified if article else None, Provenance.JSON_LD),
        *((value, Provenance.META) for value in _values(page, *_MODIFIED)),
    ):
        day = parse_date(value, language)
        if day and is_believable(day, options.now):
            found.modified, found.known["modified"] = day, how
            break
    found.flags[:] = dict.fromkeys(found.flags)


def _publishing_times(page: _Page) -> list[Tag]:
    """`<time>` elements, those that say they are the date of publication first."""
    said = [
        tag
        for tag in page.times
        if tag.get("pubdate") is not None
        or "datePublished" in str(tag.get("itemprop", ""))
        or _DATE_CLASS.search(" ".join(map(str, tag.get_attribute_list("class"))))
    ]
    return [*said, *page.times[:3]]


def _in_address(url: str | None) -> str | None:
    found = re.search(r"/((?:19|20)\d\d)[/-]?(\d\d)[/-]?(\d\d)(?=[/_.-]|$)", url or "")
    return parse_date("-".join(found.groups())) if found else None
