"""Answers are sent again only when the archive has changed."""

from __future__ import annotations

from html_page import HtmlPage

from search.model import Quote
from search.settings import Settings
from search.storage.store import Store
from web.app import create_app


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
    assert "2 quotes" in HtmlPage(changed.text).text
