"""The contract of a term index, run on every engine in `search/term_index`; the one in memory is the oracle."""

from __future__ import annotations

import errno
import itertools
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.index import open_dir
from whoosh.qparser import QueryParser

from search.errors import ConfigError, NotPermitted, SchemaMismatch, StoreUnavailable
from search.storage.upkeep.fault import index_fault
from search.term_index import LABELS, IndexedQuote, TermIndex, day_key, whoosh_files
from search.term_index.engines import engine_names, open_engine
from search.term_index.memory_index import MemoryIndex
from search.term_index.whoosh_files import INDEX_NAME, WORDS_ENDING
from search.term_index.whoosh_index import WhooshIndex

ENGINES: dict[str, Callable[[Path], TermIndex]] = {
    "memory_index": lambda folder: MemoryIndex(),
    "whoosh_index": lambda folder: WhooshIndex(folder / "index"),
}


OTHER_HOSTS = {"opensearch_index"}
_COUNT = itertools.count(1)


@pytest.fixture(
    scope="session",
    params=[*sorted(ENGINES), *(pytest.param(name, marks=pytest.mark.cluster) for name in sorted(OTHER_HOSTS))],
)
def made(request: pytest.FixtureRequest) -> Callable[[Path], TermIndex]:
    """What makes an empty index of an engine; a folder is given for it."""
    if request.param in ENGINES:
        return ENGINES[request.param]
    from search.term_index.opensearch.server import OpensearchServer
    from search.term_index.opensearch_index import OpensearchIndex

    server = OpensearchServer(request.getfixturevalue("opensearch").urls[0])
    # Two shards, so that whatever is asked for has to be brought together.
    return lambda folder: OpensearchIndex.made(server, f"contract-{next(_COUNT)}", 2, 0)


@pytest.fixture
def index(made: Callable[[Path], TermIndex], tmp_path: Path) -> TermIndex:
    return made(tmp_path)


def test_every_engine_in_the_folder_is_held_to_the_contract() -> None:
    """The folder is the registry: a new engine without these tests fails here."""
    assert {f"{name}_index" for name in engine_names()} == {*ENGINES, *OTHER_HOSTS}


@pytest.mark.parametrize("name", [name.removesuffix("_index") for name in sorted(ENGINES)])
def test_every_engine_opens_by_its_name(name: str, tmp_path: Path) -> None:
    opened = open_engine(name, tmp_path / "index")
    opened.update([IndexedQuote(1, ["sword"])], [], 1)
    assert opened.reader().postings("sword").tolist() == [1]
    opened.close()
    with pytest.raises(ConfigError, match=f"`{name}x` is no search engine"):
        open_engine(f"{name}x", tmp_path / "index")


def test_an_empty_index_answers(index: TermIndex) -> None:
    """Nothing is there, and asking for it is no error."""
    reader = index.reader()
    assert (reader.size, reader.position, reader.postings("sword").tolist()) == (0, 0, [])
    assert reader.frequencies(["sword"]) == {"sword": 0}
    assert reader.lengths(np.array([3, 7])).tolist() == [0, 0]


def test_what_was_added_is_found_and_what_was_deleted_is_not(index: TermIndex) -> None:
    """Postings, sizes, lengths and the position follow each commit."""
    index.update([IndexedQuote(4, ["a", "b", "a"]), IndexedQuote(9, ["a"])], [], 11)
    reader = index.reader()
    assert sorted(reader.postings("a").tolist()) == [4, 9]
    assert (reader.size, reader.position) == (2, 11)
    assert reader.lengths(np.array([4, 9, 5])).tolist() == [2, 1, 0]
    index.update([IndexedQuote(12, ["b"])], [4], 15)
    reader = index.reader()
    assert (reader.postings("a").tolist(), reader.postings("b").tolist()) == ([9], [12])
    assert (reader.size, reader.position) == (2, 15)


