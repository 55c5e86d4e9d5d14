"""Gzip, zlib and deflate: bounded, and as much as can be had of what is broken."""

from __future__ import annotations

import contextlib
import gzip
import io
import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.input.decompress import Decompressor, GzipStream, decompress_bounded

TEXT = "“It will hold,” she said. ".encode() * 400
# Does not pack, so that half of its packed bytes hold half of it.
NOISE = random.Random(7).randbytes(200_000)


def bare(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, bare])
@pytest.mark.parametrize("step", [1, 7, 100_000])
def test_each_kind_is_told_by_its_first_byte(pack: object, step: int) -> None:
    packed = pack(TEXT)  # type: ignore[operator]
    decompressor, out = Decompressor(), b""
    for at in range(0, len(packed), step):
        data, left = decompressor.feed(packed[at : at + step], len(TEXT))
        out += data
        assert not left
    assert out == TEXT
    assert decompressor.is_complete


def test_never_more_than_there_is_room_for() -> None:
    bomb = gzip.compress(bytes(20_000_000))
    decompressor = Decompressor()
    data, left = decompressor.feed(bomb, 1000)
    assert data == bytes(1000)
    assert not decompressor.is_complete
    more, _ = decompressor.feed(left, 500)
    assert more == bytes(500)
    assert decompress_bounded(bomb, 10) == bytes(10)


def test_members_follow_each_other_and_what_is_none_is_padding() -> None:
    packed = gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:]) + b"\0\0\0 padding"
    decompressor = Decompressor()
    assert decompressor.feed(packed, 2 * len(TEXT)) == (TEXT, b"")
    assert decompressor.is_complete
    assert GzipStream(io.BufferedReader(io.BytesIO(packed))).readall() == TEXT  # type: ignore[arg-type]


def test_nothing_is_complete_and_half_is_not() -> None:
    decompressor = Decompressor()
    assert decompressor.is_complete
    decompressor.feed(gzip.compress(TEXT)[:-10], len(TEXT))
    assert not decompressor.is_complete


@pytest.mark.parametrize(
    ("data", "least", "damaged"),
    [
        (gzip.compress(NOISE), len(NOISE), False),
        (gzip.compress(NOISE)[:100_000], 90_000, True),
        (gzip.compress(NOISE)[:100_000] + b"\xff" * 100 + gzip.compress(NOISE)[100_100:], 90_000, True),
        (gzip.compress(TEXT) + gzip.compress(NOISE)[:5000], len(TEXT), True),
        (gzip.compress(TEXT) + b"\x1f\x8bnonsense", len(TEXT), True),
        (b"", 0, False),
    ],
    # By names: gzip writes the second into what it packs, and two workers that name tests by it collect other ones.
    ids=["whole", "cut off", "damaged within", "its second member cut off", "nonsense behind", "nothing"],
)
def test_a_stream_gives_what_it_can_and_says_whether_that_was_all(data: bytes, least: int, damaged: bool) -> None:
    stream = GzipStream(io.BufferedReader(io.BytesIO(data)))  # type: ignore[arg-type]
    out = io.BufferedReader(stream).read()
    assert len(out) >= least
    assert stream.damaged is damaged


@given(st.binary(max_size=300), st.integers(1, 200))
def test_any_bytes_are_unpacked_or_refused(data: bytes, room: int) -> None:
    with contextlib.suppress(zlib.error):
        assert len(decompress_bounded(data, room)) <= room
    stream = GzipStream(io.BufferedReader(io.BytesIO(gzip.compress(data)[:-1])))  # type: ignore[arg-type]
    assert data.startswith(io.BufferedReader(stream).read())
    assert stream.damaged


@given(st.binary(max_size=2000), st.integers(1, 50))
def test_what_is_packed_comes_back_however_little_room_there_is(data: bytes, room: int) -> None:
    packed, out = gzip.compress(data), b""
    decompressor = Decompressor()
    while packed:
        part, packed = decompressor.feed(packed, room)
        out += part
    assert out == data


class Counted(io.BytesIO):
    """Packed bytes, and how many of them were asked for."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.taken = 0

    def readinto(self, buffer: object) -> int:
        """Count what is read."""
        got = super().readinto(buffer)  # type: ignore[arg-type]
        self.taken += got
        return got


def test_blanks_without_an_end_are_given_up_and_what_stands_before_them_is_not() -> None:
    data = gzip.compress(TEXT + b"\n" * 200_000_000, 1)
    packed = Counted(data)
    stream = GzipStream(io.BufferedReader(packed))  # type: ignore[arg-type]
    size = 0
    first = b""
    while piece := stream.read(1 << 16):
        first = first or piece
        size += len(piece)
    assert first.startswith(TEXT)
    assert size < 20_000_000
    assert packed.taken < len(data) / 2
    assert stream.fault == "it unpacks to more than 16 MB of blanks; what stands before those was read."
    assert not stream.damaged


def test_some_blanks_are_nothing_odd() -> None:
    stream = GzipStream(io.BufferedReader(io.BytesIO(gzip.compress(b"\n" * 1_000_000 + TEXT))))  # type: ignore[arg-type]
    assert io.BufferedReader(stream).read().endswith(TEXT)
    assert stream.fault is None
