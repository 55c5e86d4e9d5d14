"""Ask a server of the sample archive, as schemathesis thinks of it, and compare each answer with the API's description.

    python tools/api_conformance.py --examples 150

prints how many requests were made and what did not fit, and ends with 1 if anything did not: a status of 500 and up, or a status,
type, header or body that the description does not have. Nothing of it asks another host.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.request import urlopen

ROOT: Final = Path(__file__).resolve().parent.parent
COMMAND: Final = [sys.executable, "-c", "from search.cli import quotes; quotes()"]
# Left out: whether what fits the description is accepted. Words without a letter, a day that no calendar has and a cursor of
# another question fit it and are refused with 400, and a description cannot say so.
LEFT_OUT: Final = "positive_data_acceptance"
PHASES: Final = "coverage,fuzzing,stateful"
IDS_TRIED: Final = 20  # of documents and of quotes, half of the time: made-up ones lead nowhere


@contextmanager
def sample_server(folder: Path) -> Iterator[str]:
    """Serve the sample archive out of `folder` in a process of its own, and yield its address, which ends with a slash."""
    instance = ["--instance", str(folder / "instance")]
    subprocess.run(
        [*COMMAND, *instance, "index", str(ROOT / "indexer" / "samples" / "articles")], check=True, capture_output=True
    )
    with serving(instance) as address:
        yield address


@contextmanager
def serving(options: Sequence[str]) -> Iterator[str]:
    """Run `quotes serve` on a free port in a process of its own, and yield its address, which ends with a slash."""
    with subprocess.Popen([*COMMAND, *options, "serve", "--port", "0"], stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            yield server.stderr.readline().partition(" is at ")[2].split()[0]
        finally:
            server.terminate()


def conformance(
    address: str, folder: Path, examples: int, phases: str = PHASES, seed: int | None = None
) -> tuple[int, str]:
    """Return how schemathesis ended, 0 where each answer fits, and what it printed. It makes `examples` requests an address, and
    those that try each argument at its bounds; the same at each run where a `seed` is given."""
    (folder / "schemathesis.toml").write_text(_configuration(address), encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()", "run", f"{address}api/v1/openapi.json",
            "--checks", "all", "--exclude-checks", LEFT_OUT, "--max-examples", str(examples), "--no-shrink",
            "--continue-on-failure", "--phases", phases, *([] if seed is None else ["--seed", str(seed)]),
        ],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def _configuration(address: str) -> str:
    """Return a configuration by which real ids and words are tried, too: TOML takes lists of texts as JSON writes them."""
    with urlopen(f"{address}api/v1/quotes?kind=direct&limit={IDS_TRIED}") as response:
        quotes = [one["versions"][0]["quotes"][0] for one in json.load(response)["utterances"]]
    ids = json.dumps([quote[name] for quote in quotes for name in ("id", "document_id")])
    words = json.dumps([quote["text"][:60] for quote in quotes], ensure_ascii=False)
    return (
        f"[dictionaries.ids]\nvalues = {ids}\n[dictionaries.words]\nvalues = {words}\n[parameters]\n"
        '"path.id" = {dictionary = "ids", probability = 0.5}\n"query.q" = {dictionary = "words", probability = 0.3}\n'
        '"body.quotations[*].text" = {dictionary = "words", probability = 0.5}\n'
    )


def main() -> int:
    """Run the comparison; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=150, help="requests an address, besides those at the bounds")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, sample_server(Path(name)) as address:
        code, printed = conformance(address, Path(name), options.examples)
    print(printed)
    return code


if __name__ == "__main__":
    sys.exit(main())