def test_each_of_many_terms_is_told_from_those_that_share_its_place(index: TermIndex) -> None:
    """Three thousand terms meet in a table of a few thousand places; so do those that are not there."""
    index.update([IndexedQuote(number, [f"w{number}", "all"]) for number in range(3_000)], [], 1)
    index.update([IndexedQuote(number, [f"w{number - 3_000}", "all"]) for number in range(3_000, 4_000)], [], 2)
    reader = index.reader()
    wanted = [f"w{number}" for number in range(6_000)]
    counts = [*[2] * 1_000, *[1] * 2_000, *[0] * 3_000]
    assert reader.frequencies(wanted) == dict(zip(wanted, counts, strict=True))
    assert [sorted(reader.postings(f"w{number}").tolist()) for number in (0, 999, 2_999)] == [
        [0, 3_000],
        [999, 3_999],
        [2_999],
    ]
    assert len(reader.postings("all")) == 4_000


def test_a_reader_is_a_snapshot(index: TermIndex) -> None:
    """What is committed later does not reach it."""
    index.update([IndexedQuote(1, ["a"])], [], 1)
    before = index.reader()
    index.update([IndexedQuote(2, ["a"])], [1], 2)
    assert before.postings("a").tolist() == [1]
    after = index.reader()
    assert after.postings("a").tolist() == [2]
    both = np.array([1, 2])
    for _ in range(2):  # what was asked once may be kept
        assert after.lengths(both).tolist() == [0, 1]
        assert before.lengths(both).tolist() == [1, 0]


def test_a_bad_row_leaves_the_index_as_it_was(index: TermIndex) -> None:
    """All of an update or nothing: the error comes through and the next update works."""

    def rows() -> object:
        yield IndexedQuote(1, ["a"])
        raise RuntimeError("a bad row")

    index.update([IndexedQuote(7, ["a"])], [], 3)
    with pytest.raises(RuntimeError, match="a bad row"):
        index.update(rows(), [7], 4)  # type: ignore[arg-type]
    reader = index.reader()
    assert (reader.postings("a").tolist(), reader.position) == ([7], 3)
    index.update([IndexedQuote(8, ["a"])], [], 5)
    assert sorted(index.reader().postings("a").tolist()) == [7, 8]


def test_an_update_of_nothing_still_saves_the_position(index: TermIndex) -> None:
    """The log may hold nothing for the index."""
    index.update([], [], 42)
    assert index.reader().position == 42


NAMES = ["Ann Lee", "Ærø", "\ud800", ""]
ROWS = st.lists(
    st.tuples(
        st.lists(st.sampled_from(["a", "b", "ü", "日本", "\ud800"]), max_size=4),
        st.dictionaries(st.sampled_from(LABELS), st.sampled_from(NAMES), max_size=3),
        st.sampled_from([0, 20210402, 20210402093000, 20210403000000]),
    ),
    max_size=6,
)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(ROWS, st.lists(st.integers(0, 20), max_size=3)), max_size=9))
def test_engines_agree_with_the_oracle(
    made: Callable[[Path], TermIndex], tmp_path_factory: pytest.TempPathFactory, commits: list[object]
) -> None:
    """Whatever is added and deleted in whatever commits, through merges of segments; and in what is best."""
    oracle, other = MemoryIndex(), made(tmp_path_factory.mktemp("agree"))
    number = 0
    for position, (rows, deleted) in enumerate(commits, 1):  # type: ignore[misc]
        added = []
        for row in rows:  # type: ignore[has-type]
            added.append(IndexedQuote(number, *row))
            number += 1
        gone = [one for one in deleted if one < number - len(added)]  # type: ignore[has-type]
        oracle.update(added, gone, position)
        other.update(added, gone, position)
    ours, theirs = oracle.reader(), other.reader()
    assert (ours.size, ours.position) == (theirs.size, theirs.position)
    for term in ("a", "b", "ü", "日本", "\ud800", "none"):
        assert sorted(ours.postings(term).tolist()) == sorted(theirs.postings(term).tolist())
        assert theirs.frequencies([term])[term] >= ours.frequencies([term])[term]
    numbers = np.arange(number + 2)
    assert ours.lengths(numbers).tolist() == theirs.lengths(numbers).tolist()
    assert ours.days(numbers).tolist() == theirs.days(numbers).tolist()
    for field in LABELS:
        assert set(ours.label_values(field)) <= set(theirs.label_values(field))
        for names in ([], [NAMES[0]], NAMES):
            assert sorted(ours.labelled(field, names).tolist()) == sorted(theirs.labelled(field, names).tolist())
    several = {"日本": 2.5, "\ud800": 1.1, "none": 9.0, "a": 0.7}
    for weights, accept in itertools.product((several, {"a": 0.7}), (None, lambda asked: asked % 3 != 0)):
        few, many = ours.tally(weights, accept), theirs.tally(weights, accept)
        more, also = few.added({"b": 0.9}), many.added({"b": 0.9})
        for limit in (3, 40):
            assert few.best(limit).tolist() == many.best(limit).tolist()
            best = more.best(limit)
            assert also.best(limit).tolist() == best.tolist()
            assert many.scores(best).tolist() == few.scores(best).tolist()
            assert also.scores(best).tolist() == more.scores(best).tolist()
    for start, end in ((1, 20210402093000), (20210402093000, 2**60)):
        assert sorted(ours.printed_between(start, end).tolist()) == sorted(theirs.printed_between(start, end).tolist())


