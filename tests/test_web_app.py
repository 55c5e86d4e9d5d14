"""The page as a whole: it computes nothing, asks the engine by few doors, and keeps no style or filter that nobody uses."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import web.app
from search.settings import Settings
from search.storage.store import Store
from web.app import REQUEST_BYTES, TEMPLATE_FILTERS, create_app

WEB = Path(web.app.__file__).parent
SOURCES = sorted(WEB.rglob("*.py"))
TEMPLATES = "\n".join(path.read_text(encoding="utf-8") for path in sorted((WEB / "templates").iterdir()))
# What the page may ask of the engine. The rest of search.find is how an answer is made, and search.storage.store the
# one door to what is stored.
DOORS = {
    "search.find.coverage": {"shared_words"},  # which are marked; nothing is judged by it
    "search.find.bylines": {"only_quote", "with_bylines"},
    "search.find.find": {"find"},
    "search.find.utterance_page": {"translated_quote_ids", "utterance_of_quote"},
    "search.find.overview": {"Overview", "overview"},
    "search.find.query_language": {
        "FIELDS_WITH_VALUES",
        "VALUES_ALLOWED",
        "VALUE_LENGTH",
        "parse_query",
        "without_filters",
    },
    "search.storage.databases.record_file": {"RecordFile"},
    "search.storage.store": {"Store"},
    # Of these the words alone, which the catalogue has to have.
    "search.find.classify": {"ALSO_REASON", "APART_REASON", "PHRASE_REASON", "POSSIBLE_REASON", "Tier"},
    "search.find.explain": {"PLACE"},
    "search.matching.explanation": {"Evidence"},
    "search.matching.reasons": {"SIDES", "Side"},
    # What comes from strangers is brought into a form of Unicode within bounds.
    "search.text.folding": {"normal_form"},
    # The names of the parts that may fail, each a number of its own for a monitor.
    "search.storage.upkeep.health": {"PARTS"},
}
CLOSED = ("search.find", "search.storage", "search.matching", "search.ranking", "search.term_index", "search.text", "search.utterances")  # fmt: skip
# An answer is made in search.find alone; a page that builds one of these has begun to group or to judge by itself.
ANSWERS = {"Result", "Utterance", "Version", "Match", "Difference", "Hit"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(WEB)))
def test_a_module_of_the_page_computes_nothing(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert not any(name.name.startswith(CLOSED) for name in node.names)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(CLOSED):
            assert {name.name for name in node.names} <= DOORS.get(node.module or "", set()), ast.unparse(node)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ANSWERS, ast.unparse(node)
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"archive", "execute", "versions_where", "quotes_where"}, ast.unparse(node)


def test_a_request_asks_the_engine_once(client: FlaskClient, monkeypatch: pytest.MonkeyPatch, samples: Store) -> None:
    """A second find behind a page would be a second answer: the numbers on one page might not agree."""
    asked = []
    for view in ("pages", "api"):
        real = getattr(web.views, view).find
        monkeypatch.setattr(f"web.views.{view}.find", lambda *words, real=real: (asked.append(words), real(*words))[1])
    for url in (
        "/search?q=minister+of+apologies&speaker=Nobody",
        "/api/v1/quotes?q=minister+of+apologies&speaker=Nobody",
    ):
        asked.clear()
        assert client.get(url).status_code == 200
        assert len(asked) == 1


def test_every_class_of_the_style_sheet_is_used_and_every_class_used_has_a_style() -> None:
    style = (WEB / "static" / "style.css").read_text(encoding="utf-8")
    rules = re.sub(r"\{[^{}]*\}", "{}", re.sub(r"/\*.*?\*/", "", style, flags=re.S))
    styled = set(re.findall(r"\.([a-zA-Z][\w-]*)", rules))
    markup = TEMPLATES + (WEB / "presentation" / "document_view.py").read_text(encoding="utf-8")
    attributes = re.findall(r'class="((?:[^"{]|\{\{.*?\}\}|\{%.*?%\}|\{[^{}]*\})*)"', markup)
    used = {name for words in attributes for name in re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{.*?\}", " ", words).split()}
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in sorted((WEB / "static").glob("*.js")))
    used |= {name for words in re.findall(r'className = "([\w -]+)"', scripts) for name in words.split()}
    used |= {name for words in re.findall(r"{% block layout %}([\w ]+){%", TEMPLATES) for name in words.split()}
    # Written by an expression: the kind of a match or a verdict on its badge, the kind of a quote on its mark.
    written = {"exact", "reworded", "indirect", "scare", "absent", "altered", "different-speaker"}
    assert styled - used <= written
    assert used - styled == set()
    assert set(re.findall(r"(--[\w-]+):", style)) == set(re.findall(r"var\((--[\w-]+)\)", style))


def test_every_filter_and_every_global_of_the_templates_is_used(settings: Settings, store: Store) -> None:
    environment = create_app(settings, store).jinja_env
    for name in TEMPLATE_FILTERS:
        assert re.search(rf"\|{name}\b", TEMPLATES), name
    own = set(environment.globals) - {"gettext", "range", "dict", "lipsum", "cycler", "joiner", "namespace", "url_for", "get_flashed_messages", "config", "request", "session", "g"}  # fmt: skip
    assert {name for name in own if not re.search(rf"\b{name}\b", TEMPLATES)} == set()


def test_more_than_a_form_holds_is_refused(client: FlaskClient) -> None:
    assert client.post("/search", data="x" * (REQUEST_BYTES + 1)).status_code in (405, 413)


def test_a_changed_style_sheet_has_another_address(client: FlaskClient) -> None:
    links = re.findall(r'href="(/static/style\.css\?v=[0-9a-f]{8})"', client.get("/about").text)
    assert len(links) == 1
    with client.get(links[0]) as response:
        assert response.mimetype == "text/css"


def test_the_scripts_of_the_page_are_small() -> None:
    """Under 12 kB in all: what they do is done without them, too."""
    assert sum(path.stat().st_size for path in (WEB / "static").glob("*.js")) < 12_000
