"""Texts of documents as bytes: the same when they are unpacked, and never another where a disk has changed them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.storage.packing.packed_text import PIECE_BYTES, pack_text, packed_digest, pieces_of, unpack_text

TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]))


@given(TEXTS)
def test_a_text_is_the_same_when_it_is_unpacked(text: str) -> None:
    assert unpack_text(pack_text(text)) == text


def test_a_long_text_is_small_and_whole() -> None:
    text = "".join(f"Sentence {number} of a long speech. " for number in range(50_000))
    packed = pack_text(text)
    assert len(packed) < len(text) / 5
    assert unpack_text(packed) == text


@given(st.binary(max_size=3 * PIECE_BYTES))
def test_pieces_are_the_whole_and_there_is_always_one(packed: bytes) -> None:
    pieces = list(pieces_of(packed))
    assert b"".join(pieces) == packed
    assert [len(piece) for piece in pieces[:-1]] == [PIECE_BYTES] * (len(pieces) - 1)


@given(TEXTS, st.data())
def test_a_flipped_bit_is_told_by_the_digest(text: str, data: st.DataObject) -> None:
    packed = bytearray(pack_text(text))
    packed[data.draw(st.integers(0, len(packed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    assert packed_digest(bytes(packed)) != packed_digest(pack_text(text))


@pytest.mark.parametrize("packed", [b"", b"no text", pack_text("a longer text of some words")[:-4], b"\xff" * 40])
def test_what_is_no_text_is_refused(packed: bytes) -> None:
    with pytest.raises(ValueError, match=r"rror|decode|incomplete"):
        unpack_text(packed)
