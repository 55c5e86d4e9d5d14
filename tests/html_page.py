"""A page as the tests read it: its tags, its links, its words, and whether its elements nest."""

from __future__ import annotations

from html.parser import HTMLParser

from flask.testing import FlaskClient

APOLOGIES = "I was the minister of apologies for other men's wars"
HOSTILE = "<script>alert(1)</script>\u202egnp.exe\u2066 \"'><img src=x onerror=alert(1)>"


class HtmlPage(HTMLParser):
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


def get_page(client: FlaskClient, url: str, status: int = 200) -> HtmlPage:
    """Ask for a page, and check that it is one: its elements nest and no id stands twice."""
    response = client.get(url)
    assert response.status_code == status, response.text
    read = HtmlPage(response.text)
    assert read.faults == []
    assert len(read.ids) == len(set(read.ids))
    return read
