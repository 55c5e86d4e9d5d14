"""Changes that turn the meaning: a "not", a number, a name; and nothing where nothing turned."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.matching.alignment import align_texts
from search.matching.meaning_changes import meaning_changes
from search.model import MeaningChange
from search.text.analysis import analyse


def changes(one: str, other: str) -> tuple[MeaningChange, ...]:
    left, right = analyse(one), analyse(other)
    return meaning_changes(left, right, align_texts(left, right))


NEGATION, NUMBER, NAME, OPPOSITE, CERTAINTY = MeaningChange


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("We will sign the treaty this week.", "We will not sign the treaty this week.", (NEGATION,)),
        ("We will sign the treaty this week.", "We won't sign the treaty this week.", (NEGATION,)),
        ("We will not sign the treaty this week.", "We will ... sign the treaty this week.", (NEGATION,)),
        ("We would not sign the treaty this week.", "We ... sign the treaty this week.", (NEGATION,)),
        ("پل در بندر می‌تواند باز شود", "پل در بندر نمی‌تواند باز شود", (NEGATION,)),
        ("دولت پل را باز خواهد کرد", "دولت پل را باز نخواهد کرد", (NEGATION,)),
        ("این پل در بندر امن است و باز", "این پل در بندر امن نیست و باز", (NEGATION,)),
        ("سوف نفتح الجسر في الميناء اليوم", "لن نفتح الجسر في الميناء اليوم", (NEGATION,)),
        ("הגשר בנמל הזה פתוח לכולם היום", "הגשר בנמל הזה לא פתוח לכולם היום", (NEGATION,)),
        ("Most v přístavu bude letos otevřen", "Most v přístavu nebude letos otevřen", (NEGATION,)),
        ("A ponte do porto será aberta hoje", "A ponte do porto não será aberta hoje", (NEGATION,)),
        ("Η γέφυρα θα ανοίξει φέτος", "Η γέφυρα δεν θα ανοίξει φέτος", (NEGATION,)),
        ("Podul va fi deschis anul acesta în port", "Podul nu va fi deschis anul acesta în port", (NEGATION,)),
        ("我们今年将在港口开放这座桥", "我们今年不将在港口开放这座桥", (NEGATION,)),
        ("पुल इस साल बंदरगाह में खुलेगा", "पुल इस साल बंदरगाह में नहीं खुलेगा", (NEGATION,)),
        ("The old boats need new sails", "The old boats had new sails", ()),
        ("Wir werden das unterschreiben", "Wir werden das nicht unterschreiben", (NEGATION,)),
        ("There were 24 ships in the bay at dawn.", "There were 42 ships in the bay at dawn.", (NUMBER,)),
        ("There were two ships in the bay at dawn.", "There were three ships in the bay at dawn.", (NUMBER,)),
        ("I spoke with Marta Lind about the bay.", "I spoke with Jonas Lind about the bay.", (NAME,)),
        ("The Democrats' plan will ruin us", "The Republicans' plan will ruin us", (NAME,)),
        ("I think Trump lost this debate", "I think Clinton lost this debate", (NAME,)),
        ("i think merkel lost this debate", "I think Clinton lost this debate", (NAME,)),
        ("I think Clinton lost this debate", "i think merkel lost this debate", (NAME,)),
        ("We will buy more bread than last year", "We will buy less bread than last year", (OPPOSITE,)),
        ("We will buy more bread than last year", "We will buy fewer loaves than last year", (OPPOSITE,)),
        ("It was always our harbour and our bridge", "It was never our harbour and our bridge", (NEGATION,)),
        ("They won the vote on the old bridge", "They lost the vote on the old bridge", (OPPOSITE,)),
        ("Wir brauchen mehr Brot als im letzten Jahr", "Wir brauchen weniger Brot als im letzten Jahr", (OPPOSITE,)),
        ("We buy more bread, and less milk than that", "We buy less milk, and more bread than that", ()),
        ("We will open the old bridge again", "We might open the old bridge again", (CERTAINTY,)),
        ("We must open the old bridge again", "We should open the old bridge again", (CERTAINTY,)),
        ("We will open the old bridge again, perhaps", "We might open the old bridge again, perhaps", ()),
        ("We will open the old bridge again", "We would open the old bridge again", ()),
        ("je suis charlie", "Je suis Nice,", (NAME,)),
        ("i think merkel lost this debate", "i think clinton lost this debate", ()),
        ("i think the mayor lost this debate", "I think Clinton lost this debate", ()),
        ("i think he lost this debate", "I think Clinton lost this debate", ()),
        ("if you like your doctor keep him", "If You Like Your Plan Keep Him", ()),
        ("it was bad. bread was dear", "It was bad. Milk was dear", ()),
        ("It was bad. We won it in the end", "It was bad. They won it in the end", ()),
        ("The Last Word On Obama And Me", "The Last Word On Congress And Me", ()),
        ("It was a responsible answer to the strike.", "It was an irresponsible answer to the strike.", (NEGATION,)),
        ("We did not lose 24 ships in the bay", "We did lose 42 ships in the bay", (NEGATION, NUMBER)),
        ("Half of the boats sank in the bay", "A third of the boats sank in the bay", (NUMBER,)),
        ("Half of the boats sank in the bay", "50 percent of the boats sank in the bay", ()),
        ("It took half a year to mend the boat", "It took six months to mend the boat", ()),
        ("They sank twice in that bay", "They sank two times in that bay", ()),
        ("Twice as many boats sank in the bay", "Three times as many boats sank in the bay", (NUMBER,)),
        ("Dozens of boats sank in the bay", "Hundreds of boats sank in the bay", (NUMBER,)),
        ("Dozens of boats sank in the bay", "40 boats sank in the bay", ()),
        ("the first boat that sank in the bay", "the second boat that sank in the bay", (NUMBER,)),
        ("We failed to mend the boats in the bay", "We mended the boats in the bay", (NEGATION,)),
        ("We refused to mend the boats in the bay", "We wanted to mend the boats in the bay", (NEGATION,)),
        ("We failed to mend the boats in the bay", "We did not mend the boats in the bay", ()),
        ("We declined to mend the boats in the bay", "We refused to mend the boats in the bay", ()),
        ("We don't see a way out of the valley.", "We do not see a way out of the valley.", ()),
        ("We lost three ships and two hundred men.", "We lost 3 ships and 200 men.", ()),
        ("It was a rude and non-diplomatic answer.", "It was a rude and undiplomatic answer.", ()),
        ("We are at war with a lie and it will not end soon.", "We are at war with a lie", ()),
        ("I spoke with Marta Lind about the bay.", "I spoke with [the mayor] about the bay.", ()),
        ("", "", ()),
        ("Growth was \u22125 percent in the old town", "Growth was 5 percent in the old town", (NUMBER,)),
        ("Growth was minus 5 percent in the old town", "Growth was -5 percent in the old town", ()),
        ("We pay $5 for the bridge and the mill", "We pay €5 for the bridge and the mill", (NUMBER,)),
        ("Der Turm kostet 2.500 Euro und nicht mehr", "Der Turm kostet 2,5 Euro und nicht mehr", (NUMBER,)),
        ("The rate was 2.500 in the old town", "The rate was 2500 in the old town", ()),
        ("It is the fifth ship in the bay", "It is the sixth ship in the bay", (NUMBER,)),
        ("we will sell the bridge", "I never said that we will sell the bridge", (NEGATION,)),
        ("we will sell the bridge", "It is not true that we will sell the bridge, and you know it", (NEGATION,)),
        ("sell the bridge to the bank", "We will never sell the bridge to the bank", (NEGATION,)),
        ("we will sell the bridge", "I said no. Now we will sell the bridge", ()),
        ("I want no new bridge", "Nothing. I want no new bridge. Tell him that.", ()),
        ("I want no new bridge", "I want nothing. I want no new bridge. Tell him that.", ()),
        ("He is a windbag of the old town", "He is a Wind Bag of the old town", ()),
    ],
)
def test_a_change_that_turns_the_meaning_is_told(one: str, other: str, expected: tuple[MeaningChange, ...]) -> None:
    assert changes(one, other) == expected


WORDS = st.lists(st.sampled_from("we will not go to the harbour 24 42 Marta Jonas ... don't".split()), max_size=14)


@given(WORDS.map(" ".join), WORDS.map(" ".join))
def test_a_meaning_turns_in_both_directions(one: str, other: str) -> None:
    left, right = analyse(one), analyse(other)
    steps = align_texts(left, right)
    turned = [
        step._replace(a_start=s.b_start, a_end=s.b_end, b_start=s.a_start, b_end=s.a_end)
        for step in steps
        for s in [step]
    ]
    assert meaning_changes(left, right, steps) == meaning_changes(right, left, turned)


@given(st.text(max_size=100))
def test_the_same_text_means_the_same(text: str) -> None:
    assert changes(text, text) == ()
