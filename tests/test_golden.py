"""Golden files: what is extracted from the sample archive and what finding answers, so that a change is a diff to review.

`pytest --update` writes them anew. The key beside the sample archive (`utterances.json`) is judged here too, against
floors that `--update` raises and never lowers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from ratchet import hold

from indexer.attribution.attribute import attribute
from indexer.pipeline.read import read_paths
from search.find.find import find
from search.model import Attribution, Document, Query
from search.storage.store import Store
from search.text.analysis import analyse

GOLDEN = Path(__file__).parent / "golden"
SAMPLES = Path(str(files("indexer"))) / "samples"
LANGUAGES = sorted(path.stem for path in (Path(__file__).parent / "languages").glob("*.txt"))
ARTICLES = sorted(path.name for path in (SAMPLES / "articles").iterdir() if not path.name.startswith("."))
UTTERANCES: list[dict[str, Any]] = json.loads((SAMPLES / "utterances.json").read_text(encoding="utf-8"))


@cache
def documents(name: str) -> tuple[Document, ...]:
    found = tuple(item for item in read_paths([str(SAMPLES / "articles" / name)]) if isinstance(item, Document))
    assert found, name
    return found


def shown(document: Document) -> list[str]:
    """A document and its quotes as lines that a person can review."""
    lines = [
        f"# {document.title}",
        f"outlet: {document.outlet} | published: {document.published} | language: {document.language} | "
        f"authors: {', '.join(document.authors)} | flags: {', '.join(document.flags)}",
    ]
    return [*lines, *(line(found, document.text) for found in attribute(document)), ""]


def line(found: Attribution, text: str) -> str:
    who = found.speaker or "-"
    notes = [found.kind]
    notes += [found.place] if found.place != "body" else []
    notes += ["scare"] if found.scare else []
    notes += [f"in {found.parent}"] if found.parent is not None else []
    notes += [f"via {' > '.join(found.via)}"] if found.via else []
    notes += list(found.flags)
    return f"[{', '.join(notes)}] {who} ({found.mention or '-'}): {' '.join(found.words(text).split())}"


def compare_with(path: Path, lines: Iterable[str], update: bool) -> None:
    text = "\n".join(lines) + "\n"
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"{path.name} is missing: run pytest --update and review it"
    assert text == path.read_text(encoding="utf-8"), "if the change is for the better, run pytest --update and review"


@pytest.mark.parametrize("name", ARTICLES)
def test_extraction_is_as_it_was_reviewed(name: str, update: bool) -> None:
    lines = [row for document in documents(name) for row in shown(document)]
    compare_with(GOLDEN / "extract" / f"{name}.txt", lines, update)


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_article_of_each_language_is_as_it_was_reviewed(code: str, update: bool) -> None:
    text = (Path(__file__).parent / "languages" / f"{code}.txt").read_text(encoding="utf-8")
    lines = shown(Document(id=code, text=text, language=code))
    compare_with(GOLDEN / "languages" / f"{code}.txt", lines[2:], update)


@pytest.mark.parametrize("utterance", UTTERANCES, ids=lambda row: str(row["id"]))
def test_finding_is_as_it_was_reviewed(utterance: dict[str, Any], samples: Store, update: bool) -> None:
    asked = utterance.get("query") or utterance["versions"][0]["text"]
    result = find(samples, Query(text=asked, limit=20))
    lines = [f"query: {asked}"]
    for found in result.utterances:
        lines += ["", f"{found.tier or found.match.kind} | {', '.join(found.speakers)} | {', '.join(found.outlets)}"]
        for version in (*found.versions, *found.also):
            alters = f" !{','.join(version.match.alters)}" if version.match.alters else ""
            kind = "also" if version in found.also else version.match.kind if version.sure else f"{version.match.kind}?"
            lines.append(f"  {kind}{alters} | {' '.join(version.text.split())}")
            lines += [f"    {quote.published} | {quote.outlet} | {quote.speaker}" for quote in version.quotes]
    compare_with(GOLDEN / "find" / f"{utterance['id']}.txt", lines, update)


def judged() -> Iterable[tuple[dict[str, Any], dict[str, Any]]]:
    """The wordings of the key that stand between marks in a language that the words of the query can reach."""
    for utterance in UTTERANCES:
        for version in utterance["versions"]:
            if version["kind"] != "indirect" and not version.get("language"):
                yield utterance, version


def pieces(version: dict[str, Any]) -> list[str]:
    return [analyse(piece).key for piece in version.get("pieces") or [version["text"]]]


def test_the_key_of_the_sample_archive_holds(samples: Store, update: bool) -> None:
    """Of the wordings in the key: found at all, speaker right, and answered to the utterance's query."""
    by_file = {
        name: [(analyse(f.words(d.text)).key, f) for d in documents(name) for f in attribute(d)] for name in ARTICLES
    }
    extracted = named = answered = nameable = total = 0
    for utterance, version in judged():
        total += 1
        wanted = pieces(version)
        quotes = [f for text, f in by_file[version["file"]] if any(piece in text for piece in wanted)]
        extracted += bool(quotes)
        if version["speaker"] and quotes:
            nameable += 1
            surname = version["speaker"].split()[-1]
            named += any(surname in (found.speaker or "") for found in quotes)
        result = find(
            samples,
            Query(text=utterance.get("query") or utterance["versions"][0]["text"], limit=50, scare=True, indirect=True),
        )
        texts = [analyse(version.text).key for found in result.utterances for version in (*found.versions, *found.also)]
        answered += any(piece in text for piece in wanted for text in texts)
    measured = {
        "extracted": round(extracted / total, 3),
        "speaker": round(named / nameable, 3),
        "answered": round(answered / total, 3),
    }
    hold(GOLDEN / "floors.json", measured, better="higher", update=update)
