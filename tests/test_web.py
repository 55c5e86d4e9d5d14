"""The pages, asked as a browser asks, and the functions that make ready what they show."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from search.errors import ConfigError, QueryError, QuotesError
from search.find.find import find
from search.find.group import earliest, versions_from
from search.find.hit import Hit
from search.find.utterance_page import utterance_of_quote
from search.matching.compare import compare
from search.model import Difference, Document, Match, Query, Quote, Region, Span, Version
from search.settings import Settings
from search.storage.store import Store
from search.text.analysis import analyse
from web.app import create_app
from web.cli import address, listening
from web.errors import STATUS, status_of
from web.presentation import document_view, template_filters
from web.presentation.diff_view import diff_pieces
from web.presentation.outbound_links import deep_link, safe_url
from web.presentation.timeline import timeline
from web.query_string import arguments, asked
from web.security import HEADERS

APOLOGIES = "I was the minister of apologies for other men's wars"
HOSTILE = "<script>alert(1)</script>\u202egnp.exe\u2066 \"'><img src=x onerror=alert(1)>"


class Page(HTMLParser):
    """A page as its tags, its links and its words; `faults` says where its elements do not nest."""

    VOID = ("meta", "link", "input", "br", "img")
    SVG = ("line", "circle")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.faults: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.faults += [f"{tag} is never closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in (*self.VOID, *self.SVG):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.SVG:
            return
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> out of place")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] or "" for _, attributes in self.tags if "id" in attributes]

    @property
    def links(self) -> list[str]:
        return [a["href"] or "" for a in self.all("a") if "href" in a]


@pytest.fixture
def client(samples: Store, sample_settings: Settings) -> FlaskClient:
    """The page over the sample archive."""
    return create_app(sample_settings, samples).test_client()


@pytest.fixture
def hostile(store: Store, settings: Settings) -> FlaskClient:
    """The page over an archive of one document and one imported quote, every field of which is an attack."""
    text = f"He said “{HOSTILE} and so on”.\n\n{HOSTILE}"
    span = Span(9, 9 + len(HOSTILE))
    document = Document(
        id=f"d{HOSTILE}", text=text, url="javascript:alert(1)", outlet=HOSTILE, title=HOSTILE, authors=(HOSTILE,),
        published='"><script>', language='en" onload="alert(1)', flags=(HOSTILE,),
        regions=(Region(Span(len(text) - 5, len(text)), "comment", HOSTILE),), provenance={"outlet": HOSTILE},
    )  # fmt: skip
    quote = Quote(
        id="q /?#ü", document_id=document.id, text=HOSTILE, spans=(span,), speaker=HOSTILE, role=HOSTILE,
        mention=HOSTILE, via=(HOSTILE,), outlet=HOSTILE, url="javascript:alert(1)", title=HOSTILE,
        published='"><script>', language='en" onload="alert(1)', before=HOSTILE, after=HOSTILE,
    )  # fmt: skip
    store.add([(document, "work", [quote])])
    store.add_quotes([replace(quote, id="imported", document_id="", spans=(), url="https://a.example/" + HOSTILE)])
    store.catch_up()
    return create_app(settings, store).test_client()


def page(client: FlaskClient, url: str, status: int = 200) -> Page:
    response = client.get(url)
    assert response.status_code == status, response.text
    found = Page(response.text)
    assert found.faults == []
    assert len(found.ids) == len(set(found.ids))
    return found


# -- the pages over the sample archive


def test_the_front_page_says_what_the_archive_holds_and_offers_quotes_to_try(
    client: FlaskClient, samples: Store
) -> None:
    found = page(client, "/")
    status = samples.status()
    assert f"{status.quotes:,} quotes" in found.text
    assert f"{status.documents:,} documents" in found.text
    tries = [link for link in found.links if link.startswith("/search")]
    assert len(tries) >= 3
    for link in tries:
        assert "Nothing like it" not in page(client, link).text


def test_the_front_page_of_an_empty_archive_says_how_to_fill_it(store: Store, settings: Settings) -> None:
    found = page(create_app(settings, store).test_client(), "/")
    assert "quotes index" in found.text


def test_an_answer_shows_the_quotes_with_their_outlets_and_marks_the_words_asked_for(client: FlaskClient) -> None:
    found = page(client, "/search?q=minister+of+apologies")
    assert "Northway Radio" in found.text
    assert "Joram Halvesk" in found.text
    assert re.search(r"<mark>[^<]*minister of apologies", client.get("/search?q=minister+of+apologies").text)


def test_changed_words_stand_in_ins_and_del_with_signs_beside_their_colours(
    client: FlaskClient, samples: Store
) -> None:
    whole = utterance_of_quote(samples, find(samples, Query(text=APOLOGIES)).utterances[0].id)
    html = client.get(f"/quotes/{whole.id}").text
    assert re.search(r'<del><span class="vh">[^<]*</span><span class="sign" aria-hidden="true">−</span>other men', html)
    assert re.search(
        r'<ins><span class="vh">[^<]*</span><span class="sign" aria-hidden="true">\+</span>\[the general’s\]', html
    )


def test_a_change_that_turns_the_meaning_is_warned_of(client: FlaskClient) -> None:
    assert (
        "Mind the change: a “not”"
        in page(client, "/search?q=I+was+the+minister+of+apologies+for+other+men's+wars").text
    )


def test_no_facet_leads_to_an_empty_answer(client: FlaskClient) -> None:
    found = client.get("/search?q=minister+of+apologies").text
    choices = re.findall(
        r'<li>\s*<a href="([^"]+)"><bdi>([^<]+)</bdi></a>\s*<span class="count">([\d,]+)</span>', found
    )
    assert len(choices) > 5
    for url, value, _count in choices:
        narrowed = page(client, url.replace("&amp;", "&"))
        assert re.search(r"[1-9][\d,]* utterances?,", narrowed.text), value
        assert "×" in narrowed.text


def test_a_chip_takes_its_filter_away_and_leaves_the_others(client: FlaskClient) -> None:
    html = client.get("/search?q=apologies&outlet=Veldania+Observer&after=2024-03-01").text
    chips = re.search(r'<ul class="chips".*?</ul>', html, re.S)
    assert chips is not None
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', chips[0])]
    assert links == [
        "/search?q=apologies&after=2024-03-01",
        "/search?q=apologies&outlet=Veldania+Observer",
        "/search?q=apologies",
    ]


def test_the_search_form_carries_the_filters_along(client: FlaskClient) -> None:
    found = page(client, "/search?q=apologies&outlet=Veldania+Observer&not_speaker=Amsel")
    fields = [(i.get("name"), i.get("value")) for i in found.all("input") if i.get("type") == "hidden"]
    assert ("outlet", "Veldania Observer") in fields
    assert ("not_speaker", "Amsel") in fields


def test_fields_typed_among_the_words_become_chips(client: FlaskClient) -> None:
    found = page(client, "/search?q=apologies+outlet:%22Veldania+Observer%22")
    assert "outlet Veldania Observer ×" in found.text
    assert next(i for i in found.all("input") if i.get("id") == "q")["value"] == "apologies"


def test_nothing_found_is_never_blank(client: FlaskClient) -> None:
    found = page(client, "/search?q=minister+of+apologies+for+other+men's+wars&speaker=Nobody+At+All")
    assert "Nothing like it in this archive" in found.text
    assert "the same words without the filters, which finds" in found.text
    assert "You could try" in page(client, "/search?q=zzyzx").text
    assert "the first page of this answer" in page(client, "/search?q=zzyzx&page=9").text


def test_an_empty_form_leads_to_the_front_page(client: FlaskClient) -> None:
    response = client.get("/search?q=++")
    assert (response.status_code, response.location) == (302, "/")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("q=!!!", "nothing to search for"),
        ("q=" + "x" * 20_000, "at most 10,000"),
        ("q=a&after=soon", "soon is no date"),
        ("q=a&kind=loud", "loud is no kind"),
        ("q=a&page=0", "page must be a whole number"),
        ("q=a&page=" + "9" * 6000, "page must be a whole number"),
        ("q=a&speaker=" + "x" * 400, "300 are the most"),
        ("q=a" + "&speaker=x" * 3 + "".join(f"&outlet={n}" for n in range(60)), "50 are the most"),
        ("q=word+after:soon", "at character 6"),
    ],
)
def test_a_question_that_makes_no_sense_is_answered_with_a_sentence(
    client: FlaskClient, query: str, words: str
) -> None:
    assert words in page(client, "/search?" + query, 400).text


def test_every_page_of_an_answer_can_be_reached_and_none_repeats_an_utterance(
    samples: Store, sample_settings: Settings
) -> None:
    client = create_app(replace(sample_settings, page_size=3), samples).test_client()
    url: str | None = "/search?speaker=Joram+Halvesk"
    seen: list[str] = []
    while url:
        found = page(client, url)
        seen += [link for link in found.links if link.startswith("/quotes/")]
        url = next((a["href"] for a in found.all("a") if a.get("rel") == "next"), None)
    assert len(seen) == len(set(seen)) == find(samples, Query(speaker=("Joram Halvesk",))).total_utterances > 3


def test_the_page_of_an_utterance_lists_every_place_and_how_dates_are_known(
    client: FlaskClient, samples: Store
) -> None:
    whole = utterance_of_quote(samples, find(samples, Query(text=APOLOGIES)).utterances[0].id)
    found = page(client, f"/quotes/{whole.id}")
    assert {template_filters.anchor(quote.id) for quote in whole.quotes} <= set(found.ids)
    for outlet in whole.outlets:
        assert outlet in found.text
    assert "known from the page’s" in found.text
    assert found.all("svg")
    assert found.all("table")


def test_the_page_of_an_utterance_shows_what_may_be_it_too_apart_and_no_quote_twice(
    client: FlaskClient, samples: Store
) -> None:
    whole = utterance_of_quote(samples, find(samples, Query(text=APOLOGIES)).utterances[0].id)
    assert whole.possible
    own = {quote.id for quote in whole.quotes}
    assert own.isdisjoint(quote.id for other in whole.possible for quote in other.quotes)
    found = page(client, f"/quotes/{whole.id}")
    assert "Possibly the same, in other words" in found.text
    assert {f"/quotes/{other.id}" for other in whole.possible} <= {a["href"] for a in found.all("a")}


def test_every_quote_of_an_utterance_has_its_page_at_its_own_address_for_life(
    client: FlaskClient, samples: Store
) -> None:
    whole = utterance_of_quote(samples, find(samples, Query(text=APOLOGIES)).utterances[0].id)
    other = next(quote.id for quote in whole.quotes if quote.id != whole.id)
    found = page(client, f"/quotes/{other}")
    assert whole.text.rstrip(",") in found.text
    assert [a["id"] for _, a in found.tags if a.get("aria-current") == "true"] == [template_filters.anchor(other)]
    assert [a["href"] for a in found.all("link") if a.get("rel") == "canonical"] == [f"/quotes/{whole.id}"]


@pytest.mark.parametrize("url", ["/quotes/none", "/documents/none", "/nowhere", "/static/none.css"])
def test_what_is_not_there_is_a_page_that_says_so(client: FlaskClient, url: str) -> None:
    assert "To the front page" in page(client, url, 404).text


def test_every_document_of_the_samples_can_be_read_with_every_quote_marked(client: FlaskClient, samples: Store) -> None:
    for document in samples.documents():
        found = page(client, f"/documents/{document.id}")
        quotes = samples.quotes_of_document(document.id)
        assert {template_filters.anchor(quote.id) for quote in quotes} <= set(found.ids)
        shown = re.sub(r"\s", "", "".join(found.words))
        for paragraph in filter(str.strip, document.text.split("\n\n")):
            assert re.sub(r"\s", "", str(template_filters.visible(paragraph))) in shown


def test_readers_comments_are_named_as_such(store: Store, settings: Settings) -> None:
    text = "The minister resigned.\n\nGood riddance!"
    document = Document(id="d", text=text, regions=(Region(Span(24, len(text)), "comment"),))
    store.add([(document, "d", [])])
    html = create_app(settings, store).test_client().get("/documents/d").text
    assert (
        html.index("The minister resigned.")
        < html.index("Readers’ comments: not the outlet’s own words")
        < html.index("Good riddance!")
    )


def test_an_answer_is_not_sent_again_until_the_archive_changes(store: Store, settings: Settings) -> None:
    store.add_quotes([Quote(id="a", document_id="", text="We shall mend the bridge before the winter comes")])
    store.catch_up()
    client = create_app(settings, store).test_client()
    for url in ("/", "/search?q=mend+the+bridge", "/quotes/a", "/api/v1/quotes?q=mend+the+bridge"):
        first = client.get(url)
        again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["Content-Security-Policy"]
        other = client.get(url + ("&" if "?" in url else "?") + "x=1", headers={"If-None-Match": first.headers["ETag"]})
        assert other.status_code == 200
    tag = client.get("/search?q=mend+the+bridge").headers["ETag"]
    store.add_quotes([Quote(id="b", document_id="", text="mend the bridge before the winter")])
    store.catch_up()
    changed = client.get("/search?q=mend+the+bridge", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert "2 quotes" in Page(changed.text).text


# -- strangers' words


@pytest.mark.parametrize(
    "url",
    [
        "/",
        "/search?q=script+alert+1+gnp+exe+img+src+x+onerror",
        "/search?speaker=script",
        "/quotes/q%20/%3F%23%C3%BC",
        "/documents/{d}",
    ],
)
def test_nothing_that_strangers_wrote_becomes_markup_or_a_link(hostile: FlaskClient, url: str) -> None:
    where = url.format(d=template_filters.anchor(f"d{HOSTILE}")[2:])
    found = page(hostile, where)
    assert "alert(1)" in found.text
    assert not found.all("script")
    assert not found.all("img")
    assert not any(name.startswith("on") for _, attributes in found.tags for name in attributes)
    assert all(urlsplit(link).scheme in ("", "http", "https") for link in found.links)
    assert "\u202e" not in found.text
    assert "\u2066" not in found.text
    assert all(re.fullmatch(r"[A-Za-z-]+", a["lang"] or "") for _, a in found.tags if "lang" in a)


def test_an_imported_id_of_any_characters_has_a_page_and_a_place(hostile: FlaskClient) -> None:
    assert page(hostile, "/quotes/imported").ids
    found = page(hostile, "/quotes/q%20/%3F%23%C3%BC")
    links = [link for link in found.links if "/documents/" in link]
    assert links
    place = urlsplit(links[0]).fragment
    assert place in page(hostile, links[0].partition("#")[0]).ids


def test_typed_words_come_back_escaped(client: FlaskClient) -> None:
    for typed in ({"q": HOSTILE + " apologies"}, {"q": HOSTILE, "after": "soon"}, {"q": "a", "outlet": HOSTILE}):
        found = Page(client.get("/search", query_string=typed).text)
        assert not found.all("script")
        assert not found.all("img")


@pytest.mark.parametrize(
    "url", ["/", "/search", "/search?q=!!", "/nowhere", "/api/v1/quotes", "/healthz", "/static/style.css"]
)
def test_every_answer_carries_the_security_headers(client: FlaskClient, url: str) -> None:
    with client.get(url) as response:
        headers = response.headers
    for name, value in HEADERS.items():
        assert headers[name] == value
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "url",
    [
        None, "", "javascript:alert(1)", "JAVASCRIPT:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x",
        "//evil.example/", "/relative", "ftp://a.example/", "http:///nohost", "https://user@a.example/", "http://[::1",
        "https://a.example/\u0000", "https://a.example:port/", "https://a.example/" + "x" * 5000, "vbscript:x", "file:///etc/passwd",
    ],
)  # fmt: skip
def test_only_plain_web_addresses_become_links(url: str | None) -> None:
    assert safe_url(url) is None


@given(st.text())
def test_whatever_becomes_a_link_leads_to_the_web(url: str) -> None:
    found = safe_url(url)
    assert found is None or urlsplit(found).scheme.lower() in ("http", "https")


def test_a_deep_link_names_the_words_as_a_text_fragment() -> None:
    quote = Quote(id="a", document_id="d", text="war-weary, a & b", url="https://a.example/x?y=1")
    assert deep_link(quote) == "https://a.example/x?y=1#:~:text=war%2Dweary%2C%20a%20%26%20b"
    long = replace(quote, text="one two three four five six seven eight nine", url="https://a.example/#part")
    assert deep_link(long) == "https://a.example/#part:~:text=one%20two%20three%20four,six%20seven%20eight%20nine"
    split = replace(quote, text="I will, not resign", spans=(Span(0, 7), Span(20, 30)))
    assert deep_link(split) == "https://a.example/x?y=1#:~:text=I%20will%2C"
    assert deep_link(replace(quote, url="javascript:x")) is None


# -- the reader


@st.composite
def documents_with_quotes(draw: st.DrawFn) -> tuple[Document, list[Quote]]:
    text = draw(st.text(alphabet="ab <&\n\u202e“”\t", max_size=60))
    places = st.integers(0, len(text))
    spans = st.tuples(places, places).map(lambda p: Span(min(p), max(p)))
    groups = draw(st.lists(st.lists(spans, min_size=1, max_size=3), max_size=8))
    roles = st.sampled_from(["heading", "caption", "blockquote", "comment", "pullquote"])
    regions = draw(st.lists(st.builds(Region, spans, roles), max_size=3))
    quotes = [Quote(id=f"{n}", document_id="d", text="x", spans=tuple(sorted(group))) for n, group in enumerate(groups)]
    return Document(id="d", text=text, regions=tuple(regions)), quotes


@given(documents_with_quotes())
def test_the_reader_shows_every_word_once_and_every_quote_in_its_place(given_: tuple[Document, list[Quote]]) -> None:
    document, quotes = given_
    blocks = document_view.blocks(document, quotes)
    pages = [Page(str(block.html)) for block in blocks]
    assert [found.faults for found in pages if found.faults] == []
    shown = re.sub(r"\s", "", "".join(word for found in pages for word in found.words))
    assert shown == re.sub(r"\s", "", str(template_filters.visible(document.text)))
    placed = [quote.id for quote in quotes if any(span.of(document.text).strip() for span in quote.spans)]
    ids = [name for found in pages for name in found.ids]
    assert sorted(ids) == sorted(f"q-{name}" for name in placed)
    assert sorted(quote.id for block in blocks for quote in block.quotes) == sorted(placed)


def test_a_mark_holds_the_words_of_its_quote_and_a_nested_one_stands_inside() -> None:
    document = Document(id="d", text="He said: I heard her say no way today.")
    outer = Quote(id="o", document_id="d", text="", spans=(Span(9, 37),))
    inner = Quote(id="i", document_id="d", text="", spans=(Span(25, 31),))
    (block,) = document_view.blocks(document, [inner, outer])
    assert block.html == (
        'He said: <mark class="q direct" id="q-o">I heard her say <mark class="q direct" id="q-i">no way</mark> today</mark>.'
    )


def test_of_marks_that_overlap_one_is_cut_and_both_keep_all_their_words() -> None:
    document = Document(id="d", text="one two three")
    left = Quote(id="l", document_id="d", text="", spans=(Span(0, 7),))
    right = Quote(id="r", document_id="d", text="", spans=(Span(4, 13),))
    (block,) = document_view.blocks(document, [left, right])
    assert block.html == (
        '<mark class="q direct" id="q-l">one <mark class="q direct" id="q-r">two</mark></mark>'
        '<mark class="q direct"> three</mark>'
    )


def test_thousands_of_overlapping_quotes_are_read_in_linear_time() -> None:
    text = "\n\n".join("word " * 20 for _ in range(2000))
    document = Document(id="d", text=text)
    quotes = [Quote(id=f"{n}", document_id="d", text="", spans=(Span(n, len(text) - n),)) for n in range(4000)]
    started = time.process_time()
    document_view.blocks(document, quotes)
    assert time.process_time() - started < 60


# -- versions, differences, dates


WORDS = st.lists(st.sampled_from("we will not [never] sign, the “treaty” now … 3 three".split()), max_size=9).map(
    " ".join
)


@given(WORDS, WORDS)
def test_pieces_keep_the_printed_words_to_the_letter(typed: str, printed: str) -> None:
    found = diff_pieces(printed, compare(analyse(typed), analyse(printed)).differences)
    kept = "".join(piece.text for piece in found if piece.kind != "removed")
    assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", printed)


@given(
    st.text(),
    st.lists(st.builds(Difference, st.sampled_from(["same", "added", "removed", "changed"]), st.text(), st.text())),
)
def test_pieces_of_differences_that_do_not_fit_still_show_the_whole_text(text: str, steps: list[Difference]) -> None:
    found = diff_pieces(text, steps)
    kept = "".join(piece.text for piece in found if piece.kind != "removed")
    assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", text)


def test_words_beyond_what_was_asked_are_no_change_and_words_in_between_are() -> None:
    found = diff_pieces(
        "Well, we will surely sign today",
        compare(analyse("we will sign"), analyse("Well, we will surely sign today")).differences,
    )
    assert [piece.kind for piece in found if piece.text.strip()] == ["beyond", "hit", "added", "hit", "beyond"]


def hit(text: str, published: str | None, outlet: str) -> Hit:
    return Hit(Quote(id=outlet, document_id="", text=text, published=published, outlet=outlet), Match("exact", 1.0))


def versions(*hits: Hit) -> list[Version]:
    """The versions of some hits, earliest known first, as the page of an utterance has them."""
    return sorted(versions_from(hits), key=lambda version: earliest(version.quotes[0]))


def test_versions_are_told_apart_by_words_only_and_the_earliest_known_comes_first() -> None:
    rows = versions(
        hit("No way", None, "c"),
        hit("no, WAY!", "2024-05-01", "b"),
        hit("No way at all", "2024-03-01T10:00:00Z", "a"),
        hit("No [way]", "2024-06-01", "d"),
    )
    assert [[quote.outlet for quote in row.quotes] for row in rows] == [["a"], ["b", "c"], ["d"]]


def test_a_timeline_places_dots_by_date_and_says_how_many_have_none() -> None:
    rows = versions(hit("x", "2024-01-01", "a"), hit("x", "2024-01-03", "b"), hit("y", "2024-01-02T00:00:00Z", "c"), hit("y", None, "d"), hit("y", "soon", "e"))  # fmt: skip
    drawn = timeline(rows)
    assert drawn is not None
    places = {dot.quote.outlet: (dot.x, dot.row) for dot in drawn.dots}
    assert places["a"][0] < places["c"][0] < places["b"][0]
    assert places["c"][0] == pytest.approx((places["a"][0] + places["b"][0]) / 2, abs=0.1)
    assert (places["a"][1], places["c"][1]) == (0, 1)
    assert drawn.undated == 2
    assert timeline(rows[:0]) is None


@given(st.lists(st.one_of(st.none(), st.text(), st.datetimes().map(str), st.dates().map(str)), max_size=6))
def test_no_date_breaks_the_timeline_or_the_words_for_it(dates: list[str | None]) -> None:
    timeline(versions(*(hit("x", published, f"{n}") for n, published in enumerate(dates))))
    for published in dates:
        assert template_filters.day(published)
        assert template_filters.moment(published)


def test_dates_are_written_out() -> None:
    assert template_filters.day("2024-03-04T09:12:00Z") == "4 March 2024"
    assert template_filters.moment("2024-03-04T09:12:00Z") == "4 March 2024, 09:12 UTC"
    assert template_filters.moment("2024-03-04") == "4 March 2024"
    assert template_filters.day(None) == "date not known"


@given(st.text(), st.integers(5, 50))
def test_a_shortened_text_is_short_and_made_of_whole_words(text: str, most: int) -> None:
    for cut in (template_filters.shortened(text, most), template_filters.tail(text, most)):
        assert len(cut) <= most + 2
    assert template_filters.shortened("one two three four", 9) == "one two\u00a0…"
    assert template_filters.tail("one two three four", 10) == "…\u00a0four"


# -- the address is the state

NAMES = st.text(min_size=1, max_size=20).map(str.strip).filter(bool)


@given(
    st.builds(
        Query,
        text=st.just("some words"),
        exact=st.booleans(),
        scare=st.booleans(),
        indirect=st.booleans(),
        speaker=st.lists(NAMES, unique=True, max_size=3).map(tuple),
        not_outlet=st.lists(NAMES, unique=True, max_size=3).map(tuple),
        after=st.one_of(st.none(), st.dates().map(str)),
        limit=st.just(20),
    )
)
def test_a_query_written_as_an_address_is_the_same_query_again(query: Query) -> None:
    settings = Settings(instance=Path("unused"))
    assert asked(MultiDict(arguments(query)), settings) == query


@given(
    st.dictionaries(
        st.sampled_from(["q", "speaker", "after", "before", "kind", "exact", "language"]), st.text(), max_size=5
    )
)
def test_any_address_is_a_query_or_a_sentence(args: dict[str, str]) -> None:
    try:
        found = str(asked(MultiDict(args), Settings(instance=Path("unused"))).text)
    except QueryError as error:
        found = str(error)
    assert found is not None


def test_every_error_of_the_project_has_a_status() -> None:
    for kind in [QuotesError, *QuotesError.__subclasses__()]:
        assert 400 <= status_of(kind("x")) < 600
    assert [kind for kind, _ in STATUS][-1] is QuotesError


# -- quotes serve


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# A shell starts a background job with SIGINT ignored, so that Ctrl-C ends only what stands in front, and Python keeps to
# that. When the tests are such a job themselves, the server is not to be one.
IN_FRONT = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "


@pytest.fixture
def served(sample_settings: Settings) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`quotes serve` in a process of its own, as from a terminal, and its address."""
    command = [sys.executable, "-c", IN_FRONT + "from search.cli import quotes; quotes()"]
    port = free_port()
    process = subprocess.Popen(
        [*command, "--instance", str(sample_settings.instance), "serve", "--port", str(port)],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    assert process.stdout is not None
    line = process.stderr.readline()
    assert f"http://127.0.0.1:{port}/" in line
    yield process, f"http://127.0.0.1:{port}"
    process.kill()
    process.wait()
    process.stderr.close()
    process.stdout.close()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_serve_answers_until_it_is_told_to_end_and_ends_well(
    served: tuple[subprocess.Popen[str], str], how: signal.Signals
) -> None:
    process, url = served
    with urlopen(f"{url}/healthz", timeout=10) as response:
        assert response.status == 200
        assert "Server" not in response.headers
    process.send_signal(how)
    assert process.wait(timeout=10) == 0
    assert process.stdout is not None
    assert process.stdout.read() == ""


def test_a_port_in_use_is_one_sentence(
    settings: Settings, store: Store, served: tuple[subprocess.Popen[str], str]
) -> None:
    port = urlsplit(served[1]).port
    assert port is not None
    with pytest.raises(ConfigError, match=f"127.0.0.1, port {port}: Address already in use"):
        listening(create_app(settings, store), replace(settings, port=port))


@pytest.mark.parametrize(
    ("host", "port"),
    [
        ("no.such.host.invalid", 5000),
        ("256.0.0.1", 5000),
        ("", -1),
        ("x" * 300, 5000),
        ("::zz", 5000),
        ("127.0.0.1", 70_000),
    ],
)
def test_a_host_or_port_that_is_none_is_one_sentence(settings: Settings, store: Store, host: str, port: int) -> None:
    with pytest.raises(ConfigError, match="Choose another with --host or --port"):
        listening(create_app(settings, store), replace(settings, host=host, port=port))


def test_the_address_printed_is_one_that_a_browser_takes(settings: Settings) -> None:
    class Server:
        effective_port = 8000

    assert address(replace(settings, host="::1"), Server()) == "http://[::1]:8000/"
    assert address(settings, Server()) == "http://127.0.0.1:8000/"


def test_the_speakers_are_listed_with_their_other_names(store: Store, settings: Settings) -> None:
    rows = [
        ("Ann Lee", "We will stay in the harbour"),
        ("Ms Lee", "Nobody told us about it"),
        ("Bo Ray", "I do not know"),
    ]
    store.add_quotes([Quote(f"s{n}", "", text, speaker=who, confidence=1.0) for n, (who, text) in enumerate(rows)])
    store.catch_up()
    page = create_app(settings, store).test_client().get("/speakers")
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert text.index("Ann Lee") < text.index("Bo Ray")
    assert "<bdi>Ms Lee</bdi>" in text


def test_a_document_names_its_other_editions_and_shows_what_changed(store: Store, settings: Settings) -> None:
    texts = (
        "We will stay.\n\nThe <b>talks</b> failed on Monday, she said.",
        "The <b>talks</b> failed on Tuesday, she said.\n\nMore follows on Friday.",
        "The <b>talks</b> failed on Tuesday, she said.\n\nNo more follows on Friday.",
    )
    for number, text in enumerate(texts, 1):
        document = Document(
            f"d{number}", text, url="https://courier.example/a", title="Harbour & <i>sea</i>" * (number > 1)
        )
        store.add([(document, "https://courier.example/a", [])])
    client = create_app(settings, store).test_client()
    first, second, third = (client.get(f"/documents/d{number}").get_data(as_text=True) for number in (1, 2, 3))
    assert "/documents/d2" in first
    assert "/documents/d1" in second
    # The first is compared with the next, any other with the one before it.
    for page in (first, second):
        assert "From edition 1 to 2: 1 paragraph removed, 1 added, 1 changed; another title" in page
        assert "&lt;b&gt;talks&lt;/b&gt; failed on" in page
        assert re.search(r"<del>.*Monday,.*</del>\s*<ins>.*Tuesday,.*</ins>", page)
        assert re.search(r"<ins>.*Harbour &amp; &lt;i&gt;sea&lt;/i&gt;.*</ins>", page)
        assert "<b>talks" not in page
    assert "From edition 2 to 3: 1 paragraph changed" in third
    assert "/documents/d3?against=d1#changes" in third
    assert "From edition 1 to 3: 1 paragraph removed" in client.get("/documents/d3?against=d1").get_data(as_text=True)
    assert client.get("/documents/d3?against=d3").status_code == 404
    assert client.get("/documents/d3?against=nothing").status_code == 404
    told = client.get("/api/v1/editions/d2").get_json()
    assert (told["before"], told["after"]) == ("d1", "d2")
    assert told["passages"][0] == {"kind": "removed", "pieces": [{"kind": "removed", "text": "We will stay."}]}
    assert client.get("/api/v1/editions/d3?against=d1").get_json()["before"] == "d1"
    assert client.get("/api/v1/editions/nothing").status_code == 404
    assert client.get("/api/v1/documents/d2").get_json()["editions"] == ["d1", "d2", "d3"]


def test_a_document_names_those_that_print_the_same(store: Store, settings: Settings) -> None:
    """Wire copies in other outlets; neither its own other edition nor one that shares a quote with it."""
    said = ("The ferry was sold to pay for the wall", "Nobody rang the harbour master", "We counted nine boats at dawn")
    for name, outlet, texts in (
        ("wire", "Continental Press Agency", said),
        ("copy", "Sarune Times", said),
        ("report", "Exchange Review", (said[0], "The price of bread has doubled since", "The mill is shut for good")),
    ):
        quotes = [
            Quote(f"{name}{n}", name, text, speaker="Ann Lee", outlet=outlet, published="2024-03-14")
            for n, text in enumerate(texts)
        ]
        store.add([(Document(name, " ".join(texts), outlet=outlet, published="2024-03-14"), name, quotes)])
    again = [Quote(f"again{n}", "again", text, speaker="Ann Lee") for n, text in enumerate(said)]
    store.add([(Document("again", " ".join(said)), "wire", again)])
    store.catch_up()
    client = create_app(settings, store).test_client()
    assert client.get("/api/v1/documents/wire").get_json()["copies"] == ["copy"]
    assert client.get("/api/v1/documents/copy").get_json()["copies"] == ["wire", "again"]
    assert client.get("/api/v1/documents/report").get_json()["copies"] == []
    found = page(client, "/documents/wire")
    assert "The same quotes in the same words" in found.text
    assert "/documents/copy" in {a["href"] for a in found.all("a")}


def test_the_difference_of_huge_editions_is_bounded(store: Store, settings: Settings) -> None:
    texts = (
        "\n\n".join(f"{word} {n}" for n in range(20_000)) + "\n\n" + f"{word} " * 100_000 for word in ("one", "two")
    )
    for number, text in enumerate(texts):
        store.add([(Document(f"d{number}", text, url="https://a.example/"), "https://a.example/", [])])
    client = create_app(settings, store).test_client()
    page = client.get("/documents/d1").get_data(as_text=True)
    changes = page[page.index('id="changes"') : page.index("</details>")]
    assert "more passages" in changes
    assert len(changes) < 100_000
    assert client.get("/api/v1/documents/d1").get_json()["editions"] == ["d0", "d1"]


def test_one_edition_has_no_difference(store: Store, settings: Settings) -> None:
    store.add([(Document("d", "We will stay."), "x", [])])
    client = create_app(settings, store).test_client()
    assert "Editions of this page" not in client.get("/documents/d").get_data(as_text=True)
    assert client.get("/api/v1/editions/d").status_code == 404
