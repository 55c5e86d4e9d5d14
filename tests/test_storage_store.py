"""What every engine must give the store, and what the store promises: nothing lost, nothing doubled, found after a crash."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import pytest

from search.corrections.correction import CorrectionKind
from search.errors import ConfigError, StoreError, StoreUnavailable
from search.find.find import find
from search.find.utterance_page import utterance_of_quote
from search.model import Document, Query, Quote
from search.settings import Settings, load
from search.storage.archive import Archive
from search.storage.archive_index import ArchiveIndex
from search.storage.indexing.index_place import OPENSEARCH
from search.storage.store import Store
from search.storage.store_reader import ANALYSIS_KEY
from search.storage.upkeep.backup import back_up
from search.storage.upkeep.examination import examine
from search.storage.utterance_table import UtteranceTable
from search.term_index.engines import engine_names

ENGINES = engine_names()
WORDS = "bridge river storm harbour council vote strike winter ferry tunnel budget letter minister mayor captain bell".split()


ON_SERVERS = [pytest.param(place, marks=pytest.mark.cluster) for place in ("opensearch", "postgresql", "both")]


@pytest.fixture(params=[*[name for name in ENGINES if name != OPENSEARCH], *ON_SERVERS])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store on each engine that there is, in PostgreSQL, and on OpenSearch and PostgreSQL."""
    environ: dict[str, str] = {}
    if request.param in (OPENSEARCH, "both"):
        environ |= request.getfixturevalue("opensearch_environ")
    if request.param in ("postgresql", "both"):
        environ["QUOTES_ARCHIVE_URL"] = request.getfixturevalue("archive_url")
    options = {} if environ else {"engine": request.param}
    with Store(load({"instance": tmp_path / "instance", **options}, environ=environ)) as opened:
        yield opened


def quote(number: int, text: str, **more: str) -> Quote:
    return Quote(f"q{number}", more.pop("document_id", f"d{number}"), text, **more)  # type: ignore[arg-type]


def some_text(number: int) -> str:
    """A different row of words for each number."""
    return " ".join(WORDS[(number >> shift) % len(WORDS)] for shift in range(0, 16, 2)) + f" number {number}"


def put(store: Store, *quotes: Quote) -> None:
    store.add_quotes(quotes)
    store.catch_up(wait=True)  # for a reader that was quicker, and catches up too


def run_sql(store: Store, statement: str) -> list[tuple[object, ...]]:
    """Run a statement on the store's archive, as another program might."""
    return store._db.execute(statement)


def ids(store: Store, text: str, **filters: object) -> list[str]:
    found = find(store, Query(text=text, limit=100, **filters))  # type: ignore[arg-type]
    return [quote.id for utterance in found.utterances for quote in utterance.quotes]


def test_what_is_stored_is_found(store: Store) -> None:
    put(store, quote(1, "The bridge will not survive another winter"), quote(2, "We were never asked about the ferry"))
    assert ids(store, "survive another winter")[0] == "q1"
    assert ids(store, "asked about the ferry") == ["q2"]
    assert ids(store, "elephants") == []


def test_adding_again_changes_nothing(store: Store) -> None:
    for _ in range(2):
        put(store, quote(1, "The bridge will not survive another winter"))
    assert store.status().quotes == 1
    assert ids(store, "bridge will not survive") == ["q1"]


def test_a_deleted_document_is_found_no_more_and_its_group_lets_go_of_it(store: Store) -> None:
    text = "The bridge will not survive another winter like the last one"
    store.add([(Document(f"d{n}", text), f"d{n}", [quote(n, text, speaker="Ann Lee")]) for n in (1, 2)])
    store.add([(Document("d3", text), "d3", [quote(3, text + " was", speaker="Ann Lee")])])
    store.catch_up()
    assert len(find(store, Query(text=text)).utterances[0].quotes) == 3
    assert store.delete_document("d1") == 1
    assert sorted(ids(store, text)) == ["q2", "q3"]
    assert [len(utterance.quotes) for utterance in find(store, Query(text=text)).utterances] == [2]
    assert store.delete_document("d1") is None


