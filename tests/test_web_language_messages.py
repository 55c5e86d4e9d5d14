"""Messages in the language of the request, for views."""

from __future__ import annotations

from flask.testing import FlaskClient

from search.errors import QueryError
from search.message import Message, counted_message
from web.language.messages import filled_in, gettext, ngettext, said, translated


def test_a_message_is_said_in_the_language_of_the_request(client: FlaskClient) -> None:
    with client.application.test_request_context("/?lang=fa"):
        assert gettext("Search") == "جست‌وجو"
        assert ngettext("%(num)s quote", "%(num)s quotes", 1200) == "۱٬۲۰۰ نقل‌قول"
    assert gettext("Search") == "Search"
    assert ngettext("%(num)s quote", "%(num)s quotes", 1200) == "1,200 quotes"


def test_what_the_program_says_is_said_anew_and_what_strangers_say_is_not(client: FlaskClient) -> None:
    with client.application.test_request_context("/?lang=fa"):
        assert translated(counted_message("%(num)s quote", "%(num)s quotes", 3)) == "۳ نقل‌قول"
        assert translated(Message("Search")) == "جست‌وجو"
        assert translated("xyzzy") == "xyzzy"
        assert translated("") == ""
        assert translated(said(QueryError(Message("Search"), 2))) == "جست‌وجو (در نویسهٔ ۳)"
        assert filled_in({"num": 3, "name": "Search", "made": Message("Search")}) == {
            "num": "۳",
            "name": "Search",
            "made": "جست‌وجو",
        }
