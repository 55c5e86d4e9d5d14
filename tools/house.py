"""Measure how legible a tree of this project is: `python tools/house.py [--json] [TREE]`, a figure a line.

Everything is read from the source with `ast` and `tokenize`; nothing of the tree is imported, so that an older checkout
can be measured beside this one. What must not get worse is held by tests/test_house_*.py, which import this file.
"""

from __future__ import annotations

import argparse
import ast
import io
import json
import re
import statistics
import tokenize
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from import_graph import PACKAGES, Function, Module, arrows_up, cycles, home_of, imported, imports, modules, rooms

# The functions that every file of such a folder has under one name, since the folder is the registry: one meaning,
# many files. A name that stands outside of its folder too is counted all the same.
PROTOCOLS = {
    "search.renderers": {"render", "reference"},
    "search.checking.formats": {"report_text"},
    "search.semantic.embedders": {"open_model"},
    "search.term_index": {"open_index"},
    "indexer.readers": {"recognises", "read"},
}
# A docstring begins with a verb in the imperative. That a word is one cannot be told from its spelling; these words and
# endings, with which a noun clause or a third person begins, tell that it is none.
NO_VERBS = frozenset(
    """a an the this that these those what which who whose whom where when why how whether if as at by for from in into of on
    one ones two three four five both either neither each every all any some no none not nothing nobody many most more much
    several few other others another such same very so than then there here it its they their them he she his her we our you
    your and or but nor with without within under over before after between beside behind above below about to up down out
    off until since while because only also just even still is are was were be has have had do does can could may might must
    shall should will would true false whoever whatever only""".split()
)
NO_VERB_ENDING = re.compile(r"(?:[^s]s|ness|ity|ly|[^dnst]ed|[^r]ing)$")
VERBS_ALL_THE_SAME = frozenset("focus apply multiply reply supply bring sing cling fling sling feed embed shed".split())
NOUN_FOLLOWS = frozenset("of that which who is are was were has have in as by says between whose".split())
SQL = re.compile(
    r"\b(?:SELECT\s+[\w(*]|INSERT\s+(?:OR\s+\w+\s+)?INTO|DELETE\s+FROM|UPDATE\s+\w+\s+SET|ORDER\s+BY|EXISTS\s*\("
    r"|CREATE\s+(?:TABLE|INDEX)|IN\s*\((?:\?|$)|IS\s+(?:NOT\s+)?NULL|LIKE\s+\?|PRAGMA\s)|\w\s*(?:[<>]?=|<>|[<>])\s*\?"
)
STORAGE = ("search.storage", "search.stores", "search.store")  # the last two: where it lay until this layout
ENTRY = (("search.find.find", "find"), ("search.finding", "find"))  # where the walk of a query begins, now and before
FIND = re.compile(
    r"search\.(?:find\.|(?:finding|judging|filters|query|relevance|retrieval)$)"
)  # its folder, now and before

# -- names and words


def public_names(module: Module) -> set[str]:
    """Return the public classes, functions and constants that stand at the top of `module`; not what it imports."""
    found: set[str] = set()
    for node in module.tree.body:
        if isinstance(node, Function | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    # One capital is a type variable; `main` is what every program that is run by `python -m` begins with.
    return {name for name in found if not name.startswith("_") and name != "main" and not re.fullmatch("[A-Z]", name)}


def names_in_two_modules(all_modules: Iterable[Module]) -> dict[str, list[str]]:
    """Map each public name that stands in several modules to these; the files of a protocol's folder are one."""
    places: dict[str, set[str]] = defaultdict(set)
    for module in all_modules:
        folder = module.name if module.name in PROTOCOLS else module.name.rpartition(".")[0]
        for name in public_names(module):
            places[name].add(folder if name in PROTOCOLS.get(folder, ()) else module.name)
    return {name: sorted(some) for name, some in sorted(places.items()) if len(some) > 1}


def local_names(function: Function) -> set[str]:
    """Return the names that a function binds itself, its parameters aside."""
    return {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def comment_lines(text: str) -> int:
    """Count the lines that are a comment and nothing else."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return sum(token.type == tokenize.COMMENT and token.line.lstrip().startswith("#") for token in tokens)


def public_functions(module: Module) -> Iterator[Function]:
    """Yield the public functions of a module and the public methods of its public classes."""
    for node in module.tree.body:
        if isinstance(node, Function):
            yield from [node] if not node.name.startswith("_") else []
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from (each for each in node.body if isinstance(each, Function) and not each.name.startswith("_"))


def begins_with_a_verb(docstring: str) -> bool:
    """Judge by the first two words whether a docstring says what the function does ("Return the rows" / "Rows of")."""
    first, second = [*re.findall(r"\S+", docstring)[:2], "", ""][:2]
    word = first.rstrip(",:;.").lower()
    if not re.fullmatch(r"[A-Z][a-z]+(?:-[a-z]+)?[,:;.]?", first) or word in NO_VERBS:
        return False
    return word in VERBS_ALL_THE_SAME or not (NO_VERB_ENDING.search(word) or second.lower() in NOUN_FOLLOWS)


def docstrings_without_verb(all_modules: Iterable[Module]) -> list[str]:
    """Return the public functions whose docstring begins with no verb, as `module.function`."""
    return [
        f"{module.name}.{function.name}"
        for module in all_modules
        for function in public_functions(module)
        if (text := ast.get_docstring(function)) and not begins_with_a_verb(text)
    ]


def functions_without_docstring(all_modules: Iterable[Module]) -> list[str]:
    """Return the public functions that have no docstring, as `module.function`; a protocol's file says it once for all."""
    return [
        f"{module.name}.{function.name}"
        for module in all_modules
        for function in public_functions(module)
        if not ast.get_docstring(function) and function.name not in PROTOCOLS.get(module.package, ())
    ]


def annotated(function: Function) -> bool:
    """Tell whether every parameter but `self` and `cls`, and what comes back, has a type."""
    given = function.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, (given.vararg, given.kwarg))]
    return function.returns is not None and all(a.annotation for a in named if a.arg not in ("self", "cls"))


