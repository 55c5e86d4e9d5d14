"""The pages, asked for as a browser does."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from html_page import APOLOGIES, HOSTILE, HtmlPage, get_page

from search.find.find import find
from search.find.utterance_page import utterance_of_quote
from search.model import Document, Query, Quote, Region, Span
from search.settings import Settings
from search.storage.store import Store
from web.app import create_app
from web.presentation import template_filters
from web.views import pages


def test_the_front_page_says_what_the_archive_holds_and_offers_quotes_to_try(
    client: FlaskClient, samples: Store
) -> None:
    read = get_page(client, "/")
    status = samples.status()
    assert f"{status.quotes:,} quotes" in read.text
    assert f"{status.documents:,} documents" in read.text
    tries = [link for link in read.links if link.startswith("/search")]
    assert len(tries) >= 3
    for link in tries:
        assert "Nothing like it" not in get_page(client, link).text


def test_the_front_page_of_an_empty_archive_says_how_to_fill_it(store: Store, settings: Settings) -> None:
    read = get_page(create_app(settings, store).test_client(), "/")
    assert "quotes index" in read.text


def test_an_answer_shows_the_quotes_with_their_outlets_and_marks_the_words_asked_for(client: FlaskClient) -> None:
    read = get_page(client, "/search?q=minister+of+apologies")
    assert "Northway Radio" in read.text
    assert "Joram Halvesk" in read.text
    assert re.search(r"<mark>[^<]*minister of apologies", client.get("/search?q=minister+of+apologies").text)


def test_changed_words_stand_in_ins_and_del_with_signs_beside_their_colours(
    client: FlaskClient, samples: Store
) -> None:
    whole = utterance_of_quote(samples, find(samples, Query(text=APOLOGIES)).utterances[0].id)
    html = client.get(f"/quotes/{whole.id}").text
    assert re.search(r'<del><bdi class="vh">[^<]*</bdi><span class="sign" aria-hidden="true">−</span>other men', html)
    assert re.search(
        r'<ins><bdi class="vh">[^<]*</bdi><span class="sign" aria-hidden="true">\+</span>\[the general’s\]', html
    )


def test_a_change_that_turns_the_meaning_is_warned_of(client: FlaskClient) -> None:
    assert (
        "Mind the change: a “not”"
        in get_page(client, "/search?q=I+was+the+minister+of+apologies+for+other+men's+wars").text
    )


def test_fields_typed_among_the_words_become_chips(client: FlaskClient) -> None:
    read = get_page(client, "/search?q=apologies+outlet:%22Veldania+Observer%22")
    assert "outlet Veldania Observer ×" in read.text
    assert next(i for i in read.all("input") if i.get("id") == "q")["value"] == "apologies"


def test_nothing_found_is_never_blank(client: FlaskClient) -> None:
    read = get_page(client, "/search?q=minister+of+apologies+for+other+men's+wars&speaker=Nobody+At+All")
    assert "Nothing like it in this archive" in read.text
    assert "the same words without the filters (" in read.text
    assert "You could try" in get_page(client, "/search?q=zzyzx").text
    assert "the first page of this answer" in get_page(client, "/search?q=zzyzx&page=9").text


def test_an_empty_form_leads_to_the_front_page(client: FlaskClient) -> None:
    response = client.get("/search?q=++")
    assert (response.status_code, response.location) == (302, "/")


def test_every_page_of_an_answer_can_be_reached_and_none_repeats_an_utterance(
    samples: Store, sample_settings: Settings
) -> None:
    client = create_app(replace(sample_settings, page_size=3), samples).test_client()
    url: str | None = "/search?speaker=Joram+Halvesk"
    seen: list[str] = []
    while url:
        read = get_page(client, url)
        seen += [link for link in read.links if link.startswith("/quotes/")]
        url = next((a["href"] for a in read.all("a") if a.get("rel") == "next"), None)
    assert len(seen) == len(set(seen)) == find(samples, Query(speaker=("Joram Halvesk",))).total_utterances > 3


def test_the_page_of_an_utterance_lists_every_place_and_how_dates_are_known(
    client: FlaskClient, samples: Store
) -> None:
    whole = utterance_of_quote(samples, find(samples, Query(text=APOLOGIES)).utterances[0].id)
    read = get_page(client, f"/quotes/{whole.id}")
    assert {template_filters.quote_anchor(quote.id) for quote in whole.quotes} <= set(read.ids)
    for outlet in whole.outlets:
        assert outlet in read.text
    assert "known from the page’s" in read.text
    assert read.all("svg")
    assert read.all("table")


def test_the_page_of_an_utterance_shows_what_may_be_it_too_apart_and_no_quote_twice(
    client: FlaskClient, samples: Store
) -> None:
    whole = utterance_of_quote(samples, find(samples, Query(text=APOLOGIES)).utterances[0].id)
    assert whole.possible
    own = {quote.id for quote in whole.quotes}
    assert own.isdisjoint(quote.id for other in whole.possible for quote in other.quotes)
    read = get_page(client, f"/quotes/{whole.id}")
    assert "Possibly the same, in other words" in read.text
    assert {f"/quotes/{other.id}" for other in whole.possible} <= {a["href"] for a in read.all("a")}


def test_every_quote_of_an_utterance_has_its_page_at_its_own_address_for_life(
    client: FlaskClient, samples: Store
) -> None:
    whole = utterance_of_quote(samples, find(samples, Query(text=APOLOGIES)).utterances[0].id)
    other = next(quote.id for quote in whole.quotes if quote.id != whole.id)
    read = get_page(client, f"/quotes/{other}")
    assert whole.text.rstrip(",") in read.text
    assert [a["id"] for _, a in read.tags if a.get("aria-current") == "true"] == [template_filters.quote_anchor(other)]
    assert [a["href"] for a in read.all("link") if a.get("rel") == "canonical"] == [f"/quotes/{whole.id}"]


def test_every_document_of_the_samples_can_be_read_with_every_quote_marked(client: FlaskClient, samples: Store) -> None:
    for document in samples.documents():
        read = get_page(client, f"/documents/{document.id}")
        quotes = samples.quotes_of_document(document.id)
        assert {template_filters.quote_anchor(quote.id) for quote in quotes} <= set(read.ids)
        shown = re.sub(r"\s", "", "".join(read.words))
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
    where = url.format(d=template_filters.quote_anchor(f"d{HOSTILE}")[2:])
    read = get_page(hostile, where)
    assert "alert(1)" in read.text
    assert all(
        (a.get("src") or "").startswith("/static/") or a.get("type") == "application/ld+json"
        for a in read.all("script")
    )
    assert "alert" not in "".join(str(a) for a in read.all("script"))
    assert not read.all("img")
    assert not any(name.startswith("on") for _, attributes in read.tags for name in attributes)
    assert all(urlsplit(link).scheme in ("", "http", "https") for link in read.links)
    assert "\u202e" not in read.text
    assert "\u2066" not in read.text
    assert all(re.fullmatch(r"[A-Za-z-]+", a["lang"] or "") for _, a in read.tags if "lang" in a)


def test_an_imported_id_of_any_characters_has_a_page_and_a_place(hostile: FlaskClient) -> None:
    assert get_page(hostile, "/quotes/imported").ids
    read = get_page(hostile, "/quotes/q%20/%3F%23%C3%BC")
    links = [link for link in read.links if "/documents/" in link]
    assert links
    place = urlsplit(links[0]).fragment
    assert place in get_page(hostile, links[0].partition("#")[0]).ids


def test_typed_words_come_back_escaped(client: FlaskClient) -> None:
    for typed in ({"q": HOSTILE + " apologies"}, {"q": HOSTILE, "after": "soon"}, {"q": "a", "outlet": HOSTILE}):
        read = HtmlPage(client.get("/search", query_string=typed).text)
        assert all(script["src"].startswith("/static/") for script in read.all("script"))
        assert not read.all("img")


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


def test_a_document_names_those_that_print_the_same(store: Store, settings: Settings) -> None:
    """Wire copies in other outlets; neither its own other revision nor one that shares a quote with it."""
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
    read = get_page(client, "/documents/wire")
    assert "The same quotes in the same words" in read.text
    assert "/documents/copy" in {a["href"] for a in read.all("a")}


def test_an_answer_is_sorted_by_match_or_by_day_and_says_which(client: FlaskClient) -> None:
    def days(url: str) -> list[str]:
        rows = client.get(url).get_json()["utterances"]
        return [(row["first_published"] or "")[:10] for row in rows if row["sure"]]

    listed = "/api/v1/quotes?outlet=Veldania+Observer&limit=1000"
    newest, oldest = (days(f"{listed}&sort={order}") for order in ("newest", "oldest"))
    assert len(newest) > 2
    assert newest == sorted(newest, reverse=True)
    assert [day for day in oldest if day] == sorted(day for day in newest if day)
    page = HtmlPage(client.get("/search?outlet=Veldania+Observer&sort=oldest").text)
    assert "Sorted by match · newest · oldest" in page.text
    assert any("sort=newest" in link for link in page.links)
    assert client.get("/search?q=a&sort=best").status_code == 400


def test_what_could_not_be_understood_is_marked_where_it_stands(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": "the ferry kind:paint <b>sold</b>"}).text
    assert '<p class="wrong" dir="auto">the ferry <mark>kind:paint</mark> &lt;b&gt;sold&lt;/b&gt;</p>' in page
    assert 'class="wrong"' not in client.get("/search?q=a&after=soon").text


def test_perhaps_stands_before_the_name_that_it_is_about_on_every_page(store: Store, settings: Settings) -> None:
    """Beside a document it stood on the next line, and the pages of a speaker and of an outlet did not say it."""
    words = "We sold the ferry to the northern islands for a song"
    text = f"“{words},” he said."
    said = Quote(
        "q",
        "d",
        words,
        spans=(Span(1, 1 + len(words)),),
        speaker="Bo Ray",
        mention="he",
        confidence=0.4,
        outlet="Ledger",
    )
    store.add([(Document("d", text, outlet="Ledger"), "d", [said])])
    store.catch_up()
    client = create_app(settings, store).test_client()
    for address in ("/", "/documents/d", "/speakers/Bo%20Ray", "/outlets/Ledger", "/quotes/q"):
        read = " ".join(re.sub("<[^>]*>", "", client.get(address).text).split())
        assert re.search(r"perhaps (All versions of what was said by )?Bo Ray", read), address


def test_a_page_of_very_many_places_says_how_many_it_leaves_out(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of 10,000 places had 9 MB and took 6 s."""
    monkeypatch.setattr(pages, "PLACES_LISTED", 8)
    monkeypatch.setattr(pages, "VERSIONS_LISTED", 1)
    words = "The ferry to the northern islands will never sail again"
    said = [
        Quote(f"q{n}", f"d{n}", words, speaker="Ann Lee", confidence=0.9, outlet=f"Paper {n}", published="2024-03-01")
        for n in range(12)
    ]
    changed = replace(
        said[0], id="c", document_id="dc", text=words.replace("never", "not ever"), published="2024-03-02"
    )
    store.add_quotes([*said, changed])
    store.catch_up()
    client = create_app(settings, store).test_client()
    page = get_page(client, "/quotes/q0")
    assert "4 more places are not shown here: This page as JSON" in page.text
    assert "5 more places are not shown here: This page as JSON" in page.text  # of both versions, in the table
    assert "1 more version is not shown here: This page as JSON" in page.text
    assert len(re.findall(r'class="place[" ]', client.get("/quotes/q0").text)) == 8
    assert len(client.get("/api/v1/utterances/q0").json["versions"]) == 2
