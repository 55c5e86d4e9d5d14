"""How a `Result` is shown: one file a format, each with `render(result, style) -> str`. The folder is the registry."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from typing import Protocol, cast

from search.errors import ConfigError
from search.model import Result


@dataclass(frozen=True, slots=True)
class Style:
    """What the place that shows the result can do: terminal colours, and its width in columns."""

    color: bool = False
    width: int = 100


class Renderer(Protocol):
    def render(self, result: Result, style: Style) -> str:
        """`result` as text that ends with a line break."""


def names() -> list[str]:
    """The formats there are."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def render(name: str, result: Result, style: Style | None = None) -> str:
    """`result` in the format `name`; ConfigError if there is no such format."""
    if name not in names():
        raise ConfigError(f"`{name}` is no output format; there are: {', '.join(names())}.")
    renderer = cast(Renderer, importlib.import_module(f"{__name__}.{name}"))
    return renderer.render(result, style or Style())
