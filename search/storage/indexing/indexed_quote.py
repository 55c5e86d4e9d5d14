"""A quote as the term index holds it."""

from __future__ import annotations

from typing import Final

from search.model import Quote
from search.storage.rows import storable
from search.term_index import IndexedQuote, day_key
from search.text.analysis import analyse
from search.text.terms import index_terms

SCARE: Final = "yes"  # the label of marks that quote nobody


def indexed_quote(number: int, printed: Quote) -> IndexedQuote:
    """Return what the index holds of a quote, given with its speaker's name as it is printed.

    Whom the name means may change without the quote, so that it is told when somebody asks (`search.storage.indexing.passing_quotes`).
    """
    labels = {
        "speaker": printed.speaker,
        "outlet": printed.outlet,
        "language": printed.language,
        "kind": printed.kind,
        "place": printed.place,
        "scare": SCARE if printed.scare else None,
    }
    # As what it seems to be, which it was analysed as a moment ago, unless its document says otherwise.
    words = analyse(printed.text)
    words = words.read_as(printed.language) if printed.language else words
    record = {"id": printed.id, "document": printed.document_id, "text": printed.text, "published": printed.published}
    return IndexedQuote(
        number,
        index_terms(words),
        {field: storable(value) for field, value in labels.items() if value is not None},
        day_key(printed.published),
        {name: storable(value) for name, value in record.items() if value is not None},
    )
