"""The real servers of the tests that are marked `cluster`, each started once for all of them."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from opensearch_nodes import OpensearchNodes
    from postgresql_server import PostgresqlServer

_COUNT = itertools.count(1)


@pytest.fixture(scope="session")
def opensearch() -> Iterator[OpensearchNodes]:
    """One node of OpenSearch, its files in memory: some hundred small indexes are made. Where none can be started the test is skipped."""
    from missing import MissingHere
    from opensearch_nodes import OpensearchNodes
    from postgresql_server import MEMORY

    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        try:
            nodes = OpensearchNodes(Path(folder))
            with nodes:
                yield nodes
        except MissingHere as why:
            pytest.skip(str(why))


@pytest.fixture
def opensearch_environ(opensearch: OpensearchNodes) -> dict[str, str]:
    """The environment of an instance whose index is on OpenSearch, under an alias of its own, in two shards."""
    return {
        "QUOTES_ENGINE": "opensearch",
        "QUOTES_OPENSEARCH_URL": opensearch.urls[0],
        "QUOTES_OPENSEARCH_ALIAS": f"test-{next(_COUNT)}",
        "QUOTES_OPENSEARCH_SHARDS": "2",
        "QUOTES_OPENSEARCH_REPLICAS": "0",
    }


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresqlServer]:
    """One PostgreSQL. Where none can be started the test is skipped."""
    from missing import MissingHere
    from postgresql_server import PostgresqlServer

    try:
        with PostgresqlServer(in_memory=True) as server:
            yield server
    except MissingHere as why:
        pytest.skip(str(why))


@pytest.fixture
def archive_url(postgresql: PostgresqlServer) -> str:
    """The address of an empty database in PostgreSQL."""
    return postgresql.make_database(f"archive{next(_COUNT)}")
