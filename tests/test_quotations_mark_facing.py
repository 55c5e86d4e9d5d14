"""Which way each quotation mark may face: scripts without blanks beside the marks, and Hebrew abbreviations."""

from __future__ import annotations

import pytest

from indexer.quotations.mark_facing import read_marks
from indexer.quotations.quotation_marks import find_quotations


def outer(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotations(text) if q.parent is None]


def test_an_inner_mark_of_a_hebrew_abbreviation_neither_opens_nor_closes() -> None:
    (mark,) = read_marks('צה"ל', 0, 4)
    assert (mark.opener, mark.closer) == (False, False)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('局长王梅说："水库没有裂缝。"她说，"检查已经结束"。', ["水库没有裂缝。", "检查已经结束"]),
        ('这是"最好的"办法，也是"最贵的"办法。', ["最好的", "最贵的"]),
        ("局长说：'水库没有裂缝'。", ["水库没有裂缝"]),
        ("她说”水库没有裂缝”了", ["水库没有裂缝"]),
        ('新的MP4"格式"不好。', ["格式"]),
        ('村上町長は"祭りは中止だ"と述べた。', ["祭りは中止だ"]),
        ("町長は｢祭りは中止だ｣と述べた。", ["祭りは中止だ"]),
        ('시장은"축제는 없다"며"돈도 없다"고 말했다.', ["축제는 없다", "돈도 없다"]),
        ("시장은 '축제는 없다'라고 말했다.", ["축제는 없다"]),
        ("시장은 ‘축제는 없다’라고 말했다.", ["축제는 없다"]),
        ('เขากล่าวว่า"งานถูกยกเลิก"และ"ไม่มีเงิน"วันนี้', ["งานถูกยกเลิก", "ไม่มีเงิน"]),
        ('وقال"المهرجان ألغي"وأضاف"لا مال لدينا"أمس', ["المهرجان ألغي", "لا مال لدينا"]),
        ('نقلت عنه لـ"البلدة": "المهرجان ألغي".', ["البلدة", "المهرجان ألغي"]),
    ],
)
def test_marks_without_blanks_are_found_in_scripts_without_capitals(text: str, wanted: list[str]) -> None:
    assert outer(text) == wanted


def test_inches_beside_such_a_script_open_nothing() -> None:
    assert outer('她买了55"电视和32"电视。') == []


def test_a_doubtful_mark_that_nothing_closes_opens_nothing() -> None:
    assert outer('局长说"水库没有裂缝') == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('השופטת כתבה כי "ארה"ב לא תתערב" והלכה.', ['ארה"ב לא תתערב']),
        ("השופטת כתבה: ״צה״ל לא יתערב״.", ["צה״ל לא יתערב"]),
        ('מנכ"ל החברה, עו"ד דן לוי, כתב ב"הבוקר" ש"נחזור מחר".', ["הבוקר", "נחזור מחר"]),
        ("פרופ׳ רון אמר: ׳לא נחזור׳ והלך.", ["לא נחזור"]),
        ("פרופ' רון וג'ורג' אמרו: 'לא נחזור' והלכו.", ["לא נחזור"]),
        ('הרמטכ"ל, ראש השב"כ וחז"ל', []),
    ],
)
def test_the_marks_of_hebrew_abbreviations_quote_nothing(text: str, wanted: list[str]) -> None:
    assert outer(text) == wanted
