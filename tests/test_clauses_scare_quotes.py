"""Which marks quote nobody: a short answer with its clause is speech in every language, a term at arm's length is not."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import annotate_document, attribute
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.clauses.scare_quotes import is_scare, is_spoken
from search.model import Attribution, Document, Region, Span


def quotes(text: str) -> list[Attribution]:
    return [each for each in attribute(Document(id="t", text=text)) if each.kind != "indirect"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("„Niemals“, sagte Uta Brandt.", "Uta Brandt"),
        ("Uta Brandt antwortete: „Unsinn.“", "Uta Brandt"),
        ("« Jamais », a répondu Lise Morel.", "Lise Morel"),
        ("«Nunca», respondió Inés Prado.", "Inés Prado"),
        ("«Никогда», — ответила Нина Белова.", "Нина Белова"),
        ("«Ніколи», — відповіла Ніна Білова.", "Ніна Білова"),
        ("„Nigdy”, odpowiedziała Ewa Lis.", "Ewa Lis"),
        ("”Aldrig”, svarar Karin Holm.", "Karin Holm"),
        ("”Ei koskaan”, sanoo Aino Salo.", "Aino Salo"),
        ("«Ποτέ», είπε η Ελένη Λάμπρου.", "Ελένη Λάμπρου"),
        ("“Never!” said Cora Blunt.", "Cora Blunt"),
        ("“No,” Cora Blunt said.", "Cora Blunt"),
        ("The judge told him: “Life.”", "judge"),
        ("“לעולם לא”, אמרה נועה כהן.", None),
        ("“절대 안 된다”고 박지수 시장이 말했다.", None),
        ("女市长在周一的会议上说：“隧道明年开工。”", None),
        ("“隧道明年开工”，女市长说。", None),
        ("「隧道明年動工」，市長表示。", None),
        ("市長は「トンネルは来年だ」と語った。", None),
        ("市長は会見で、「来年だ。『まだか』と言う人もいる」と述べた。", None),
        ("นายกเทศมนตรีกล่าวว่า “อุโมงค์จะเปิดปีหน้า”", None),
        ("អភិបាលបាននិយាយថា “ផ្លូវរូងនឹងបើកនៅឆ្នាំក្រោយ”", None),
    ],
)
def test_a_short_answer_beside_its_clause_is_speech(text: str, speaker: str | None) -> None:
    first = quotes(text)[0]
    assert not first.scare
    assert speaker is None or first.speaker == speaker


@pytest.mark.parametrize(
    "text",
    [
        "所谓的“繁荣”并不存在。",
        "「橋」という言葉がある。",
        "Der so genannte „Friede“ ist vorbei.",
        "Cora Blunt spoke of the so-called “peace” in the valley.",
        "Her novel, titled, “Never,” is by Cora Blunt.",
        "“Northland” tells the story of a family in the hills.",
        "Cora Blunt sent a letter entitled “We must count every last gull by the spring” to the council.",
        "In the harbour lies a dredger nicknamed the “mother of all shovels”, Cora Blunt said.",
        "It seemed clear that the council's four “liberal” members would vote with Cora Blunt.",
        "Cora Blunt is mulling a freeze. “There's no such thing as a free ferry” is a truth of the trade.",
    ],
)
def test_a_term_or_a_title_is_not_speech_and_has_no_speaker(text: str) -> None:
    (quote,) = quotes(text)
    assert (quote.scare, quote.speaker, quote.confidence) == (True, None, 0.0)


def test_a_scare_quote_keeps_its_mention() -> None:
    quote = quotes("Cora Blunt spoke of the so-called “peace” in the valley.")[0]
    assert (quote.mention, quote.speaker) == ("Cora Blunt", None)


def test_short_words_of_a_headline_that_the_article_quotes_are_speech() -> None:
    text = "Tunnel ‘dark and wet’\n\n“The tunnel is dark and wet,” Cora Blunt said on Monday."
    first = attribute(
        Document(id="t", text=text, title="Tunnel ‘dark and wet’", regions=(Region(Span(0, 21), "heading"),))
    )[0]
    assert (first.scare, first.speaker) == (False, "Cora Blunt")


def test_the_shorter_the_words_the_surer_a_quotation_must_be() -> None:
    assert [is_scare(0.2, words) for words in (1, 2, 3, 4)] == [True, True, False, False]
    assert is_scare(0.5, 40)


def test_what_somebody_dubs_somebody_is_speech() -> None:
    (quote,) = quotes("Cora Blunt dubbed her rival “the mother of all shovels and spades” at a rally on Monday.")
    assert not quote.scare


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Der Klub fordert Schilder. „Werden Taten am Hafen nicht mit gleicher Strenge verfolgt, leidet die Stadt“ heißt es.", True),
        ("Der Klub fordert Schilder. „Werden Taten am Hafen nicht verfolgt“ heißt es.", False),
        ("Der „Große Preis der Hafenbank für Wirtschaft und Handel am Meer“ ging an den Klub.", False),
        ("“THE HARBOUR IS CLOSED TO ALL OF US UNTIL SPRING” It says so.", False),
        ("„der große Preis der Hafenbank für Wirtschaft und Handel“ ging an den Klub.", False),
    ],
)  # fmt: skip
def test_a_sentence_between_marks_is_speech_where_it_opens_one(text: str, is_one: bool) -> None:
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    assert is_spoken(doc, 0, -1, 0.0) is is_one


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("en", "Mary Cole was asked whether she would go. “No,” she replied.", "Mary Cole"),
        ("cs", "Olga Černá se na novináře usmála. „Ne,“ odpověděla.", "Olga Černá"),
        ("de", "Petra Lorenz schüttelte den Kopf. „Nein“, sagte sie.", "Petra Lorenz"),
        ("nl", "De vraag was of hij gaat. “Nooit”, antwoordde Jan de Vries.", "Jan de Vries"),
        ("ru", "Ирину Лаптеву спросили об отставке. «Нет», — ответила она.", "Ирина Лаптева"),
        ("tr", "Ayşe Kaya gazetecilerin sorusuna güldü. “Asla” dedi.", "Ayşe Kaya"),
    ],
)
def test_one_word_is_speech_where_it_is_all_that_is_said(language: str, text: str, speaker: str) -> None:
    (found,) = attribute(Document(id="t", text=text, language=language))
    assert (found.scare, found.speaker) == (False, speaker)


def test_a_work_whose_name_opens_a_sentence_is_no_speech() -> None:
    text = "„Hafen“ sagt viel über unsere Zeit. Petra Lorenz hat das Stück geschrieben."
    (found,) = attribute(Document(id="t", text=text, language="de"))
    assert found.scare
