"""Who wrote the documents that print an answer's quotes."""

from __future__ import annotations

import pytest

from search.find.bylines import only_quote, with_bylines
from search.find.find import find
from search.find.utterance_page import utterance_of_quote
from search.model import Query
from search.storage.store import Store

APOLOGIES = "I was the minister of apologies for other men's wars"


def test_an_answer_that_is_cited_knows_the_authors_and_is_else_the_same(samples: Store) -> None:
    found = find(samples, Query(APOLOGIES))
    signed = with_bylines(samples, found)
    for before, after in zip(found.utterances, signed.utterances, strict=True):
        for one, other in zip(before.versions, after.versions, strict=True):
            for quote, known in zip(one.quotes, other.quotes, strict=True):
                document = samples.document(quote.document_id)
                assert quote.authors == ()
                assert known.authors == (document.authors if document else ())
                assert (known.id, known.text) == (quote.id, quote.text)
    assert any(quote.authors for said in signed.utterances for quote in said.quotes)


@pytest.mark.parametrize("place", [0, 1])
def test_one_quote_of_an_utterance_is_an_answer(samples: Store, place: int) -> None:
    said = find(samples, Query(APOLOGIES)).utterances[0]
    whole = utterance_of_quote(samples, said.quotes[place].id)
    (one,) = only_quote(whole, said.quotes[place].id).utterances
    assert [quote.id for quote in one.quotes] == [said.quotes[place].id]
    (first,) = only_quote(whole, "of no quote").utterances
    assert first.quotes == whole.quotes[:1]
