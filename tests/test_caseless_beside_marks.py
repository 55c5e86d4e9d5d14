"""Who speaks by the clause beside the marks: invented news in Hebrew, Chinese, Japanese, Korean and Thai."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.attribution.attribute import attribute
from indexer.attribution.caseless.attribute_caseless import caseless_script
from indexer.attribution.caseless.chinese import chinese_subject
from indexer.attribution.caseless.hebrew import hebrew_subject
from indexer.attribution.caseless.japanese import japanese_subject
from indexer.attribution.caseless.korean import korean_subject
from indexer.attribution.caseless.thai import thai_subject
from search.model import Document

HEBREW = """ראש העיר דוד לביא אמר כי "צה"ל לא יפסיק לשמור על הנמל" וסיים את דבריו.

השרה נועה שלו הוסיפה: ״אין לנו ארץ אחרת״.

"לא נמכור את המעבורת הזאת לעולם", אמרה דנה כרמי.

"איש לא שאל אותנו לפני החתימה", הוסיפה.

לדברי לביא, "המחיר עלה פי שלושה מאז השנה שעברה".

"נפרסם את כל המסמכים", אמר דובר העירייה יואב רז בישיבת המועצה.

הגשם ירד כל היום. המעבורת "נשארה בנמל כל החורף הארוך" והרוח נשבה.
"""
CHINESE = """海港市市长李海明昨天在记者会上说：“我们从来没有同意出售这艘渡轮。”

他补充道：“年底以前我们会公布所有文件。”

“没有人在签字前问过我们，”渔民王秀英说。

外交部发言人赵宁表示，“双方将继续保持沟通”，并称“大门始终敞开”。

“这个冬天会很难熬。”李海明说，“但是我们会挺过去。”

市长强调：“港口不会没有渡轮。”

雨下了一整天。“老渡轮停在码头已经三年了”，海鸥在飞。
"""
JAPANESE = """港町市の田中一郎市長は会見で、「この船を売ることに同意したことは一度もない」と述べた。

また、「年内にすべての文書を公開する」と強調した。

「誰も署名の前に聞いてくれなかった」と漁師の佐藤花子さんは話した。

一方、外務省の報道官は「対話を続ける」と説明した。

ジョー・グリーン米大統領は4日、「間違った決定だ」と批判し、「立場は変わらない」と述べた。
"""
KOREAN = """김철수 항구시장은 기자회견에서 “우리는 이 배를 파는 데 동의한 적이 없다”고 말했다.

그는 “연말까지 모든 문서를 공개하겠다”고 덧붙였다.

“서명 전에 아무도 우리에게 묻지 않았다”고 어부 박영희 씨는 말했다.

외교부 대변인은 “대화를 계속하겠다”며 “문은 열려 있다”고 밝혔다.
"""
THAI = """นายสมชาย ใจดี กล่าวว่า “เราไม่เคยเห็นด้วยกับการขายเรือลำนี้”

เขากล่าวว่า “เราจะเปิดเผยเอกสารทั้งหมดภายในสิ้นปี”

