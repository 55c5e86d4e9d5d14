"""What a view of the API takes and answers, said once: the view is called with it, and the description is made from it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from flask import Response, request

from web.description.arguments import NoArguments, read_arguments

JSON_TYPE: Final = "application/json"
AnyView = Callable[..., Response]


@dataclass(frozen=True, slots=True)
class Operation:
    """What one address takes and answers.

    arguments   the type of its query string
    answers     media type -> the type of its JSON; None for what is no JSON
    body        media type -> the type of its JSON, None for bytes; empty where none is taken
    problems    statuses of errors of its own, besides those that every address may have
    linked      whether an answer may link the next part of a list
    tagged      whether an answer has an ETag, and 304 is answered to who has it
    """

    summary: str
    description: str
    arguments: type[msgspec.Struct]
    answers: Mapping[str, Any]
    body: Mapping[str, Any]
    problems: tuple[int, ...]
    linked: bool
    tagged: bool


def operation(
    answers: Mapping[str, Any],
    *,
    arguments: type[msgspec.Struct] = NoArguments,
    body: Mapping[str, Any] | None = None,
    problems: tuple[int, ...] = (),
    linked: bool = False,
    tagged: bool = True,
) -> Callable[[AnyView], AnyView]:
    """Return a decorator that calls a view with the arguments of the address, read as `arguments`, before those of its path.

    The first line of the view's docstring is the summary in the description. Reading raises QueryError.
    """

    def decorate(view: AnyView) -> AnyView:
        @functools.wraps(view)
        def answered(**values: Any) -> Response:
            return view(read_arguments(arguments, request.args), **values)

        summary, _, rest = (view.__doc__ or "").strip().partition("\n")
        described = Operation(summary, " ".join(rest.split()), arguments, answers, body or {}, problems, linked, tagged)
        answered.operation = described  # type: ignore[attr-defined]
        return answered

    return decorate


def operation_of(view: Any) -> Operation | None:
    """Return what a view takes and answers; None for a view that does not say it."""
    described = getattr(view, "operation", None)
    return described if isinstance(described, Operation) else None
