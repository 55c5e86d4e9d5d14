"""A sentence model of the newsroom's own: a folder with `model.onnx` and `tokenizer.json`, as sentence-transformers exports it.

The vectors are the mean of the model's token vectors where the attention mask is set (Reimers and Gurevych, 2019), or its own
`sentence_embedding`, made of length 1. Nothing of the folder but these two files, and `prefix.txt` if it is there ("passage: "
for the E5 family), is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.errors import ConfigError

_MODEL, _TOKENIZER, _PREFIX = "model.onnx", "tokenizer.json", "prefix.txt"
TOKENS: Final = 256  # of a text that are read
_BATCH: Final = 32
_PREFIX_CHARACTERS: Final = 100


class OnnxEmbedder:
    """The model of a folder."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        try:
            model = (folder / _MODEL).read_bytes()
            self._tokenizer: Any = Tokenizer.from_file(str(folder / _TOKENIZER))
            self._session: Any = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
            prefix = folder / _PREFIX
            self._prefix = prefix.read_text(encoding="utf-8")[:_PREFIX_CHARACTERS] if prefix.exists() else ""
        except Exception as error:
            raise ConfigError(f"{folder} is no ONNX sentence model: {str(error).splitlines()[0]}") from error
        self._tokenizer.enable_truncation(TOKENS)
        self._tokenizer.enable_padding()
        self._inputs = {each.name for each in self._session.get_inputs()}
        self.name = f"onnx-{hashlib.sha256(model).hexdigest()[:16]}{self._prefix}"
        width = self._encode(["."]).shape[1]
        self.dimensions = (width + 63) // 64 * 64

    def embed(self, texts: Sequence[str], languages: Sequence[str | None]) -> npt.NDArray[np.float32]:
        """Return the vectors of some texts, `(texts, dimensions)`, of length 1; the languages make no difference."""
        result = np.zeros((len(texts), self.dimensions), np.float32)
        for first in range(0, len(texts), _BATCH):
            part = self._encode(texts[first : first + _BATCH])
            result[first : first + len(part), : part.shape[1]] = part
        return result

    def _encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        encoded = self._tokenizer.encode_batch([self._prefix + text for text in texts])
        mask = np.array([each.attention_mask for each in encoded], np.int64)
        given = {
            "input_ids": np.array([each.ids for each in encoded], np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        output = self._session.run(None, {name: array for name, array in given.items() if name in self._inputs})[0]
        if output.ndim == 3:
            weights = mask[:, :, np.newaxis].astype(np.float32)
            output = (output * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1)
        lengths = np.maximum(np.linalg.norm(output, axis=1, keepdims=True), 1e-9)
        vectors: npt.NDArray[np.float32] = (output / lengths).astype(np.float32)
        return vectors


def open_model(name: str) -> OnnxEmbedder:
    """Return the model of the folder `name`. Raises ConfigError if there is none, ImportError without onnxruntime."""
    return OnnxEmbedder(Path(name).expanduser())
