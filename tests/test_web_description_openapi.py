"""The OpenAPI document: valid by a validator that others wrote, and of every address of the API."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator

from search.settings import Settings
from search.storage.store import Store
from web.app import create_app
from web.description.openapi import openapi_document
from web.description.operation import operation_of

DESCRIBED = ("/api/v1/", "/healthz")  # how the addresses begin that are described


@pytest.fixture(scope="module")
def app(samples: Store, sample_settings: Settings) -> Flask:
    return create_app(sample_settings, samples)


@pytest.fixture(scope="module")
def document(app: Flask) -> dict[str, Any]:
    return openapi_document(app)


def test_it_is_valid(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []  # type: ignore[arg-type]


def test_every_address_of_the_api_is_in_it(app: Flask, document: dict[str, Any]) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith(DESCRIBED)]
    undescribed = [rule.rule for rule in rules if operation_of(app.view_functions[rule.endpoint]) is None]
    assert undescribed == ["/api/v1/openapi.json"]
    assert sum(len(operations) for operations in document["paths"].values()) == len(rules) - 1 > 10
    assert document["paths"]["/api/v1/utterances/{id}"]["get"]["parameters"][0]["name"] == "id"
    formats = document["paths"]["/api/v1/quotes.{format}"]["get"]["parameters"][0]["schema"]["enum"]
    assert formats == ["apa", "bibtex", "chicago", "csl", "mla", "ris"]


def test_to_compare_whom_nobody_quotes_is_an_answer_that_is_described(app: Flask, document: dict[str, Any]) -> None:
    asked = {"q": "a different cupboard", "speaker": ["Nobody At All", "Gerald Stannard"]}
    status = app.test_client().get("/api/v1/compare", query_string=asked).status_code
    assert status == 404
    assert str(status) in document["paths"]["/api/v1/compare"]["get"]["responses"]


def test_every_operation_has_a_sentence_and_every_argument_too(document: dict[str, Any]) -> None:
    names = []
    for operations in document["paths"].values():
        for each in operations.values():
            assert each["summary"].endswith((".", "`."))
            names.append(each["operationId"])
            assert all(one["description"] for one in each["parameters"] if one["in"] == "query")
            assert {"400", "421", "429", "503"} < each["responses"].keys()
    assert len(names) == len(set(names))


def test_no_reference_leads_nowhere_and_no_shape_stands_for_nothing(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    for part in ("schemas", "responses"):
        for name in document["components"][part]:
            assert f'"#/components/{part}/{name}"' in text, name


def test_what_takes_a_body_may_be_too_large_or_of_another_site(document: dict[str, Any]) -> None:
    sent = document["paths"]["/api/v1/check/quotations"]["post"]
    assert {"403", "413", "415"} <= sent["responses"].keys()
    assert sent["requestBody"]["required"] is True
    assert "415" not in document["paths"]["/api/v1/quotes"]["get"]["responses"]
