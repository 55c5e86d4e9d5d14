"""Speech reported without marks: where its clause begins and ends, and whose it is."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import annotate_document
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.clauses import clause_subjects
from indexer.attribution.indirect_speech import find_indirect_quotations
from search.model import Document


def clauses(text: str) -> list[tuple[str, str, str]]:
    """The subject, the cue and the words of each clause."""
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    return [
        (doc.mentions[each.mention].head, each.cue, text[each.start : each.end])
        for each in find_indirect_quotations(doc)
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ann Lee said that the bridge would open in May.", ("Lee", "said", "the bridge would open in May")),
        ("Ann Lee said the bridge would open.", ("Lee", "said", "the bridge would open")),
        ("Ann Lee has also said the bridge would open.", ("Lee", "said", "the bridge would open")),
        ("Ann Lee said on Monday that the bridge would open.", ("Lee", "said", "the bridge would open")),
        ("Ann Lee told the council that the bridge would open.", ("Lee", "told", "the bridge would open")),
        ("Ann Lee, the mayor, said the bridge would open.", ("Lee", "said", "the bridge would open")),
        ("Ann Lee believes that the bridge would open.", ("Lee", "believes", "the bridge would open")),
        ("She said the bridge would open.", ("She", "said", "the bridge would open")),
        ("Then Ann Lee of the Lee Society said the bridge would open.", ("Lee", "said", "the bridge would open")),
        ("A spokesman for the Lee Society said the bridge would open.", ("spokesman", "said", "the bridge would open")),
        ("Ann Lee, who leads the Lee Society, said the bridge would open.", ("Lee", "said", "the bridge would open")),
        (
            "Members who attended the Lee Society said the bridge would open.",
            ("Members", "said", "the bridge would open"),
        ),
        ("Ann Lee, D-Ohio, said the bridge would open.", ("Lee", "said", "the bridge would open")),
        ("Ann Lee (R-New York) said the bridge would open.", ("Lee", "said", "the bridge would open")),
        ("Ann Lee (D-Calif.), a member, said the bridge would open.", ("Lee", "said", "the bridge would open")),
        ("Ann Lee, R-N.C., a member, said the bridge would open.", ("Lee", "said", "the bridge would open")),
        ("Ann Lee of Ohio, a member, said the bridge would open.", ("Lee", "said", "the bridge would open")),
        (
            "Ann Lee, who led a march across the Old Bridge in Selma, Alabama, said the bridge would open.",
            ("Lee", "said", "the bridge would open"),
        ),
        (
            "Ann Lee, the president for Harbour Studies at The Lind Institute, said the bridge would open.",
            ("Lee", "said", "the bridge would open"),
        ),
        ("Ann Lee from Allentown, Ohio, said the bridge would open.", ("Lee", "said", "the bridge would open")),
        ("In a race in Ohio, Jordan Lee said the bridge would open.", ("Lee", "said", "the bridge would open")),
        (
            "One official who spoke to The Lee Post said the bridge would open.",
            ("official", "said", "the bridge would open"),
        ),
        ("Ann Lee on Monday said the bridge would open.", ("Lee", "said", "the bridge would open")),
        ("Ann Lee earlier this week said the bridge would open.", ("Lee", "said", "the bridge would open")),
        ("Ann Lee Monday night said the bridge would open.", ("Lee", "said", "the bridge would open")),
        ("Ada Winter left. Winter said the bridge would open.", ("Winter", "said", "the bridge would open")),
        (
            "Ann Lee, a lawyer at the Club for Growth, said the bridge would open.",
            ("Lee", "said", "the bridge would open"),
        ),
        (
            "Ann Lee, who sells ties in Tulsa, Okla., said the bridge would open.",
            ("Lee", "said", "the bridge would open"),
        ),
    ],
)
def test_a_clause_has_its_words_and_its_subject(text: str, wanted: tuple[str, str, str]) -> None:
    (subject, cue, words) = clauses(text)[0]
    assert (subject.split()[-1], cue, words) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee said on Monday.",
        "Ann Lee said so again.",
        "Ann Lee believes the bridge is late.",
        "Ann Lee told the council a long story.",
        "Ann Lee said: “The bridge would open in May.”",
        "It said that the bridge would open in May.",
        "The man who said that the bridge would open in May left.",
        "They spoke with Ann Lee said the bridge would open in May.",
        "The bridge is dear to the Lee Society, said Bo Berg, a spokesman for the town.",
        "The last few years said the bridge would open.",
        "The port in Norvik, Ohio, said the bridge would open.",
        "Few, if any, across the Lee Society say the bridge would open.",
        "Ann Lee hasn’t said whether the bridge would open.",
        "Fourteen states have religious freedom laws that others went beyond.",
        "The economy added 24,000 jobs in the month before.",
        "Ann Lee said the old bridge over the river is “a joke” of a bridge.",
        "Ann Lee said that the town and the council are “late”.",
        "Ann Lee announced a new bridge over the wide river last week.",
        "Ann Lee denied any knowledge of the bridge and of its builders.",
    ],
)
def test_what_is_no_clause_of_a_speaker_is_left(text: str) -> None:
    assert clauses(text) == []


def test_a_second_clause_after_a_participle_has_the_same_subject() -> None:
    text = "Ann Lee said that the bridge would open in May, adding that it was late by a year."
    assert [(cue, words) for _, cue, words in clauses(text)] == [
        ("said", "the bridge would open in May"),
        ("adding", "it was late by a year"),
    ]


def test_a_clause_ends_where_marks_take_over() -> None:
    ((_, _, words),) = clauses("Ann Lee said the bridge would open soon, and “a fine one, I say”.")
    assert words == "the bridge would open soon"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ann Lee said the bridge would open soon: “We are done.”", "the bridge would open soon"),
        ("Ann Lee said the bridge would open soon, “since we are done.”", "the bridge would open soon"),
        ("Ann Lee said the bridge would open, though the work is “a joke”.", "the bridge would open"),
        ("Ann Lee said that the bridge would open and that the work is “a joke”.", "the bridge would open"),
        ("Ann Lee said the bridge would open — if the work is not “a joke”.", "the bridge would open"),
    ],
)
def test_the_last_whole_clause_before_marks_is_kept(text: str, wanted: str) -> None:
    assert [words for *_, words in clauses(text)] == [wanted]


def test_what_is_announced_may_be_a_clause_with_a_verb_of_its_own() -> None:
    assert clauses("Ann Lee announced the new bridge would open soon.")[0][2] == "the new bridge would open soon"
    assert clauses("Ann Lee promised that the new bridge holds well.")[0][2] == "the new bridge holds well"


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee denied that the bridge had leaked badly.",  # what she denied is not what she said
        "Ann Lee denied claims that the bridge had leaked badly.",
        "Overall, 32 percent said the bridge should be closed.",
        "It was what Ann Lee said the bridge would look like.",
        "They built the bridge, which Ann Lee said would fail in winter.",
        "They built the bridge, which some members of the council said they never wanted.",
        "They built a bridge that Ann Lee said leaked badly in winter.",
        "Ann Lee said of the idea that the bridge would open: nothing.",
        "Ann Lee said late in a briefing that openly favoured the bridge of the town.",
        "Ann Lee believes in a town that is open and free to all.",
        "Ann Lee promised a new bridge that the town would like.",
        "“We never agreed to any of it,” Ann Lee said when asked about the new bridge.",
    ],
)
def test_what_was_denied_and_what_lacks_a_part_was_not_said(text: str) -> None:
    assert clauses(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ann Lee said the council held a letter that would harm it.", "the council held a letter that would harm it"),
        ("Ann Lee said she could not rule out that he had paid.", "she could not rule out that he had paid"),
        ("Ann Lee said that was too much for the town.", "that was too much for the town"),
        ("The good news is that Ann Lee has declared that the bridge leaks badly.", "the bridge leaks badly"),
        ("Ann Lee wrote a letter in which she said the bridge leaks badly.", "the bridge leaks badly"),
        ("Ann Lee warned her rivals that the bridge leaks badly.", "the bridge leaks badly"),
        ("Ann Lee said late on Monday that the bridge leaks badly.", "the bridge leaks badly"),
        ("Calling the bridge “a joke,” Ann Lee said the bridge leaks badly.", "the bridge leaks badly"),
        ("“We never agreed,” Ann Lee said, adding that the bridge leaks badly.", "the bridge leaks badly"),
    ],
)
def test_a_reported_clause_is_whole(text: str, wanted: str) -> None:
    """“Lee said the council held a letter that would harm it” gave “would harm it” as what she said."""
    assert [words for *_, words in clauses(text)] == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "If Ann Lee said that the bridge would open, nobody heard it.",
        "It opens unless even Ann Lee says the bridge would open.",
        "He asked whether Ann Lee had said that the bridge would open.",
        "Or will they say the bridge would never open?",
        "Ann Lee has vowed to stay for that test of the bridge.",
        "Ann Lee told them to take that into account before it would open.",
    ],
)
def test_what_is_supposed_or_asked_and_what_has_no_clause_was_not_said(text: str) -> None:
    assert clauses(text) == []


def test_what_is_told_beside_an_if_was_said() -> None:
    assert clauses("If it rains, Ann Lee said the bridge would be late.") != []


def test_a_clause_does_not_end_at_the_point_of_a_state() -> None:
    text = "Ann Lee said that Bo Berg, R-Mo., had left and that she would stay."
    assert clauses(text)[0][2] == "Bo Berg, R-Mo., had left and that she would stay"


@pytest.mark.parametrize("words", ["who said ", "told the Times "])
def test_a_subject_is_looked_for_no_farther_back_than_a_sentence_goes(
    words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each cue of a sentence without an end looked at all mentions before it: 120 kB took minutes."""
    looked: list[int] = []
    known = clause_subjects.past_party_tag
    monkeypatch.setattr(
        clause_subjects, "past_party_tag", lambda outline, last: looked.append(last) or known(outline, last)
    )

    def looks(count: int) -> int:
        looked.clear()
        clauses(words * count)
        return len(looked)

    assert looks(800) < 5 * looks(200)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Ann Lee, 63, a clerk from outside Norvik, said the bridge would open.", "Lee"),
        ("Ann Lee, a resident of Norvik, said the bridge would open.", "Lee"),
        ("Ann Lee, who heads the local tenants group Norvik Voice, said the bridge would open.", "Lee"),
        ("Ann Lee, who heads the tenants group America’s Voice, said the bridge would open.", "Lee"),
        ("Ann Lee, head of Norvik University’s Center for Bridges, said the bridge would open.", "Lee"),
        ("Ann Lee, who owns Norvik’s Bridges Inc., said the bridge would open.", "Lee"),
        ("A spokesman for the Norvik Sheriff’s Office said the bridge would open.", "spokesman"),
        ("The Justice and Education departments said the bridge would open.", "departments"),
    ],
)
def test_the_subject_is_who_the_apposition_tells_of(text: str, subject: str) -> None:
    assert [clause[0].rpartition(" ")[2] for clause in clauses(text)] == [subject]


@pytest.mark.parametrize(
    "text",
    [
        "Critics do not want to blame the mayor, let alone say that they think he was wrong.",
        "Being betrayed by several major presidential promises would have been enough for her.",
        "Activists who want to press Lind to embrace a new agenda say the bridge should open.",
    ],
)
def test_what_is_no_subject_says_nothing(text: str) -> None:
    assert clauses(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Half of the workers who were surveyed at a conference this summer said they believed it will fail.",
        "The council asked them to probe the latest alleged chemical attack and get to the bottom of it.",
    ],
)
def test_a_time_and_an_adjective_say_nothing(text: str) -> None:
    assert clauses(text) == []
