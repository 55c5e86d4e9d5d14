"""JSON Lines: one quote a line, with how its version relates to what was asked, and the id of its utterance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from search.model import Result
from search.renderers import Style
from search.renderers.json import encoded, match_object, quote_object


def render(result: Result, style: Style) -> str:
    """Return the quotes of the answer, a line each, in its order."""
    return "".join(map(encoded, _rows(result)))


def _rows(result: Result) -> Iterator[dict[str, Any]]:
    for utterance in result.utterances:
        for version in utterance.versions:
            for quote in version.quotes:
                yield {**quote_object(quote), **match_object(version.match), "utterance": utterance.id}