# -- the store


def in_storage(module: Module) -> bool:
    """Tell whether a module is a part of the store."""
    return any(module.name == place or module.name.startswith(place + ".") for place in STORAGE)


def sql_outside(all_modules: Iterable[Module]) -> list[str]:
    """Return the modules outside the store with a text, no docstring, that is SQL or a piece of it."""
    return [module.name for module in all_modules if not in_storage(module) and any(map(SQL.search, _texts(module)))]


def _texts(module: Module) -> Iterator[str]:
    """Yield the string constants of a module that are used for something, so no docstrings."""
    idle = {id(node.value) for node in ast.walk(module.tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in idle:
            yield node.value


def store_doors(all_modules: Sequence[Module]) -> tuple[int, int]:
    """Count the public methods of `Store` with those of its public parts, and the uses of these parts from outside."""
    classes = {
        node.name: node for m in all_modules if in_storage(m) for node in m.tree.body if isinstance(node, ast.ClassDef)
    }
    store = classes.get("Store")
    parts: dict[str, ast.ClassDef] = {}
    for node in ast.walk(store) if store else ():
        match node:
            case ast.Assign([ast.Attribute(ast.Name("self"), name)], ast.Call(ast.Name(kind))) if kind in classes:
                parts |= {name: classes[kind]} if not name.startswith("_") else {}
    methods = sum(_public_methods(each) for each in (store, *parts.values()) if each)
    through = sum(
        isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr in parts
        for module in all_modules
        if not in_storage(module)
        for node in ast.walk(module.tree)
    )
    return methods, through


def _public_methods(class_: ast.ClassDef) -> int:
    return sum(isinstance(each, Function) and not each.name.startswith("_") for each in class_.body)


# -- the walk of a query


def walk_of_a_query(all_modules: Sequence[Module]) -> list[tuple[str, Function]]:
    """Return the functions that `find` reaches by name, in the order in which they are first called, each once.

    Calls of methods are not followed, since `ast` does not know the type of what stands before the dot.
    """
    known = {module.name: module for module in all_modules}
    tops = {
        (module.name, node.name): node
        for module in all_modules
        for node in module.tree.body
        if isinstance(node, Function)
    }
    bound = {module.name: imported(module, known) for module in all_modules}
    order: dict[tuple[str, str], Function] = {}

    def enter(place: tuple[str, str]) -> None:
        order[place] = tops[place]
        for node in _calls(tops[place]):
            target = _target(node, place[0], bound[place[0]], tops)
            if target and target not in order:
                enter(target)

    for place in ENTRY:
        if place in tops:
            enter(place)
    return [(module, function) for (module, _), function in order.items()]


def _calls(function: Function) -> list[ast.Name | ast.Attribute]:
    """Return what a function names, in the order of its source: a function handed on is as good as called."""
    nodes = [node for node in ast.walk(function) if isinstance(node, (ast.Name, ast.Attribute))]
    return sorted(nodes, key=lambda node: (node.lineno, node.col_offset))


def _target(
    node: ast.Name | ast.Attribute, module: str, bound: Mapping[str, str], tops: Collection[tuple[str, str]]
) -> tuple[str, str] | None:
    match node:
        case ast.Name(name):
            home, _, attribute = bound.get(name, f"{module}.{name}").rpartition(".")
        case ast.Attribute(ast.Name(name), attribute) if name in bound:
            home = bound[name]
        case _:
            return None
    return (home, attribute) if (home, attribute) in tops else None


def stays(walk: Sequence[tuple[str, Function]]) -> int:
    """Count the runs of functions of one module in a walk: a module that is left and entered again counts again."""
    return sum(one != other for (one, _), (other, _) in pairwise(walk)) + bool(walk)


# -- tests


def tests_of(tree: Path) -> list[Path]:
    """Return the files of tests, with the conftest."""
    return sorted((tree / "tests").glob("*.py"))


def untested(tree: Path, all_modules: Sequence[Module]) -> list[str]:
    """Return the modules with some code in them that no test imports; the files of a registry are reached by its folder."""
    known = {module.name for module in all_modules}
    reached: set[str | None] = set()
    for path in tests_of(tree):
        test = Module(path.stem, path, text := path.read_text(encoding="utf-8"), ast.parse(text))
        reached |= {home_of(target, known) for target in imported(test, known).values()}
    registries = {folder for folder in PROTOCOLS if folder in reached}
    return sorted(
        module.name
        for module in all_modules
        if module.name not in reached and module.package not in registries and any(map(_is_code, module.tree.body))
    )


def _is_code(node: ast.stmt) -> bool:
    return not isinstance(node, ast.Expr | ast.ImportFrom | ast.Import)


def lines_of(paths: Iterable[Path]) -> int:
    """Count lines, empty ones too."""
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in paths)


# -- the table


def percentile(values: Iterable[int], share: float) -> int:
    """Return the value below which `share` of the values lie; the higher of two neighbours."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0


def measure(tree: Path) -> dict[str, float | str]:
    """Return every figure of a tree under its name, in the order in which it is printed."""
    some = modules(tree)
    return _sizes(some) | _layers(some) | _words(some) | _tests(tree, some) | _store(some) | _query(some)


def _sizes(some: Sequence[Module]) -> dict[str, float | str]:
    lengths = [(f.end_lineno or f.lineno) - f.lineno + 1 for module in some for f in module.functions()]
    return {
        "modules": len(some),
        "file lines, p95": percentile((len(module.text.splitlines()) for module in some), 0.95),
        "file lines, most": max(len(module.text.splitlines()) for module in some),
        "function lines, median": int(statistics.median(lengths)),
        "function lines, p95": percentile(lengths, 0.95),
        "functions fully annotated, %": _percent([annotated(f) for module in some for f in module.functions()]),
    }


def _layers(some: Sequence[Module]) -> dict[str, float | str]:
    graph = imports(some)
    between = {package: rooms(graph, package) for package in PACKAGES}
    flat = Counter(module.package for module in some if module.path.name != "__init__.py")
    ((folder, files),) = flat.most_common(1)
    return {
        "folder cycles": sum(len(cycles(each)) for each in between.values()),
        "imports against the order of the folders": sum(arrows_up(each) for each in between.values()),
        "files in the largest flat folder": files,
        "the largest flat folder": folder,
    }


def _words(some: Sequence[Module]) -> dict[str, float | str]:
    functions = [function for module in some for function in module.functions()]
    names = Counter(name for function in functions for name in local_names(function) if name != "_")
    ((local, times),) = names.most_common(1)
    public = [function for module in some for function in public_functions(module)]
    texts = [text for function in public if (text := ast.get_docstring(function))]
    lines = sum(len(module.text.splitlines()) for module in some)
    return {
        "public names": len({name for module in some for name in public_names(module)}),
        "public names in two modules": len(names_in_two_modules(some)),
        "commonest local name": local,
        "its share of functions, %": round(100 * times / len(functions), 1),
        "comment lines per 100": round(100 * sum(comment_lines(module.text) for module in some) / lines, 1),
        "public functions with docstring, %": _percent([bool(ast.get_docstring(function)) for function in public]),
        "docstrings that begin with a verb, %": _percent([begins_with_a_verb(text) for text in texts]),
    }


def _tests(tree: Path, some: Sequence[Module]) -> dict[str, float | str]:
    code = lines_of(module.path for module in some)
    return {
        "test lines to lines of code": round(lines_of(tests_of(tree)) / code, 2),
        "modules imported by no test": len(untested(tree, some)),
    }


def _store(some: Sequence[Module]) -> dict[str, float | str]:
    methods, through = store_doors(some)
    return {
        "modules with SQL outside the store": len(sql_outside(some)),
        "public methods of the store and its open parts": methods,
        "uses of the store's parts from outside": through,
    }


def _query(some: Sequence[Module]) -> dict[str, float | str]:
    walk = walk_of_a_query(some)
    in_find = [function for module, function in walk if FIND.match(module)]
    visited = len({module for module, _ in walk})
    return {
        "functions named _asked": sum(function.name == "_asked" for module in some for function in module.functions()),
        "functions that a query reaches": len(walk),
        "modules that a query reaches": visited,
        "returns of a query to a module that it had left": stays(walk) - visited,
        "return statements of a query in search/find": sum(
            isinstance(node, ast.Return) for function in in_find for node in ast.walk(function)
        ),
    }


def _percent(flags: Sequence[bool]) -> float:
    return round(100 * sum(flags) / len(flags), 1) if flags else 100.0


def main() -> None:
    """Print the table of the tree that the command line names, of this one by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tree", nargs="?", type=Path, default=Path(__file__).resolve().parent.parent)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    options = parser.parse_args()
    measured = measure(options.tree.resolve())
    if options.json:
        print(json.dumps(measured, indent=1))
        return
    width = max(map(len, measured))
    for name, value in measured.items():
        print(f"{name:{width}}  {value}")


if __name__ == "__main__":
    main()
