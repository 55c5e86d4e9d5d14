"""Speech that a dash opens: by comma, between dashes, beside a reporting paragraph; and lists, which are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.attribution.attribute import attribute
from indexer.quotations.dash_speech import with_dash_speech
from indexer.quotations.quotation_marks import find_quotations
from search.model import Document


def speech(text: str, language: str | None = None) -> list[str]:
    return [text[q.start : q.end] for q in with_dash_speech(text, find_quotations(text), language)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("– Vi bygger en ny skole, sier rektor Kari Dal til Bladet.", ["Vi bygger en ny skole"]),
        ("– Når åpner den? spør ordfører Per Bakke. – Til høsten.", ["Når åpner den?", "Til høsten."]),
        ("– Vi bygger en ny skola, säger rektor Anna Lund.", ["Vi bygger en ny skola"]),
        ("– Vi bygger en ny skole, siger rektor Mette Holm.", ["Vi bygger en ny skole"]),
        ("– Rakennamme uuden koulun, hän lisää.", ["Rakennamme uuden koulun"]),
        ("– Rakennamme uuden koulun, rehtori Liisa Virta sanoo.", ["Rakennamme uuden koulun"]),
        ("– Zbudujemy szkołę – mówi dyrektor Jan Lis. – Mamy plan.", ["Zbudujemy szkołę", "Mamy plan."]),
        ("- Postavíme školu, řekla ředitelka Jana Malá. - Máme plán.", ["Postavíme školu", "Máme plán."]),
        ("– Postavíme školu, – povedal riaditeľ Ján Kováč.", ["Postavíme školu"]),
        ("– Gradimo školu – rekao je ravnatelj Ivan Babić. – Imamo plan.", ["Gradimo školu", "Imamo plan."]),
        ("– Iskolát építünk – mondta Kovács Anna igazgató. – Van terv.", ["Iskolát építünk", "Van terv."]),
        ("— Мы построим школу, — сказал директор Иван Лужин. — План есть.", ["Мы построим школу", "План есть."]),
        ("– Ми збудуємо школу, – каже директор Іван Коваль.", ["Ми збудуємо школу"]),
        ("– Θα χτίσουμε σχολείο, είπε ο διευθυντής Νίκος Παππάς.", ["Θα χτίσουμε σχολείο"]),
        ("– Vom construi o școală, a declarat directorul Ion Popa.", ["Vom construi o școală"]),
        ("- Okulu yapacağız, dedi müdür Ali Kaya.", ["Okulu yapacağız"]),
        ("—Haremos la escuela —dijo Elvira Campos, directora—. Hay un plan.", ["Haremos la escuela", "Hay un plan."]),
        ("— Faremos a escola — disse a diretora Elsa Pinto. — Há plano.", ["Faremos a escola", "Há plano."]),
        ("— L'école ouvrira en mai, a déclaré Marie Dubois.", ["L'école ouvrira en mai"]),
        ("— Quando ? demande-t-elle.\n\n— L'école ouvrira, répond le maire.", ["Quando ?", "L'école ouvrira"]),
        ("— La scuola aprirà — ha detto Elena Conti —. C'è un piano.", ["La scuola aprirà", "C'è un piano."]),
    ],
)
def test_speech_after_a_dash_ends_at_its_reporting_clause(text: str, wanted: list[str]) -> None:
    assert speech(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Broen er stengt. – Vi hadde ikke noe valg, sa ordfører Kari Dal.", ["Vi hadde ikke noe valg"]),
        ("Most stoi. – Mamy pieniądze – powiedział Jan Lis, wójt gminy. Inni w to wątpią.", ["Mamy pieniądze"]),
        ("Mají plán. – Most stojí. Máme plán, řekla Jana Malá. – A tečka.", ["Most stojí. Máme plán", "A tečka."]),
        ("Most stoi. – I tak zostanie. Jan Lis powiedział, że są pieniądze.", []),
        ("Most – powiedział Jan Lis – stoi. Gmina – dodał – ma plan.", []),
    ],
)
def test_a_dash_behind_a_sentence_opens_speech_that_a_clause_reports(text: str, wanted: list[str]) -> None:
    assert speech(text, "no" if "Broen" in text else "pl") == wanted


def test_speech_goes_on_behind_the_clause_within_one_sentence() -> None:
    text = "– Szkoła – mówi dyrektor Jan Lis – będzie gotowa jesienią."
    assert speech(text) == ["Szkoła", "będzie gotowa jesienią."]


def test_an_apposition_behind_a_dash_is_no_speech() -> None:
    assert speech("– Szkoła będzie gotowa! – mówi Jan Lis – dyrektor od lat.") == ["Szkoła będzie gotowa!"]


def test_sentences_without_a_clause_are_speech_beside_one_that_has_it() -> None:
    assert speech("– Vi bygger, sier Kari Dal.\n\nHun er glad.\n\n– Planen er klar.") == [
        "Vi bygger",
        "Planen er klar.",
    ]


def test_the_paragraph_after_it_may_say_who_spoke() -> None:
    assert speech("– Skolen blir ferdig til høsten\n\nDet sier rektor Kari Dal.") == ["Skolen blir ferdig til høsten"]
    assert speech("Rektor Kari Dal sier:\n\n– Skolen blir ferdig.") == ["Skolen blir ferdig."]


@pytest.mark.parametrize(
    "text",
    [
        "Tiltakene er:\n\n– nye veier\n– mer penger",
        "Tiltakene er mange.\n\n– Nye veier\n– Mer penger\n– Flere lærere",
        "The agenda of the council:\n\n- Prices rose, said the bank.\n- The mayor, says Bob, will come.",
        "Das sind die Punkte:\n\n– Die Schule, sagte der Direktor, wird gebaut.",
        "Kari Dal – som bor her – sier ingenting.",
    ],
)
def test_lists_and_asides_are_no_speech(text: str) -> None:
    assert speech(text) == []


def test_a_list_beside_speech_stays_a_list() -> None:
    text = "– Vi bygger, sier Kari Dal.\n\nDette trengs:\n\n– Nye veier.\n– Mer penger."
    assert speech(text) == ["Vi bygger"]


def test_marks_inside_the_speech_are_nested_and_marks_around_it_stay() -> None:
    text = "– Jeg heter «Kari» her, sier Kari Dal."
    outer, inner = with_dash_speech(text, find_quotations(text))
    assert (outer.parent, outer.mark, inner.parent) == (None, "–", 0)
    assert speech("— «Мы построим школу», — сказал Лужин.") == ["Мы построим школу"]


def test_what_follows_another_paragraph_still_does() -> None:
    text = "– Vi bygger, sier Kari Dal.\n\nHun skrev: «Første del.\n\n«Andre del.»"
    found = with_dash_speech(text, find_quotations(text))
    assert [q.follows for q in found] == [None, None, 1]


def test_the_speaker_is_who_the_clause_names() -> None:
    text = "– Vi bygger en ny skole, sier rektor Kari Dal.\n\n– Nei, svarer Nils Bakke."
    found = attribute(Document(id="x", text=text))
    assert [(each.speaker, each.scare) for each in found] == [("Kari Dal", False), ("Nils Bakke", False)]


@given(st.text(alphabet='–—- \n.,:!?aAé«»"sier', max_size=200))
def test_any_string_is_legal_and_offsets_lie_inside_the_text(text: str) -> None:
    found = with_dash_speech(text, find_quotations(text), "no")
    assert [q.open for q in found] == sorted(q.open for q in found)
    for number, q in enumerate(found):
        assert 0 <= q.open <= q.start < q.end <= q.close <= len(text)
        assert q.parent is None or q.parent < number
        assert q.follows is None or q.follows < number


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("«Деньги есть, – говорит Иванов, – откроемся в мае». Дождь шёл.", "ru", ["Деньги есть", "откроемся в мае"]),
        ('"Деньги есть! - воскликнул Пётр Иванов. - Мы ждём".', "ru", ["Деньги есть!", "Мы ждём"]),
        ("«Деньги есть, – говорит Иванов».", "ru", ["Деньги есть"]),
        ("„Pieniądze są, — mówi Jan Kruk, — otwieramy w maju”.", "pl", ["Pieniądze są", "otwieramy w maju"]),
        (
            "«Не сдавайся, – говорил отец, – и всё выйдет», – вспоминает Иванов.",
            "ru",
            ["Не сдавайся, – говорил отец, – и всё выйдет"],
        ),
        ("«Деньги – не главное, – и это знают все».", "ru", ["Деньги – не главное, – и это знают все"]),
        ("“The money is there, – says Moen, – we open”.", "en", ["The money is there, – says Moen, – we open"]),
    ],
)
def test_a_reporting_clause_inside_the_marks_is_no_speech(text: str, language: str, wanted: list[str]) -> None:
    found = with_dash_speech(text, find_quotations(text), language)
    assert [text[each.start : each.end] for each in found] == wanted


def test_marks_inside_the_parts_stay_nested_and_later_quotations_follow_as_before() -> None:
    text = "«Есть, – говорит Иванов, – «Норд» и деньги».\n\n«Мы ждём весны.\n\n«И лета тоже»."
    found = with_dash_speech(text, find_quotations(text), "ru")
    assert [(text[each.start : each.end], each.parent, each.follows) for each in found] == [
        ("Есть", None, None),
        ("«Норд» и деньги", None, None),
        ("Норд", 1, None),
        ("Мы ждём весны.", None, None),
        ("И лета тоже", None, 3),
    ]
