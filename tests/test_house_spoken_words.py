"""Nothing is said to a person outside of the catalogue: no sentence bare in a template, none raised as it is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "web" / "templates").iterdir())
# What speaks to programs and to whoever keeps the server is in English, as the command line is.
FOR_PROGRAMS = ("description", "api.py", "accounts", "cli.py", "server.py", "mcp_server.py", "_command", "feeds.py")
GETTEXT = ("_", "gettext", "ngettext")
SAID = ("alt", "aria-label", "content", "placeholder", "title")  # attributes that a person is told
WITHOUT_WORDS = ("code", "image", "kbd", "pre", "script")
NAMES = {"APA", "OpenAPI", "UTF", "utf", "Atom", "RSS"}
# Contents of <meta> that are not language, and what a document type says.
CODES = re.compile(
    r"(width=device-width|initial-scale=1|noindex|light dark|article|image/png|1200|630|text/html|application/\S+|\W)*"
)
WORD = re.compile(r"[A-Za-z]{2,}")


class BareWords(HTMLParser):
    """Collects what a template says to a person by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if not self._silent:
            self.found += [value for name in SAID if (value := values.get(name) or "") and not CODES.fullmatch(value)]
        if (self._silent and tag == self._silent[0]) or (
            not self._silent and (tag in WITHOUT_WORDS or (tag == "div" and values.get("lang") == "en"))
        ):
            self._silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag == self._silent[0]:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            # Attributes that a macro makes stand outside of any tag.
            self.found.append(re.sub(r'[\w-]+="[^"]*"', "", data))


def bare_words(source: str) -> list[str]:
    """The words of a template that are not an expression's and not between `trans` and `endtrans`."""
    text, in_message = "", False
    # The class of a page's <main> is a block.
    for _, kind, value in Environment().lex(re.sub(r"{% block layout %}\w+{% endblock %}", "", source)):
        if kind == "name" and value in ("trans", "endtrans"):
            in_message = value == "trans"
        elif kind == "data" and not in_message:
            text += value
        elif kind in ("variable_end", "block_end"):
            text += "·"
    parser = BareWords()
    parser.feed(text)
    parser.close()
    words = (word for said in parser.found for word in WORD.findall(said))
    return [word for word in words if word not in NAMES]


def spoken_constants(source: str) -> Iterator[str]:
    """Strings in the expressions of a template that read like words for a person, and are not looked up."""
    tree = Environment(extensions=["jinja2.ext.i18n"]).parse(source)
    looked_up = {
        id(argument)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in GETTEXT
        for argument in call.args
    }
    compared = {id(const) for each in tree.find_all(nodes.Compare) for const in each.find_all(nodes.Const)}
    compared |= {id(const) for each in tree.find_all(nodes.Filter) for const in each.args if each.name == "replace"}
    for const in tree.find_all(nodes.Const):
        if not isinstance(const.value, str) or id(const) in looked_up | compared or "=" in const.value:
            continue
        if re.search(r"[a-z]{2,} [a-z]{2,}|^[A-Z][a-z]+$", const.value):
            yield const.value


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_says_nothing_that_is_not_in_the_catalogue(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert bare_words(source) == []
    assert list(spoken_constants(source)) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_looks_up_its_own_words_alone(path: Path) -> None:
    """A message is printed as markup: a value, which may be a stranger's, goes through the filter `translated`."""
    tree = Environment(extensions=["jinja2.ext.i18n"]).parse(path.read_text(encoding="utf-8"))
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in GETTEXT:
            messages = call.args[: 2 if call.node.name == "ngettext" else 1]
            assert all(isinstance(one, nodes.Const) for one in messages), call


@pytest.mark.parametrize(
    ("source", "bare"),
    [
        ("<p>Said by {{ name }}</p>", ["Said", "by"]),
        ("<p>{{ _('Said by') }} {{ name }}</p>", []),
        ("{% trans %}Said by <b>{{ name }}</b>{% endtrans %}", []),
        ('<p title="Said by">', ["Said", "by"]),
        ('<a class="all places" href="/x">·</a><code>quotes find</code>', []),
        ('<div lang="en"><div>Said</div> by</div> whom', ["whom"]),
    ],
)
def test_bare_words_are_seen(source: str, bare: list[str]) -> None:
    assert bare_words(source) == bare


def test_words_in_expressions_are_seen() -> None:
    source = "{{ name or 'Outlet not known' }}{{ _('Said by') }}{{ 'x' if a == 'Some thing' }}{{ 'Nobody' }}"
    assert sorted(spoken_constants(source)) == ["Nobody", "Outlet not known"]


def raised(path: Path) -> Iterator[str]:
    """Sentences with which a module stops a request, and which are no message."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            told = node.args[1:] if node.func.id == "abort" else node.args[:1]
            if node.func.id in ("abort", "QueryError", "QuoteNotFound", "ReadError"):
                yield from (ast.unparse(one) for one in told if isinstance(one, ast.JoinedStr | ast.Constant))


@pytest.mark.parametrize(
    "path",
    [
        *(
            path
            for path in sorted((ROOT / "web").rglob("*.py"))
            if not any(part in str(path.relative_to(ROOT)) for part in FOR_PROGRAMS)
        ),
        ROOT / "search" / "find" / "query_language.py",
        ROOT / "search" / "corrections" / "correction.py",
    ],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_what_stops_a_request_is_said_in_its_language(path: Path) -> None:
    assert list(raised(path)) == []
