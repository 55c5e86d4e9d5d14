"""The HTTP API: the same bytes as the command line, and errors that a program can read."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from search.errors import SchemaMismatch, StoreUnavailable
from search.find.find import find
from search.model import Query, Quote
from search.settings import Settings
from search.storage.store import Store
from web.app import create_app

TEXT = "minister of apologies"


def timeless(body: str) -> str:
    """An answer without the one thing in it that no two answers share."""
    return re.sub(r'"took_ms": [\d.]+', '"took_ms": 0', body)


def command(settings: Settings, *arguments: str) -> str:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from search.cli import quotes; quotes()",
            "--instance",
            str(settings.instance),
            *arguments,
        ],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return done.stdout


def test_an_answer_has_the_bytes_of_the_command_line(client: FlaskClient, sample_settings: Settings) -> None:
    response = client.get("/api/v1/quotes", query_string={"q": TEXT, "outlet": "Veldania Observer", "after": "2024-03"})
    printed = command(sample_settings, "find", TEXT, "--outlet", "Veldania Observer", "--after", "2024-03", "--json")
    assert timeless(response.text) == timeless(printed)
    assert response.json is not None
    assert response.json["total_quotes"] > 0
    assert response.content_type == "application/json"


def test_a_version_and_a_document_have_the_bytes_of_show(
    client: FlaskClient, sample_settings: Settings, samples: Store
) -> None:
    found = find(samples, Query(text=TEXT)).utterances[0]
    assert client.get(f"/api/v1/utterances/{found.id}").text == command(sample_settings, "show", found.id, "--json")
    document = found.quotes[0].document_id
    assert client.get(f"/api/v1/documents/{document}").text == command(sample_settings, "show", document, "--json")


def test_the_same_answer_as_lines_and_as_a_table(client: FlaskClient) -> None:
    given: dict[str, Any] = {"q": TEXT, "limit": 1000}
    whole = client.get("/api/v1/quotes", query_string=given).json
    assert whole is not None
    ids = [quote["id"] for said in whole["utterances"] for version in said["versions"] for quote in version["quotes"]]
    lines = client.get("/api/v1/quotes.jsonl", query_string=given)
    assert [json.loads(line)["id"] for line in lines.text.splitlines()] == ids
    table = client.get("/api/v1/quotes.csv", query_string=given)
    rows = list(csv.DictReader(io.StringIO(table.data.decode("utf-8-sig"))))
    assert [row["id"] for row in rows] == ids
    assert table.headers["Content-Disposition"] == 'attachment; filename="quotes.csv"'


def test_parts_of_an_answer_are_linked_and_make_the_whole(client: FlaskClient) -> None:
    url: str | None = "/api/v1/quotes?speaker=Joram+Halvesk&limit=3"
    ids = []
    total = None
    while url:
        response = client.get(url)
        assert response.json is not None
        total = response.json["total_utterances"]
        ids += [utterance["id"] for utterance in response.json["utterances"]]
        link = re.fullmatch(r'<([^>]+)>; rel="next"', response.headers.get("Link", ""))
        url = link[1] if link else None
    assert len(ids) == len(set(ids)) == total > 3


@pytest.mark.parametrize(
    ("url", "status", "words"),
    [
        ("/api/v1/quotes", 400, "nothing to search for"),
        ("/api/v1/quotes?q=" + "x" * 20_000, 400, "at most 10,000"),
        ("/api/v1/quotes?q=a&limit=0", 400, "`limit`"),
        ("/api/v1/quotes?q=a&limit=5000", 400, "`limit`"),
        ("/api/v1/quotes?q=a&offset=-1", 400, "`offset`"),
        ("/api/v1/quotes?q=a&before=2021-13", 400, "is no date"),
        ("/api/v1/utterances/none", 404, "no quote"),
        ("/api/v1/documents/none", 404, "no document"),
        ("/api/v1/nothing", 404, "no page"),
    ],
)
def test_an_error_is_a_problem_with_a_sentence(client: FlaskClient, url: str, status: int, words: str) -> None:
    response = client.get(url)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    problem = json.loads(response.text)
    assert problem["status"] == status
    assert problem["type"] == "about:blank"
    assert words in problem["detail"]


def test_a_query_error_says_where(client: FlaskClient) -> None:
    assert json.loads(client.get("/api/v1/quotes?q=word+after:soon").text)["position"] == 5


def test_only_reading_is_allowed(client: FlaskClient) -> None:
    response = client.post("/api/v1/quotes", data={"q": "a"})
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_head_has_no_body(client: FlaskClient) -> None:
    response = client.head(f"/api/v1/quotes?q={TEXT}")
    assert response.status_code == 200
    assert response.data == b""


def test_healthz_says_ok_while_a_search_can_be_answered(client: FlaskClient, samples: Store) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    health = response.get_json()
    assert health.pop("free_bytes") > 0
    assert health == {"status": "ok", "quotes": samples.count_quotes(), "behind": 0}


@pytest.mark.parametrize(
    "error", [StoreUnavailable("The archive is locked."), SchemaMismatch("Made by another version.")]
)
def test_a_store_that_fails_is_503_everywhere(
    samples: Store, sample_settings: Settings, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    client = create_app(replace(sample_settings), samples).test_client()

    def fails(*_: object) -> None:
        raise error

    for name in ("reading", "behind"):
        monkeypatch.setattr(samples, name, fails, raising=True)
    for url in ("/healthz", "/api/v1/quotes?q=a", "/search?q=a", "/"):
        response = client.get(url)
        assert response.status_code == 503
        assert str(error) in response.text
        assert response.headers["Retry-After"] == "10"


def test_a_bug_is_500_and_tells_nothing_of_the_inside(
    samples: Store, sample_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = create_app(sample_settings, samples).test_client()

    def breaks(*_: object) -> None:
        raise RuntimeError("secret")

    for view in ("pages", "api"):
        monkeypatch.setattr(f"web.views.{view}.find", breaks)
    for url in ("/search?q=a", "/api/v1/quotes?q=a"):
        response = client.get(url)
        assert response.status_code == 500
        assert "secret" not in response.text
        assert "Content-Security-Policy" in response.headers


def test_browsers_can_add_it_to_their_search_engines(client: FlaskClient) -> None:
    response = client.get("/opensearch.xml")
    assert response.mimetype == "application/opensearchdescription+xml"
    found = ElementTree.fromstring(response.text)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert len(found.findtext(f"{space}ShortName") or "") <= 16
    assert "http://localhost/search?q={searchTerms}" in [url.get("template") for url in found.iter(f"{space}Url")]


def next_of(response: Any) -> str | None:
    link = re.fullmatch(r'<([^>]+)>; rel="next"', response.headers.get("Link", ""))
    return link[1] if link else None


def test_a_cursor_goes_on_with_its_own_question_alone(client: FlaskClient) -> None:
    following = next_of(client.get("/api/v1/quotes?q=speaker:Halvesk&limit=2"))
    assert following is not None
    cursor = parse_qs(urlsplit(following).query)["cursor"][0]
    # Of another size it is the same question, and the filters may be typed or chosen.
    for same in ("q=speaker:Halvesk&limit=5", "speaker=Halvesk"):
        assert client.get(f"/api/v1/quotes?{same}&cursor={cursor}").status_code == 200
    for other, words in (
        (f"q=speaker:Kolvar&cursor={cursor}", "another question"),
        (f"q=speaker:Halvesk&cursor={cursor}&offset=2", "the same thing"),
        ("q=speaker:Halvesk&cursor=none", "none that was given here"),
    ):
        response = client.get(f"/api/v1/quotes?{other}")
        assert response.status_code == 400
        assert words in json.loads(response.text)["detail"]


def test_a_part_made_from_a_changed_archive_says_so(
    samples: Store, sample_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = create_app(sample_settings, samples).test_client()
    following = next_of(client.get("/api/v1/quotes?q=speaker:Halvesk&limit=2"))
    assert following is not None
    said = "The archive has changed"
    assert said not in client.get(following).text
    monkeypatch.setattr(samples, "state", lambda: "another")
    again = client.get(following)
    assert said in again.text
    further = next_of(again)
    assert further is not None
    assert said not in client.get(further).text


def test_the_speakers_come_in_parts_that_make_the_list(client: FlaskClient, sample_settings: Settings) -> None:
    url: str | None = "/api/v1/speakers?limit=7"
    rows: list[Any] = []
    while url:
        response = client.get(url)
        assert response.json is not None
        rows += response.json
        url = next_of(response)
    assert rows == json.loads(command(sample_settings, "speakers", "list", "--json"))
    assert len(rows) > 14


def test_what_the_api_does_not_have_is_no_filter(client: FlaskClient) -> None:
    response = client.get("/api/v1/quotes?q=a&speeker=Halvesk")
    assert response.status_code == 400
    assert "`speeker` is no argument of this address" in json.loads(response.text)["detail"]
    assert client.get("/api/v1/documents/none?q=a").status_code == 400
    assert client.get("/healthz?q=a").status_code == 400


def test_an_id_with_slashes_is_one_id(store: Store, settings: Settings) -> None:
    ids = ["https://a.example//b", "/a", "a/../b"]
    store.add_quotes([Quote(id_, "", f"We shall sell the {number} ferries at once.") for number, id_ in enumerate(ids)])
    store.catch_up()
    client = create_app(settings, store).test_client()
    for id_ in ids:
        assert client.get(f"/api/v1/utterances/{quote(id_, safe='')}").status_code == 200, id_
        assert client.get(f"/quotes/{quote(id_, safe='')}").status_code == 200, id_
