"""Real parts for the tests: a real archive on disk, the sample archive indexed once, a real headless Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from search.settings import Settings, load
from search.storage.database import Database
from search.storage.databases.opening import open_postgresql
from search.storage.databases.sqlite_database import SqliteDatabase
from search.storage.store import Store

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from playwright.sync_api import Browser

pytest_plugins = ["cluster_servers"]

# The machines that run this are shared and noisy: how long an example takes, or its making, says nothing.
hypothesis.settings.register_profile("quotes", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("quotes")

DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.cluster)]
SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the golden files anew instead of comparing with them")
    parser.addoption(
        "--cluster", action="store_true", help="run the tests that need servers of a cluster, and those alone"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The tests of a cluster are a run of their own: `make test-cluster`."""
    wanted = bool(config.getoption("--cluster"))
    # Not `keywords`, among which is the name of each folder, that of the checkout too.
    chosen = [item for item in items if (item.get_closest_marker("cluster") is not None) == wanted]
    if len(chosen) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = chosen


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written: the change is then reviewed as a diff."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("QUOTES_"):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _faults_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody foresaw is a Skip to a user; here it is a failed test."""
    monkeypatch.setattr("indexer.input.trouble.UNFORESEEN", ())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a fresh instance folder."""
    return load({"instance": tmp_path / "instance"}, environ={})


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty archive in each database that there is."""
    url = request.getfixturevalue("archive_url") if request.param == "postgresql" else None
    with closing(open_postgresql(url) if url else SqliteDatabase(tmp_path / "archive.sqlite3")) as opened:
        yield opened


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """An empty store on disk."""
    with Store(settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def sample_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of an instance that holds the sample archive; not to be written to."""
    from importlib.resources import as_file, files

    from indexer.input.input_file import ReadOptions
    from indexer.pipeline.store_quotes import store_documents
    from indexer.pipeline.workers import extract_files

    found = load({"instance": tmp_path_factory.mktemp("samples") / "instance"}, environ={})
    with as_file(files("indexer") / "samples") as folder, Store(found) as opened:
        store_documents(extract_files([str(folder / "articles")], ReadOptions()), opened, batch=100)
    return found


@pytest.fixture(scope="session")
def samples(sample_settings: Settings) -> Iterator[Store]:
    """A store that holds the sample archive; not to be written to."""
    with Store(sample_settings) as opened:
        yield opened


@pytest.fixture
def client(samples: Store, sample_settings: Settings) -> FlaskClient:
    """The pages and the API over the sample archive."""
    from web.app import create_app

    return create_app(sample_settings, samples).test_client()


@pytest.fixture
def hostile(store: Store, settings: Settings) -> FlaskClient:
    """The page over an archive of one document and one imported quote, every field of which is an attack."""
    from html_page import HOSTILE

    from search.model import Document, Quote, Region, Span
    from web.app import create_app

    text = f"He said “{HOSTILE} and so on”.\n\n{HOSTILE}"
    span = Span(9, 9 + len(HOSTILE))
    document = Document(
        id=f"d{HOSTILE}", text=text, url="javascript:alert(1)", outlet=HOSTILE, title=HOSTILE, authors=(HOSTILE,),
        published='"><script>', language='en" onload="alert(1)', flags=(HOSTILE,),
        regions=(Region(Span(len(text) - 5, len(text)), "comment", HOSTILE),), provenance={"outlet": HOSTILE},
    )  # fmt: skip
    quote = Quote(
        id="q /?#ü", document_id=document.id, text=HOSTILE, spans=(span,), speaker=HOSTILE, role=HOSTILE,
        mention=HOSTILE, via=(HOSTILE,), outlet=HOSTILE, url="javascript:alert(1)", title=HOSTILE,
        published='"><script>', language='en" onload="alert(1)', before=HOSTILE, after=HOSTILE,
    )  # fmt: skip
    store.add([(document, "work", [quote])])
    store.add_quotes([replace(quote, id="imported", document_id="", spans=(), url="https://a.example/" + HOSTILE)])
    store.catch_up()
    return create_app(settings, store).test_client()


@pytest.fixture
def receiver() -> Iterator[tuple[str, list[tuple[str, dict[str, str], bytes]]]]:
    """The address of a receiver of webhooks on this machine, and what it was sent: path, headers, body."""
    from webhook_receiver import listening

    with listening() as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium, headless. Without it the test is skipped, and fails where CI is set."""
    missing = None
    path = shutil.which("chromium")
    if path is None:
        missing = "chromium is not installed: apt-get install chromium"
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing = "playwright is not installed: pip install playwright"
    if missing is not None:
        if os.environ.get("CI"):
            pytest.fail(f"in CI the page must be tested in a browser, but {missing}")
        pytest.skip(missing)
    with sync_playwright() as driver:
        # Without the sandbox, since in a container the tests run as root, which chromium refuses otherwise.
        opened = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The measured sets that lie beside the project on its own machines; a stranger's clone has none."""
    if not SHARED.is_dir():
        pytest.skip("the gold sets are not part of the project (no ../shared here)")
    return SHARED
