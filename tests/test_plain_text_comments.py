"""Where an article ends and its readers begin: in English text alone, whose signs are known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.plain_text.comments import comments_start

ARTICLE = [
    "The harbour board met on Tuesday to hear the engineers, who said that the bridge could not be saved this year.",
    "The mayor, Dora Finn, told the board that the money had been found and that the work would begin in the spring.",
    "Two members of the board voted against the plan, which has to go before the county court in the autumn.",
]
READERS = [
    "lol this is so dumb, i dont even know who pays for it!!",
    "well im not surprised... you people voted for her,so what did u expect??",
    "imho they shoud of fixed it years ago!!! my taxes at work i guess",
    "dont blame me, i didnt vote for any of em lol",
]


def test_readers_at_the_end_are_no_article() -> None:
    assert comments_start(ARTICLE + READERS) == len(ARTICLE)
    assert comments_start(ARTICLE) == len(ARTICLE)


@pytest.mark.parametrize(
    "paragraphs",
    [
        [
            "Die Bürgermeisterin hat am Dienstag die Sperrung der Brücke angekündigt, und die Brücke bleibt zu.",
            "In der Opposition ist der Ton ein anderer, dort spricht man von einem Verkauf der Stadt an die Bank.",
            "Man hat uns belogen, schimpft die Frau, die im Viertel seit Jahren eine Bäckerei betreibt. Wer soll jetzt kommen?",
            "Der Minister wich aus, Zahlen nannte er nicht, und die Opposition sprach von einer Zumutung für die Stadt.",
        ],
        [
            "Burmistrz ogłosiła we wtorek, i to wieczorem, zamknięcie mostu i drogi, która prowadzi do portu.",
            "Opozycja ma inne zdanie i mówi o ucieczce od odpowiedzialności, i to nie po raz pierwszy.",
            "Minister nie podał kwot i uniknął odpowiedzi, i nie wiadomo, kto za to wszystko zapłaci.",
            "Prace mogą potrwać trzy lata i kosztować miliony, i nikt w urzędzie tego nie ukrywa.",
        ],
    ],
)
def test_other_languages_are_no_comments(paragraphs: list[str]) -> None:
    assert comments_start(paragraphs) == len(paragraphs)


@given(st.lists(st.text(max_size=80), max_size=12))
def test_any_paragraphs_have_an_end(paragraphs: list[str]) -> None:
    assert 0 <= comments_start(paragraphs) <= len(paragraphs)
