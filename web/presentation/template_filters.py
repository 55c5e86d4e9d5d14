"""Words of strangers and facts of the archive, made ready for a page. Escaping itself is the templates' own."""

from __future__ import annotations

import re
from datetime import date, datetime
from urllib.parse import quote as percent

from markupsafe import Markup, escape

from search.provenance import provenance_wording

# Controls drive terminals and parsers; embeddings, overrides and isolates make words read as other words. The plain
# direction marks stay: they are part of how Persian, Arabic and Hebrew are written, and turn no letter round.
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufeff\ud800-\udfff]")
_MARKS = " \"'“”„‟‘’‚‛«»‹›「」『』〝〞＂`"
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")

MATCHES = {
    "exact": "Same words",
    "part": "Part of it",
    "edited": "Edited",
    "reworded": "In other words",
    # Two wordings may both belong to a third one that holds them, and have nothing in common themselves.
    "different": "By way of another wording",
}
ALTERS = {
    "negation": "a “not” or a “never” comes in or goes out",
    "number": "a number is not the same",
    "name": "a name is not the same",
}
LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "nl": "Dutch", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian",
    "sr": "Serbian", "sv": "Swedish", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
KINDS = {
    "direct": "in quotation marks",
    "mixed": "partly in quotation marks",
    "indirect": "reported without quotation marks",
}
PLACES = {"headline": "in a headline", "caption": "in a caption", "comment": "in a reader’s comment"}


def visible(value: object) -> object:
    """What a template prints: text without controls, everything else as it is. Jinja applies it to every expression."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _UNSAFE.sub("", value)
    return value


def language(code: str | None) -> str | None:
    """A language code that is fit for a `lang` attribute, or None."""
    return code if code and _LANGUAGE.fullmatch(code) else None


def day(published: str | None) -> str:
    """`2024-03-14` or `2024-03-14T09:12:00Z` as “14 March 2024”; what is no date stays as it is."""
    if not published:
        return "date not known"
    try:
        found = date.fromisoformat(published[:10])
    except ValueError:
        return published
    return f"{found.day} {found:%B %Y}"


def moment(published: str | None) -> str:
    """As `day`, with the time if it is known."""
    try:
        found = datetime.fromisoformat(published or "")
    except ValueError:
        return day(published)
    return day(published) if len(published or "") <= 10 else f"{day(published)}, {found:%H:%M} UTC"


def counted(number: int, one: str, many: str | None = None) -> str:
    """“1 outlet”, “1,200 outlets”."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(values: tuple[str, ...], most: int = 3) -> str:
    """“A, B and 4 more”."""
    if len(values) <= most:
        return ", ".join(values)
    return f"{', '.join(values[: most - 1])} and {len(values) - most + 1} more"


def shortened(text: str, most: int = 140) -> str:
    """`text` cut at a word, with an ellipsis, to about `most` characters."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[:most].rpartition(" ")[0] or text[:most]
    return cut.rstrip(" ,;:.–—-") + "\u00a0…"


def tail(text: str, most: int = 140) -> str:
    """The last `most` characters of `text` or less, from the beginning of a word."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    return "…\u00a0" + (text[-most:].partition(" ")[2] or text[-most:])


def unmarked(text: str) -> str:
    """A quote for a headline: without the comma that stood before “he said”."""
    return text.rstrip(" ,;:–—-") or text


def before_marks(text: str) -> str:
    """What stands before a quote, without the mark that opens it: the page sets marks of its own."""
    return text.rstrip(_MARKS)


def after_marks(text: str) -> str:
    """What stands after a quote, without the mark that closes it."""
    return text.lstrip(_MARKS)


def apart(text: str) -> str:
    """`text` with a space before it, unless it begins with a mark that clings to the word before."""
    return text if text[:1] in ",.;:!?)]}…،؛؟。，、" else f" {text}"


def told(reason: str, first: str, second: str) -> str:
    """A reason of a verdict with the two wordings called by their names: “your words are part of this one”."""
    return reason.replace("the first", first).replace("the second", second)


def language_name(code: str) -> str:
    """The English name of a language, or the code where this table has none."""
    return LANGUAGES.get(code.lower().partition("-")[0], code)


def coded(sentence: str) -> Markup:
    """A sentence of the program, with what it has in `backticks` as code."""
    parts = [escape(visible(part)) for part in sentence.split("`")]
    if len(parts) % 2 == 0:
        return Markup("`").join(parts)
    return Markup("").join(Markup("<code>{}</code>").format(p) if n % 2 else p for n, p in enumerate(parts))


def file_name(path: str) -> str:
    """The last part of a path: where on the server's disk a document lay is no reader's business."""
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2]


def how_known(how: str) -> str:
    """Return the words for where a fact about a document comes from."""
    return provenance_wording(how)


def anchor(quote_id: str) -> str:
    """The name of a quote within a page. Imported ids are any text, and an anchor must be fit for an address."""
    return "q-" + percent(quote_id, safe="")
