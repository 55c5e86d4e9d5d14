"""References beside those of another implementation: citeproc-js with the styles that the CSL project keeps.

tests/golden/references.json holds twenty invented articles as CSL-JSON and what citeproc-js 2.4 makes of them with apa.csl,
chicago-notes-bibliography.csl and modern-language-association.csl of 2026. No code of it is needed here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.cited_source import AuthorName, CitedSource, Reference, cited_source
from search.model import Quote
from search.renderers import apa, chicago, mla

ROWS = json.loads((Path(__file__).parent / "golden" / "references.json").read_text(encoding="utf-8"))
STYLES = {"apa": apa.reference, "chicago": chicago.reference, "mla": mla.reference}
# Where we differ, and why.
EXPLAINED = {
    # APA 7 asks for "Retrieved" only together with the day of retrieval, which nobody knows here.
    ("apa", "i11"): ("Retrieved ", ""),
    ("apa", "i12"): ("Retrieved ", ""),
    # A name with "van der" is sorted under it in Flanders and America, under the next word in the Netherlands; nothing tells.
    ("chicago", "i9"): ("Berg, Jan van der.", "van der Berg, Jan."),
}


def source(item: dict[str, Any]) -> CitedSource:
    """The article of a golden item."""
    return CitedSource(
        item["id"],
        tuple(AuthorName(each.get("literal") or each["family"], each.get("given", ""), each.get("suffix", "")) for each in item.get("author", ())),
        item["title"],
        item.get("container-title", ""),
        tuple(item["issued"]["date-parts"][0]) if "issued" in item else (),
        item.get("URL", ""),
        item["language"],
        "",
    )  # fmt: skip


def shown(reference: Reference) -> str:
    """A reference with its italics between asterisks, a full stop behind them as citeproc-js sets it."""
    mark = f"*{reference.italic.removesuffix('.')}*" + "." * reference.italic.endswith(".") if reference.italic else ""
    return f"{reference.before}{mark}{reference.after}"


@pytest.mark.parametrize("name", STYLES)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["item"]["id"]))
def test_a_reference_is_that_of_another_implementation(row: dict[str, Any], name: str) -> None:
    expected = row[name].replace(*EXPLAINED.get((name, row["item"]["id"]), ("", "")))
    assert shown(STYLES[name](source(row["item"]))) == expected


@pytest.mark.parametrize("name", STYLES)
@given(st.text(), st.text(), st.lists(st.text(), max_size=30), st.text())
def test_whatever_was_printed_is_one_line(
    name: str, title: str, outlet: str, authors: list[str], published: str
) -> None:
    quote = Quote("q", "d", "x", title=title, outlet=outlet, authors=tuple(authors), published=published)
    line = str(STYLES[name](cited_source(quote)))
    assert line.splitlines() == [line]
