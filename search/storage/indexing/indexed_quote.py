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
    record = {"id": printed.id, "document": printed.document_id, "text": printed.text, "published": printed.published}
    return IndexedQuote(
        number,
        index_terms(analyse(printed.text, printed.language)),
        {field: storable(value) for field, value in labels.items() if value is not None},
        day_key(printed.published),
        {name: storable(value) for name, value in record.items() if value is not None},
    )
