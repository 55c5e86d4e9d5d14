"""Answers are sent again only when the archive has changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, Response, template_rendered
from html_page import HtmlPage

from search.corrections.correction import CorrectionKind
from search.model import Quote
from search.settings import Settings
from search.storage.store import Store
from web.accounts.sessions import set_up_sessions
from web.app import create_app
from web.caching import KeptPages, revalidated


def test_an_answer_is_not_sent_again_until_the_archive_changes(store: Store, settings: Settings) -> None:
    store.add_quotes([Quote(id="a", document_id="", text="We shall mend the bridge before the winter comes")])
    store.catch_up()
    client = create_app(settings, store).test_client()
    for url in ("/", "/search?q=mend+the+bridge", "/quotes/a", "/api/v1/quotes?q=mend+the+bridge"):
        first = client.get(url)
        again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["Content-Security-Policy"]
        other = client.get(
            url + ("&" if "?" in url else "?") + "scare=1", headers={"If-None-Match": first.headers["ETag"]}
        )
        assert other.status_code == 200
    tag = client.get("/search?q=mend+the+bridge").headers["ETag"]
    store.add_quotes([Quote(id="b", document_id="", text="mend the bridge before the winter")])
    store.catch_up()
    changed = client.get("/search?q=mend+the+bridge", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert "2 quotes" in HtmlPage(changed.text).text


def test_the_list_of_speakers_is_made_once_until_the_archive_changes(store: Store, settings: Settings) -> None:
    app = create_app(settings, store)
    client, made = app.test_client(), []
    with template_rendered.connected_to(lambda *_, **about: made.append(about["template"].name), app):
        first = client.get("/speakers")
        again = client.get("/speakers")
        assert (again.data, again.headers["ETag"]) == (first.data, first.headers["ETag"])
        assert again.headers["Content-Security-Policy"]
        assert made == ["speakers.html"]
        assert client.get("/speakers?lang=fa").data != first.data
        store.add_quotes([Quote(id="a", document_id="", text="We shall mend the bridge", speaker="Marta Lind")])
        store.catch_up()
        assert "Marta Lind" in HtmlPage(client.get("/speakers").text).text
        store.correct(CorrectionKind.SAME_PERSON, "R. Reader", "she married", names=("Marta Berg", "Marta Lind"))
        assert "Marta Berg" in HtmlPage(client.get("/speakers").text).text


def test_no_more_pages_are_kept_than_may_be(app: Flask) -> None:
    kept, made = KeptPages(most=2), []

    def make() -> Response:
        made.append(1)
        return Response("x")

    with app.test_request_context("/speakers"):
        for tag_of_page in "abcacb":
            assert kept.page(tag_of_page, make).data == b"x"
    assert len(made) == 5  # "c" alone was still there when it was asked for again


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    made = Flask("test")
    set_up_sessions(made, tmp_path)
    return made


class StateOf:
    """A store of which only the state is asked."""

    def __init__(self, state: str) -> None:
        self._state = state

    def state(self) -> str:
        return self._state


def tag(app: Flask, url: str, state: str) -> str:
    with app.test_request_context(url):
        return str(revalidated(StateOf(state), lambda: Response("x")).headers["ETag"])  # type: ignore[arg-type]


def test_a_tag_names_the_address_and_the_state_of_the_archive(app: Flask) -> None:
    assert tag(app, "/search?q=a", "1") == tag(app, "/search?q=a", "1")
    assert len({tag(app, "/search?q=a", "1"), tag(app, "/search?q=b", "1"), tag(app, "/search?q=a", "2")}) == 3
    assert tag(app, "/", "1").startswith('W/"')


def test_an_answer_that_is_still_right_is_not_made(app: Flask) -> None:
    held = tag(app, "/search?q=a", "1")
    with app.test_request_context("/search?q=a", headers={"If-None-Match": held}):
        response = revalidated(StateOf("1"), lambda: pytest.fail("made again"))  # type: ignore[arg-type]
    assert (response.status_code, response.headers["ETag"]) == (304, held)


def test_an_address_of_any_bytes_has_a_tag(app: Flask) -> None:
    assert tag(app, "/search?q=%ff%00%ed%a0%80", "1")
