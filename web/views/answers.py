"""What a view answers with: a template filled in, or JSON."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, render_template

from search.renderers.json import encoded
from web.description.operation import JSON_TYPE


def page(template: str, **values: Any) -> Response:
    """Return a template, filled in."""
    return make_response(render_template(template, **values))


def json_answer(body: object) -> Response:
    """Return a value as JSON."""
    return Response(encoded(body), content_type=JSON_TYPE)
