"""The card of a quote, its oEmbed and its picture, over the sample archive."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote as percent
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from html_page import APOLOGIES, HOSTILE, get_page

import web.app
from search.find.find import find
from search.model import Query
from search.storage.store import Store
from web.views.embed import CARD_POLICY

HERE = "http://localhost"


@pytest.fixture(scope="module")
def said(samples: Store) -> str:
    return find(samples, Query(APOLOGIES)).utterances[0].quotes[0].id


def oembed(client: FlaskClient, url: str, **more: Any) -> Any:
    return client.get("/oembed", query_string={"url": url, **more})


def test_the_card_may_be_framed_by_anybody_and_loads_nothing_from_elsewhere(client: FlaskClient, said: str) -> None:
    answer = client.get(f"/embed/{said}")
    assert answer.headers["Content-Security-Policy"] == CARD_POLICY
    assert "frame-ancestors *" in CARD_POLICY
    assert "frame-ancestors 'none'" in client.get(f"/quotes/{said}").headers["Content-Security-Policy"]
    page = get_page(client, f"/embed/{said}")
    assert APOLOGIES in page.text
    loaded = [a.get("src") or "" for a in page.all("script")] + [a["href"] or "" for a in page.all("link") if a["rel"] == "stylesheet"]  # fmt: skip
    assert all(address.startswith("/static/") for address in loaded)
    assert page.links == [f"{HERE}/quotes/{said}"]
    assert client.get(f"/embed/{said}", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("kind", ["json", "xml"])
def test_a_page_names_its_oembed_which_answers(client: FlaskClient, said: str, kind: str) -> None:
    media = {"json": "application/json+oembed", "xml": "text/xml+oembed"}[kind]
    (link,) = [a["href"] or "" for a in get_page(client, f"/quotes/{said}").all("link") if a.get("type") == media]
    answer = client.get(link.removeprefix(HERE))
    if kind == "json":
        members = json.loads(answer.text)
    else:
        members = {element.tag: element.text for element in ElementTree.fromstring(answer.text)}
    assert (members["version"], members["type"], members["provider_name"]) == ("1.0", "rich", "Quotes")
    assert f'<iframe src="{HERE}/embed/{said}"' in members["html"]
    assert members["author_name"] == "Joram Halvesk"
    assert client.get(members["thumbnail_url"].removeprefix(HERE)).mimetype == "image/png"


@pytest.mark.parametrize(
    ("url", "more", "status"),
    [
        ("/quotes/{id}", {}, 200), ("/quotes/{id}#q-x", {}, 200), ("/embed/{id}", {"maxwidth": 300}, 200),
        ("/quotes/none", {}, 404), ("/search?q=x", {}, 404), ("/documents/{id}", {}, 404), ("", {}, 404),
        ("/quotes/{id}", {"format": "yaml"}, 501), ("/quotes/{id}", {"maxwidth": "0"}, 400),
        ("/quotes/{id}", {"maxheight": "-1"}, 400), ("/quotes/{id}", {"maxwidth": "9" * 5000}, 400),
    ],
)  # fmt: skip
def test_oembed_answers_for_quotes_alone(
    client: FlaskClient, said: str, url: str, more: dict[str, Any], status: int
) -> None:
    answer = oembed(client, HERE + url.format(id=said), **more)
    kind = "application/json" if status == 200 else "application/problem+json"
    assert (answer.status_code, answer.mimetype) == (status, kind)


@pytest.mark.parametrize("url", ["http://evil.example/quotes/{id}", "//localhost/quotes/{id}", "javascript:/quotes/{id}", "http://[::1", "http://localhost@evil.example/quotes/{id}", "x" * 50_000])  # fmt: skip
def test_oembed_answers_for_no_other_server(client: FlaskClient, said: str, url: str) -> None:
    assert oembed(client, url.format(id=said)).status_code == 404


def test_a_frame_is_as_narrow_as_asked_for(client: FlaskClient, said: str) -> None:
    answer = oembed(client, f"{HERE}/quotes/{said}", maxwidth=250, maxheight=120).json
    assert (answer["width"], answer["height"]) == (250, 120)
    assert 'width="250" height="120"' in answer["html"]


def test_a_link_is_previewed_with_words_warnings_and_picture(client: FlaskClient, samples: Store, said: str) -> None:
    page = get_page(client, f"/quotes/{said}")
    preview = {a["property"]: a["content"] or "" for a in page.all("meta") if "property" in a}
    assert preview["og:title"] == f"“{APOLOGIES}” – Joram Halvesk"
    assert preview["og:url"] == f"{HERE}/quotes/{said}"
    assert preview["og:image"] == f"{HERE}/cards/{said}"
    assert client.get(f"/cards/{said}").data.startswith(b"\x89PNG")
    assert client.get("/cards/none").status_code == 404


def test_the_code_to_paste_names_the_script_which_any_site_may_load(client: FlaskClient, said: str) -> None:
    page = get_page(client, f"/quotes/{said}")
    assert f'<blockquote class="quote-card" data-id="{said}">' in page.text
    assert f'<script async src="{HERE}/embed.js"></script>' in page.text
    with client.get("/embed.js") as answer:
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert answer.mimetype == "text/javascript"


def test_hostile_words_do_nothing_in_a_card_an_oembed_or_a_preview(hostile: FlaskClient) -> None:
    for address in ("/embed/imported", "/embed/q%20/%3F%23%C3%BC", "/quotes/imported"):
        page = get_page(hostile, address)
        assert not page.all("img")
        assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
        assert "\u202e" not in page.text
    for id_ in ("imported", "q /?#ü"):
        url = f"{HERE}/quotes/{percent(id_)}"
        for format_ in ("json", "xml"):
            answer = oembed(hostile, url, format=format_)
            assert answer.status_code == 200
            assert HOSTILE not in answer.text
            if format_ == "xml":
                assert ElementTree.fromstring(answer.text).find("html") is not None
    # The letters of the attack are there to be drawn; what would turn them round is not.
    assert hostile.get("/cards/imported").status_code == 200


def test_scripts_are_few() -> None:
    scripts = list((Path(web.app.__file__).parent / "static").glob("*.js"))
    assert len(scripts) >= 3
    assert sum(path.stat().st_size for path in scripts) < 12_000
