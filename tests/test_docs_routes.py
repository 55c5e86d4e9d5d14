"""The addresses of docs/web.md and of the README are those that the application answers, all of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from ratchet import hold
from werkzeug.exceptions import HTTPException

from search.storage.store import Store
from web.app import create_app

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "tests" / "golden" / "house.json"


def addresses(document: str) -> list[str]:
    """Return the addresses that a document names between backticks, as paths with `x` for each id."""
    text = (ROOT / document).read_text(encoding="utf-8")
    named = re.findall(r"`(?:GET |POST )?(/[a-z0-9/._-]*(?:ID|NAME)?)(?:[?#][^`]*)?`", text)
    return sorted({re.sub(r"\b(?:ID|NAME)$", "x", path) for path in named})


@pytest.fixture(scope="module")
def app(samples: Store, sample_settings: object) -> Flask:
    from search.settings import Settings

    assert isinstance(sample_settings, Settings)
    return create_app(sample_settings, samples)


def rule(app: Flask, path: str) -> str | None:
    """Return the rule by which a path is answered; None if there is none."""
    for method in ("GET", "POST"):
        try:
            found, _ = app.url_map.bind("localhost").match(path, method=method, return_rule=True)
        except HTTPException:
            continue
        return found.rule
    return None


def test_every_address_that_the_docs_name_is_answered(app: Flask, update: bool) -> None:
    named = [(document, path) for document in ("docs/web.md", "README.md") for path in addresses(document)]
    assert len(named) > 10
    dead = [(document, path) for document, path in named if rule(app, path) is None]
    print(*dead, sep="\n")
    hold(FIGURES, {"addresses that the docs name and nothing answers": len(dead)}, better="lower", update=update)


def test_every_address_of_the_application_is_documented(app: Flask, update: bool) -> None:
    documented = {rule(app, path) for path in addresses("docs/web.md")}
    answered = {each.rule for each in app.url_map.iter_rules() if each.endpoint != "static"}
    silent = sorted(answered - documented)
    print(*silent, sep="\n")
    hold(FIGURES, {"addresses that docs/web.md does not name": len(silent)}, better="lower", update=update)
