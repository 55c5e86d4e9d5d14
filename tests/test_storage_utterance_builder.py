"""Utterances follow the archive: a partition whatever comes and goes in whatever order, and decisions outlive all."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.corrections.correction import CorrectionKind
from search.errors import StoreUnavailable
from search.model import Document, Quote
from search.settings import load
from search.storage import utterance_builder
from search.storage.store import Store
from search.utterances.linking import fingerprint

TEXTS = [
    "The ferry to the northern islands was sold to pay for the new harbour wall",
    "The ferry to the northern islands was sold to pay for a new harbour wall, and nobody asked us",
    "the new harbour wall",
    "Bread has doubled in price since the harvest failed in the southern valleys",
    "Bread doubled in price since the harvest failed in the southern valleys, the baker said",
    "Enough is enough",
    "",
]

# A document is a row of quotes: which text, who is said to have said it, and whether its marks quote somebody.
documents = st.lists(
    st.lists(
        st.tuples(st.sampled_from(TEXTS), st.sampled_from([None, "Marta Lind", "Jonas Berg"]), st.booleans()),
        min_size=1,
        max_size=3,
    ),
    min_size=1,
    max_size=6,
)


def groups(store: Store) -> list[list[str]]:
    of: dict[str, list[str]] = {}
    for quote, utterance in store.export():
        of.setdefault(utterance, []).append(quote.id)
    return sorted(sorted(ids) for ids in of.values())


def stored(rows: list[tuple[str, str | None, bool]], name: str) -> tuple[Document, str, list[Quote]]:
    quotes = [
        Quote(f"{name}-{n}", name, text, speaker=speaker, scare=scare, published="2024-03-04", outlet=f"Outlet {name}")
        for n, (text, speaker, scare) in enumerate(rows)
    ]
    return Document(name, "words"), name, quotes


@given(documents, st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_every_quote_is_in_one_utterance_in_any_order_after_deletions_and_after_a_rebuild(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[tuple[str, str | None, bool]]], chance: random.Random
) -> None:
    batch = [stored(row, f"d{n}") for n, row in enumerate(rows)]
    ids = sorted(quote.id for _, _, quotes in batch for quote in quotes)
    folder = tmp_path_factory.mktemp("partition")
    with (
        Store(load({"instance": folder / "at once", "engine": "memory"}, {})) as at_once,
        Store(load({"instance": folder / "one by one", "engine": "memory"}, {})) as one_by_one,
    ):
        at_once.add(batch)
        at_once.catch_up()
        whole = groups(at_once)
        assert sorted(id_ for group in whole for id_ in group) == ids
        shuffled = chance.sample(batch, len(batch))
        for each in [*shuffled, *shuffled]:  # adding again changes nothing
            one_by_one.add([each])
            one_by_one.catch_up()
        assert groups(one_by_one) == whole
        one_by_one.rebuild()
        assert groups(one_by_one) == whole
        # What is taken out and put in again leaves no trace.
        gone = shuffled[0]
        one_by_one.delete_document(gone[0].id)
        left = groups(one_by_one)
        assert sorted(id_ for group in left for id_ in group) == [
            id_ for id_ in ids if not id_.startswith(f"{gone[1]}-")
        ]
        one_by_one.add([gone])
        one_by_one.catch_up()
        assert groups(one_by_one) == whole


def test_a_decision_is_kept_when_a_newer_program_folds_texts_otherwise(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The version is called by another fingerprint then; what a person said of it still holds."""
    store.add_quotes(
        [Quote(name, "d" + name, text, speaker="Marta Lind") for name, text in zip("abc", TEXTS[::2], strict=False)]
    )
    store.catch_up()
    store.correct(CorrectionKind.JOIN, "Ann", "", quotes=["a", "c"])
    decided = groups(store)
    assert ["a", "c"] in decided or any({"a", "c"} <= set(group) for group in decided)
    monkeypatch.setattr(utterance_builder, "fingerprint", lambda *version: fingerprint(*version)[::-1])
    for _ in range(2):
        store.rebuild()
        assert groups(store) == decided


def test_two_parts_come_apart_when_the_whole_that_joined_them_goes(store: Store) -> None:
    """They share no word: only the version that contains both says that they are one utterance."""
    left = "the ferry to the northern islands was sold behind closed doors last autumn"
    right = "bread has doubled in price since the harvest failed in the southern valleys"
    for name, text in {"whole": f"{left}, and {right}", "left": left, "right": right}.items():
        store.add([stored([(text, "Marta Lind", False)], name)])
    store.catch_up()
    assert groups(store) == [["left-0", "right-0", "whole-0"]]
    store.delete_document("whole")
    assert groups(store) == [["left-0"], ["right-0"]]


def test_a_decision_of_two_quotes_of_one_version_is_none(store: Store) -> None:
    store.add_quotes([Quote(name, "d" + name, TEXTS[0], speaker="Marta Lind") for name in "ab"])
    store.catch_up()
    store.correct(CorrectionKind.SPLIT, "Ann", "", quotes=["a", "b"])
    assert groups(store) == [["a", "b"]]


