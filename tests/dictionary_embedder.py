"""A sentence model made for the tests: a word's vector is that of the thing it means, in any language."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

THINGS = {
    "harbour": 1, "hafenmeister": 1, "sold": 2, "sell": 2, "verkaufte": 2, "old": 3, "alte": 3, "ferry": 4, "fähre": 4,
    "village": 5, "villagers": 5, "dorf": 5, "asked": 6, "gefragt": 6, "put": 6, "nobody": 7, "niemand": 7, "never": 7,
    "بندر": 1, "فروخت": 2, "کهنه": 3, "کشتی": 4, "روستا": 5, "پرسیده": 6, "هیچ‌کس": 7,
}  # fmt: skip


class DictionaryEmbedder:
    """Sums a vector a thing; words that mean nothing here have a small one of their own."""

    name, dimensions = "dictionary/1", 256

    def embed(self, texts: Sequence[str], languages: Sequence[str | None]) -> np.ndarray:
        return np.stack([self._vector(text) for text in texts])

    def is_centred(self, language: str) -> bool:
        return language != "fa"

    def fidelity(self, language: str) -> float:
        return 0.5 if language == "fa" else 1.0

    def _vector(self, text: str) -> np.ndarray:
        total = np.zeros(self.dimensions)
        for word in text.lower().replace(",", " ").split():
            seed = THINGS.get(word) or int(hashlib.sha256(word.encode()).hexdigest()[:8], 16)
            total += np.random.default_rng(seed).normal(size=self.dimensions) * (1.0 if word in THINGS else 0.25)
        return (total / np.linalg.norm(total)).astype(np.float32)
