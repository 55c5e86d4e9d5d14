"""Who speaks where no capital shows a name: invented news in the style of Persian and Arabic agencies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.attribution.attribute import attribute
from indexer.attribution.caseless import arabic
from indexer.attribution.caseless.arabic import arabic_subject
from indexer.attribution.caseless.attribute_caseless import caseless_script
from indexer.attribution.caseless.full_names import FullNames
from indexer.attribution.caseless.persian import persian_subject
from indexer.attribution.caseless.words import clause_tokens, fold_letters
from search.model import Document

PERSIAN = """بهرام کوشیار سخنگوی شهرداری بندر مهران روز شنبه در گفت‌وگو با خبرنگاران از فروش کشتی قدیمی بندر انتقاد کرد.

کوشیار در این باره گفت: «ما هرگز با فروش این کشتی موافق نبودیم و به آن رأی ندادیم.»

وی افزود: «هیچ‌کس پیش از امضای قرارداد از ما چیزی نپرسید و نامه‌های ما بی‌پاسخ ماند.»

سخنگوی شهرداری تصریح کرد: «تا پایان سال همه اسناد را برای مردم منتشر خواهیم کرد.»

«نسرین دادفر»، کارشناس حمل و نقل دریایی، هشدار داد: «این بندر بدون کشتی زمستان سختی خواهد داشت.»

به گفته دادفر، «هزینه ساخت یک کشتی تازه سه برابر شده است.»
"""
ARABIC = """قال المتحدث باسم وزارة النقل السعيدية كريم البستاني: «لم نوافق على بيع العبّارة ولم يسألنا أحد عن ذلك».

وأضاف: «سننشر جميع الوثائق قبل نهاية العام حتى يراها الناس».

وأكد البستاني أن «الميناء لن يبقى بلا عبّارة في الشتاء المقبل».

وقالت مصادر في البلدية إن «كلفة العبّارة الجديدة تضاعفت ثلاث مرات».

