"""Logging in and out, as an attacker would try it."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from html_page import HOSTILE
from logging_in import PASSWORD, log_in, token

from search.settings import Settings
from search.storage.store import Store
from web.accounts.account_file import AccountFile
from web.accounts.login_throttle import FAILURES_ALLOWED
from web.app import create_app
from web.views.account import account_blueprint


def is_logged_in(client: FlaskClient) -> bool:
    return client.get("/corrections").status_code == 200


@pytest.fixture
def client(store: Store, settings: Settings) -> FlaskClient:
    AccountFile(settings.instance).put("Ann Lind", PASSWORD)
    AccountFile(settings.instance).put("Bo Berg", PASSWORD)
    return create_app(settings, store).test_client()


def test_who_has_the_password_is_logged_in_and_out_again(client: FlaskClient) -> None:
    assert not is_logged_in(client)
    done = log_in(client)
    assert (done.status_code, done.location) == (303, "/")
    cookies = done.headers.getlist("Set-Cookie")
    assert len(cookies) == 2
    assert all("HttpOnly" in one and "SameSite=Lax" in one for one in cookies)
    assert is_logged_in(client)
    assert "Ann Lind" in client.get("/").text
    out = client.post("/logout", data={"csrf_token": token(client, "/corrections")})
    assert out.status_code == 303
    assert not is_logged_in(client)


def test_a_copied_cookie_is_worth_nothing_after_the_log_out(client: FlaskClient) -> None:
    log_in(client)
    copied = client.get_cookie("quotes_session")
    assert copied is not None
    client.post("/logout", data={"csrf_token": token(client, "/corrections")})
    client.set_cookie("quotes_session", copied.value)
    assert not is_logged_in(client)
    # The password is the one that it was.
    assert log_in(client).status_code == 303
    assert is_logged_in(client)


def test_cookies_go_by_https_alone_where_the_page_did(client: FlaskClient) -> None:
    secure = {"base_url": "https://localhost"}
    page = client.get("/login", **secure).text  # type: ignore[arg-type]
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    fields = {"csrf_token": found[1], "name": "Ann Lind", "password": PASSWORD}
    done = client.post("/login", data=fields, **secure)  # type: ignore[arg-type]
    assert done.status_code == 303
    assert all("; Secure" in one for one in done.headers.getlist("Set-Cookie"))


@pytest.mark.parametrize(("name", "password"), [("Ann Lind", "wrong password"), ("Nobody", PASSWORD), ("", ""), (HOSTILE, HOSTILE)])  # fmt: skip
def test_wrong_names_and_passwords_are_told_apart_by_nothing(client: FlaskClient, name: str, password: str) -> None:
    done = log_in(client, name, password)
    assert done.status_code == 403
    assert "That is not the password of an account of that name." in done.text
    assert "<script" not in done.text.replace("<script src=", "").lower()
    assert not is_logged_in(client)


def test_a_form_without_its_token_or_with_that_of_another_session_is_refused(client: FlaskClient) -> None:
    fields = {"name": "Ann Lind", "password": PASSWORD}
    assert client.post("/login", data=fields).status_code == 400
    other = client.application.test_client()
    assert client.post("/login", data=fields | {"csrf_token": token(other)}).status_code == 400
    log_in(client)
    assert client.post("/logout", data={}).status_code == 400
    assert is_logged_in(client)


def test_a_session_that_somebody_else_put_into_the_browser_leads_nowhere(client: FlaskClient) -> None:
    """Session fixation: what was known before the login is worth nothing after it."""
    client.get("/login")
    planted = client.get_cookie("quotes_session")
    assert planted is not None
    before = token(client)
    log_in(client)
    attacker = client.application.test_client()
    attacker.set_cookie("quotes_session", planted.value)
    assert not is_logged_in(attacker)
    assert client.post("/logout", data={"csrf_token": before}).status_code == 400


def test_a_session_ends_with_the_account_and_with_a_new_password(client: FlaskClient, settings: Settings) -> None:
    log_in(client)
    AccountFile(settings.instance).put("Ann Lind", "another password")
    assert not is_logged_in(client)
    log_in(client, password="another password")
    AccountFile(settings.instance).remove("Ann Lind")
    assert not is_logged_in(client)


def test_a_cookie_of_another_secret_is_none(client: FlaskClient, settings: Settings, store: Store) -> None:
    log_in(client)
    cookie = client.get_cookie("quotes_session")
    assert cookie is not None
    (settings.instance / "session-secret").unlink()
    other = create_app(settings, store).test_client()
    other.set_cookie("quotes_session", cookie.value)
    assert not is_logged_in(other)


@pytest.mark.parametrize(
    ("asked", "goes"),
    [
        ("/search?q=ferry", "/search?q=ferry"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_after_logging_in_nobody_is_led_elsewhere(client: FlaskClient, asked: str, goes: str) -> None:
    page = client.get("/login", query_string={"next": asked}).text
    # The links to this page in other languages ask for the same again, which is judged anew.
    assert ("evil" in page.partition('class="ways"')[0]) is False
    assert log_in(client, next=asked).location == goes


def test_who_asks_for_what_needs_an_account_comes_there_after_the_login(client: FlaskClient) -> None:
    led = client.get("/corrections")
    assert (led.status_code, led.location) == (303, "/login?next=/corrections")
    assert log_in(client, next="/corrections").location == "/corrections"


def test_guessing_is_stopped_for_one_name_from_one_place_and_locks_nobody_out(client: FlaskClient) -> None:
    regular = client.application.test_client()
    log_in(regular)  # this browser has logged in before, from the same address
    for _ in range(FAILURES_ALLOWED):
        assert log_in(client, password="wrong password").status_code == 403
    stopped = log_in(client)  # the right password, too
    assert stopped.status_code == 429
    assert int(stopped.headers["Retry-After"]) > 0
    assert not is_logged_in(client)
    elsewhere = client.application.test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "192.0.2.77"
    assert log_in(elsewhere).status_code == 303
    assert log_in(client, "Bo Berg").status_code == 303
    regular.delete_cookie("quotes_session")
    assert log_in(regular).status_code == 303


def test_all_addresses_of_one_network_of_ipv6_are_one_place(client: FlaskClient) -> None:
    for number in range(FAILURES_ALLOWED):
        client.environ_base["REMOTE_ADDR"] = f"2001:db8::{number:x}"
        log_in(client, password="wrong password")
    client.environ_base["REMOTE_ADDR"] = "2001:db8::ffff"
    assert log_in(client).status_code == 429
    client.environ_base["REMOTE_ADDR"] = "2001:db8:0:1::1"
    assert log_in(client).status_code == 303


def test_the_mark_of_a_browser_cannot_be_made_up(client: FlaskClient) -> None:
    for number in range(FAILURES_ALLOWED):
        client.set_cookie("quotes_browser", f"made-up-{number}")
        log_in(client, password="wrong password")
    client.set_cookie("quotes_browser", "made-up")
    assert log_in(client).status_code == 429


def test_an_archive_without_accounts_offers_none_and_says_how_to_make_one(store: Store, settings: Settings) -> None:
    client = create_app(settings, store).test_client()
    assert "Log in" not in client.get("/about").text
    assert "quotes users add" in client.get("/login").text


@pytest.mark.parametrize(
    "address", ["/about", "/api", "/compare", "/check", "/opensearch.xml", "/nowhere", "/api/v1/openapi.json"]
)
def test_no_page_of_a_person_is_kept(client: FlaskClient, address: str) -> None:
    """`/about` and others said nothing of caches, with the name of who was logged in and the token of his forms."""
    log_in(client)
    assert client.get(address).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["/static/style.css", "/embed.js"])
def test_what_shared_caches_keep_has_nobodys_session(client: FlaskClient, address: str) -> None:
    """Each answer prolonged the session by a cookie, a style sheet that is "public" for an hour too."""
    log_in(client)
    with client.get(address) as answer:
        assert "public" in answer.headers["Cache-Control"]
        assert "Set-Cookie" not in answer.headers
    assert "Set-Cookie" in client.get("/").headers


def test_what_a_person_sees_is_kept_nowhere(client: FlaskClient) -> None:
    anonymous = client.get("/")
    assert anonymous.headers["ETag"]
    assert "Set-Cookie" not in anonymous.headers
    log_in(client)
    seen = client.get("/", headers={"If-None-Match": anonymous.headers["ETag"]})
    assert (seen.status_code, seen.headers["Cache-Control"]) == (200, "no-store")
    assert client.get("/login").headers["Cache-Control"] == "no-store"


def test_the_blueprint_is_the_one_of_the_application(settings: Settings) -> None:
    assert account_blueprint(settings, AccountFile(settings.instance)).name == "account"


def test_a_damaged_file_of_accounts_keeps_nobody_from_reading(client: FlaskClient, settings: Settings) -> None:
    """Each page was an error of the server without a sentence, the page that says so too."""
    log_in(client)
    fields = {"csrf_token": token(client, "/corrections"), "name": "Ann Lind", "password": PASSWORD}
    (settings.instance / "users.json").write_text("[", "utf-8")
    for address in ("/", "/search?q=ferry", "/about", "/login"):
        assert client.get(address).status_code == 200
    assert not is_logged_in(client)
    fields["csrf_token"] = token(client, "/login")
    refused = client.post("/login", data=fields)
    assert refused.status_code == 500
    assert "is no file of accounts: mend it, or move it away." in refused.text
