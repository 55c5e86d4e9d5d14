"""The authors of the documents that print the quotes of an answer: looked up where it is cited, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from search.model import Match, MatchKind, Query, Quote, Result, Utterance, Version
from search.storage.store import Store


def with_bylines(store: Store, result: Result) -> Result:
    """Return an answer whose quotes know who wrote the document that prints them."""
    documents = {
        quote.document_id
        for utterance in result.utterances
        for version in utterance.versions
        for quote in version.quotes
        if quote.document_id
    }
    # A document at a time and whole, so that what a disk has changed is refused here, too; none is kept.
    authors = {id_: document.authors for id_ in sorted(documents) if (document := store.document(id_)) is not None}

    def known(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
        return tuple(replace(quote, authors=authors.get(quote.document_id, ())) for quote in quotes)

    def signed(utterance: Utterance) -> Utterance:
        versions = (replace(version, quotes=known(version.quotes)) for version in utterance.versions)
        return replace(utterance, versions=tuple(versions))

    return replace(result, utterances=tuple(map(signed, result.utterances)))


def only_quote(utterance: Utterance, quote_id: str) -> Result:
    """Return an answer of one quote of an utterance, which is what the formats for one citation take.

    The quote is that of the id; the first, if the utterance has none of that id.
    """
    quotes = utterance.quotes
    quote = next((each for each in quotes if each.id == quote_id), quotes[0])
    match = Match(MatchKind.EXACT, 1.0)
    version = Version(quote.text, match, (quote,))
    outlets, speakers = ((name,) if name else () for name in (quote.outlet, quote.speaker))
    said = Utterance(quote.id, quote.text, match, (version,), quote.published, tuple(outlets), tuple(speakers))
    return Result(Query(quote.text), 1, 1, 1, (said,))