def test_filters_narrow_the_answer(store: Store) -> None:
    text = "The bridge will not survive another winter"
    put(
        store,
        quote(1, text, speaker="Ann Lee", outlet="Courier", published="2024-01-05", language="en"),
        quote(2, text, speaker="Bo Ray", outlet="Herald", published="2024-02-05T10:00:00Z", language="de"),
        quote(3, text),
    )
    assert ids(store, text, speaker=("lee",)) == ["q1"]
    assert ids(store, text, not_speaker=("lee",)) == ["q2", "q3"]
    assert ids(store, text, outlet=("herald",)) == ["q2"]
    assert ids(store, text, after="2024-02-05") == ["q2"]
    assert ids(store, text, before="2024-02-05") == ["q1"]
    assert ids(store, text, language=("de",)) == ["q2"]
    assert ids(store, text, without=("winter",)) == []
    assert ids(store, text, kind=("mixed",)) == []


def test_marks_that_quote_nobody_and_reported_speech_must_be_asked_for(store: Store) -> None:
    text = "The bridge will not survive another winter"
    put(
        store,
        Quote("a", "d", text, scare=True),
        Quote("b", "d", text, kind="indirect"),
        Quote("c", "d", text, place="comment"),
    )
    # Not asked for, they are shown as what they are, and not as sure answers; a reader's comment never is.
    unasked = find(store, Query(text=text))
    assert [quote.id for utterance in unasked.utterances for quote in utterance.quotes] == ["a", "b"]
    assert not any(utterance.sure for utterance in unasked.utterances)
    assert ids(store, text, scare=True) == ["a"]
    assert ids(store, text, indirect=True) == ["b"]
    assert ids(store, text, kind=("indirect",)) == ["b"]


def test_a_filter_alone_lists_quotes_newest_first(store: Store) -> None:
    put(
        store,
        quote(1, "The bridge will stand", speaker="Ann Lee", published="2024-01-05"),
        quote(2, "We were never asked", speaker="Ann Lee", published="2024-03-05"),
        quote(3, "Nobody told me", speaker="Bo Ray"),
    )
    assert ids(store, "", speaker=("Ann Lee",)) == ["q2", "q1"]


def test_an_index_that_was_not_reached_is_caught_up_by_the_next_find(store: Store) -> None:
    store.add_quotes([quote(1, "The bridge will not survive another winter")])
    assert store.behind()
    assert find(store, Query(text="survive another winter")).total_quotes == 1
    assert not store.behind()


def test_rebuild_finds_the_same(store: Store) -> None:
    put(store, *(quote(n, some_text(n)) for n in range(40)))
    before = [ids(store, some_text(n)) for n in range(0, 40, 7)]
    versions = list(store.export())
    store.rebuild()
    assert [ids(store, some_text(n)) for n in range(0, 40, 7)] == before
    assert list(store.export()) == versions


def test_many_threads_read_while_one_writes(store: Store) -> None:
    put(store, *(quote(n, some_text(n)) for n in range(60)))
    wrong: list[object] = []
    stop = threading.Event()

    def look(offset: int) -> None:
        number = offset
        while not stop.is_set():
            number = (number + 7) % 60
            try:
                if f"q{number}" not in ids(store, some_text(number)):
                    wrong.append(number)
            except Exception as error:  # any failure of a reader is what this test is after
                wrong.append(error)

    threads = [threading.Thread(target=look, args=(start,)) for start in range(4)]
    for thread in threads:
        thread.start()
    try:
        for n in range(60, 90, 5):
            put(store, *(quote(m, some_text(m)) for m in range(n, n + 5)))
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_a_second_writer_is_told_to_wait(settings: Settings) -> None:
    with Store(settings) as one, Store(settings) as two, one.writing("quotes index"):
        with pytest.raises(StoreUnavailable, match="quotes index"):
            two.add_quotes([quote(1, "Nobody told me")])
        assert find(two, Query(text="Nobody told me")).total_quotes == 0


def test_an_unknown_engine_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="`elastic`"):
        Store(load({"instance": tmp_path, "engine": "elastic"}, environ={}))


