"""Who may read from other sites."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from search.settings import Settings
from search.storage.store import Store
from web.app import create_app
from web.public_reads import PREFLIGHT_SECONDS

READ = [
    "/api/v1/quotes?q=minister",
    "/api/v1/quotes?q=",
    "/api/v1/documents/none",
    "/api/v1/nowhere",
    "/oembed",
    "/healthz",
]
NOT_SHARED = ["/", "/search?q=minister", "/speakers", "/check", "/suggest?q=a"]


@pytest.fixture
def public(samples: Store, sample_settings: Settings) -> FlaskClient:
    return create_app(replace(sample_settings, public=True), samples).test_client()


@pytest.mark.parametrize("url", READ + NOT_SHARED)
def test_by_default_no_page_of_another_site_may_read_or_load_anything(client: FlaskClient, url: str) -> None:
    for method in ("GET", "HEAD", "OPTIONS"):
        with client.open(url, method=method, headers={"Origin": "https://other.example"}) as response:
            assert not [name for name, _ in response.headers if name.startswith("Access-Control")]
            loads = response.headers.get("Cross-Origin-Resource-Policy")
            assert loads == ("same-origin" if not url.startswith("/oembed") else None)


@pytest.mark.parametrize("url", READ)
def test_any_site_may_read_a_public_instance(public: FlaskClient, url: str) -> None:
    for method in ("GET", "HEAD", "OPTIONS"):
        response = public.open(url, method=method, headers={"Origin": "https://other.example"})
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize("url", NOT_SHARED)
def test_what_is_for_people_is_not_shared(public: FlaskClient, url: str) -> None:
    with public.get(url) as response:
        assert "Access-Control-Allow-Origin" not in response.headers


def test_a_check_is_not_shared(public: FlaskClient) -> None:
    for method in ("POST", "OPTIONS"):
        response = public.open("/api/v1/check", method=method, data="Nobody spoke.")
        assert "Access-Control-Allow-Origin" not in response.headers


def test_a_browser_that_asks_before_is_told_what_it_may_send(public: FlaskClient) -> None:
    response = public.options("/api/v1/quotes")
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert response.headers["Access-Control-Allow-Headers"] == "Authorization, If-None-Match"
    assert response.headers["Access-Control-Max-Age"] == str(PREFLIGHT_SECONDS)
