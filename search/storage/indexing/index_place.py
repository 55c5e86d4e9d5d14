"""Where the term index of an instance is: in its folder, or on a cluster that several hosts share."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Final, Protocol

from search.errors import ConfigError
from search.settings import Settings
from search.storage.index_folder import IndexFolder
from search.term_index import TermIndex, TermReader

OPENSEARCH: Final = "opensearch"


class IndexPlace(Protocol):
    """The indexes of one archive, of which one is in use."""

    def index(self) -> TermIndex:
        """Return the index in use, the new one after a rebuild by whatever program."""

    def is_outdated(self) -> bool:
        """Return whether another version of this program made the index in use, so that it has to be made anew."""

    def reading(self) -> AbstractContextManager[TermReader]:
        """Give a snapshot of the index in use for the calling thread."""

    def exists(self) -> bool:
        """Return whether there is an index, in use or not."""

    def left_over(self) -> Sequence[object]:
        """Return what is not in use, as a rebuild leaves that was killed; each is named by its text."""

    def remove_left_over(self) -> None:
        """Remove what is not in use; needs the store's lock."""

    def replacing(self) -> AbstractContextManager[TermIndex]:
        """Give an empty index beside the one in use, to be filled; it takes its place when the block ends well."""

    def close(self) -> None:
        """Let go of the index in use."""


def index_place(settings: Settings) -> IndexPlace:
    """Return where the index of an instance is.

    Raises:
        ConfigError: there is no such engine, or it cannot be asked as it is set.
    """
    if settings.engine != OPENSEARCH:
        return IndexFolder(settings.instance / "index", settings.engine)
    if not settings.opensearch_url:
        raise ConfigError('engine = "opensearch" needs an address in the environment: QUOTES_OPENSEARCH_URL.')
    try:
        from search.term_index.opensearch.alias import OpensearchAlias
        from search.term_index.opensearch.server import OpensearchServer
    except ImportError as error:
        raise ConfigError(
            "The engine opensearch needs its library: pip install 'quotes-engine[opensearch]'."
        ) from error
    server = OpensearchServer(settings.opensearch_url, settings.opensearch_user, settings.opensearch_password)
    return OpensearchAlias(server, settings.opensearch_alias, settings.opensearch_shards, settings.opensearch_replicas)