def test_terms_of_lower_numbers_are_added_in_a_thread_that_has_summed_nothing_yet(index: TermIndex) -> None:
    """What a thread keeps for its sums was as large as the numbers added to ask for, and not those that stood there."""
    index.update([IndexedQuote(1, ["b"]), IndexedQuote(5_000, ["a"])], [], 1)
    with ThreadPoolExecutor(1) as thread:
        best = thread.submit(lambda: index.reader().tally({"a": 2.0}, None).added({"b": 1.0}).best(3).tolist())
        assert best.result() == [5_000, 1]


def test_the_worst_of_the_best_is_among_them_however_its_score_is_rounded(index: TermIndex) -> None:
    """A score divided by what its length leaves, and multiplied again, may come out above the sum."""
    weights = {"d": 2.5, "c": 1.1, "a": 0.7}
    rows = (["d", "b", "a", "c"], ["a", "d"], ["a", "b", "c"], ["a", "c"], ["a"])
    index.update([IndexedQuote(number, row) for number, row in enumerate(rows)], [], 1)
    for limit in range(1, 6):
        assert len(index.reader().tally(weights, None).best(limit)) == limit


def said(number: int, speaker: str, day: str | None = None, **labels: str) -> IndexedQuote:
    return IndexedQuote(number, [f"s{number}"], {"speaker": speaker, **labels}, day_key(day))


def test_quotes_are_found_by_their_labels(index: TermIndex) -> None:
    """To the letter, by several values at once, in several commits, and not when they are deleted."""
    index.update([said(1, "Ann Lee", outlet="Courier"), said(2, "Ann", outlet="Courier"), said(3, "Ann Lee")], [], 1)
    index.update([said(4, "Ann Lee", outlet="Mercury"), IndexedQuote(5, ["s5"])], [3], 2)
    reader = index.reader()
    assert sorted(reader.labelled("speaker", ["Ann Lee"]).tolist()) == [1, 4]
    assert sorted(reader.labelled("speaker", ["Ann Lee", "Ann", "ann lee", "Ann Lee"]).tolist()) == [1, 2, 4]
    assert sorted(reader.labelled("outlet", ["Courier"]).tolist()) == [1, 2]
    assert reader.labelled("speaker", ["Courier"]).tolist() == reader.labelled("kind", ["x"]).tolist() == []
    assert set(reader.label_values("outlet")) == {"Courier", "Mercury"}
    assert dict(reader.label_values("language")) == {}


def test_many_quotes_of_a_label_come_back_all(index: TermIndex) -> None:
    """More than stand in one run of postings."""
    index.update([said(number, "Ann Lee" if number % 3 else "Bo") for number in range(30_000)], [], 1)
    expected = [number for number in range(30_000) if number % 3]
    assert sorted(index.reader().labelled("speaker", ["Ann Lee"]).tolist()) == expected


