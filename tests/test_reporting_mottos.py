"""Slogans and the questions of votes: nobody says them."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import attribute
from indexer.attribution.reporting.grammar import reporting_grammar
from indexer.attribution.reporting.mottos import mottos
from indexer.quotations.outline import build_outline
from indexer.quotations.quotation_marks import find_quotations
from search.model import Document


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("cs", "Volební lístek má otázku: „Souhlasíte se zrušením přístavu na řece?“ Starosta Jan Vrba je proti."),
        ("fr", "Sous le slogan « Un port pour tous », cent personnes ont défilé. Le maire Paul Girard les a vues."),
        ("pl", "Marsz przeszedł pod hasłem „Razem dla portu i rzeki”. Burmistrz Ewa Kos też przyszła."),
        ("ru", "Шествие прошло под лозунгом «Вместе за наш порт». Мэр Олег Дёмин тоже пришёл."),
        ("tr", "Yürüyüş “Limanımız için hep birlikte” sloganıyla yapıldı. Belediye Başkanı Ali Demir de katıldı."),
    ],
)
def test_a_slogan_or_a_question_is_nobodys(language: str, text: str) -> None:
    (found,) = attribute(Document(id="t", text=text, language=language))
    assert found.speaker is None
    assert found.scare


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Petra Lorenz sagte, die Stiftung „Ein Hafen für alle“ helfe der Stadt."),
        ("es", "La película “Noche en el muelle” se estrena el viernes, dice Marta Ruiz."),
        ("ru", "Мэр Олег Дёмин сказал, что фильм «Ночь в порту» выйдет весной."),
    ],
)
def test_the_name_of_a_work_or_a_body_is_nobodys(language: str, text: str) -> None:
    assert all(
        found.scare for found in attribute(Document(id="t", text=text, language=language)) if found.kind != "indirect"
    )


def test_a_sentence_behind_the_noun_of_a_work_is_speech() -> None:
    text = "Petra Lorenz sagte über den Film: „Ein Hafen für alle.“ Im Buch „steht das alles auch schon“, sagte sie."
    assert [found.speaker for found in attribute(Document(id="t", text=text, language="de"))] == ["Petra Lorenz"] * 2


def test_what_a_verb_reports_is_no_motto() -> None:
    grammar = reporting_grammar("de")
    assert grammar is not None
    shown, shouted = (
        "Auf dem Plakat stand der Slogan „Ein Hafen für alle“.",
        "Sie riefen den Slogan „Ein Hafen für alle“.",
    )
    assert mottos(build_outline(shown, find_quotations(shown)), grammar) == {0}
    assert mottos(build_outline(shouted, find_quotations(shouted)), grammar) == frozenset()


def test_the_last_word_of_the_sentence_before_calls_nothing_so() -> None:
    grammar = reporting_grammar("de")
    assert grammar is not None
    text = "Das Motto\n„Ein Hafen für alle, das wollen wir“, sagte Petra Lorenz."
    assert mottos(build_outline(text, find_quotations(text)), grammar) == frozenset()
