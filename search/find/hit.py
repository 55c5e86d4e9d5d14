"""A quote that answers a query, and how."""

from __future__ import annotations

from dataclasses import dataclass

from search.model import Match, Quote


@dataclass(frozen=True, slots=True)
class Hit:
    """A quote and how it relates to what was asked."""

    quote: Quote
    match: Match