def test_unlinked_quotes_are_utterances_of_their_own(tmp_path: Path) -> None:
    with Store(load({"instance": tmp_path}, {})) as store:
        for part in ("ab", "cd"):
            store.add_quotes([Quote(name, "d" + name, TEXTS[0], speaker="Marta Lind") for name in part])
            store.catch_up(link=False)
        assert groups(store) == [["a"], ["b"], ["c"], ["d"]]
        assert store.behind() == 0
        store.rebuild()
        assert groups(store) == [["a", "b", "c", "d"]]


def test_regrouping_finds_the_links_that_were_not_found_on_arrival(tmp_path: Path) -> None:
    instance = load({"instance": tmp_path / "instance"}, environ={})
    with Store(instance) as store:
        store.add([stored([(TEXTS[0], "Marta Lind", False)], "a"), stored([(TEXTS[1], "Marta Lind", False)], "b")])
        store.catch_up()
        together = groups(store)
        assert len(together) == 1
    # As if each had come where the other was not among those that it was compared with.
    with closing(sqlite3.connect(tmp_path / "instance" / "archive.sqlite3")) as archive, archive:
        archive.execute("DELETE FROM links")
        archive.execute("UPDATE versions SET utterance = id")
    with Store(instance) as store:
        assert len(groups(store)) == 2
        assert store.regroup("2100-01-01") == (0, 0)
        assert len(groups(store)) == 2
        assert store.regroup("2001-01-01") == (2, 1)
        assert groups(store) == together
        assert store.regroup("2001-01-01") == (2, 0)


def test_regrouping_does_not_link_a_quote_with_the_one_that_it_stands_in(tmp_path: Path) -> None:
    outer = Quote("o", "d", TEXTS[0], speaker="Marta Lind", published="2024-03-04")
    inner = Quote("i", "d", " ".join(TEXTS[0].split()[1:]), speaker="Marta Lind", parent="o", published="2024-03-04")
    with Store(load({"instance": tmp_path / "instance"}, environ={})) as store:
        store.add([(Document("d", "words"), "d", [outer, inner])])
        store.catch_up()
        assert groups(store) == [["i"], ["o"]]
        assert store.regroup("2001-01-01") == (2, 0)
        assert groups(store) == [["i"], ["o"]]


@pytest.mark.parametrize("first", ["outer", "inner"])
def test_what_stands_inside_another_quote_is_no_version_of_it_whichever_comes_first_in_whatever_batch(
    tmp_path: Path, first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which batch a quote is in depends on what others have stored before it."""
    monkeypatch.setattr(utterance_builder, "BATCH_CHANGES", 1)
    outer = Quote("o", "d", TEXTS[0], speaker="Marta Lind", published="2024-03-04")
    inner = Quote("i", "d", " ".join(TEXTS[0].split()[1:]), speaker="Marta Lind", parent="o", published="2024-03-04")
    with Store(load({"instance": tmp_path}, environ={})) as store:
        store.add([(Document("d", TEXTS[0]), "w", [outer, inner] if first == "outer" else [inner, outer])])
        store.catch_up()
        assert groups(store) == [["i"], ["o"]]
        store.regroup("2000-01-01")
        assert groups(store) == [["i"], ["o"]]


@pytest.mark.parametrize("first", ["outer", "inner"])
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.cluster)])
def test_a_quote_without_a_document_is_no_version_of_the_one_that_it_stands_in(
    tmp_path: Path, kind: str, first: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Nothing but its `parent` tells: of a document that is not known no other quotes can be asked for."""
    monkeypatch.setattr(utterance_builder, "BATCH_CHANGES", 1)
    environ = {"QUOTES_ARCHIVE_URL": request.getfixturevalue("archive_url")} if kind == "postgresql" else {}
    outer = Quote("o", "", TEXTS[0], speaker="Marta Lind", published="2024-03-04")
    inner = Quote("i", "", " ".join(TEXTS[0].split()[1:]), speaker="Marta Lind", parent="o", published="2024-03-04")
    with Store(load({"instance": tmp_path}, environ=environ)) as store:
        for quote in [outer, inner] if first == "outer" else [inner, outer]:
            store.add_quotes([quote])
            store.catch_up()
        assert groups(store) == [["i"], ["o"]]
        store.regroup("2000-01-01")
        assert groups(store) == [["i"], ["o"]]


def test_a_link_of_versions_that_are_not_there_is_one_sentence_and_mended_by_a_rebuild(tmp_path: Path) -> None:
    """Every `quotes index` that met it was a traceback."""
    with Store(load({"instance": tmp_path, "engine": "memory"}, {})) as store:
        store.add([stored([(TEXTS[0], "Marta Lind", False), (TEXTS[1], "Marta Lind", False)], "d1")])
        store.catch_up()
        whole = groups(store)
        with closing(sqlite3.connect(tmp_path / "archive.sqlite3")) as database:
            assert database.execute("UPDATE links SET b = 900").rowcount == 1
            database.commit()
        with pytest.raises(StoreUnavailable, match="quotes doctor"):
            store.regroup("2000-01-01")
        store.rebuild()
        assert groups(store) == whole
