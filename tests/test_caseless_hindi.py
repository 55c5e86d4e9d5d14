"""Who speaks in Hindi."""

from __future__ import annotations

import pytest

from indexer.attribution.attribute import attribute
from indexer.attribution.caseless.hindi import hindi_subject
from search.model import Document


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('मंत्री अनिल वर्मा ने मंगलवार को कहा, "बंदरगाह जल्द बंद हो जाएगा।"', ["अनिल वर्मा"]),
        ('"बंदरगाह जल्द बंद हो जाएगा," विधायक अनिल वर्मा ने लिखा।', ["अनिल वर्मा"]),
        ('शहर के महापौर अनिल वर्मा के अनुसार "बंदरगाह जल्द बंद हो जाएगा"।', ["अनिल वर्मा"]),
        ('अनिल वर्मा का कहना है, "बंदरगाह जल्द बंद हो जाएगा।"', ["अनिल वर्मा"]),
        ('अनिल वर्मा ने कहा, "बंदरगाह बंद होगा।" उन्होंने यह भी कहा, "काम मार्च में शुरू होगा।"', ["अनिल वर्मा"] * 2),
        ('प्रवक्ता ने कहा, "बंदरगाह जल्द बंद हो जाएगा।"', ["प्रवक्ता"]),
    ],
)
def test_the_clause_names_the_speaker(text: str, wanted: list[str]) -> None:
    assert [found.speaker for found in attribute(Document(id="t", text=text))] == wanted


def test_where_no_verb_of_saying_stands_nobody_speaks() -> None:
    assert hindi_subject("बंदरगाह का नाम", "है।") is None
    assert hindi_subject("उन्होंने कहा,", "") is not None
