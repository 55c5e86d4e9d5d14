"""The language of a document: what its text shows, and what was declared of it. The detector: `search.text.language`."""

from __future__ import annotations

import re

from search.provenance import Provenance
from search.text.language import detect_language, known_languages


def primary_language(value: str | None) -> str | None:
    """Return the primary part of a language tag (RFC 5646): `en` of `en-GB` or `en_US.UTF-8`; None for what is none."""
    found = re.match(r"\s*([A-Za-z]{2,3})(?![A-Za-z])", value or "")
    if not found:
        return None
    code = found.group(1).lower()
    return {"nb": "no", "nn": "no", "iw": "he", "in": "id", "eng": "en", "ger": "de", "deu": "de", "fre": "fr"}.get(
        code, code
    )


def choose_language(declared: str | None, text: str) -> tuple[str | None, Provenance | None]:
    """Return the language of a text and how it is known. What the text itself says wins over what was declared of it."""
    found, said = detect_language(text), primary_language(declared)
    # Neighbours that the words tell apart badly: the declaration decides between them.
    if said and (found is None or found == said or {found, said} in _NEIGHBOURS or said not in known_languages()):
        return said, Provenance.DECLARED
    return (found, Provenance.DETECTED) if found else (None, None)


_NEIGHBOURS = (
    {"id", "ms"}, {"da", "no"}, {"cs", "sk"}, {"zu", "xh"}, {"nl", "af"}, {"ru", "be"}, {"hr", "sr"}, {"es", "ca"},
    {"uk", "be"}, {"es", "pt"}, {"sv", "no"}, {"ru", "bg"},
)  # fmt: skip