def test_quotes_are_found_by_their_day(index: TermIndex) -> None:
    """From a day on, before another; what has no day is in no time between."""
    days = ["2021-04-25", "2021-04-25T09:30:00+02:00", "2021-04-26", None, "2020", "no day"]
    index.update([said(number, "Ann", day) for number, day in enumerate(days)], [], 1)
    index.update([said(9, "Ann", "2021-04-25T23:59:59Z")], [2], 2)
    reader = index.reader()
    found = reader.printed_between(day_key("2021-04-25"), day_key("2021-04-26")).tolist()
    assert sorted(found) == [0, 1, 9]
    assert sorted(reader.printed_between(0, 2**62).tolist()) == [0, 1, 4, 9]
    assert reader.days(np.array([1, 0, 3, 2, 77])).tolist() == [20210425093000, 20210425000000, 0, 0, 0]


def test_a_key_sorts_as_its_day_does() -> None:
    """By the text itself, as far as a second."""
    days = ["1999", "2020-12", "2020-12-31", "2020-12-31T23:59:59", "2021-01-01", "2021-01-01T00:01"]
    assert sorted(days, key=day_key) == days
    assert [day_key(None), day_key(""), day_key("May"), day_key("21-1-1")] == [0, 0, 0, 0]


def test_whoever_opens_the_folder_with_whoosh_finds_attributed_quotes(tmp_path: Path) -> None:
    """The lines of docs/design.md: who said what, where and when, by Whoosh's own queries, and nothing that was deleted."""
    index = WhooshIndex(tmp_path)
    record = {"id": "q1", "document": "d1", "text": "Nobody told me.", "published": "2021-04-25"}
    index.update(
        [IndexedQuote(1, ["stell"], {"speaker": "Ann Lee", "kind": "direct"}, day_key("2021-04-25"), record)], [], 1
    )
    index.update([said(2, "Ann Lee", "2021-04-26"), said(3, "Bo", "2021-04-24"), said(4, "Ann Lee")], [], 2)
    index.update([], [4], 3)
    opened = open_dir(tmp_path, indexname=INDEX_NAME)
    with opened.searcher() as searcher:
        asked = QueryParser("speaker", opened.schema).parse('"Ann Lee"')
        hits = searcher.search(asked, sortedby="day", reverse=True, limit=None)
        assert [hit["number"] for hit in hits] == [2, 1]
        assert (hits[1]["text"], hits[1]["speaker"], hits[1]["id"]) == ("Nobody told me.", "Ann Lee", "q1")
    opened.close()


def test_whoosh_keeps_few_segments_whatever_the_commits(tmp_path: Path) -> None:
    """A hundred commits of one quote do not leave a hundred segments, and lose nothing."""
    index = WhooshIndex(tmp_path)
    for number in range(60):
        index.update([IndexedQuote(number, ["a", f"own{number}"])], [number - 2] if number % 5 == 4 else [], number + 1)
    reader = index.reader()
    gone = {number - 2 for number in range(60) if number % 5 == 4}
    assert sorted(reader.postings("a").tolist()) == sorted(set(range(60)) - gone)
    assert len({path.stem for path in tmp_path.glob(f"*{WORDS_ENDING}")}) <= 12
    assert reader.position == 60


def test_whoosh_survives_being_opened_again(tmp_path: Path) -> None:
    """The index of one process is read by the next."""
    WhooshIndex(tmp_path).update([IndexedQuote(3, ["a"])], [], 8)
    reader = WhooshIndex(tmp_path).reader()
    assert (reader.postings("a").tolist(), reader.position) == ([3], 8)


def test_whoosh_refuses_numbers_it_cannot_keep(tmp_path: Path) -> None:
    """Before anything is written."""
    index = WhooshIndex(tmp_path)
    for bad in (-1, 2**32 - 1, 2**32):
        with pytest.raises(ValueError, match="quote number"):
            index.update([IndexedQuote(bad, ["a"])], [], 1)
    assert index.reader().size == 0


