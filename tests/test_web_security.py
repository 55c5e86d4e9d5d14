"""The headers that every answer carries."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from search.settings import Settings
from search.storage.store import Store
from web.app import create_app
from web.security import SECURITY_HEADERS, is_loopback


@pytest.mark.parametrize(
    "url", ["/", "/search", "/search?q=!!", "/nowhere", "/api/v1/quotes", "/healthz", "/static/style.css"]
)
def test_every_answer_carries_the_security_headers(client: FlaskClient, url: str) -> None:
    with client.get(url) as response:
        headers = response.headers
    for name, value in SECURITY_HEADERS.items():
        assert headers[name] == value
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("said", "scheme"), [("https", "https"), ("HTTPS", "https"), ("http", "http"), ("javascript", "http"), ("", "http")]
)
def test_no_scheme_but_those_of_the_web_is_believed(settings: Settings, store: Store, said: str, scheme: str) -> None:
    """A proxy that is not told to write it hands on what a reader wrote, by which each address of a page began."""
    client = create_app(replace(settings, proxies=1), store).test_client()
    shown = client.get("/opensearch.xml", headers={"X-Forwarded-Proto": said}).text
    assert f'template="{scheme}://localhost/search' in shown


OWN_NAMES = [
    ("127.0.0.1:5000", 200), ("localhost", 200), ("LOCALHOST:80", 200), ("[::1]:5000", 200), ("127.8.9.1", 200),
    ("a.localhost", 200), ("archive.example", 200), ("evil.example", 421), ("127.0.0.1.evil.example", 421),
    ("localhost.evil.example:5000", 421), ("evil.example@127.0.0.1", 421), ("", 421), ("a" * 64, 421), ("a..localhost.b", 421),
]  # fmt: skip


@pytest.mark.parametrize(("host", "status"), [*OWN_NAMES, ("10.0.0.1", 421)])
def test_on_this_machine_only_its_own_names_are_answered(
    settings: Settings, store: Store, host: str, status: int
) -> None:
    app = create_app(replace(settings, hosts="archive.example, other.example"), store)
    for address in ("/", "/healthz", "/api/v1/quotes?q=word", "/static/style.css"):
        with app.test_client().get(address, headers={"Host": host}) as response:
            # What is no name of a host at all is refused by Werkzeug itself.
            assert response.status_code in ((421, 400) if status == 421 else (200,))


@pytest.mark.parametrize(
    ("host", "status"), [*OWN_NAMES, ("10.0.0.1:5000", 200), ("[2001:db8::1]:80", 200), ("newsroom.local", 200)]
)
@pytest.mark.parametrize("public", [False, True])
def test_in_a_house_numbers_and_the_machines_name_are_answered_too(
    settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch, host: str, status: int, public: bool
) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "Newsroom.lan.example")
    app = create_app(replace(settings, hosts="archive.example", host="0.0.0.0", public=public), store)
    with app.test_client().get("/healthz", headers={"Host": host}) as response:
        assert response.status_code in ((421, 400) if status == 421 else (200,))


@pytest.mark.parametrize(
    ("site", "status"),
    [("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200), (None, 200), ("nonsense", 403)],
)
def test_the_page_of_another_site_may_send_nothing(client: FlaskClient, site: str | None, status: int) -> None:
    headers = {} if site is None else {"Sec-Fetch-Site": site}
    assert client.post("/api/v1/check", data="She said nothing.", headers=headers).status_code == status
    assert client.get("/healthz", headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"Origin": "https://other.example"}, 403), ({"Origin": "http://localhost.other.example"}, 403), ({"Origin": ""}, 403),
     ({"Origin": "http://localhost"}, 200), ({"Origin": "http://LOCALHOST.:8000"}, 200), ({"Origin": "null"}, 200),
     ({"Origin": "https://other.example", "Sec-Fetch-Site": "same-origin"}, 200), ({"Origin": "file://"}, 403)],
)  # fmt: skip
def test_a_browser_that_names_only_the_origin_is_judged_by_that(
    client: FlaskClient, headers: dict[str, str], status: int
) -> None:
    assert client.post("/api/v1/check", data="She said nothing.", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("[::1]", True), ("127.9.9.9", True), ("0.0.0.0", False),
     ("::", False), ("192.168.1.5", False), ("localhost.example", False), ("", False)],
)  # fmt: skip
def test_what_others_can_reach_is_not_loopback(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected
