"""What an answer can be narrowed to: how many of its quotes each speaker, outlet, year, language and kind has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from search.model import Quote
from search.names.clusters import Speakers
from search.names.speaker_kind import is_person_or_body

MOST_VALUES: Final = 30  # of one facet: a page shows 8 at once, and nobody reads down a longer list

Facets = Mapping[str, tuple[tuple[str, int], ...]]
"""By name of the facet, its values with the number of quotes that have each, commonest first."""


def count_facets(quotes: Sequence[Quote], who: Speakers) -> Facets:
    """Return the facets of some quotes. A quote without a value counts in none of that facet.

    A joint statement counts for each of its speakers, and who is a role alone ("official") is no speaker.
    """
    values: dict[str, Counter[str]] = {
        "speaker": Counter(filter(is_person_or_body, (name for quote in quotes for name in who.all_of(quote.speaker)))),
        "outlet": Counter(quote.outlet for quote in quotes if quote.outlet),
        "year": Counter(quote.published[:4] for quote in quotes if quote.published),
        "language": Counter(quote.language for quote in quotes if quote.language),
        "kind": Counter(quote.kind for quote in quotes),
    }
    return {
        name: tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_VALUES])
        for name, counts in values.items()
    }
