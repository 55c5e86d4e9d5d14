"""A paper of two articles and a feed on loopback, which counts what it is asked."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ARTICLE = (
    "<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
    "<p>“{words},” said Ann Lee, the mayor of Marnholt, at the ferry on Monday.</p>"
    "<p>She left before the ferrymen could ask her anything about the tunnel or the bridge.</p></article></body></html>"
)


@dataclass
class NewsServer:
    """Its pages by path, and how often each was asked for."""

    base: str = ""
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)

    def put(self, path: str, words: str) -> None:
        """Print an article, and name it in the feed and the sitemap."""
        self.pages[path] = ("text/html", ARTICLE.format(title=f"News of {path}", words=words))
        links = [f"{self.base}{each}" for each, (kind, _) in self.pages.items() if kind == "text/html"]
        items = "".join(f"<item><title>{link}</title><link>{link}</link></item>" for link in links)
        feed = f"<rss version='2.0'><channel><title>Ledger</title>{items}</channel></rss>"
        self.pages["/feed.xml"] = ("application/rss+xml", feed)
        urls = "".join(f"<url><loc>{link}</loc></url>" for link in links)
        sitemap = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>"
        self.pages["/sitemap.xml"] = ("application/xml", sitemap)


@contextmanager
def serving_news() -> Iterator[NewsServer]:
    """Serve the paper for the time of the block."""
    news = NewsServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            news.asked[self.path] += 1
            kind, body = news.pages.get(self.path, ("", ""))
            self.send_response(200 if kind else 404)
            self.send_header("Content-Type", kind or "text/plain")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *args: object) -> None:
            """Not a word of every request on standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    news.base = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield news
    finally:
        server.shutdown()
        server.server_close()
