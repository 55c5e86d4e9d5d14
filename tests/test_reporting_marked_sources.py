"""Who reports where a paper's name has marks of its own."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import attribute
from indexer.attribution.reporting.clause_words import clause_words
from indexer.attribution.reporting.grammar import reporting_grammar
from indexer.attribution.reporting.marked_sources import MarkedSource, MarkedSourceReader
from indexer.quotations.outline import build_outline
from indexer.quotations.quotation_marks import find_quotations
from search.model import Document


def speakers(text: str, language: str) -> list[str | None]:
    return [found.speaker for found in attribute(Document(id="t", text=text, language=language))]


@pytest.mark.parametrize(
    ("language", "text", "paper"),
    [
        ("de", "Ana Ruiz lebte hier. „Sie ist der Kopf, der uns in Erinnerung bleibt“, schrieb „Der Anker“ dazu.", "Der Anker"),
        ("de", "„Der Umbau zeigt uns allen, dass es vorangeht“, schreibt die „Hafenpost“.", "Hafenpost"),
        ("de", "„Der Umbau zeigt uns allen, dass es vorangeht“, berichtet die Zeitung „Hafen Post“.", "Hafen Post"),
        ("ru", "«Рост компании доказывает, что всё идёт хорошо», — пишет газета «Портовый вестник».", "Портовый вестник"),
        ("fr", "« Les travaux montrent que tout va bien », écrit le journal régional « Le Phare ».", "Le Phare"),
        ("it", "«I lavori dimostrano che tutto va bene», scrive il «Corriere del Porto».", "Corriere del Porto"),
        ("pl", "„Rozbudowa pokazuje, że wszystko idzie dobrze” – pisze „Gazeta Portowa”.", "Gazeta Portowa"),
    ],
)  # fmt: skip
def test_a_paper_in_marks_behind_the_verb_speaks(language: str, text: str, paper: str) -> None:
    assert speakers(text, language) == [paper, None]


def test_a_paper_in_marks_before_the_verb_speaks() -> None:
    found = speakers("Die „Hafenpost“ schreibt: „Der Umbau zeigt uns allen, dass es vorangeht.“", "de")
    assert found[-1] == "Hafenpost"


@pytest.mark.parametrize(
    "text",
    [
        "Otto Crane kam. „Der Umbau zeigt uns allen, dass es vorangeht“, sagte er über die „Hafenpost“.",
        "In der „Hafenpost“ schrieb Otto Crane: „Der Umbau zeigt uns allen, dass es vorangeht.“",
        "Otto Crane kam. „Der Umbau zeigt uns allen, dass es vorangeht“, schrieb er „aus gutem Grund“.",
        "„Der Umbau zeigt uns allen, dass es vorangeht“, sagte Otto Crane, berichtet die „Hafenpost“.",
        "„Der Umbau zeigt uns allen, dass es vorangeht“, zitiert die „Hafenpost“ Otto Crane.",
    ],
)
def test_a_paper_that_is_no_subject_does_not(text: str) -> None:
    assert "Hafenpost" not in speakers(text, "de")
    assert "Otto Crane" in speakers(text, "de")


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("de", "Wie die „Hafenpost“ berichtet, sind die Rohre „völlig veraltet und marode“.", "Hafenpost"),
        ("de", "Wie die „Hafenpost“ gestern berichtete, sind die Rohre „völlig veraltet und marode“.", "Hafenpost"),
        ("de", "Wie Otto Crane der „Hafenpost“ sagte, sind die Rohre „völlig veraltet und marode“.", "Otto Crane"),
        ("pl", "Jak podaje „Kurier Portowy”, molo jest „w naprawdę fatalnym stanie”.", "Kurier Portowy"),
        ("ru", "Как пишет «Портовый вестник», мост «находится в аварийном состоянии».", "Портовый вестник"),
        ("tr", "“Liman Postası”, “Vergiler bu yıl artmayacak” diye yazdı. Bakan Ali Demir konuşmadı.", "Liman Postası"),
        ("tr", "“Liman Postası” gazetesi “Vergiler bu yıl hiç artmayacak” ifadesini kullandı.", "Liman Postası"),
    ],
)
def test_a_paper_that_is_cited_first_speaks(language: str, text: str, speaker: str) -> None:
    assert speakers(text, language)[-1] == speaker


def test_where_somebody_wrote_is_not_who_wrote() -> None:
    text = "Ana Ruiz llegó ayer. En «El Faro» escribió: «La sala es de todos los vecinos del barrio»."
    assert speakers(text, "es")[-1] == "Ana Ruiz"


def test_a_source_has_its_name_its_words_and_its_verb() -> None:
    text = "„Der Umbau zeigt uns allen, dass es vorangeht“, schreibt die „Hafenpost“."
    grammar = reporting_grammar("de")
    assert grammar is not None
    words = clause_words(build_outline(text, find_quotations(text)), grammar)
    marked = [at for at, number in enumerate(words.quotation) if number >= 0]
    (source,) = MarkedSourceReader(words, grammar).sources(marked).values()
    assert source == MarkedSource("Hafenpost", 3, 5, 2)