def test_whoosh_names_an_index_of_another_version(tmp_path: Path) -> None:
    """It is never emptied because opening it failed."""
    (tmp_path / "_terms0_5.toc").write_bytes(b"old")
    with pytest.raises(SchemaMismatch, match="quotes rebuild"):
        WhooshIndex(tmp_path)
    assert (tmp_path / "_terms0_5.toc").read_bytes() == b"old"


def test_whoosh_tells_a_second_writer(tmp_path: Path) -> None:
    """Two processes cannot both write; the second is told so."""
    first, second = WhooshIndex(tmp_path), WhooshIndex(tmp_path)

    def rows() -> object:
        yield IndexedQuote(1, ["a"])
        with pytest.raises(StoreUnavailable, match="writing"):
            second.update([IndexedQuote(2, ["a"])], [], 1)

    first.update(rows(), [], 1)  # type: ignore[arg-type]
    assert first.reader().postings("a").tolist() == [1]


def test_whoosh_readers_of_many_threads_agree_while_commits_go_on(tmp_path: Path) -> None:
    """A reader a thread, refreshed: never a wrong answer, never a missing file."""
    index = WhooshIndex(tmp_path)
    index.update([IndexedQuote(0, ["a"])], [], 1)
    trouble: list[str] = []

    def read() -> None:
        last = 0
        for _ in range(40):
            reader = index.reader()
            found = sorted(reader.postings("a").tolist())
            if found != list(range(len(found))) or len(found) < last:
                trouble.append(f"{found}")
            last = len(found)
            reader.close()

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(1, 15):
        index.update([IndexedQuote(number, ["a"])], [], number + 1)
    for thread in threads:
        thread.join()
    assert trouble == []


def test_a_damaged_table_of_words_is_one_sentence_to_whoever_reads_and_whoever_merges(tmp_path: Path) -> None:
    """Cut, empty, another file, or with numbers of quotes that are not there."""
    folder = tmp_path / "index"
    index = WhooshIndex(folder)
    for number in range(6):
        index.update([IndexedQuote(number, ["all", f"w{number}"])], [], number + 1)
    path = sorted(folder.glob(f"*{WORDS_ENDING}"))[2]
    whole = path.read_bytes()
    for damaged in (b"", whole[:30], whole[:-9], b"other" + whole[5:], whole[:40] + b"\xff" * (len(whole) - 40)):
        path.write_bytes(damaged)
        opened = WhooshIndex(folder)
        with pytest.raises(StoreUnavailable, match="quotes rebuild"):
            opened.reader().postings("all")
        with pytest.raises(StoreUnavailable, match="quotes rebuild"):
            opened.update([IndexedQuote(9, ["all"])], [], 9)  # the seventh segment: the others are merged
        opened.close()
    path.write_bytes(whole)
    index.update([IndexedQuote(9, ["all"])], [], 9)
    assert sorted(index.reader().postings("all").tolist()) == [0, 1, 2, 3, 4, 5, 9]
    index.close()


@pytest.mark.parametrize("column", ["day", "length", "number"])
def test_a_column_with_another_bit_or_none_is_one_sentence_and_no_other_answer(tmp_path: Path, column: str) -> None:
    folder = tmp_path / "index"
    with closing(WhooshIndex(folder)) as index:
        index.update([IndexedQuote(number, ["all"], day=20240301000000 + number) for number in range(3)], [], 1)
    (path,) = folder.glob(f"*.{column}.col")
    whole = path.read_bytes()
    for damage in (lambda: path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1])), path.unlink):
        damage()
        with closing(WhooshIndex(folder)) as opened, pytest.raises(StoreUnavailable, match="quotes rebuild"):
            opened.reader()
        path.write_bytes(whole)
    with closing(WhooshIndex(folder)) as opened, closing(opened.reader()) as reader:
        assert reader.postings("all").tolist() == [0, 1, 2]


