"""Documents that print what another prints: wire copies, known by the versions that they share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from search.instants import in_utc
from search.model import Document

if TYPE_CHECKING:
    from search.storage.store_reader import StoreReader

LEAST_SHARED_VERSIONS: Final = 3  # fewer may be shared by two reports of one speech
COPY_SHARE: Final = 0.7  # of the versions of the one that has more of them
SHOWN_COPIES: Final = 50


def copies(store: StoreReader, document: Document) -> list[Document]:
    """Return other documents with the same quotes in the same words, earliest known first, at most `SHOWN_COPIES`.

    Revisions of one page are not copies of one another.
    """
    own = {*store.revision_ids(document.id), document.id}
    count, others = store.shared_versions(document.id)
    alike = [
        store.document(other.document_id)
        for other in others
        if other.document_id not in own
        and other.shared >= max(LEAST_SHARED_VERSIONS, COPY_SHARE * count, COPY_SHARE * other.of)
    ]
    ordered = sorted(
        (each for each in alike if each is not None), key=lambda each: (in_utc(each.published) or "9", each.id)
    )
    return ordered[:SHOWN_COPIES]
