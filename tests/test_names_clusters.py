"""Who is who across documents: names join when only one person can be meant, and a person's word comes first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.names.alias_file import AliasFile
from search.names.clusters import Speakers, name_keys
from search.names.people import NameCount

NOBODY = AliasFile()


class Told:
    """An authority of a few people: id -> names."""

    def __init__(self, names: Mapping[str, list[str]]) -> None:
        self._names = names

    def ids_of(self, name: str) -> frozenset[str]:
        return frozenset(id_ for id_, names in self._names.items() if name in names)

    def names_of(self, id_: str) -> list[str]:
        return self._names[id_]


def who_is_who(
    documents: Mapping[str, int],
    decided: AliasFile = NOBODY,
    roles: Mapping[str, set[str]] | None = None,
    authority: Told | None = None,
    before: Speakers | None = None,
) -> Speakers:
    """An archive in which so many documents print each name."""
    index = defaultdict(list)
    for name, number in documents.items():
        for key in name_keys(name):
            index[key].append(NameCount(name, number, number))
    return Speakers(
        decided,
        lambda keys: {key: index[key] for key in keys},
        lambda name: frozenset((roles or {}).get(name, ())),
        authority,
        before,
    )


def speakers(documents: Mapping[str, int], **more: object) -> dict[str, str | None]:
    who = who_is_who(documents, **more)  # type: ignore[arg-type]
    return {name: who.of(name) for name in documents}


@pytest.mark.parametrize(
    "names",
    [
        {"Marta Lind": 30, "Lind": 10, "Mrs. Marta Lind": 1, "M. Lind": 1, "Marta J. Lind": 5, "LIND": 1, "Lind’s": 1},
        {"Marta Lind": 30, "Foreign Minister Marta Lind": 2, "Secretary of State Marta Lind": 1, "Lind herself": 1},
        {
            "Marta Lind": 30,
            "WATCHED Marta Lind": 1,
            "Fact-checking Marta Lind": 1,
            "WATCHED Lind": 1,
            "Marta Lind Lind": 1,
        },
        {
            "Marta Lind": 30,
            "Marta Lind Marta Jane LindSenate": 1,
            "Lind Marta Jane LindBerg": 1,
            "Marta Lind of Indrania": 2,
        },
        {"Marta Lind": 30, "Agriculture Marta Lind": 2, "EPA Administrator Marta Lind": 2, "Marta Lind Wilhelmina": 3},
        {"Jim Berg": 20, "James P. Berg": 4, "James Berg": 2, "Jim Berg James": 1, "Jimmy Berg": 1},
        {"Qasem Sadeghi": 9, "Qassem Sadeghi": 3, "Ghasem Sadeghi": 2, "قاسم صادقی": 2, "Mohammad Qasem Sadeghi": 1},
        {"Vladimir Orlov": 9, "Владимир Орлов": 3, "Volodymyr Orlov": 1},
        {"Mohammad Karim Rastani": 5, "Muhammad Karim Rastani": 1, "Karim Rastani": 1, "Mohammed Rastani": 2},
    ],
)
def test_names_of_one_person(names: dict[str, int]) -> None:
    assert set(speakers(names).values()) == {next(iter(names))}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("George W. Lind", "George H.W. Lind"),
        ("Marta Lind", "Marta Lind Jr."),
        ("Jan Lind II", "Jan Lind III"),
        ("Marta J. Lind", "Marta K. Lind"),
        ("Marta Lind", "Jonas Lind"),
        ("spokesman for Marta Lind", "Marta Lind"),
        ("Marta Lind's lawyer", "Marta Lind"),
        ("statement from Marta Lind", "Marta Lind"),
        ("man who met Marta Lind", "Marta Lind"),
        ("Otto Berg and Marta Lind", "Marta Lind"),
        ("Otto Berg and Marta Lind", "Otto Berg"),
        ("Washington", "Otto Washington"),
        ("Francis", "Ann Ming Francis"),
        ("ICE", "Winter Ice"),
        ("Jay Berg", "Otto J. Berg"),
        ("Joan Lee", "John Lee"),
        ("Mrs. Lind", "Jonas Lind"),
        ("This post", "Harbour Post"),
        ("Ledger Committee", "chairman of the Ledger Committee"),
        ("Peter King", "Stephen King"),
    ],
)
def test_names_that_are_never_joined(one: str, other: str) -> None:
    found = speakers({one: 2, other: 2, "Marta Lind": 30} | {one: 2, other: 2})
    assert found[one] != found[other]


def test_a_bare_surname_goes_to_the_overwhelming_holder_with_a_chance() -> None:
    who = who_is_who({"Lind": 20, "Marta Lind": 95, "Jonas Lind": 4})
    assert who.of("Lind") == "Marta Lind"
    reason = who.reason("Lind")
    assert reason.why == "the surname alone"
    assert reason.chance == pytest.approx(95 / 99.5)
    assert [name for name, _ in reason.left_out] == ["Jonas Lind"]


@pytest.mark.parametrize(
    "names",
    [
        {"Lind": 20, "Marta Lind": 60, "Jonas Lind": 40},  # 60%
        {"Lind": 20, "Marta Lind": 2},  # too few to know
        {"Cher": 40, "Ann Cher": 4},  # who lives under one word
        {"Francis": 5, "Pope Francis": 5, "Ann Francis": 9},
        {"police": 9, "Otto Police": 9},
    ],
)
def test_a_bare_surname_that_is_not_sure_is_nobodys(names: dict[str, int]) -> None:
    word = next(iter(names))
    assert speakers(names)[word] not in [name for name in names if " " in name and "Pope" not in name]


def test_junk_neither_leads_nor_blocks() -> None:
    names = {"Marta Lind": 60, "Lind": 9, "Senate Marta Lind": 1, "Dam Marta Lind": 1, "Likening Lind": 1}
    found = speakers(names)
    assert found["Lind"] == found["Senate Marta Lind"] == found["Dam Marta Lind"] == "Marta Lind"
    assert found["Likening Lind"] == "Likening Lind"


def test_two_well_known_names_in_one_are_neither() -> None:
    found = speakers({"Marta Lind": 60, "Otto Berg": 60, "Marta Lind Berg": 1, "Marta Lind Otto Berg": 1})
    assert found["Marta Lind Berg"] == "Marta Lind Berg"
    assert found["Marta Lind Otto Berg"] == "Marta Lind Otto Berg"


def test_short_first_names_join_unless_the_roles_are_others() -> None:
    names = {"Steve Berg": 9, "Stephen Berg": 4}
    assert len(set(speakers(names).values())) == 1
    roles = {"Steve Berg": {"representative"}, "Stephen Berg": {"author"}}
    assert len(set(speakers(names, roles=roles).values())) == 2
    names, roles = {"H.R. Berg": 9, "Henry Berg": 4}, {"H.R. Berg": {"general"}, "Henry Berg": {"governor"}}
    assert len(set(speakers(names).values())) == 1
    assert len(set(speakers(names, roles=roles).values())) == 2


def test_the_commonest_clean_name_is_shown() -> None:
    names = {"Donald J. Lind": 9, "WATCHED Donald Lind": 99, "Sen. Donald Lind": 50, "Donald Lind": 12, "Lind": 70}
    assert set(speakers(names).values()) == {"Donald Lind"}


def test_a_joint_statement_is_found_with_either() -> None:
    names = {
        "Marta Lind": 9,
        "Otto Berg": 9,
        "Otto Berg and Marta Lind": 1,
        "Berg and Lind": 1,
        "Johnson and Johnson": 1,
    }
    who = who_is_who(names)
    assert who.all_of("Otto Berg and Marta Lind") == who.all_of("Berg and Lind") == ("Otto Berg", "Marta Lind")
    assert who.all_of("Johnson and Johnson") == ("Johnson and Johnson",)
    assert set(who.names("Marta Lind")) == {"Marta Lind", "Otto Berg and Marta Lind", "Berg and Lind"}
    assert who.meant("otto", list(names)) == ["Otto Berg", "Otto Berg and Marta Lind", "Berg and Lind"]
    assert who.all_of(None) == ()


def test_what_a_person_wrote_comes_first() -> None:
    aliases = dict.fromkeys(("joram halvesk", "the old fox", "halvesk"), "Joram Halvesk")
    decided = AliasFile(aliases)
    found = speakers({"Halvesk": 1, "Joram Halvesk": 1, "Dana Halvesk": 1, "The Old Fox": 1}, decided=decided)
    assert found["Halvesk"] == found["The Old Fox"] == "Joram Halvesk"
    decided = AliasFile(aliases, (frozenset({"joram halvesk", "j halvesk"}),))
    names = {"J. Halvesk": 1, "Joram Halvesk": 1}
    assert speakers(names, decided=decided)["J. Halvesk"] == "J. Halvesk"


def test_an_authority_joins_other_letters_and_keeps_namesakes_apart() -> None:
    told = Told({"Q1": ["Sun Weiming", "孙伟明", "Weiming Sun"], "Q2": ["Otto F. Berg"], "Q3": ["Otto Berg"]})
    names = {"Sun Weiming": 3, "孙伟明": 9, "Weiming Sun": 1, "Otto F. Berg": 4, "Otto Berg": 4}
    who = who_is_who(names, authority=told)
    assert len({who.of(name) for name in list(names)[:3]}) == 1
    assert who.id_of(who.of("孙伟明")) == "Q1"
    assert who.of("Otto F. Berg") != who.of("Otto Berg")
    assert set(who.names(who.of("Sun Weiming") or "")) == set(list(names)[:3])


def test_all_names_of_a_speaker_are_listed_a_decided_one_and_both_of_a_joint_one() -> None:
    decided = AliasFile(dict.fromkeys(("marta lind", "the mayor"), "Marta Lind"))
    names = {"Marta Lind": 9, "The Mayor": 1, "Otto Berg": 9, "Berg & Lind": 1}
    who = who_is_who(names, decided=decided)
    assert set(who.names("Marta Lind")) == {"Marta Lind", "The Mayor", "Berg & Lind"}
    assert set(who.names("Otto Berg")) == {"Otto Berg", "Berg & Lind"}
    assert who.meant("lind", list(names)) == ["Marta Lind", "The Mayor", "Berg & Lind"]


def test_a_filter_looks_up_only_names_that_have_its_words() -> None:
    """An archive has thousands of names: a filter that resolved each took twice as long as the whole query."""
    names = {"Marta Lind": 9, "Lind": 3, "Otto Berg": 9, "Cy Rask": 9}
    who = who_is_who(names)
    assert who.meant("marta", list(names)) == ["Marta Lind", "Lind"]
    assert set(who.looked_up) == {"Marta Lind", "Lind"}
    assert who.meant("", list(names)) == who.meant("nobody", list(names)) == []


NAMES = st.lists(
    st.sampled_from(
        "Ann Lee|A. Lee|Lee|Bo Lee|Ann M. Lee|Mr Lee|Ann|Lee Ann|É. Lee|Ann Lee and Bo Berg|Berg|Ann Lee Jr.|سلیمانی".split(
            "|"
        )
    )
    | st.text(max_size=12)
)


@given(NAMES, st.randoms())
def test_the_order_of_the_names_does_not_matter(names: list[str], chance: st.DataObject) -> None:
    shuffled = list(names)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert speakers(dict.fromkeys(names, 3)) == speakers(dict.fromkeys(shuffled, 3))


@given(NAMES)
@example([", 00:0:0"])
def test_every_name_has_a_speaker_that_is_its_own_and_lists_it(names: list[str]) -> None:
    who = who_is_who(dict.fromkeys(names, 3))
    for name in names:
        speaker = who.of(name)
        assert speaker in names
        assert who.of(speaker) == speaker
        for one in who.all_of(name):
            assert name in who.names(one)


SEEN = st.dictionaries(
    st.sampled_from(
        ["Marta Lind", "M. Lind", "Lind", "Mary Lind", "Steve Berg", "Stephen Berg", "Berg", "Ann Lind and Bo Berg"]
    ),
    st.integers(1, 40),
)
ROLES = st.dictionaries(st.sampled_from(["Steve Berg", "Stephen Berg"]), st.sampled_from([{"author"}, {"senator"}]))


@example(
    {"Steve Berg": 9, "Stephen Berg": 4},
    {"Stephen Berg": {"author"}},
    {"Steve Berg": 9, "Stephen Berg": 4},
    {"Steve Berg": {"senator"}, "Stephen Berg": {"author"}},
)
@example({"Marta Lind": 9, "Lind": 4}, {}, {"Marta Lind": 9, "Mary Lind": 9, "Lind": 4}, {})
@given(SEEN, ROLES, SEEN, ROLES)
def test_who_is_who_does_not_depend_on_who_it_was(
    first: dict[str, int], first_roles: dict[str, set[str]], names: dict[str, int], roles: dict[str, set[str]]
) -> None:
    """Names that are printed as they were are not told anew, and nobody could say which."""
    before = who_is_who(first, roles=first_roles)
    for name in first:
        before.of(name)
    after, anew = who_is_who(names, roles=roles, before=before), who_is_who(names, roles=roles)
    for name in names:
        assert (after.of(name), after.all_of(name), after.reason(name)) == (
            anew.of(name),
            anew.all_of(name),
            anew.reason(name),
        )
