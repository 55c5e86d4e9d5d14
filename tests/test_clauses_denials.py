"""Words that a document says were not said: denied, disputed, or neither."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.attribution.attribute import annotate_document, attribute
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.clauses.denials import denial_flags, denying_item
from search.model import Document, QuoteFlag


def first_flags(text: str) -> tuple[str, ...]:
    quotes = [each for each in attribute(Document(id="t", text=text)) if each.kind != "indirect"]
    return quotes[0].flags


@pytest.mark.parametrize(
    "text",
    [
        "Cora Blunt never said “sell the harbour now,” the minutes show.",
        "Cora Blunt has never publicly said that “we must sell the harbour.”",
        "Cora Blunt did not say “sell the harbour now.”",
        "Cora Blunt didn’t say “sell the harbour now.”",
        "Cora Blunt denied saying “sell the harbour now.”",
        "Cora Blunt denies ever having said “sell the harbour now.”",
        "Cora Blunt denied that she had said “sell the harbour now.”",
        "Cora Blunt denied using the words “sell the harbour now.”",
        "“Sell the harbour now” is something Cora Blunt never said.",
        "“We will sell the harbour” is not something Cora Blunt ever said.",
        "A post claims that Cora Blunt said “sell the harbour now.” She did not.",
        "Cora Blunt is said to have told them: “Sell the harbour now.” Blunt never said that.",
        "Uta Brandt hat nie gesagt: „Wir verkaufen den Hafen.“",
        "„Wir verkaufen den Hafen“ habe sie nie gesagt, erklärte Uta Brandt.",
        "Uta Brandt bestreitet, „wir verkaufen den Hafen“ gesagt zu haben.",
        "Lise Morel n’a jamais dit : « Nous vendrons le port. »",
        "Lise Morel nie avoir dit « nous vendrons le port ».",
        "Inés Prado nunca dijo: «Venderemos el puerto».",
        "Inés Prado negó haber dicho «venderemos el puerto».",
        "Ida Conti non ha mai detto: «Venderemo il porto».",
        "Ida Conti ha negato di aver detto «venderemo il porto».",
        "Lia Prado nunca disse: “Vamos vender o porto.”",
        "Lia Prado negou ter dito “vamos vender o porto”.",
        "Mies Vos heeft nooit gezegd: “We verkopen de haven.”",
        "Mies Vos ontkent “we verkopen de haven” te hebben gezegd.",
        "Нина Белова никогда не говорила: «Мы продадим порт».",
        "Нина Белова отрицает, что говорила «мы продадим порт».",
        "او هرگز نگفت: «بندر را می‌فروشیم».",
        "لم يقل الوزير «سنبيع الميناء».",
        "نفى الوزير أن يكون قال «سنبيع الميناء».",
        "Siri Dal har aldri sagt «vi selger havna».",
        "«Vi selger havna» har hun aldri sagt, skriver Siri Dal.",
        "Siri Dal nekter for å ha sagt «vi selger havna».",
        "Siri Dal sa ikke «vi selger havna».",
        "Mette Krogh har aldrig sagt »vi sælger havnen«.",
        "Mette Krogh afviser at have sagt »vi sælger havnen«.",
        "Karin Ek har aldrig sagt ”vi säljer hamnen”.",
        "Karin Ek förnekar att hon har sagt ”vi säljer hamnen”.",
        "Aino Salo ei ole koskaan sanonut: ”Me myymme sataman.”",
        "Aino Salo kiistää sanoneensa ”me myymme sataman”.",
        "Ewa Nowak nigdy nie powiedziała: „Sprzedamy port”.",
        "Ewa Nowak zaprzecza, że powiedziała „sprzedamy port”.",
        "Ольга Гнатюк ніколи не казала: «Ми продамо порт».",
        "Ольга Гнатюк заперечує, що сказала «ми продамо порт».",
        "Eva Malá nikdy neřekla: „Prodáme přístav.“",
        "Eva Malá popřela, že by řekla „prodáme přístav“.",
        "Eva Malá nikdy nepovedala: „Predáme prístav.“",
        "Ana Horvat nikada nije rekla: „Prodat ćemo luku.”",
        "Ana Horvat poriče da je rekla „prodat ćemo luku”.",
        "Nagy Éva soha nem mondta: „Eladjuk a kikötőt.”",
        "Nagy Éva tagadja, hogy azt mondta volna: „Eladjuk a kikötőt.”",
        "Ana Munteanu nu a spus niciodată: „Vindem portul.”",
        "Ana Munteanu nu a spus „vindem portul”.",
        "Ana Munteanu neagă că a spus „vindem portul”.",
        "Ayşe Demir hiçbir zaman “limanı satacağız” demedi.",
        "Ayşe Demir “limanı satacağız” dediğini yalanladı.",
        "Η Ελένη Παππά δεν είπε ποτέ: «Θα πουλήσουμε το λιμάνι».",
        "Η Ελένη Παππά αρνείται ότι είπε «θα πουλήσουμε το λιμάνι».",
        "דנה לביא מעולם לא אמרה: “נמכור את הנמל”.",
        "דנה לביא הכחישה שאמרה “נמכור את הנמל”.",
        "李安从未说过“我们要卖掉港口”。",
        "李安否认说过“我们要卖掉港口”。",
        "李安没有说过“我们要卖掉港口”。",
        "田中知事は「港を売る」とは言っていない。",
        "田中知事は「港を売る」と発言したことを否定した。",
        "김민수 시장은 “항구를 팔겠다”고 말한 적이 없다.",
        "김민수 시장은 “항구를 팔겠다”고 말하지 않았다고 한다.",
        "김민수 시장은 “항구를 팔겠다”는 발언을 부인했다.",
        "สมชาย ใจดี ไม่เคยพูดว่า “เราจะขายท่าเรือ”",
        "“Sell the harbour now” was never said by Cora Blunt.",
    ],
)
def test_what_a_document_says_was_not_said_is_denied(text: str) -> None:
    assert QuoteFlag.DENIED in first_flags(text)


@pytest.mark.parametrize(
    "text",
    [
        "A blog falsely claimed that Cora Blunt had said “sell the harbour now.”",
        "A post claims that Cora Blunt said “sell the harbour now.”",
        "The quote “sell the harbour now” was wrongly attributed to Cora Blunt, said Ned Marsh.",
        "“Sell the harbour now” is often misattributed to Cora Blunt.",
        "A fake quote from Cora Blunt, “sell the harbour now,” made the rounds.",
        "There is no record of Cora Blunt saying “sell the harbour now.”",
        "There is no evidence that Cora Blunt ever said “sell the harbour now.”",
        "Cora Blunt allegedly said “sell the harbour now.”",
        "„Wir verkaufen den Hafen“ wurde Uta Brandt fälschlich zugeschrieben.",
        "« Nous vendrons le port » : la phrase est faussement attribuée à Lise Morel.",
        "A post wrongly quotes Cora Blunt as saying “sell the harbour now.”",
        "The claim that Cora Blunt said “sell the harbour now” is false.",
        "It is not true that Cora Blunt said “sell the harbour now.”",
        "«Venderemos el puerto» fue atribuida falsamente a Inés Prado.",
        "A fabricated quote in which Cora Blunt says “sell the harbour now” has spread.",
        "The words “sell the harbour now” were put in Blunt’s mouth by a satire site.",
        "A fake video shows Cora Blunt saying “sell the harbour now.”",
        "In the doctored clip Cora Blunt says: “Sell the harbour now.”",
    ],
)
def test_what_is_given_to_somebody_falsely_or_without_proof_is_disputed(text: str) -> None:
    assert QuoteFlag.DISPUTED in first_flags(text)


@pytest.mark.parametrize(
    "text",
    [
        "Cora Blunt said she would never “sell the harbour now.”",
        "Cora Blunt not only said “sell the harbour now” but did it.",
        "Cora Blunt did not say whether she would “sell the harbour now.”",
        "Cora Blunt denied the charge, saying “I would sell it now.”",
        "Cora Blunt denied that it was “a sale of the harbour.”",
        "“Sell the harbour now,” Cora Blunt said. She did not elaborate.",
        "“Sell the harbour now,” Cora Blunt said. She did not say that they should.",
        "“Sell the harbour now,” said Cora Blunt, who never said much.",
        "Cora Blunt falsely claimed “the harbour is sold.”",
        "Cora Blunt never came back, and said “sell the harbour now.”",
        "Uta Brandt sagte: „Wir verkaufen den Hafen nie.“",
        "“The harbour is sold,” Cora Blunt said. The statement is false.",
        "Siri Dal sa: «Vi selger aldri havna.»",
        "Ewa Nowak powiedziała: „Nigdy nie sprzedamy portu”.",
        "李安说：“我从未说过要卖港口。”",
        "田中知事は「港は売らない。反対とは言っていない」と述べた。",
        "김민수 시장은 “항구를 팔겠다”고 말했다. 그는 더 말하지 않았다.",
    ],
)
def test_a_denial_that_is_not_of_the_speaking_is_none(text: str) -> None:
    assert not {QuoteFlag.DENIED, QuoteFlag.DISPUTED} & set(first_flags(text))


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The quote “sell the harbour now” was wrongly attributed to Cora Blunt, said Ned Marsh.", "Cora Blunt"),
        ("A fake quote from Cora Blunt, “sell the harbour now,” made the rounds.", "Cora Blunt"),
        ("A blog falsely claimed that Cora Blunt had said “sell the harbour now.”", "Cora Blunt"),
        ("Cora Blunt didn’t say “sell the harbour now.”", "Cora Blunt"),
        ("Inés Prado nunca dijo: «Venderemos el puerto».", "Inés Prado"),
        ("Cora Blunt has never said “sell the harbour now,” her office said.", "Cora Blunt"),
        ("Ned Marsh asked. Cora Blunt never said “sell the harbour now,” according to the minutes.", "Cora Blunt"),
        ("Lise Morel n’a jamais dit : « Nous vendrons le port. »", "Lise Morel"),
    ],
)
def test_the_speaker_is_whom_the_words_are_given_to(text: str, speaker: str) -> None:
    assert attribute(Document(id="t", text=text))[-1].speaker == speaker


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(["never", "did not", "said", "“Q r”", "denied", "falsely", ".", ",", "Ann Lee", "ne"]),
        max_size=40,
    )
)
def test_any_run_of_denials_has_one_flag_a_quotation_at_most(words: list[str]) -> None:
    doc = annotate_document(Document(id="t", text=" ".join(words)), packaged_model())
    for number in doc.item_of_quotation:
        assert len(denial_flags(doc, number)) <= 1


def test_a_denial_is_told_once_for_who_spoke_and_for_the_flags() -> None:
    doc = annotate_document(Document(id="t", text="Cora Blunt never said “sell the harbour now.”"), packaged_model())
    assert denying_item(doc, 0) is not None
    assert doc.denials[0] == (QuoteFlag.DENIED, denying_item(doc, 0))
    assert denial_flags(doc, 0) == (QuoteFlag.DENIED,)
    doc.denials[0] = None  # what is kept is what is asked
    assert denial_flags(doc, 0) == ()
    assert denying_item(doc, 0) is None


def test_a_long_run_of_denying_words_is_looked_through_in_linear_time() -> None:
    doc = annotate_document(
        Document(id="t", text="never did not deny said that ever himself “a” " * 3_000), packaged_model()
    )
    start = time.process_time()
    for number in doc.item_of_quotation:
        denial_flags(doc, number)
    assert time.process_time() - start < 5.0
