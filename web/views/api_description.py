"""What the API says of itself: the OpenAPI document for programs, and the same as a page for people."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request

from search.renderers.json import encoded
from web.description.openapi import openapi_document


def description_blueprint() -> Blueprint:
    """Return the two addresses. The document is made once, when every address is known."""
    description = Blueprint("description", __name__)

    @cache
    def document() -> dict[str, Any]:
        return openapi_document(current_app)

    def tagged(response: Response) -> Response:
        response.add_etag()
        response.headers["Cache-Control"] = "no-cache"
        response.make_conditional(request)
        return response

    @description.get("/api/v1/openapi.json")
    def openapi() -> Response:
        return tagged(Response(encoded(document()), content_type="application/json"))

    @description.get("/api")
    def api_page() -> Response:
        return tagged(make_response(render_template("api.html", document=document())))

    return description
