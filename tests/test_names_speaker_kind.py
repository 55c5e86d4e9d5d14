"""Whom a speaker's name names: a person, a body, two people, or nobody in particular."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.names import person_name, speaker_kind
from search.names.name_words import listed_words
from search.names.speaker_kind import SpeakerKind, is_clean, is_person_or_body, joint_parts, kind_of


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *((name, SpeakerKind.PERSON) for name in ("Marta Lind", "Lind", "Secretary of State Marta Lind", "ظریف", "Ada de la Cruz")),
        *(
            (name, SpeakerKind.BODY)
            for name in ("Harbour Post", "State Department", "Lind administration", "Ministry of Fisheries", "Rovers campaign")
        ),
        *(
            (name, SpeakerKind.UNNAMED)
            for name in (
                "official", "Officials", "spokesman", "report", "statement", "senior administration official", "a source",
                "White House official", "spokesman for Marta Lind", "One Lind aide", "Hide Caption", "Photos", "they", "",
                "Sprecherin", "porte-parole", "fuente", "سخنگو", "lawyer", "man who met Marta Lind", "Another Lind critic",
            )
        ),
    ],
)  # fmt: skip
def test_kinds(name: str, kind: SpeakerKind) -> None:
    assert kind_of(name) is kind
    assert is_person_or_body(name) is (kind is not SpeakerKind.UNNAMED)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ann Lind and Bo Berg", ("Ann Lind", "Bo Berg")),
        ("Ann Lind, Cy Rask und Bo Berg", ("Ann Lind", "Cy Rask", "Bo Berg")),
        ("Ann Lind & Bo Berg", ("Ann Lind", "Bo Berg")),
        ("Ann Lind y Bo Berg", ("Ann Lind", "Bo Berg")),
        ("Ministry of Health and Fisheries", ()),
        ("lawyers and Bo Berg", ()),
        ("Ann Lind", ()),
        ("and", ()),
    ],
)
def test_rows_of_people(name: str, parts: tuple[str, ...]) -> None:
    assert joint_parts(name) == parts


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Marta Lind", True),
        ("Ada de la Cruz", True),
        ("Marta Lind's", False),
        ("WATCHED Marta Lind", False),
        ("MARTA LIND", False),
        ("Marta LindSenate", False),
        ("Marta Lind Lind", False),
        ("Lind resumes", False),
        ("I’m Marta Lind", False),
        ("Beto O’Berg", True),
    ],
)
def test_what_may_be_shown(name: str, clean: bool) -> None:
    assert is_clean(name) is clean


@given(st.text(max_size=60))
def test_any_text_has_a_kind(text: str) -> None:
    assert kind_of(text) in SpeakerKind
    assert len(joint_parts(text)) != 1
    is_clean(text)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Democrats", SpeakerKind.UNNAMED),
        ("House Republicans", SpeakerKind.UNNAMED),
        ("Democratic Party", SpeakerKind.BODY),
        ("Catholics for Peace", SpeakerKind.BODY),
        ("Catholics in Parliament", SpeakerKind.UNNAMED),
        ("League of Women Voters", SpeakerKind.BODY),
        ("Union of Concerned Scientists", SpeakerKind.BODY),
        ("South Harbour Republican", SpeakerKind.UNNAMED),
        ("Rick American", SpeakerKind.PERSON),
        ("Republican", SpeakerKind.PERSON),
        ("Lind allies", SpeakerKind.UNNAMED),
        ("Harbour Democrats", SpeakerKind.UNNAMED),
        ("Transparency advocates", SpeakerKind.UNNAMED),
        ("Parti socialiste", SpeakerKind.BODY),
        ("Mr. Lind last week", SpeakerKind.PERSON),
        ("official last week", SpeakerKind.UNNAMED),
        ("Lind herself", SpeakerKind.PERSON),
        ("Harbour Avenue", SpeakerKind.BODY),
        ("Moon Jae-in", SpeakerKind.PERSON),
        ("Ludwig van Beethoven", SpeakerKind.PERSON),
        # A person tells two of one name apart so; what stands in brackets is no part of the name.
        ("Ann Lee (mayor)", SpeakerKind.PERSON),
        ("Harbour Authority (north)", SpeakerKind.BODY),
        ("official (Harbour)", SpeakerKind.UNNAMED),
        ("(mayor)", SpeakerKind.UNNAMED),
    ],
)
def test_groups_and_what_is_no_name(name: str, kind: SpeakerKind) -> None:
    assert kind_of(name) is kind


NAME_WORDS = st.sampled_from(sorted({*listed_words(), "ann", "lind", "berg"})).flatmap(
    lambda word: st.sampled_from([word, f"{word}s", f"{word[:-1]}ies", f"{word[:-3]}men", word[::-1]])
)


@given(st.lists(NAME_WORDS, min_size=1, max_size=3))
def test_the_short_way_for_plain_names_says_the_same(words: list[str]) -> None:
    name = " ".join(words).title()
    with pytest.MonkeyPatch.context() as patch:
        short = person_name.parse_name.__wrapped__(name), kind_of.__wrapped__(name)
        for module in (person_name, speaker_kind):
            patch.setattr(module, "is_plain", lambda name: False)
        person_name.parse_name.cache_clear()
        whole = person_name.parse_name.__wrapped__(name), kind_of.__wrapped__(name)
    assert short == whole
