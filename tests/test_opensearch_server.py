"""Which OpenSearch may be asked, and what is said when it cannot be: without any, by servers of the tests' own."""

from __future__ import annotations

import http.server
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import ConfigError, StoreUnavailable
from search.settings import load
from search.storage.indexing.index_place import index_place
from search.term_index.opensearch.server import OpensearchServer, spelled, unspelled


@contextmanager
def answering(
    status: int, headers: dict[str, str], context: ssl.SSLContext | None = None
) -> Iterator[tuple[int, list[str]]]:
    """A server that gives one answer to all; its port, and what it was asked."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True)
            server.handle_error = lambda *_: None  # type: ignore[method-assign]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_port, asked
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://search.example:9200", "not encrypted"),
        ("http://10.0.0.7:9200", "not encrypted"),
        ("https://me:secret@search.example", "QUOTES_OPENSEARCH_PASSWORD"),
        ("search.example:9200", "is no address"),
        ("file:///etc/passwd", "is no address"),
        ("https://", "is no address"),
        ("https://search.example:port", "is no address"),
        ("https://one.example,http://two.example", "not encrypted"),
        ("https://one.example,http://127.0.0.1", "have to be alike"),
        ("https://one.example,", "is no address"),
    ],
)
def test_an_address_that_would_give_documents_or_passwords_away_is_refused(url: str, why: str) -> None:
    with pytest.raises(ConfigError, match=why):
        OpensearchServer(url)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9200", "http://[::1]:9200/", "http://localhost", "https://search.example/x"]
)
def test_this_machine_may_be_asked_in_the_clear_and_others_by_https(url: str) -> None:
    assert OpensearchServer(url).urls == [url.rstrip("/")]


def test_the_engine_asks_for_its_address(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="QUOTES_OPENSEARCH_URL"):
        index_place(load({"instance": tmp_path, "engine": "opensearch"}, environ={}))


def test_no_other_address_is_asked_whatever_the_server_says() -> None:
    with answering(200, {}) as (elsewhere, never):
        with (
            answering(302, {"location": f"http://127.0.0.1:{elsewhere}/x"}) as (port, asked),
            pytest.raises(StoreUnavailable, match="names another address, which is not followed"),
        ):
            OpensearchServer(f"http://127.0.0.1:{port}").ask("GET", "/_alias/quotes")
        assert (asked, never) == (["/_alias/quotes"], [])


def test_a_server_without_a_certificate_that_is_trusted_is_told_nothing(tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed, which makes the certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with answering(200, {}, context) as (port, asked):
        with pytest.raises(StoreUnavailable, match="no certificate that this machine trusts"):
            OpensearchServer(f"https://localhost:{port}", "me", "secret").ask("GET", "/")
        assert asked == []


def test_a_server_that_is_not_there_is_one_sentence() -> None:
    with answering(200, {}) as (port, _):
        pass
    with pytest.raises(StoreUnavailable, match=r"^The search index on OpenSearch does not answer\.$"):
        OpensearchServer(f"http://127.0.0.1:{port}").ask("GET", "/")


def test_another_node_is_asked_where_one_does_not_answer() -> None:
    with answering(200, {}) as (gone, _):
        pass
    with answering(200, {}) as (port, asked):
        server = OpensearchServer(f"http://127.0.0.1:{gone}, http://127.0.0.1:{port}")
        for _ in range(4):
            assert server.ask("GET", "/x") == {}
    assert asked == ["/x"] * 4


def test_a_user_that_is_not_known_is_told_by_which_settings() -> None:
    with answering(401, {}) as (port, _), pytest.raises(StoreUnavailable, match="QUOTES_OPENSEARCH_USER"):
        OpensearchServer(f"http://127.0.0.1:{port}").ask("GET", "/")


@given(st.text(st.characters(categories=["L", "N", "P", "Cs", "Cc"]), max_size=60))
def test_whatever_a_term_holds_it_is_written_in_characters_and_read_as_it_was(term: str) -> None:
    spelled(term).encode("utf-8")
    assert unspelled(spelled(term)) == term


def test_a_term_that_is_too_long_for_the_engine_is_told_from_others_all_the_same() -> None:
    long, other = "ö" * 40_000, "ö" * 39_999 + "o"
    assert len(spelled(long).encode()) < 32_000
    assert spelled(long) != spelled(other)
    assert spelled(long) == spelled(long)
