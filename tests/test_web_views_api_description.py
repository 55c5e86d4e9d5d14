"""The description of the API as it is served: for programs and for people."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient
from html_page import get_page

from web.views.api_description import description_blueprint


def test_programs_are_given_it_once(client: FlaskClient) -> None:
    response = client.get("/api/v1/openapi.json")
    assert response.mimetype == "application/json"
    assert response.json is not None
    assert response.json["openapi"] == "3.1.0"
    again = client.get("/api/v1/openapi.json", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_people_read_the_same(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").json
    assert document is not None
    page = get_page(client, "/api")
    for path, operations in document["paths"].items():
        for method, each in operations.items():
            assert f"{method.upper()} {path}" in page.text
            assert each["operationId"] in page.ids
    assert set(document["components"]["schemas"]) < set(page.ids)
    # Each kind is a link to where it is said what it is.
    assert {link[1:] for link in page.links if link.startswith("#")} <= {*page.ids}
    assert not re.search(r"\bNone\b(?!-)|Undefined", page.text)


def test_the_page_is_led_to(client: FlaskClient) -> None:
    assert "/api" in get_page(client, "/about").links


def test_an_application_that_answers_nothing_describes_nothing() -> None:
    app = Flask("none")
    app.register_blueprint(description_blueprint())
    document = app.test_client().get("/api/v1/openapi.json").json
    assert document is not None
    assert document["paths"] == {}
