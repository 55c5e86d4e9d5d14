"""Who signs a quotation that is printed by itself."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import annotate_document, attribute
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.clauses.signatures import signatures
from search.model import Document

LONG = "“It rained for seven days and nobody opened the lock.”"
TITLE = "“Rain on the Lock”"


def signed(text: str) -> list[str]:
    return [one.name for one in signatures(annotate_document(Document(id="d", text=text), packaged_model())).values()]


@pytest.mark.parametrize(
    ("behind", "name"),
    [
        (" Ann Lee, Harbour News", "Ann Lee"),
        ("\n\nAnn Lee, Harbour News\n\nThen it rained.", "Ann Lee"),
        (" — Ann M. Lee, The Harbour News", "Ann M. Lee"),
        (" Editorial Board, Harbour News", "Harbour News editorial board"),
        (" The Editors, Harbour News", "Harbour News editors"),
        (" Ann Lee, who lives there", None),
        (" Ann Lee, Harbour News, reports it.", None),
        (" Ann Lee said, Harbour News", None),
        (" Lee, Harbour News", None),
        (" South Carolina, Friday", None),
        (" Ann Lee", None),
        (" — Ann Lee", "Ann Lee"),
        ("\n\n— National security adviser Ann Lee\n\nThen it rained.", "Ann Lee"),
        ("", None),
    ],
)
def test_a_name_and_a_paper_alone_behind_a_quotation_sign_it(behind: str, name: str | None) -> None:
    assert signed(f"Then it began.\n\n{LONG}{behind}") == ([name] if name else [])


def test_a_dash_and_a_name_behind_other_words_are_whose_entry_it_is() -> None:
    assert signed(f"Then it began.\n\n“It rained,” Bo Berg said. {LONG} — Ann Lee") == []


def test_a_title_is_not_signed() -> None:
    assert signed(f"Then it began.\n\n{TITLE} Ann Lee, Harbour Pictures") == []


def test_a_digest_gives_each_quotation_to_who_signs_it() -> None:
    texts = ("It rained for seven days and nobody opened the lock.", "The harbour was shut while the tide came in.",
             "No minister has ever seen a lock from the inside.", "Whoever owns the lock should be asked about it.")  # fmt: skip
    names = ("Ann Mary Lee", "Editorial Board", "Rep. Bo Berg", "Ann Lee")
    text = "\n\n".join(f"“{words}” {name}, Harbour News" for words, name in zip(texts, names, strict=True))
    found = attribute(Document(id="d", text=text))
    assert [one.speaker for one in found] == ["Ann Mary Lee", "Harbour News editorial board", "Bo Berg", "Ann Mary Lee"]
    assert all(one.confidence > 0.9 for one in found)
