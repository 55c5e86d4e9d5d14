"""The engines that there are: the folder is the registry, `<name>_index.py` with `open_index(folder)` is an engine."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from typing import Final

import search.term_index
from search.errors import ConfigError
from search.term_index import TermIndex

_SUFFIX: Final = "_index"


def engine_names() -> tuple[str, ...]:
    """Return the names of the engines, in order."""
    modules = (module.name for module in pkgutil.iter_modules(search.term_index.__path__))
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in modules if name.endswith(_SUFFIX)))


def checked_name(name: str) -> str:
    """Return `name` if it is that of an engine.

    Raises:
        ConfigError: there is no engine of that name.
    """
    if name not in engine_names():
        raise ConfigError(f"`{name}` is no search engine of this program; there are: {', '.join(engine_names())}.")
    return name


def open_engine(name: str, folder: Path) -> TermIndex:
    """Return the index of an engine in a folder of its own, made if it is not there.

    Raises:
        ConfigError: there is no engine of that name.
        SchemaMismatch: another version of this program made the index.
        StoreUnavailable: the index is damaged or cannot be read.
    """
    module = importlib.import_module(f"search.term_index.{checked_name(name)}{_SUFFIX}")
    index: TermIndex = module.open_index(folder)
    return index
