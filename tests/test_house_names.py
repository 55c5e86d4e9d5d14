"""One meaning a name, and docstrings that begin with a verb: what tools/house.py counts, held where it was reached."""

from __future__ import annotations

from pathlib import Path

import house
import import_graph
import pytest
from ratchet import hold

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "tests" / "golden" / "house.json"


@pytest.fixture(scope="module")
def modules() -> list[import_graph.Module]:
    return import_graph.modules(ROOT)


def test_no_public_name_stands_in_two_modules(modules: list[import_graph.Module], update: bool) -> None:
    twice = house.names_in_two_modules(modules)
    print(*(f"{name}: {', '.join(places)}" for name, places in twice.items()), sep="\n")
    hold(FIGURES, {"public names in two modules": len(twice)}, better="lower", update=update)


def test_docstrings_of_public_functions_begin_with_a_verb(modules: list[import_graph.Module], update: bool) -> None:
    others = house.docstrings_without_verb(modules)
    print(*others, sep="\n")
    hold(FIGURES, {"docstrings that begin with no verb": len(others)}, better="lower", update=update)


def test_public_functions_have_docstrings(modules: list[import_graph.Module], update: bool) -> None:
    without = house.functions_without_docstring(modules)
    print(*without, sep="\n")
    hold(FIGURES, {"public functions without docstring": len(without)}, better="lower", update=update)


@pytest.mark.parametrize(
    "text",
    [
        "Return the rows of a table.",
        "Score each candidate, `(candidates, 21) float64`.",
        "Parse a date; None if it is none.",
        "Feed bytes to the parser.",
        "Apply the model.",
        "Process a page.",
        "Re-read the file.",
        "Embed it.",
    ],
)
def test_a_verb_is_known(text: str) -> None:
    assert house.begins_with_a_verb(text)


@pytest.mark.parametrize(
    "text",
    [
        "What every quote must meet whose like the query does not ask for.",
        "The rows of a table.",
        "Whether it is one.",
        "Rows (speaker, quotes), most quoted first.",
        "Returns the rows.",
        "Returning rows.",
        "Offset of the first word.",
        "`result` as text that ends with a line break.",
        "SIGTERM as a service manager sends it.",
        "How many quotes it holds.",
        "A cell that no spreadsheet takes for a formula.",
        "Word by word what is the same.",
        "",
    ],
)
def test_a_noun_clause_is_known(text: str) -> None:
    assert not house.begins_with_a_verb(text)


def parsed(tmp_path: Path, **files: str) -> list[import_graph.Module]:
    for name, text in files.items():
        path = tmp_path / (name.replace("__", "/") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return import_graph.modules(tmp_path)


def test_a_name_in_two_modules_is_seen_and_an_import_or_a_private_one_is_none(tmp_path: Path) -> None:
    modules = parsed(
        tmp_path,
        search__one="from search.two import shared\nLONGEST: int = 3\ndef parse(): ...\ndef _mine(): ...\n",
        search__two="LONGEST = 4\nclass parse: ...\ndef _mine(): ...\ndef shared(): ...\n",
    )
    assert house.names_in_two_modules(modules) == {name: ["search.one", "search.two"] for name in ("LONGEST", "parse")}


def test_a_protocol_is_one_place_and_its_name_elsewhere_is_another(tmp_path: Path) -> None:
    files = {"indexer__readers__csv": "def read(): ...\n", "indexer__readers__pdf": "def read(): ...\n"}
    assert house.names_in_two_modules(parsed(tmp_path, **files)) == {}
    modules = parsed(tmp_path, indexer__pipeline="def read(): ...\n")
    assert house.names_in_two_modules(modules) == {"read": ["indexer.pipeline", "indexer.readers"]}
