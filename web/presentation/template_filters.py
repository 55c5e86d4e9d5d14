"""The filters of the templates: strangers' words and facts of the archive, made ready for a page.

Escaping is the templates' own; only `with_code` makes markup here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final
from urllib.parse import quote as percent

from markupsafe import Markup, escape

from search.matching.reasons import SIDES, Side
from search.message import Message
from web.language.catalogue import messages_in
from web.language.choice import language
from web.language.formats import calendar_day, clock_time, comma_list, number
from web.language.messages import gettext, ngettext, translated
from web.presentation.wording import COUNTED

# Controls drive terminals and parsers; embeddings, overrides and isolates make words read as other words. The plain
# direction marks stay: they are part of how Persian, Arabic and Hebrew are written, and turn no letter round.
_UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufeff\ufffe\uffff\ud800-\udfff]"
)
_QUOTATION_MARKS: Final = " \"'“”„‟‘’‚‛«»‹›「」『』〝〞＂`"
_CLINGING: Final = ",.;:!?)]}…،؛؟。，、"  # marks that no space stands before
# The form of a language tag (BCP 47, RFC 5646), not whether it is registered: enough to be an attribute's value.
_LANGUAGE_TAG: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")
SHORT_TEXT: Final = 140  # characters: about two lines of a page
NAMES_SHOWN: Final = 3


def visible(value: object) -> object:
    """Return text without controls, and everything else as it is. Jinja applies this to every expression it prints."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _UNSAFE.sub("", value)
    return value


def lang_attribute(code: str | None) -> str | None:
    """Return a language code that is fit for a `lang` attribute; None for one that is not."""
    return code if code and _LANGUAGE_TAG.fullmatch(code) else None


def long_date(published: str | None) -> str:
    """Return `2024-03-14` or `2024-03-14T09:12:00Z` as "14 March 2024"; what is not a date stays as it is."""
    if not published:
        return gettext("date not known")
    try:
        day = date.fromisoformat(published[:10])
    except ValueError:
        return published
    return calendar_day(day)


def date_and_time(published: str | None) -> str:
    """Return "14 March 2024, 09:12 UTC"; without the time where only the day is known."""
    try:
        instant = datetime.fromisoformat(published or "")
    except ValueError:
        return long_date(published)
    # A day alone is read as its midnight, which nobody has said.
    return (
        long_date(published)
        if len(published or "") <= 10
        else gettext("%(day)s, %(time)s", day=long_date(published), time=clock_time(instant))
    )


def some_names(names: tuple[str, ...], most: int = NAMES_SHOWN) -> str:
    """Return "A, B, C", or "A, B and 4 more" for more than `most` names."""
    if len(names) <= most:
        return comma_list(names)
    left_out = len(names) - most + 1
    return ngettext(
        "%(names)s and %(num)s more", "%(names)s and %(num)s more", left_out, names=comma_list(names[: most - 1])
    )


def isolated_names(names: Iterable[str], most: int) -> Markup:
    """Return some names as markup, each apart from what runs in the other direction beside it."""
    known = list(names)
    some = Markup(comma_list([Markup("<bdi>{}</bdi>").format(visible(name)) for name in known[:most]]))
    left_out = len(known) - most
    if left_out <= 0:
        return some
    return Markup(ngettext("%(names)s and %(num)s more", "%(names)s and %(num)s more", left_out, names=some))


def counted_noun(number: int, noun: str) -> str:
    """Return a number with one of the nouns of `COUNTED`: "1 outlet", "1,200 outlets"."""
    one, many = COUNTED[noun]
    return ngettext(one, many, number)


def times_said(number: int) -> str:
    """Return how often: "once", "twice", "3 times"."""
    if number in (1, 2):
        return gettext("once") if number == 1 else gettext("twice")
    return ngettext("%(num)s time", "%(num)s times", number)


