"""Whose document speaks: "heißt es in einer Mitteilung der Stadtwerke"."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import attribute
from indexer.attribution.reporting.clause_words import clause_words
from indexer.attribution.reporting.grammar import reporting_grammar
from indexer.attribution.reporting.named_sources import SourceReader
from indexer.attribution.reporting.noun_phrase import PhraseReader
from indexer.attribution.reporting.text_names import TextNames
from indexer.quotations.outline import build_outline
from search.model import Document


def speakers(text: str, language: str) -> list[str | None]:
    return [found.speaker for found in attribute(Document(id="t", text=text, language=language)) if not found.scare]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("de", "„Die Rohre sind marode und undicht“, heißt es in einer Mitteilung der Wasserwerke.", "Wasserwerke"),
        ("de", "„Die Rohre sind marode und undicht“, hieß es im Bericht des Prüfamtes.", "Prüfamt"),
        ("de", "In dem Schreiben an die Mieter steht: „Das Wasser bleibt am Freitag weg.“", "Schreiben an die Mieter"),
        ("de", "Otto Crane schwieg. In seiner Erklärung heißt es: „Die Rohre sind marode und undicht.“", "Otto Crane"),
        ("de", "Laut einer Mitteilung des DHV der Stadt sind die Rohre „marode und ganz undicht“.", "DHV"),
        ("fr", "« Le port fermera en mars », peut-on lire dans un communiqué de la régie.", "régie"),
        ("fr", "« Le port fermera en mars », est-il précisé dans le rapport. Otto Crane se tait.", "rapport"),
        ("es", "“El puerto cerrará en marzo”, se lee en el comunicado del sindicato.", "sindicato"),
        ("it", "«Il porto chiuderà a marzo», si legge nella nota del Comune.", "Comune"),
        ("pt", "“O porto vai fechar em março”, lê-se no comunicado da empresa.", "empresa"),
        ("nl", "“De haven gaat in maart dicht”, staat in de brief van de gemeente.", "gemeente"),
        ("sv", "”Hamnen stänger redan i mars”, står det i brevet från kommunen.", "kommunen"),
        ("pl", "W komunikacie szpitala czytamy: „Port zamknie się już w marcu”.", "szpitala"),
        ("cs", "„Přístav se zavře už v březnu,“ stojí v oznámení magistrátu.", "magistrátu"),
        ("ru", "«Порт закроется уже в марте», — говорится в заявлении администрации.", "администрации"),
        ("uk", "У заяві поліції йдеться, що порт «закриється вже у березні».", "поліції"),
    ],
)
def test_a_document_speaks_for_whose_it_is(language: str, text: str, wanted: str) -> None:
    assert speakers(text, language) == [wanted]


def test_a_document_beside_another_verb_of_saying_is_no_source() -> None:
    text = "In der Mitteilung der Wasserwerke heißt es, Otto Crane sagte: „Die Rohre sind marode.“"
    assert speakers(text, "de") == ["Otto Crane"]


@pytest.mark.parametrize(("text", "found"), [("heißt es in der Mitteilung", 4), ("heißt es in der Halle", None)])
def test_only_a_document_is_read_in(text: str, found: int | None) -> None:
    grammar = reporting_grammar("de")
    assert grammar is not None
    words = clause_words(build_outline(text, ()), grammar)
    source = SourceReader(words, PhraseReader(words, TextNames(words, grammar), grammar), grammar).read_in(
        0, len(words)
    )
    assert (source.first if source is not None else None) == found
