"""The list of speakers, with the names that each goes by."""

from __future__ import annotations

from search.names.alias_file import AliasFile
from search.names.clusters import Speakers, name_keys
from search.names.people import NameCount
from search.names.speaker_table import SpeakerRow, explained_names, speaker_rows

COUNTS = [
    NameCount(*row)
    for row in (
        ("Ann Lind", 20, 10),
        ("Lind", 5, 4),
        ("Ann Lind and Bo Berg", 2, 1),
        ("Bo Berg", 3, 2),
        ("officials", 90, 40),
    )
]


def test_a_joint_statement_counts_for_both_and_an_official_is_nobody() -> None:
    who = Speakers(
        AliasFile(), lambda keys: {key: [one for one in COUNTS if key in name_keys(one.name)] for key in keys}
    )
    lind, berg = speaker_rows(COUNTS, who)
    assert (lind.name, lind.quotes, lind.names, lind.joint) == ("Ann Lind", 27, ("Lind",), ("Ann Lind and Bo Berg",))
    assert (berg.name, berg.quotes, berg.names) == ("Bo Berg", 5, ())
    first, second = explained_names(COUNTS[:2], who)
    assert (first.count.name, second.reason.why) == ("Ann Lind", "the surname alone")


def test_other_names_that_tell_a_reader_nothing_are_not_shown() -> None:
    names = ("Ann J. Lind", "Ann J Lind", "ANN LIND", "Ann Lind’s", "Lind", "Sen. Ann Lind", "Watching Lind")
    assert SpeakerRow("Ann Lind", 9, names).other_names == ("Ann J. Lind", "Lind")
