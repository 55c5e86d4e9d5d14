"""What makes a vector of a text: the interface, and the models that there are, one file each in `embedders/`."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Protocol, cast

import numpy as np
import numpy.typing as npt

from search.errors import ConfigError

EXTRAS = {"bundled": "semantic", "onnx_folder": "onnx"}  # by module


class Embedder(Protocol):
    """A sentence model. Texts that mean the same have vectors with a high cosine, in whichever language they are."""

    @property
    def name(self) -> str:
        """Return the model with its version: vectors of one name are never compared with those of another."""

    @property
    def dimensions(self) -> int:
        """Return how many numbers a vector has, a multiple of 64."""

    def embed(self, texts: Sequence[str], languages: Sequence[str | None]) -> npt.NDArray[np.float32]:
        """Return the vectors of some texts, `(texts, dimensions)`, of length 1, spread around 0 in each dimension.

        `languages` are their ISO 639 codes, None where not known.
        """

    def is_centred(self, language: str) -> bool:
        """Return whether the vectors of a language are spread around 0, with nothing in common but what they mean."""

    def fidelity(self, language: str) -> float:
        """Return how much of a cosine is left between a text in a language and its translation, above 0, 1 for all of it."""


def open_embedder(model: str) -> Embedder:
    """Return the embedder of a model: "bundled" for the one of the extra, else a folder with an ONNX sentence model.

    Raises ConfigError, in one sentence, when what it needs is not there.
    """
    module = "bundled" if model == "bundled" else "onnx_folder"
    try:
        opened = importlib.import_module(f"search.semantic.embedders.{module}").open_model(model)
    except ImportError as error:
        raise ConfigError(
            f"The setting semantic = on needs {error.name}, which is not installed: "
            f"pip install 'quotes-engine[{EXTRAS[module]}]'"
        ) from error
    return cast(Embedder, opened)
