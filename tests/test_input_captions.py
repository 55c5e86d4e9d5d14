"""Captions as other tools write them: speakers, roll-up, markup, and what is broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.input.captions import (
    Speech,
    caption_lines,
    join_speeches,
    parse_captions,
    parse_speech_note,
    speech_note,
)  # fmt: skip


def texts(source: str) -> list[str]:
    return [line.text for line in caption_lines(parse_captions(source).cues)]


def cues(*words: str, arrow: str = " --> ", gap: float = 0.0) -> str:
    """A SubRip file whose captions are two seconds long each."""
    starts = [number * (2 + gap) for number in range(len(words))]
    return "\n".join(
        f"{number}\n00:00:{start:06.3f}{arrow}00:00:{start + 2:06.3f}\n".replace(".", ",") + f"{each}\n"
        for number, (start, each) in enumerate(zip(starts, words, strict=True), 1)
    )


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("WEBVTT\n\nid\n00:01.000 --> 00:02.000 line:-1 align:start\nIt <i>floats</i> &amp; sails.\n", ["It floats & sails."]),
        ("WEBVTT\n\nNOTE no words\nof it\n\n00:01.000 --> 00:02.000\nIt floats.\n", ["It floats."]),
        ("1\n00:00:01,000 --> 00:00:02,000\nIt\n2\n00:00:02,000 --> 00:00:03,000\nfloats\n", ["It", "floats"]),
        ("1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}<font color=\"#f\">It</font>\r\n", ["It"]),
        ("0:00:01.000,0:00:02.000\nIt floats\n", ["It floats"]),
        ("00:00:01.000 --> 00:00:02.000\n[music] ♪ la la ♪\n(LAUGHS)\n", []),
        ("WEBVTT\n\n00:01.000 -> 00:02.000\nIt\n\nx --> y\nno\n\n00:04.000 --> 00:05.000\nfloats\n", ["It", "floats"]),
        ("WEBVTT\n\n00:00.000 --> 00:02.000\nit<00:00:00.500><c> floats</c>\n", ["it floats"]),
        ("1\n00:00:01,000 --> 00:00:02,000 <v Nora Blum>It floats.</v>\n", ["It floats."]),
    ],
)  # fmt: skip
def test_times_markup_and_sounds_are_no_words(source: str, words: list[str]) -> None:
    assert texts(source) == words


def test_what_rolls_up_is_read_once() -> None:
    assert texts(cues("it will float", "it will float\nat night and", "at night and\nby day")) == [
        "it will float",
        "at night and",
        "by day",
    ]
    assert texts(cues("it", "it will", "it will float")) == ["it", "will", "float"]
    assert texts(cues("Yes.", "Yes.", "No.", "It is late.", "So it is.", gap=1)) == [
        "Yes.",
        "Yes.",
        "No.",
        "It is late.",
        "So it is.",
    ]


@pytest.mark.parametrize(
    ("line", "speaker", "is_new", "words"),
    [
        ("<v Nora Blum>It floats.", "Nora Blum", True, "It floats."), ("<v.loud Nora Blum>It floats.</v>", "Nora Blum", True, "It floats."),
        (">> It floats.", None, True, "It floats."), ("&gt;&gt; It floats.", None, True, "It floats."), ("- It floats.", None, True, "It floats."),
        ("- and so on", None, False, "- and so on"), ("[Nora Blum] It floats.", "Nora Blum", True, "It floats."),
        ("[laughing] It floats.", None, False, "It floats."),
    ],
)  # fmt: skip
def test_a_line_says_that_somebody_else_begins(line: str, speaker: str | None, is_new: bool, words: str) -> None:
    (found,) = caption_lines(parse_captions(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{line}\n").cues)
    assert (found.speaker, found.is_new, found.text) == (speaker, is_new, words)


def test_the_header_and_the_notes_say_what_it_is() -> None:
    source = "WEBVTT - The board\nLanguage: de\n\nNOTE https://harbour.example/a.mp4\n\n00:01.000 --> 00:02.000\nSie schwimmt.\n"
    assert parse_captions(source).about == {
        "title": "The board",
        "language": "de",
        "url": "https://harbour.example/a.mp4",
    }


def test_a_speaker_is_kept_until_the_next_and_a_long_speech_begins_anew() -> None:
    lines = list(
        caption_lines(
            parse_captions(cues("It floats.", "At night.", "Does it?", *["It is late now, and dark."] * 16, gap=1)).cues
        )
    )
    labels: list[tuple[str, int] | None] = [("Nora Blum", 0), None, ("Ines Roth", 0)] + [None] * 16
    speeches = join_speeches(lines, labels)
    assert [(speech.speaker, speech.text) for speech in speeches[:1]] == [("Nora Blum", "It floats. At night.")]
    assert {speech.speaker for speech in speeches[1:]} == {"Ines Roth"}
    assert len(speeches) == 3
    assert speeches[2].second > speeches[1].second + 20


@given(st.floats(0, 1e6), st.none() | st.just("Nora Blum"))
def test_a_note_is_read_as_it_was_written(second: float, speaker: str | None) -> None:
    read = parse_speech_note(speech_note(Speech(speaker, second, second, "x")))
    assert read[0] == pytest.approx(second, abs=0.001)
    assert read[1] == speaker
    assert parse_speech_note("x") == parse_speech_note(None) == (None, None)


@given(st.text(alphabet="WEBVTT<v>&-:.,0123 \n[]♪a", max_size=200))
def test_any_text_may_be_asked(text: str) -> None:
    assert all(line.text or line.speaker for line in caption_lines(parse_captions(text).cues))


def test_one_caption_of_many_lines_is_linear() -> None:
    """Two captions of 50,000 equal lines: their overlap is looked for in a few lines alone."""
    block = "a b c\n" * 50_000
    assert texts(f"00:01.000 --> 00:02.000\n{block}\n00:02.000 --> 00:03.000\n{block}")
