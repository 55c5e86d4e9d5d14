"""The language of a text: by script and by its commonest words; English where it does not show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text.language import detect_language, guess_language, known_languages, language_among

SENTENCES = {
    "en": "The minister said that they had not been told of it before the vote was taken",
    "de": "Wir haben das nicht gewollt und die Leute sind müde von dem Streit",
    "fr": "Nous ne sommes pas venus pour cela et le ministre est dans la salle",
    "es": "No es lo que queremos para el país, y por eso se lo dijo al ministro",
    "it": "Non è per questo che il governo della città ha detto di no, anche se",
    "pt": "Não é isso que queremos para o país, mas foi o que ele disse ao ministro",
    "nl": "Het is niet aan ons om te zeggen dat de minister er niet was",
    "sv": "Det är inte vi som har sagt att ministern var där, och jag vet inte om",
    "da": "Det er ikke os, der har sagt, at ministeren blev der, og efter det",
    "fi": "Hän ei ollut siellä, mutta he sanoivat että se on niin kuin se on",
    "pl": "Nie jest to dla nas, że minister był w tym roku, ale jego się nie pyta",
    "tr": "Bu bir sorun değil, ama çok daha sonra ne olduğunu gibi bir şey için dedi",
    "hu": "Ez nem az, amit a miniszter mondott, és még azt is hogy nem volt ott",
    "ru": "Он сказал, что это не так, как было на самом деле, и для них",
    "uk": "Він сказав, що це не так, як є, та його про це за",
    "bg": "Той каза, че това не е така, както са го направили, и ще бъде",
    "ar": "قال الوزير إن هذا لم يكن من الممكن على الإطلاق في هذه المرحلة",
    "fa": "او گفت که این را برای یک بار با هم می خواهد و آن است",
    "el": "Ο υπουργός είπε ότι δεν ήταν εκεί",
    "hi": "मंत्री ने कहा कि वह वहां नहीं थे",
    "ja": "大臣はそこにいなかったと言いました",
    "zh": "部长说他当时不在那里",
    "ko": "장관은 그곳에 없었다고 말했다",
    "th": "รัฐมนตรีกล่าวว่าเขาไม่อยู่ที่นั่น",
}


@pytest.mark.parametrize(("language", "text"), SENTENCES.items())
def test_a_sentence_shows_its_language(language: str, text: str) -> None:
    """The reader's detector and the stemmer's are one, and say the same of a sentence."""
    assert detect_language(text) == language
    assert guess_language(text) == language
    assert language in known_languages()


@pytest.mark.parametrize(
    "text",
    [
        "Diplomacy",
        "",
        "...",
        "I do not see the way out",
        "let me be",
        "O Lord, teach me thy statutes",
        "the de la Cruz family of San José",
        "die hard",
        "Angela Merkel said to ARD",
        "the mayor of São Paulo",
        "12 : 34",
        "Online shopping of #Product1 ビューティー in a large shop",
        "το",
    ],
)
def test_what_does_not_surely_show_another_language_is_read_as_english(text: str) -> None:
    """A query loses its stems by a wrong guess, and nothing by none."""
    assert guess_language(text) == "en"


@pytest.mark.parametrize("text", ["", "12 34", "...", "xyzzy plugh", "το"])
def test_a_text_that_shows_no_language_has_none(text: str) -> None:
    assert detect_language(text) is None


@given(st.text(max_size=400))
def test_any_text_has_a_known_language_or_none(text: str) -> None:
    assert detect_language(text) in {None, *known_languages()}
    assert guess_language(text) in known_languages()


@pytest.mark.parametrize(
    ("text", "languages", "language"),
    [
        ("Ministr řekl noviny", ("en", "cs"), "cs"),
        ("Uzavřel dohodu", ("cs", "en", "pl"), "cs"),
        ("إيران لم توافق", ("ar", "en", "fa"), "ar"),
        ("ایران هرگز نپذیرفت", ("ar", "en", "fa"), "fa"),
        ("Минулого тижня їхній уряд", ("en", "ru", "uk"), "uk"),
        ("Пором так не продано, бо так вони просили", ("en", "ru", "uk"), "uk"),
        ("Паром так не продан, так они просили", ("en", "ru", "uk"), "ru"),
        ("Jak to, prý ale most zase stojí", ("cs", "en", "pl"), "cs"),
        ("پل پر کام اب بھی جاری", ("en", "fa", "ur"), "ur"),
        ("the ferry was sold", ("cs", "en"), "en"),
        ("ferry", ("cs", "en"), "en"),
        ("החוק עבר", ("en", "he"), "he"),
        ("the ferry was sold", ("fa",), "en"),
        ("", ("en", "fa"), "en"),
    ],
)
def test_of_an_archives_few_languages_one_is_told_by_less(text: str, languages: tuple[str, ...], language: str) -> None:
    assert language_among(text, languages) == language


@given(st.text(max_size=80), st.sets(st.sampled_from(["en", "cs", "fa", "ru", "ja", "xx"])))
def test_any_text_is_in_one_of_the_languages_or_in_what_is_guessed(text: str, languages: set[str]) -> None:
    assert language_among(text, languages) in languages | {guess_language(text)}
