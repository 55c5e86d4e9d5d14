"""Adding documents on the page."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from html_page import HtmlPage
from logging_in import PASSWORD, log_in, token
from page_server import running
from werkzeug.test import TestResponse

from search.settings import Settings, load
from search.storage.store import Store
from web.accounts.account_file import AccountFile
from web.accounts.sessions import carries_session
from web.app import create_app
from web.serving.server import listening_socket, open_server
from web.views.add import UPLOAD_BYTES
from web.views.check import MANUSCRIPT_BYTES

SAID = "“We will not sell the ferry to anybody,” said Ann Lee, the mayor, on Monday.\n"


@pytest.fixture
def client(store: Store, settings: Settings) -> Iterator[FlaskClient]:
    AccountFile(settings.instance).put("Ann Lind", PASSWORD)
    app = create_app(settings, store)
    made = app.test_client()
    log_in(made)
    yield made
    app.extensions["intake_jobs"].close()


def send(client: FlaskClient, *names: str, text: str = SAID, **fields: str) -> TestResponse:
    files = [(BytesIO(text.encode()), name) for name in names]
    return client.post("/add", data={"csrf_token": token(client, "/add"), "files": files, **fields})


def ended(client: FlaskClient, url: str) -> str:
    wait = threading.Event()
    for _ in range(6000):
        page = client.get(url).text
        if 'data-ended="1"' in page:
            return page
        wait.wait(0.01)
    raise AssertionError(page)


def test_files_are_dropped_and_their_quotes_found(client: FlaskClient) -> None:
    begun = send(client, "ferry.txt", "picture.png", text=SAID)
    assert begun.status_code == 303
    page = ended(client, begun.location)
    assert "new document" in HtmlPage(page).text
    assert 'href="/#latest">Last added' in page  # what one wants to see next
    found = client.application.test_client().get("/search?q=sell+the+ferry").text
    assert "We will not sell the ferry" in HtmlPage(found).text
    assert begun.location in client.get("/add").text


def test_addresses_are_judged_by_the_rules_of_the_crawler(client: FlaskClient) -> None:
    begun = send(client, addresses="http://127.0.0.1:9/a\nfile:///etc/passwd\nhttp://169.254.169.254/latest", feeds="http://localhost/feed")  # fmt: skip
    page = HtmlPage(ended(client, begun.location)).text
    assert "Not read, and why" in page
    assert "4 skipped" in page


def test_a_form_larger_than_others_comes_in_and_one_that_is_too_large_is_said(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    assert send(client, "large.txt", text=SAID + "x" * 300_000).status_code == 303
    monkeypatch.setattr("web.views.add.UPLOAD_BYTES", 100_000)
    done = send(client, "large.txt", text=SAID + "x" * 300_000)
    assert done.status_code == 413
    assert "send fewer at once" in done.text


def test_nothing_to_add_is_said(client: FlaskClient) -> None:
    done = send(client, addresses="  \n ")
    assert done.status_code == 400
    assert "There is nothing to add" in done.text


def test_names_of_files_are_words(client: FlaskClient) -> None:
    begun = send(client, "<script>alert(1)</script>.png", "\"onload='x'.png", text="\x89PNG\0")
    page = ended(client, begun.location)
    assert "<script>alert" not in page
    assert "\"onload='x'" not in page


def test_only_who_is_logged_in_and_by_our_own_form(client: FlaskClient, settings: Settings) -> None:
    stranger = client.application.test_client()
    assert stranger.get("/add").location == "/login?next=/add"
    assert stranger.post("/add", data={"addresses": "https://a.example/"}).status_code == 400
    assert stranger.post("/add", data={"files": [(BytesIO(b"x" * 100_000), "a.txt")]}).status_code == 413
    assert client.post("/add", data={"addresses": "https://a.example/"}).status_code == 400
    begun = send(client, "ferry.txt")
    assert client.post(begun.location, data={"action": "stop"}).status_code == 400
    assert stranger.get(begun.location).status_code == 303
    assert len(list((settings.instance / "jobs").glob("*.json"))) == 1


def test_a_job_is_stopped_and_goes_on(client: FlaskClient) -> None:
    begun = send(client, "ferry.txt")
    ended(client, begun.location)
    stop = {"csrf_token": token(client, "/add"), "action": "stop"}
    assert client.post(begun.location, data=stop).status_code == 303
    assert "nothing left to do" in client.post(begun.location, data=stop | {"action": "go-on"}).text
    assert client.get("/jobs/20261102-100000-0123abcd").status_code == 404


def test_a_session_is_known_by_its_cookie_header_alone(client: FlaskClient) -> None:
    cookie = client.get_cookie("quotes_session")
    assert cookie is not None
    assert carries_session(client.application, f"a=b; quotes_session={cookie.value}")
    stranger = client.application.test_client()
    stranger.get("/login")
    planted = stranger.get_cookie("quotes_session")
    assert planted is not None
    for header in ("", "quotes_session=x", "quotes_session=", f"quotes_session={planted.value}", "\x00;;=", f"quotes_session={cookie.value[:-3]}abc"):  # fmt: skip
        assert not carries_session(client.application, header)


def test_the_server_takes_a_large_body_from_whoever_is_logged_in_alone(client: FlaskClient, settings: Settings) -> None:
    cookie = client.get_cookie("quotes_session")
    assert cookie is not None
    own = load({"instance": settings.instance, "port": 0}, environ={})
    server = open_server(client.application, own, listening_socket(own))
    with running(server):
        for path, sent, length, refused in (
            ("/add", cookie.value, MANUSCRIPT_BYTES + 1, False),
            ("/add", cookie.value, UPLOAD_BYTES + 1, True),
            ("/add", "x", MANUSCRIPT_BYTES + 1, True),
            ("/check", cookie.value, MANUSCRIPT_BYTES + 1, True),
        ):
            head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nCookie: quotes_session={sent}\r\nContent-Length: {length}\r\n\r\n"
            with socket.create_connection(("127.0.0.1", int(server.effective_port)), timeout=20) as asked:
                asked.sendall(head.encode())
                asked.settimeout(20 if refused else 0.5)
                try:
                    said = asked.recv(100).decode()
                except TimeoutError:
                    said = "nothing yet: it waits for the body"
                assert bool(re.match(r"HTTP/1\.[01] 413", said)) is refused, (path, length, said)
