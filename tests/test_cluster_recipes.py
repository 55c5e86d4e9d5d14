"""The recipes of deploy/recipes/ give what one process gives, and several writers store what they gave, on the engine too."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import pytest

from search.settings import load
from search.storage.store import Store

pytestmark = pytest.mark.cluster
RECIPES = Path(__file__).parent.parent / "deploy" / "recipes"
ARTICLES = Path(str(files("indexer"))) / "samples" / "articles"
BIN = Path(sys.executable).parent


def run(command: Sequence[str | Path], path: str | None = None, **environ: str) -> list[bytes]:
    """Run a command with this program on the path; returns the lines that it printed."""
    path = path or f"{BIN}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(command, env={**os.environ, "PATH": path, **environ}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.splitlines(keepends=True)


def lines_in(folder: Path, pattern: str = "*.jsonl") -> list[bytes]:
    return sorted(line for part in folder.glob(pattern) for line in part.read_bytes().splitlines(keepends=True))


@pytest.fixture(scope="module")
def expected() -> list[bytes]:
    """What one process prints of the sample articles, sorted."""
    lines = run([BIN / "quotes", "extract", ARTICLES])
    assert len(lines) > 30
    return sorted(lines)


def test_dask_extracts_what_one_process_extracts(tmp_path: Path, expected: list[bytes]) -> None:
    """In several processes; done again it writes the same files once more."""
    pytest.importorskip("dask")
    for _ in range(2):
        run([sys.executable, RECIPES / "with_dask.py", f"{ARTICLES}/*", tmp_path, "--files-per-task", "9"])
        assert len(list(tmp_path.iterdir())) == 4
        assert lines_in(tmp_path) == expected


def test_spark_extracts_what_one_process_extracts(tmp_path: Path, expected: list[bytes]) -> None:
    pytest.importorskip("pyspark")
    local = {
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_SUBMIT_ARGS": "--master local[2] --conf spark.ui.enabled=false pyspark-shell",
    }
    run([sys.executable, RECIPES / "with_spark.py", ARTICLES, tmp_path / "out"], **local)
    assert lines_in(tmp_path / "out", "part-*") == expected


@pytest.mark.parametrize("program", ["parallel", "xargs"])
def test_processes_side_by_side_extract_what_one_extracts(program: str, tmp_path: Path, expected: list[bytes]) -> None:
    """What is there already is not done again, and a job that was killed leaves nothing that is taken for whole."""
    path = None
    if program == "xargs":
        # As on a machine without GNU parallel.
        tools = tmp_path / "tools"
        tools.mkdir()
        for tool in ("cut", "find", "mkdir", "mv", "nproc", "realpath", "sh", "sha256sum", "sort", "xargs"):
            (tools / tool).symlink_to(str(shutil.which(tool)))
        path = f"{BIN}{os.pathsep}{tools}"
    elif shutil.which(program) is None:
        pytest.skip("GNU parallel is not installed.")
    command = [RECIPES / "with_parallel.sh", ARTICLES, tmp_path / "out", "2"]
    run(command, path, FILES_PER_JOB="9")
    parts = sorted((tmp_path / "out").iterdir())
    assert len(parts) == 4
    assert lines_in(tmp_path / "out") == expected
    before = [part.stat().st_mtime_ns for part in parts[1:]]
    parts[0].rename(parts[0].with_suffix(".part"))
    run(command, path, FILES_PER_JOB="9")
    assert lines_in(tmp_path / "out") == expected
    assert [part.stat().st_mtime_ns for part in parts[1:]] == before


def test_two_writers_store_overlapping_halves_at_once_into_the_engine(
    tmp_path: Path, expected: list[bytes], opensearch_environ: dict[str, str], samples: Store
) -> None:
    """Each document is stored once and each quote stands once in the index, whatever the order, and once more changes nothing."""
    third = len(expected) // 3
    for name, part in (("one", expected[: 2 * third]), ("other", expected[third:][::-1])):
        (tmp_path / name).write_bytes(b"".join(part))
    environ = opensearch_environ | {"QUOTES_INSTANCE": str(tmp_path / "instance"), "QUOTES_BATCH": "5"}

    def stored(name: str) -> list[bytes]:
        return run([BIN / "quotes", "import", "--extracted", tmp_path / name], **environ)

    for _ in range(2):
        with ThreadPoolExecutor() as pool:
            list(pool.map(stored, ["one", "other"]))
        with Store(load({}, environ=environ)) as store, store.reading() as reader:
            assert store.behind() == 0
            assert {document.text for document in store.documents()} == {each.text for each in samples.documents()}
            assert sum(1 for _ in store.documents()) == len(expected)
            with samples.reading() as there:
                assert reader.size == there.size
                for term in ("spier", "stape", "sstrike"):
                    assert len(reader.postings(term)) == len(there.postings(term))
