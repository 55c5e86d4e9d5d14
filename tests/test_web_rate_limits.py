"""How much one reader may ask of a public instance."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from functools import partial
from http.client import HTTPConnection

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.settings import Settings
from search.storage.store import Store
from web.app import create_app
from web.description.arguments import MOST_QUOTATIONS
from web.rate_limits import CHECK_COST, QUOTATIONS_A_REQUEST, QUOTATIONS_ALLOWED
from web.serving.server import listening_socket, open_server

ALLOWED = 12
HOUR = 3600.0


@pytest.fixture(autouse=True)
def _a_clock_that_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that runs over the end of a minute would see more answers than are allowed in one."""
    now = 1_000_000 * HOUR
    monkeypatch.setattr("limits.storage.memory.time.time", lambda: now)


def app(settings: Settings, store: Store, **changes: object) -> Flask:
    changed = replace(settings, public=True, requests_per_minute=ALLOWED)
    return create_app(replace(changed, **changes), store)  # type: ignore[arg-type]


def answers(client: FlaskClient, number: int, address: str = "192.0.2.1", **options: object) -> list[int]:
    return [
        client.get("/healthz", environ_base={"REMOTE_ADDR": address}, **options).status_code  # type: ignore[arg-type]
        for _ in range(number)
    ]


def test_too_many_requests_are_a_problem_that_says_when_to_come_back(settings: Settings, store: Store) -> None:
    client = app(settings, store).test_client()
    assert answers(client, ALLOWED) == [200] * ALLOWED
    response = client.get("/healthz", environ_base={"REMOTE_ADDR": "192.0.2.1"})
    assert response.status_code == 429
    assert response.content_type == "application/problem+json"
    assert json.loads(response.text)["status"] == 429
    assert 0 < int(response.headers["Retry-After"]) <= 120
    # For pages too, in their own form; but the style sheet that an error is set with.
    with client.get("/", environ_base={"REMOTE_ADDR": "192.0.2.1"}) as page:
        assert (page.status_code, page.mimetype) == (429, "text/html")
    with client.get("/static/style.css", environ_base={"REMOTE_ADDR": "192.0.2.1"}) as style:
        assert style.status_code == 200
    assert answers(client, 1, "192.0.2.2") == [200]


def test_a_network_of_ipv6_is_one_reader(settings: Settings, store: Store) -> None:
    client = app(settings, store).test_client()
    codes = [answers(client, 1, f"2001:db8:1:2::{n:x}")[0] for n in range(ALLOWED + 2)]
    assert codes == [200] * ALLOWED + [429] * 2
    assert answers(client, 1, "2001:db8:1:3::1") == [200]


@pytest.mark.parametrize("form", ["::ffff:198.51.100.{}", "198.51.100.{}:4711", "[2001:db8:0:{}::1]:4711"])
def test_readers_are_told_apart_however_their_address_is_written(settings: Settings, store: Store, form: str) -> None:
    """All IPv4 addresses in the form of IPv6 lie in one network: a proxy that listens on both made one reader of everybody."""
    client = app(settings, store).test_client()
    assert [answers(client, 1, form.format(n))[0] for n in range(ALLOWED + 2)] == [200] * (ALLOWED + 2)
    assert answers(client, ALLOWED + 1, form.format(99)) == [200] * ALLOWED + [429]


