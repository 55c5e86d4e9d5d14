"""Who said it: one invented sentence or two for each way in which newspapers tell."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.attribution.attribute import attribute
from search.model import LONGEST_NAME, Attribution, Document, Region, Span


def found(text: str, **facts: object) -> list[Attribution]:
    """The attributions of a text with marks, indirect speech left out."""
    return [a for a in attribute(Document(id="t", text=text, **facts)) if a.kind != "indirect"]  # type: ignore[arg-type]


def speakers(text: str, **facts: object) -> list[str | None]:
    return [a.speaker for a in found(text, **facts)]


@pytest.mark.parametrize(
    "text",
    [
        "“The bridge will open in May,” Ann Lee said.",
        "“The bridge will open in May,” said Ann Lee, the mayor of Northport.",
        "Ann Lee said, “The bridge will open in May.”",
        "Ann Lee told reporters on Friday: “The bridge will open in May.”",
        "According to Ann Lee, “the bridge will open in May.”",
        "“The bridge will open in May,” according to Ann Lee.",
        "Northport Mayor Ann Lee said the bridge “will open in May, come what may.”",
        "Ann Lee, who has run Northport since 2011, said “the bridge will open in May.”",
        "“The bridge,” Ann Lee said, “will open in May.”",
        "“The bridge will open in May,” Lee said.\n\nAnn Lee has run Northport since 2011.",
        "“The bridge will open in May.” — Ann Lee",
    ],
)
def test_the_source_is_found_on_either_side_and_in_the_middle(text: str) -> None:
    assert set(speakers(text)) == {"Ann Lee"}


def test_a_split_quotation_is_one_with_two_pieces() -> None:
    text = "“The bridge,” Ann Lee said, “will open in May.”"
    (quote,) = found(text)
    assert [span.of(text) for span in quote.contents] == ["The bridge,", "will open in May."]
    assert quote.cue == "said"


def test_a_new_sentence_after_the_cue_is_a_quotation_of_its_own_by_the_same_speaker() -> None:
    quotes = found("“The bridge will open,” Ann Lee said. “We have waited long enough for this day.”")
    assert [q.speaker for q in quotes] == ["Ann Lee", "Ann Lee"]


def test_a_floating_quotation_belongs_to_the_speaker_of_the_paragraph_before() -> None:
    text = (
        "Ann Lee, the mayor, defended the plan on Friday, saying it was late.\n\n“We have waited long enough for it.”"
    )
    assert speakers(text) == ["Ann Lee"]


def test_a_speech_over_paragraphs_is_one_joined_quotation() -> None:
    text = "“The bridge will open in May,” Ann Lee said. “It is late.\n\n“But it is a fine bridge, and we paid for it.”"
    last = found(text)[-1]
    assert [span.of(text) for span in last.contents] == [
        "It is late.",
        "But it is a fine bridge, and we paid for it.",
    ]
    assert "joined" in last.flags
    assert last.speaker == "Ann Lee"


def test_he_and_she_are_told_apart_by_first_names() -> None:
    text = (
        "Susan Park met Robert Cole on Monday.\n\n“The bridge is late,” she said.\n\n“It is not late at all,” he said."
    )
    assert speakers(text) == ["Susan Park", "Robert Cole"]


def test_a_role_in_apposition_stands_for_the_name() -> None:
    text = "The transport minister, Robert Cole, said “the bridge will be a fine one.”"
    (quote,) = found(text)
    assert quote.speaker == "Robert Cole"


def test_an_organisation_and_a_document_can_speak() -> None:
    assert speakers("The Northport Port Authority said in a statement: “The bridge is safe to use.”") == [
        "Northport Port Authority"
    ]
    assert speakers("The report says “the bridge was never safe to use at all.”") == ["report"]


def test_a_transcript_in_marks_and_without_any_names_its_speakers() -> None:
    text = "Ann Lee met Robert Cole.\n\n“LEE: Is the bridge safe?\n\n“COLE: It is as safe as a bridge can be.\n\n“LEE: Thank you.”"
    assert speakers(text) == ["Ann Lee", "Robert Cole", "Ann Lee"]
    plain = (
        "Ann Lee met Robert Cole.\n\nLEE: Is the bridge safe?\n\nCOLE: As safe as a bridge can be.\n\nLEE: Thank you."
    )
    quotes = found(plain)
    assert [(q.speaker, q.words(plain)) for q in quotes][1] == ("Robert Cole", "As safe as a bridge can be.")


def test_a_nested_quotation_names_its_parent_and_whom_the_words_beside_it_name() -> None:
    text = "“I asked him and Robert Cole said, ‘never in my life’, to that,” Ann Lee said."
    outer, nested = found(text)
    assert (outer.speaker, nested.speaker, nested.parent) == ("Ann Lee", "Robert Cole", 0)
    assert nested.via == ("Ann Lee",)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“They said ‘never in my life’ to that,” Ann Lee said.", None),
        ("“I said, ‘Never in my life,’” Ann Lee recalled.", "Ann Lee"),
        ("Lee went to see General Osvald Roe. “He told me, ‘The bridge stays shut,’” Ann Lee says.", "Osvald Roe"),
        ("“I met Mary Poole. She told me, and I wrote it down, ‘The bridge stays shut.’” Ann Lee said.", "Mary Poole"),
        ("“The engineer told me, ‘The bridge stays shut,’” Ann Lee said.", "engineer"),
    ],
)
def test_a_nested_quotation_is_its_own_clauses_and_he_is_never_who_tells_it(text: str, speaker: str | None) -> None:
    assert [q.speaker for q in found(text) if q.parent is not None] == [speaker]


def test_a_quotation_inside_a_transcripts_line_is_nested_in_it() -> None:
    text = (
        "POOLE: Did you go to see General Osvald Roe?\n\nLEE: He told me, “The bridge stays shut.” That was all.\n\n"
        "POOLE: And then?\n\nLEE: I left."
    )
    quotes = found(text)
    assert [(q.speaker, q.parent) for q in quotes if q.method != "label"] == [("Osvald Roe", 1)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("General Tom Roe has not commented. On the tape Ann Lee quotes him as saying: “The bridge stays shut.”", "Tom Roe"),
        ("Bob Cole spoke a day after the tape on which Ann Lee, according to the Herald, calls herself “the gatekeeper”.",
         "Ann Lee"),
        ("The council called it a fake, “made from scraps by those who hate us,” in the words of its spokesman, Bob Cole.",
         "Bob Cole"),
        ("Then came the pilots. Their man is Tom Roe. The line that stayed was his: “The bridge stays shut, I say.”",
         "Tom Roe"),
    ],
)  # fmt: skip
def test_plain_words_beside_a_quotation_say_whose_it_is(text: str, speaker: str) -> None:
    assert speakers(text) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "Paul Lee has been minister since 2011.\n\nThe passage concerns the night when the guard crossed while Mr Lee was "
        "in Northport. Back home, he says, he went to see the guard’s commander, General Tom Roe.\n\n“He was perfectly "
        "polite,” the minister recalls.\n\nBut he stops short of accusing the general of sabotage. “I do not believe the "
        "general wanted the treaty to fail,” he says.",
        "Paul Lee read the report.\n\nMore matters in the passage about General Tom Roe.\n\nThe general, he went on, "
        "“did not ask me.”",
    ],
)
def test_he_is_not_whom_he_speaks_of(text: str) -> None:
    assert speakers(text)[-1] == "Paul Lee"


def test_the_paper_that_was_told_is_in_the_chain() -> None:
    (quote,) = found("“The bridge will open in May,” Ann Lee told the Northport Herald.")
    assert quote.speaker == "Ann Lee"
    assert quote.via == ("Northport Herald",)


def test_who_reports_that_somebody_said_it_is_in_the_chain() -> None:
    (quote,) = found("Robert Cole said that Ann Lee had said “the bridge will never open.”")
    assert (quote.speaker, quote.via) == ("Ann Lee", ("Robert Cole",))
    (report,) = found("According to a Northport Herald report, Ann Lee said “the bridge will never open.”")
    assert report.via == ("Northport Herald",)


def test_two_people_can_speak_together() -> None:
    assert speakers("Ann Lee and Robert Cole said in a joint statement: “The bridge is late.”") == [
        "Ann Lee and Robert Cole"
    ]


def test_indirect_speech_is_kept_as_its_own_kind() -> None:
    text = "Ann Lee said that the bridge would open in May if the weather held."
    (quote,) = attribute(Document(id="t", text=text))
    assert (quote.kind, quote.speaker, quote.cue) == ("indirect", "Ann Lee", "said")
    assert quote.words(text) == "the bridge would open in May if the weather held"


def test_marks_around_a_term_are_scare_marks_and_around_speech_are_not() -> None:
    scare = found("The so-called “smart” bridges of the north are neither new nor cheap, engineers know.")
    speech = found("“The bridge will open in May,” Ann Lee said.")
    assert scare[0].scare
    assert not speech[0].scare
    assert scare[0].scare_score > speech[0].scare_score


def test_a_readers_comment_is_nobodys_quotation() -> None:
    text = "Ann Lee opened the bridge.\n\n“The bridge is ugly and late,” Ann Lee said."
    comment = Region(Span(text.index("“"), len(text)), "comment")
    (quote,) = found(text, regions=(comment,))
    assert (quote.place, quote.speaker) == ("comment", None)


def test_a_block_quotation_with_a_cite_has_its_speaker() -> None:
    text = "An old text has it.\nThe bridge is not for walking.\nSo it says."
    start = text.index("The bridge")
    block = Region(Span(start, start + len("The bridge is not for walking.")), "blockquote", "— Ann Lee, The Bridge")
    (quote,) = found(text, regions=(block,))
    assert (quote.speaker, quote.words(text)) == ("Ann Lee", "The bridge is not for walking.")


def test_a_headline_quotation_has_the_speaker_of_the_same_words_below() -> None:
    text = "Bridge is ‘ugly and late’\n\n“The bridge is ugly and late,” Ann Lee said on Monday."
    headline, body = found(text, title="Bridge is ‘ugly and late’")
    assert headline.place == "headline"
    assert headline.speaker == body.speaker == "Ann Lee"


def test_a_text_without_names_has_quotations_of_nobody() -> None:
    assert speakers("“To be or not to be.”") == [None]


def test_editors_brackets_and_ellipses_stay_in_the_text() -> None:
    text = "“They [the engineers] were late… and we paid,” Ann Lee said."
    assert found(text)[0].words(text) == "They [the engineers] were late… and we paid,"


def test_confidence_is_higher_where_the_source_is_plain() -> None:
    plain = found("“The bridge will open in May,” Ann Lee said.")[0]
    unsure = found("Ann Lee met Robert Cole, Susan Park and Omar Diaz.\n\nThe day was long.\n\n“The bridge is late.”")[
        0
    ]
    assert plain.confidence > 0.9 > unsure.confidence


SOUP = st.lists(
    st.sampled_from(
        ["“", "”", '"', "'", "''", " said ", " Ann Lee", " he", ", ", ". ", "\n", " the minister", " according to ", "A: ", "Q",
         " told the Herald ", "(", ")", " Mr. ", " that ", "—", "«", "»", "é", "\u200f", "PENCE: ", " of ", " and ", "\r", "x"]
    ),
    max_size=60,
).map("".join)  # fmt: skip


@settings(deadline=None)
@given(SOUP | st.text(max_size=200))
def test_any_string_is_legal_and_every_offset_gives_words(text: str) -> None:
    quotes = attribute(Document(id="t", text=text))
    for number, quote in enumerate(quotes):
        assert all(0 <= span.start < span.end <= len(text) for span in quote.contents)
        assert all(a.end <= b.start for a, b in zip(quote.contents, quote.contents[1:], strict=False))
        assert 0.0 <= quote.confidence <= 1.0
        assert 0.0 <= quote.scare_score <= 1.0
        assert quote.parent is None or quote.parent < number
        if quote.source is not None:
            assert quote.source.of(text) == quote.mention
    assert list(quotes) == sorted(quotes, key=lambda q: q.start)


@settings(deadline=None, max_examples=30)
@given(SOUP)
def test_the_same_text_gives_the_same_answer(text: str) -> None:
    document = Document(id="t", text=text)
    assert attribute(document) == attribute(document)


@pytest.mark.parametrize(
    "piece",
    ["'", "“", '"a ', "“a” ", "Mr. Xu said, ", "the spokesman of ", "he ", "A. ", "“a\n", "Smith of the ", "Q: a\n", "(", " ",
     "“Good day,” she said. Ann Lee left. "],
)  # fmt: skip
def test_many_of_a_kind_do_not_hang(piece: str) -> None:
    # Not a timing: this takes seconds, and many minutes if the work grows with the square of the length.
    started = time.process_time()
    attribute(Document(id="t", text=piece * 10_000))
    assert time.process_time() - started < 60


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "“We stand by our friends,” the head of the Norvik consulate in Miami told The Courier.",
            "head of the Norvik consulate in Miami",
        ),
        (
            "The station has run for years. The station reports: “The steps include testing the harbour for oil.”",
            "station",
        ),
        ("Despite the danger, Lind resumes calling the press the “enemy of the people of the harbour”.", "Lind"),
        ("He would not pay. (Sometimes Lind would go further and say he “can’t release them now”.)", "Lind"),
        ("“This is close to being misleading,” Lind, Jr. responded. The paper left Lind, Jr. alone.", "Lind Jr."),
        ("State Rep. Ann Lee, D-St. Louis, called Roe’s measure “unconstitutional and cruel” on Friday.", "Ann Lee"),
        ("Donald Lind, Jr. was there. President Lind taunted the paper: “It never criticised my own man.”", "Lind"),
        (
            "Sen. Donald Lind, Jr. was there. Sen. Lind taunted the paper: “It never criticised my man.”",
            "Donald Lind Jr.",
        ),
        (
            "The grassroots collective The People for Ann Lee advised all of its followers: “Don’t give them a dime.”",
            "People for Ann Lee",
        ),
    ],
)
def test_the_whole_of_who_spoke_is_named_and_no_piece_of_it(text: str, speaker: str) -> None:
    assert speakers(text) == [speaker]


def test_an_adjective_a_caption_and_a_verb_are_nobody() -> None:
    adjective = (
        "Presidential campaigns are about choices, and many Presidential hopefuls know. The blows have been between Lind "
        "and Roe. “Now comes Ann Lind, and her agenda could be summed up easily,” he said in a speech."
    )
    caption = "He spoke long. Photograph: He sailed close when he claimed, “our harbour is stronger than it ever was”."
    verb = "So voters are wrong. They should really stop accusing anyone of “just playing the race card.” It is late."
    assert {"Presidential", "Photograph", "really stop"}.isdisjoint(
        {*speakers(adjective), *speakers(caption), *speakers(verb)}
    )


def test_who_is_the_head_of_something_is_not_whoever_is_head() -> None:
    text = "Ann Lee, the head of the guards, left. The harbour head said that he wanted a safe line for calls."
    assert [each.speaker for each in attribute(Document(id="t", text=text))] == ["harbour head"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“The council never sees a quagmire,” said Amb. Chas Freeman, a fellow at Norvik.", "Chas Freeman"),
        ("“He is careful,” said Crowdway CEO and co-founder Ann Lee, a veteran of harbours.", "Ann Lee"),
        ("Ann Lind spoke. Lind further claimed that the “phony collusion of the worst kind” is over.", "Ann Lind"),
        ("EXCLUSIVE: Rep. Ann Lee (R-Ohio) says, “I do not think there is a need for laws.”", "Ann Lee"),
        ("“It is shut,” Ann Lee said. “As a matter of fact, it is.” pic.example.com/QjglilKSW6 — Ohio", "Ann Lee"),
        ("Thousand Oaks Mayor Andrew Fox says, “We are all tired of the rain by now.”", "Andrew Fox"),
    ],
)
def test_titles_labels_and_addresses_are_nobody(text: str, speaker: str) -> None:
    assert set(speakers(text)) == {speaker}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "After the talks, Xi renewed calls for trade and called on citizens to join a “new Long March of the poor.”",
            "Xi",
        ),
        (
            "Ann Lee spoke. She read a Nostradamus-like assertion. “How are we saying to take it easy,” she said.",
            "Ann Lee",
        ),
        (
            "Bo Berg was frustrated. His warnings included a PowerPoint deck he said he gave them. “I included it all,” he said.",
            "Bo Berg",
        ),
        ("At the end I found myself asking, “Did the council not lose the vote in November?”", None),
    ],
)
def test_a_verb_a_product_and_a_compound_are_nobody(text: str, speaker: str | None) -> None:
    assert speakers(text) == [speaker]


def test_the_president_is_who_spoke_last_and_not_who_was_spoken_of() -> None:
    text = (
        "“The tactics of the harbour are over,” Lind said in Norvik. He denied a claim of Ann Roe. Roe testified about it, too. "
        "The President said on Saturday that the “people saw the quality and the courage of them all”."
    )
    assert speakers(text) == ["Lind", "Lind"]


def test_somebody_is_told_by_his_age() -> None:
    text = (
        "Diver Tom Dale says he grew up small. The 24-year-old said he did not see that “not everyone is like me in this town.” "
        "Speaking on the first Radio 4 Desert Island Discs with Ann Roe, he said he spoke out."
    )
    assert speakers(text) == ["Diver Tom Dale"]


def test_what_no_clause_tells_is_less_sure_in_other_languages() -> None:
    """The ranker learned English: of 46 speakers that it named in nine other languages .59 were right, and .74 was said."""
    text = "Die Konrad-Lind-Stiftung ist in Norwik zu Hause und sehr alt. Konrad-Lind-Stiftung „Wir haben lange genug auf die Brücke gewartet.“"
    (quote,) = found(text, language="de")
    assert quote.speaker == "Konrad-Lind-Stiftung"
    assert quote.confidence < 0.9


def test_an_editorial_board_is_no_editorial() -> None:
    text = "“The firm has come back since the bailout,” writes the editorial board of The Norvik Journal."
    assert speakers(text) == ["editorial board of The Norvik Journal"]


def reported(text: str) -> list[str | None]:
    return [each.speaker for each in attribute(Document(id="t", text=text)) if each.kind == "indirect"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ann Lee and Bo Berg said the bridge would open in May.", ["Ann Lee and Bo Berg"]),
        ("Sens. Ann Lee of Ohio and Bo Berg of Texas said the bridge would open.", ["Ann Lee and Bo Berg"]),
        ("In Paris and London Ann Lee said the bridge would open in May.", ["Ann Lee"]),
        ("Ann Lee, who campaigned to leave the EU, said the bridge would open in May.", ["Ann Lee"]),
        ("Ann Lee, a consultant in races in Ohio and Texas, said the bridge would open in May.", ["Ann Lee"]),
        ("Announcing it, state media in Syria and Russia say the bridge would open in May.", []),
    ],
)
def test_reported_speech_is_of_all_who_are_its_subject_and_of_no_place(text: str, wanted: list[str]) -> None:
    assert reported(text) == wanted


def test_they_are_no_place_and_a_dateline_says_nothing() -> None:
    town = (
        "Many left their homes in Washington last night. It rained. They complain about “holdovers of the old mayor”."
    )
    dateline = "Washington (CNN) President Ann Lee on Thursday called the deaths “senseless murders of the innocent”."
    embassy = "The Ruritanian Embassy in Washington said in a statement that it was sorry. “We reiterate it all,” the statement said."
    assert "Washington" not in {*speakers(town), *speakers(embassy)}
    assert speakers(dateline) == ["Ann Lee"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The harbour grew by five percent in July. That growth spurt suggests the town has momentum now.", []),
        ("She left after an exam revealed that the lock of the harbour had been broken for a year.", []),
        ("The first lady suggested that the lock should be led by somebody else by now.", ["first lady"]),
        (
            "Within Judiciary, Sens. Ann Lee of Ohio and Bo Berg of Texas said they would support her.",
            ["Ann Lee and Bo Berg"],
        ),
        ("A recent poll suggests that the town has momentum and will go on to grow.", ["recent poll"]),
        ("Ann Lee and other conservatives said that the lock of the harbour had been broken.", ["Ann Lee"]),
        (
            "The slight was that Lee’s people told the council that the lock was broken.",
            ["Lee’s people"],
        ),
    ],
)
def test_what_a_thing_suggests_is_no_speech_and_with_others_somebody_is_named(text: str, wanted: list[str]) -> None:
    assert reported(text)[-1:] == wanted


@pytest.mark.parametrize(
    "before",
    ["(" * 5_000, " and ".join(f"Ann Lee{chr(97 + n % 26)}ro" for n in range(3_000)) + " and ", "• " * 5_000],
    ids=["brackets", "names", "bullets"],
)
def test_a_text_of_nothing_but_brackets_or_joined_names_is_read_to_its_end(before: str) -> None:
    """Each was looked through by a function that called itself, once an item: a row of a thousand ended the reading."""
    assert reported(f"{before}Bo Berg said that the lock would open in May.") != []


@pytest.mark.parametrize(("letters", "is_named"), [(LONGEST_NAME - 4, True), (LONGEST_NAME - 3, False)])
def test_a_name_that_nobody_could_ask_for_is_none(letters: int, is_named: bool) -> None:
    (found,) = attribute(Document(id="t", text=f"“The bridge is closed to all,” said Ann {'B' + 'b' * (letters - 1)}."))
    assert (found.speaker is not None) is is_named
