"""Random quotes, the same at every run, and filters over them."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import strategies as st

from search.model import Quote
from search.storage.quote_filter import QuoteFilter

NAMES = ("Ann Lee", "Bo Ray", "O'Hara", "Ærø", "", "x" * 300)
DAYS = ("2023-12-31T23:59:59Z", "2024-01-05", "2024-01-05T10:00:00Z", "2024-02-01")
LANGUAGES = ("en", "de", "de-AT")


def wanted_of(values: Sequence[str]) -> st.SearchStrategy[tuple[str, ...] | None]:
    return st.none() | st.lists(st.sampled_from(values), max_size=3).map(tuple)


fields = {
    "speakers": wanted_of(NAMES),
    "not_speakers": st.lists(st.sampled_from(NAMES), max_size=2).map(tuple),
    "outlets": wanted_of(NAMES),
    "not_outlets": st.lists(st.sampled_from(NAMES), max_size=2).map(tuple),
    "languages": wanted_of(("en", "de", "fr")),
    "kinds": wanted_of(("direct", "mixed", "indirect")),
    "published_from": st.sampled_from(DAYS),
    "published_before": st.sampled_from(DAYS),
    "scare": st.booleans(),
    "indirect": st.booleans(),
    "comments": st.booleans(),
    "documents": wanted_of(("d0", "d1", "d2")),
    "not_documents": st.lists(st.sampled_from(("d0", "d1", "d2")), max_size=1).map(tuple),
    "min_confidence": st.sampled_from((0.0, 0.3, 0.8)),
    "stored_after": st.sampled_from((0, 1, 150, 299, 400)),
}
# One to three conditions: with all at once hardly any quote passes, and any mistake would.
filters = st.lists(st.sampled_from(sorted(fields)), min_size=1, max_size=3, unique=True).flatmap(
    lambda names: st.builds(QuoteFilter, **{name: fields[name] for name in names})
)


def some_quotes(count: int) -> list[Quote]:
    """The same random quotes at every run, enough of them that each pair of values comes together."""
    chance = random.Random(7)
    return [
        Quote(
            id=f"q{number}",
            document_id=chance.choice(("d0", "d1", "d2", "")),
            text="words",
            kind=chance.choice(("direct", "mixed", "indirect")),
            speaker=chance.choice((*NAMES, None)),
            outlet=chance.choice((*NAMES, None)),
            confidence=chance.choice((0.0, 0.3, 0.5, 1.0)),
            scare=chance.random() < 0.5,
            place=chance.choice(("body", "comment", "headline")),
            published=chance.choice((*DAYS, None)),
            language=chance.choice((*LANGUAGES, None)),
        )
        for number in range(count)
    ]
