"""The files of the languages: each is read, and holds nothing but what the loader's docstring names."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from indexer.language_files import LANGUAGES_FOLDER, language_codes, language_table

TABLES = {"grammar", "words", "reporting", "denials"}
TEMPLATE = Path(__file__).parent / "languages" / "xx.toml"
ATTRIBUTE = """
import json, sys
from indexer.attribution.attribute import attribute
from search.model import Document

for text in json.load(sys.stdin):
    found = attribute(Document(id="t", text=text, language="xx"))
    print(json.dumps([[text[one.start : one.end], one.speaker, list(one.flags)] for one in found]))
"""


def attributed(folder: Path, *texts: str) -> list[list[list[Any]]]:
    """What a program with the template's file beside those of the other languages finds: spans, speakers, flags."""
    package = Path(str(files("indexer")))
    shutil.copytree(package, folder / "indexer", ignore=shutil.ignore_patterns("__pycache__", "samples"))
    shutil.copy(TEMPLATE, folder / "indexer" / "data" / LANGUAGES_FOLDER / TEMPLATE.name)
    done = subprocess.run(
        [sys.executable, "-c", ATTRIBUTE], input=json.dumps(texts), cwd=folder, stdout=subprocess.PIPE, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(folder)},
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("code", language_codes())
def test_a_file_has_only_the_tables_that_are_documented(code: str) -> None:
    text = files("indexer").joinpath("data", LANGUAGES_FOLDER, f"{code}.toml").read_text("utf-8")
    assert tomllib.loads(text).keys() <= TABLES


def test_english_comes_first_and_a_missing_table_is_empty() -> None:
    assert language_codes()[0] == "en"
    assert language_table("mul", "denials") == {}


def test_a_language_without_a_file_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        language_table("xx", "words")


def test_a_language_is_added_by_its_file_alone(tmp_path: Path) -> None:
    dash, comma, opener, denied = attributed(
        tmp_path,
        "– Ba fero nolu venar, su zegat Marvo Teldin. – Ni pilo tamo.",
        "“Ba fero nolu venar, ni pilo tamo,” dorat Marvo Teldin po Nalgar.",
        "Nidar Marvo Teldin zegat: “Ba fero nolu venar, ni pilo tamo.”",
        "Marvo Teldin nok zegat: “Ba fero nolu venar, ni pilo tamo.”",
    )
    assert dash == [["Ba fero nolu venar", "Marvo Teldin", []], ["Ni pilo tamo.", "Marvo Teldin", []]]
    assert comma == [["Ba fero nolu venar, ni pilo tamo,", "Marvo Teldin", []]]
    assert opener == [["Ba fero nolu venar, ni pilo tamo.", "Marvo Teldin", []]]
    assert denied[0][2] == ["denied"]


def test_the_clauses_of_a_new_language_are_read_by_its_file_alone(tmp_path: Path) -> None:
    text = "Ka minra, Ala Teldin, ven dolar. Ke minro Bano Ruk ven venar. “Ba fero nolu venar, ni pilo tamo”, ven gimat ra."
    around = "Ala Teldin ri lundo “ba fero nolu venar” zegat."
    after, verb_last = attributed(tmp_path, text, around)
    assert after == [["Ba fero nolu venar, ni pilo tamo", "Ala Teldin", []]]
    assert verb_last == [["ba fero nolu venar", "Ala Teldin", []]]


def test_the_template_fills_what_files_of_languages_may_have() -> None:
    filled = tomllib.loads(TEMPLATE.read_text(encoding="utf-8"))
    assert filled.keys() == TABLES
    for code in language_codes():
        assert language_table(code, "reporting").keys() <= filled["reporting"].keys(), code


def test_a_language_with_cases_is_added_by_its_file_alone(tmp_path: Path) -> None:
    """Names stand in other cases than the subject's, and verbs show a gender."""
    lead = "Ka minra Ala Teldin ven dolar. Ke minro Bano Ruk ven venar.\n"
    text = (
        lead
        + "Po Rukinen, gimata: “Ba fero nolu venar, ni pilo tamo.”\n“Ba nolu venar fero”, gimato kuru Bano Rukinen."
    )
    (found,) = attributed(tmp_path, text)
    assert [speaker for _, speaker, _ in found] == ["Ala Teldin", "Bano Ruk"]
