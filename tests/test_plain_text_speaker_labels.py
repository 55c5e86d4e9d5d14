"""Labels of transcripts in the forms that hearings, interviews, broadcasts, meetings and chats print them, in several languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.plain_text.speaker_labels import (
    are_carried_on,
    begins_with_time,
    find_labels,
    is_stage_direction,
    parse_line_label,
)  # fmt: skip

TRANSCRIPTS = {
    "capitals": ("NORA BLUM: It floats.|PIET AALTO: Does it?|BLUM: It does.", ["NORA BLUM", "PIET AALTO", "BLUM"]),
    "offices": ("NORA BLUM, RADIO9 SEA REPORTER: It floats.|INES ROTH, MAYOR: Does it?|BLUM: It does.", ["NORA BLUM", "INES ROTH", "BLUM"]),
    "mixed case": ("Post: Does it float?|Blum: It floats.|Post: And at night?|Blum: At night too.", ["Post", "Blum"] * 2),
    "mixed case, office": ("Nora Blum, Host: Hello to you.|Ines Roth, Mayor: Hello.|Blum: Does it float?|Roth: Yes.", ["Nora Blum", "Ines Roth", "Blum", "Roth"]),
    "constituencies": ("Nora Blum (Northport) (Lab): Does it?|The Minister for Sea (Ines Roth): It does.|Nora Blum: And now?|Ines Roth: Yes.", ["Nora Blum", "Ines Roth"] * 2),
    "the record": ("Mr. BLUM. Madam Speaker, it floats.|Mrs. ROTH of Ohio. Does it?|Mr. BLUM. It does.", ["Mr. BLUM", "Mrs. ROTH", "Mr. BLUM"]),
    "letters": ("Q. Does it float?|A. It does.|Q. At night?|A. At night too.", ["Q", "A"] * 2),
    "arrows": (">> BLUM: It floats.|>> ROTH: Does it?|>> BLUM: It does.", ["BLUM", "ROTH", "BLUM"]),
    "times": ("[00:00:01] Nora Blum: It floats.|[00:00:09] Ines Roth: Does it?|[00:00:15] Nora Blum: It does.", ["Nora Blum", "Ines Roth", "Nora Blum"]),
    "a chat": ("04.03.24, 10:00 - Nora Blum: It floats.|04.03.24, 10:01 - Ines Roth: Does it?|04.03.24, 10:02 - Nora Blum: Yes.", ["Nora Blum", "Ines Roth", "Nora Blum"]),
    "own lines": ("Nora Blum|It floats.|Ines Roth|Does it?|Nora Blum|It does.|Ines Roth|Good.", ["Nora Blum", "Ines Roth"] * 2),
    "own lines, capitals": ("NORA BLUM|It floats.|INES ROTH|Does it?|NORA BLUM|It does.|INES ROTH|Good.", ["NORA BLUM", "INES ROTH"] * 2),
    "own lines, times": ("Nora Blum  0:05|It floats.|Ines Roth  0:12|Does it?|Nora Blum  0:20|It does.", ["Nora Blum", "Ines Roth", "Nora Blum"]),
    "bold": ("**Nora Blum:** It floats.|**Ines Roth:** Does it?|**Nora Blum:** It does.|**Ines Roth:** Good.", ["Nora Blum", "Ines Roth"] * 2),
    "numbers": ("Speaker 1: It floats.|Speaker 2: Does it?|Speaker 1: It does.|Speaker 2: Good.", ["Speaker 1", "Speaker 2"] * 2),
    "German": ("BLATT: Schwimmt sie?|Blum: Sie schwimmt.|BLATT: Auch nachts?|Blum: Auch nachts.|BLATT: Gut.|Blum: Ja.", ["BLATT", "Blum"] * 3),
    "French": ("Le Phare : Flotte-t-il ?|Anne Morel : Il flotte.|Le Phare : La nuit ?|Anne Morel : Aussi.", ["Le Phare", "Anne Morel"] * 2),
    "Russian": ("Корреспондент: Он плывёт?|Анна Морель: Плывёт.|Корреспондент: Ночью?|Анна Морель: Да.", ["Корреспондент", "Анна Морель"] * 2),
    "Persian": ("خبرنگار: شناور است؟|نورا بلوم: شناور است.|خبرنگار: شب هم؟|نورا بلوم: بله.", ["خبرنگار", "نورا بلوم"] * 2),
    "Arabic": ("المذيع: هل تطفو؟|نورا بلوم: نعم.|المذيع: ليلا؟|نورا بلوم: نعم.", ["المذيع", "نورا بلوم"] * 2),
    "Chinese": ("记者：船能开吗？|布卢姆：能。|记者：晚上呢？|布卢姆：也能。", ["记者", "布卢姆"] * 2),
}  # fmt: skip


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_a_transcript_is_known_by_its_labels(name: str) -> None:
    printed, wanted = TRANSCRIPTS[name]
    lines = printed.split("|")
    labels = find_labels(lines)
    assert [label.name for label in labels.values()] == wanted
    assert all(not lines[n][label.start :].startswith((" ", ":", "*")) for n, label in labels.items())


@pytest.mark.parametrize(
    "printed",
    [
        "Director: Ann Lee|Cast: Ben Orr|Length: 90 minutes.|Director: Bo Li|Cast: Kay Dunne|Length: 80 minutes.|Director: Ed Ek|Cast: Al Bo|Length: 60 minutes.",
        "Length: 900 metres.|Height: 80 metres.|Cost: nine million.|Built: in 1934.",
        "Monday: The council meets.|Tuesday: The boat sails.|Wednesday: The mayor speaks.|Thursday: Nothing happens.",
        "Blum said: We will sail in June.|There is one problem: money.|The town met on Monday.|One thing is sure: it floats.",
        "The U.S. ambassador left.|The U.K. minister stayed.|The U.S. and others agreed.",
        "A. Blum was there.|D. Roth was not.|F. Aalto came late.",
        "16:55 A last word|It was late.|12:20 Walk-out|They left.|10:15 Wall: the second winter|It stands.",
        "TRUMP WARNS ROTH IN LETTER: He did.|MORE FOR THE SEA: It will.|BOATS WITHOUT CREWS: They float.",
        "Left, Radio9, 7:37 pm|Right, Blum, 7:49 pm|Some say it floats.|Left, Radio9, 8:19 pm|Right, Blum, 8:43 pm|Others say no.",
        "April 8|It floats.|November 9|It sank.|April 8|It floats again.|November 9|It sank again.",
        "ANALYSIS: Why it floats.|SEE ALSO: The boats.|WATCH: The sea.|BREAKING: It sank.",
    ],
)  # fmt: skip
def test_forms_lists_headlines_and_news_are_no_transcripts(printed: str) -> None:
    assert not [label for label in find_labels(printed.split("|")).values() if label.name]


@pytest.mark.parametrize(
    ("line", "holds"),
    [("(Laughter.)", True), ("[Applause]", True), ("♪ music", True), ("* * *", True), ("(It floats) he said.", False), ("It floats.", False)],
)  # fmt: skip
def test_stage_directions_are_nobodys_words(line: str, holds: bool) -> None:
    assert is_stage_direction(line) == holds


def test_words_on_the_screen_are_nobodys() -> None:
    label = parse_line_label("TEXT: The ferry at night")
    assert label is not None
    assert label.name == ""
    role = parse_line_label("INES ROTH, MAYOR OF NORTHPORT: It floats.")
    assert role is not None
    assert (role.role, role.key) == ("MAYOR OF NORTHPORT", "roth")
    assert begins_with_time("12:20 Walk-out")
    assert not begins_with_time("It is 12:20")


def test_lines_without_a_label_go_on_only_where_all_speakers_have_one() -> None:
    assert are_carried_on(find_labels(["BLUM: It floats.", "ROTH: Does it?", "BLUM: It does."]))
    assert not are_carried_on(find_labels(["BLUM: It floats.", "BLUM: It sails.", "BLUM: It does."]))
    assert not are_carried_on(find_labels(["BLUM: It floats.", "ROTH: It sails.", "AALTO: It does."]))


@given(st.lists(st.text(alphabet="AB ab:.,()[]>*-–0189\t：س", max_size=60), max_size=12))
def test_any_lines_may_be_asked(lines: list[str]) -> None:
    assert all(0 <= label.start <= len(lines[number]) for number, label in find_labels(lines).items())
