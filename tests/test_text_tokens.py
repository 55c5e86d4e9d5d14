"""One way of reading words: what is folded together, what is not, and that offsets give the words back."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text.tokens import _WIDE_CHARACTER, guess_language, has_wide, key, stems, stems_of, terms, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“We won’t go,”", '"we WON\'T go"'),
        ("We won't go", "we will not go"),
        ("it's a naïve café", "It is a naive cafe"),
        ("twenty-two million people", "22 million people"),
        ("90 per cent", "90%"),
        ("two hundred and five", "205"),
        ("a thousand", "1,000"),
        ("well\u00adknown\u200b", "wellknown"),
        ("[T]he plan", "the plan"),
        ("ｆｕｌｌ width", "full width"),
        ("كتاب ي", "کتاب ی"),
        ("n’est pas", "N'EST PAS"),
    ],
)
def test_same_words_have_one_key(one: str, other: str) -> None:
    """Marks, case, accents, contractions, number words and letter variants do not make other words."""
    assert key(one) == key(other)


def test_a_sign_before_a_sum_is_read_after_it() -> None:
    """As it is spoken."""
    assert [word.stem for word in tokens("$2.6 million")] == [word.stem for word in tokens("2,600,000 dollars")]


@pytest.mark.parametrize(
    ("one", "other"),
    [("9 million", "90 million"), ("we will go", "we will not go"), ("nine, eleven", "911"), ("May", "Mary")],
)
def test_other_words_have_other_keys(one: str, other: str) -> None:
    """What is folded never swallows a difference of meaning."""
    assert key(one) != key(other)


def test_a_list_of_numbers_is_not_one_number() -> None:
    """Commas and strokes keep numbers apart."""
    assert key("nine/11") == "9 11"
    assert key("two, three") == "2 3"
    assert key("two three") == "2 3"


def test_brackets_are_remembered_and_dropped_from_what_is_looked_up() -> None:
    """The editor's words are words, but nobody is searched by them as his own."""
    words = tokens("I told [the minister] so")
    assert [word.key for word in words if word.bracketed] == ["the", "minister"]
    assert stems(words) == ["i", "tell", "so"]


def test_an_ellipsis_is_a_gap_before_the_next_word() -> None:
    """Dots in a row, spaced or not, and the one character are the same."""
    for dots in ("...", "…", ". . ."):
        assert [word.gap for word in tokens(f"we {dots} go")] == [False, True]


def test_forms_of_a_word_share_its_stem() -> None:
    """Regular, irregular and antiquated forms come to one stem."""
    for group in ("negotiated negotiating negotiates", "went goes gone", "saith says said", "cometh came come"):
        assert len({word.stem for word in tokens(group)}) == 1


def test_scripts_without_spaces_are_looked_up_in_pairs() -> None:
    """Each character is a word; what is looked up are pairs of neighbours."""
    assert len(tokens("東京は大きい")) == 6
    assert "s東京" in terms("東京は大きい")


def test_a_language_is_told_by_its_commonest_words() -> None:
    """Short or mixed text counts as English, so that index and query agree."""
    assert guess_language("Wir haben das nicht gewollt und die Leute sind müde") == "de"
    assert guess_language("Diplomacy") == "en"


def test_a_text_in_another_language_is_found_by_a_query_too_short_to_show_it() -> None:
    """The index holds the stems of both readings."""
    held = set(terms("Wir haben die Verhandlungen nicht gewollt und das ist der Grund"))
    assert set(terms("Verhandlungen")) <= held


@given(st.text(max_size=300))
def test_offsets_give_the_words_back(text: str) -> None:
    """Any text at all is legal, and every word says where it stands."""
    last = 0
    for word in tokens(text):
        assert 0 <= word.start < word.end <= len(text)
        assert word.start >= last - 300
        assert text[word.start : word.end] == word.text
        assert word.key
        assert word.stem
        last = word.start


@given(st.text(max_size=200))
def test_the_fast_way_to_the_stems_is_the_same_way(text: str) -> None:
    """`stems_of` is `stems(tokens(...))`."""
    assert stems_of(text, "en") == stems(tokens(text, "en"))


COUNTED = [
    "two",
    "hundred",
    "and",
    "a",
    "thousand",
    "twenty",
    "-",
    ",",
    "five",
    "million",
    "per",
    "cent",
    "boats",
    "one's",
]


@given(st.lists(st.sampled_from(COUNTED), max_size=12).map(" ".join))
def test_the_fast_way_reads_number_words_alike(text: str) -> None:
    """Alone, in a row, and in what only looks like one."""
    assert stems_of(text, "en") == stems(tokens(text, "en"))


@given(st.text(max_size=200))
def test_case_and_space_never_matter(text: str) -> None:
    """The key of a text is that of its words, whatever stands between them."""
    assert key("  " + text + "\n") == key(text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000,
        "one hundred " * 9_000,
        "'" * 50_000,
        "1," * 50_000,
        "a'" * 50_000,
        ". " * 50_000,
        "\u0301" * 50_000,
    ],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    """A hundred thousand marks are read in about the time of a hundred thousand letters."""
    started = time.process_time()
    tokens(text)
    assert time.process_time() - started < 60


def test_the_short_way_to_wide_characters_misses_none() -> None:
    """Of all characters there are."""
    missed = [code for code in range(0x80, 0x110000) if has_wide(chr(code)) != bool(_WIDE_CHARACTER.search(chr(code)))]
    assert missed == []
