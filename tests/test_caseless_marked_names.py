"""Marks around names in Persian and Arabic: invented news, as agencies there print it."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import attribute
from indexer.attribution.caseless.marked_names import is_marked_name
from search.model import Document

PERSIAN = """«مهران کیا» وزیر راه در گفت‌وگو با شبکه «دریا» گفت: «ما پیش از پایان زمستان این پل را می‌سازیم.»

وی افزود: «طرح "پل نو" با کمک مردم به نتیجه می‌رسد و کسی آن را رها نمی‌کند.»

نسرین دادفر گفت که این تصمیم «خطای بزرگی» است. وی در پاسخ گفت: «هرگز»
"""
ARABIC = """وقالت هالة النجار لصحيفة «الميناء»: «لن نوافق على بيع العبّارة قبل الشتاء المقبل».

ووصفت النجار القرار بـ«الخطأ الكبير».

وقال كريم البستاني رئيس شركة «أمواج» إن «الميناء لن يبقى بلا عبّارة في الشتاء».
"""


@pytest.mark.parametrize(
    ("text", "names", "said"),
    [
        (PERSIAN, ["مهران کیا", "دریا", "پل نو"], ["خطای بزرگی", "هرگز"]),
        (ARABIC, ["الميناء", "أمواج"], ["الخطأ الكبير"]),
    ],
)
def test_marks_around_a_name_quote_nobody_and_few_words_that_a_clause_reports_are_speech(
    text: str, names: list[str], said: list[str]
) -> None:
    quoted = {text[one.start : one.end]: one for one in attribute(Document(id="t", text=text))}
    assert {name: (quoted[name].scare, quoted[name].speaker) for name in names} == dict.fromkeys(names, (True, None))
    assert [quoted[words].scare for words in said] == [False] * len(said)
    assert all(quoted[words].speaker for words in said)


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("او این کار را «بیهوده» نامید.", False),  # somebody calls it so
        ("شبکه «موج» در شمال کشور است.", True),
        ("این گروه «مرگ بر پل!» سر داد.", False),  # a sentence
    ],
)
def test_what_a_thing_is_called_is_told_by_the_words_beside_the_marks(text: str, is_name: bool) -> None:
    start, end = text.index("«") + 1, text.index("»")
    assert is_marked_name(text, start, end, is_reported=False) is is_name
