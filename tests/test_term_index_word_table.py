"""Tables of words hold what a dict of lists would: collected, merged in chunks, without what is deleted, written and read again."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.term_index.whoosh_snapshot import DAMAGE
from search.term_index.words import word_table
from search.term_index.words.word_file import read_words, write_words
from search.term_index.words.word_table import CollectedWords, WordTable, by_first_byte

TERMS = st.lists(
    st.sampled_from(["sa", "sb", "ba b", "b\ud800", "", "é", "\0", "s" * 300]) | st.text(max_size=3), max_size=5
)
COMMITS = st.lists(st.lists(TERMS, max_size=4), max_size=4)
Held = dict[str, list[int]]


def collected(quotes: dict[int, list[str]]) -> WordTable:
    words = CollectedWords()
    assert [words.add(number, terms) for number, terms in quotes.items()] == [len(set(one)) for one in quotes.values()]
    return words.table()


def held(table: WordTable, asked: list[str]) -> Held:
    """What a table gives of some terms, looked up, and of all of them, listed."""
    found: Held = {}
    for first, (terms, hashes) in by_first_byte(asked).items():
        for place, start, end in table.extents(first, hashes):
            found[terms[place]] = table.numbers[start:end].tolist()
    listed = {name.decode("utf-8", "surrogatepass"): count for name, count in table.beginning(b"")}
    assert listed == {term: len(numbers) for term, numbers in found.items()}
    return found


@given(commits=COMMITS, dead=st.sets(st.integers(0, 15)), chunk=st.sampled_from([1, 3, 2**21]))
def test_a_merged_table_has_what_its_parts_have(
    tmp_path_factory: pytest.TempPathFactory, commits: list[list[list[str]]], dead: set[int], chunk: int
) -> None:
    expected: Held = {}
    parts, number = [], 0
    is_dead = np.isin(np.arange(16), sorted(dead))
    for commit in commits:
        quotes: dict[int, list[str]] = {}
        for terms in commit:
            quotes[number] = terms
            for term in set(terms) if number not in dead else ():
                expected.setdefault(term, []).append(number)
            number += 1
        parts.append((collected(quotes), is_dead))
    path = tmp_path_factory.mktemp("words") / "words"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_table, "_CHUNK", chunk)
        write_words(path, parts)
    asked = [term for commit in commits for terms in commit for term in terms]
    assert held(read_words(path.read_bytes()), list(dict.fromkeys([*asked, "never", "b"]))) == expected


def test_many_terms_fill_several_pages(tmp_path: Path) -> None:
    quotes = {number: [f"s{number}", f"b{number} {number + 1}", "all"] for number in range(9_000)}
    write_words(tmp_path / "words", [(collected(quotes), None)])
    table = read_words((tmp_path / "words").read_bytes())
    assert {name.decode(): count for name, count in table.beginning(b"b1")} == {
        f"b{one} {other}": 1 for one, other in pairwise(range(9_001)) if str(one).startswith("1")
    }
    assert held(table, ["s8999", "all"] + [term for terms in quotes.values() for term in terms])["s8999"] == [8_999]


def test_a_file_that_is_cut_or_turned_anywhere_is_damaged_or_read_within_its_bounds(tmp_path: Path) -> None:
    """Whatever is in it: an error of those that are one sentence to the user, or numbers out of the file."""
    path = tmp_path / "words"
    write_words(path, [(collected({number: ["all", f"s{number}", f"b{number}"] for number in range(20)}), None)])
    whole = path.read_bytes()
    refused = 0
    broken = [whole[:end] for end in range(0, len(whole), 7)]
    broken += [whole[:place] + bytes([whole[place] ^ 129]) + whole[place + 1 :] for place in range(0, len(whole), 3)]
    for data in broken:
        try:
            table = read_words(data)
            for first, (_, hashes) in by_first_byte(["all", "s7", "b19", "x"]).items():
                for _, start, end in table.extents(first, hashes):
                    assert 0 <= start <= end <= 60
            list(table.beginning(b"s"))
        except DAMAGE:
            refused += 1
    assert refused > len(broken) // 2
