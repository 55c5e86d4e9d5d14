"""Correcting on the page: whoever is logged in, with a reason, and never by a stranger's form."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from html_page import HOSTILE, HtmlPage
from logging_in import PASSWORD, log_in
from werkzeug.test import TestResponse

from search.model import Quote
from search.settings import Settings
from search.storage.store import Store
from web.accounts.account_file import AccountFile
from web.app import create_app
from web.views.correct import quote_of_address

FERRY = "The ferry to the northern islands was sold for a song"
SOLD = "The ferry to the northern islands was sold, for a song and a dance"


@pytest.fixture
def client(store: Store, settings: Settings) -> FlaskClient:
    AccountFile(settings.instance).put("Ann Lind", PASSWORD)
    said = {"a": FERRY, "b": SOLD, "c": "Nobody asked the ferrymen about the tunnel at all"}
    store.add_quotes([Quote(id_, "", text, speaker="Marta Lind", outlet="Ledger", confidence=1.0) for id_, text in said.items()])  # fmt: skip
    store.catch_up()
    made = create_app(settings, store).test_client()
    log_in(made)
    return made


def send(client: FlaskClient, action: str, id_: str = "a", **fields: str) -> TestResponse:
    page = client.get(f"/correct/{id_}").text
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    reason = {"reason": "the caption says so"}
    data = {"csrf_token": found[1] if found else "", "action": action} | reason | fields
    return client.post(f"/correct/{id_}", data=data)


def take_back(client: FlaskClient, store: Store, reason: str = "it does not") -> TestResponse:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/corrections").text)
    assert found is not None
    last = next(one for one in reversed(store.corrections()) if one.undone is None)
    return client.post(f"/undo/{last.id}", data={"csrf_token": found[1], "reason": reason})


def seen(client: FlaskClient, url: str) -> str:
    return HtmlPage(client.get(url).text).text


def test_as_many_versions_are_said_as_the_page_of_the_utterance_shows(client: FlaskClient, store: Store) -> None:
    store.add_quotes([Quote("d", "", FERRY, speaker="Ada Voss", outlet="Post", confidence=1.0)])
    store.catch_up()
    assert len(store.other_versions("a")) == 2  # the same words of another speaker are kept apart
    assert "2 versions, printed 3 times" in seen(client, "/quotes/a")
    assert "which has 2 versions" in seen(client, "/correct/a")


def test_a_speaker_is_corrected_shown_with_name_and_reason_and_taken_back(client: FlaskClient, store: Store) -> None:
    assert send(client, "speaker", name="Ada Voss").location == "/correct/a"
    public = client.application.test_client()
    page = seen(public, "/quotes/a")
    assert "said by Ada Voss" in page
    assert "corrected by a person" in page
    assert re.search(r"Another speaker: Ada Voss\. Ann Lind · \d+ \w+ \d{4}: the caption says so", page)
    assert "Correct" not in [link.strip() for link in re.findall(r">([^<]*)</a>", public.get("/quotes/a").text)]
    assert take_back(client, store).status_code == 303
    assert "said by Marta Lind" in seen(public, "/quotes/a")
    assert "Taken back by Ann Lind" in seen(client, "/corrections")


def test_a_hidden_quote_is_on_no_page_and_in_no_answer_until_it_is_restored(client: FlaskClient, store: Store) -> None:
    assert send(client, "hide", "c").status_code == 303
    public = client.application.test_client()
    for url in ("/quotes/c", "/api/v1/utterances/c"):
        assert public.get(url).status_code == 404
    for url in ("/", "/search?q=ferrymen", "/search?speaker=Lind", "/api/v1/quotes?q=asked+the+ferrymen", "/api/v1/quotes.csv?outlet=Ledger", "/speakers"):  # fmt: skip
        assert "asked the ferrymen about" not in public.get(url).text
    assert "Hidden: nobody finds this quote" in seen(client, "/correct/c")
    take_back(client, store)
    assert public.get("/quotes/c").status_code == 200


def test_utterances_are_joined_by_address_and_split(client: FlaskClient, store: Store) -> None:
    assert send(client, "join", "a", other="http://localhost:5000/quotes/c").status_code == 303
    assert len(store.other_versions("a")) == 2
    assert send(client, "split", "c").status_code == 303
    assert len(store.other_versions("a")) == 1


def test_a_name_is_corrected_everywhere_and_parted(client: FlaskClient, store: Store) -> None:
    send(client, "rename", name="Marta Lindqvist")
    assert store.speakers().of("Marta Lind") == "Marta Lindqvist"
    send(client, "apart", name="M. Lindqvist")
    assert [one.kind for one in store.corrections()] == ["same_person", "other_person"]


def test_marks_are_scare_quotes_and_words_that_were_said(client: FlaskClient) -> None:
    send(client, "scare")
    assert "Somebody did say it" in seen(client, "/correct/a")
    send(client, "said")
    assert "The marks quote nobody" in seen(client, "/correct/a")


@pytest.mark.parametrize(
    ("action", "fields", "says"),
    [
        ("speaker", {"reason": " "}, "A reason is missing"),
        ("speaker", {"name": "x" * 300}, "at most 200 characters"),
        ("rename", {"name": "Marta Lind"}, "Two different names"),
        ("join", {"other": "nothing"}, "There is no quote"),
        ("join", {"other": "a"}, "Two quotes are needed"),
        ("paint", {}, "nothing that can be corrected"),
    ],
)
def test_what_cannot_be_done_is_said_and_what_was_typed_is_kept(
    client: FlaskClient, store: Store, action: str, fields: dict[str, str], says: str
) -> None:
    done = send(client, action, **fields)
    assert done.status_code in (400, 404)
    assert says in HtmlPage(done.text).text
    assert store.corrections() == []
    if action in ("speaker", "rename"):
        assert fields.get("name", "") in done.text


def test_only_who_is_logged_in_and_by_our_own_form(client: FlaskClient, store: Store) -> None:
    stranger = client.application.test_client()
    assert stranger.get("/correct/a").location == "/login?next=/correct/a"
    fields = {"action": "hide", "reason": "because"}
    assert stranger.post("/correct/a", data=fields).status_code == 400  # no token
    assert client.post("/correct/a", data=fields).status_code == 400  # a form of another site has none either
    assert client.post("/undo/x", data={"reason": "because"}).status_code == 400
    assert client.get("/undo/x").status_code == 405
    assert store.corrections() == []


def test_markup_in_names_and_reasons_is_words(client: FlaskClient, store: Store) -> None:
    name = " ".join(HOSTILE.split())
    hostile = name if name.isprintable() else "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    assert send(client, "speaker", name=hostile[:190], reason=f"because {HOSTILE}").status_code in (303, 400)
    send(client, "speaker", name="<b onclick=alert(1)>Ada", reason="<script>alert(1)</script>")
    for url in ("/correct/a", "/quotes/a", "/corrections", "/search?q=ferry"):
        page = client.get(url).text
        assert "<script>" not in page
        assert "<b onclick" not in page
        assert "<img src=x" not in page


def test_an_archive_that_is_being_written_to_is_said_and_nothing_is_lost(client: FlaskClient, settings: Settings, store: Store) -> None:  # fmt: skip
    with Store(settings) as other, other.writing("quotes index"):
        done = send(client, "speaker", name="Ada Voss")
    assert done.status_code == 503
    assert "is being written to" in done.text
    assert "Ada Voss" in done.text
    assert send(client, "speaker", name="Ada Voss").status_code == 303
    assert store.corrections()[0].names == ("Ada Voss",)


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("a1", "a1"), (" a1 ", "a1"), ("/quotes/a1", "a1"), ("https://q.example/quotes/a1?x=1#q-a1", "a1"),
        ("https://q.example/quotes/q%20%2F1", "q /1"), ("", ""), ("http://[", "http://["),
    ],
)  # fmt: skip
def test_a_quote_is_named_by_its_address_or_its_id(typed: str, id_: str) -> None:
    assert quote_of_address(typed) == id_
