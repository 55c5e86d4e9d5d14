"""Records that processes share: what is under a name is its own or nothing."""

from __future__ import annotations

from pathlib import Path

from web.accounts.shared_places import PLACES, SharedPlaces


def test_what_was_put_is_there_under_its_name_alone(tmp_path: Path) -> None:
    places = SharedPlaces("Id")
    assert places.get("a") is None
    with places.changing(str(tmp_path)):
        places.put("a", 7, 0.5)
    assert places.get("a") == (7, 0.5)
    assert places.get("b") is None
    assert SharedPlaces("Id").get("a") is None


def test_a_later_one_takes_a_place_and_the_other_begins_anew() -> None:
    places = SharedPlaces("I")
    for number in range(PLACES + 100):
        places.put(str(number), number)
    found = [places.get(str(number)) for number in range(PLACES + 100)]
    assert {each is None or each == (number,) for number, each in enumerate(found)} == {True}
    assert found[-1] == (PLACES + 99,)
    assert found.count(None) >= 100


def test_a_lone_surrogate_is_a_name_like_any_other() -> None:
    places = SharedPlaces("I")
    places.put("\ud800", 3)
    assert places.get("\ud800") == (3,)
