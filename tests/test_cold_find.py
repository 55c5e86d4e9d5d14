"""What a cold `quotes find` waits for: the modules that it may not import, whatever it finds.

The time itself is measured by bench/cold_find.py.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from search.cli import quotes

# Each is imported by some command, by the page, or by a library that is asked for more than a find needs.
NOT_FOR_FIND = frozenset(
    """
    asyncio babel bs4 email flask http importlib.metadata indexer jinja2 lxml multiprocessing numpy.ma opensearchpy
    pkg_resources platformdirs prometheus_client psycopg rich ssl trafilatura urllib.request waitress web werkzeug
    """.split()
)
RUN = """
import sys
import numpy
# The lowest numpy that is allowed brings numpy.ma by itself.
brought = {name for name in sys.modules if name.startswith("numpy.")}
from search.cli import quotes
try:
    quotes(sys.argv[1:])
except SystemExit as ended:
    print("ended with", ended.code)
print("imported", *sorted(set(sys.modules) - brought))
"""


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cold")
    row = {"id": "k", "text": "Nobody asked the ferrymen of Marnholt, all 300 of them.", "speaker": "Ann Lee"}
    stored = CliRunner().invoke(quotes, ["--instance", str(folder), "import", "-"], input=json.dumps(row))
    assert stored.exit_code == 0
    return folder


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["nobody asked the ferrymen of marnholt"], 0),
        (["nobody asked the 300 ferrymen", "--speaker", "Ann Lee", "--json"], 0),
        (["a wedding in the mountains of the north"], 1),
    ],
)
def test_find_imports_nothing_that_it_does_not_need(instance: Path, words: list[str], code: int) -> None:
    command = [sys.executable, "-c", RUN, "--instance", str(instance), "find", *words]
    lines = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout.splitlines()
    assert lines[-2] == f"ended with {code}"
    assert not NOT_FOR_FIND.intersection(lines[-1].split())
