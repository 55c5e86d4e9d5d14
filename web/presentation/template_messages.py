"""The messages of the interface for templates: `_`, `gettext`, `ngettext` and `{% trans %}`.

A message is the program's own and may hold markup; what is filled in is a stranger's, and is escaped and cleaned like any other
expression that a template prints.
"""

from __future__ import annotations

from flask import Flask
from markupsafe import Markup

from web.language.catalogue import messages_in
from web.language.choice import language
from web.language.messages import filled_in
from web.presentation.template_filters import visible


def set_up_messages(app: Flask) -> None:
    """Give the templates of `app` the functions of gettext."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.newstyle_gettext = True  # type: ignore[attr-defined]
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.globals.update(_=markup_gettext, gettext=markup_gettext, ngettext=markup_ngettext)


def markup_gettext(message: str, /, **values: object) -> Markup:
    """Return a message as markup, with its `%(name)s` filled in and escaped."""
    return Markup(messages_in(language()).gettext(message)) % _cleaned(values)


def markup_ngettext(one: str, many: str, num: int, /, **values: object) -> Markup:
    """Return the form of a message that goes with a number, which it has as `%(num)s`, as markup."""
    return Markup(messages_in(language()).ngettext(one, many, num)) % _cleaned({"num": num} | values)


def _cleaned(values: dict[str, object]) -> dict[str, object]:
    return {name: visible(value) for name, value in filled_in(values).items()}
