"""One request: over TLS too, with what is left of time and bytes."""

from __future__ import annotations

import contextlib
import http.server
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.crawler import http as module
from indexer.crawler.address_policy import judged_endpoints, parse_address
from indexer.crawler.fetch_error import AddressRefused, FetchError
from indexer.crawler.http import RequestLimits, http_get

LIMITS = RequestLimits(silence=60, total=120, max_bytes=100_000, allow_private=True)


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"x" * (5_000_000 if self.path == "/endless" else 50_000))

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost, signed by itself; made by the openssl of this machine."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    command += ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(path), "-out", str(path) + ".crt"]
    subprocess.run(command, check=True, capture_output=True)
    path.write_text(path.read_text() + Path(str(path) + ".crt").read_text())
    return path


@pytest.fixture(scope="module")
def secure(certificate: Path) -> Iterator[str]:
    """The address of a server on this machine that speaks TLS."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.block_on_close = False
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign, assignment]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"https://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.create_default_context(cafile=str(certificate) + ".crt")
    context.sslsocket_class = module._BudgetedTlsSocket
    monkeypatch.setattr(module, "_tls_context", lambda: context)


@pytest.mark.usefixtures("trusted")
def test_a_page_over_tls(secure: str) -> None:
    response = http_get(parse_address(f"{secure}/", allow_private=True), {}, LIMITS)
    assert (response.status, response.body) == (200, b"x" * 50_000)


@pytest.mark.usefixtures("trusted")
def test_bytes_are_counted_under_tls_too(secure: str) -> None:
    with pytest.raises(FetchError, match="larger than") as error:
        http_get(parse_address(f"{secure}/endless", allow_private=True), {}, LIMITS)
    assert error.value.page_at_fault
    assert not error.value.retryable


@pytest.mark.usefixtures("trusted")
def test_a_certificate_for_another_name_is_refused(secure: str) -> None:
    with pytest.raises(FetchError, match="certificate"):
        http_get(parse_address(secure.replace("localhost", "127.0.0.1"), allow_private=True), {}, LIMITS)


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: str) -> None:
    with pytest.raises(FetchError, match="certificate") as error:
        http_get(parse_address(secure, allow_private=True), {}, LIMITS)
    assert not error.value.retryable


def test_a_handshake_without_an_end_ends_with_the_deadline() -> None:
    """OpenSSL passes over requests for a handshake inside one call, for as long as they come."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def flood() -> None:
            connection, _ = server.accept()
            with connection, contextlib.suppress(OSError):
                connection.recv(10_000)
                while True:
                    connection.sendall(b"\x16\x03\x03\x00\x04\x00\x00\x00\x00" * 1000)

        threading.Thread(target=flood, daemon=True).start()
        address = parse_address(f"https://127.0.0.1:{server.getsockname()[1]}/", allow_private=True)
        with pytest.raises(FetchError, match=r"took longer than 0\.5 s") as error:
            http_get(address, {}, RequestLimits(silence=60, total=0.5, allow_private=True))
    assert not error.value.retryable


@pytest.mark.usefixtures("trusted")
def test_an_answer_that_the_deadline_cut_off_is_no_page(secure: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that ends in silence is the end of a page without a length, but not where we ended it ourselves."""
    cut_off = module._BudgetedTlsSocket.cut_off

    def at_once(self: module._BudgetedTlsSocket, *args: object, **kwargs: object) -> int:
        cut_off(self)
        self.budget._deadline = 0.0
        return 0

    monkeypatch.setattr(ssl.SSLSocket, "recv_into", at_once)
    with pytest.raises(FetchError, match="took longer"):
        http_get(parse_address(f"{secure}/", allow_private=True), {}, LIMITS)


def test_the_address_is_judged_before_anything_is_sent() -> None:
    address = parse_address("http://127.0.0.1:9/", allow_private=True)
    with pytest.raises(AddressRefused, match="no address of the public internet"):
        http_get(address, {}, RequestLimits(allow_private=False))


def test_time_and_bytes_that_are_spent_end_it() -> None:
    budget = module._Budget(RequestLimits(silence=60, total=0, max_bytes=10))
    with pytest.raises(TimeoutError):
        budget.seconds()
    assert budget.is_spent
    assert budget.count(10) == 10
    assert budget.count(module.MAX_HEADER_BYTES - 10) == module.MAX_HEADER_BYTES - 10
    budget.expect_body()
    assert budget.count(10) == 10
    with pytest.raises(module.http.client.HTTPException):
        budget.count(1)
    with pytest.raises(module.http.client.HTTPException):
        module._Budget(RequestLimits(max_bytes=10_000_000)).count(module.MAX_HEADER_BYTES + 1)


@pytest.mark.parametrize(
    "ip",
    [
        "169.254.169.254",
        "169.254.170.2",
        "100.100.100.200",
        "fd00:ec2::254",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "::ffff:0:a9fe:a9fe",
        "2606:4700::200:5efe:a9fe:a9fe",
        "fe80::a9fe:a9fe",
    ],
)
def test_what_a_cloud_tells_its_machines_is_never_asked(ip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where inner addresses may be, and by whatever redirect: each address is judged here."""
    monkeypatch.setattr(
        "indexer.crawler.address_policy.look_up", lambda host, port, timeout: [(socket.AF_INET, (ip, port))]
    )
    address = parse_address("http://inner.example/page", allow_private=True)
    with pytest.raises(AddressRefused, match="keeps its secrets"):
        judged_endpoints(address, allow_private=True, timeout=1)
