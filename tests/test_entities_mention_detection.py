"""Names, noun phrases and pronouns that may be sources, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.entities.mention_detection import find_mentions
from indexer.entities.mentions import Mention, MentionKind
from indexer.quotations.outline import build_outline
from indexer.quotations.quotation_marks import find_quotations


def mentions(text: str) -> list[Mention]:
    return find_mentions(build_outline(text, find_quotations(text)))


def names(text: str) -> list[tuple[str, str]]:
    return [(m.title, m.head) for m in mentions(text) if m.kind == MentionKind.NAME]


@pytest.mark.parametrize(
    ("text", "title", "head"),
    [
        ("Then Ann Lee left.", "", "Ann Lee"),
        ("Then Mr. Lee left.", "Mr.", "Lee"),
        ("Then Foreign Minister Ana Soto left.", "Foreign Minister", "Ana Soto"),
        ("Then foreign ministry spokesman Saeed Khan left.", "foreign ministry spokesman", "Saeed Khan"),
        ("Then Ludwig van Beethoven left.", "", "Ludwig van Beethoven"),
        ("Then Osama bin Laden left.", "", "Osama bin Laden"),
        ("Then Robert Cole Jr. left.", "", "Robert Cole Jr."),
        ("Then Robert “Bob” Cole left.", "", "Robert “Bob” Cole"),
        ("Then Señora Soto left.", "Señora", "Soto"),
        ("Then Frau Weber left.", "Frau", "Weber"),
        ("Then Ayatollah Karimi left.", "Ayatollah", "Karimi"),
        ("Then Northport Police Chief Ann Lee left.", "Northport Police Chief", "Ann Lee"),
        ("Then Kolvar Elections Administrator Quillon Lee left.", "", "Quillon Lee"),
        ("Then Northport Democrat Robert Cole left.", "Northport Democrat", "Robert Cole"),
        ("Then Johnson & Johnson left.", "", "Johnson & Johnson"),
        ("Then the Ministry of Foreign Affairs left.", "", "Ministry of Foreign Affairs"),
        ("Then the Club for Growth left.", "", "Club for Growth"),
        ("Then the Coalition to Stop Gun Violence left.", "", "Coalition to Stop Gun Violence"),
        ("Then the Ferry and Bridge Department left.", "", "Bridge Department"),
        ("Then the Fisheries and Wildlife Service left.", "", "Fisheries and Wildlife Service"),
        ("Then the Health and Human Services Department left.", "", "Health and Human Services Department"),
        ("Then Lee and Justice Department lawyers left.", "", "Lee"),
        ("Then the Centers for Disease Control and Prevention left.", "", "Centers for Disease Control and Prevention"),
        ("Then @annlee tweeted.", "", "@annlee"),
        ("Then O’Neill left.", "", "O’Neill"),
        ("Then Director of National Statistics Joseph Lind left.", "Director of National Statistics", "Joseph Lind"),
        ("Then his Chief of Staff John Lind left.", "Chief of Staff", "John Lind"),
        ("Then the ambassador to the European Union Gordon Lind left.", "", "Gordon Lind"),
        ("Then the special agent in Charge Richard Lind left.", "", "Richard Lind"),
        ("Then President Pro Tem Peter Lind left the old house in a hurry.", "President Pro Tem", "Peter Lind"),
        ("Then the head of the CIA David Lind left.", "", "David Lind"),
        ("Then the envoy to Russia Jon Lind left.", "", "Jon Lind"),
        ("Scientist Albert Lind left.", "Scientist", "Albert Lind"),
        ("—Anna Berg Peter Lind/Getty Images", "", "Anna Berg"),
        ("Anna Berg left. (Photo/Peter Lind)", "", "Anna Berg"),
        ("Anna Berg left. Photo by Peter Lind", "", "Anna Berg"),
        ("Then Anna Berg of the University of Ostrava and Kyle Lind left.", "", "Kyle Lind"),
        ("Then the University of St. Thomas left.", "", "University of St. Thomas"),
        ("Then the prime minister Theresa May left.", "prime minister", "Theresa May"),
        ("Then Mr. Will left.", "Mr.", "Will"),
        ("Then Alice Through the Looking Glass opened.", "", "Looking Glass"),
        ("Then Judge George Hazel Wednesday left.", "Judge", "George Hazel"),
        ("вчера Анна Ли ушла.", "", "Анна Ли"),
        ("Then the Harbour Director-in-waiting Ann Lee left.", "Harbour Director-in-waiting", "Ann Lee"),
        ("Then Elections Division Co-Director Ann Lee left.", "Elections Division Co-Director", "Ann Lee"),
        ("Then Blogger Trevor Lind left.", "Blogger", "Trevor Lind"),
        ("Then the former Miss Universe Ann Lee left.", "Miss Universe", "Ann Lee"),
        ("Then the General Manager of the George Lind Bridge Robert Cole left.", "", "Robert Cole"),
        ("Then the Superintendent of Public Instruction Tom Cole left.", "", "Tom Cole"),
        ("Then the Ambassador to Sri Lanka Quillon Lee left.", "", "Quillon Lee"),
        (
            "Then Acting Customs and Border Commissioner Mark Cole left.",
            "Acting Customs and Border Commissioner",
            "Mark Cole",
        ),
        ("Then Acting Harbours and Border Commissioner Mark Cole left.", "Border Commissioner", "Mark Cole"),
        ("Then Executive Editor Terry Cole left.", "Executive Editor", "Terry Cole"),
        ("Then the envoy for Syria Staffan de Cole left.", "", "Staffan de Cole"),
        ("Then the speaker of the House Tip Cole left.", "", "Tip Cole"),
        ("Then a lawyer at the Club for Growth left.", "", "Club for Growth"),
        ("Then Republican Roscoe G. Cole left.", "Republican", "Roscoe G. Cole"),
        ("Then the Republican Jewish Coalition left.", "", "Republican Jewish Coalition"),
        ("Then Second-ranking Harbour Democrat Mark Cole left.", "Harbour Democrat", "Mark Cole"),
        ("Then the Ostrava-based Harbour Council left.", "", "Harbour Council"),
        ("Then the Ostrava-based party left.", "", ""),
        ("Then the people of Human Rights Watch left.", "", "Human Rights Watch"),
        ("Then the Council on Foreign Relations left.", "", "Council on Foreign Relations"),
        ("Then the Center on Budget and Policy Priorities left.", "", "Center on Budget and Policy Priorities"),
        ("Then the Committee on Tuesday left.", "", "Committee"),
        ("Then the Department of the Environment left.", "", "Department of the Environment"),
        (
            "Then the chief of the Center for the Study of Harbours and Democracy left town.",
            "",
            "Center for the Study of Harbours and Democracy",
        ),
        ("Then a fund for the Harbour left.", "", "Harbour"),
        ("Then the Secretary of the Interior Ann Lee left.", "Secretary of the Interior", "Ann Lee"),
        ("Then the Office of the Director of Harbours left.", "", "Office of the Director of Harbours"),
        ("Then Citizens for Clean Harbours left.", "", "Citizens for Clean Harbours"),
        (
            "Then Students for Harbours of Ostrava President Ann Lee left.",
            "Students for Harbours of Ostrava President",
            "Ann Lee",
        ),
        ("Then a member of the party in Washington, D.C., left.", "", "Washington"),
        ("Then the Office of Legal Counsel left.", "", "Office of Legal Counsel"),
        ("Then the Office of Faith-based Harbours left.", "", "Office of Faith-based Harbours"),
        (
            "Then several angry members of the North Carolina State Board of Elections left town.",
            "",
            "North Carolina State Board of Elections",
        ),
        ("Then Republican Virginia Lee left.", "Republican", "Virginia Lee"),
        ("Then Sen. Dianne Lee D-Calif., left.", "Sen.", "Dianne Lee"),
        ("Then the China specialist Bill Bishop left.", "", "Bill Bishop"),
        ("Then the ministry spokesman Eyad al-Bozum left.", "ministry spokesman", "Eyad al-Bozum"),
        ("Then Ambassador to the United States Adel al-Lind left.", "", "Adel al-Lind"),
        ("Then the HARBOUR President and CEO Karen Lee left.", "CEO", "Karen Lee"),
        ("Then House Speaker Ann Lee for Congress left.", "", "Congress"),
        ("Then an Illinois Democrat Quillon Lee left.", "Illinois Democrat", "Quillon Lee"),
        ("Then the National Republican Harbour Cmte left.", "", "National Republican Harbour Cmte"),
        ("Then Indian-American Ricky Lee left.", "", "Ricky Lee"),
        ("Then Customs and Border Protection left.", "", "Customs and Border Protection"),
        ("Then a speech on the State of the Union vows it.", "", "Union"),
    ],
)
def test_a_name_is_told_from_its_title(text: str, title: str, head: str) -> None:
    assert (names(text) or [("", "")])[-1] == (title, head)


@pytest.mark.parametrize(
    "text",
    [
        "However, it rained.",
        "Yesterday the bridge was shut.",
        "the New York businessman left",
        "Monday was fine.",
        "Folded newspapers lay there.",
        "Close observers fear the worst.",
    ],
)
def test_a_capital_alone_is_no_name(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize("text", ["Power said no.", "Close, who won, met Ann Close there."])
def test_an_ordinary_word_that_speaks_or_stands_with_a_capital_elsewhere_is_a_name(text: str) -> None:
    assert ("", text[:5]) in names(text)


def test_a_noun_that_can_speak_is_one_at_the_head_of_a_sentence_too() -> None:
    assert [(m.kind, m.head) for m in mentions("Placards read “Save us” there.")] == [("nominal", "Placards")]


def test_the_office_of_the_name_behind_it_is_nobody_else() -> None:
    assert [m.head for m in mentions("Then the speaker of the House Ann Lee left.")] == ["Ann Lee"]
    assert [m.head for m in mentions("Then the speaker of the House left.")] == ["speaker", "House"]
    assert [m.head for m in mentions("Then an aide to Sen. Ann Lee left.")] == ["aide", "Ann Lee"]
    assert [m.head for m in mentions("Then a lawyer for Texan Ann Lee left.")] == ["lawyer", "Ann Lee"]


def test_a_role_before_another_noun_speaks_for_nobody() -> None:
    assert [m.head for m in mentions("Member station WQQ’s Bridget Cole asked.")] == ["WQQ", "Bridget Cole"]
    assert [m.head for m in mentions("People close to it say “no”.")][:1] == ["People"]


@pytest.mark.parametrize("said", ["He'd say", "He’ll say", "They're saying", "I've said"])
def test_a_pronoun_with_its_verb_is_a_pronoun(said: str) -> None:
    (found,) = mentions(f"{said}, “It rains.”")
    assert (found.kind, found.head) == (MentionKind.PRONOUN, said[: found.end])
    assert found.head.lower() in ("he", "they", "i")


def test_a_name_in_a_headline_is_cut_to_the_one_that_the_text_has() -> None:
    text = "Ann Lee Speaks Again To Voters\n\nThen Ann Lee speaks again to the voters."
    assert [head for _, head in names(text)] == ["Ann Lee", "Ann Lee"]


def test_names_inside_quotations_are_no_sources() -> None:
    assert names("“Then Robert Cole left,” said Ann Lee.") == [("", "Ann Lee")]


@given(st.text(alphabet="AB ab.’'-“”\n,@#&ofthe", max_size=160) | st.text(max_size=100))
def test_any_text_is_legal_and_spans_give_the_mention_back(text: str) -> None:
    found = mentions(text)
    for each in found:
        assert 0 <= each.first <= each.core < each.last
        assert 0 <= each.start < each.end <= len(text)
        assert each.head.split()[-1] in text[each.start : each.end]
    assert [each.first for each in found] == sorted(each.first for each in found)


@pytest.mark.parametrize(
    "text",
    [
        "Mercredi, Marcel Dubois a parlé.",
        "Toutefois Marcel Dubois a parlé.",
        "Asimismo Marcel Dubois habló.",
        "Aunque Marcel Dubois habló.",
        "Tuttavia Marcel Dubois parlò.",
        "Entretanto Marcel Dubois falou.",
    ],
)
def test_a_word_that_opens_a_sentence_in_another_language_is_no_name(text: str) -> None:
    lines = build_outline(text, [])
    assert [mention.head for mention in find_mentions(lines) if mention.kind == "name"] == ["Marcel Dubois"]


def test_who_is_named_by_body_and_office_is_a_phrase() -> None:
    found = mentions("Then the former Norvik-Harbour CEO said so, as did the Norvik Captain Ann Lee.")
    assert [(m.kind, m.head) for m in found] == [(MentionKind.NOMINAL, "CEO"), (MentionKind.NAME, "Ann Lee")]


@pytest.mark.parametrize("text", ["Worth noting: rain falls.", "Hey, remember me."])
def test_what_opens_a_remark_is_no_name(text: str) -> None:
    assert mentions(text) == []


def test_what_somebody_named_does_is_no_report() -> None:
    assert [m.head for m in mentions("From the port, the Herald's Ann Lee reports: rain falls.")][-1] == "Ann Lee"


def test_states_and_party_tags_are_nobody() -> None:
    found = names("Then Ann Lee, R-Maine, and Bo Berg of Tulsa, Okla., left.")
    assert [head for _, head in found] == ["Ann Lee", "Bo Berg", "Tulsa"]


def test_a_state_with_a_party_is_no_name() -> None:
    found = mentions("Ann Lee, Ohio Democrat, left. Then the South Carolina Republican left, as did Virginia Cole.")
    assert [(m.kind, m.head) for m in found] == [
        (MentionKind.NAME, "Ann Lee"),
        (MentionKind.NOMINAL, "Democrat"),
        (MentionKind.NOMINAL, "Republican"),
        (MentionKind.NAME, "Virginia Cole"),
    ]


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("“So,” King said. Robert King left.", "King"),
        ("But Page wrote so. Larry Page left.", "Page"),
        ("“So,” May said, and May’s plan failed. Theresa May left.", "May"),
    ],
)
def test_somebody_may_be_called_like_an_office_or_a_small_word(text: str, head: str) -> None:
    assert ("", head) in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "“So,” the Speaker said. Robert Speaker left.",
        "A two-term Republican said so. Robert Republican left.",
        "“So,” King said. The king left.",
        "May rains come. Theresa May left.",
    ],
)
def test_an_office_and_a_month_stay_nobody(text: str) -> None:
    assert {head for _, head in names(text)} <= {"Robert Speaker", "Robert Republican", "Theresa May"}
