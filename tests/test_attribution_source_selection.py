"""The source of a quotation: the ranking, and the clauses that leave no doubt."""

from __future__ import annotations

import pytest

from indexer.attribution.annotated_document import AnnotatedDocument
from indexer.attribution.attribute import annotate_document, attribute
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.coreference import CoreferenceResolver
from indexer.attribution.source_selection import (
    SelectedSource,
    goes_on,
    likeliest_others,
    rank_sources,
    select_source,
)
from indexer.attribution.vocabulary import AttributionMethod
from search.model import Document


def annotated(text: str) -> AnnotatedDocument:
    return annotate_document(Document(id="t", text=text), packaged_model())


def selected(text: str) -> SelectedSource | None:
    doc = annotated(text)
    (ranking,) = rank_sources(doc, packaged_model(), [0]).values()
    return select_source(doc, 0, ranking, CoreferenceResolver(doc, packaged_model()))


@pytest.mark.parametrize(
    ("text", "name", "by_rule"),
    [
        ("“The bridge is late,” Ann Lee said.", "Ann Lee", False),
        ("Bob Cole left when Ann Lee quoted Tom Roe as saying “the bridge is late.”", "Tom Roe", True),
        ("Bob Cole met Ann Lee, who calls herself “the gatekeeper” of it.", "Ann Lee", True),
        ("Bob Cole called it fake, “made by those who hate us,” in the words of Ann Lee.", "Ann Lee", True),
        ("Bob Cole left. In Ann Lee’s words, “the bridge is late.”", "Ann Lee", True),
        ("Bob Cole said that Ann Lee had said “the bridge is late.”", "Ann Lee", True),
        ("Ann Lee and Bob Cole said “the bridge is late.”", "Ann Lee and Bob Cole", False),
        ("“The bridge is late,” said Ann Lee and Bob Cole.", "Ann Lee and Bob Cole", False),
        ("“The bridge is late,” said Ann Lee and Bob Cole left.", "Ann Lee", False),
        ("“The bridge is late,” said one former sailor, according to the Northport Herald.", "one former sailor", True),
        ("“The bridge is late,” said a senior law officer. Ann Lee left.", "senior law officer", True),
        ("“The bridge is late,” said an alderman in Northport.", "alderman in Northport", True),
        ("“The bridge is late,” said one Republican close to the Harbour Council.", "one Republican", True),
        ("Bob Cole left when Ann Lee quoted Tom Roe on Harbourgram as saying “the bridge is late.”", "Tom Roe", True),
        ("He spoke of President Ann Lee of Veldania calling the bridge “a sad old joke” that day.", "Ann Lee", False),
        (
            "It was held up by a federal judge in Ohio, who found it “late by ten years and more.”",
            "federal judge in Ohio",
            False,
        ),
        ("On May 15, Mr. Lee gave a speech to the Harbour Party Union saying: “Why am I the first?”", "Lee", False),
    ],
)
def test_the_source_and_whether_a_rule_chose_it(text: str, name: str, by_rule: bool) -> None:
    source = selected(text)
    assert source is not None
    assert (source.name, source.by_rule) == (name, by_rule)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ann Lee’s speech was interrupted by chants of “Run, Ann, run” from the floor.", None),
        ("Ann Lee praised the mayor amid shouts of “build the bridge!” and “open it up now!”", None),
        ("Lee supporters broke into chants of “send the boat back,” which she liked.", "Lee supporters"),
    ],
)
def test_what_a_crowd_chants_is_nobodys_by_name(text: str, speaker: str | None) -> None:
    assert {each.speaker for each in attribute(Document(id="t", text=text)) if not each.scare} == {speaker}


def test_a_name_in_capitals_and_who_is_with_a_body_are_told_apart() -> None:
    line = selected("It was merged. All On The Line describes itself as “a national campaign of its own.”")
    assert line is not None
    assert line.name == "Line"
    rebel = selected("“The one is beautiful beside the other,” one rebel aligned with the Harbour Union told me.")
    assert rebel is None or rebel.name != "Harbour Union"


def test_what_a_quotation_implies_is_no_speaker() -> None:
    source = selected("Ann Lee said it. Calling a vote “rigged” implies a systematic, joint plan of one candidate.")
    assert source is None or source.name != "systematic"


def test_what_a_quotation_suggests_is_no_speaker() -> None:
    source = selected(
        "Ann Lee told the press “we will do it in some other way,” suggesting a talk of some kind will follow."
    )
    assert source is not None
    assert source.name == "Ann Lee"


