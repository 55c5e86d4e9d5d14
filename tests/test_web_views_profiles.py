"""Pages and API of speakers, outlets, and speakers side by side."""

from __future__ import annotations

from urllib.parse import quote as percent

import pytest
from flask.testing import FlaskClient
from html_page import get_page

from search.storage.store import Store
from web.views.profiles import OUTLETS_SHOWN

NAMES = ["<script>alert(1)</script>", "\u202eLind", "x" * 10_000, "a/b//c", "..", "%", "\u0000", " "]


def test_a_speakers_page_shows_names_time_and_what_is_printed_most(client: FlaskClient) -> None:
    page = client.get("/speakers/Joram%20Halvesk").get_data(as_text=True)
    for part in ("Quotes over time", "2024-04", "Printed most", "Names, and why", "Northway Radio", "search.atom"):
        assert part in page
    assert "I never said I was the minister" not in page.partition("Newest")[0]


def test_another_name_leads_to_the_one_that_is_shown(client: FlaskClient) -> None:
    answer = client.get("/speakers/ندیم سوراور")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/speakers/Nadim%20Soravar")


def test_every_speaker_and_outlet_of_the_lists_has_a_page(client: FlaskClient, samples: Store) -> None:
    for row in samples.speaker_table():
        assert client.get(f"/speakers/{percent(row.name, safe='')}").status_code == 200, row.name
    assert len(samples.outlets()) < OUTLETS_SHOWN
    for name in samples.outlets():
        assert client.get(f"/outlets/{percent(name, safe='')}").status_code == 200, name
    assert "Northway Radio" in client.get("/outlets").get_data(as_text=True)


def test_speakers_stand_side_by_side(client: FlaskClient) -> None:
    address = "/compare?speaker=Joram+Halvesk&speaker=Osvald+Brekker&q=treaty"
    page = client.get(address).get_data(as_text=True)
    assert page.count('<h2 id="side-') == 2
    sides = client.get(f"/api/v1{address}").get_json()
    assert [side["speaker"] for side in sides] == ["Joram Halvesk", "Osvald Brekker"]
    assert sides[0]["result"]["utterances"]
    assert sum(period["quotes"] for period in sides[0]["over_time"]["periods"]) > 0


@pytest.mark.parametrize("address", ["/compare?q=war", "/compare?q=war&speaker=A", "/api/v1/compare"])
def test_too_little_to_compare_is_said(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 400


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("base", ["/speakers/", "/outlets/", "/api/v1/speakers/", "/api/v1/outlets/"])
def test_a_name_that_nobody_has_is_not_found(client: FlaskClient, base: str, name: str) -> None:
    answer = client.get(base + percent(name, safe=""))
    assert answer.status_code in (400, 404)
    assert b"<script>alert" not in answer.data


def test_hostile_names_are_text(hostile: FlaskClient) -> None:
    """The archive has one speaker and one outlet, whose names are attacks."""
    speakers = hostile.get("/api/v1/speakers").get_json()
    outlets = hostile.get("/api/v1/outlets").get_json()
    assert outlets
    for base, names in (
        ("speakers", [one["speaker"] for one in speakers]),
        ("outlets", [one["outlet"] for one in outlets]),
    ):
        for name in names:
            page = hostile.get(f"/{base}/{percent(name, safe='')}")
            assert page.status_code == 200
            assert b"<script>alert" not in page.data
            assert b"onerror=" not in page.data.replace(b"&", b"<").partition(b"<img")[2]


def test_the_json_of_a_speaker_is_what_the_command_prints(client: FlaskClient) -> None:
    shown = client.get("/api/v1/speakers/Joram%20Halvesk").get_json()
    assert shown["holdings"]["quotes"] > 20
    assert shown["holdings"]["most_printed"][0]["outlets"] > 1
    assert {one["value"] for one in shown["outlets"]} >= {"Northway Radio"}


def test_a_speakers_page_leads_to_a_comparison_that_is_half_filled_in(client: FlaskClient) -> None:
    link = next(link for link in get_page(client, "/speakers/Joram Halvesk").links if link.startswith("/compare"))
    fields = [one.get("value") for one in get_page(client, link).all("input") if one.get("name") == "speaker"]
    assert fields == ["Joram Halvesk", ""]


def test_a_surname_leads_to_the_only_person_who_has_it(client: FlaskClient) -> None:
    answer = client.get("/speakers/soravar")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/speakers/Nadim%20Soravar")
