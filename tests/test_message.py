"""Sentences that remember how they were made."""

from __future__ import annotations

import pickle

from search.message import Message, counted_message


def test_a_message_is_its_english_text() -> None:
    message = Message("The query has %(chars)s characters.", chars=12_000)
    assert message == "The query has 12,000 characters."
    assert (message.template, message.values) == ("The query has %(chars)s characters.", {"chars": 12_000})


def test_a_message_without_values_may_hold_a_per_cent_sign() -> None:
    assert Message("100 % of it") == "100 % of it"


def test_a_counted_message_has_the_form_of_its_number() -> None:
    texts = [counted_message("%(num)s quote of %(of)s", "%(num)s quotes of %(of)s", n, of="it") for n in (0, 1, 1000)]
    assert texts == ["0 quotes of it", "1 quote of it", "1,000 quotes of it"]
    assert (texts[2].plural, texts[2].num, texts[2].values) == ("%(num)s quotes of %(of)s", 1000, {"of": "it"})


def test_a_message_goes_to_another_process_whole() -> None:
    message = Message("`%(value)s` is no date.", value="100%")
    again = pickle.loads(pickle.dumps(message))
    assert (again, again.template, again.values) == (message, message.template, message.values)
