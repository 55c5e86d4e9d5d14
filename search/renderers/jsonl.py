"""JSON Lines: one quote a line, each with the version that it belongs to."""

from __future__ import annotations

from search.model import Result
from search.renderers import Style
from search.renderers.json import encoded, hit_object


def render(result: Result, style: Style) -> str:
    return "".join(
        encoded(hit_object(hit) | {"version": version.id}) for version in result.versions for hit in version.hits
    )
