"""Messages of the interface in the language of the request, for views; templates have the same as markup (`template_messages`)."""

from __future__ import annotations

from typing import Any

from search.message import Message
from web.language.catalogue import messages_in
from web.language.choice import language
from web.language.formats import number


def gettext(message: str, **values: object) -> str:
    """Return a message in the language of the request, with its `%(name)s` filled in; whole numbers in its own digits."""
    return messages_in(language()).gettext(message) % filled_in(values)


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """Return the form of a message that goes with a number, which it has as `%(num)s`."""
    return messages_in(language()).ngettext(one, many, num) % filled_in({"num": num} | values)


def translated(sentence: str) -> str:
    """Return a sentence of the program in the language of the request. Nothing of a stranger's is to be given to it."""
    if not isinstance(sentence, Message):
        return messages_in(language()).gettext(sentence) if sentence else sentence
    if not sentence.values and sentence.plural is None:
        return messages_in(language()).gettext(sentence.template)
    if sentence.plural is None:
        return gettext(sentence.template, **sentence.values)
    return ngettext(sentence.template, sentence.plural, sentence.num, **sentence.values)


def said(error: Exception) -> str:
    """Return the sentence of an error of this project, which a page says in its own language."""
    sentence = error.args[0] if error.args else ""
    return sentence if isinstance(sentence, str) else str(error)


def filled_in(values: dict[str, Any]) -> dict[str, object]:
    """Return the values of a message as it shows them."""
    return {
        name: number(value) if isinstance(value, int) else translated(value) if isinstance(value, Message) else value
        for name, value in values.items()
    }
