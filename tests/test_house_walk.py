"""What tools/house.py counts by reading code: the walk of a query, the doors of the store, comments, modules without test."""

from __future__ import annotations

import ast
from pathlib import Path

import house
import import_graph
import pytest


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    files = {
        "search/find/find.py": (
            "from search.find import steps\nfrom search.text.words import words_of\n"
            "def find(query):\n    found = steps.first(query)\n    return sorted(words_of(found), key=_order)\n"
            "def _order(word):\n    return steps.last(word)\n"
            "def never_called():\n    return None\n"
        ),
        "search/find/steps.py": (
            "def first(query):\n    # Why so.\n    return last(query)  # beside code\ndef last(query):\n    return query\n"
        ),
        "search/text/words.py": "def words_of(text: str) -> list[str]:\n    return text.split()\n",
        "search/storage/store.py": (
            "class Archive:\n    def rows(self): ...\n    def _raw(self): ...\n"
            "class Store:\n    def __init__(self):\n        self.archive = Archive()\n        self._mine = Archive()\n"
            "    def add(self): ...\n"
        ),
        "web/page.py": "def page(store):\n    return store.archive.rows()\n",
        "tests/test_words.py": "from search.text.words import words_of\nfrom search.find import find\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_walk_follows_calls_by_name_in_the_order_of_the_source(tree: Path) -> None:
    walk = house.walk_of_a_query(import_graph.modules(tree))
    assert [function.name for _, function in walk] == ["find", "first", "last", "words_of", "_order"]
    # find | steps | words | find once more
    assert house.stays(walk) == 4


def test_the_doors_of_the_store_are_its_methods_and_those_of_its_open_parts(tree: Path) -> None:
    assert house.store_doors(import_graph.modules(tree)) == (2, 1)


def test_comments_beside_code_are_no_comment_lines() -> None:
    assert house.comment_lines('# one\nx = "# none"  # beside\n    # two\n'.replace("    #", "#")) == 2


def test_a_module_without_test_is_named(tree: Path) -> None:
    assert house.untested(tree, import_graph.modules(tree)) == ["search.find.steps", "search.storage.store", "web.page"]


@pytest.mark.parametrize(
    ("source", "whole"),
    [
        ("def f(self, a: int) -> None: ...", True),
        ("def f(a) -> None: ...", False),
        ("def f(a: int): ...", False),
        ("def f(*rest, **more: int) -> None: ...", False),
    ],
)
def test_a_function_is_annotated_wholly_or_not(source: str, whole: bool) -> None:
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    assert house.annotated(function) is whole


def test_the_table_has_a_figure_for_every_tree(tree: Path) -> None:
    assert house.measure(tree)["public names in two modules"] == 0
