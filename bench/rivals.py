"""What else finds quotes by their words: tantivy, SQLite's FTS5, and rapidfuzz over all, for `bench/search_tables.py`.

Each is given all words of a query, any of which may match (OR), by its own ranking. tantivy and FTS5 have stemmers of their own.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from rapidfuzz import fuzz, process

Search = Callable[[str], Sequence[int]]
"""Gives the places of the best ten texts for a query."""
BEST: Final = 10
MOST_COMPARED: Final = 100_000  # texts that rapidfuzz compares with each query: it takes 2 us for each
_WORD: Final = re.compile(r"\w+")


def rivals(texts: Sequence[str]) -> Mapping[str, Search]:
    """Return the rivals that can be had here, each with the texts; what is not installed is left out and named."""
    found: dict[str, Search] = {}
    try:
        found["tantivy, OR"] = _tantivy(texts)
    except ImportError:
        print("tantivy is not installed: pip install -e '.[bench]'")
    found["SQLite FTS5, OR"] = _fts5(texts)
    if len(texts) <= MOST_COMPARED:
        found["rapidfuzz token_set over all"] = _rapidfuzz(texts)
    return found


def _tantivy(texts: Sequence[str]) -> Search:
    import tantivy  # type: ignore[import-not-found,import-untyped,unused-ignore]

    builder: Any = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="en_stem")
    builder.add_integer_field("place", stored=True)
    index: Any = tantivy.Index(builder.build())
    writer = index.writer(heap_size=200_000_000)
    for place, text in enumerate(texts):
        writer.add_document(tantivy.Document(text=text, place=place))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(text: str) -> list[int]:
        query = index.parse_query(" ".join(_WORD.findall(text.casefold())), ["text"])
        return [searcher.doc(address)["place"][0] for _, address in searcher.search(query, BEST).hits]

    return search


def _fts5(texts: Sequence[str]) -> Search:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5(text, tokenize = 'porter')")
    database.executemany("INSERT INTO texts (rowid, text) VALUES (?, ?)", enumerate(texts))

    def search(text: str) -> list[int]:
        asked = " OR ".join(f'"{word}"' for word in _WORD.findall(text))
        rows = database.execute("SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?", (asked, BEST))
        return [place for (place,) in rows]

    return search


def _rapidfuzz(texts: Sequence[str]) -> Search:
    folded = [text.casefold() for text in texts]

    def search(text: str) -> list[int]:
        best = process.extract(text.casefold(), folded, scorer=fuzz.token_set_ratio, limit=BEST)
        return [place for _, _, place in best]

    return search
