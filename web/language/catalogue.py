"""The messages of the interface in each language: `web/translations/<code>/LC_MESSAGES/messages.po`. The folder is the registry.

The files that are edited are the files that are read, so no compiled copy can be older than its source, be missing from a
clone, or stand in the way of a merge. Reading one takes some 40 ms, once a language and process.
"""

from __future__ import annotations

import functools
import io
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Final

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE_LANGUAGE: Final = "en"
"""The language that the messages are written in: it needs no catalogue."""
CATALOGUES: Final = Path(__file__).parent.parent / "translations"


@functools.cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that there are, `SOURCE_LANGUAGE` first."""
    return (
        SOURCE_LANGUAGE,
        *sorted(path.parent.parent.name for path in CATALOGUES.glob("*/LC_MESSAGES/messages.po")),
    )


def catalogue_path(language: str) -> Path:
    """Return where the messages of a language stand."""
    return CATALOGUES / language / "LC_MESSAGES" / "messages.po"


@functools.cache
def messages_in(language: str) -> NullTranslations:
    """Return the messages of one of `languages()`, ready to be looked up."""
    if language == SOURCE_LANGUAGE:
        return NullTranslations()
    with catalogue_path(language).open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


@functools.cache
def locale_of(language: str) -> Locale:
    """Return what CLDR knows of a language: its names of months and languages, its numbers, its direction."""
    # English is set as the papers of this archive's first users set it: 14 March 2024.
    return Locale.parse("en_GB" if language == SOURCE_LANGUAGE else language)
