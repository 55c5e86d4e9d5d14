"""The real servers of the tests that are marked `cluster`: OpenSearch, started once for all of them."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from opensearch_nodes import OpensearchNodes


@pytest.fixture(scope="session")
def opensearch() -> Iterator[OpensearchNodes]:
    """One node of OpenSearch. Where none can be started the test is skipped."""
    from missing import MissingHere
    from opensearch_nodes import OpensearchNodes

    with tempfile.TemporaryDirectory() as folder:
        try:
            nodes = OpensearchNodes(Path(folder))
            with nodes:
                yield nodes
        except MissingHere as why:
            pytest.skip(str(why))


_COUNT = itertools.count(1)


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
