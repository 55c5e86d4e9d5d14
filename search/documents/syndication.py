"""Documents that print what another prints: wire copies, known by the wordings that they share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from search.model import Document

if TYPE_CHECKING:
    from search.storage.store import Store

LEAST: Final = 3  # wordings: fewer may be shared by two reports of one speech
SHARED: Final = 0.7  # the share of the wordings of the one that has more of them
SHOWN: Final = 50


def copies(store: Store, document: Document) -> list[Document]:
    """Other documents with the same quotes in the same words, earliest known first; editions of one page are none."""
    work = store.archive.work_of(document.id)
    own = set(store.archive.editions(work)) if work else {document.id}
    count, others = store.versions.sharing(document.id)
    found = [
        store.archive.document(id_)
        for id_, shared, theirs in others
        if id_ not in own and shared >= max(LEAST, SHARED * count, SHARED * theirs)
    ]
    ordered = sorted((each for each in found if each is not None), key=lambda each: (each.published or "9", each.id))
    return ordered[:SHOWN]
