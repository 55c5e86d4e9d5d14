"""The OpenAPI 3.1 document of the API, made from the addresses and views of the application that answers them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any, Final

import msgspec
from flask import Flask
from werkzeug.routing import AnyConverter, Rule

from web.description.operation import JSON_TYPE, Operation, operation_of
from web.errors import PROBLEM_TYPE, ProblemObject, problem_title

EVERYWHERE: Final = (
    400,
    401,
    421,
    429,
    503,
)  # an argument; a key that is none; a name that is not served; too many requests; a locked archive
_REFERENCE: Final = "#/components/schemas/{name}"
_WHAT_IT_IS: Final = (
    "Who said what, in which outlet, and every version of it, out of an archive of documents. Errors are "
    "`application/problem+json` (RFC 9457) whose `detail` is a sentence for a person. What is read has an `ETag`; with it in "
    "`If-None-Match`, 304 is answered while the archive has not changed. Lists go on at the `Link` whose `rel` is `next`."
)


def openapi_document(app: Flask) -> dict[str, Any]:
    """Return the OpenAPI document of `app`: one operation for each address of the API and each method."""
    described = list(_described_rules(app))
    kinds = [ProblemObject, *(kind for _, _, one in described for kind in _types(one))]
    unique = list({id(kind): kind for kind in kinds}.values())
    references, schemas = msgspec.json.schema_components(unique, ref_template=_REFERENCE)
    schema_of = {id(kind): schema for kind, schema in zip(unique, references, strict=True)}
    statuses = sorted({status for _, _, one in described for status in _problems("", one)} | {404})
    paths: dict[str, dict[str, Any]] = {}
    for rule, method, one in described:
        path = re.sub(r"<(?:[^:<>]+:)?(\w+?)_?>", r"{\1}", rule.rule)
        paths.setdefault(path, {})[method.lower()] = _operation_object(rule, one, schema_of, schemas)
    arguments = {one.arguments.__name__ for _, _, one in described}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Quotes", "version": version("quotes-engine"), "description": _WHAT_IT_IS},
        "servers": [{"url": "/"}],
        "security": [{}, {"key": []}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": {name: schema for name, schema in sorted(schemas.items()) if name not in arguments},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "responses": {f"Problem{status}": _problem_response(status) for status in statuses},
        },
    }


def _described_rules(app: Flask) -> Iterator[tuple[Rule, str, Operation]]:
    for rule in app.url_map.iter_rules():
        one = operation_of(app.view_functions[rule.endpoint])
        if one is not None:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method, one


def _types(one: Operation) -> list[Any]:
    return [one.arguments, *(kind for kind in (*one.answers.values(), *one.body.values()) if kind is not None)]


def _operation_object(
    rule: Rule, one: Operation, schema_of: Mapping[int, Any], schemas: Mapping[str, Any]
) -> dict[str, Any]:
    problems = {
        str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in _problems(rule.rule, one)
    }
    answer: dict[str, Any] = {
        "operationId": rule.endpoint.rpartition(".")[2],
        "summary": one.summary,
        **({"description": one.description} if one.description else {}),
        "parameters": [*_path_parameters(rule), *_query_parameters(schemas[one.arguments.__name__])],
        "responses": {
            "200": {
                "description": "What was asked for.",
                "headers": _headers(one),
                "content": _content(one.answers, schema_of),
            },
            **({"304": {"description": "It has not changed since."}} if one.tagged else {}),
            **dict(sorted(problems.items())),
        },
    }
    if one.body:
        answer["requestBody"] = {"required": True, "content": _content(one.body, schema_of)}
    return answer


def _problems(rule: str, one: Operation) -> set[int]:
    """Return the statuses of errors that an operation may answer."""
    return {
        *EVERYWHERE,
        *one.problems,
        *((404,) if "<" in rule else ()),
        *((403, 413) if one.body else ()),
        *((415,) if JSON_TYPE in one.body else ()),
    }


def _content(kinds: Mapping[str, Any], schema_of: Mapping[int, Any]) -> dict[str, Any]:
    return {
        media_type: {"schema": schema_of[id(kind)] if kind is not None else {"type": "string"}}
        for media_type, kind in kinds.items()
    }


def _headers(one: Operation) -> dict[str, Any]:
    text = {"schema": {"type": "string"}}
    headers = {"ETag": {"description": "Changes with the archive."} | text} if one.tagged else {}
    if one.linked:
        headers["Link"] = {"description": "The next part (RFC 8288); none behind the last."} | text
    return headers


def _path_parameters(rule: Rule) -> Iterator[dict[str, Any]]:
    for name in sorted(rule.arguments):
        converter = rule._converters[name]
        schema = {"type": "string", "minLength": 1}
        if isinstance(converter, AnyConverter):
            schema = {"type": "string", "enum": sorted(converter.items)}
        yield {"name": name.removesuffix("_"), "in": "path", "required": True, "schema": schema}


def _query_parameters(schema: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name, each in schema["properties"].items():
        kept = {key: value for key, value in each.items() if key not in ("description", "default")}
        yield {"name": name, "in": "query", "description": each["description"], "schema": kept}


def _problem_response(status: int) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if status in (429, 503):
        headers = {
            "Retry-After": {"description": "Seconds until it is worth asking again.", "schema": {"type": "string"}}
        }
    return {
        "description": problem_title(status),
        **({"headers": headers} if headers else {}),
        "content": {PROBLEM_TYPE: {"schema": {"$ref": _REFERENCE.format(name=ProblemObject.__name__)}}},
    }
