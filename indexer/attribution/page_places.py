"""Tell where on the page an offset stands, from the document's regions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from indexer.entities.entities import name_key
from search.model import Document, Place, Region

# Where a cited name ends: before a title or a handle, and in a post before its sender's motto, "Ann Lee - Text PORT to 12".
_BEHIND_NAME = re.compile(r"[,(]| [-–—|•] ")
_NESTED_REGIONS = 4  # regions seldom nest: only the last few that start before an offset are looked at


class PagePlaces:
    """Answer for one document where an offset (code points) stands."""

    def __init__(self, document: Document, headline_end: int) -> None:
        self._regions: list[Region] = sorted(document.regions, key=lambda region: region.span)
        self._starts = [region.span.start for region in self._regions]
        self._headline_end = headline_end

    def _around(self, offset: int) -> Iterator[Region]:
        """Yield the regions around an offset."""
        last = bisect_right(self._starts, offset)
        for region in self._regions[max(0, last - _NESTED_REGIONS) : last]:
            if region.span.start <= offset < region.span.end:
                yield region

    def place_of(self, offset: int) -> Place:
        """Return the place of an offset; a comment stays one whatever it holds."""
        roles = {region.role for region in self._around(offset)}
        if "comment" in roles:
            return Place.COMMENT
        if "caption" in roles:
            return Place.CAPTION
        return Place.HEADLINE if "heading" in roles or offset < self._headline_end else Place.BODY

    def cited_name(self, offset: int, *, marked: bool = False) -> str | None:
        """Return the name under a block quotation, as the page gives it: "— Ann Lee, The Book".

        None for words between marks in a post of a network, "— Ann Lee (@annlee)": these are seldom of whoever posts them.
        """
        for region in self._around(offset):
            if region.role == "blockquote" and region.note and not (marked and "(@" in region.note):
                name = _BEHIND_NAME.split(region.note.strip(' \t\n-–—―"“”'))[0].strip()
                if name_key(name):
                    return name
        return None
