"""What is found on OpenSearch and PostgreSQL is what is found on Whoosh and SQLite: the same ids in the same order, by whatever filters."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from indexer.input.input_file import ReadOptions
from indexer.pipeline.store_quotes import store_documents
from indexer.pipeline.workers import extract_files
from search.find.find import find
from search.model import Query, Result, SortOrder
from search.settings import load
from search.storage.store import Store
from search.term_index.opensearch.server import OpensearchServer

if TYPE_CHECKING:
    from opensearch_nodes import OpensearchNodes
    from postgresql_server import PostgresqlServer

pytestmark = pytest.mark.cluster
SAMPLES = Path(str(files("indexer"))) / "samples"
UTTERANCES: list[dict[str, Any]] = json.loads((SAMPLES / "utterances.json").read_text(encoding="utf-8"))


def filled(folder: Path, articles: list[str], environ: dict[str, str]) -> Store:
    opened = Store(load({"instance": folder}, environ=environ))
    store_documents(extract_files(articles, ReadOptions()), opened, batch=100)
    return opened


def environ_of(opensearch: OpensearchNodes, postgresql: PostgresqlServer, alias: str) -> dict[str, str]:
    return {
        "QUOTES_ARCHIVE_URL": postgresql.make_database(alias),
        "QUOTES_ENGINE": "opensearch",
        "QUOTES_OPENSEARCH_URL": opensearch.urls[0],
        "QUOTES_OPENSEARCH_ALIAS": alias,
        "QUOTES_OPENSEARCH_SHARDS": "3",
        "QUOTES_OPENSEARCH_REPLICAS": "0",
    }


@pytest.fixture(scope="module")
def clustered(
    opensearch: OpensearchNodes, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """The sample archive in PostgreSQL, with its index on OpenSearch, in three shards."""
    with as_file(files("indexer") / "samples") as folder:
        environ = environ_of(opensearch, postgresql, "samples")
        with filled(tmp_path_factory.mktemp("clustered"), [str(folder / "articles")], environ) as store:
            yield store


def answer(store: Store, query: Query) -> Result:
    return replace(find(store, query), took_ms=0.0)


def queries() -> Iterator[Query]:
    """Every wording of the sample archive's key whole, its middle and two words of it, many of which are others' too; and filters around some."""
    for utterance in UTTERANCES:
        for version in utterance["versions"]:
            words = version["text"].split()
            for text in (" ".join(words), " ".join(words[2:8]), " ".join(words[1:3])):
                if text:
                    yield Query(text)
    speaker = UTTERANCES[0]["speaker"]
    text = UTTERANCES[0]["versions"][0]["text"]
    yield Query(text, speaker=(speaker,))
    yield Query(text, not_speaker=(speaker,))
    yield Query(text, after="2021-01-01", sort=SortOrder.OLDEST)
    yield Query(text, outlet=("harbour",), language=("en",))
    yield Query(text, not_outlet=("harbour",), kind=("direct",))
    yield Query("the", before="2021-06-01", speaker=(speaker,))
    yield Query("", speaker=(speaker,))
    yield Query("", after="2021-01-01", sort=SortOrder.OLDEST)
    yield Query("", not_speaker=(speaker,), scare=True, indirect=True)
    yield Query("zyzzyva")
    yield Query("the")


def test_the_same_is_found_in_the_same_order(clustered: Store, samples: Store) -> None:
    """To the last field of the answer. Two questions at once, since one waits for servers most of its time."""

    def both(query: Query) -> tuple[Result, Result]:
        return answer(clustered, query), answer(samples, query)

    asked = list(dict.fromkeys(queries()))
    assert len(asked) > 100
    with ThreadPoolExecutor(2) as pool:
        for query, (one, other) in zip(asked, pool.map(both, asked), strict=True):
            assert one == other, query


def test_the_seeds_are_found_as_on_whoosh(
    opensearch: OpensearchNodes, postgresql: PostgresqlServer, tmp_path: Path, shared: Path
) -> None:
    seeds = [str(path) for path in sorted((shared / "seeds").glob("*.txt"))]
    lines = (shared / "gold" / "seeds" / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [text for line in lines if isinstance(text := json.loads(line).get("query"), str)]
    assert asked
    with (
        filled(tmp_path / "one", seeds, environ_of(opensearch, postgresql, "seeds")) as one,
        filled(tmp_path / "other", seeds, {}) as other,
    ):
        for text in asked:
            assert answer(one, Query(text)) == answer(other, Query(text)), text


def test_a_find_asks_few_requests(clustered: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is a millisecond where nothing else runs, and ten or more on a busy machine."""
    asked: list[str] = []

    def counted(self: OpensearchServer, method: str, path: str, *given: object, **parameters: Any) -> Any:
        asked.append(f"{method} {path}")
        return ask(self, method, path, *given, **parameters)

    ask = OpensearchServer.ask
    text = UTTERANCES[0]["versions"][0]["text"]
    find(clustered, Query(text))
    monkeypatch.setattr(OpensearchServer, "ask", counted)
    find(clustered, Query(text))
    # Which index, and how far it has come; the best quotes by the query's words, with those of the best hit, those akin to it.
    assert len(asked) <= 4, asked