def how_widely(versions: int, printed: int, outlets: int = 0) -> str:
    """Return how widely something was printed: "6 versions, printed 9 times by 4 outlets"."""
    values = {"versions": counted_noun(versions, "version"), "times": times_said(printed)}
    if not outlets:
        return gettext("%(versions)s, printed %(times)s", **values)
    return gettext("%(versions)s, printed %(times)s by %(outlets)s", outlets=counted_noun(outlets, "outlet"), **values)


def first_words(text: str, most: int = SHORT_TEXT) -> str:
    """Return whole words from the beginning of `text`, of at most `most` characters, with an ellipsis if some are left out."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[:most].rpartition(" ")[0] or text[:most]
    return cut.rstrip(" ,;:.–—-") + "\u00a0…"


def last_words(text: str, most: int = SHORT_TEXT) -> str:
    """Return whole words from the end of `text`, of at most `most` characters, with an ellipsis if some are left out."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    return "…\u00a0" + (text[-most:].partition(" ")[2] or text[-most:])


def without_end_comma(text: str) -> str:
    """Return a quote for a headline: without the comma that stood before "he said"."""
    return text.rstrip(" ,;:–—-") or text


def before_marks(text: str) -> str:
    """Return what stands before a quote, without the mark that opens it: the page sets marks of its own."""
    return text.rstrip(_QUOTATION_MARKS)


def after_marks(text: str) -> str:
    """Return what stands after a quote, without the mark that closes it."""
    return text.lstrip(_QUOTATION_MARKS)


def space_before(text: str) -> str:
    """Return `text` with a space before it, unless it begins with a mark that clings to the word before."""
    return text if text[:1] in _CLINGING else f" {text}"


def naming_sides(reason: str, first: str, second: str) -> str:
    """Return the reason of a match with the two wordings called by their names: "what you typed is part of this one"."""
    return translated(_renamed(reason, first, second)) if isinstance(reason, Message) else translated(reason)


def _renamed(reason: Message, first: str, second: str) -> Message:
    names = {SIDES[Side.FIRST]: first, SIDES[Side.SECOND]: second}
    if reason in names or not reason.values:
        return reason
    values = {
        name: names.get(value) or _renamed(value, first, second) if isinstance(value, Message) else value
        for name, value in reason.values.items()
    }
    return Message(reason.template, reason.plural, reason.num, **values)


def with_code(sentence: str) -> Markup:
    """Return a sentence of the program in the language of the request, what it has in `backticks` as <code>; safe to print.

    What is filled into a `Message` stands apart, so that a name in Latin letters does not turn a Persian sentence round.
    """
    if not isinstance(sentence, Message):
        return _coded(translated(sentence))
    if sentence.plural is None:
        pattern = translated(Message(sentence.template))
    else:
        pattern = messages_in(language()).ngettext(sentence.template, sentence.plural, sentence.num)
    values = sentence.values | ({} if sentence.plural is None else {"num": sentence.num})
    coded = _coded(pattern)
    return coded % {name: _isolated(value) for name, value in values.items()} if values else coded


def _isolated(value: object) -> object:
    if isinstance(value, Message):
        return with_code(value)
    if isinstance(value, int):
        return number(value)
    return Markup("<bdi>{}</bdi>").format(visible(value))


def _coded(text: str) -> Markup:
    parts = [escape(visible(part)) for part in text.split("`")]
    if len(parts) % 2 == 0:  # a backtick without its fellow is a backtick
        return Markup("`").join(parts)
    return Markup("").join(Markup("<code>{}</code>").format(p) if n % 2 else p for n, p in enumerate(parts))


def file_name(path: str) -> str:
    """Return the last part of a path: in which folder of the server a file lay is nothing a reader should learn."""
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2]


def quote_anchor(quote_id: str) -> str:
    """Return the name of a quote's place in a page. Imported ids are any text, and an anchor must fit into an address."""
    return "q-" + percent(quote_id, safe="")
