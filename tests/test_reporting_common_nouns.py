"""Which words with a capital are nobody's names where every noun has one."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import attribute
from indexer.attribution.reporting.common_nouns import CommonNouns, may_speak
from indexer.attribution.reporting.grammar import ReportingGrammar, reporting_grammar
from indexer.quotations.outline import build_outline
from search.model import Document


def grammar(language: str) -> ReportingGrammar:
    found = reporting_grammar(language)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "word", "is_noun"),
    [
        ("Der größte Vorwurf ist in der Akte zu finden.", "Vorwurf", True),
        ("Nun hieß es anders.", "Nun", True),
        ("Die Feststellung lautet anders.", "Die Feststellung", True),
        ("Insbesondere kritisierte er uns.", "Insbesondere", True),
        ("Am 27. Juni war der Saal geschlossen.", "Juni", True),
        ("Neben Kevin Ruhl war Ruhl zu sehen.", "Ruhl", False),
        ("Es kam Vizekanzler Ruhl.", "Ruhl", False),
        ("Es kam Herr Ruhl.", "Ruhl", False),
        ("Dann sagte Ruhl nichts.", "Ruhl", False),
        ("Von der Ruhl betonte nichts.", "Ruhl", False),
        ("Das ist anders, so Ruhl.", "Ruhl", False),
        ("Das sieht das Vorwurf betonte anders.", "Vorwurf", True),
        ("Es kam die SPD.", "SPD", False),
        ("Es kam Anna.", "Anna", False),
        ("Es kam der Spiegel.", "Spiegel", False),
        ("Es kam der Landesverband.", "Landesverband", False),
        ("Es kam der Antrag.", "Antrag", False),
        ("Es kam der Schulleiter.", "Schulleiter", False),
        ("Es kam der Anwohner.", "Anwohner", False),
        ("Es kam die Alte Post.", "Alte Post", False),
    ],
)
def test_a_common_noun_is_nobody(text: str, word: str, is_noun: bool) -> None:
    assert CommonNouns(build_outline(text, ()), grammar("de")).has(word) is is_noun


def test_a_capital_is_a_names_in_other_languages() -> None:
    assert not CommonNouns(build_outline("El mayor Reproche es otro.", ()), grammar("es")).has("Reproche")


@pytest.mark.parametrize(
    ("phrase", "speaks"),
    [
        ("Fazit der Betreiber", True),
        ("wie man", False),
        ("Verband sagte das", False),
        ("Für die Arbeiten ist", False),
        ("Die Feststellung", False),
        ("Die Mitteilung", True),
        ("sagte", True),
    ],
)
def test_neither_a_clause_nor_a_thing_speaks(phrase: str, speaks: bool) -> None:
    assert may_speak(phrase, grammar("de")) is speaks


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Der größte Vorwurf ist in der Akte zu finden: „Wer das liest, der spielt den Gegnern in die Hände.“", None),
        ("Ana Ruiz kam. Die Feststellung lautet: „Wir haben hier viele Jahre lang nur gewartet.“", None),
        ("In der Zeitung fand sich dazu die Feststellung „Wir haben hier viele Jahre lang nur gewartet“.", "Zeitung"),
        (
            "Besorgt äußerte sich der Leiter Otto Crane: „Wir haben hier viele Jahre lang nur gewartet.“",
            "Otto Crane",
        ),
    ],
)
def test_what_no_clause_gives_to_anybody_is_no_nouns(text: str, speaker: str | None) -> None:
    assert [found.speaker for found in attribute(Document(id="t", text=text, language="de"))] == [speaker]