@pytest.mark.parametrize("ending", [".trm", "._stored.col", WORDS_ENDING])
def test_a_small_file_with_another_byte_is_one_sentence_and_no_other_answer(tmp_path: Path, ending: str) -> None:
    """A byte more among the terms gave other answers without a word."""
    folder = tmp_path / "index"
    with closing(WhooshIndex(folder)) as index:
        index.update([IndexedQuote(number, ["all", f"w{number}"]) for number in range(3)], [], 1)
    (path,) = folder.glob(f"*{ending}")
    whole = path.read_bytes()
    middle = len(whole) // 2
    for damaged in (
        whole[:middle] + b"x" + whole[middle:],
        whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        whole[:-1] + bytes([whole[-1] ^ 128]),
    ):
        path.write_bytes(damaged)
        with closing(WhooshIndex(folder)) as opened, pytest.raises(StoreUnavailable, match="quotes rebuild"):
            opened.reader()
    path.write_bytes(whole)
    with closing(WhooshIndex(folder)) as opened, closing(opened.reader()) as reader:
        assert reader.postings("all").tolist() == [0, 1, 2]


def test_a_large_file_with_another_byte_is_one_sentence_once_it_has_been_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another number among the postings of a term gave other answers for good, and `quotes doctor` alone said so."""
    folder = tmp_path / "index"
    with closing(WhooshIndex(folder)) as index:
        index.update([IndexedQuote(number, ["all", f"w{number}"]) for number in range(9)], [], 1)
    (path,) = folder.glob("*.words")
    whole = path.read_bytes()
    path.write_bytes(whole[:40] + bytes([whole[40] ^ 1]) + whole[41:])
    monkeypatch.setattr(whoosh_files, "_COMPARED_BYTES", 10)
    with closing(WhooshIndex(folder)) as opened:
        opened.reader()
        for thread in threading.enumerate():
            if thread.name.startswith("comparing"):
                thread.join(60)
        with pytest.raises(StoreUnavailable, match="quotes rebuild"):
            opened.reader()
    path.write_bytes(whole)
    with closing(WhooshIndex(folder)) as opened:
        opened.reader()
        assert opened.damaged_parts() == []
        assert opened.reader().postings("all").tolist() == list(range(9))


def test_a_closed_reader_says_so(tmp_path: Path) -> None:
    """And closing it twice is no error."""
    index = WhooshIndex(tmp_path)
    reader = index.reader()
    reader.close()
    reader.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        reader.postings("a")


def test_all_terms_with_a_beginning_are_told_with_their_counts(index: TermIndex) -> None:
    """Over several commits, and in any order of adding; other terms do not come along."""
    index.update([IndexedQuote(1, ["sword", "sail", "bsail x"]), IndexedQuote(2, ["sail"])], [], 1)
    index.update([IndexedQuote(3, ["sail", "szó", "t"])], [], 2)
    reader = index.reader()
    assert dict(reader.terms_beginning("s")) == {"sword": 1, "sail": 3, "szó": 1}
    assert dict(reader.terms_beginning("sa")) == {"sail": 3}
    assert dict(reader.terms_beginning("x")) == {}


def test_an_empty_index_has_no_terms_with_a_beginning(index: TermIndex) -> None:
    assert dict(index.reader().terms_beginning("s")) == {}


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
def test_where_an_index_may_not_be_written_no_rebuild_is_advised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), str(tmp_path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(NotPermitted, match="is not to be read or written") as raised:
        WhooshIndex(tmp_path / "1")
    assert "rebuild" not in str(raised.value)
    assert index_fault(raised.value).remedy.startswith("Run it as the user whose archive it is")


@pytest.mark.parametrize("data", [None, b"", b"x"])
def test_checksums_that_are_gone_are_damage(tmp_path: Path, data: bytes | None) -> None:
    """Without a word no file was compared with anything any more."""
    index = WhooshIndex(tmp_path)
    assert index.damaged_parts() == []
    (tmp_path / "checksums.json").unlink()
    if data is not None:
        (tmp_path / "checksums.json").write_bytes(data)
    assert index.damaged_parts() == ["checksums.json"]
    index.close()
