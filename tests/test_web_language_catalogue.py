"""The catalogues as they are read: from the very files that are edited."""

from __future__ import annotations

import pytest

from web.language.catalogue import SOURCE_LANGUAGE, catalogue_path, languages, locale_of, messages_in


def test_english_and_persian_are_there() -> None:
    assert languages()[0] == SOURCE_LANGUAGE
    assert "fa" in languages()


@pytest.mark.parametrize("language", languages())
def test_a_language_says_search_in_its_own_words(language: str) -> None:
    said = messages_in(language).gettext("Search")
    assert (said == "Search") == (language == SOURCE_LANGUAGE)
    assert catalogue_path(language).is_file() == (language != SOURCE_LANGUAGE)


def test_a_message_that_is_not_there_stays_as_it_is() -> None:
    assert messages_in("fa").gettext("xyzzy") == "xyzzy"


def test_cldr_knows_the_direction() -> None:
    assert [locale_of(language).text_direction for language in ("en", "fa")] == ["ltr", "rtl"]
