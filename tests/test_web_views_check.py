"""The page that checks a manuscript, and the same for programs: what is sent in comes back as verdicts and stays nowhere."""

from __future__ import annotations

import io
import json

import pytest
from flask.testing import FlaskClient
from html_page import HOSTILE, HtmlPage

from search.settings import Settings
from web.description.arguments import MOST_QUOTATIONS
from web.views.check import MANUSCRIPT_BYTES

APOLOGIES = "“I was the minister of apologies for other men's wars,” said Joram Halvesk."
CUPBOARD = "“There is more money in the cupboard,” said Gerald Stannard."


def test_the_form_is_there_and_nested_well(client: FlaskClient) -> None:
    page = HtmlPage(client.get("/check").text)
    assert page.faults == []
    assert "textarea" in [tag for tag, _ in page.tags]


def test_a_pasted_text_is_answered_with_its_verdicts_and_stands_in_the_form_again(client: FlaskClient) -> None:
    response = client.post("/check", data={"text": f"{APOLOGIES}\n\n{CUPBOARD}"})
    page = HtmlPage(response.text)
    words = " ".join(" ".join(page.words).split())
    assert response.status_code == 200
    assert page.faults == []
    assert "2 quotations: 1 exact, 1 altered" in words
    assert "Gerald Stannard" in words
    assert response.headers["Cache-Control"] == "no-store"


def test_lines_that_a_writer_broke_are_one_paragraph(client: FlaskClient) -> None:
    text = "He spoke.\n\n“I was the minister of apologies\nfor other men's wars,” said\nJoram Halvesk.\n"
    assert "1 quotation: 1 exact" in client.post("/check", data={"text": text}).text


def test_a_file_is_read_by_its_format(client: FlaskClient) -> None:
    html = f"<html><body><article><h1>Draft</h1><p>{APOLOGIES} {'It was raining in Marnholt that day. ' * 20}</p></article></body></html>"
    response = client.post("/check", data={"file": (io.BytesIO(html.encode()), "draft.html"), "text": ""})
    assert "1 quotation: 1 exact" in response.text


@pytest.mark.parametrize(
    ("name", "data"), [("draft.docx", b"PK\x03\x04broken"), ("draft.pdf", b"%PDF-1.7 nothing"), ("draft.txt", b"")]
)
def test_a_file_that_cannot_be_read_is_one_sentence(client: FlaskClient, name: str, data: bytes) -> None:
    response = client.post("/check", data={"file": (io.BytesIO(data), name)})
    assert response.status_code == 400
    assert HtmlPage(response.text).faults == []


def test_nothing_sent_is_said_so(client: FlaskClient) -> None:
    assert "There is nothing to check" in client.post("/check", data={"text": "  "}).text


def test_markup_of_a_manuscript_is_shown_and_does_nothing(client: FlaskClient) -> None:
    page = HtmlPage(client.post("/check", data={"text": f"“{HOSTILE} we sold it all,” said Ann Lind. {HOSTILE}"}).text)
    scripts = [dict(attributes).get("src", "") for tag, attributes in page.tags if tag == "script"]
    assert all(source.startswith("/static/") for source in scripts)  # the page's own; none of the manuscript's
    assert "img" not in [tag for tag, _ in page.tags]


def test_a_program_gets_the_bytes_of_the_command(client: FlaskClient) -> None:
    response = client.post("/api/v1/check?name=draft.md", data=APOLOGIES.encode())
    report = json.loads(response.text)
    assert report["exact"] is True
    assert report["quotations"][0]["findings"][0]["quote"]["speaker"] == "Joram Halvesk"
    assert "Access-Control-Allow-Origin" not in response.headers


def test_what_a_program_sends_and_cannot_be_read_is_a_problem(client: FlaskClient) -> None:
    response = client.post("/api/v1/check?name=draft.pdf", data=b"%PDF-1.7 nothing")
    assert (response.status_code, response.content_type) == (400, "application/problem+json")


def test_too_much_is_refused(client: FlaskClient) -> None:
    assert client.post("/api/v1/check", data=b"x" * (MANUSCRIPT_BYTES + 1)).status_code == 413
    many = "“We sold the ferry and the pier,” said Ann Lind. " * (MOST_QUOTATIONS + 1)
    assert client.post("/api/v1/check", data=many.encode()).status_code == 400


def test_nothing_of_a_manuscript_reaches_the_instance(client: FlaskClient, sample_settings: Settings) -> None:
    secret = "Zebulon Quarrywright"
    client.post("/check", data={"text": f"“The gulls will be counted twice this spring,” said {secret}."})
    files = [path for path in sample_settings.instance.rglob("*") if path.is_file()]
    assert [path.name for path in files if secret.encode() in path.read_bytes()] == []


def test_a_list_of_quotations_is_answered_in_its_order_by_its_own_ids(client: FlaskClient) -> None:
    words = "I was the minister of apologies for other men's wars"
    listed = [
        {"id": "a", "text": words, "speaker": "Joram Halvesk"},
        {"id": "b", "text": words, "speaker": "Agnes Kolvar"},
        {"text": "Nobody here has ever said anything of the sort about badgers"},
        {"id": "d", "text": "!!!"},
    ]
    response = client.post("/api/v1/check/quotations", json={"quotations": listed})
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    answer = response.json
    assert answer is not None
    assert [(one["id"], one["verdict"]) for one in answer["quotations"]] == [
        ("a", "exact"), ("b", "different-speaker"), ("", "absent"), ("d", "unchecked"),
    ]  # fmt: skip
    assert answer["exact"] is False
    assert answer["counts"] == {"exact": 1, "different-speaker": 1, "absent": 1, "unchecked": 1}
    assert answer["quotations"][0]["findings"][0]["quote"]["speaker"] == "Joram Halvesk"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff", "not JSON"),
        (b'{"quotations": ["\\ud800"]}', "not JSON"),
        (b"[" * 100_000, "not"),
        (b"[]", "does not fit"),
        (b"{}", "does not fit"),
        (b'{"quotations": [{}]}', "`text`"),
        (b'{"quotations": [{"text": ""}]}', "$.quotations[0].text"),
        (b'{"quotations": [{"text": 1}]}', "$.quotations[0].text"),
        (b'{"quotations": [{"text": "a", "words": "b"}]}', "`words`"),
        (b'{"quotations": [{"text": "a", "speaker": "' + b"x" * 301 + b'"}]}', "$.quotations[0].speaker"),
        (json.dumps({"quotations": [{"text": "a"}] * (MOST_QUOTATIONS + 1)}).encode(), "$.quotations"),
    ],
)
def test_a_list_that_does_not_fit_is_refused_at_its_place(client: FlaskClient, body: bytes, words: str) -> None:
    response = client.post("/api/v1/check/quotations", data=body, content_type="application/json")
    assert response.status_code == 400
    assert words in json.loads(response.text)["detail"]


def test_a_list_is_sent_as_json_and_within_its_bounds(client: FlaskClient) -> None:
    body = b'{"quotations": []}'
    for content_type, status in (("text/plain", 415), ("application/json; charset=utf-8", 200)):
        response = client.post("/api/v1/check/quotations", data=body, content_type=content_type)
        assert response.status_code == status
    large = body.ljust(MANUSCRIPT_BYTES + 1)
    assert client.post("/api/v1/check/quotations", data=large, content_type="application/json").status_code == 413
