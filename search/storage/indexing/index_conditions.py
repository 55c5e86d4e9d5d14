"""A filter over quotes as conditions that an engine can meet by what it holds of them, where it filters by itself.

A name means who it means in its document, which the index does not know: the archive's exceptions go along by their numbers. These are
as many as the quotes of these speakers that are printed with another name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from search.model import Place, QuoteKind
from search.storage.indexing.indexed_quote import SCARE
from search.storage.quote_filter import QuoteFilter
from search.storage.speakers.name_table import NameTable
from search.term_index import TermReader, day_key
from search.term_index.conditions import Conditions, Labelled

_NO_END: Final = 2**62  # behind all days


def conditions_of(reader: TermReader, names: NameTable, wanted: QuoteFilter) -> Conditions:
    """Return the conditions that the quotes meet which pass a filter, as far as the term index holds what it demands."""
    days = None
    if wanted.published_from or wanted.published_before:
        end = day_key(wanted.published_before) if wanted.published_before else _NO_END
        days = day_key(wanted.published_from), end
    return Conditions(
        tuple(_demanded(reader, names, wanted)), tuple(_left_out(names, wanted)), days, max(wanted.stored_after, 0)
    )


def _demanded(reader: TermReader, names: NameTable, wanted: QuoteFilter) -> Iterator[Labelled]:
    if wanted.speakers is not None:
        yield _said_by(names, wanted.speakers)
    if wanted.outlets is not None:
        yield Labelled("outlet", wanted.outlets)
    if wanted.languages is not None:
        # The language of a quote may name a country, too.
        codes = [code for code in reader.label_values("language") if code[:2] in wanted.languages]
        yield Labelled("language", tuple(codes))
    if wanted.kinds is not None:
        yield Labelled("kind", wanted.kinds)


def _left_out(names: NameTable, wanted: QuoteFilter) -> Iterator[Labelled]:
    if wanted.not_speakers:
        yield _said_by(names, wanted.not_speakers)
    if wanted.not_outlets:
        yield Labelled("outlet", wanted.not_outlets)
    if not wanted.scare:
        yield Labelled("scare", (SCARE,))
    if not wanted.indirect:
        yield Labelled("kind", (QuoteKind.INDIRECT.value,))
    if not wanted.comments:
        yield Labelled("place", (Place.COMMENT.value,))


def _said_by(names: NameTable, speakers: Sequence[str]) -> Labelled:
    """Return the quotes that are by one of some speakers, as their documents mean them."""
    meant, otherwise = names.exceptions(speakers)
    return Labelled("speaker", tuple(speakers), tuple(sorted(otherwise)), tuple(sorted(meant)))