def test_the_mentions_of_one_speaker_add_up() -> None:
    text = "Lee spoke to Bob Cole. Ann Lee met Lee. “The bridge is late.”"
    doc = annotated(text)
    (ranking,) = rank_sources(doc, packaged_model(), [0]).values()
    source = selected(text)
    assert source is not None
    assert source.probability > max(probability for _, probability in ranking)


def test_a_ranking_is_a_distribution_likeliest_first() -> None:
    doc = annotated("Ann Lee met Bob Cole. “It is late,” said Tom Roe. “No,” he said.")
    for ranking in rank_sources(doc, packaged_model(), [0, 1]).values():
        shares = [probability for _, probability in ranking]
        assert sum(shares) == pytest.approx(1.0)
        assert shares == sorted(shares, reverse=True)


def test_the_others_leave_out_the_speaker() -> None:
    source = selected("Ann Lee met Bob Cole at noon.\n\nThe day was long.\n\n“It is late, and so am I.”")
    assert source is not None
    others = list(likeliest_others(source))
    assert source.name not in dict(others)
    assert len(others) == len(source.speakers) - 1


def test_a_text_without_mentions_has_no_source() -> None:
    assert selected("“To be or not to be.”") is None
    assert rank_sources(annotated("none"), packaged_model(), []) == {}


@pytest.mark.parametrize(
    "clause", ["“It is late,” said another.", "“It is late,” another said.", "Another said: “It is late.”"]
)
def test_said_another_names_nobody(clause: str) -> None:
    assert attribute(Document(id="t", text=f"“The tunnel is wet,” Cora Blunt said. {clause}"))[-1].speaker is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“The bridge is late,” Ann Lee of the Norvik Institute said.", "Ann Lee"),
        ("Ann Lee, from the local group Norvik Voice, told us that “the bridge is late.”", "Ann Lee"),
        (
            "Ann Lee left. A spokesman for Norvik House said the bridge “will be late again.”",
            "spokesman for Norvik House",
        ),
        ("Ann Lee of the Norvik University School of Law said the “bridge of all ages” was late.", "Ann Lee"),
        ("The report by the Norvik Council concludes that the town “was late and is late again.”", "report"),
        ("With Ann Lee saying “the bridge is late again,” nobody stayed.", "Ann Lee"),
    ],
)
def test_the_source_is_who_speaks_and_not_the_house(text: str, name: str) -> None:
    source = selected(text)
    assert source is not None
    assert source.name == name


def test_what_only_stands_before_a_reporting_word_is_no_source() -> None:
    source = selected("Papers seen by the Norvik Herald showed that he wanted “the bridge of ages.”")
    assert source is None or source.name != "Norvik Herald"


@pytest.mark.parametrize(
    "text",
    [
        "“The bridge is late,” said Ann Lee, an aide who hopes for a job at Norvik House under Bo Roe. “It will be late again.”",
        "“The bridge is late,” Ann Lee later recalled, when the town was led by Bo Roe. “It will be late again.”",
    ],
)
def test_what_ends_the_paragraph_goes_on_with_who_spoke_before_it(text: str) -> None:
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    said = [each.speaker for each in attribute(Document(id="t", text=text))]
    assert said == ["Ann Lee", "Ann Lee"]
    source = SelectedSource(0, doc.entity_of[0], "Ann Lee", 0.9, AttributionMethod.NAME)
    assert goes_on(doc, 0, source, 1)


@pytest.mark.parametrize(
    "text",
    [
        "“The bridge is late,” said Ann Lee. “It will be late again,” said Bo Roe.",
        "“The bridge is late,” said Ann Lee and found that “it will be late again.”",
        "“The bridge is late,” said Ann Lee.\n\nBo Roe did not. “It will be late again.”",
        "“The bridge is late,” and Ann Lee left. “It will be late again.”",
    ],
)
def test_what_has_a_clause_of_its_own_does_not_go_on(text: str) -> None:
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    source = SelectedSource(0, doc.entity_of[0], "Ann Lee", 0.9, AttributionMethod.NAME)
    assert not goes_on(doc, 0, source, 1)


def test_who_is_called_by_his_party_is_not_what_the_party_is_called() -> None:
    text = (
        "“The bridge is late,” said veteran Norvik Democratic strategist Ann Quill, who served as press secretary "
        "under Mayor Bo Roe. “It needs to be open in May.”"
    )
    assert [each.speaker for each in attribute(Document(id="t", text=text))] == ["Ann Quill", "Ann Quill"]