@pytest.mark.parametrize("damage", ["current", "tables"])
def test_an_index_that_cannot_be_read_is_left_alone_until_a_rebuild_replaces_it(
    settings: Settings, damage: str
) -> None:
    with Store(settings) as store:
        put(store, quote(1, "Nobody told me about the ferry"))
        store.rebuild()
    if damage == "current":
        (settings.instance / "index" / "current").write_text("many", encoding="ascii")
    else:
        (table,) = (settings.instance / "index" / "2").glob("*.toc")
        table.rename(table.with_name("_terms999_1.toc"))
    before = sorted((settings.instance / "index").rglob("*"))
    with Store(settings) as store:
        with pytest.raises(StoreError, match="rebuild"):
            find(store, Query(text="Nobody told me"))
        assert sorted((settings.instance / "index").rglob("*")) == before
        store.rebuild()
        assert ids(store, "Nobody told me about the ferry") == ["q1"]
    with Store(settings) as store:
        assert ids(store, "Nobody told me about the ferry") == ["q1"]


WRITER = """
import sys
from search.model import Document, Quote
from search.settings import load
from search.storage.store import Store
from search.storage.store_reader import ANALYSIS_KEY
from search.storage.utterance_table import UtteranceTable
from search.storage.upkeep.backup import back_up
from search.storage.upkeep.examination import examine
from tests.test_storage_store import some_text
with Store(load({"instance": sys.argv[1]}, environ={})) as store:
    for first in range(0, 3000, 10):
        rows = []
        for n in range(first, first + 10):
            rows.append((Document(f"d{n}", some_text(n)), f"d{n}", [Quote(f"q{n}", f"d{n}", some_text(n))]))
        store.add(rows)
        print(first + 10, flush=True)
        if first % 50 == 40:
            store.catch_up()
"""