من جانبها، أوضحت الدكتورة هالة النجار الخبيرة البحرية أن العقد لم يوقع بعد، وقالت: «هذا البيع خطأ سندفع ثمنه جميعا».
"""


def speakers(text: str) -> list[str | None]:
    return [one.speaker for one in attribute(Document(id="t", text=text)) if one.kind != "indirect" and not one.scare]


def test_a_persian_subject_opens_its_sentence_and_goes_on_as_he() -> None:
    holder = "بهرام کوشیار"
    assert speakers(PERSIAN) == [holder, holder, holder, "نسرین دادفر", "نسرین دادفر"]


def test_an_arabic_subject_follows_its_verb_and_goes_on_without_a_word() -> None:
    holder = "كريم البستاني"
    assert speakers(ARABIC) == [holder, holder, holder, "مصادر في البلدية", "هالة النجار"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("ناهید پارسا نوشت: «ما فردا به بندر برمی‌گردیم و کار می‌کنیم.»", "ناهید پارسا"),
        ("این روزنامه به نقل از یک دیپلمات غربی نوشت: «هیچ توافقی در کار نیست و نخواهد بود.»", "دیپلمات غربی"),
        ("بنا بر این گزارش، ناهید پارسا تأکید کرد: «ما فردا به بندر برمی‌گردیم.»", "ناهید پارسا"),
        ("وقال سامي الحداد لصحيفة الميناء «لن نبيع العبّارة مهما كان الثمن»", "سامي الحداد"),
        ("وتابع سامي الحداد قائلا: «لن نبيع العبّارة مهما كان الثمن»", "سامي الحداد"),
        ("وقال مصدر عسكري: «لن نبيع العبّارة مهما كان الثمن»", "مصدر عسكري"),
        ("وقالت الوكالة نقلا عن بيان لهيئة النقل إن الهيئة «لن تبيع العبّارة مهما كان الثمن»", "هيئة النقل"),
        ("وذكرت الصحيفة نقلا عن مصدر عسكري أن «العبّارة لن تباع مهما كان الثمن»", "مصدر عسكري"),
        (
            "وكان في القرن الماضي يقف هنا، قال عنه سامي الحداد (ت 1950) في كتاب: «لن تباع العبّارة مهما كان الثمن»",
            "سامي الحداد",
        ),
        ("وبيّن سامي الحداد أن العبّارة قديمة. وأضاف: «لن نبيع العبّارة مهما كان الثمن»", "سامي الحداد"),
        ("قال سامي الحداد إن العقد بين البلدية والشركة قديم: «لن نبيع العبّارة مهما كان الثمن»", "سامي الحداد"),
        (
            "أكد عضو لجنة النقل على تنفيذ العقد الجديد، سامي الحداد، بيع العبّارة، وقال: «لن نبيع غيرها مهما كان»",
            "سامي الحداد",
        ),
        (
            "به گزارش خبرگزاری بندر از مهران، یک مقام شهرداری که نامش فاش نشد گفت: «کشتی را نمی‌فروشیم و برمی‌گردیم.»",
            "مقام شهرداری",
        ),
    ],
)
def test_forms_of_the_clause(text: str, speaker: str) -> None:
    assert speakers(text)[0] == speaker


def test_who_is_named_by_nothing_has_no_speaker() -> None:
    assert speakers("باران تمام روز بارید.\n\n«ما هرگز با فروش این کشتی موافق نبودیم.»\n\nباد می‌وزید.") in ([None], [])


def test_other_scripts_are_left_alone() -> None:
    assert not caseless_script("The ferry was sold.")
    assert not caseless_script("")
    assert not caseless_script("١٢٣ ٤٥٦، ٧٨٩؟")  # digits and marks of the Arabic script, and no letter at all
    assert caseless_script(PERSIAN)


@given(st.text(alphabet='قال وأضاف گفت: «»"“”وی به نقل از است که\n.،abc', max_size=300))
def test_any_text_is_taken(text: str) -> None:
    attribute(Document(id="t", text=f"این متن فارسی است و برای آزمون نوشته شد که. {text}"))


def test_a_clause_without_a_verb_of_saying_has_no_subject() -> None:
    assert persian_subject("باران تمام روز بارید") is None
    assert arabic_subject(FullNames(""), "هطل المطر طوال النهار") is None


def test_an_office_before_a_name_and_one_behind_it_are_left_off() -> None:
    clause = "وقال رئيس لجنة الموانئ البحرية سامي الحداد"
    subject = arabic_subject(FullNames(clause), clause)
    assert subject is not None
    assert subject.text == "سامي الحداد"
    behind = persian_subject("ناهید پارسا رئیس شورای بندر گفت")
    assert behind is not None
    assert behind.text == "ناهید پارسا"


def test_a_surname_is_the_full_name_that_the_text_prints() -> None:
    names = FullNames("وصل سامي الحداد أمس. الحداد لم يتكلم.")
    assert names.fullest("الحداد") == "سامي الحداد"
    assert FullNames("").fullest("الحداد") == "الحداد"


def test_two_spellings_of_a_letter_are_one() -> None:
    assert fold_letters("علي") == fold_letters("علی")
    assert fold_letters("می‌گوید") == fold_letters("میگوید")


def test_of_verbs_without_a_subject_a_few_are_looked_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty times "said" before a quotation were read forty times: half a minute for 100 kB of it."""
    read: list[str] = []

    def counted(clause: str) -> list[str]:
        read.append(clause)
        return clause_tokens(clause)

    monkeypatch.setattr(arabic, "clause_tokens", counted)
    clause = "قال " * 40
    assert arabic.arabic_subject(FullNames(clause), clause) is not None
    assert len(read) <= 6


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("سخنگوی وزارت نیرو، محمد کریمی، گفت: «سدهای کشور پر از آب است.»", "محمد کریمی"),
        ("سخنگوی وزارت نیرو محمد کریمی گفت: «سدهای کشور پر از آب است.»", "محمد کریمی"),
        ("«سدهای کشور پر از آب است و مشکلی نداریم.» این را محمد کریمی وزیر نیرو گفت.", "محمد کریمی"),
        ("در بیانیه وزارت نیرو آمده است: «سدهای کشور پر از آب است.»", "وزارت نیرو"),
        ("پلیس بندر در اطلاعیه‌ای گفت متهم «در برابر ماموران مقاومت کرده است».", "پلیس بندر"),
        ("محمد کریمی با بیان اینکه «سدهای کشور پر از آب است و مشکلی نداریم» رفت.", "محمد کریمی"),
        ("صبح امروز، محمد کریمی گفت: «سدهای کشور پر از آب است.»", "محمد کریمی"),
        ("وقالت رئيسة البلدية ليلى الحداد: «لن نبيع العبّارة مهما كان الثمن»", "ليلى الحداد"),
        ("وبحسب الوزير سامي الحداد فإن الخطة «لن تنجح مهما كان الثمن»", "سامي الحداد"),
        ("وجاء في بيان الشرطة: «المشتبه به قاوم الاعتقال في الميناء»", "الشرطة"),
        ("«لن نبيع العبّارة مهما كان الثمن»، تقول ليلى الحداد، من سكان الحي.", "ليلى الحداد"),
        ("روزنامه بندر نوشت: «سدهای کشور پر از آب است.»", "روزنامه بندر"),
        ("علی رضایی انتقاد کرد و محمد کریمی در پاسخ گفت: «سدهای کشور پر از آب است.»", "محمد کریمی"),
        ("علی رضایی انتقاد کرد و گفت: «سدهای کشور پر از آب است.»", "علی رضایی"),
        ("به گفته سارا احمدی، محمد کریمی وزیر نیرو تأکید کرد: «سدهای کشور پر از آب است.»", "محمد کریمی"),
        ("به گفته محمد کریمی، «سدهای کشور پر از آب است و مشکلی نداریم.»", "محمد کریمی"),
        ("محمد کریمی: «سدهای کشور پر از آب است و مشکلی نداریم.»", "محمد کریمی"),
    ],
)
def test_a_persian_speaker_is_named_behind_an_office_another_speaker_or_the_words(text: str, speaker: str) -> None:
    assert [found.speaker for found in attribute(Document(id="t", text=text, language="fa"))] == [speaker]


def test_this_statement_is_of_whom_it_was_told() -> None:
    text = (
        "وزارت نیرو در بیانیه‌ای اعلام کرد: «سدها پر از آب است.» در این بیانیه آمده است: «مشکلی نداریم و نخواهیم داشت.»"
    )
    assert [found.speaker for found in attribute(Document(id="t", text=text))] == ["وزارت نیرو", "وزارت نیرو"]
