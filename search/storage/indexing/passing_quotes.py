"""Which quotes pass a filter, as a mask over their numbers, made of what the term index holds and kept for the next query.

A name means who it means in its document, which may change without the quote, so that the index holds names as they are
printed and the archive's few exceptions are put to them here.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from search.model import Place, QuoteKind
from search.storage.indexing.indexed_quote import SCARE
from search.storage.quote_filter import QuoteFilter
from search.storage.speakers.name_table import NameTable
from search.term_index import Numbers, TermReader, day_key

Mask = npt.NDArray[np.bool_]
KEPT_BYTES: Final = 16 * 2**20  # of masks: one byte a quote each
_NO_END: Final = 2**62  # behind all days


class PassingQuotes:
    """The masks of one archive; safe to use from many threads."""

    def __init__(self, names: NameTable, highest: Callable[[], int]) -> None:
        self._names = names
        self._highest = highest
        self._kept: OrderedDict[Hashable, Mask] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def mask(self, reader: TermReader, wanted: QuoteFilter, stamp: Hashable) -> Mask:
        """Return a mask of the quotes of the index that pass a filter, at their numbers (see `passes`); not to be written to.

        What the index does not hold (`unindexed`) is left aside. `stamp` changes whenever a name comes to mean another.
        """
        wanted = _indexed(wanted)
        key = self._key(reader, wanted, stamp)
        if (kept := self._found(key)) is not None:
            return kept
        mask = self._made(reader, wanted, stamp)
        mask.flags.writeable = False
        with self._lock:
            if key not in self._kept:
                self._kept[key] = mask
                self._bytes += mask.nbytes
            while self._bytes > KEPT_BYTES and len(self._kept) > 1:
                self._bytes -= self._kept.popitem(last=False)[1].nbytes
        return mask

    def kept_mask(self, reader: TermReader, wanted: QuoteFilter, stamp: Hashable) -> Mask | None:
        """Return the mask of a filter if it is known, or made out of few labels; None where it takes a look at many quotes."""
        wanted = _indexed(wanted)
        if wanted == _usual(wanted):
            return self.mask(reader, wanted, stamp)
        return self._found(self._key(reader, wanted, stamp))

    def _key(self, reader: TermReader, wanted: QuoteFilter, stamp: Hashable) -> Hashable:
        return reader.position, reader.mark, self._highest(), stamp, wanted

    def _found(self, key: Hashable) -> Mask | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _made(self, reader: TermReader, wanted: QuoteFilter, stamp: Hashable) -> Mask:
        # The last place is for all numbers beyond: what came since does not pass.
        size = self._highest() + 2
        if wanted == _usual(wanted):
            mask = np.zeros(size, dtype=np.bool_)
            mask[:-1] = reader.lengths(np.arange(size - 1)) > 0
        else:
            # What nearly every filter leaves out is left out once: of a million quotes in 12 ms.
            mask = self.mask(reader, _usual(wanted), stamp)[:size].copy()
        mask[-1] = False
        mask[: wanted.stored_after + 1] = False
        for demanded in self._demanded(reader, wanted):
            among = np.zeros(size, dtype=np.bool_)
            among[_below(size - 1, demanded)] = True
            mask &= among
        for left_out in self._left_out(reader, wanted):
            mask[_below(size - 1, left_out)] = False
        return mask

    def _demanded(self, reader: TermReader, wanted: QuoteFilter) -> Iterable[Numbers]:
        """Yield the quotes that meet each condition of a filter."""
        if wanted.speakers is not None:
            yield self._said_by(reader, wanted.speakers)
        if wanted.outlets is not None:
            yield reader.labelled("outlet", wanted.outlets)
        if wanted.languages is not None:
            # The language of a quote may name a country, too.
            codes = [code for code in reader.label_values("language") if code[:2] in wanted.languages]
            yield reader.labelled("language", codes)
        if wanted.kinds is not None:
            yield reader.labelled("kind", wanted.kinds)
        if wanted.published_from or wanted.published_before:
            start, end = day_key(wanted.published_from), day_key(wanted.published_before)
            yield reader.printed_between(start, end if wanted.published_before else _NO_END)

    def _left_out(self, reader: TermReader, wanted: QuoteFilter) -> Iterable[Numbers]:
        """Yield the quotes that each condition of a filter leaves out: what is not known is none of them."""
        if wanted.not_speakers:
            yield self._said_by(reader, wanted.not_speakers)
        if wanted.not_outlets:
            yield reader.labelled("outlet", wanted.not_outlets)
        if not wanted.scare:
            yield reader.labelled("scare", [SCARE])
        if not wanted.indirect:
            yield reader.labelled("kind", [QuoteKind.INDIRECT.value])
        if not wanted.comments:
            yield reader.labelled("place", [Place.COMMENT.value])

    def _said_by(self, reader: TermReader, names: Collection[str]) -> Numbers:
        """Return the quotes that are by one of some names, as their documents mean them."""
        meant, otherwise = self._names.exceptions(names)
        printed = reader.labelled("speaker", names)
        if otherwise:
            printed = printed[~np.isin(printed, np.array(sorted(otherwise)))]
        return np.concatenate([printed, np.array(sorted(meant), dtype=np.int64)])


def _below(end: int, numbers: Numbers) -> Numbers:
    """Return those of the numbers that are below an end: nearly always all, and to copy a million takes 5 ms."""
    return numbers if numbers.max(initial=-1) < end else numbers[numbers < end]


def passes(mask: Mask, numbers: Numbers) -> npt.NDArray[np.bool_]:
    """Return for each of some quotes whether a mask lets it pass, whatever its number."""
    passing: npt.NDArray[np.bool_] = mask[np.minimum(numbers, len(mask) - 1)]
    return passing


def _indexed(wanted: QuoteFilter) -> QuoteFilter:
    """Return what a filter demands that the term index holds."""
    return replace(wanted, documents=None, not_documents=(), min_confidence=0.0)


def _usual(wanted: QuoteFilter) -> QuoteFilter:
    """Return what a filter says of the kinds of quotes that are left out unless they are asked for."""
    return QuoteFilter(scare=wanted.scare, indirect=wanted.indirect, comments=wanted.comments)


def unindexed(wanted: QuoteFilter) -> QuoteFilter:
    """Return what a filter demands that the term index does not hold."""
    return QuoteFilter(
        documents=wanted.documents, not_documents=wanted.not_documents, min_confidence=wanted.min_confidence
    )
