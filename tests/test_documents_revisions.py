"""Two revisions of a page: what was removed and what was added."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.documents.revisions import compared_revision, diff_revisions, revisions_of
from search.model import ChangedParagraph, DiffSegment, Document, RevisionDiff
from search.storage.store import Store

BEFORE = Document(
    id="one",
    title="Bridge to open in May",
    text="The bridge will open in May, the mayor said.\n\n“It will cost nothing,” she added.\n\nBoats may pass at noon.",
    published="2026-03-04",
)
AFTER = Document(
    id="two",
    title="Bridge to open in June",
    text="The bridge will open in June, the mayor said.\n\nBoats may pass at noon.\n\nA correction was made on Friday.",
    published="2026-03-04",
    modified="2026-03-06",
)


def test_paragraphs_are_removed_added_and_changed_word_by_word() -> None:
    found = diff_revisions(BEFORE, AFTER)
    assert found.facts == (
        ("title", "Bridge to open in May", "Bridge to open in June"), ("date of change", "", "2026-03-06"),
    )  # fmt: skip
    assert found.paragraphs == (
        ChangedParagraph("changed", (
            DiffSegment("same", "The bridge will open in"), DiffSegment("removed", "May,"), DiffSegment("added", "June,"),
            DiffSegment("same", "the mayor said."),
        )),
        ChangedParagraph("removed", (DiffSegment("removed", "“It will cost nothing,” she added."),)),
        ChangedParagraph("added", (DiffSegment("added", "A correction was made on Friday."),)),
    )  # fmt: skip
    assert found.summary() == "1 paragraph removed, 1 added, 1 changed; another title, another date of change"


def test_the_same_words_in_other_lines_are_the_same() -> None:
    spaced = Document(
        id="two", text=BEFORE.text.replace("\n\n", "\n").replace(" ", "  "), title=BEFORE.title, published="2026-03-04"
    )
    assert diff_revisions(BEFORE, spaced) == RevisionDiff("one", "two", (), ())
    assert diff_revisions(BEFORE, spaced).summary() == "the same words"


def test_a_short_word_between_two_changes_is_a_part_of_the_change() -> None:
    left = Document(id="l", text="They met in the hall of Northport to talk about the dredging of the channel.")
    right = Document(id="r", text="They met in the rooms of Southport to talk about the dredging of the channel.")
    (passage,) = diff_revisions(left, right).paragraphs
    assert [(piece.kind, piece.text) for piece in passage.segments] == [
        ("same", "They met in the"), ("removed", "hall of Northport"), ("added", "rooms of Southport"),
        ("same", "to talk about the dredging of the channel."),
    ]  # fmt: skip


TEXTS = st.lists(st.sampled_from(["a b c d", "a b x d", "e f", "g", "a", "  ", "b c d e f g h"]), max_size=12).map(
    "\n\n".join
)


def _side(text: str, found: RevisionDiff, other: str) -> list[str]:
    """The paragraphs of one text that are not in the difference, and those of the difference without the other's words."""
    told = [" ".join(piece.text for piece in passage.segments if piece.kind != other) for passage in found.paragraphs]
    return [words for words in told if words]


@given(TEXTS | st.text(max_size=80), TEXTS | st.text(max_size=80))
def test_what_is_told_of_each_side_is_words_of_that_side(before: str, after: str) -> None:
    found = diff_revisions(Document(id="l", text=before), Document(id="r", text=after))
    left, right = ([" ".join(line.split()) for line in text.split("\n") if line.split()] for text in (before, after))
    removed, added = _side(before, found, "added"), _side(after, found, "removed")
    assert all(words in left for words in removed)
    assert all(words in right for words in added)
    # What neither side's difference names is the same on both.
    for words in removed:
        left.remove(words)
    for words in added:
        right.remove(words)
    assert sorted(left) == sorted(right)


def test_a_revision_is_compared_with_the_one_before_it_and_the_first_with_the_next() -> None:
    one, two, three = (Document(id=name, text="") for name in "123")
    assert compared_revision([one, two, three], three) is two
    assert compared_revision([one, two, three], one) is two
    assert compared_revision([one], one) is None


def test_the_revisions_of_a_page_come_in_the_order_in_which_they_were_read(store: Store) -> None:
    store.add([(Document("new", "words"), "page", []), (Document("else", "words"), "else", [])])
    store.add([(Document("a", "other words"), "page", [])])
    first = store.document("new")
    assert first is not None
    assert [each.id for each in revisions_of(store, first)] == ["new", "a"]
    unknown = Document("unknown", "words")
    assert revisions_of(store, unknown) == [unknown]
