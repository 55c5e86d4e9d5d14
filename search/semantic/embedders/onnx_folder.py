"""A sentence model of the newsroom's own: a folder with `model.onnx` and `tokenizer.json`, as sentence-transformers exports it.

The vectors are the mean of the model's token vectors where the attention mask is set (Reimers and Gurevych, 2019), or its own
`sentence_embedding`. Nothing of the folder but these two files, and `prefix.txt` if it is there ("passage: " for the E5 family),
is read.

What all vectors of a model have in common tells nothing apart, and would leave most bits the same in every quote. So the mean
of some sentences of many languages is taken out: those of `search/data/sample_sentences.txt`, always the same, so that vectors of one
model are comparable whenever they were made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.errors import ConfigError

_MODEL, _TOKENIZER, _PREFIX = "model.onnx", "tokenizer.json", "prefix.txt"
TOKENS: Final = 256  # of a text that are read
_BATCH: Final = 32
_PREFIX_CHARACTERS: Final = 100
SENTENCES_FILE: Final = "sample_sentences.txt"


class OnnxEmbedder:
    """The model of a folder."""

    def __init__(self, folder: Path) -> None:
        from onnxruntime.capi import onnxruntime_pybind11_state as onnx

        refusals = (
            onnx.Fail, onnx.InvalidArgument, onnx.InvalidGraph, onnx.InvalidProtobuf, onnx.NoModel, onnx.NotImplemented,
            onnx.RuntimeException,
        )  # fmt: skip
        try:
            model = self._load(folder)
            sentences = files("search").joinpath("data", SENTENCES_FILE).read_text(encoding="utf-8").splitlines()
            self._mean = self._encode(sentences).mean(axis=0)
        except (*refusals, OSError, ValueError, RuntimeError) as error:
            raise ConfigError(f"{folder} is no ONNX sentence model: {str(error).partition(chr(10))[0]}") from error
        self.name = f"onnx-{hashlib.sha256(model).hexdigest()[:16]}{self._prefix}/2"
        self.dimensions = (len(self._mean) + 63) // 64 * 64

    def _load(self, folder: Path) -> bytes:
        """Open the files of the folder, and return those of the model."""
        import onnxruntime
        from tokenizers import Tokenizer

        model = (folder / _MODEL).read_bytes()
        tokenizer = (folder / _TOKENIZER).read_text(encoding="utf-8")
        try:
            self._tokenizer: Any = Tokenizer.from_str(tokenizer)
        except Exception as error:  # the library has no error of its own, it raises Exception itself
            raise ValueError(f"{_TOKENIZER}: {error}") from error
        self._tokenizer.enable_truncation(TOKENS)
        self._tokenizer.enable_padding()
        self._session: Any = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
        self._inputs = {each.name for each in self._session.get_inputs()}
        prefix = folder / _PREFIX
        self._prefix = prefix.read_text(encoding="utf-8")[:_PREFIX_CHARACTERS] if prefix.exists() else ""
        return model

    def embed(self, texts: Sequence[str], languages: Sequence[str | None]) -> npt.NDArray[np.float32]:
        """Return the vectors of some texts, `(texts, dimensions)`, of length 1; the languages make no difference."""
        result = np.zeros((len(texts), self.dimensions), np.float32)
        for first in range(0, len(texts), _BATCH):
            part = _of_length_1(self._encode(texts[first : first + _BATCH]) - self._mean)
            result[first : first + len(part), : part.shape[1]] = part
        return result

    def is_centred(self, language: str) -> bool:
        """Return False: what its languages have in common is taken out, what each has of its own is not known."""
        return False

    def fidelity(self, language: str) -> float:
        """Return 1: all of a cosine is left, as far as is known of a model of one's own."""
        return 1.0

    def _encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return the model's own vectors, of length 1. Raises ValueError where it gives something else."""
        encoded = self._tokenizer.encode_batch([self._prefix + text for text in texts])
        mask = np.array([each.attention_mask for each in encoded], np.int64)
        given = {
            "input_ids": np.array([each.ids for each in encoded], np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        output = self._session.run(None, {name: array for name, array in given.items() if name in self._inputs})[0]
        if output.ndim == 3 and output.shape[:2] == mask.shape:
            weights = mask[:, :, np.newaxis].astype(np.float32)
            output = (output * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1)
        if output.ndim != 2 or len(output) != len(texts):
            raise ValueError(f"it gives an array of shape {output.shape} for {len(texts)} texts.")
        return _of_length_1(output)


def _of_length_1(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    of_length_1: npt.NDArray[np.float32] = (vectors / lengths).astype(np.float32)
    return of_length_1


def open_model(name: str) -> OnnxEmbedder:
    """Return the model of the folder `name`. Raises ConfigError if there is none, ImportError without onnxruntime."""
    return OnnxEmbedder(Path(name).expanduser())
