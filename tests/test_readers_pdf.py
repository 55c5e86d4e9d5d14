"""The lines of pages as paragraphs that go on over the end of a page."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.pipeline.read import read_paths
from indexer.readers import pdf
from search.model import Document, Skip

HEAD = "Harbour Post   6 May 2024"
ONE = "The port said on Monday that its ferry will run until midnight from June on.\nThe harbour master spoke: “We waited for nine years, and nobody will have to"
TWO = "take the long way by the bridge again,” said Nora Blum in the town hall, and\nmany in the room were glad of it."


@pytest.mark.parametrize(
    "pages",
    [
        [ONE, TWO], [f"{HEAD}\n{ONE}\n1", f"{HEAD}\n{TWO}\n2"], [f"{ONE}\n\nPage 1 of 2", f"{TWO}\n\nPage 2 of 2"],
        [f"{ONE}\n- 7 -", f"{TWO}\n- 8 -"], [f"3\n{HEAD}\n\n{ONE}", f"{HEAD}\n4\n\n{TWO}"], [f"{ONE}\n۱", "", f"{TWO}\n۲"],
        [f"{ONE}\nSeite 1 von 2", f"{TWO}\nSeite 2 von 2"],
    ],
)  # fmt: skip
def test_a_quotation_goes_on_over_the_end_of_a_page(pages: list[str]) -> None:
    text = pdf.join_page_lines(pages)
    assert "nobody will have to take the long way" in text
    assert "Post" not in text
    assert not any(letter.isdigit() for letter in text)


def test_a_word_goes_on_and_a_finished_paragraph_ends() -> None:
    wide = "The port said on Monday that its ferry will run until midnight from June on."
    assert pdf.join_page_lines([f"{wide}\nIt is the harb-", f"our that pays for it all.\n{wide}"]).count("\n\n") <= 1
    assert "harbour that pays" in pdf.join_page_lines(
        [f"{wide}\nIt is the harb-", f"our that pays for it all.\n{wide}"]
    )
    assert (
        pdf.join_page_lines([f"{wide}\nIt ended.", f"Another day began.\n{wide}"])
        .split("\n\n")[1]
        .startswith("Another day")
    )


@given(st.lists(st.text(alphabet="aB1.“” \n-", max_size=60), max_size=6))
def test_no_page_breaks_it(pages: list[str]) -> None:
    assert "\n\n\n" not in pdf.join_page_lines(pages)


def shared_pages(path: Path, number: int) -> list[Document | Skip]:
    """What comes of a PDF file whose pages, so many, are one and the same."""
    lines = b"(We will not sign a text that nobody has read, she said.) Tj 0 -14 Td " * 9
    words = b"BT /F 12 Tf 50 700 Td " + lines + b"ET"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (number, b"3 0 R " * number),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F %s>>>>>>" % font,
        b"<</Length %d>>stream\n%s\nendstream" % (len(words), words),
    ]
    data, table = b"%PDF-1.7\n", b"0000000000 65535 f \n"
    for at, inside in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (at, inside)
    end = b"xref\n0 5\n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (table, len(data))
    path.write_bytes(data + end)
    return list(read_paths([str(path)]))


def test_pages_that_are_not_read_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    whole, skip = shared_pages(path, 501)
    assert isinstance(whole, Document)
    assert isinstance(skip, Skip)
    assert skip.reason == "it has more than 500 pages; what follows is not read."
    assert len(shared_pages(path, 500)) == 1
    ticks = iter(range(0, 4 * 31, 31))
    monkeypatch.setattr(pdf.time, "process_time", lambda: next(ticks))
    whole, skip = shared_pages(path, 4)
    assert isinstance(whole, Document)
    assert isinstance(skip, Skip)
    assert skip.reason == "its first 1 pages take more than 60 seconds; what follows is not read."