“ไม่มีใครถามเราก่อนลงนาม” นางสาวมาลี แสงทอง กล่าว
"""


def speakers(text: str) -> list[str | None]:
    return [one.speaker for one in attribute(Document(id="t", text=text)) if one.kind != "indirect" and not one.scare]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEBREW, ["דוד לביא", "נועה שלו", "דנה כרמי", "דנה כרמי", "דוד לביא", "יואב רז", None]),
        (CHINESE, ["李海明", "李海明", "王秀英", "赵宁", "赵宁", "李海明", "李海明", "李海明", None]),
        (JAPANESE, ["田中一郎", "田中一郎", "佐藤花子", "外務省の報道官", "ジョー・グリーン", "ジョー・グリーン"]),
        (KOREAN, ["김철수", "김철수", "박영희", "외교부 대변인", "외교부 대변인"]),
        (THAI, ["สมชาย ใจดี", "สมชาย ใจดี", "มาลี แสงทอง"]),
    ],
    ids=["he", "zh", "ja", "ko", "th"],
)
def test_the_clause_beside_the_marks_names_who_speaks(text: str, expected: list[str | None]) -> None:
    # A stretch that no clause stands beside is nobody's, whether or not it is taken for scare quotes.
    found = [one.speaker for one in attribute(Document(id="t", text=text)) if one.kind != "indirect"]
    assert found[: len(expected)] == expected
    assert set(found[len(expected) :]) <= {None}


@pytest.mark.parametrize(
    ("subject", "is_name", "found"),
    [
        ("דוד לביא", True, hebrew_subject("בתום הישיבה אמר דוד לביא:", "")),
        ("דוד לביא", True, hebrew_subject("דוד לביא כתב בחשבונו:", "")),
        ("שר האוצר", False, hebrew_subject("", ", אמר שר האוצר.")),
        ("", True, hebrew_subject("הוא הוסיף ואמר:", "")),
        ("דוד לביא", True, hebrew_subject("נשיא צרפת, דוד לביא, כתב בטוויטר:", "")),
        ("לביא", True, hebrew_subject("לביא, בן 24, אמר שהוא הרגיש", "")),
        ("דוד לביא", True, hebrew_subject("", ", אמר אחרי המשחק מאמן הקבוצה דוד לביא.")),
        ("דנה כרמי", True, hebrew_subject("לדברי פרופ' דנה כרמי מאוניברסיטת תל אביב,", "")),
        ("陈大卫", True, chinese_subject("他的律师陈大卫说：", "")),
        ("李海明", True, chinese_subject("24岁的李海明说，他感到", "")),
        ("李海明", True, chinese_subject("据市长李海明介绍，", "")),
        ("マーク・ノバク", True, japanese_subject("", "と試合後にマーク・ノバク監督は語った。")),
        ("佐藤花子", True, japanese_subject("東京大学の佐藤花子教授によると、", "という。")),
        ("田中一郎", True, japanese_subject("", "。田中一郎氏はこう話した。")),
        ("警察の担当者", False, japanese_subject("警察の担当者は", "と述べた。")),
        ("폴 뒤랑", True, korean_subject("폴 뒤랑 프랑스 대통령은", "라고 썼다.")),
        ("김영희", True, korean_subject("김영희 서울대 교수는", "라고 말했다.")),
        ("경찰 관계자", False, korean_subject("경찰 관계자는", "고 전했다.")),
        ("李海明", True, chinese_subject("市長李海明週一表示：", "")),
        ("李海明", True, chinese_subject("週一李海明表示：", "")),
        ("李海明", True, chinese_subject("李海明3日在北京，就此事表示：", "")),
        ("世界卫生组织", False, chinese_subject("", "，世界卫生组织说。")),
        ("唐纳德·格林", True, chinese_subject("但美国总统唐纳德·格林接受采访时指出：", "")),
        ("田中一郎", True, japanese_subject("", "と田中一郎氏は語った。")),
        ("田中", True, japanese_subject("田中首相は次のように述べた：", "")),
        ("", True, japanese_subject("同氏は", "と述べた。")),
        ("도널드 그린", True, korean_subject("도널드 그린 대통령은", "이라고 비판했다.")),
        ("โฆษกกระทรวงการคลัง", False, thai_subject("โฆษกกระทรวงการคลังระบุว่า", "")),
    ],
)
def test_forms_of_the_subject(subject: str, is_name: bool, found: object) -> None:
    assert (getattr(found, "text", None), getattr(found, "is_name", None)) == (subject, is_name)


@pytest.mark.parametrize("reader", [hebrew_subject, chinese_subject, japanese_subject, korean_subject, thai_subject])
def test_where_no_verb_of_saying_stands_nobody_speaks(reader: object) -> None:
    assert callable(reader)
    assert reader("", "") is None
    assert reader("12", ", 34.") is None


def test_she_is_whom_the_sentence_before_is_about() -> None:
    assert speakers("佐藤花子さんは遅れて来た。\n「遅れてすみません、本当に」と彼女は言った。\n") == ["佐藤花子"]
    assert speakers("김영희 씨는 늦게 왔다.\n“정말 늦어서 죄송합니다”라고 그녀는 말했다.\n") == ["김영희"]


def test_two_holders_of_an_office_are_neither_of_them() -> None:
    text = "市长李海明说：“不行不行。”\n\n市长王秀英说：“可以可以。”\n\n市长说：“再说再说。”\n"
    assert speakers(text) == ["李海明", "王秀英", "市长"]


def test_what_a_colon_introduces_may_stand_in_a_line_of_its_own() -> None:
    text = "市长李海明在记者会上说：{}“我们从来没有同意出售这艘渡轮。”\n\n街上很安静。\n\n“不行不行，这样不行。”\n"
    assert [speakers(text.format(gap)) for gap in ("", "\n", "\n\n")] == [["李海明"]] * 3


def test_scripts_are_told_by_most_of_the_letters() -> None:
    texts = [HEBREW, CHINESE, JAPANESE, KOREAN, THAI, "The ferry 渡轮 was sold.", ""]
    assert [caseless_script(text) for text in texts] == ["he", "zh", "ja", "ko", "th", None, None]


@given(
    st.sampled_from([HEBREW, CHINESE, JAPANESE, KOREAN, THAI]),
    st.text(alphabet='אמרהשר "״“”「」說说他市长はがと述べ은는고 말했다กล่าวว่า。：,，.\nabc', max_size=200),
)
def test_any_text_is_taken(lead: str, text: str) -> None:
    whole = lead[:60] + text
    for one in attribute(Document(id="t", text=whole)):
        assert 0 <= one.start <= one.end <= len(whole)


@pytest.mark.parametrize(
    "text", ["（李安说）“我们不会改变计划。”会议于周一结束。", "“我们不会改变计划。”（李安说）会议于周一结束。"]
)
def test_a_chinese_source_may_stand_in_brackets(text: str) -> None:
    assert [found.speaker for found in attribute(Document(id="t", text=text, language="zh"))] == ["李安"]


def test_an_age_in_brackets_parts_no_name_from_its_verb() -> None:
    assert speakers("港に住む鈴木恵子さん（58）は「何も見ていないのでわかりません」と話した。") == ["鈴木恵子"]


def test_the_mayor_is_no_verb() -> None:
    assert speakers('"לא הייתה לנו שום ברירה אחרת", אמרה ראש העיר רונית לביא ביום שלישי.') == ["רונית לביא"]
    assert speakers('המאמן אלון לביא היה מאוכזב. "לא שיחקנו טוב היום", אמר אחרי המשחק.') == ["אלון לביא"]
