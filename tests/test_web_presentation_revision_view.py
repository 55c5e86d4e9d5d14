"""What changed between the revisions of a page, on the page and in the API."""

from __future__ import annotations

import re

from search.model import Document
from search.settings import Settings
from search.storage.store import Store
from web.app import create_app


def test_a_document_names_its_other_revisions_and_shows_what_changed(store: Store, settings: Settings) -> None:
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
        assert (
            "From revision 1 to 2: 1 paragraph removed, 1 paragraph added, 1 paragraph changed, another title" in page
        )
        assert "&lt;b&gt;talks&lt;/b&gt; failed on" in page
        assert re.search(r"<del>.*Monday,.*</del>\s*<ins>.*Tuesday,.*</ins>", page)
        assert re.search(r"<ins>.*Harbour &amp; &lt;i&gt;sea&lt;/i&gt;.*</ins>", page)
        assert "<b>talks" not in page
    assert "From revision 2 to 3: 1 paragraph changed" in third
    assert "/documents/d3?against=d1#changes" in third
    assert "From revision 1 to 3: 1 paragraph removed" in client.get("/documents/d3?against=d1").get_data(as_text=True)
    assert client.get("/documents/d3?against=d3").status_code == 404
    assert client.get("/documents/d3?against=nothing").status_code == 404
    told = client.get("/api/v1/revisions/d2").get_json()
    assert (told["before"], told["after"]) == ("d1", "d2")
    assert told["paragraphs"][0] == {"kind": "removed", "segments": [{"kind": "removed", "text": "We will stay."}]}
    assert client.get("/api/v1/revisions/d3?against=d1").get_json()["before"] == "d1"
    assert client.get("/api/v1/revisions/nothing").status_code == 404
    assert client.get("/api/v1/documents/d2").get_json()["revisions"] == ["d1", "d2", "d3"]


def test_the_difference_of_huge_revisions_is_bounded(store: Store, settings: Settings) -> None:
    texts = (
        "\n\n".join(f"{word} {n}" for n in range(20_000)) + "\n\n" + f"{word} " * 100_000 for word in ("one", "two")
    )
    for number, text in enumerate(texts):
        store.add([(Document(f"d{number}", text, url="https://a.example/"), "https://a.example/", [])])
    client = create_app(settings, store).test_client()
    page = client.get("/documents/d1").get_data(as_text=True)
    changes = page[page.index('id="changes"') : page.index("</details>")]
    assert "more changed paragraphs" in changes
    assert len(changes) < 100_000
    assert client.get("/api/v1/documents/d1").get_json()["revisions"] == ["d0", "d1"]


def test_one_revision_has_no_difference(store: Store, settings: Settings) -> None:
    store.add([(Document("d", "We will stay."), "x", [])])
    client = create_app(settings, store).test_client()
    assert "Revisions of this page" not in client.get("/documents/d").get_data(as_text=True)
    assert client.get("/api/v1/revisions/d").status_code == 404
