"""Messages in templates: ours is markup, what is filled in is text."""

from __future__ import annotations

from flask import render_template_string
from flask.testing import FlaskClient

from web.presentation.template_messages import markup_gettext, markup_ngettext

OVERRIDE = "\u202e"


def test_what_is_filled_in_is_escaped_and_cleaned(client: FlaskClient) -> None:
    hostile = f"<b>%(x)s{OVERRIDE}"
    assert markup_gettext("<i>%(name)s</i>", name=hostile) == "<i>&lt;b&gt;%(x)s</i>"
    assert markup_ngettext("%(num)s %(name)s", "%(num)s %(name)ss", 2000, name=hostile) == "2,000 &lt;b&gt;%(x)ss"
    with client.application.test_request_context("/"):
        text = render_template_string(
            "{% trans %}<i>{{ name }}</i>{% endtrans %}{{ _('%(n)s', n=name) }}", name=hostile
        )
    assert text == "<i>&lt;b&gt;%(x)s</i>&lt;b&gt;%(x)s"


def test_blocks_count_in_the_language_of_the_request(client: FlaskClient) -> None:
    source = "{% trans num=n %}{{ num }} quote{% pluralize %}{{ num }} quotes{% endtrans %}"
    said = {}
    for code in ("en", "fa"):
        with client.application.test_request_context(f"/?lang={code}"):
            said[code] = [render_template_string(source, n=n) for n in (1, 1200)]
    assert said == {"en": ["1 quote", "1,200 quotes"], "fa": ["۱ نقل‌قول", "۱٬۲۰۰ نقل‌قول"]}
