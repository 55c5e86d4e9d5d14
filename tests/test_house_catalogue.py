"""The interface is whole in every language: no message without a translation, none that lost a part of itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import catalogue
import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from web.language.catalogue import SOURCE_LANGUAGE, catalogue_path, languages

TRANSLATED = [language for language in languages() if language != SOURCE_LANGUAGE]
PLACEHOLDER = re.compile(r"%\((\w+)\)s|%(?!%)")
TAG = re.compile(r"</?([a-z0-9]+)[^>]*>")
# Signs, placeholders and names of formats: what is left of a message without words of its own is the same in every language.
NO_WORDS = re.compile(r"(?:%\(\w+\)s|<[^>]*>|[^A-Za-z])*")
SAME_EVERYWHERE = {"APA", "RSS"}


def pairs(language: str) -> Iterator[tuple[str, str]]:
    """Each form of each message, with what it is in a language."""
    with catalogue_path(language).open("rb") as file:
        read = read_po(file, locale=language)
    for message in read:
        if message.id:
            yield from forms(message, read.num_plurals)


def forms(message: Message, plurals: int) -> Iterator[tuple[str, str]]:
    if isinstance(message.id, str):
        yield message.id, str(message.string)
    else:
        assert len(message.string) == plurals, message.id
        for string in message.string:
            yield message.id[1], string


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_has_the_messages_that_there_are(language: str) -> None:
    """`make catalogue` brings it up to them; then write what it lacks."""
    with catalogue_path(language).open("rb") as file:
        has = {message.id for message in read_po(file, locale=language)}
    assert has == {message.id for message in catalogue.messages()}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language: str) -> None:
    assert [message for message, said in pairs(language) if not said.strip()] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_the_english(language: str) -> None:
    same = [message for message, said in pairs(language) if message == said and not NO_WORDS.fullmatch(message)]
    assert set(same) - SAME_EVERYWHERE == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_placeholders_and_the_markup_of_its_message(language: str) -> None:
    for message, said in pairs(language):
        for part in (PLACEHOLDER, TAG):
            # Where two forms of a number are one word in English, a language may leave the number out of the first.
            assert Counter(part.findall(said)) == Counter(part.findall(message)), message


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_is_written_as_the_tool_writes_it(language: str, tmp_path: Path) -> None:
    """So that two people who add messages do not differ in anything else."""
    with catalogue_path(language).open("rb") as file:
        read = read_po(file, locale=language)
    again = tmp_path / "messages.po"
    catalogue.save(again, read)
    assert again.read_text(encoding="utf-8") == catalogue_path(language).read_text(encoding="utf-8")
