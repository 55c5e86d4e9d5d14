"""A sentence model of one's own in a folder: a real ONNX model of a few numbers, made for the test."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("onnxruntime", reason="needs the extra `onnx`")
pytest.importorskip("tokenizers", reason="needs the extra `onnx`")
pytest.importorskip("onnx", reason="makes the model of the test")

import onnx

from search.errors import ConfigError
from search.semantic.embedder import open_embedder

WORDS = ["[UNK]", "[PAD]", "ferry", "sold", "fähre", "verkauft", "wheat", "dear", "the", "said", "passage:"]
WIDTH = 100  # no multiple of 64, as some models' are not
MEANINGS = {"fähre": "ferry", "verkauft": "sold"}  # a model knows that they are the same


def token_vectors() -> np.ndarray:
    """One vector a word, all with much in common, as sentence models have it."""
    draw = np.random.default_rng(5)
    vectors = draw.normal(size=(len(WORDS), WIDTH)).astype(np.float32) + 3
    vectors[0] = 3  # what it does not know says no more than what all have in common
    for word, same in MEANINGS.items():
        vectors[WORDS.index(word)] = vectors[WORDS.index(same)]
    return vectors


def model(shape: list[str | int]) -> bytes:
    """A model that looks up the vector of each token."""
    helper, types = onnx.helper, onnx.TensorProto
    graph = helper.make_graph(
        [helper.make_node("Gather", ["vectors", "input_ids"], ["last_hidden_state"])],
        "words",
        [helper.make_tensor_value_info("input_ids", types.INT64, ["texts", "tokens"])],
        [helper.make_tensor_value_info("last_hidden_state", types.FLOAT, shape)],
        [onnx.numpy_helper.from_array(token_vectors(), "vectors")],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    return bytes(made.SerializeToString())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({word: place for place, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    (tmp_path / "model.onnx").write_bytes(model(["texts", "tokens", WIDTH]))
    (tmp_path / "tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    return tmp_path


def test_a_translation_is_near_and_what_all_have_in_common_says_nothing(folder: Path) -> None:
    opened = open_embedder(str(folder))
    assert opened.dimensions == 128
    asked, same, other = opened.embed(["The ferry sold", "the Fähre verkauft", "wheat dear"], ["en", "de", "en"])
    assert asked @ same == pytest.approx(1, abs=1e-3)
    assert np.linalg.norm(asked) == pytest.approx(1, abs=1e-3)
    # With the mean left in, any two of these words have a cosine of .9 and nearly all their signs are the same.
    assert asked @ other < 0.3
    assert ((asked > 0) == (other > 0)).mean() < 0.7


def test_a_text_has_the_same_vector_alone_and_beside_a_longer_one(folder: Path) -> None:
    opened = open_embedder(str(folder))
    alone = opened.embed(["ferry"], [None])
    assert opened.embed(["ferry", "wheat dear the said " * 50], [None] * 2)[:1] == pytest.approx(alone, abs=1e-5)
    assert opened.embed(["", "\0", "x" * 100_000], [None] * 3).shape == (3, 128)


def test_a_prefix_goes_before_each_text_and_makes_another_model_of_it(folder: Path) -> None:
    plain = open_embedder(str(folder))
    (folder / "prefix.txt").write_text("passage: ", encoding="utf-8")
    prefixed = open_embedder(str(folder))
    assert prefixed.name != plain.name
    assert (prefixed.embed(["ferry"], ["en"]) != plain.embed(["ferry"], ["en"])).any()


@pytest.mark.parametrize("damaged", [b"", b"\0\1\2", b'{"version": "1.0"}', b"[" * 100_000])
@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_folder_that_holds_no_model_is_one_sentence(folder: Path, name: str, damaged: bytes) -> None:
    (folder / name).write_bytes(damaged)
    with pytest.raises(ConfigError, match=r"is no ONNX sentence model: [^\n]+$"):
        open_embedder(str(folder))


def test_a_file_that_is_missing_is_one_sentence(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()
    with pytest.raises(ConfigError, match=r"is no ONNX sentence model: .*tokenizer\.json"):
        open_embedder(str(folder))


def test_a_model_of_something_else_is_one_sentence(folder: Path) -> None:
    helper, types = onnx.helper, onnx.TensorProto
    graph = helper.make_graph(
        [helper.make_node("ReduceSum", ["input_ids"], ["sum"], keepdims=0)],
        "sum",
        [helper.make_tensor_value_info("input_ids", types.INT64, ["texts", "tokens"])],
        [helper.make_tensor_value_info("sum", types.INT64, [])],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    (folder / "model.onnx").write_bytes(made.SerializeToString())
    with pytest.raises(ConfigError, match=r"gives an array of shape \(\)"):
        open_embedder(str(folder))
