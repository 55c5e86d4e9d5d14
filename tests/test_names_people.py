"""Names that share a surname, put into people."""

from __future__ import annotations

from search.names.people import NameCount, form_key, group_people, is_name_shaped, shown_name


def people(*names: str) -> list[set[str]]:
    return grouped([NameCount(name, 9, 9) for name in names], {})


def grouped(counts: list[NameCount], roles: dict[str, set[str]]) -> list[set[str]]:
    groups = group_people(counts, lambda one, other: False, lambda name: frozenset(roles.get(name, ())))
    return sorted(({one.name for form in forms for one in form.names} for forms in groups), key=min)


def test_forms_differ_in_more_than_titles_and_case() -> None:
    assert form_key("Sen. Ann Lind") == form_key("ann lind’s")
    assert form_key("Ann Lind") != form_key("Ann Lind Jr.")
    assert form_key("Mrs. Lind") != form_key("Mr. Lind")
    assert form_key("ICE") != form_key("Ice")


def test_people_are_told_apart_by_initials() -> None:
    assert people("George W. Lind", "George H. W. Lind", "George Lind") == [
        {"George H. W. Lind"},
        {"George Lind"},
        {"George W. Lind"},
    ]


def test_a_decision_keeps_apart_what_would_join() -> None:
    counts = [NameCount("Ann Lind", 9, 9), NameCount("Lind", 9, 9)]
    assert len(group_people(counts, lambda one, other: True, lambda name: frozenset())) == 2
    assert len(group_people(counts, lambda one, other: False, lambda name: frozenset())) == 1


def test_the_shown_name_is_clean_however_common_the_others_are() -> None:
    counts = [NameCount("LIND, ANN", 99, 99), NameCount("Ann Lind", 1, 1), NameCount("Lind", 99, 99)]
    (forms,) = group_people(counts[1:], lambda one, other: False, lambda name: frozenset())[:1]
    assert shown_name(forms) == "Ann Lind"


def test_what_is_shaped_as_a_name() -> None:
    assert is_name_shaped("Ada de la Cruz")
    assert not is_name_shaped("Lind resumes")
    assert not is_name_shaped("Lind 2020")
    assert not is_name_shaped("Karl Jr-Ada Lind")


def test_two_names_that_a_page_ran_together_join_nobody() -> None:
    assert people("Ada Lind", "Karl Lind", "Karl Jr-Ada Lind") == [
        {"Ada Lind"},
        {"Karl Jr-Ada Lind"},
        {"Karl Lind"},
    ]


def test_a_first_name_that_somebody_goes_by_is_nobody_elses() -> None:
    assert people("B. Todd Lind", "Brian Lind") == [{"B. Todd Lind"}, {"Brian Lind"}]
    assert people("B. Todd Lind", "Brian Todd Lind") == [{"B. Todd Lind", "Brian Todd Lind"}]
    assert people("John Lind", "Jonathan Lind") == [{"John Lind"}, {"Jonathan Lind"}]


def test_a_short_name_of_both_is_a_womans_only_where_a_role_says_so() -> None:
    assert people("Chris Lind", "Christine Lind") == [{"Chris Lind"}, {"Christine Lind"}]
    assert people("Chris Lind", "Christopher Lind") == [{"Chris Lind", "Christopher Lind"}]
    counts = [NameCount("Chris Lind", 9, 9), NameCount("Christine Lind", 9, 9)]
    assert len(group_people(counts, lambda one, other: False, lambda name: frozenset({"senator"}))) == 1


def test_a_suffix_that_papers_leave_out_parts_nobody_of_one_office() -> None:
    counts = [NameCount("Karl Lind", 9, 9), NameCount("Karl G. Lind Jr.", 1, 1), NameCount("Lind", 2, 2)]
    both = {"Karl Lind": {"senator", "leader"}, "Karl G. Lind Jr.": {"senator"}}
    assert grouped(counts, both) == [{"Karl G. Lind Jr.", "Karl Lind", "Lind"}]
    assert grouped(counts, {**both, "Karl G. Lind Jr.": {"author"}}) == [{"Karl G. Lind Jr."}, {"Karl Lind", "Lind"}]
    assert grouped(counts, {"Karl Lind": {"senator"}}) == [{"Karl G. Lind Jr."}, {"Karl Lind", "Lind"}]


def test_the_son_of_somebody_well_known_is_not_he() -> None:
    counts = [NameCount("Karl Lind", 200, 90), NameCount("Karl Lind Jr.", 3, 3)]
    assert len(grouped(counts, {one.name: {"chairman"} for one in counts})) == 2


def test_two_suffixes_are_two_people() -> None:
    counts = [NameCount("Karl Lind", 9, 9), NameCount("Karl Lind Jr.", 4, 4), NameCount("Karl Lind III", 4, 4)]
    assert all(
        len({"Karl Lind Jr.", "Karl Lind III"} & one) < 2
        for one in grouped(counts, {one.name: {"senator"} for one in counts})
    )


def test_a_surname_misspelt_once_is_its_own_only_with_the_same_office() -> None:
    counts = [NameCount("Karl Lindberg", 9, 9), NameCount("Karl Lindbarg", 2, 1)]
    assert len(grouped(counts, {one.name: {"senator"} for one in counts})) == 1
    assert len(grouped(counts, {"Karl Lindberg": {"senator"}, "Karl Lindbarg": {"author"}})) == 2
    assert len(grouped([counts[0], NameCount("Karl Lindbarg", 5, 5)], {one.name: {"senator"} for one in counts})) == 2
    short = [NameCount("Karl Lind", 9, 9), NameCount("Karl Land", 2, 1)]
    assert len(grouped(short, {one.name: {"senator"} for one in short})) == 2
