"""Sentences for a person that remember how they were made, so that a page can say them in another language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self


class Message(str):
    """A sentence in English that keeps its pattern and what was filled in. Where only text is wanted it is text.

    template    the pattern, with `%(name)s` for what is filled in; this is what catalogues are looked up by
    plural      the pattern for more than one, where the sentence counts `num` of something
    values      what is filled in: whole numbers, texts, other messages
    """

    template: str
    plural: str | None
    num: int
    values: dict[str, Any]

    def __new__(cls, template: str, plural: str | None = None, num: int = 1, /, **values: object) -> Self:
        """Make a sentence. Of a counted one `num` is filled in too."""
        if plural is not None:
            values = {"num": num} | values
        pattern = template if plural is None or num == 1 else plural
        shown = {name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()}
        made = super().__new__(cls, pattern % shown if values else pattern)
        made.template, made.plural, made.num = template, plural, num
        made.values = {name: value for name, value in values.items() if plural is None or name != "num"}
        return made


def counted_message(one: str, many: str, num: int, /, **values: object) -> Message:
    """Return a sentence that counts something, which it has as `%(num)s`."""
    return Message(one, many, num, **values)


def messages_in_row(messages: Sequence[str], between: str = " ") -> Message:
    """Return some messages as one text, each of which can still be said anew, and so can what stands between them."""
    values = {f"part{number}": message for number, message in enumerate(messages)}
    pattern = "%(between)s".join(f"%({name})s" for name in values)
    return Message(pattern, between=between, **values)
