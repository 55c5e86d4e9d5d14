"""Which part of an instance does not answer: the archive or the index, each of which may be on another host."""

from __future__ import annotations

from typing import Final

from search.errors import PartsFail, StoreError
from search.storage.archive import Archive
from search.storage.archive_index import ArchiveIndex
from search.storage.indexing.index_place import IndexPlace

PARTS: Final = ("archive", "index")
_NO_TERM: Final = ""


class Health:
    """Asks each part of one instance whether it answers."""

    def __init__(self, archive: Archive, place: IndexPlace, index: ArchiveIndex) -> None:
        self._archive = archive
        self._place = place
        self._index = index

    def faults(self) -> dict[str, str]:
        """Return a sentence for each of `PARTS` that does not answer now; nothing where a search can be answered."""
        found: dict[str, str] = {}
        try:
            self._archive.last_position()
        except StoreError as error:
            found["archive"] = str(error)
        try:
            # Whether it is the index of this archive is known only where the archive answers.
            with self._place.reading() if found else self._index.reading() as reader:
                # No quote has this term, and every part of an index on several hosts has to say so.
                reader.postings(_NO_TERM)
        except StoreError as error:
            found["index"] = str(error)
        return found

    def check(self) -> None:
        """Raise PartsFail if a part does not answer."""
        if found := self.faults():
            raise PartsFail(" ".join(found.values()), tuple(found))
