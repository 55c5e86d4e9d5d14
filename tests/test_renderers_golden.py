"""Each output format against its golden file: one answer out of the sample archive, as every renderer shows it.

`pytest --update` writes the files anew. A renderer that is new has none, and fails until it has been reviewed.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from search import renderers
from search.find.bylines import with_bylines
from search.find.find import find
from search.model import Query, Result
from search.renderers import CITATION_FORMATS, Style
from search.storage.store import Store

GOLDEN = Path(__file__).parent / "golden" / "renderers"
# The demo's utterance has versions of every kind, a change of the meaning, reporters in between, and many outlets.
QUERIES = {
    "found": Query(text="I was the minister of apologies for other men's wars", limit=3),
    "filtered": Query(text="I was the minister of apologies", outlet=("The Harbour Ledger",), limit=1),
    "nothing": Query(text="elephants"),
}
STYLES = {"plain": Style(), "narrow": Style(color=True, width=48)}


@pytest.fixture(scope="module")
def results(samples: Store) -> dict[str, Result]:
    """The answers, without the one number in them that is never the same."""
    return {name: replace(find(samples, query), took_ms=1.5) for name, query in QUERIES.items()}


@pytest.fixture(scope="module")
def signed(samples: Store, results: dict[str, Result]) -> dict[str, Result]:
    """The same with the authors of the documents, which citations name."""
    return {name: with_bylines(samples, result) for name, result in results.items()}


@pytest.mark.parametrize("name", renderers.format_names())
def test_a_format_is_as_it_was_reviewed(
    name: str, results: dict[str, Result], signed: dict[str, Result], update: bool
) -> None:
    results = signed if name in CITATION_FORMATS else results
    # CSV brings its own line ends and a terminal's colours are controls: neither is seen in a diff, so they are spelled.
    shown = "".join(
        f"==== {query}, {style}\n{renderers.render_as(name, result, STYLES[style])}\n".replace("\r", "␍").replace(
            "\x1b", "␛"
        )
        for query, result in results.items()
        for style in STYLES
        if style == "plain" or renderers.render_as(name, result, STYLES[style]) != renderers.render_as(name, result)
    )
    path = GOLDEN / f"{name}.txt"
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert path.exists(), f"{path.name} is missing: run pytest --update and review it"
    assert shown == path.read_text(encoding="utf-8"), "if the change is for the better, run pytest --update and review"


def test_no_golden_file_is_left_of_a_format_that_is_gone() -> None:
    assert {path.name.split(".")[0] for path in GOLDEN.iterdir()} == set(renderers.format_names())


@pytest.mark.parametrize("name", renderers.format_names())
def test_every_format_ends_its_last_line(name: str, results: dict[str, Result]) -> None:
    for result in results.values():
        shown = renderers.render_as(name, result)
        assert shown == "" or shown.endswith("\n")


def test_the_answers_have_what_the_formats_differ_in(results: dict[str, Result]) -> None:
    """A golden file shows no fault in what its answer does not hold."""
    found = json.loads(renderers.render_as("json", results["found"]))
    versions = [version for utterance in found["utterances"] for version in utterance["versions"]]
    assert {"exact", "edited"} <= {version["match"] for version in versions}
    assert any(version["alters"] for version in versions if "alters" in version)
    assert any(len(utterance["versions"]) > 1 for utterance in found["utterances"])
    assert any(quote["via"] for version in versions for quote in version["quotes"])
    assert not json.loads(renderers.render_as("json", results["nothing"]))["utterances"]
