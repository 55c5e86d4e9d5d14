"""The names of one document brought together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.entities.entities import DocumentEntities, cluster_names, name_key
from indexer.entities.mention_detection import find_mentions
from indexer.quotations.outline import build_outline
from indexer.quotations.quotation_marks import find_quotations


def people(text: str, title: str = "") -> DocumentEntities:
    quotations = find_quotations(text)
    lines = build_outline(text, quotations)
    return cluster_names(text, lines, find_mentions(lines), [(q.start, q.end) for q in quotations], title)


def names(text: str, title: str = "") -> list[str]:
    """The entity of each name of the text, in order."""
    found = people(text, title)
    return [found.entities[entity].name for entity in found.of_mention if entity >= 0]


def test_a_surname_a_title_and_a_first_name_are_the_fullest_name() -> None:
    text = "Foreign Minister Ana Maria Soto spoke. Soto left. Mrs. Soto slept. Then Ana Soto rose."
    assert set(names(text)) == {"Ana Maria Soto"}


@pytest.mark.parametrize(
    "text",
    [
        "Norvikair said so. Norvikair Flight 12 was a late flight.",
        "Norvikair said so. Norvikair N320 was late.",
        "Norvikair said so. Norvikair Chairman was late.",
        "Norvat said so. They saw the Palmetto Norvad, and a norvad.",
    ],
)
def test_what_is_named_after_a_name_is_not_who_bears_it(text: str) -> None:
    assert names(text)[0] == text.partition(" ")[0]


def test_somebody_may_be_called_by_a_first_name_that_no_list_has() -> None:
    assert names("Adviser Quillon Page left a page. Then Quillon slept.")[-1] == "Quillon Page"
    assert names("Then Quillon Westcott left. Then Quillon slept.")[-1] == "Quillon Westcott"


def test_namesakes_are_told_apart_by_their_titles() -> None:
    text = "Robert Cole met Susan Cole. Mr. Cole spoke. Mrs. Cole listened."
    assert names(text)[2:] == ["Robert Cole", "Susan Cole"]


def test_a_bare_surname_means_the_one_the_text_is_about() -> None:
    text = "Susan Cole spoke.\n\nThen Susan Cole left with Robert Cole.\n\nCole will be back."
    assert names(text, "Susan Cole leaves")[-1] == "Susan Cole"


def test_a_bare_surname_is_not_that_of_somebody_who_is_named_further_down_only() -> None:
    text = "Robert Cole spoke.\n\nCole left.\n\nSusan Cole met Ann Lee. Susan Cole met Bo Berg. Susan Cole slept.\n\nCole will be back."
    found = names(text)
    assert found[1] == "Robert Cole"
    assert found[-1] == "Susan Cole"


def test_a_president_is_not_a_relative_who_is_named_in_full() -> None:
    text = "President Cole spoke.\n\nHis daughter, Susan Cole, left.\n\nPresident Cole slept.\n\nCole will be back."
    assert names(text) == ["Cole", "Susan Cole", "Cole", "Cole"]
    assert names("First lady Susan Cole left.\n\nThen President Cole spoke.\n\nCole will be back.")[1:] == [
        "Cole",
        "Cole",
    ]


def test_a_president_who_is_named_in_full_somewhere_is_one() -> None:
    assert set(names("President Cole spoke.\n\nThen Robert Cole left. Cole will be back.")) == {"Robert Cole"}
    assert set(names("President Cole spoke.\n\nThen President Susan Cole left.")) == {"Susan Cole"}
    assert set(names("Susan Cole spoke.\n\nPresident Cole left.")) == {"Susan Cole"}


def test_a_president_named_before_a_woman_of_his_surname_is_another() -> None:
    assert names("President Cole spoke.\n\nThen Susan Cole left.") == ["Cole", "Susan Cole"]
    assert names("Susan Cole spoke.\n\nPresident Cole left. Mr. Cole slept.")[1:] == ["Cole", "Cole"]


def test_a_husband_is_not_his_wife() -> None:
    assert names("Susan Cole left with her husband, President Cole.") == ["Susan Cole", "Cole"]
    text = "Jarvik Cole died. She spoke of her son, Jarvik Cole, whom Tamsin Cole knew.\n\nMs. Cole slept."
    assert names(text)[-1] == "Tamsin Cole"


def test_a_bare_surname_is_rather_not_a_relatives() -> None:
    text = "Susan Cole spoke.\n\nHer husband, Robert Cole, was there. Robert Cole slept.\n\nCole will be back."
    assert names(text)[-1] == "Susan Cole"


def test_an_office_tells_namesakes_apart() -> None:
    text = "Robert Cole and Robert Cole's boss, Senator Susan Cole, spoke.\n\nRobert Cole left.\n\nSenator Cole slept."
    assert names(text)[-1] == "Susan Cole"


def test_a_fuller_name_inside_a_quotation_counts() -> None:
    assert names("“Susan Cole is late,” he said. Cole was late.") == ["Susan Cole"]


def test_a_fuller_name_in_a_headline_is_given_without_its_possessive() -> None:
    assert "Ana Soto" in names("Then Soto left.", title="Look at Ana Soto’s plan")


def test_a_police_chief_is_not_the_police() -> None:
    (soto,) = people("Then police chief Ana Soto left.").entities
    assert soto.roles == {"chief"}


def test_two_names_that_a_headline_runs_together_are_no_fuller_name() -> None:
    text = "Bill Rask came to see the mayor. Lind spoke. Then Lind left."
    assert set(names(text, "Bill Rask Lind to Meet")) == {"Bill Rask", "Lind"}
    assert set(names("Then Lind spoke and Lind left.", "Bill Rask Despite Lind")) == {"Lind"}
    assert set(names("Then Lind spoke and Lind left.", "Bill Rask Lind to Meet")) == {"Bill Rask Lind"}


@pytest.mark.parametrize(
    ("text", "is_somebody"),
    [
        ("They landed at Ostra Vela before noon.", False),
        ("He comes from the province of Ostra Vela.", False),
        ("They shouted at Ostra Vela. Then Ostra Vela left.", True),
        ("Twelve days are left before Harvest Day.", False),
        ("Twelve people met Doris Day.", True),
        ("Then Ostra Day spoke.", True),
    ],
)
def test_a_place_and_an_occasion_are_nobody(text: str, is_somebody: bool) -> None:
    assert [entity.person for entity in people(text).entities][-1] is is_somebody


def test_titles_are_kept_apart_as_the_role() -> None:
    entity = people("Foreign Minister Ana Soto spoke.").entities[0]
    assert (entity.name, entity.role) == ("Ana Soto", "Foreign Minister")


def test_an_apposition_is_a_role() -> None:
    entity = people("Ana Soto, a spokeswoman for the port, spoke.").entities[0]
    assert entity.role == "spokeswoman for the port"
    assert entity.gender == -1


def test_a_place_and_a_newspaper_are_not_people() -> None:
    found = people("Japan and the Northport Times met Ana Soto.")
    assert [(e.name, e.person) for e in found.entities] == [
        ("Northport Times", False),
        ("Ana Soto", True),
        ("Japan", False),
    ]


def test_a_name_that_a_word_follows_in_a_headline_is_cut() -> None:
    text = "Ana Soto Speaks Again To Voters\n\nThen Ana Soto speaks to voters again, as she did."
    assert set(names(text)) == {"Ana Soto"}


def test_a_junior_is_another_person() -> None:
    assert names("Robert Cole met Robert Cole Jr. on Monday.") == ["Robert Cole", "Robert Cole Jr."]


def test_a_junior_goes_by_a_part_of_his_name() -> None:
    text = "Robert Cole met Robert Cole Jr. on Monday. Cole Jr. left. Then Robert Jr. spoke. Cole stayed."
    assert names(text) == ["Robert Cole", "Robert Cole Jr.", "Robert Cole Jr.", "Robert Cole Jr.", "Robert Cole"]
    two = "Robert Cole met Robert Cole Jr. and Adam Cole Jr. on Monday. Cole Jr. left."
    assert names(two)[-1] not in ("Robert Cole Jr.", "Adam Cole Jr.")


@given(st.text(max_size=40))
def test_a_key_drops_suffix_and_possessive(name: str) -> None:
    assert name_key("Robert Cole Jr.") == name_key("Robert Cole’s") == ("robert", "cole")
    assert all(part == part.lower() or not part.isascii() for part in name_key(name))


@given(st.text(alphabet="AB ab.’'-“”\n", max_size=120))
def test_every_name_has_an_entity(text: str) -> None:
    found = people(text)
    assert all(0 <= entity < len(found.entities) for entity in found.of_mention if entity >= 0)


def test_what_is_named_after_in_alone_is_a_place_and_a_saint_is_a_hospital() -> None:
    outline = build_outline(
        "Ana Soto met a ranger in Capodacqua. She ran St Brigid’s. Cole trusted in Hale. Hale left.", []
    )
    mentions = find_mentions(outline)
    entities = {each.name: each for each in cluster_names(outline.text, outline, mentions, [], "").entities}
    assert (entities["Capodacqua"].person, entities["Capodacqua"].place) == (False, True)
    assert not entities["St Brigid"].person
    assert (entities["Hale"].person, entities["Hale"].place) == (True, False)
    assert entities["Ana Soto"].person


def test_the_times_is_the_paper_that_is_named_or_was_just_named() -> None:
    assert names("The Harbour Times told it. Then the Times said no.")[-1] == "Harbour Times"
    both = "The Harbour Times told it.\n\nIt rained.\n\nIt snowed.\n\nIt was cold.\n\nIt was hot.\n\nThe Lake Times told it. Then the Times said no."
    assert names(both)[-1] == "Lake Times"
    assert names("The Harbour Times and the Lake Times told it. Then the Times said no.")[-1] == "Times"


@pytest.mark.parametrize("name", ["Mount Lee", "Hurricane Lee", "Team Lee"])
def test_what_bears_a_persons_name_is_not_that_person(name: str) -> None:
    assert names(f"Ann Lee spoke. Then {name} was near. Lee left.") == ["Ann Lee", name, "Ann Lee"]
    assert names(f"Then {name} was near. Lee spoke. Lee left.")[1:] == ["Lee", "Lee"]


def test_an_article_before_a_surname_is_left_out_or_not() -> None:
    assert names("President Bashar al-Lind spoke. Lind said no. Al-Lind said no.") == ["Bashar al-Lind"] * 3


def test_a_cut_title_is_the_office() -> None:
    assert "senator" in people("Sen. Ann Lee spoke.").entities[0].roles


def test_a_body_with_its_owner_and_a_case_are_nobody() -> None:
    entities = people("The group Petra’s List spoke. Then Norvik v. Quillon was told.").entities
    assert [(each.name, each.person) for each in entities] == [("Petra’s List", False), ("Norvik v. Quillon", False)]


def test_a_person_may_be_called_as_a_paper_is_and_a_paper_after_a_town() -> None:
    entities = people("Then Ann Fox spoke. Fox left. Then Charlotte Post rose.").entities
    assert [(each.name, each.person, len(each.mentions)) for each in entities[:1]] == [("Ann Fox", True, 2)]