def test_quotations_are_counted_too_before_they_are_searched(settings: Settings, store: Store) -> None:
    """Each is a find: 500 of them counted as ten requests, and took ten seconds and more."""
    client = app(settings, store, requests_per_minute=1000).test_client()
    allowed = QUOTATIONS_A_REQUEST * 1000
    body = json.dumps({"quotations": [{"text": "x"}] * MOST_QUOTATIONS})
    send = partial(client.post, "/api/v1/check/quotations", data=body, content_type="application/json")
    assert [send().status_code for _ in range(allowed // MOST_QUOTATIONS + 1)] == [200] * (
        allowed // MOST_QUOTATIONS
    ) + [429]
    assert client.post("/api/v1/check", data="“We will stay out,” said Ann Lee.").status_code == 429
    assert client.post("/check", data={"text": "“We will stay out,” said Ann Lee."}).status_code == 429
    assert send(environ_base={"REMOTE_ADDR": "192.0.2.9"}).status_code == 200


def test_one_full_check_is_always_answered(settings: Settings, store: Store) -> None:
    assert QUOTATIONS_ALLOWED == MOST_QUOTATIONS
    body = json.dumps({"quotations": [{"text": "x"}] * MOST_QUOTATIONS})
    client = app(settings, store).test_client()
    assert client.post("/api/v1/check/quotations", data=body, content_type="application/json").status_code == 200


def test_a_check_counts_as_several(settings: Settings, store: Store) -> None:
    client = app(settings, store).test_client()
    assert client.post("/api/v1/check", data="Nobody spoke.").status_code == 200
    assert answers(client, ALLOWED - CHECK_COST + 1, "127.0.0.1") == [200] * (ALLOWED - CHECK_COST) + [429]


def test_threads_together_get_no_more_than_one_alone(settings: Settings, store: Store) -> None:
    made = app(settings, store)
    codes: list[int] = []
    start = threading.Barrier(4)

    def ask() -> None:
        client = made.test_client()
        start.wait()
        codes.extend(answers(client, ALLOWED))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes.count(200) == ALLOWED
    assert codes.count(429) == 3 * ALLOWED


def test_behind_a_proxy_it_is_the_readers_own_address_that_counts(settings: Settings, store: Store) -> None:
    client = app(settings, store, proxies=1).test_client()
    for reader in ("198.51.100.1", "198.51.100.2"):
        # What the reader himself wrote there stands before what the proxy adds, and is not believed.
        codes = [
            answers(client, 1, headers={"X-Forwarded-For": f"203.0.113.{n}, {reader}"})[0] for n in range(ALLOWED + 1)
        ]
        assert codes == [200] * ALLOWED + [429]


@pytest.mark.parametrize(("proxies", "refused"), [(0, True), (1, False)])
def test_the_server_hands_on_what_its_proxies_say(
    settings: Settings, store: Store, proxies: int, refused: bool
) -> None:
    changed = replace(settings, public=True, requests_per_minute=ALLOWED, proxies=proxies, port=0)
    server = open_server(create_app(changed, store), changed, listening_socket(changed))
    thread = threading.Thread(target=server.run)
    thread.start()
    codes = []
    try:
        for n in range(ALLOWED + 1):
            connection = HTTPConnection("127.0.0.1", server.effective_port, timeout=20)
            connection.request("GET", "/healthz", headers={"X-Forwarded-For": f"203.0.113.{n}"})
            codes.append(connection.getresponse().status)
            connection.close()
    finally:
        server.close()
        thread.join(10)
    assert (429 in codes) is refused


def test_without_a_proxy_nobody_says_who_he_is(settings: Settings, store: Store) -> None:
    client = app(settings, store).test_client()
    codes = [answers(client, 1, headers={"X-Forwarded-For": f"203.0.113.{n}"})[0] for n in range(ALLOWED + 1)]
    assert codes == [200] * ALLOWED + [429]


@pytest.mark.parametrize("address", ["", "no address", "fe80::1%eth0"])
def test_a_reader_without_an_address_is_limited_all_the_same(settings: Settings, store: Store, address: str) -> None:
    assert answers(app(settings, store).test_client(), ALLOWED + 1, address) == [200] * ALLOWED + [429]


def test_an_instance_of_ones_own_has_no_limit(settings: Settings, store: Store) -> None:
    client = create_app(replace(settings, requests_per_minute=1), store).test_client()
    assert answers(client, 30) == [200] * 30
