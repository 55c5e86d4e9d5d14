"""Whom "he", "the minister", "who" and "it" stand for."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import annotate_document, attribute
from indexer.attribution.attribution_model import packaged_model
from indexer.attribution.coreference import CoreferenceResolver
from indexer.attribution.vocabulary import AttributionMethod
from search.model import Document


def resolve(text: str, word: str, quotation: str = "", authors: tuple[str, ...] = ()) -> list[tuple[str, float, str]]:
    """What the last mention with this head may stand for: name, probability, method."""
    doc = annotate_document(Document(id="t", text=text), packaged_model())
    index = max(n for n, mention in enumerate(doc.mentions) if mention.head.lower() == word)
    answers = CoreferenceResolver(doc, packaged_model(), authors).resolve(index, quotation)
    return [(each.name, each.probability, each.method) for each in answers]


@pytest.mark.parametrize(
    ("text", "word", "name", "method"),
    [
        ("Susan Park met Robert Cole. Then she said so.", "she", "Susan Park", AttributionMethod.PRONOUN),
        ("Susan Park met Robert Cole. Then he said so.", "he", "Robert Cole", AttributionMethod.PRONOUN),
        (
            "Robert Cole, the minister, left. Then the minister said so.",
            "minister",
            "Robert Cole",
            AttributionMethod.ROLE,
        ),
        ("Foreign Minister Ana Soto left. The minister said so.", "minister", "Ana Soto", AttributionMethod.ROLE),
        (
            "Foreign Minister Robert Cole met Prime Minister Ana Soto. The minister said so.",
            "minister",
            "Robert Cole",
            AttributionMethod.ROLE,
        ),
        ("Vice President Ana Soto left. The vice president said so.", "president", "Ana Soto", AttributionMethod.ROLE),
        ("President Ana Soto left. The vice president said so.", "president", "vice president", AttributionMethod.ROLE),
        (
            "Robert Cole, the president of the Harbour Union, left. It rained. Nobody knew. The president said so.",
            "president",
            "president",
            AttributionMethod.ROLE,
        ),
        (
            "Robert Cole left. Another senator, who asked not to be named, stayed. The senator said so.",
            "senator",
            "senator",
            AttributionMethod.ROLE,
        ),
        (
            "Jane Roe (R-Ohio) left long ago. It rained. It snowed. It was cold. “We go,” said Sen. Robert Cole. The Ohio Republican said so.",
            "republican",
            "Robert Cole",
            AttributionMethod.ROLE,
        ),
        (
            "Mark Park met Robert Cole. Cole smiled. “It rains,” he told Cole.",
            "he",
            "Mark Park",
            AttributionMethod.PRONOUN,
        ),
        (
            "Mark Park left. Robert Cole said no. “It rains,” he said to Cole.",
            "he",
            "Mark Park",
            AttributionMethod.PRONOUN,
        ),
        (
            "Robert Cole has the votes now, said Mark Park, an aide. He said it was likely that Mr. Cole would win.",
            "he",
            "Mark Park",
            AttributionMethod.PRONOUN,
        ),
        ("Robert Cole left. The report said so.", "report", "report", AttributionMethod.ROLE),
        ("Robert Cole left. A minister said so.", "minister", "minister", AttributionMethod.ROLE),
        ("Then Robert Cole, who said so, left.", "who", "Robert Cole", AttributionMethod.RELATIVE),
        (
            "The Northport Port Authority met. It said so.",
            "it",
            "Northport Port Authority",
            AttributionMethod.REFERENCE,
        ),
        ("Robert Cole left. They said so.", "they", None, AttributionMethod.REFERENCE),
        ("Nobody left. Then she said so.", "she", "she", AttributionMethod.PRONOUN),
    ],
)
def test_a_mention_stands_for_its_antecedent(text: str, word: str, name: str | None, method: AttributionMethod) -> None:
    answers = resolve(text, word)
    assert (answers[0][0] if answers else None) == name
    assert not answers or answers[0][2] == method


def test_probabilities_add_up_to_one_at_most_and_fall() -> None:
    answers = resolve("Paul Roe met Robert Cole and Tom Poole on Monday. Then he said so.", "he")
    shares = [probability for _, probability, _ in answers]
    assert len(answers) > 1
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) <= 1.0 + 1e-9


def test_who_is_named_in_the_words_is_seldom_who_says_them() -> None:
    text = "Paul Roe met Robert Cole on Monday. Then he said so."
    before = {name: probability for name, probability, _ in resolve(text, "he")}
    after = {name: probability for name, probability, _ in resolve(text, "he", "I know that Cole is late.")}
    assert after["Robert Cole"] < before["Robert Cole"]
    assert after["Paul Roe"] > before["Paul Roe"]


def test_what_the_gold_does_not_show_is_taken_off_the_scores(monkeypatch: pytest.MonkeyPatch) -> None:
    text, words = "Paul Roe met Robert Cole on Monday. Then he said so.", "I know that Cole is late."
    lowered = {name: probability for name, probability, _ in resolve(text, "he", words)}
    monkeypatch.setattr("indexer.attribution.coreference._NAMES_ITSELF", 0.0)
    learned = {name: probability for name, probability, _ in resolve(text, "he", words)}
    assert lowered["Robert Cole"] < learned["Robert Cole"]


@pytest.mark.parametrize(
    ("authors", "wanted"), [(("Joe Poole",), ["Joe Poole"]), ((), []), (("Joe Poole", "Ann Lee"), [])]
)
def test_i_is_the_only_author(authors: tuple[str, ...], wanted: list[str]) -> None:
    assert [name for name, _, _ in resolve("Then I said so.", "i", authors=authors)] == wanted


def test_a_mention_is_resolved_once() -> None:
    doc = annotate_document(Document(id="t", text="Paul Roe met Robert Cole. “Yes,” he said."), packaged_model())
    resolver = CoreferenceResolver(doc, packaged_model())
    first = resolver.resolve(2)
    resolver.note_speaker(1, 0)
    assert resolver.resolve(2) is first
    assert resolver.likeliest_name(2) == first[0].name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Harbour Ministry met. A Harbour Ministry statement said “the tunnel will open in May.”",
            "Harbour Ministry",
        ),
        (
            "The Harbour Ministry met. “The tunnel will open in May,” said a statement from the Harbour Ministry.",
            "Harbour Ministry",
        ),
        ("Cora Blunt spoke. Blunt’s letter said “the tunnel will open in May.”", "Cora Blunt"),
        ("“The tunnel will open in May,” said a spokeswoman for the ministry, Cora Blunt.", "Cora Blunt"),
    ],
)
def test_a_document_speaks_for_its_owner_and_an_apposition_for_its_name(text: str, expected: str) -> None:
    assert attribute(Document(id="t", text=text))[-1].speaker == expected


def test_a_role_noun_for_nobody_named_is_its_own_role() -> None:
    quote = attribute(Document(id="t", text="“The tunnel will open in May,” an official said."))[-1]
    assert (quote.speaker, quote.role, quote.mention) == ("official", "official", "an official")


def test_he_goes_on_with_the_he_before() -> None:
    text = "Robert Cole left. He said that loyalists to John Park and Mark Soto were many. That is why, he argued, they lost."
    assert resolve(text, "he")[0][0] == "Robert Cole"


def test_he_goes_on_with_the_minister_before() -> None:
    text = (
        "Foreign Minister Robert Cole spoke for hours.\n\n"
        "The airlines were fined for carrying arms for Mark Lind’s forces and those who fight for Mark Lind.\n\n"
        "The foreign minister stressed that the plan had priority. He said his role was small."
    )
    assert resolve(text, "he")[0][0] == "Robert Cole"


def test_a_phrase_between_is_no_name_of_the_apposition() -> None:
    text = "Robert Cole, a former Harbour Committee chairman and presidential candidate, said so."
    assert resolve(text, "chairman")[0][0] == "Robert Cole"


def test_a_place_before_a_role_does_not_hold_it() -> None:
    text = "Mayor Bill Hale spoke. At a conference in Chelsea, the mayor also said so."
    assert resolve(text, "mayor")[0][0] == "Bill Hale"


def test_an_owner_tells_a_role_apart_from_who_was_named() -> None:
    assert resolve("Senator Ana Soto left. The Federation’s secretary said so.", "secretary")[0][0] == (
        "Federation’s secretary"
    )


def test_a_text_of_nothing_but_pronouns_is_soon_done() -> None:
    text = "Robert Cole left. " + "He said so. " * 3000
    assert resolve(text, "he")[0][0] in ("Robert Cole", "He")


def test_he_is_who_said_the_clause_before_and_not_who_it_was_about() -> None:
    text = "Donald Roe won. Roe’s plan should have an end, Robert Cole said, and added that all should take it.\n\n“Odd,” he said."
    (said,) = [each for each in attribute(Document(id="t", text=text)) if each.kind != "indirect"]
    assert said.speaker == "Robert Cole"


def test_he_is_no_people_and_no_thing() -> None:
    text = "May Germans never face what a migrant named Omar Lind wrote of. He said so."
    assert resolve(text, "he")[0][0] == "Omar Lind"
    assert resolve("Many Germans object. He said so.", "he")[0][0] == "He"
    assert resolve("An officer drove the Quillon. He said so.", "he")[0][0] == "officer"
