"""Garbage is looked for rarely within the block, and as before behind it."""

from __future__ import annotations

import gc

import pytest

from search.rare_collections import MADE_BETWEEN, rare_collections


def test_what_was_set_before_is_set_again_whatever_happens() -> None:
    before = gc.get_threshold()
    inside: list[int] = []

    @rare_collections()
    def fails() -> None:
        inside.extend(gc.get_threshold())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert inside == [max(before[0], MADE_BETWEEN), *before[1:]]
    assert gc.get_threshold() == before


def test_a_process_that_looks_more_rarely_still_is_left_alone() -> None:
    before = gc.get_threshold()
    gc.set_threshold(2 * MADE_BETWEEN, *before[1:])
    try:
        with rare_collections():
            assert gc.get_threshold()[0] == 2 * MADE_BETWEEN
    finally:
        gc.set_threshold(*before)
