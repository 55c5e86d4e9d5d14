"""What changed between the revisions of a page, as a part of the page that shows one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from search.documents import revisions
from search.errors import QuoteNotFound
from search.message import Message
from search.model import ChangedParagraph, DifferenceKind, DiffSegment, Document, RevisionDiff
from search.storage.store import Store
from web.language.formats import comma_list
from web.language.messages import gettext, ngettext
from web.presentation.wording import OTHER_FACTS

# A page rewritten from end to end is better read in its two revisions than in their difference.
PARAGRAPHS_SHOWN: Final = 100
CONTEXT_WORDS: Final = 12  # words that stayed the same, on either side of a change: enough to find one's way
SEGMENT_WORDS: Final = 400  # of what was removed or added: more is read in the document itself


@dataclass(frozen=True, slots=True)
class RevisionView:
    """The revisions of a page, oldest first, and how the one shown differs from one of the others.

    diff        all that changed, from `earlier` to `later`
    paragraphs  as many of the changed ones as a page shows, each shortened
    """

    revisions: tuple[Document, ...]
    earlier: Document
    later: Document
    diff: RevisionDiff
    paragraphs: tuple[ChangedParagraph, ...]

    @property
    def not_shown(self) -> int:
        """Return how many changed paragraphs are left out."""
        return len(self.diff.paragraphs) - len(self.paragraphs)


def revision_view(store: Store, document: Document, against: str | None = None) -> RevisionView | None:
    """Return how a document differs from the revision of that id, else from the one before it; None if it is the only one.

    Raises QuoteNotFound if `against` is not another revision of the page.
    """
    every = revisions.revisions_of(store, document)
    if against:
        other = next((each for each in every if each.id == against and each.id != document.id), None)
        if other is None:
            raise QuoteNotFound(Message("This page has no other revision of that name."))
    else:
        other = revisions.compared_revision(every, document)
    if other is None:
        return None
    earlier, later = sorted((document, other), key=every.index)
    diff = revisions.diff_revisions(earlier, later)
    shown = (ChangedParagraph(each.kind, _shortened(each.segments)) for each in diff.paragraphs[:PARAGRAPHS_SHOWN])
    return RevisionView(tuple(every), earlier, later, diff, tuple(shown))


def _shortened(segments: Sequence[DiffSegment]) -> tuple[DiffSegment, ...]:
    last = len(segments) - 1
    return tuple(
        DiffSegment(
            segment.kind,
            _beside_changes(segment.text, after_one=at > 0, before_one=at < last)
            if segment.kind == DifferenceKind.SAME
            else _beginning(segment.text),
        )
        for at, segment in enumerate(segments)
    )


def _beside_changes(text: str, *, after_one: bool, before_one: bool) -> str:
    """Return the ends of a text that stand beside a change, `CONTEXT_WORDS` of each."""
    words = text.split(" ")
    if len(words) <= CONTEXT_WORDS * (after_one + before_one):
        return text
    left = words[:CONTEXT_WORDS] if after_one else []
    right = words[-CONTEXT_WORDS:] if before_one else []
    return " ".join([*left, "…", *right])


def _beginning(text: str) -> str:
    words = text.split(" ", SEGMENT_WORDS)
    return " ".join([*words[:SEGMENT_WORDS], "…"]) if len(words) > SEGMENT_WORDS else text


def revision_summary(diff: RevisionDiff) -> str:
    """Return the difference of two revisions in half a sentence: "1 paragraph removed, 2 changed; another title"."""
    counts = {kind: diff.count(kind) for kind in DifferenceKind}
    said = {
        DifferenceKind.REMOVED: ngettext(
            "%(num)s paragraph removed", "%(num)s paragraphs removed", counts[DifferenceKind.REMOVED]
        ),
        DifferenceKind.ADDED: ngettext(
            "%(num)s paragraph added", "%(num)s paragraphs added", counts[DifferenceKind.ADDED]
        ),
        DifferenceKind.CHANGED: ngettext(
            "%(num)s paragraph changed", "%(num)s paragraphs changed", counts[DifferenceKind.CHANGED]
        ),
    }
    parts = [words for kind, words in said.items() if counts[kind]]
    parts += [gettext(OTHER_FACTS[name]) for name, _, _ in diff.facts]
    return comma_list(parts) or gettext("the same words")
