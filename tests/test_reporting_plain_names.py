"""Names in their basic form, without the roles before them, wherever a text names the speaker."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import attribute
from indexer.attribution.reporting.clause_words import clause_words
from indexer.attribution.reporting.grammar import reporting_grammar
from indexer.attribution.reporting.plain_names import PlainNames
from indexer.attribution.reporting.text_names import TextNames
from indexer.quotations.outline import build_outline
from search.model import Document


def speakers(text: str, language: str) -> list[str | None]:
    return [found.speaker for found in attribute(Document(id="t", text=text, language=language)) if not found.scare]


def test_a_name_is_plain_and_a_body_stays() -> None:
    text = "Vedení přijalo hejtmana Jiřího Berana. Hejtman Jiří Beran mluvil dlouho. Banka Sever mlčela."
    grammar = reporting_grammar("cs")
    assert grammar is not None
    words = clause_words(build_outline(text, ()), grammar)
    names = PlainNames(words, TextNames(words, grammar), grammar)
    assert names.of("hejtmana Jiřího Berana") == names.of("Hejtman Jiří Beran") == "Jiří Beran"
    assert names.of("Banka Sever") == "Banka Sever"


@pytest.mark.parametrize(
    ("language", "source", "name"),
    [
        ("cs", "Podle Petra Fialky je", "Petr Fialka"),
        ("cs", "Podle Karla Novotného je", "Karel Novotný"),
        ("cs", "Podle Jany Novotné je", "Jana Novotná"),
        ("cs", "Podle Karla Kubíčka je", "Karel Kubíček"),
        ("sk", "Podľa Zuzany Kováčovej je", "Zuzana Kováčová"),
        ("pl", "Według Piotra Wrony to jest", "Piotr Wrona"),
        ("pl", "Zdaniem Tomasza Cichego to jest", "Tomasz Cichy"),
        ("ru", "По словам Марии Зайцевой, это", "Мария Зайцева"),
        ("ru", "По словам Олега Белого, это", "Олег Белый"),
        ("uk", "За словами Петра Шевчука, це", "Петро Шевчук"),
        ("hr", "Prema riječima Ivana Horvata to je", "Ivan Horvat"),
    ],
)
def test_a_source_in_the_genitive_is_given_in_its_basic_form(language: str, source: str, name: str) -> None:
    """Though the text prints no other form of it, and the genitive of one first name is another first name."""
    assert speakers(f"{source} “abeda kolo tari meno”.", language) == [name]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("cs", "Hejtman Jiří Beran byl v přístavu. Podle něj je molo „v naprosto žalostném stavu“.", "Jiří Beran"),
        ("de", "Die Architektin Petra Lorenz sah sich um. Ihrer Meinung nach ist das Dach „völlig in Ordnung“.", "Petra Lorenz"),
        ("fr", "La maire Anne Roux est venue au port. Selon elle, le toit est « en parfait état de marche ».", "Anne Roux"),
        ("pl", "Wojewoda Piotr Wrona obejrzał molo. Jego zdaniem jest ono „w bardzo złym stanie”.", "Piotr Wrona"),
        ("ru", "Губернатор Ирина Лаптева осмотрела порт. По её словам, он «в хорошем состоянии».", "Ирина Лаптева"),
        ("nl", "Burgemeester Petra de Boer zag de haven. Volgens haar is het dak “helemaal in orde”.", "Petra de Boer"),
    ],
)  # fmt: skip
def test_according_to_him_is_who_was_spoken_of(language: str, text: str, name: str) -> None:
    assert speakers(text, language) == [name]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("cs", "„Molo zavřeme na dva roky,“ komentoval stavbu mostu hejtman Jiří Beran.", "Jiří Beran"),
        ("de", "„Wir hatten großes Pech“, ärgerte sich Trainer Uwe Stein nach dem Abpfiff.", "Uwe Stein"),
        ("de", "Die Opposition warf Innenministerin Eva Holt vor, „mit der Angst zu spielen“.", "Opposition"),
        ("de", "„Die Rohre sind alle veraltet“, teilten die Stadtwerke mit.", "Stadtwerke"),
        ("nl", "Jan de Wit bezocht de haven. “De kade houdt het niet nog een winter”, aldus De Wit.", "Jan de Wit"),
        ("ru", "Глава района, бывший тренер Павел Зотов на встрече заявил: «Порт закроют на два года».", "Павел Зотов"),
        ("ru", "«Деньги на ремонт школы выделены», — сообщили в пресс-службе мэрии.", "пресс-службе мэрии"),
        ("ru", "Как сообщили ТАСС в министерстве транспорта, порт «находится в плохом состоянии».", "министерстве транспорта"),
        ("cs", "Ministr Jan Vrba přijel. Ministr Severní Koreje odjel. „Kluci makali od začátku,“ pochvaloval si Vrba.", "Jan Vrba"),
        ("tr", "Mehmet Yılmaz kararı eleştirirken Ayşe Kaya “Bu yıl vergiler artmayacak” dedi.", "Ayşe Kaya"),
        ("tr", "Liman gazetesi, “Köprü iki yıl boyunca kapalı kalacak” diye yazdı.", "Liman gazetesi"),
        ("tr", "Vali Ali Demir geldi. Vali pazartesi günü basına “Köprü iki yıl kapalı kalacak” dedi.", "Ali Demir"),
    ],
)  # fmt: skip
def test_the_subject_is_found_past_what_stands_beside_it(language: str, text: str, name: str) -> None:
    assert speakers(text, language) == [name]


def test_whom_the_sentence_before_is_about_is_who_is_called_by_his_age() -> None:
    text = "Uwe Stein sagte: „Wir hatten Pech.“ Auch Jan Kolb kam enttäuscht. „So darf man nie verlieren“, schimpfte der 23-Jährige."
    assert speakers(text, "de") == ["Uwe Stein", "Jan Kolb"]


def test_an_object_of_no_list_is_no_speaker() -> None:
    text = (
        "Jan Lis prowadzi klub. „To był dla nas prawdziwy przełom tej zimy” – tak wspomina objęcie stanowiska trenera."
    )
    assert speakers(text, "pl") == ["Jan Lis"]
