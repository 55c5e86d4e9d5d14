"""What `quotes extract` printed is stored as `quotes index` stores it: in any order, twice, from several runs at once."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from indexer.pipeline.extract import with_attributions
from indexer.pipeline.extraction_json import extraction_object
from indexer.pipeline.import_extracted import documents_from_lines
from indexer.pipeline.items import ExtractedDocument
from indexer.pipeline.store_quotes import store_documents
from search.cli import quotes
from search.model import Document, Quote, Skip
from search.settings import load
from search.storage.store import Store
from search.storage.upkeep.examination import examine

COMMAND = Path(sys.executable).parent / "quotes"
TEXT = "“The pier is lost for good,” said Tom Brask, the mayor, “and so is the harbour.”"


@pytest.fixture(scope="module")
def lines() -> list[bytes]:
    """The sample archive as `quotes extract` prints it."""
    with as_file(files("indexer") / "samples") as folder:
        found = CliRunner().invoke(quotes, ["extract", str(folder / "articles")])
    return found.stdout_bytes.splitlines(keepends=True)


def contents(store: Store) -> tuple[dict[str, Document], dict[str, Quote]]:
    documents = {document.id: document for document in store.documents()}
    found = [quote for id_ in documents for quote in store.quotes_of_document(id_)]
    # Printed with three digits.
    return documents, {
        each.id: replace(each, confidence=round(each.confidence, 3), scare_score=round(each.scare_score, 3))
        for each in found
    }


def grouped(store: Store) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for quote, utterance in store.export():
        groups.setdefault(utterance, set()).add(quote.id)
    return set(map(frozenset, groups.values()))


def imported(store: Store, lines: Iterable[bytes], batch: int = 7) -> tuple[int, int, int]:
    items = documents_from_lines((("line", line) for line in lines), 10_000_000)
    done = store_documents(items, store, batch=batch, beside_others=True)
    return done.documents, done.unchanged, len(done.skipped)


def test_an_import_of_what_was_extracted_stores_what_indexing_stores(
    store: Store, samples: Store, lines: list[bytes]
) -> None:
    assert imported(store, lines, batch=100) == (len(lines), 0, 0)
    assert contents(store) == contents(samples)
    assert grouped(store) == grouped(samples)
    assert imported(store, lines) == (0, len(lines), 0)


def test_lines_come_in_any_order(store: Store, samples: Store, lines: list[bytes]) -> None:
    shuffled = list(lines)
    random.Random(4).shuffle(shuffled)
    assert imported(store, shuffled) == (len(lines), 0, 0)
    assert contents(store) == contents(samples)
    assert grouped(store) == grouped(samples)


def test_several_runs_import_at_once(tmp_path: Path, samples: Store, lines: list[bytes]) -> None:
    settings = load({"instance": tmp_path / "instance", "batch": 3}, environ={})
    parts = [lines[:20], lines[10:30], lines[20:], lines]
    for number, part in enumerate(parts):
        (tmp_path / f"{number}.jsonl").write_bytes(b"".join(part))
    environment = os.environ | {"QUOTES_BATCH": "3", "NO_COLOR": "1"}

    def run(number: int) -> subprocess.CompletedProcess[str]:
        command = [COMMAND, "--instance", settings.instance, "import", "--extracted", tmp_path / f"{number}.jsonl"]
        return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)

    with ThreadPoolExecutor() as pool:
        assert [(done.returncode, done.stderr) for done in pool.map(run, range(len(parts)))] == [(0, "")] * len(parts)
    with Store(settings) as store:
        assert contents(store) == contents(samples)
        assert grouped(store) == grouped(samples)
        assert store.notices() == []
    assert list(examine(settings)) == []


def test_extracting_needs_no_instance_and_prints_the_same_for_the_same(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(TEXT, encoding="utf-8")
    first, second = (
        CliRunner().invoke(quotes, ["extract", str(article), "--instance", str(tmp_path / name)]) for name in "ab"
    )
    assert first.stdout_bytes == second.stdout_bytes != b""
    assert sorted(tmp_path.iterdir()) == [article]


def test_a_document_keeps_the_day_and_the_zone_that_its_paper_printed() -> None:
    document = Document("d", TEXT, published="2021-04-25T23:30:00-04:00", path="a.csv", flags=("lossy",))
    item = with_attributions(document, 3)
    assert isinstance(item, ExtractedDocument)
    (found,) = documents_from_lines([("line", json.dumps(extraction_object(item)).encode())], 1000)
    assert isinstance(found, ExtractedDocument)
    assert (found.document, found.place) == (item.document, 3)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (b"", "is no document"),
        (b"[]", "is no document"),
        (b"\xff", "is no document"),
        (b"[" * 100_000, "is no document"),
        (None, "longer"),
        ({"text": None}, "is no document"),
        ({"text": "\ud800"}, "is no document"),
        ({"text": "x" * 1001}, "1,001 bytes"),
        ({"id": ""}, "is no document"),
        ({"published": "<script>"}, "is no document"),
        ({"published": "0001-01-01"}, "no paper has"),
        ({"quotes": [{"spans": [], "kind": "direct"}]}, "is no document"),
        ({"quotes": [{"spans": [[0, 5]], "kind": "shouted"}]}, "is no document"),
        ({"quotes": [{"spans": [[0, 500]], "kind": "direct"}]}, "outside"),
        ({"quotes": [{"spans": [[5, 3]], "kind": "direct"}]}, "outside"),
        ({"quotes": [{"spans": [[8, 9], [0, 5]], "kind": "direct"}]}, "not in order"),
        ({"quotes": [{"spans": [[0, 5]], "kind": "direct", "parent": 0}]}, "inside one"),
        ({"quotes": [{"spans": [[0, 5]], "kind": "direct", "confidence": 2}]}, "is no document"),
        ({"regions": [[0, 900, "caption", None]]}, "outside"),
    ],
)
def test_a_line_that_is_none_of_ours_is_skipped_with_a_sentence(change: Any, reason: str) -> None:
    line = json.dumps({"id": "d", "text": TEXT} | change).encode() if isinstance(change, dict) else change
    whole = json.dumps({"id": "e", "text": TEXT}).encode()
    bad, good = documents_from_lines([("f, line 1", line), ("f, line 2", whole)], 1000)
    assert isinstance(bad, Skip)
    assert bad.path == "f, line 1"
    assert reason in bad.reason
    assert "\n" not in bad.reason
    assert isinstance(good, ExtractedDocument)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["id", "text", "quotes", "spans"]), inner),
    )
)
def test_whatever_a_line_holds_is_a_document_or_a_skip(value: Any) -> None:
    (item,) = documents_from_lines([("line", json.dumps(value).encode())], 1000)
    assert isinstance(item, ExtractedDocument | Skip)
