"""The modules of a tree, read with `ast`, and which imports which: what tools/house.py counts from."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PACKAGES = ("search", "indexer", "web")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """One file of source: its dotted name, its text, and what `ast` makes of it."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def package(self) -> str:
        """Return the folder that it lies in, dotted."""
        return self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]

    def functions(self) -> Iterator[Function]:
        """Yield every function and method, nested ones too."""
        yield from (node for node in ast.walk(self.tree) if isinstance(node, Function))


def modules(tree: Path) -> list[Module]:
    """Parse every Python file of the three packages of `tree`, in the order of their names."""
    paths = [path for package in PACKAGES for path in sorted((tree / package).rglob("*.py"))]
    return [_module(tree, path) for path in paths]


def _module(tree: Path, path: Path) -> Module:
    parts = path.relative_to(tree).with_suffix("").parts
    text = path.read_text(encoding="utf-8")
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(name, path, text, ast.parse(text))


# -- imports


def imported(module: Module, known: Collection[str]) -> dict[str, str]:
    """Map each local name that `module` binds by an import to the dotted target; targets that are in `known` alone."""
    bound: dict[str, str] = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            bound |= {alias.asname or alias.name.partition(".")[0]: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            bound |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return {name: target for name, target in bound.items() if home_of(target, known)}


def home_of(target: str, known: Collection[str]) -> str | None:
    """Return the module that a dotted target is or stands in; None if it is none of `known`."""
    return target if target in known else parent if (parent := target.rpartition(".")[0]) in known else None


def imports(all_modules: Sequence[Module]) -> dict[str, set[str]]:
    """Map each module to the modules of the tree that it imports, under `TYPE_CHECKING` and in functions too."""
    known = {module.name for module in all_modules}
    graph: dict[str, set[str]] = {}
    for module in all_modules:
        homes = {home_of(target, known) for target in imported(module, known).values()}
        graph[module.name] = {home for home in homes if home} - {module.name}
    return graph


def rooms(graph: Mapping[str, set[str]], package: str) -> dict[str, Counter[str]]:
    """Map each room (a direct child of `package`) to those that it imports from, with the number of imports."""
    between: dict[str, Counter[str]] = defaultdict(Counter)
    for name, targets in graph.items():
        for target in targets:
            one, other = _room(name, package), _room(target, package)
            if one and other and one != other:
                between[one][other] += 1
    return between


def _room(name: str, package: str) -> str | None:
    parts = name.split(".")
    return parts[1] if parts[0] == package and len(parts) > 1 else None


def cycles(between: Mapping[str, Collection[str]]) -> list[list[str]]:
    """Return the groups of two or more rooms each of which reaches each: the strongly connected components."""
    reach = {room: _reached(room, between) for room in between}
    groups = {tuple(sorted(b for b in reach[a] if a in reach.get(b, ()))) for a in reach if a in reach[a]}
    return sorted(list(group) for group in groups)


def _reached(start: str, between: Mapping[str, Collection[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for target in between.get(waiting.pop(), ()):
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


def arrows_up(between: Mapping[str, Counter[str]]) -> int:
    """Count the imports to take away until no cycle is left, the thinnest arrow of each cycle first (an upper bound)."""
    left = {room: Counter(targets) for room, targets in between.items()}
    taken = 0
    while groups := cycles(left):
        inside = [(left[a][b], a, b) for group in groups for a in group for b in left[a] if b in group]
        number, one, other = min(inside)
        taken += number
        del left[one][other]
    return taken
