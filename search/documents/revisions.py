"""Two revisions of a page compared: paragraph by paragraph, then word by word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from search.matching.alignment import Step, align
from search.model import ChangedParagraph, DifferenceKind, DiffSegment, Document, RevisionDiff

if TYPE_CHECKING:
    from search.storage.store_reader import StoreReader

EDITED_SHARE: Final = 0.5  # of the longer paragraph's words, from which two paragraphs are one that was edited
LOOK_AHEAD_PARAGRAPHS: Final = 8  # in which an edited one is looked for: a bound, so that it stays linear
STRAY_CHARS: Final = 3  # words so short that stayed between two changes are shown with them: "of", "a"
_WORD = re.compile(r"\S+")


def revisions_of(store: StoreReader, document: Document) -> list[Document]:
    """Return all revisions of the page that a stored document is one of, itself too, in the order in which they were read."""
    known = (store.document(id_) for id_ in store.revision_ids(document.id))
    return [each for each in known if each is not None] or [document]


def compared_revision(revisions: Sequence[Document], document: Document) -> Document | None:
    """Return the revision that one is compared with if nobody says which: the one before it; after the first, its next."""
    ids = [each.id for each in revisions]
    at = ids.index(document.id) if document.id in ids else 0
    return None if len(revisions) < 2 else revisions[at - 1] if at else revisions[1]


def diff_revisions(before: Document, after: Document) -> RevisionDiff:
    """Return what was removed and added from one revision to the other. Linear in the texts, whatever they are."""
    facts = [
        (name, left or "", right or "")
        for name, left, right in (
            ("title", before.title, after.title),
            ("by-line", ", ".join(before.authors), ", ".join(after.authors)),
            ("date", before.published, after.published),
            ("date of change", before.modified, after.modified),
        )
        if left != right
    ]
    return RevisionDiff(before.id, after.id, tuple(facts), tuple(_changed_paragraphs(before.text, after.text)))


def _changed_paragraphs(before: str, after: str) -> Iterator[ChangedParagraph]:
    left, right = _paragraphs(before), _paragraphs(after)
    for step in align(left, right):
        if not step.same:
            yield from _changed(left[step.a_start : step.a_end], right[step.b_start : step.b_end])


def _paragraphs(text: str) -> list[str]:
    return [words for line in text.split("\n") if (words := " ".join(line.split()))]


def _changed(left: Sequence[str], right: Sequence[str]) -> Iterator[ChangedParagraph]:
    """Yield paragraphs that stand for each other: those that are alike word by word, the others as removed and added."""
    bags = [Counter(words.split(" ")) for words in right]
    following = 0
    for words in left:
        bag = Counter(words.split(" "))
        ahead = range(following, min(len(right), following + LOOK_AHEAD_PARAGRAPHS))
        at = next((place for place in ahead if _alike(bag, bags[place])), None)
        if at is None:
            yield ChangedParagraph(DifferenceKind.REMOVED, (DiffSegment(DifferenceKind.REMOVED, words),))
            continue
        for added in right[following:at]:
            yield ChangedParagraph(DifferenceKind.ADDED, (DiffSegment(DifferenceKind.ADDED, added),))
        yield ChangedParagraph(DifferenceKind.CHANGED, tuple(_words(words, right[at])))
        following = at + 1
    for added in right[following:]:
        yield ChangedParagraph(DifferenceKind.ADDED, (DiffSegment(DifferenceKind.ADDED, added),))


def _alike(left: Counter[str], right: Counter[str]) -> bool:
    return (left & right).total() >= EDITED_SHARE * max(left.total(), right.total())


def _words(before: str, after: str) -> Iterator[DiffSegment]:
    left, right = _WORD.findall(before), _WORD.findall(after)
    for step in _without_strays(align(left, right), left):
        if step.same:
            yield DiffSegment(DifferenceKind.SAME, " ".join(right[step.b_start : step.b_end]))
            continue
        if step.a_end > step.a_start:
            yield DiffSegment(DifferenceKind.REMOVED, " ".join(left[step.a_start : step.a_end]))
        if step.b_end > step.b_start:
            yield DiffSegment(DifferenceKind.ADDED, " ".join(right[step.b_start : step.b_end]))


def _without_strays(steps: Sequence[Step], words: Sequence[str]) -> list[Step]:
    """Return the steps, a lone "of" that stayed between two changes made a part of the change, as a reader sees it."""
    found: list[Step] = []
    for index, step in enumerate(steps):
        inside = 0 < index < len(steps) - 1
        stray = step.same and inside and len(" ".join(words[step.a_start : step.a_end])) <= STRAY_CHARS
        step = step._replace(same=step.same and not stray)  # noqa: PLW2901
        if found and not step.same and not found[-1].same:
            last = found.pop()
            step = Step(False, last.a_start, step.a_end, last.b_start, step.b_end)  # noqa: PLW2901
        found.append(step)
    return found
