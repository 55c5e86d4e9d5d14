"""Which language a request is answered in: the one in its address, else the one that is set, else the one that the browser asks for.

There is no cookie: `?lang=` is a part of the address, and the links of a page that has it have it too, so that a page in either
language can be bookmarked, sent and cached.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from flask import Flask, Response, current_app, g, has_request_context, request

from search.errors import ConfigError
from search.settings import Settings
from web.language.catalogue import SOURCE_LANGUAGE, languages, locale_of

ARGUMENT: Final = "lang"
# What programs read says the same to all of them; its sentences are those of the command line.
_FOR_PROGRAMS: Final = ("/api/", "/healthz")
# The beginnings of endpoints whose answers have no language.
_WITHOUT_LANGUAGE: Final = ("static", "api.", "description.openapi", "embed.script")


class OtherLanguage(NamedTuple):
    """A language that the page can be read in, with its own name and the address of this page in it, from `?` on."""

    code: str
    name: str
    address: str


class SpokenFlask(Flask):
    """Flask, whose addresses of pages keep the language that this page's address names; whole ones for other sites do not."""

    def url_for(self, /, endpoint: str, *, _external: bool | None = None, **values: Any) -> str:
        """Return the address of an endpoint, as Flask does."""
        chosen = language_in_address()
        if chosen and not _external and not endpoint.startswith(_WITHOUT_LANGUAGE):
            values.setdefault(ARGUMENT, chosen)
        return super().url_for(endpoint, _external=_external, **values)


def set_up_language(app: Flask, settings: Settings) -> None:
    """Let `app` answer in the language of each request. Raises ConfigError where a language is set that there is not."""
    if settings.language and settings.language not in languages():
        raise ConfigError(f"`language` must be one of: {', '.join(languages())}, or empty.")
    app.config["LANGUAGE"] = settings.language

    @app.after_request
    def tell_caches(response: Response) -> Response:
        if g.get("language_is_negotiated"):
            response.vary.add("Accept-Language")
        return response

    @app.context_processor
    def choice() -> dict[str, object]:
        return {
            "language": language(),
            "direction": direction(),
            "language_in_address": language_in_address(),
            "other_languages": other_languages(),
        }


def language() -> str:
    """Return the code of the language of this request; outside of one it is `SOURCE_LANGUAGE`."""
    if not has_request_context():
        return SOURCE_LANGUAGE
    if "language" not in g:
        g.language = _chosen()
    return str(g.language)


def direction() -> str:
    """Return the direction of the language of this request: "ltr" or "rtl"."""
    return str(locale_of(language()).text_direction)


def language_in_address() -> str | None:
    """Return the language that the address of this request names; None where it names none that there is."""
    named = request.args.get(ARGUMENT) if has_request_context() else None
    return named if named in languages() else None


def other_languages() -> list[OtherLanguage]:
    """Return the languages that this page is not in now."""
    args = [(name, value) for name, value in request.args.items(multi=True) if name != ARGUMENT]
    others = []
    for code in languages():
        if code != language():
            # Without the path: it is a stranger's, and one that begins with two slashes would be another host's.
            others.append(
                OtherLanguage(
                    code, str(locale_of(code).get_language_name()), "?" + urlencode([*args, (ARGUMENT, code)])
                )
            )
    return others


def _chosen() -> str:
    if request.path.startswith(_FOR_PROGRAMS):
        return SOURCE_LANGUAGE
    named = language_in_address() or current_app.config.get("LANGUAGE")
    if named:
        return str(named)
    g.language_is_negotiated = True
    return request.accept_languages.best_match(languages(), SOURCE_LANGUAGE) or SOURCE_LANGUAGE
