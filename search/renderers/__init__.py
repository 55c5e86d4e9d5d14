"""How a `Result` is shown: one file a format, each with `render(result, style) -> str`. The folder is the registry."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from typing import Final, Literal, Protocol, cast, get_args

from search.errors import ConfigError
from search.model import Result

# Every module of the folder is in one of the two, in the order in which they are offered; a test compares them.
PRINTED_FORMATS: Final = ("text", "json", "jsonl", "csv")
CitationFormat = Literal["apa", "chicago", "mla", "bibtex", "ris", "csl"]
CITATION_FORMATS: Final[tuple[str, ...]] = get_args(CitationFormat)


@dataclass(frozen=True, slots=True)
class Style:
    """The terminal that shows a result: whether it has colours, and its width in columns."""

    color: bool = False
    width: int = 100


class Renderer(Protocol):
    """A module of this folder."""

    def render(self, result: Result, style: Style) -> str:
        """Return `result` as text that ends with a line break."""


def format_names() -> list[str]:
    """Return the names of the formats: those of the modules in this folder."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def render_as(name: str, result: Result, style: Style | None = None) -> str:
    """Return `result` in the format `name`. Raises ConfigError if there is no such format."""
    if name not in format_names():
        raise ConfigError(f"`{name}` is not an output format; there are: {', '.join(format_names())}.")
    renderer = cast(Renderer, importlib.import_module(f"{__name__}.{name}"))
    return renderer.render(result, style or Style())
