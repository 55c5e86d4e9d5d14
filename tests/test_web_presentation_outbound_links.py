"""Links out of the archive."""

from __future__ import annotations

from dataclasses import replace

from search.model import Quote, Span
from web.presentation.outbound_links import deep_link


def test_a_deep_link_names_the_words_as_a_text_fragment() -> None:
    quote = Quote(id="a", document_id="d", text="war-weary, a & b", url="https://a.example/x?y=1")
    assert deep_link(quote) == "https://a.example/x?y=1#:~:text=war%2Dweary%2C%20a%20%26%20b"
    long = replace(quote, text="one two three four five six seven eight nine", url="https://a.example/#part")
    assert deep_link(long) == "https://a.example/#part:~:text=one%20two%20three%20four,six%20seven%20eight%20nine"
    split = replace(quote, text="I will, not resign", spans=(Span(0, 7), Span(20, 30)))
    assert deep_link(split) == "https://a.example/x?y=1#:~:text=I%20will%2C"
    assert deep_link(replace(quote, url="javascript:x")) is None
