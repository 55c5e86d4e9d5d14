"""Stems: forms of a word come to one, in each language by its own stemmer."""

from __future__ import annotations

import threading

import pytest

from search.text.stemming import stem


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", "negotiated negotiating negotiates"),
        ("en", "went goes gone"),
        ("en", "saith says said"),
        ("en", "cometh came come"),
        ("de", "verhandlung verhandlungen"),
        ("fr", "négociation négociations"),
        ("es", "chicas chicos"),
        ("fi", "talossa talosta"),
        ("ru", "города городов"),
        ("en", "города городов"),  # the script says the stemmer
    ],
)
def test_forms_of_a_word_share_a_stem(language: str, forms: str) -> None:
    assert len({stem(word, language) for word in forms.split()}) == 1


@pytest.mark.parametrize("language", ["fa", "pl", "xx", ""])
def test_a_language_without_a_stemmer_is_only_folded(language: str) -> None:
    assert stem("książki", language) == "ksiazki"


def test_each_thread_has_its_own_stemmer() -> None:
    """One may not be used by two at once."""
    results: list[str] = []
    threads = [threading.Thread(target=lambda: results.append(stem("negotiations", "en"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == ["negoti"] * 8
