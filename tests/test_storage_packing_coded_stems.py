"""Stems as characters: the same stems back, and by the one table that the version of the analysis stands for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import StoreUnavailable
from search.model import digest
from search.storage.packing.coded_stems import code_stems, decode_stems
from search.text.analysis import ANALYSIS_VERSION
from search.text.information import common_stems

COMMON = list(common_stems())


def test_the_table_is_that_of_this_version_of_the_analysis() -> None:
    """Another table takes another `ANALYSIS_VERSION`, since what is kept is read by it; then this line is changed, too."""
    assert (ANALYSIS_VERSION, digest(*COMMON)) == ("5", "596c502e9b107826")


@given(st.lists(st.sampled_from(COMMON) | st.text(alphabet="abcé界\u0080ک", min_size=1), unique=True))
def test_stems_come_back_the_common_ones_first(stems: list[str]) -> None:
    known = set(COMMON)
    again = decode_stems(code_stems(stems))
    assert again == [*(stem for stem in stems if stem in known), *(stem for stem in stems if stem not in known)]


def test_every_common_stem_has_a_character_that_can_be_stored() -> None:
    coded = code_stems(COMMON)
    assert len(coded) == len(COMMON) == len(set(coded))
    assert coded.encode().decode() == coded
    assert decode_stems(coded) == COMMON


def test_what_is_no_code_is_refused() -> None:
    with pytest.raises(StoreUnavailable, match="the analysis of a quote is not what was stored"):
        decode_stems("\U0001f600")
