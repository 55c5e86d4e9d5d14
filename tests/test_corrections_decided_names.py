"""Names as people corrected them: the later word counts, and the file by hand lies beneath."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.corrections.correction import Correction, CorrectionKind
from search.corrections.decided_names import decided_names
from search.names.alias_file import AliasFile
from search.names.person_name import folded_name

SAME, OTHER = CorrectionKind.SAME_PERSON, CorrectionKind.OTHER_PERSON


def decided(*said: tuple[CorrectionKind, list[str]], file: AliasFile | None = None) -> AliasFile:
    made = [Correction(str(n), kind, str(n), "Ann", "", names=tuple(names)) for n, (kind, names) in enumerate(said)]
    return decided_names(file or AliasFile(), made)


def test_an_alias_moves_to_whom_it_is_given_last() -> None:
    assert decided((SAME, ["Ann Lee", "The Fox"]), (SAME, ["Bo Dow", "The Fox"])).aliases["the fox"] == "Bo Dow"


def test_who_is_joined_brings_his_own_aliases_along() -> None:
    joined = decided((SAME, ["A. Lee", "The Fox"]), (SAME, ["Ann Lee", "A. Lee"])).aliases
    assert joined == dict.fromkeys(("a lee", "the fox", "ann lee"), "Ann Lee")


def test_a_later_word_counts() -> None:
    names = ["Ann Lee", "A. Lee"]
    assert decided((OTHER, names)).apart == (frozenset({"ann lee", "a lee"}),)
    assert decided((OTHER, names), (SAME, names)).apart == ()
    parted = decided((OTHER, names), (SAME, names), (OTHER, names))
    assert "a lee" not in parted.aliases
    assert parted.apart == decided((OTHER, names)).apart


def test_two_aliases_of_a_third_can_be_parted() -> None:
    parted = decided((SAME, ["Ann Lee", "The Fox", "The Wolf"]), (OTHER, ["The Fox", "The Wolf"]))
    assert parted.aliases == {"ann lee": "Ann Lee"}


def test_corrections_count_on_top_of_the_file() -> None:
    file = AliasFile({"the fox": "Bo Dow", "bo dow": "Bo Dow"}, (frozenset({"ann lee", "a lee"}),))
    assert decided(file=file) == file
    on_top = decided((SAME, ["Ann Lee", "The Fox", "A. Lee"]), file=file)
    assert (on_top.aliases["the fox"], on_top.aliases["bo dow"], on_top.apart) == ("Ann Lee", "Bo Dow", ())


names = st.lists(st.text(max_size=8), min_size=2, max_size=4)


@given(st.lists(st.tuples(st.sampled_from([SAME, OTHER]), names), max_size=6))
def test_whatever_is_said_last_holds(said: list[tuple[CorrectionKind, list[str]]]) -> None:
    found = decided(*said)
    if said:
        kind, last = said[-1]
        folded = {folded_name(name) for name in last}
        if kind == SAME:
            assert {found.aliases[name] for name in folded} == {last[0]}
            assert not any(len(some & folded) > 1 for some in found.apart)
        else:
            assert frozenset(folded) in found.apart
            assert all(folded_name(found.aliases[name]) == name for name in folded if name in found.aliases)
