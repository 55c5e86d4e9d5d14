"""What is imported is declared, and nothing is declared that nobody imports."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OWN = {"search", "indexer", "web"}
# Declared for what they do beside an import: lxml_html_clean is a part of lxml that trafilatura imports.
NOT_IMPORTED = {"lxml-html-clean"}
# Imported by name in a library's place, or behind a guard: only with an extra.
WITH_EXTRA = {"indexer/training", "search/training"}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(folder: Path) -> dict[str, set[str]]:
    """Top-level modules that a folder's code imports -> the files that do."""
    found: dict[str, set[str]] = {}
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                names = [node.module]
            for name in names:
                found.setdefault(name.partition(".")[0], set()).add(path.relative_to(ROOT).as_posix())
    return found


def declared() -> tuple[set[str], set[str]]:
    """The distributions of the default install, and those of the extra `learn`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = [re.match(r"[\w.-]+", line).group() for line in project["dependencies"]]  # type: ignore[union-attr]
    extra = [re.match(r"[\w.-]+", line).group() for line in project["optional-dependencies"]["learn"]]  # type: ignore[union-attr]
    return {normal(name) for name in names}, {normal(name) for name in extra}


def test_what_is_imported_is_declared_and_the_other_way_round() -> None:
    default, learn = declared()
    distributions = packages_distributions()
    used: set[str] = set()
    for package in sorted(OWN):
        for module, paths in imported(ROOT / package).items():
            if module in sys.stdlib_module_names or module in OWN:
                continue
            names = {normal(name) for name in distributions.get(module, [module])}
            only_training = all(any(path.startswith(folder) for folder in WITH_EXTRA) for path in paths)
            assert names & (default | (learn if only_training else set())), (
                f"{module} in {sorted(paths)} is not declared"
            )
            used |= names
    assert default - used == NOT_IMPORTED
    assert learn <= used | {"lightgbm"}


def test_the_default_install_is_free_of_copyleft() -> None:
    """By the licence that a distribution states of itself; of several to choose from, one suffices."""
    from importlib.metadata import metadata

    for name in declared()[0]:
        about = metadata(name)
        stated = about.get("License-Expression") or about.get("License") or ""
        stated += " ".join(line for line in about.get_all("Classifier") or [] if line.startswith("License"))
        choices = re.split(r"\bOR\b", stated)
        assert any("GPL" not in choice and "GNU" not in choice for choice in choices), f"{name}: {stated[:200]}"
