"""The arguments that addresses of the API take, as types: what is refused and what the description says are one thing."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, TypeVar

import msgspec
from msgspec import UNSET, Meta, UnsetType
from werkzeug.datastructures import MultiDict

from search.errors import QueryError
from search.find.query_language import VALUE_LENGTH, VALUES_ALLOWED
from search.model import QuoteKind, SortOrder
from search.renderers import CitationFormat
from web.query_string import ANSWERS_ALLOWED, LAST_OFFSET

_Given = TypeVar("_Given", bound=msgspec.Struct)
_Name = Annotated[str, Meta(max_length=VALUE_LENGTH)]
_Limit = Annotated[int, Meta(ge=1, le=ANSWERS_ALLOWED, description=f"how many at most, from 1 to {ANSWERS_ALLOWED:,}")]
_Cursor = Annotated[
    str, Meta(pattern="^[A-Za-z0-9_-]*$", description="where to go on: the one in the `Link` of the part before")
]
MOST_QUOTATIONS: Final = 500  # checked in one request, which takes some 10 ms for each; the command has no such bound
_NAMES_SAID: Final = 40  # characters of an argument's name or value that an error says again


class NoArguments(msgspec.Struct, frozen=True):
    """An address that takes none."""


class PageArguments(msgspec.Struct, frozen=True):
    """Which part of a list is answered."""

    limit: _Limit | UnsetType = UNSET
    cursor: _Cursor = ""


class FindArguments(msgspec.Struct, frozen=True):
    """What is asked for: words, and filters that every quote has to pass. One that may be repeated passes with any of its values."""

    q: Annotated[str, Meta(description="words of the quote, or filters as they are typed (`speaker:zarif -war`)")] = ""
    speaker: Annotated[list[_Name], Meta(max_length=VALUES_ALLOWED, description="who said it")] = []
    outlet: Annotated[list[_Name], Meta(max_length=VALUES_ALLOWED, description="who printed it")] = []
    language: Annotated[list[_Name], Meta(max_length=VALUES_ALLOWED, description="its ISO 639 code")] = []
    kind: Annotated[
        list[QuoteKind], Meta(max_length=VALUES_ALLOWED, description="direct, mixed or indirect speech")
    ] = []
    not_speaker: Annotated[list[_Name], Meta(max_length=VALUES_ALLOWED, description="who did not say it")] = []
    not_outlet: Annotated[list[_Name], Meta(max_length=VALUES_ALLOWED, description="who did not print it")] = []
    without: Annotated[list[_Name], Meta(max_length=VALUES_ALLOWED, description="words that it does not hold")] = []
    after: Annotated[str, Meta(description="printed on this day or later: 2021-04-25, 2021-04 or 2021")] = ""
    before: Annotated[str, Meta(description="printed before this day")] = ""
    sort: Annotated[SortOrder, Meta(description="newest or oldest first; without it, the best match")] | UnsetType = (
        UNSET
    )
    exact: Annotated[bool, Meta(description="only these very words: true or false, 1 or 0")] = False
    scare: Annotated[bool, Meta(description="marks that quote nobody too: true or false")] = False
    indirect: Annotated[bool, Meta(description="speech without marks too: true or false")] = False
    explain: Annotated[bool, Meta(description="why each version is taken for what was asked: true or false")] = False
    limit: _Limit | UnsetType = UNSET
    cursor: _Cursor = ""
    offset: Annotated[int, Meta(ge=0, le=LAST_OFFSET, description="utterances to pass over, instead of a cursor")] = 0


class CompareArguments(msgspec.Struct, frozen=True):
    """Who is compared, and on which words."""

    q: Annotated[str, Meta(description="the words, with filters that hold for all of them")] = ""
    speaker: Annotated[list[_Name], Meta(max_length=VALUES_ALLOWED, description="two speakers, or up to four")] = []


class CitationArguments(msgspec.Struct, frozen=True):
    """How a reference is written."""

    format: Annotated[CitationFormat, Meta(description="apa, chicago, mla, bibtex, ris or csl")] = "apa"


class RevisionArguments(msgspec.Struct, frozen=True):
    """What a revision is compared with."""

    against: Annotated[str, Meta(description="the id of another revision; without it, the one before")] = ""


class ManuscriptArguments(msgspec.Struct, frozen=True):
    """What a manuscript is."""

    name: Annotated[str, Meta(description="the name of its file, which says how to read it: draft.docx")] = ""


class ListedQuotation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A quotation to be checked, `id` being whatever the answer shall call it by, `speaker` who is said to have said it."""

    text: Annotated[str, Meta(min_length=1)]
    speaker: Annotated[str, Meta(max_length=VALUE_LENGTH)] | None = None
    id: Annotated[str, Meta(max_length=VALUE_LENGTH)] = ""


class ListedQuotations(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Quotations to be checked."""

    quotations: Annotated[list[ListedQuotation], Meta(max_length=MOST_QUOTATIONS)]


def read_arguments(kind: type[_Given], args: MultiDict[str, str]) -> _Given:
    """Return the arguments of an address as `kind` has them.

    Raises QueryError for a name that `kind` does not have, one given too often, or a value that does not fit.
    """
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    values: dict[str, Any] = {}
    for name, given in args.lists():
        if name not in fields:
            known = f"there are: {', '.join(fields)}" if fields else "it takes none"
            raise QueryError(f"`{name[:_NAMES_SAID]}` is no argument of this address; {known}.")
        repeatable = fields[name].default_factory is list
        if len(given) > (VALUES_ALLOWED if repeatable else 1):
            raise QueryError(
                f"`{name}` is given {len(given)} times; {VALUES_ALLOWED if repeatable else 1} may be given."
            )
        values[name] = given if repeatable else given[0]
    try:
        return msgspec.convert(values, kind, strict=False)
    except msgspec.ValidationError as error:
        # "Expected `int` <= 1000 - at `$.limit`"
        what, _, place = str(error).partition(" - at ")
        name = re.sub(r"\W+.*", "", place.removeprefix("`$."))
        raise QueryError(f"`{name}` does not fit: {what}. It is {_described(kind, name)}.") from error


def read_body(kind: type[_Given], body: bytes) -> _Given:
    """Return a body of JSON as `kind` has it. Raises QueryError for what is no JSON, or does not fit, naming the place."""
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        raise QueryError(f"The body does not fit: {error}.") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise QueryError("The body is not JSON.") from error


def _described(kind: type[msgspec.Struct], name: str) -> str:
    schema = msgspec.json.schema_components([kind])[1][kind.__name__]
    return str(schema["properties"][name]["description"])
