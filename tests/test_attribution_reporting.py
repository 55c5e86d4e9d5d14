"""Who speaks by the clauses of languages with a grammar: what they have in common, and what must not go wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.attribution.attribute import attribute
from indexer.attribution.reporting.basic_forms import BasicForms, before_suffix, ends_name
from indexer.attribution.reporting.clause_subject import SubjectKind
from indexer.attribution.reporting.clause_words import clause_words
from indexer.attribution.reporting.grammar import ReportingGrammar, reporting_grammar
from indexer.attribution.reporting.named_sources import SourceReader
from indexer.attribution.reporting.noun_phrase import PhraseReader
from indexer.attribution.reporting.reported_speakers import reported_speakers
from indexer.attribution.reporting.reporting_clause import SubjectReader
from indexer.attribution.reporting.sentence_topic import TopicReader
from indexer.attribution.reporting.text_names import TextNames
from indexer.attribution.reporting.verb_subject import VerbSubjects
from indexer.language_files import language_codes, language_table
from indexer.quotations.outline import build_outline
from indexer.quotations.quotation_marks import find_quotations
from search.model import Document
from search.names.given_names import Gender

ARTICLES = Path(__file__).parent / "languages"  # read in test_golden.py
LANGUAGES = [code for code in language_codes() if language_table(code, "reporting")]


def speakers(text: str, language: str) -> list[str | None]:
    return [found.speaker for found in attribute(Document(id="t", text=text, language=language))]


def test_every_language_with_a_grammar_has_an_invented_article() -> None:
    assert {code for code in LANGUAGES if not (ARTICLES / f"{code}.txt").exists()} == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Ana Ruiz llegó tarde.\n“La sala ya estaba cerrada”, contó a la prensa."),
        ("es", "“La sala”, dijo Ana Ruiz, “ya estaba cerrada cuando llegamos”."),
        ("es", "La ministra, Ana Ruiz, se enfadó y añadió: “La sala ya estaba cerrada”."),
        ("es", "Ana Ruiz, directora del museo desde 2011, escribió: “La sala ya estaba cerrada”."),
        ("pt", "O diretor Rui Alves chegou.\nAna Ruiz saiu.\n“A sala já estava fechada”, contou ela."),
        ("it", "Ana Ruiz, che dirige il museo, ha scritto: “La sala era già chiusa”."),
        ("fr", "Ana Ruiz est arrivée.\n« La salle était déjà fermée », a-t-elle raconté."),
        ("fr", "« La salle était déjà fermée », a expliqué hier la directrice, Ana Ruiz."),
        ("de", "Ana Ruiz kam zu spät. „Der Saal war schon geschlossen“, erklärte sie."),
        ("de", "Im Museum sagte Direktorin Ana Ruiz: „Der Saal war schon geschlossen.“"),
        ("de", "Ana Ruiz hat den Bau „einen Gewinn für die ganze Stadt“ genannt."),
        ("de", "„Der Saal war schon geschlossen“, so Ana Ruiz."),
        ("es", "“La sala ya estaba cerrada”, bromeó Ana Ruiz, e insistió en que “nadie avisó a tiempo”."),
        ("fr", "Ana Ruiz est arrivée. « La salle était fermée », a-t-elle cinglé devant la presse."),
        ("it", "“La sala – ha spiegato ieri la direttrice Ana Ruiz – era già chiusa da un’ora”."),
    ],
)
def test_the_clause_names_the_speaker_or_goes_on_with_him(language: str, text: str) -> None:
    assert set(speakers(text, language)) == {"Ana Ruiz"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "“La sala es de todos”, dijeron Ana Ruiz y Luis Vega."),
        ("de", "„Der Saal gehört allen“, sagten Ana Ruiz und Luis Vega."),
        ("fr", "Ana Ruiz et Luis Vega ont déclaré : « La salle est à tous. »"),
    ],
)
def test_two_who_speak_together_are_both_named(language: str, text: str) -> None:
    assert speakers(text, language) == ["Ana Ruiz and Luis Vega"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Ana Ruiz widersprach. Die Lage sei „ernster als im vorigen Jahr“."),
        ("de", "Laut einer Mitteilung des Verbandes ist die Lage „ernster als im vorigen Jahr“."),
        ("de", "Am 3. Juni, einem Montag, nannte Ana Ruiz die Lage „ernster als im vorigen Jahr“."),
        ("fr", "Ana Ruiz est arrivée. « La salle était fermée, a-t-elle raconté à la presse. Personne n’y était. »"),
    ],
)
def test_a_report_goes_on_in_its_mood_and_a_document_is_its_authors(language: str, text: str) -> None:
    assert set(speakers(text, language)) <= {"Ana Ruiz", "Verband"}
    assert None not in speakers(text, language)


def test_a_body_a_noun_and_an_adverb_are_no_people() -> None:
    text = "El martes, el Consejo Federal anunció el cierre. Ana Ruiz protestó.\n“La sala es de todos”, afirmó.\n"
    assert speakers(text, "es") == ["Ana Ruiz"]
    assert speakers("Ähnlich äußerte sich die Leiterin Ana Ruiz: „Der Saal gehört allen.“", "de") == ["Ana Ruiz"]


def test_a_quotation_that_no_clause_reports_is_left_to_the_ranker() -> None:
    text = "Ana Ruiz dirige el museo “más pequeño del país entero” desde 2011."
    grammar = _grammar("es")
    words = clause_words(build_outline(text, find_quotations(text)), grammar)
    assert reported_speakers(words, TextNames(words, grammar), grammar) == {}


def test_english_has_no_grammar_and_is_left_to_the_ranker() -> None:
    assert reporting_grammar("en") is None
    assert reporting_grammar(None) is None
    assert reporting_grammar("xx") is None


def test_names_are_brought_to_their_basic_form() -> None:
    forms = BasicForms({"Beneš", "Beneše", "Filipa", "Valmory", "Sandra"}, _grammar("cs"))
    assert forms.of_name(("Filipa", "Beneše")) == ("Filip", "Beneš")
    assert forms.of_name(("Filipa", "Kruka")) == ("Filip", "Kruk")  # no form is printed: it follows the first name
    assert forms.of_name(("Sandra", "Kruka")) == ("Sandra", "Kruka")
    assert "Beneše" in forms
    assert "Valmory" not in forms
    assert BasicForms({"Beldin'e"}, _grammar("tr")).of_word("Beldin'e") == "Beldin"
    assert [before_suffix("O'Neill"), before_suffix("Karas’ın")] == ["O'Neill", "Karas"]
    assert ends_name("Karas'ın", "Beldin")
    assert not ends_name("Ana", "Karas")


def test_a_source_is_named_in_its_case() -> None:
    text = "Podle radního Filipa Beneše „nikdo žádný plán neviděl“."
    assert speakers(text, "cs") == ["Filip Beneš"]
    words = clause_words(build_outline(text, find_quotations(text)), _grammar("cs"))
    phrases = PhraseReader(words, TextNames(words, _grammar("cs")), _grammar("cs"))
    source = SourceReader(words, phrases, _grammar("cs")).before(0, 4)
    assert source is not None
    assert (source.first, source.last, source.cue) == (1, 4, 0)


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("ru", "«Сроки мы выдержим и мост откроем», – сообщили в МИД.", "МИД"),
        ("ru", "«Сроки мы выдержим и мост откроем», – с поклоном сказал швейцар.", "швейцар"),
        ("ru", "«Сроки мы выдержим и мост откроем», – говорится в заявлении.", "заявлении"),
        ("ru", "«Сроки мы выдержим», – сказал после игры тренер «Севера» Марк Новиков.", "Марк Новиков"),
        ("ru", "«Сроки мы выдержим», – заявила Новостям глава профсоюза Анна Зеленина.", "Анна Зеленина"),
        ("ru", "Как подчеркнула профессор МГУ Анна Зеленина, «это только начало пути».", "Анна Зеленина"),
        ("cs", "Zdá se to. Podle mluvčího Filipa Beneše „nikdo žádný plán neviděl“.", "Filip Beneš"),
        ("sk", "Podľa vyhláseného kráľa Filipa Beneša „nikto plán nevidel vôbec“.", "Filip Beneš"),
        ("pl", "Zdaniem Filipa Nowaka, dyrektora szpitala, „sytuacja jest bardzo trudna”.", "Filip Nowak"),
        ("ru", "«Никогда не было таких планов», – заявил глава Белого дома.", "глава Белого дома"),
        ("ru", "«Судить им это не мешает», – говорит одна из гимнасток.", "одна из гимнасток"),
        ("ru", "По словам лидера «левых» Марка Косова, «мэрия ничего не сделала».", "Марк Косов"),
        ("pl", "„Oszukano nas wszystkich” – skarżuje się Ewa Lis, właścicielka sklepu.", "Ewa Lis"),
        ("cs", "„Podvedli nás všechny,“ hořekuje si Eva Lišková.", "Eva Lišková"),
        ("tr", 'Ulaştırma Bakanı Ali Karas geldi.\nBakan, "köprü yakında açılacak" dedi.', "Ali Karas"),
        ("hr", "„Rokove ćemo sigurno održati”, rekla je načelnica Valmore Ines Karasić.", "Ines Karasić"),
        ("pl", "Minister Anna Krukowa wyszła.\n„Mostu nie będzie” — powiedziała minister.", "Anna Krukowa"),
        ("tr", 'Demokratların eski başkanı Ali Karas, "köprü açılacak, söz veriyorum" dedi.', "Ali Karas"),
        ("tr", 'İzmir ve Ankara\'dan dönen Ali Karas, "köprü açılacak, söz veriyorum" dedi.', "Ali Karas"),
    ],
)
def test_what_languages_with_cases_say_otherwise(language: str, text: str, wanted: str) -> None:
    found = [one.speaker for one in attribute(Document(id="t", text=text, language=language)) if not one.scare]
    assert found[0] == wanted


def test_a_paper_of_another_script_is_no_expert() -> None:
    text = 'Мост закрыт. Об этом сообщает Die Brücke. "Мост стоит уже сорок лет", - считает эксперт.'
    assert speakers(text, "ru") == ["эксперт"]


def test_a_pronoun_for_nobody_named_is_no_name() -> None:
    assert speakers('То он заявляет почти буквально: "Мост стоит уже сорок лет подряд".', "ru") == [None]


def test_whom_a_sentence_is_about_is_the_expert_before_another_without_a_name() -> None:
    text = (
        'Мост закрыт. "Мост стоит уже сорок лет", - считает эксперт.\n\nЗакрыт и порт. Как считает Пётр Орлов, порт нужен всем. '
        '"Он нужен всем в этом городе", - подчеркнул эксперт.'
    )
    assert speakers(text, "ru") == ["эксперт", "Пётр Орлов"]


def test_a_clause_without_a_name_makes_speech_of_short_words() -> None:
    (found,) = attribute(Document(id="t", text="«Мой волшебный Петербург», – писал он.", language="ru"))
    assert (found.speaker, found.scare) == (None, False)


def test_elision_and_inversion_are_words_of_their_own() -> None:
    text = "« Oui », a-t-il dit à l’animatrice d’Ottawa."
    words = clause_words(build_outline(text, find_quotations(text)), _grammar("fr"))
    assert words.words[1:] == [",", "a", "il", "dit", "à", "l", "animatrice", "d", "Ottawa", "."]
    assert [text[a:b] for a, b in zip(words.starts, words.ends, strict=True)][2:4] == ["a", "il"]


def test_a_noun_phrase_ends_where_its_complements_do() -> None:
    text = "El presidente de la Unión Europea dijo"
    words = clause_words(build_outline(text, ()), _grammar("es"))
    phrase = PhraseReader(words, TextNames(words, _grammar("es")), _grammar("es")).phrase(0, len(words))
    assert phrase is not None
    assert (phrase.kind, phrase.head, phrase.last) == (SubjectKind.PHRASE, "presidente", 6)
    assert phrase.gender == Gender.MALE


@pytest.mark.parametrize(
    ("language", "text", "head"),
    [
        ("fr", "En conseil municipal, la maire protesta.", "maire"),
        ("de", "Den Vorwurf erhebt der Minister nicht.", "minister"),
        ("de", "Die Pläne, die seit Jahren liegen, habe er verworfen.", ""),
        ("es", "Hay calles llamadas así.", None),
    ],
)
def test_a_sentence_is_about_its_first_free_noun_phrase(language: str, text: str, head: str | None) -> None:
    words = clause_words(build_outline(text, ()), _grammar(language))
    phrases = PhraseReader(words, TextNames(words, _grammar(language)), _grammar(language))
    subject = TopicReader(words, phrases, _grammar(language)).topic(0, len(words))
    assert (subject.head if subject is not None else None) == head


def test_a_verb_without_a_subject_has_a_dropped_one() -> None:
    text = "Dijo que “nadie lo sabía”."
    words = clause_words(build_outline(text, find_quotations(text)), _grammar("es"))
    reader = SubjectReader(words, TextNames(words, _grammar("es")), _grammar("es"))
    subject = reader.before(2)
    assert subject is not None
    assert (subject.kind, subject.cue) == (SubjectKind.DROPPED, 0)


WORDS = st.sampled_from(
    "dijo que el la Ana Ruiz, “nadie lo sabe” y «no» . : ( ) , según de del sagte der die das, hat hinzu a-t-il l’État s’ - Filipa Beneše řekl сказала в МИД сообщили Karas'ın dedi göre – \n".split(
        " "
    )
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=60), st.sampled_from(LANGUAGES))
def test_any_words_are_read_without_an_error(words: list[str], language: str) -> None:
    text = " ".join(words)
    for found in attribute(Document(id="t", text=text, language=language)):
        assert found.speaker is None or found.speaker.strip()
        assert found.source is None or 0 <= found.source.start <= found.source.end <= len(text)


def _grammar(code: str) -> ReportingGrammar:
    grammar = reporting_grammar(code)
    assert grammar is not None
    return grammar


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Die Frage nach den Kosten stellte Ana Ruiz: „Wer soll das alles bezahlen?“"),
        ("de", "„Das kann niemand bezahlen“, zitiert der Sender Ana Ruiz."),
        (
            "de",
            "Der Leiter, Luis Vega („Das war lange fällig“), und die Sprecherin Ana Ruiz: „Wir freuen uns sehr darüber.“",
        ),
        ("de", "Ana Ruiz, Leiterin des Hauses, sagte dazu: „Wir haben lange gewartet“, betont sie."),
        ("de", "Nach Ansicht von Ana Ruiz ist alles gut. „Wir haben lange genug gewartet.“"),
    ],
)
def test_an_object_that_leads_a_medium_and_a_bracket_do_not_take_the_words(language: str, text: str) -> None:
    assert speakers(text, language)[-1] == "Ana Ruiz"


def test_a_passive_verb_has_its_agent_and_an_active_one_what_stands_before_it() -> None:
    text = "Der Plan wurde von Ana Ruiz verteidigt. Ana Ruiz verteidigte den Plan."
    words = clause_words(build_outline(text, ()), _grammar("de"))
    names = TextNames(words, _grammar("de"))
    verbs = VerbSubjects(words, names, PhraseReader(words, names, _grammar("de")), _grammar("de"))
    for verb, sentence in ((6, (0, 7)), (10, (8, 13))):
        subject = verbs.of_verb(sentence[0], verb, sentence[1])
        assert subject is not None
        assert subject.name == ("Ana", "Ruiz")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "« Le pont ne tiendra pas », prévient quant à lui l’ingénieur Marc Leduc."),
        ("es", "“El puente no aguantará”, advierte por su parte el ingeniero Marc Leduc."),
        ("it", "“Il ponte non reggerà”, avverte dal canto suo l’ingegnere Marc Leduc."),
        ("pt", "“A ponte não vai aguentar”, alerta por sua vez o engenheiro Marc Leduc."),
        ("de", "„Die Brücke hält das nicht aus“, schimpft Marc Leduc, der seit Jahren hier wohnt."),
    ],
)
def test_what_stands_between_a_verb_and_its_subject_and_a_verb_of_no_list_hide_no_name(
    language: str, text: str
) -> None:
    assert speakers(text, language) == ["Marc Leduc"]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("el", "«Το λιμάνι κλείνει σε λίγο», δήλωσε την Τρίτη η δήμαρχος Ελένη Ράπτη.", "Ελένη Ράπτη"),
        ("el", "Σύμφωνα με τον δημοτικό σύμβουλο Πέτρο Ράπτη, «το λιμάνι κλείνει σε λίγο».", "Πέτρος Ράπτης"),
        ("el", "Ο Πέτρος Ράπτης ήρθε. «Το λιμάνι κλείνει σε λίγο», τόνισε ο ίδιος.", "Πέτρος Ράπτης"),
        ("el", "Όπως είπε ο κ. Ράπτης, «το λιμάνι κλείνει σε λίγο».", "Ράπτης"),
        ("fr", "Paul Girard est arrivé. « Le port fermera en mars », a précisé ce dernier.", "Paul Girard"),
        ("fi", "Ministeri Kaisa Rannisen mukaan ”satama suljetaan aivan pian”.", "Kaisa Ranninen"),
        ("fi", "”Satama suljetaan aivan pian”, kirjoittaa Olli Ranta Twitterissä.", "Olli Ranta"),
        ("fi", "Olli Ranta tuli. ”Satama suljetaan aivan pian”, hän sanoi kokouksen jälkeen.", "Olli Ranta"),
        ("hu", "Révész Anna képviselő szerint „a kikötő hamarosan bezár”.", "Révész Anna"),
        ("hu", "Az edző, Révész Lajos eljött. „A kikötő hamarosan bezár” – mondta a mérkőzés után.", "Révész Lajos"),
        ("hu", "Révész Anna eljött. „A kikötő hamarosan bezár” – mondta a lakóknak.", "Révész Anna"),
        ("bg", "„Пристанището затваря скоро“, каза във вторник кметът Петър Ранев.", "Петър Ранев"),
        ("id", '"Pelabuhan segera ditutup," tulis anggota DPR Andi Rahman di Twitter.', "Andi Rahman"),
        ("id", 'Pelatih Andi Rahman kecewa. "Pelabuhan segera ditutup," katanya usai rapat.', "Andi Rahman"),
        ("de", "„Der Hafen schließt schon bald“, Ana Ruiz zufolge.", "Ana Ruiz"),
        ("cs", "„Přístav se brzy zavře,“ říká ing. P. Vrba, ředitel podniku.", "Vrba"),
        ("pl", "Ewa Lis przyszła. „Port zamknie się już wkrótce” – mówi prof. Ewa Lis.", "Ewa Lis"),
        ("es", "La ministra Ana Ruiz habló. “El puerto cierra”, dijo tras la cumbre.", "Ana Ruiz"),
    ],
)
def test_who_speaks_where_words_stand_otherwise(language: str, text: str, wanted: str) -> None:
    assert speakers(text, language)[-1] == wanted


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("cs", "Evropská komise uvedla, že plán je „zcela nereálný a drahý“.", "Evropská komise"),
        ("cs", "„To je nesmysl, nic takového,“ vzkázal Bílý dům.", "Bílý dům"),
        ("cs", "„To je nesmysl,“ řekl mluvčí Evropské komise Petr Vrba.", "Petr Vrba"),
        ("ru", "«Это неправда и ничего больше», — заявил Белый дом.", "Белый дом"),
        ("uk", "«Це неправда і нічого більше», – заявив Білий дім.", "Білий дім"),
        ("fi", "”Tämä ei pidä paikkaansa lainkaan”, sanoi Valkoinen talo.", "Valkoinen talo"),
        ("bg", "Европейската комисия заяви, че планът е „напълно нереален и скъп“.", "Европейската комисия"),
    ],
)
def test_a_small_noun_behind_a_capital_is_of_a_bodys_name(language: str, text: str, wanted: str) -> None:
    assert speakers(text, language) == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Le rappeur Paul Girard est arrivé. « La salle est fermée », a dit Girard. Il chantait avec Ana Ruiz, l’amie du rappeur "
            "Luc Morel. Ana Ruiz est partie. Il a plu. La salle était vide. « Je reviendrai en mars », a dit le rappeur.",
            "Paul Girard",
        ),
        ("Paul Girard a vu le ministre Luc Morel. « Je reviendrai en mars », a dit le ministre.", "Luc Morel"),
    ],
)
def test_who_was_named_once_in_passing_is_not_the_one_who_is_called_so_later(text: str, wanted: str) -> None:
    assert speakers(text, "fr")[-1] == wanted


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("el", "Η πρωθυπουργός της Βαλμόρας Έλεν Ραπτ ήρθε. «Το λιμάνι κλείνει σε λίγο», είπε.", "Έλεν Ραπτ"),
        ("el", "«Το λιμάνι κλείνει σε λίγο», έγραψε στο Twitter η ηγέτιδα των Πρασίνων Έλεν Ραπτ.", "Έλεν Ραπτ"),
        ("tr", 'Yeşil Liman Partisi lideri Ali Karas, "Liman yakında kapanacak" dedi.', "Ali Karas"),
        ("uk", "«Порт скоро зачиниться», – сказала прем'єр-міністерка Олена Раненко.", "Олена Раненко"),
        ("ro", "„Portul se închide curând”, a scris lidera verzilor Ana Rusu.", "Ana Rusu"),
        ("fi", "Ann Roe tuli. Olli Ranta lähti. Ann Roe huomautti asiasta. Hänen mukaansa satama ”suljetaan aivan pian”.", "Ann Roe"),
    ],
)  # fmt: skip
def test_what_stands_between_an_office_and_its_name_is_no_part_of_it(language: str, text: str, wanted: str) -> None:
    assert speakers(text, language)[-1] == wanted
