"""The rooms: none too full, none left out of the docs, none that no test looks into, no SQL outside the store."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import house
import import_graph
import pytest
from ratchet import hold

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "tests" / "golden" / "house.json"
FULL = 15  # modules of one folder, `__init__` aside: about what a person takes in at one look
# Its files stand beside each other, one a format, and nobody reads two of them: adding a format is adding a file.
REGISTRY = "indexer.readers"


@pytest.fixture(scope="module")
def modules() -> list[import_graph.Module]:
    return import_graph.modules(ROOT)


def test_no_folder_is_too_full(modules: list[import_graph.Module]) -> None:
    sizes = Counter(module.package for module in modules if module.path.name != "__init__.py")
    assert {folder: size for folder, size in sizes.items() if size > FULL and folder != REGISTRY} == {}


def test_no_file_is_too_long(modules: list[import_graph.Module], update: bool) -> None:
    long = [module.name for module in modules if len(module.text.splitlines()) > 400]
    print(*long, sep="\n")
    hold(FIGURES, {"files above 400 lines": len(long)}, better="lower", update=update)


@pytest.mark.parametrize("package", import_graph.PACKAGES)
def test_no_two_folders_import_each_other(modules: list[import_graph.Module], package: str) -> None:
    assert import_graph.cycles(import_graph.rooms(import_graph.imports(modules), package)) == []


def test_a_cycle_of_folders_is_seen() -> None:
    between = {"a": Counter(b=3), "b": Counter(c=1), "c": Counter(a=2, d=1), "d": Counter[str]()}
    assert import_graph.cycles(between) == [["a", "b", "c"]]
    assert import_graph.arrows_up(between) == 1


def test_every_folder_stands_in_the_design(modules: list[import_graph.Module], update: bool) -> None:
    design = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    folders = {module.package.rpartition(".")[2] for module in modules}
    missing = sorted(folder for folder in folders if f"{folder}/" not in design)
    print(*missing, sep="\n")
    hold(FIGURES, {"folders that docs/design.md does not name": len(missing)}, better="lower", update=update)


def test_every_module_is_imported_by_a_test(modules: list[import_graph.Module], update: bool) -> None:
    untested = house.untested(ROOT, modules)
    print(*untested, sep="\n")
    hold(FIGURES, {"modules imported by no test": len(untested)}, better="lower", update=update)


def test_sql_stands_in_the_storage_alone(modules: list[import_graph.Module], update: bool) -> None:
    outside = house.sql_outside(modules)
    print(*outside, sep="\n")
    hold(FIGURES, {"modules with SQL outside the storage": len(outside)}, better="lower", update=update)


def test_nothing_reaches_through_the_store(modules: list[import_graph.Module], update: bool) -> None:
    _, through = house.store_doors(modules)
    hold(FIGURES, {"uses of the store's parts from outside": through}, better="lower", update=update)


@pytest.mark.parametrize(
    ("text", "is_sql"),
    [
        ("SELECT number FROM quotes", True),
        ("published >= ?", True),
        ("speaker IS NOT NULL", True),
        ("number IN (", True),
        ("DELETE FROM quotes", True),
        ("Select a file in (or out)", False),
        ("/search?q=", False),
        ("Is this = that?", False),
    ],
)
def test_sql_is_known(text: str, is_sql: bool) -> None:
    assert bool(house.SQL.search(text)) is is_sql
