"""What a view answers with."""

from __future__ import annotations

from search.settings import Settings
from search.storage.store import Store
from web.app import create_app
from web.views.answers import json_answer, page


def test_a_template_is_filled_in_and_a_value_is_json(settings: Settings, store: Store) -> None:
    with create_app(settings, store).test_request_context("/outlets"):
        assert "No outlet is known yet." in page("outlets.html", outlets=[]).get_data(as_text=True)
        answer = json_answer({"words": "جنگ"})
    assert (answer.mimetype, answer.get_data(as_text=True)) == ("application/json", '{"words": "جنگ"}\n')