def test_killed_at_any_time_nothing_acknowledged_is_lost_and_nothing_doubled(settings: Settings) -> None:
    root = Path(__file__).resolve().parent.parent
    acknowledged = 0
    for delay in (0.3, 0.9, 1.7):
        run = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(settings.instance)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=root,
            env=os.environ | {"PYTHONPATH": str(root)},
        )
        assert run.stdout is not None
        first = run.stdout.readline()
        time.sleep(delay)
        run.send_signal(signal.SIGKILL)
        said = [int(line) for line in (first + run.stdout.read()).split()]
        run.wait()
        run.stdout.close()
        acknowledged = max(acknowledged, *said)
        with Store(settings) as store:
            stored = store.status().quotes
            assert stored >= acknowledged
            assert stored == store.status().documents
            find(store, Query(text="bridge"))
            assert not store.behind()
            with store.reading() as reader:
                assert reader.size == stored
            for n in range(0, acknowledged, max(1, acknowledged // 20)):
                assert ids(store, some_text(n)).count(f"q{n}") == 1


TEXTS = {
    "a": "The bridge will not survive another winter like the last one",
    "b": "This bridge will not survive another winter like the last",
    "c": "Nobody in the council ever asked the ferrymen what they thought of the tunnel",
}


def together(store: Store) -> set[frozenset[str]]:
    of: dict[str, set[str]] = {}
    for one, version in store.export():
        of.setdefault(version, set()).add(one.id)
    return {frozenset(group) for group in of.values()}


def test_what_a_person_decides_about_versions_wins_and_survives_a_rebuild(store: Store) -> None:
    put(store, *(Quote(name, "d" + name, text, speaker="Ann Lee") for name, text in TEXTS.items()))
    assert together(store) == {frozenset("ab"), frozenset("c")}
    store.correct(CorrectionKind.SPLIT, "Ann", "", quotes=["a", "b"])
    store.correct(CorrectionKind.JOIN, "Ann", "", quotes=["a", "c"])
    for _ in range(2):
        assert together(store) == {frozenset("ac"), frozenset("b")}
        store.rebuild()
    store.correct(CorrectionKind.JOIN, "Ann", "", quotes=["a", "b"])
    assert together(store) == {frozenset("abc")}


def test_a_word_or_two_are_of_their_week_and_nobodys_are_of_their_document(store: Store) -> None:
    """And what the weeks beside one another print is one version, however many such words lie between."""
    said = {"a": "2024-03-04", "b": "2024-03-05", "c": "2024-03-08", "d": "2024-07-01"}
    put(store, *(Quote(name, "d" + name, "A disaster", speaker="Ann Lee", published=day) for name, day in said.items()))
    put(store, *(Quote(name, "d" + name, "A disaster", published="2024-03-04") for name in "ef"))
    assert together(store) == {frozenset("abc"), frozenset("d"), frozenset("e"), frozenset("f")}


def test_papers_that_print_two_like_sentences_set_them_apart_when_they_do(store: Store) -> None:
    """Whichever comes first, and the two come together again when it goes."""
    rows = {
        "a": "The ferry line has ordered new lifeboats for the winter season",
        "b": "The ferry line has ordered new lifejackets for the winter season",
    }
    put(store, *(Quote(name, "d" + name, text, speaker="Ann Lee") for name, text in rows.items()))
    assert together(store) == {frozenset("ab")}
    for table in ("1", "2"):
        both = [Quote(name + table, table, text, speaker="Ann Lee") for name, text in rows.items()]
        store.add([(Document(table, "\n".join(rows.values())), table, both)])
    store.catch_up()
    assert together(store) == {frozenset(["a", "a1", "a2"]), frozenset(["b", "b1", "b2"])}
    store.rebuild()
    assert together(store) == {frozenset(["a", "a1", "a2"]), frozenset(["b", "b1", "b2"])}
    for table in ("1", "2"):
        store.delete_document(table)
    assert together(store) == {frozenset("ab")}


def test_a_stock_phrase_is_named_as_one(store: Store) -> None:
    """Three speakers of the same few words; many places of one speaker are none."""
    put(
        store,
        *(Quote(name, "d" + name, "Enough is enough", speaker=name, confidence=1.0) for name in ("Ann Lee", "Bo Orm")),
    )
    asked = Query(text="enough is enough")
    assert find(store, asked).notes == ()
    put(store, *(Quote(f"{n}", f"d{n}", "Enough is enough!", speaker="Cy Dahl", confidence=1.0) for n in range(3)))
    assert find(store, asked).notes == ("A stock phrase: 3 speakers are quoted with these very words.",)


def test_the_stems_of_quotes_are_kept_and_those_that_are_not_are_read(store: Store) -> None:
    """An archive of before, or one that was killed at the wrong moment, answers all the same."""
    put(store, quote(1, "The bridge will not survive"), quote(2, "Nobody [here] asked"), quote(3, "…"))
    kept = store.stems([3, 2, 1, 9])
    assert kept == [[], ["nobodi", "ask"], ["the", "bridg", "will", "not", "surviv"], []]
    run_sql(store, "DELETE FROM analysed_quotes")
    assert store.stems([3, 2, 1, 9]) == kept
    assert ids(store, "the bridge will not survive") == ["q1"]
    store.rebuild()
    assert run_sql(store, "SELECT count(*) FROM analysed_quotes") == [(3,)]


def test_a_version_is_read_by_its_own_text_whatever_brackets_its_other_quotes_have(store: Store) -> None:
    """Two quotes of one version have the same words, and not the same stems to be looked up by."""
    text = "The bridge over the northern river will not survive another winter storm"
    put(store, quote(1, text), quote(2, text.replace("the northern", "[the northern]")))
    one, other = store.version_records([1, 2])
    assert one is not None
    assert other is not None
    assert one.text.text == other.text.text == text
    assert list(one.text.all_stems) == list(other.text.all_stems) == [word.stem for word in other.text.tokens]


def test_the_stems_of_a_deleted_quote_are_forgotten(store: Store) -> None:
    with_document = quote(1, "The bridge will not survive")
    store.add([(Document("d1", "The bridge will not survive"), "d1", [with_document])])
    store.catch_up()
    assert store.delete_document("d1") == 1
    assert run_sql(store, "SELECT count(*) FROM analysed_quotes") == [(0,)]


def test_what_marks_set_apart_without_quoting_anybody_has_no_versions(store: Store) -> None:
    """The same word in two papers' scare quotes is nobody's utterance; in a quotation it is one."""
    said = "the so-called voluntary contribution of every islander"
    put(store, *(Quote(f"s{n}", f"d{n}", said, speaker="Ann Lee", confidence=1.0, scare=True) for n in range(2)))
    assert store.status().versions == 2
    put(store, *(Quote(f"q{n}", f"e{n}", said, speaker="Ann Lee", confidence=1.0) for n in range(2)))
    assert store.status().versions == 3


def test_what_is_taken_out_while_it_is_looked_for_is_no_answer(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program may delete between two statements of a find, whether the stems are kept or have to be read."""
    put(store, quote(1, "The bridge will not survive another winter"))
    monkeypatch.setattr(Archive, "quotes", lambda archive, numbers, wanted=None: {})
    assert ids(store, "survive another winter") == []
    run_sql(store, "DELETE FROM analysed_quotes")
    assert ids(store, "survive another winter") == []


def test_what_another_analysis_indexed_is_indexed_anew_by_the_next_find(store: Store) -> None:
    put(store, quote(1, "The bridge will not survive another winter"))
    assert not store.analysis_is_outdated()
    with store._db.transaction():
        store._db.set_meta(ANALYSIS_KEY, "0")
    assert store.analysis_is_outdated()
    assert ids(store, "survive another winter") == ["q1"]
    assert not store.analysis_is_outdated()


def test_an_archive_from_before_the_analysis_had_a_version_is_outdated(store: Store) -> None:
    assert not store.analysis_is_outdated()
    put(store, quote(1, "The bridge will not survive another winter"))
    run_sql(store, "DELETE FROM meta WHERE key = 'analysis'")
    assert store.analysis_is_outdated()
    store.catch_up()
    assert not store.analysis_is_outdated()


def test_the_vocabulary_is_that_of_the_archive_as_it_is(store: Store) -> None:
    put(store, quote(1, "The ferry will not survive"), quote(2, "The ferry sank"))
    assert store.vocabulary.quotes("ferri") == 2
    assert store.vocabulary.near("firri", "f", 2) == {"ferri": 2}
    put(store, quote(3, "Another ferry"), quote(4, "Another fury"))
    assert store.vocabulary.quotes("ferri") == 3
    assert store.vocabulary.near("firri", "f", 2) == {"ferri": 3, "furi": 1}


def test_filters_and_order_go_by_the_printed_day_and_by_the_instant(store: Store) -> None:
    text = "The bridge will not survive another winter"
    west, east = "2024-03-04T23:30:00-05:00", "2024-03-05T13:00:00+09:00"
    put(store, quote(1, text, outlet="Courier", published=west), quote(2, text, outlet="Herald", published=east))
    assert ids(store, text, before="2024-03-05") == ["q1"]
    assert ids(store, text, after="2024-03-05") == ["q2"]
    assert find(store, Query(text=text)).utterances[0].first_published == east


# -- faults


@pytest.mark.parametrize("grown", [False, True], ids=["as it was", "and grown since"])
def test_an_index_is_never_taken_for_that_of_an_older_copy_of_the_archive(
    tmp_path: Path, grown: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """The positions and numbers of a copy that has grown are the same as those of the index: only the mark tells them."""
    opened = load({"instance": tmp_path / "instance"}, environ={})
    with Store(opened) as store:
        put(store, *(quote(number, some_text(number)) for number in range(10)))
    copy = (opened.instance / "archive.sqlite3").read_bytes()
    with Store(opened) as store:
        put(store, *(quote(number, some_text(number)) for number in range(10, 30)))
    (opened.instance / "archive.sqlite3").write_bytes(copy)
    with Store(opened) as store:
        if grown:
            store.add_quotes(
                [
                    quote(number, f"an entirely other sentence {WORDS[number % 16]} {number}")
                    for number in range(100, 125)
                ]
            )
        assert ids(store, some_text(5))[0] == "q5"
        assert not {f"q{number}" for number in range(10, 30)} & set(ids(store, some_text(12)))
        if grown:
            for number in range(100, 125):
                assert ids(store, f"entirely other sentence {WORDS[number % 16]} {number}")[0] == f"q{number}"
    assert "not of this archive" in caplog.text


def test_an_index_of_another_archive_gives_no_answer_where_it_cannot_be_made_anew(tmp_path: Path) -> None:
    one, other = (load({"instance": tmp_path / name}, environ={}) for name in "ab")
    for number, each in enumerate((one, other)):
        with Store(each) as store:
            put(store, quote(number, some_text(number)))
    shutil.rmtree(one.instance / "index")
    shutil.copytree(other.instance / "index", one.instance / "index")
    with (
        Store(one) as store,
        Store(one) as busy,
        busy.writing("quotes index"),
        pytest.raises(StoreUnavailable, match="not of this archive"),
    ):
        find(store, Query(text=some_text(0)))


def test_stored_quotes_that_are_not_searchable_are_said_in_every_answer(tmp_path: Path) -> None:
    opened = load({"instance": tmp_path / "instance"}, environ={})
    with Store(opened) as store, Store(opened) as busy:
        put(store, quote(1, some_text(1)))
        store.add_quotes([quote(number, some_text(number)) for number in (2, 3)])
        assert store.notices() == ["2 stored quotes are not searchable yet: `quotes status` makes them so."]
        with busy.writing("quotes index"):
            (notice, *_) = find(store, Query(text=some_text(2))).notes
        assert notice.startswith("2 stored quotes are not searchable yet:")
        assert "`quotes index` (process" in notice
        assert find(store, Query(text=some_text(2))).utterances
        assert store.notices() == []


def test_answers_are_whole_while_utterances_are_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers of another connection have the old utterances until the new ones are all there; a kill leaves the old ones."""
    monkeypatch.setattr("search.storage.utterance_builder.BATCH_CHANGES", 7)
    opened = load({"instance": tmp_path / "instance"}, environ={})
    text = "The bridge will not survive another winter like the last one"
    with Store(opened) as store, Store(opened) as reader:
        put(store, *(quote(number, f"{text}{' was' * (number % 3)}", speaker="Ann Lee") for number in range(30)))
        before = ids(reader, text)
        seen = []

        def look(task: str, done: int, total: int | None) -> None:
            seen.append(ids(reader, text))
            if stop and task == "matching":
                raise RuntimeError

        for stop in (True, False):
            with pytest.raises(RuntimeError) if stop else contextlib.nullcontext():
                store.rebuild(look)
            assert seen
            assert all(each == before for each in seen)
            assert ids(store, text) == ids(reader, text) == before
        assert run_sql(store, "SELECT count(*), count(DISTINCT utterance) FROM versions") == [(3, 1)]


@pytest.mark.parametrize("damage", ["current", "toc", "all"])
def test_a_rebuild_mends_whatever_has_become_of_the_index(tmp_path: Path, damage: str) -> None:
    opened = load({"instance": tmp_path / "instance"}, environ={})
    with Store(opened) as store:
        put(store, quote(1, some_text(1)))
        store.rebuild()
    for path in (opened.instance / "index").rglob("*"):
        if path.is_file() and (damage == "all" or damage in path.name):
            path.write_bytes(b"")
    with Store(opened) as store:
        with pytest.raises(StoreError, match="quotes rebuild"):
            find(store, Query(text=some_text(1)))
        store.rebuild()
        assert ids(store, some_text(1)) == ["q1"]


def test_indexes_that_a_killed_rebuild_left_are_removed_by_the_next_run_that_writes(tmp_path: Path) -> None:
    with Store(load({"instance": tmp_path}, environ={})) as store:
        put(store, quote(1, some_text(1)))
        (tmp_path / "index" / "7").mkdir()
        put(store, quote(2, some_text(2)))
        assert sorted(path.name for path in (tmp_path / "index").iterdir() if path.is_dir()) == ["1"]


def test_a_quote_that_the_disk_has_changed_is_never_given_out(tmp_path: Path) -> None:
    with Store(load({"instance": tmp_path}, environ={})) as store:
        store.add([(Document("d1", "She said no."), "d1", [quote(1, some_text(1), document_id="d1")])])
        store.catch_up()
        run_sql(store, "UPDATE quotes SET text = replace(text, 'number', 'numbed')")
        for read in (
            lambda: list(store.export()),
            lambda: store.quotes([1]),
            lambda: find(store, Query(text=some_text(1))),
        ):
            with pytest.raises(StoreUnavailable, match="quotes doctor"):
                read()
        run_sql(store, "UPDATE documents SET title = 'x'")
        with pytest.raises(StoreUnavailable, match="document d1 is not what was stored"):
            store.document("d1")


@pytest.mark.parametrize("part", ["archive.sqlite3", "index"])
def test_damage_of_any_file_is_one_sentence_or_no_change_at_all(tmp_path: Path, part: str) -> None:
    """Bits turned at random: whatever is done with it gives the same answers, or a StoreError."""
    made = load({"instance": tmp_path / "made"}, environ={})
    with Store(made) as store:
        put(store, *(quote(number, some_text(number), speaker="Ann Lee") for number in range(40)))
        before = [quote for quote, _ in store.export()]
    chance = random.Random(4)
    refused = 0
    for attempt in range(40):
        folder = tmp_path / str(attempt)
        shutil.copytree(made.instance, folder)
        files = [
            path
            for path in sorted((folder / part).rglob("*")) or [folder / part]
            if path.is_file() and path.stat().st_size
        ]
        path = chance.choice([file for file in files if file.name != "checksums.json"])
        data = bytearray(path.read_bytes())
        for _ in range(chance.choice([1, 30])):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        try:
            with Store(load({"instance": folder}, environ={})) as store:
                find(store, Query(text=some_text(7)))
                assert [quote for quote, _ in store.export()] == before
                store.status()
        except StoreError:
            refused += 1
    assert refused > 3


@pytest.mark.parametrize("left", [None, b""])
def test_an_archive_that_is_gone_is_never_taken_for_one_that_was_never_there(
    settings: Settings, left: bytes | None, tmp_path: Path
) -> None:
    """A new one in its place would answer that nothing was ever stored."""
    with Store(settings) as store:
        store.add_quotes([Quote("q", "", "The ferry was sold to pay for it")])
        store.catch_up()
    path = settings.instance / "archive.sqlite3"
    path.unlink()
    if left is not None:
        path.write_bytes(left)
    with pytest.raises(StoreUnavailable, match="gone or empty"):
        Store(settings)
    with pytest.raises(StoreUnavailable, match="no archive"):
        back_up(settings, tmp_path / "b.zip")
    assert [fault.part for fault in examine(settings)] == ["archive"]
    assert path.exists() == (left is not None)
    shutil.rmtree(settings.instance / "index")
    with Store(settings) as store:
        assert store.count_quotes() == 0


@pytest.mark.parametrize(
    "look",
    [
        lambda store: ids(store, "The ferry was sold to pay for it"),
        lambda store: [(quote.id, utterance) for quote, utterance in store.export()],
        lambda store: [quote.id for version in utterance_of_quote(store, "q1").versions for quote in version.quotes],
    ],
)
def test_an_answer_is_of_one_moment_though_all_is_made_anew_in_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, look: Callable[[Store], list[object]]
) -> None:
    """A rebuild gives utterances other numbers: with those of before another one would be shown."""
    opened = load({"instance": tmp_path / "instance"}, environ={})
    said = (
        "Whoever painted the lantern shall answer",
        "Turnips belong beside the railway",
        "Gulls never touch umbrellas",
    )
    with Store(opened) as store, Store(opened) as other:
        store.add([(Document("d", "words"), "w", [Quote("gone", "d", said[0])])])
        put(store, *(quote(number, "The ferry was sold to pay for it") for number in (1, 2)), quote(3, said[1]))
        put(store, quote(4, said[2]))
        store.delete_document("d")
        before = look(store)
        asked = UtteranceTable.utterances_of

        def interrupted(self: UtteranceTable, numbers: Collection[int]) -> dict[int, int]:
            found = asked(self, numbers)
            if self is not other._utterances:
                other.rebuild()
            return found

        monkeypatch.setattr(UtteranceTable, "utterances_of", interrupted)
        assert look(store) == before
        assert len(before) in (2, 4)


def test_within_one_moment_nothing_of_what_comes_is_seen(tmp_path: Path) -> None:
    with Store(load({"instance": tmp_path}, environ={})) as store:
        put(store, quote(1, some_text(1)))
        index = ArchiveIndex(store._index, store._archive, store._db)
        with index.one_moment(), index.one_moment():
            with Store(load({"instance": tmp_path}, environ={})) as other:
                put(other, quote(2, some_text(2)))
            with index.reading() as reader:
                assert (reader.position, store.count_quotes()) == (1, 1)
        with index.reading() as reader:
            assert (reader.position, store.count_quotes()) == (2, 2)
        assert index.is_known_to_be_at(2)
