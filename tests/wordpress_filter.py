"""What WordPress does with the oEmbed of a provider that it does not know (`wp_filter_oembed_result` of version 6).

It keeps three elements with few attributes, then one blockquote and one frame; without a frame it shows nothing at all. The
frame is put into a sandbox without an origin, and is told a secret by which it may ask for its height.
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

ALLOWED = {
    "a": {"href"},
    "blockquote": set[str](),
    "iframe": {"src", "width", "height", "frameborder", "marginwidth", "marginheight", "scrolling", "title"},
}


class _Kept(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.html = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ALLOWED:
            kept = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs if name in ALLOWED[tag])
            self.html += f"<{tag}{kept}>"

    def handle_endtag(self, tag: str) -> None:
        if tag in ALLOWED:
            self.html += f"</{tag}>"

    def handle_data(self, data: str) -> None:
        self.html += data

    def handle_entityref(self, name: str) -> None:
        self.html += f"&{name};"

    def handle_charref(self, name: str) -> None:
        self.html += f"&#{name};"


def as_wordpress_keeps_it(html: str, secret: str) -> str | None:
    """What is printed into a post; None where nothing is."""
    kept = _Kept()
    kept.feed(html)
    kept.close()
    content = re.search(r"(<blockquote>.*?</blockquote>)?.*(<iframe.*?></iframe>)", kept.html, re.DOTALL)
    if content is None:
        return None
    frame = re.sub(r' src="(.*?)"', rf' src="\1#?secret={secret}" data-secret="{secret}"', content[2])
    frame = frame.replace("<iframe", '<iframe sandbox="allow-scripts" security="restricted"')
    return (content[1] or "").replace("<blockquote>", f'<blockquote data-secret="{secret}">') + frame
